"""One deadline with its working: the day it ends, the days counted, and every day left out with the reason."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from policylang.model.calendar import Calendar
from policylang.model.duration import Duration, Unit, due, settled_unit


@dataclass(frozen=True, slots=True)
class Deadline:
    """``within`` counted from ``start``: everything somebody needs to check it with a paper calendar.

    ``unit`` is the unit as it was read (bare days settled). ``counted`` are the days that count, day 1 first; it is
    empty for months, quarters and years, which are not counted in days. ``skipped`` are the days left out, with the
    reason; only working days and working hours leave any out.
    """

    start: date
    within: Duration
    due: date
    calendar: Calendar
    unit: Unit
    counted: tuple[date, ...]
    skipped: tuple[tuple[date, str], ...]
    day_one: bool = False
    hours_per_day: float | None = None

    @property
    def in_working_days(self) -> bool:
        """Whether only working days count."""
        return self.unit in (Unit.WORKING_DAYS, Unit.WORKING_HOURS)


def deadline(
    start: date,
    within: Duration,
    calendar: Calendar,
    *,
    day_one: bool = False,
    hours_per_day: float | None = None,
    bare_days: Unit | None = None,
) -> Deadline:
    """Count ``within`` from ``start`` and keep the working. Takes and raises what ``duration.due`` does."""
    end = due(start, within, calendar, day_one=day_one, hours_per_day=hours_per_day, bare_days=bare_days)
    unit = settled_unit(within.unit, bare_days)
    skipped: tuple[tuple[date, str], ...] = ()
    days: list[date] = []
    if unit not in (Unit.MONTHS, Unit.QUARTERS, Unit.YEARS):
        with_start = day_one and within.n != 0
        days = [start + timedelta(days=n) for n in range(0 if with_start else 1, (end - start).days + 1)]
        if unit in (Unit.WORKING_DAYS, Unit.WORKING_HOURS):
            skipped = calendar.skipped(start, end, day_one=with_start)
    left_out = {day for day, _ in skipped}
    counted = tuple(day for day in days if day not in left_out)
    return Deadline(start, within, end, calendar, unit, counted, skipped, day_one, hours_per_day)
