"""Counting deadlines over columns: :class:`policylang.auditor.counting.Counter`, with its faults as columns.

Where the reference raises (a day outside the calendar, words that nobody can count), the column is empty although its
start is not; which reason that gives is known beforehand, for it follows from the unit alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

import polars as pl

from policylang.auditor.columns.codes import OUTSIDE, UNCOUNTABLE, choose
from policylang.auditor.columns.sheet import Sheet, name_of
from policylang.auditor.columns.tables import EVER, deadlines, index, ordinals
from policylang.model.calendar import Calendar
from policylang.model.duration import Duration, Unit

LONGEST = 3_000_000
"""The most units in a duration that are counted in columns: more days than from year 1 to 9999 need no column."""

_MONTHS = {Unit.MONTHS: 1, Unit.QUARTERS: 3, Unit.YEARS: 12}
_WORKING = (Unit.WORKING_DAYS, Unit.WORKING_HOURS)

Fault = tuple[pl.Expr, int]
"""Where a fault comes up, and the reason code that it gives."""


@dataclass(frozen=True)
class Counted:
    """A deadline, and where it could not be counted."""

    day: pl.Expr
    fault: Fault


class Counting:
    """One calendar and one convention."""

    def __init__(
        self, sheet: Sheet, calendar: Calendar, *, day_one: bool, bare_days: Unit | None, hours_per_day: float | None
    ) -> None:
        self.sheet, self.calendar, self.day_one = sheet, calendar, day_one
        self.bare_days, self.hours_per_day = bare_days, hours_per_day
        self.key = (calendar, day_one, bare_days, hours_per_day)
        """What tells this way of counting from others, for the keys of kept columns."""

    def due(self, start: pl.Expr, within: Duration) -> Counted:
        """The last day of ``within`` counted from ``start``, a kept column."""
        return self._due(start, within, self.day_one)

    def after(self, base: pl.Expr, more: Duration) -> Counted:
        """The last day of ``more`` added to a period that ends on ``base``."""
        return self._due(base, more, False)

    def _due(self, start: pl.Expr, within: Duration, day_one: bool) -> Counted:
        unit = self.unit(within.unit)
        if within.n is None or unit is None or (unit is Unit.WORKING_HOURS and self.hours_per_day is None):
            return Counted(pl.lit(None, pl.Int32), (start.is_not_null(), UNCOUNTABLE))
        key = ("due", name_of(start), self.calendar, within, day_one, self.bare_days, self.hours_per_day)
        day = self.sheet.keep(key, lambda: self._count(start, within, unit, day_one))
        return Counted(day, (start.is_not_null() & day.is_null(), OUTSIDE if unit in _WORKING else UNCOUNTABLE))

    def _count(self, start: pl.Expr, within: Duration, unit: Unit, day_one: bool) -> pl.Expr:
        n = within.n or 0
        if unit in _WORKING:
            table = deadlines(self.calendar, within, day_one, self.hours_per_day, self.bare_days)
            return pl.lit(table).gather(self._index(start))
        if unit in _MONTHS:
            last = start.cast(pl.Date).dt.offset_by(f"{n * _MONTHS[unit]}mo").cast(pl.Int32)
        else:
            days = n * 7 if unit is Unit.WEEKS else n
            last = start + pl.lit(days - 1 if day_one and days else days, pl.Int32)
        return pl.when(last <= EVER).then(last)  # past the year 9999 nobody counts

    def late(self, due: pl.Expr, actual: pl.Expr, within: Duration) -> pl.Expr:
        """How many full units ``actual`` comes after ``due``, both kept columns; nothing outside the calendar."""
        unit = self.unit(within.unit)
        key = ("working days late", name_of(due), name_of(actual), self.calendar)
        days = self.sheet.keep(key, lambda: self._ordinal(actual) - self._ordinal(due))
        if unit is Unit.WORKING_DAYS:
            return pl.when(days < 0).then(pl.lit(0, pl.Int32)).otherwise(days)
        if unit is Unit.WORKING_HOURS:
            if self.hours_per_day is None:
                return pl.lit(None, pl.Int32)
            hours = Fraction(str(self.hours_per_day))
            whole = days.cast(pl.Int64) * hours.numerator // hours.denominator
            return pl.when(days < 0).then(pl.lit(0, pl.Int32)).otherwise(whole.cast(pl.Int32))
        if unit in _MONTHS:
            by = _full_months(due.cast(pl.Date), actual.cast(pl.Date)) // _MONTHS[unit]
        else:
            by = (actual - due) // (7 if unit is Unit.WEEKS else 1)
        known = self._ordinal(actual).is_not_null()
        return pl.when(known & (actual > due)).then(by).when(known).then(pl.lit(0, pl.Int32))

    def unit(self, unit: Unit) -> Unit | None:
        """The unit, with bare days read as declared; None where nothing is."""
        if unit is not Unit.DAYS:
            return unit
        return self.bare_days if self.bare_days in (Unit.WORKING_DAYS, Unit.CALENDAR_DAYS) else None

    def _index(self, day: pl.Expr) -> pl.Expr:
        key = ("index", name_of(day), self.calendar.first, self.calendar.last)
        return self.sheet.keep(key, lambda: index(day, self.calendar))

    def _ordinal(self, day: pl.Expr) -> pl.Expr:
        return pl.lit(ordinals(self.calendar)).gather(self._index(day))


def _full_months(start: pl.Expr, end: pl.Expr) -> pl.Expr:
    months = (end.dt.year() - start.dt.year()) * 12 + end.dt.month().cast(pl.Int32) - start.dt.month().cast(pl.Int32)
    # The same day of the month, or the month's last where it has no such day, has not come yet.
    same = pl.min_horizontal(start.dt.day(), end.dt.days_in_month())
    return (months - (same > end.dt.day()).cast(pl.Int32)).cast(pl.Int32)


def fault_code(faults: Sequence[Fault]) -> pl.Expr:
    """The reason code of the first fault, in the order in which the reference would meet them; empty without one."""
    return choose(*faults, otherwise=pl.lit(None, pl.UInt8))
