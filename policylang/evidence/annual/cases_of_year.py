"""Which complaints belong to a year, at which stage, and how each was answered under the Code.

A complaint belongs to the year in which it was received, and at stage 2 to the year in which stage 2 was asked for.
Where the day is not on record, or only vaguely, it may belong to the year: it is kept, as one that cannot be told.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from policylang.auditor.audit import AuditResult
from policylang.auditor.duty import ROOTS, DutyKind
from policylang.auditor.knowledge import Knowledge
from policylang.auditor.outcome import Outcome
from policylang.casebook.cases import Case, CaseBook, EntryState
from policylang.evidence.by_case import outcomes_by_case
from policylang.evidence.join import CODE, NOT_GOVERNED
from policylang.evidence.over_time_state import ANSWERS, Refusal, Stood, as_it_stood, refusal


@dataclass(frozen=True, slots=True)
class Year:
    """A reporting year, first and last day included; normally twelve months from 1 April."""

    first: date
    last: date

    @classmethod
    def from_start(cls, first: date) -> Year:
        """The twelve months that begin on this day."""
        return cls(first, date.fromordinal(_a_year_on(first, 1).toordinal() - 1))

    @property
    def before(self) -> Year:
        """The year before."""
        return Year(_a_year_on(self.first, -1), date.fromordinal(self.first.toordinal() - 1))

    @property
    def name(self) -> str:
        """``2025/26``, or ``2025`` for a calendar year."""
        if self.first.year == self.last.year:
            return str(self.first.year)
        return f"{self.first.year}/{self.last.year % 100:02d}"

    def months(self) -> list[tuple[int, int]]:
        """Year and month of each month it touches, in order."""
        first = self.first.year * 12 + self.first.month - 1
        last = self.last.year * 12 + self.last.month - 1
        return [(n // 12, n % 12 + 1) for n in range(first, last + 1)]


def _a_year_on(day: date, years: int) -> date:
    try:
        return day.replace(year=day.year + years)
    except ValueError:  # 29 February
        return day.replace(year=day.year + years, day=28)


@dataclass(frozen=True, slots=True)
class Handled:
    """One complaint at one stage in the year. ``sure``: its day is on record, so that it certainly belongs there.

    ``entered`` is the day it came to the stage, ``answered`` the day of the response, as far as they had come by the
    as-at date; ``stood`` is where the case stood on it. ``respond`` and ``acknowledge`` are what the Code's
    duties of that name came to, ``None`` where no edition judges the case.
    """

    case: Case
    stage: int
    entered: date | None
    answered: date | None
    refused: Refusal
    respond: Outcome | None
    acknowledge: Outcome | None
    sure: bool
    stood: Stood


def handled(result: AuditResult, casebook: CaseBook, year: Year, stage: int) -> list[Handled]:
    """The complaints of the year at a stage, in the order of the log, the unsure ones among them."""
    found = []
    for case, outcomes in zip(casebook.cases, outcomes_by_case(result.outcomes, casebook.cases), strict=True):
        belongs = _belongs(case, year, stage, result.as_at)
        if belongs is None:
            continue
        duties = {action: _timed(result, outcomes, stage, action) for action in ("respond", "acknowledge")}
        known = Knowledge(case, result.as_at, result.settings)
        found.append(
            Handled(
                case,
                stage,
                case.day(ROOTS[stage]),
                known.day(ANSWERS[stage]).exact,
                refusal(known, stage),
                duties["respond"],
                duties["acknowledge"],
                belongs,
                as_it_stood(known),
            )
        )
    return found


def _belongs(case: Case, year: Year, stage: int, as_at: date) -> bool | None:
    """True: in the year, as far as it had gone by the as-at date; False: perhaps; None: not in it."""
    entry, last = case.entry(ROOTS[stage]), min(year.last, as_at)
    if entry.date is not None:
        return True if year.first <= entry.date <= last else None
    if entry.state is EntryState.VAGUE and entry.earliest and entry.latest:
        if year.first <= entry.earliest and entry.latest <= last:
            return True
        return False if entry.earliest <= last and entry.latest >= year.first else None
    if stage == 1:
        return False
    # No request for stage 2 is the rule, not the exception; only what was written and cannot be read may be one.
    return False if entry.state is EntryState.UNREADABLE else None


def _timed(result: AuditResult, outcomes: Sequence[Outcome], stage: int, action: str) -> Outcome | None:
    return next(_timed_duties(result, outcomes, stage, action), None)


def _timed_duties(result: AuditResult, outcomes: Sequence[Outcome], stage: int, action: str) -> Iterator[Outcome]:
    for outcome in outcomes:
        if (outcome.source, outcome.stage, outcome.action) != (CODE, stage, action) or outcome.reason in NOT_GOVERNED:
            continue
        duty = result.duties[outcome.document, outcome.provision, outcome.duty]
        if duty.kind is DutyKind.TIMED and duty.clock is not None and duty.binding:
            yield outcome
