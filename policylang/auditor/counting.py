"""Counting one calendar's deadlines, each once: the same start days come up again and again in a log."""

from __future__ import annotations

from datetime import date
from functools import lru_cache

from policylang.auditor.duty import Duty
from policylang.auditor.outcome import Late
from policylang.model.calendar import Calendar
from policylang.model.duration import Duration, Unit, due, late_by, settled_unit


class Counter:
    """Deadlines under one calendar and one convention; what was counted before is looked up.

    Every method raises a :class:`~policylang.model.clock_error.ClockError` where there is no answer: a day outside the
    calendar, bare days that nothing settles, hours without a working day, a duration without one figure.
    """

    def __init__(
        self,
        calendar: Calendar,
        *,
        day_one: bool = False,
        bare_days: Unit | None = None,
        hours_per_day: float | None = None,
    ) -> None:
        self.calendar, self.day_one = calendar, day_one
        self.bare_days, self.hours_per_day = bare_days, hours_per_day
        self._due: dict[tuple[date, Duration], date] = {}
        self._skipped: dict[tuple[date, date, Unit], tuple[tuple[date, str], ...]] = {}
        self.said: dict[object, str] = {}
        """Sentences about deadlines, kept by whoever writes them."""

    def due(self, start: date, within: Duration) -> date:
        """The last day of ``within`` counted from ``start``."""
        key = (start, within)
        found = self._due.get(key)
        if found is None:
            found = self._due[key] = due(
                start,
                within,
                self.calendar,
                day_one=self.day_one,
                hours_per_day=self.hours_per_day,
                bare_days=self.bare_days,
            )
        return found

    def after(self, base: date, more: Duration) -> date:
        """The last day of ``more`` added to a period that ends on ``base``: the day after ``base`` is its first."""
        return due(base, more, self.calendar, hours_per_day=self.hours_per_day, bare_days=self.bare_days)

    def skipped(self, start: date, end: date, within: Duration) -> tuple[tuple[date, str], ...]:
        """The days from ``start`` to ``end`` that did not count, with the reason; none where every day counts."""
        key = (start, end, within.unit)
        found = self._skipped.get(key)
        if found is None:
            counts_all = settled_unit(within.unit, self.bare_days) not in (Unit.WORKING_DAYS, Unit.WORKING_HOURS)
            found = () if counts_all or end <= start else self.calendar.skipped(start, end, day_one=self.day_one)
            self._skipped[key] = found
        return found

    def in_units(self, by: int | None, within: Duration) -> Late | None:
        """So many full units of ``within``, with what they are units of; None where they could not be counted."""
        return None if by is None else Late(by, settled_unit(within.unit, self.bare_days).value)

    def late(self, due_day: date, actual: date, within: Duration) -> int:
        """How many full units of ``within`` something done on ``actual`` came after ``due_day``."""
        return late_by(
            due_day,
            actual,
            within.unit,
            self.calendar,
            hours_per_day=self.hours_per_day,
            bare_days=self.bare_days,
        )


def counter_of(duty: Duty, calendar: Calendar, day_one: bool) -> Counter:
    """The counter of a duty's own clock."""
    clock = duty.clock
    return counter(calendar, day_one, *((clock.bare_days, clock.hours_per_day) if clock else (None, None)))


@lru_cache(maxsize=256)
def counter(calendar: Calendar, day_one: bool, bare_days: Unit | None, hours_per_day: float | None) -> Counter:
    """The counter of a calendar under these conventions; the same one for the same question."""
    return Counter(calendar, day_one=day_one, bare_days=bare_days, hours_per_day=hours_per_day)
