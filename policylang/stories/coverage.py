"""What the stories beside a policy cover: which duties they show kept and broken, and which boundary days they tell.

Only what a story *expects* of a duty counts; that the duty was judged along the way shows nothing. The boundary days of
a deadline are the last day in time and the first day late: the day after it, or the next working day.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from policylang.auditor.counting import counter
from policylang.auditor.duties import duties
from policylang.auditor.duty import Duty, DutyKind
from policylang.auditor.outcome import Outcome, Result
from policylang.model.calendar import Calendar, OutsideCalendar, load_calendar
from policylang.model.clock_error import ClockError
from policylang.model.document import Document
from policylang.model.units import Unit
from policylang.stories.judging import Judged, became

KEPT = ("met", "aim-kept")
BROKEN = ("breached", "aim-missed")


@dataclass(slots=True)
class Covered:
    """What the stories show of one duty. ``deadline`` says whether it has boundary days at all."""

    duty: Duty
    deadline: bool
    outcomes: set[str] = field(default_factory=set)
    last_day: bool = False
    first_late: bool = False

    @property
    def kept(self) -> bool:
        """Whether a story shows it kept."""
        return any(word in self.outcomes for word in KEPT)

    @property
    def broken(self) -> bool:
        """Whether a story shows it broken."""
        return any(word in self.outcomes for word in BROKEN)

    @property
    def both_days(self) -> bool:
        """Whether both boundary days are told."""
        return self.last_day and self.first_late


@dataclass(frozen=True, slots=True)
class Coverage:
    """The coverage of one policy, in the order of its duties."""

    duties: tuple[Covered, ...]

    def totals(self) -> dict[str, int]:
        """The figures: duties; those of which a story expects anything, shows them kept, broken, both; deadlines and
        those with their last day in time, their first day late, both; clauses and those with any story."""
        found, timed = self.duties, [one for one in self.duties if one.deadline]
        clauses = {label for one in found for label in one.duty.clauses}
        told = {label for one in found if one.outcomes for label in one.duty.clauses}
        return {
            "clauses": len(clauses),
            "clauses with a story": len(told),
            "duties": len(found),
            "duties with a story": sum(bool(one.outcomes) for one in found),
            "duties shown kept": sum(one.kept for one in found),
            "duties shown broken": sum(one.broken for one in found),
            "duties shown kept and broken": sum(one.kept and one.broken for one in found),
            "deadlines": len(timed),
            "deadlines with the last day in time": sum(one.last_day for one in timed),
            "deadlines with the first day late": sum(one.first_late for one in timed),
            "deadlines with both boundary days": sum(one.both_days for one in timed),
        }


def coverage(policy: Document, judged: Sequence[Judged]) -> Coverage:
    """What stories that were judged under a policy cover of it. An expectation that does not hold covers nothing."""
    calendar = load_calendar(policy.calendar)
    found = {duty.name: Covered(duty, _has_days(duty)) for duty in duties(policy)}
    for one in judged:
        for checked in one.checked:
            for outcome in checked.outcomes if checked.holds else ():
                if outcome.source == "policy" and outcome.duty in found:
                    _cover(found[outcome.duty], outcome, one, calendar)
    return Coverage(tuple(found.values()))


def _has_days(duty: Duty) -> bool:
    """Whether a deadline can be counted at all: not one of hours, where nothing says how many make a working day."""
    clock = duty.clock
    if clock is None or clock.within.n is None:
        return False
    return clock.within.unit is not Unit.WORKING_HOURS or clock.hours_per_day is not None


def _cover(covered: Covered, outcome: Outcome, judged: Judged, calendar: Calendar) -> None:
    covered.outcomes.add(became(outcome))
    duty = covered.duty
    due, actual = outcome.due, outcome.actual
    if duty.kind is DutyKind.NOT_REFUSED:  # the resident's window: the day that counts is that of the request
        due, actual = _window(duty, judged, calendar), _day(judged, duty.root)
    elif due is None and duty.kind is DutyKind.TIMED and duty.event is not None:
        # What an unknown exception or extension leaves open is open from the first day late on.
        due, actual = _counted(duty, outcome.start, calendar), _day(judged, duty.event)
    if not covered.deadline or due is None or actual is None:
        return
    covered.last_day |= actual == due and (became(outcome) in KEPT or duty.kind is DutyKind.NOT_REFUSED)
    # A window that opens when a letter arrives, of which only the sending is recorded, never surely shuts.
    late = became(outcome) not in KEPT and outcome.result is not Result.PENDING
    covered.first_late |= late and actual in _after(due, calendar)


def _window(duty: Duty, judged: Judged, calendar: Calendar) -> date | None:
    return _counted(duty, _day(judged, duty.clock.start) if duty.clock else None, calendar)


def _counted(duty: Duty, start: date | None, calendar: Calendar) -> date | None:
    """The last day of a duty's own time from a day, without any extension."""
    if start is None or duty.clock is None:
        return None
    try:
        count = counter(calendar, False, duty.clock.bare_days, duty.clock.hours_per_day)
        return count.due(start, duty.clock.within)
    except (ClockError, OutsideCalendar):
        return None


def _day(judged: Judged, name: str) -> date | None:
    entry = judged.story.facts.get(name)
    return entry.date if entry is not None else None


def _after(due: date, calendar: Calendar) -> set[date]:
    """The first days late: the day after the last one, and the next working day."""
    found = {due + timedelta(days=1)}
    day = due + timedelta(days=1)
    while calendar.covers(day) and not calendar.is_working(day):
        day += timedelta(days=1)
    return found | {day}
