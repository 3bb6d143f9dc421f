"""The time limit of the event that starts a clock: a start that never came has a last lawful day all the same."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from policylang.auditor.duty import Clock, Duty, DutyKind
from policylang.model.duration import Duration, Unit

_CALENDAR_DAYS = {
    Unit.WORKING_DAYS: 1.4,
    Unit.CALENDAR_DAYS: 1.0,
    Unit.DAYS: 1.0,
    Unit.WEEKS: 7.0,
    Unit.MONTHS: 30.4,
    Unit.QUARTERS: 91.3,
    Unit.YEARS: 365.0,
    Unit.WORKING_HOURS: 0.2,
}
"""Roughly, to tell which of two limits is the stricter."""


def with_guards(duties: Iterable[Duty]) -> list[Duty]:
    """The duties, each clock that starts with a deed of its own stage having the time limit of that deed.

    Where a document gives several, both bind and the strictest counts; one that binds comes before an aim. A limit that
    nobody can count, or that holds only under a condition, limits nothing.
    """
    found = list(duties)
    limits: dict[tuple[str, str], tuple[bool, float, Duration]] = {}
    for duty in found:
        clock = duty.clock
        if duty.kind is not DutyKind.TIMED or clock is None or duty.event is None or duty.conditions:
            continue
        limit = _limit(clock)
        if limit is None or clock.start != clock.root:
            continue
        rank = (not duty.binding, (limit.n or 0) * _CALENDAR_DAYS[limit.unit], limit)
        key = (duty.event, clock.root)
        if key not in limits or rank[:2] < limits[key][:2]:
            limits[key] = rank
    return [_guarded(duty, limits) for duty in found]


def _guarded(duty: Duty, limits: dict[tuple[str, str], tuple[bool, float, Duration]]) -> Duty:
    clock = duty.clock
    if clock is None or clock.start in (clock.root, "closed") or duty.kind is not DutyKind.TIMED:
        return duty  # what must come before the closing is not due because the complaint should have been closed
    limit = limits.get((clock.start, clock.root))
    return duty if limit is None else replace(duty, clock=replace(clock, guard=limit[2]))


def _limit(clock: Clock) -> Duration | None:
    """The duration as it is counted, bare days read as this clock reads them; None where it cannot be counted."""
    within = clock.within
    if within.n is None or (within.unit is Unit.WORKING_HOURS and clock.hours_per_day is None):
        return None
    if within.unit is Unit.DAYS:
        return None if clock.bare_days is None else replace(within, unit=clock.bare_days)
    return within
