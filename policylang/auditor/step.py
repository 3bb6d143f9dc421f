"""One step of one case that the dates show late or missing, although something not in the log could change it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from policylang.auditor.conditions import Conditions
from policylang.auditor.counting import Counter
from policylang.auditor.duty import Clock, Duty, DutyKind
from policylang.auditor.knowledge import Knowledge
from policylang.auditor.outcome import Late, Outcome, Result
from policylang.auditor.refused import nothing_owed
from policylang.auditor.ruling import Ruling
from policylang.auditor.undecided import by_its_extension, from_lawful_start, is_roughly_dated, not_on_record


class Shown(StrEnum):
    """What the dates show of a step."""

    MISSED = "missed"  # an aim or recommendation that was missed: nothing is open, and nothing is broken
    LATE = "late-unless-extended"  # after the deadline wherever its clock started; only an extension could save it
    MISSING = "not-on-record"  # its cell is empty, and the time for it is over wherever its clock started
    BEGUN = "late-or-begun-late"  # late, unless its clock started later than it lawfully could
    EITHER = "late-whichever-is-wrong"  # two entries contradict one another, and it is late with either of them wrong
    NEAREST = "late-by-the-nearest"  # nobody can tell which edition judges it, and it is late by the one nearest to it
    START = "by-the-start"  # in time or late by the day on which its clock started, which is not known


FLAGGED = (Shown.LATE, Shown.BEGUN, Shown.MISSING, Shown.EITHER, Shown.NEAREST)
"""What is flagged like a breach where the sentence binds."""


@dataclass(frozen=True, slots=True)
class Step:
    """One step of one case. ``outcome`` speaks for it, a binding one and the code's first; ``others`` say the same.

    ``due`` is the latest day on which it can have been due without an extension, ``late`` how far that was exceeded, in
    the sentence's own unit; None where it cannot be counted, and for what is in time on some day of its start.
    """

    shown: Shown
    outcome: Outcome
    others: tuple[Outcome, ...]
    binding: bool
    due: date | None
    reached: date | None
    late: Late | None

    @property
    def flagged(self) -> bool:
        """Whether it is flagged like a breach."""
        return self.binding and self.shown in FLAGGED

    def record(self) -> dict[str, Any]:
        """The step as plain data."""
        return {
            "shown": self.shown.value,
            "case": self.outcome.case,
            "stage": self.outcome.stage,
            "duty": self.outcome.duty,
            "binding": self.binding,
            "rests_on": [
                {"document": o.document, "provision": o.provision, "duty": o.duty} for o in (self.outcome, *self.others)
            ],
            "due": self.due.isoformat() if self.due else None,
            "late": {"by": self.late.by, "unit": self.late.unit} if self.late else None,
            "why": self.outcome.why,
        }


_REASONS = {
    "extension-unknown": Shown.LATE,
    "deed-unknown": Shown.MISSING,
    "start-unknown": Shown.START,
    "contradictory": Shown.EITHER,
}
_AIMS = ("aim-unknown", "aim-missed")


def may_show(duty: Duty, result: Result, reason: str) -> bool:
    """Whether an outcome is of the kind that the dates may show something of: a deed with a deadline, left open."""
    if duty.kind is not DutyKind.TIMED or duty.clock is None:
        return False
    return reason in (_REASONS if result is Result.CANNOT_TELL else _AIMS)


def step_of(outcome: Outcome, duty: Duty, ruling: Ruling, case: Knowledge, count: Counter) -> Step | None:
    """The step that an outcome without a breach shows late or missing; None where the dates show nothing of the kind.

    ``ruling`` is the decision that the outcome was made of.
    """
    clock = duty.clock
    if not may_show(duty, ruling.result, ruling.reason) or clock is None or duty.event is None:
        return None
    shown = _shown(duty, ruling, case, count)
    if shown is None:
        return None
    deed = case.day(duty.event)
    roughly = is_roughly_dated(duty, ruling, case)
    reached = deed.first if deed.first and (deed.done or roughly) else case.as_at
    due, past = ruling.lenient, ruling.past
    if shown is Shown.MISSED:
        due, past = ruling.due, ruling.late
    elif shown is Shown.START and (lawful := from_lawful_start(duty, case, count)) and reached > lawful[1]:
        shown, due, past = Shown.BEGUN, lawful[1], counted(count, lawful[1], reached, clock)
    if shown is Shown.START and case.day(duty.event).exact is None:
        return None
    return Step(shown, outcome, (), duty.binding, due, reached, count.in_units(past, clock.within))


def _shown(duty: Duty, ruling: Ruling, case: Knowledge, count: Counter) -> Shown | None:
    if ruling.reason == "aim-missed":
        return Shown.MISSED
    shown = _REASONS.get(ruling.before or ruling.reason)
    if shown is None or ruling.open_condition or nothing_owed(duty.stage, ruling, case):
        return None
    if duty.conditions:
        conditions = Conditions(case, duty.stage, count.calendar)
        if conditions.hold(duty.conditions) is not True or conditions.excused(duty.conditions) is not False:
            return None
    if shown in (Shown.LATE, Shown.EITHER):
        return shown if ruling.past is not None and not by_its_extension(duty, ruling, case, count) else None
    if shown is Shown.MISSING and is_roughly_dated(duty, ruling, case):
        return Shown.LATE
    if shown is Shown.MISSING:
        return shown if not_on_record(duty, ruling, case) else None
    return shown


def counted(count: Counter, due: date, reached: date, clock: Clock) -> int | None:
    """How far a deadline was exceeded, in units of its clock; None outside the calendar."""
    covered = count.calendar.covers(due) and count.calendar.covers(reached)
    return count.late(due, reached, clock.within) if covered else None
