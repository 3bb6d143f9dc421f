"""Duties by the month in which the complaint, or stage 2, was asked for: what the pictures of a log show."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from policylang.auditor.duty import ROOTS
from policylang.auditor.outcome import Outcome, Result
from policylang.auditor.population import is_aim
from policylang.casebook.cases import Case, CaseBook
from policylang.evidence.annual.performance import NO_DAY, NOT_RECORDED, PERHAPS_OPEN, WorkingDays, open_ages
from policylang.evidence.annual.words import month_name
from policylang.evidence.by_case import by_owed, outcomes_by_case
from policylang.evidence.join import CODE, NOT_GOVERNED
from policylang.evidence.over_time_state import Stood
from policylang.evidence.pictures.bars import Bar, Bars, by_size, steps
from policylang.evidence.pictures.heat import Heat, HeatRow
from policylang.evidence.pictures.on_time import Month, OnTime
from policylang.evidence.tally import Tally, worst
from policylang.evidence.words import capital, count

MonthKey = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Duties:
    """What each dated duty of the Code came to, by the month in which its stage began (``None``: not on record)."""

    by_month: dict[str, dict[MonthKey | None, Tally]]
    responses: dict[int, str]

    def of(self, duty: str, months: Sequence[MonthKey]) -> tuple[Tally, ...]:
        """The duty in each of these months."""
        return tuple(self.by_month[duty].get(month, Tally()) for month in months)

    def left_out(self, duty: str, months: Sequence[MonthKey]) -> str:
        """What a picture of these months does not show, in words; empty where it shows all."""
        theirs = self.by_month[duty]
        undated = theirs.get(None, Tally()).arose
        other = sum(tally.arose for month, tally in theirs.items() if month is not None and month not in months)
        said = [f"{count(other, 'case')} of other months"] if other else []
        said += [f"{count(undated, 'case')} of no recorded month"] if undated else []
        return f"Not drawn: {' and '.join(said)}." if said else ""


def duties_by_month(outcomes: Sequence[Outcome], cases: Sequence[Case]) -> Duties:
    """The dated duties of the Code, each case once a duty, under whichever edition judges it; aims are no duties."""
    return by_month(by_owed(outcomes), outcomes_by_case(outcomes, cases), cases)


def by_month(groups: Iterable[Sequence[Outcome]], rows: Iterable[Sequence[Outcome]], cases: Iterable[Case]) -> Duties:
    """The same of outcomes that are grouped by what is owed, and by cases in the order of the log."""
    dated = {
        id(group[0].owed)
        for group in groups
        if group[0].source == CODE and not is_aim(group[0]) and any(o.said.due is not None for o in group)
    }
    counted: Counter[tuple[str, MonthKey | None, Result]] = Counter()
    found: defaultdict[str, dict[MonthKey | None, Tally]] = defaultdict(dict)
    responses: dict[int, str] = {}
    for case, mine in zip(cases, rows, strict=True):
        theirs: dict[str, list[Outcome]] = {}
        for outcome in mine:
            if id(outcome.owed) in dated and outcome.reason not in NOT_GOVERNED:
                theirs.setdefault(outcome.duty, []).append(outcome)
        for duty, several in theirs.items():
            began = case.day(ROOTS.get(several[0].stage or 1, "received"))
            month = (began.year, began.month) if began else None
            if several[0].action == "respond" and several[0].stage is not None:
                responses.setdefault(several[0].stage, duty)
            counted[duty, month, worst(o.result for o in several)] += 1
    for duty, month in dict.fromkeys((duty, month) for duty, month, _ in counted):
        results = {result: counted[duty, month, result] for result in Result}
        found[duty][month] = Tally.of_counts(results)
    return Duties(dict(found), responses)


def months_received(casebook: CaseBook, until: date, most: int = 12) -> list[MonthKey]:
    """The last ``most`` months, up to ``until``, from the first in which a complaint was received to the last."""
    days = sorted(day for case in casebook.cases if (day := case.day("received")) and day <= until)
    if not days:
        return []
    first, last = (day.year * 12 + day.month - 1 for day in (days[0], days[-1]))
    return [(n // 12, n % 12 + 1) for n in range(max(first, last - most + 1), last + 1)]


def on_time(duties: Duties, stage: int, months: Sequence[MonthKey]) -> OnTime | None:
    """The share answered in time at a stage, by month; ``None`` where no answer was due."""
    duty = duties.responses.get(stage)
    if duty is None or not months or not any(tally.share_range for tally in duties.of(duty, months)):
        return None
    named = tuple(Month(month_name(*m), t) for m, t in zip(months, duties.of(duty, months), strict=True))
    heading = on_time_heading(stage)
    return OnTime(heading, named, note=duties.left_out(duty, months))


def on_time_heading(stage: int) -> str:
    """The title of the picture of a stage."""
    began = "the month of the complaint" if stage == 1 else "the month in which stage 2 was asked for"
    return f"Answered in time at stage {stage}, by {began}"


def heat(duties: Duties, months: Sequence[MonthKey]) -> Heat | None:
    """Every dated duty of the Code that arose, by month; ``None`` where none did."""
    rows = tuple(
        HeatRow(capital(duty), duties.of(duty, months))
        for duty in duties.by_month
        if any(tally.share_range for tally in duties.of(duty, months))
    )
    if not rows or not months:
        return None
    notes = dict.fromkeys(duties.left_out(duty, months) for duty in duties.by_month)
    note = "Some cases are not drawn, because they belong to other months, or to no recorded one."
    return Heat(
        "Each dated duty of the Code, month by month",
        tuple(month_name(*m) for m in months),
        rows,
        note if any(notes) else "",
    )


def categories(cases: Iterable[Stood]) -> Bars | None:
    """Complaints received by category, the most first; ``None`` where the log has no such column."""
    counted = Counter(case.category or NOT_RECORDED for case in cases if case.came_in and case.category is not None)
    if not counted:
        return None
    return by_size("Complaints by category", "Category", "complaint", counted.items(), NOT_RECORDED)


def open_by_age(cases: Iterable[Stood], as_at: date, working_days: WorkingDays) -> Bars:
    """Stage 1 complaints that wait for an answer, by working days since receipt; hollow, those that perhaps do."""
    bars = open_ages(cases, as_at, working_days, all_=True)
    heading = "Complaints open at stage 1, by working days since receipt"
    drawn = tuple(Bar(name, n, open=name in (NO_DAY, PERHAPS_OPEN)) for name, n in bars)
    return Bars(heading, "Open for", "complaint", drawn)


def stages(cases: Iterable[Stood]) -> Bars:
    """The steps from a complaint to an answer at stage 2, as far as the log records them by the as-at date."""
    kept = [case for case in cases if case.came_in and not case.refused.refused]
    numbers = [
        ("received and not refused", len(kept)),
        ("answered at stage 1", sum(case.answered for case in kept)),
        ("stage 2 asked for", sum(case.asked_again for case in kept)),
        ("answered at stage 2", sum(case.asked_again and case.answered_again for case in kept)),
    ]
    return steps("From the complaint to the last answer", numbers)
