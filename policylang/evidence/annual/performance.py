"""The quantitative part of the annual report (Code 8.1.b): volumes, times, escalation, outcomes, refusals, age."""

from __future__ import annotations

import statistics
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from policylang.auditor.audit import AuditResult
from policylang.auditor.outcome import Outcome, Result
from policylang.casebook.cases import Case, CaseBook, EntryState
from policylang.evidence.annual.cases_of_year import Handled, Year, handled
from policylang.evidence.over_time_state import Refusal, Stood
from policylang.evidence.tally import Tally

NOT_RECORDED = "not recorded"
NO_DAY = "no day of receipt"
PERHAPS_OPEN = "cannot be told whether open"
WorkingDays = Callable[[date, date], int | None]


@dataclass(frozen=True, slots=True)
class Times:
    """Working days from one event to another over the cases where both are on record; ``None`` where there are none."""

    cases: int
    mean: float | None
    median: float | None
    longest: int | None


@dataclass(frozen=True, slots=True)
class StageYear:
    """One stage in one year.

    ``received`` are the complaints whose day is on record, ``unsure`` those that may belong to the year; ``by_month``
    ends with the month of the as-at date, as a nought for one to come would be read as none. ``refused`` are among the
    received; of ``refused_undated`` of them the log has the ground and no day. ``acknowledged`` and
    ``responded`` are what the audit made of those duties, under the Code's edition in force for each case, so that one
    refused in time is not among them, and one refused too late is; ``responded_strictly`` counts what was in time only
    by an extension as late. ``from_receipt`` and ``from_acknowledgement`` are working days to the response.
    """

    stage: int
    received: int
    unsure: int
    refused: int
    refused_undated: int
    by_month: tuple[tuple[int, int, int], ...]
    acknowledged: Tally
    responded: Tally
    responded_strictly: Tally
    from_receipt: Times
    from_acknowledgement: Times


@dataclass(frozen=True, slots=True)
class Performance:
    """The figures of one year; ``homes`` is ``None`` where nobody said how many there are.

    ``categories``, ``outcomes`` and ``refusals`` are pairs of word and number, the largest first. ``escalated`` counts
    stage 1 complaints of the year for which stage 2 was asked. ``open_by_age`` are bands of working days since receipt,
    and last those of which it cannot be told whether they are open.
    """

    year: Year
    homes: int | None
    stages: tuple[StageYear, StageYear]
    categories: tuple[tuple[str, int], ...]
    escalated: int
    outcomes: tuple[tuple[str, int], ...]
    refusals: tuple[tuple[str, int], ...]
    open_by_age: tuple[tuple[str, int], ...]

    def per_thousand(self, number: int) -> float | None:
        """So many for each 1,000 homes."""
        return None if not self.homes else number * 1000 / self.homes


def performance(
    result: AuditResult, casebook: CaseBook, year: Year, working_days: WorkingDays, homes: int | None = None
) -> Performance:
    """The figures of ``year`` from an audit as at its end or later."""
    first, second = (handled(result, casebook, year, stage) for stage in (1, 2))
    sure = [one for one in first if one.sure]
    return Performance(
        year,
        homes,
        (_stage(first, 1, year, result.as_at, working_days), _stage(second, 2, year, result.as_at, working_days)),
        _counted(_word(one.case, "category") for one in sure),
        sum(one.stood.asked_again for one in sure),
        _counted(_word(one.case, "outcome") for one in sure if _has(one.case, "outcome")),
        _counted(_word(one.case, "refusal_reason") for one in sure if one.refused.refused),
        _ages(sure, result.as_at, working_days),
    )


