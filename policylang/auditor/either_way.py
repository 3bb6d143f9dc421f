"""What is late although two entries contradict one another: late if the one is wrong, and late if the other is.

Somebody asked for stage 2 twice and the log has the second day beside the acknowledgement of the first; or the year of
one date is a slip. Nothing that rests on such entries is told. But where a step is late with either of them left out,
an auditor has to hear it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from policylang.auditor.counting import Counter
from policylang.auditor.duty import Duty, DutyKind
from policylang.auditor.knowledge import Knowledge
from policylang.auditor.outcome import Result
from policylang.auditor.ruling import Ruling
from policylang.auditor.undecided import from_lawful_start, not_on_record
from policylang.casebook.cases import Entry, EntryState

_LOST = Entry(EntryState.UNREADABLE, raw="a day that cannot be right")
_OPEN = ("extension-unknown", "contradictory")
_Behind = tuple[date, int]


def either_way(
    ruling: Ruling, duty: Duty, case: Knowledge, count: Counter, rule: Callable[[Knowledge], Ruling]
) -> None:
    """Fills in ``lenient`` and ``past`` of a decision that two entries leave open, where both worlds are late: the
    latest day on which it can have been due, and how far that is behind. ``rule`` is the decision on another record."""
    if duty.kind is not DutyKind.TIMED or duty.clock is None or ruling.doubt is None:
        return
    worlds: list[_Behind] = []
    for name in ruling.doubt:
        entries = {**case.case.entries, name: _LOST}
        world = Knowledge(replace(case.case, entries=entries), case.as_at, case.settings)
        found = _behind(duty, rule(world), world, count)
        if found is None:
            return
        worlds.append(found)
    ruling.within = duty.clock.within
    ruling.lenient, ruling.past = max(due for due, _ in worlds), min(past for _, past in worlds)


def _behind(duty: Duty, ruling: Ruling, world: Knowledge, count: Counter) -> _Behind | None:
    reason = ruling.before or ruling.reason
    if ruling.open_condition:
        return None
    if (ruling.result is Result.BREACHED or ruling.reason == "aim-missed") and ruling.due and ruling.late is not None:
        return ruling.due, ruling.late
    known = reason in _OPEN or (reason == "deed-unknown" and not_on_record(duty, ruling, world))
    if known and ruling.lenient is not None and ruling.past is not None:
        return ruling.lenient, ruling.past
    if reason == "start-unknown":
        return _from_lawful(duty, world, count)
    return None


def _from_lawful(duty: Duty, world: Knowledge, count: Counter) -> _Behind | None:
    lawful, done = from_lawful_start(duty, world, count), world.day(duty.event or duty.root).exact
    if lawful is None or done is None or done <= lawful[1] or duty.clock is None:
        return None
    if not (count.calendar.covers(lawful[1]) and count.calendar.covers(done)):
        return None
    return lawful[1], count.late(lawful[1], done, duty.clock.within)
