"""Duties by the month in which the complaint, or stage 2, was asked for: what the pictures of a log show."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from policylang.auditor.duty import ROOTS
from policylang.auditor.outcome import Outcome, Result
from policylang.auditor.population import is_aim
from policylang.casebook.cases import Case, CaseBook, EntryState
from policylang.evidence.annual.performance import NOT_RECORDED, WorkingDays, bands_of_age
from policylang.evidence.annual.words import month_name
from policylang.evidence.by_case import outcomes_by_case
from policylang.evidence.join import CODE, NOT_GOVERNED
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
    dated = {id(o.owed) for o in outcomes if o.due is not None}
    asked = {id(o.owed): o.owed for o in outcomes if id(o.owed) in dated}
    dated = {place for place, owed in asked.items() if owed.source == CODE and not is_aim(owed)}
    counted: Counter[tuple[str, MonthKey | None, Result]] = Counter()
    found: defaultdict[str, dict[MonthKey | None, Tally]] = defaultdict(dict)
    responses: dict[int, str] = {}
    for case, mine in zip(cases, outcomes_by_case(outcomes, cases), strict=True):
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


def categories(cases: Iterable[Case]) -> Bars | None:
    """Complaints by category, the most first; ``None`` where the log has no such column."""
    counted = Counter(_word(case, "category") for case in cases if _has(case, "category"))
    if not counted:
        return None
    return by_size("Complaints by category", "Category", "complaint", counted.items(), NOT_RECORDED)


def open_by_age(cases: Iterable[Case], as_at: date, working_days: WorkingDays) -> Bars:
    """Stage 1 complaints with no answer, no refusal and no closing date, by working days since receipt."""
    opened = list(_open(cases))
    undated = sum(day is None for day in opened)
    bars = [Bar(name, n) for name, n in bands_of_age((day for day in opened if day), as_at, working_days, all_=True)]
    if undated:
        bars.append(Bar("no day of receipt", undated, open=True))
    heading = "Complaints open at stage 1, by working days since receipt"
    return Bars(heading, "Open for", "complaint", tuple(bars))


def _open(cases: Iterable[Case]) -> Iterator[date | None]:
    for case in cases:
        ended = ("responded", "refused", "closed")
        if not any(case.entry(name).state in (EntryState.KNOWN, EntryState.VAGUE) for name in ended):
            yield case.day("received")


def stages(cases: Sequence[Case]) -> Bars:
    """The steps from a complaint to an answer at stage 2, as far as the log records them."""
    kept = [case for case in cases if not _happened(case, "refused")]
    asked = [case for case in kept if _happened(case, "escalation_requested")]
    numbers = [
        ("received and not refused", len(kept)),
        ("answered at stage 1", sum(_happened(case, "responded") for case in kept)),
        ("stage 2 asked for", len(asked)),
        ("answered at stage 2", sum(_happened(case, "stage2_responded") for case in asked)),
    ]
    return steps("From the complaint to the last answer", numbers)


def _happened(case: Case, event: str) -> bool:
    return case.entry(event).state in (EntryState.KNOWN, EntryState.VAGUE)


def _has(case: Case, name: str) -> bool:
    return case.entry(name).state is not EntryState.NO_COLUMN


def _word(case: Case, name: str) -> str:
    entry = case.entry(name)
    return str(entry.value) if entry.state is EntryState.KNOWN else NOT_RECORDED