def _stage(found: Sequence[Handled], stage: int, year: Year, as_at: date, working_days: WorkingDays) -> StageYear:
    sure = [one for one in found if one.sure]
    kept = [one for one in sure if not one.refused.refused]
    months = Counter((one.entered.year, one.entered.month) for one in sure if one.entered)
    acknowledged = "acknowledged" if stage == 1 else "stage2_acknowledged"
    return StageYear(
        stage,
        len(sure),
        len(found) - len(sure),
        sum(one.refused.refused for one in sure),
        sum(one.refused is Refusal.DAY_UNKNOWN for one in sure),
        tuple((y, m, months[y, m]) for y, m in year.months() if date(y, m, 1) <= as_at),
        tally(one.acknowledge for one in sure),
        tally(one.respond for one in sure),
        tally(map(strict, (one.respond for one in sure))),
        times([(one.entered, one.answered) for one in kept], working_days),
        times([(one.case.day(acknowledged), one.answered) for one in kept], working_days),
    )


def tally(outcomes: Iterable[Outcome | None]) -> Tally:
    """How often each result came out; a case that no edition judges counts for none."""
    return Tally.of(outcome.result for outcome in outcomes if outcome is not None)


def strict(outcome: Outcome | None) -> Outcome | None:
    """The outcome as it would be if no extension counted: what was in time only by one was late."""
    if outcome is not None and outcome.reason == "in-extended-time":
        return outcome.with_result(Result.BREACHED)
    return outcome


def times(pairs: Sequence[tuple[date | None, date | None]], working_days: WorkingDays) -> Times:
    counted = [working_days(a, b) for a, b in pairs if a is not None and b is not None and b >= a]
    days = [n for n in counted if n is not None]
    if not days:
        return Times(0, None, None, None)
    return Times(len(days), statistics.fmean(days), statistics.median(days), max(days))


def _has(case: Case, name: str) -> bool:
    return case.entry(name).state is not EntryState.NO_COLUMN


def _word(case: Case, name: str) -> str:
    entry = case.entry(name)
    return str(entry.value) if entry.state is EntryState.KNOWN else NOT_RECORDED


def _counted(words: Iterable[str]) -> tuple[tuple[str, int], ...]:
    return tuple(sorted(Counter(words).items(), key=lambda item: (item[0] == NOT_RECORDED, -item[1], item[0])))


_BANDS = ((0, 10), (11, 20), (21, 40), (41, None))


def _ages(sure: Sequence[Handled], as_at: date, working_days: WorkingDays) -> tuple[tuple[str, int], ...]:
    """Stage 1 complaints of the year that wait for an answer, by working days since receipt."""
    return open_ages((one.stood for one in sure), as_at, working_days)


def open_ages(
    cases: Iterable[Stood], as_at: date, working_days: WorkingDays, *, all_: bool = False
) -> tuple[tuple[str, int], ...]:
    """Cases that wait for an answer at stage 1, by working days since receipt; last, those that perhaps do."""
    counted = Counter((case.waits, case.entered) for case in cases)
    opened = [day for (waiting, day), n in counted.items() for _ in range(n) if waiting]
    bands = list(bands_of_age((day for day in opened if day), as_at, working_days, all_=all_))
    undated, perhaps = opened.count(None), sum(n for (waiting, _), n in counted.items() if waiting is None)
    bands += [(NO_DAY, undated)] if undated else []
    return (*bands, (PERHAPS_OPEN, perhaps)) if perhaps else tuple(bands)


def bands_of_age(
    received: Iterable[date], as_at: date, working_days: WorkingDays, *, all_: bool = False
) -> tuple[tuple[str, int], ...]:
    """How many of these are how old on a day, in bands of working days; with ``all_`` the empty bands too."""
    counted: Counter[str] = Counter()
    for day in received:
        age = working_days(day, as_at)
        counted[NOT_RECORDED if age is None or age < 0 else _band(age)] += 1
    bands = tuple(map(_band_word, _BANDS))
    return tuple((word, counted[word]) for word in (*bands, NOT_RECORDED) if counted[word] or (all_ and word in bands))


def _band(age: int) -> str:
    return next(_band_word(band) for band in _BANDS if band[1] is None or age <= band[1])


def _band_word(band: tuple[int, int | None]) -> str:
    return f"{band[0]} to {band[1]} working days" if band[1] is not None else f"{band[0]} working days and more"
