"""Cases that no document is known to judge: what their duties come to, and what of them is late all the same.

Where the day of receipt is not on record, nobody can tell which edition judges the case, and nothing is decided. But
the days that are on record fall under some edition; what is late by that one, an auditor has to hear.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from policylang.auditor.counting import Counter, counter_of
from policylang.auditor.duty import Duty, DutyKind
from policylang.auditor.editions import Governing
from policylang.auditor.knowledge import Knowledge
from policylang.auditor.outcome import Late, Outcome, Result
from policylang.auditor.reasons import why
from policylang.auditor.replay_reference import as_aim, rule
from policylang.auditor.ruling import Ruling
from policylang.auditor.step import FLAGGED, Shown, Step, step_of
from policylang.auditor.telling import bare, outcome
from policylang.model.calendar import Calendar


def rule_out(duty: Duty, case: Knowledge, calendar: Calendar, governing: Governing) -> tuple[Outcome, Step | None]:
    """The outcome of a duty whose document does not, or may not, govern the case; and the step that is late or missing
    by the edition nearest to the days on record."""
    unknown = governing.reason == "receipt-unknown"
    result = Result.CANNOT_TELL if unknown else Result.NOT_APPLICABLE
    ruling = Ruling(result, governing.reason, read=("received",), detail=governing.why)
    ruling.unknown = ruling.read if unknown else ()
    count = counter_of(duty, calendar, case.settings.day_one)
    if (late := _late(duty, case, count, governing)) is not None:
        ruling.detail += f" By this one, the nearest to the days on record: {late.words}"
    made = outcome(duty, ruling if duty.binding else as_aim(ruling), case, count)
    if late is None:
        return made, None
    return made, Step(Shown.NEAREST, made, (), duty.binding, late.due, late.reached, late.by)


@dataclass(frozen=True, slots=True)
class _Behind:
    words: str
    due: date | None
    reached: date | None
    by: Late | None


def _late(duty: Duty, case: Knowledge, count: Counter, governing: Governing) -> _Behind | None:
    if not governing.nearest or duty.kind is not DutyKind.TIMED or duty.clock is None or duty.event is None:
        return None
    ruling = rule(duty, case, count)
    if ruling.result is Result.BREACHED or ruling.reason == "aim-missed":
        deed, by = case.day(duty.event), count.in_units(ruling.late, ruling.within or duty.clock.within)
        return _Behind(why(duty, ruling, case, count), ruling.due, deed.first if deed.done else case.as_at, by)
    step = step_of(bare(duty, ruling, case, count), duty, ruling, case, count)
    if step is None or step.shown not in FLAGGED:
        return None
    return _Behind(why(duty, ruling, case, count), step.due, step.reached, step.late)
