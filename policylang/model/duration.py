"""Deadlines: the day a duration ends, and how late something was, in the sentence's own unit.

The rules are those of the design page "What the words decide", section Time:

- the day of the starting event is day 0, working day or not; "within N working days" ends with the N-th working day;
- calendar days and weeks add days; months, quarters and years keep the day of the month, clipped to the month's end;
  nothing rolls over to a working day;
- working hours need the hours in a working day; bare days need a declaration; without them there is no answer;
- something is late if and only if its date is after the due date.

With ``day_one`` (a setting: some procedures count the day of the event) periods of days, hours and weeks end one day
sooner; months and longer are not counted in days and stay as they are.
"""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta
from fractions import Fraction
from typing import TYPE_CHECKING

from policylang.model.clock_error import BeyondTheYears, HoursNotStated, NoFigure, UndecidedDuration, UnitOpen
from policylang.model.days import say_date
from policylang.model.duration_words import parse_duration, read_unit
from policylang.model.units import Duration, Unit

if TYPE_CHECKING:
    from policylang.model.calendar import Calendar  # a table and a hash that reading a policy never needs

__all__ = [
    "BeyondTheYears",
    "Duration",
    "HoursNotStated",
    "NoFigure",
    "UndecidedDuration",
    "Unit",
    "UnitOpen",
    "add_months",
    "due",
    "is_late",
    "late_by",
    "lateness",
    "parse_duration",
    "read_unit",
    "settled_unit",
]

_MONTHS = {Unit.MONTHS: 1, Unit.QUARTERS: 3, Unit.YEARS: 12}


def due(
    start: date,
    duration: Duration,
    calendar: Calendar,
    *,
    day_one: bool = False,
    hours_per_day: float | None = None,
    bare_days: Unit | None = None,
) -> date:
    """The last day of ``duration`` counted from ``start``; something done by the end of it is in time.

    ``hours_per_day`` is the document's own statement of hours in a working day. Working hours that do not fill whole
    days end with the day they reach into: 10 hours of 8 a day end with the second working day. ``bare_days`` is its
    declaration of what its bare days are: ``Unit.WORKING_DAYS`` or ``Unit.CALENDAR_DAYS``.

    Raises :class:`~policylang.model.calendar.OutsideCalendar` where working days outside the calendar are needed;
    :class:`UnitOpen`, :class:`HoursNotStated` or :class:`NoFigure` (all ``UndecidedDuration``) where the words do not
    say enough; :class:`BeyondTheYears` past the year 9999.
    """
    n = duration.n
    if n is None:
        raise NoFigure(f"“{duration}” does not give one figure.", "Say which number is meant.")
    unit = settled_unit(duration.unit, bare_days)
    if unit is Unit.WORKING_DAYS:
        return calendar.add_working_days(start, n, day_one=day_one)
    if unit is Unit.WORKING_HOURS:
        return calendar.add_working_days(start, _whole_days(n, hours_per_day), day_one=day_one)
    if unit in _MONTHS:
        return add_months(start, n * _MONTHS[unit])
    days = n * 7 if unit is Unit.WEEKS else n
    return _add_days(start, days - 1 if day_one and days else days)


def is_late(due: date, actual: date) -> bool:
    """Whether something done on ``actual`` missed ``due``: only a later date does."""
    return actual > due


def late_by(
    due: date,
    actual: date,
    unit: Unit,
    calendar: Calendar,
    *,
    hours_per_day: float | None = None,
    bare_days: Unit | None = None,
) -> int:
    """How many full units ``actual`` is after ``due``; 0 if it is not late.

    Also 0 if it is late by less than one full unit: an answer on the Saturday after a Friday deadline is late by 0
    working days. :func:`is_late` tells the two apart. Raises as :func:`due` does.
    """
    unit = settled_unit(unit, bare_days)
    if unit is Unit.WORKING_HOURS:
        hours = _hours(hours_per_day)
        return int(hours * max(0, calendar.working_days_after(due, actual)))
    if unit is Unit.WORKING_DAYS:
        return max(0, calendar.working_days_after(due, actual))
    if not is_late(due, actual):
        return 0
    if unit in _MONTHS:
        return _full_months(due, actual) // _MONTHS[unit]
    return (actual - due).days // (7 if unit is Unit.WEEKS else 1)


def lateness(
    due: date,
    actual: date,
    unit: Unit,
    calendar: Calendar,
    *,
    hours_per_day: float | None = None,
    bare_days: Unit | None = None,
) -> str:
    """:func:`late_by` in words: ``in time``, ``3 working days late``.

    Where it is late by 0 full units: ``late, but by less than one full working day``.
    """
    if not is_late(due, actual):
        return "in time"
    unit = settled_unit(unit, bare_days)
    by = late_by(due, actual, unit, calendar, hours_per_day=hours_per_day)
    return f"{unit.counted(by)} late" if by else f"late, but by less than one full {unit.singular}"


def settled_unit(unit: Unit, bare_days: Unit | None) -> Unit:
    """The unit, with bare days read as declared. Raises :class:`UnitOpen` if nothing is declared."""
    if unit is not Unit.DAYS:
        return unit
    if bare_days in (Unit.WORKING_DAYS, Unit.CALENDAR_DAYS):
        return bare_days
    raise UnitOpen(
        "“Days” can be read as working days or as calendar days, and nothing says which.",
        "Say “working days” or “calendar days”, or declare once how bare days are to be read.",
    )


def add_months(start: date, months: int) -> date:
    """The same day of the month, so many months on; the month's last day where it has no such day.

    31 January and one month is 28 or 29 February. Raises :class:`BeyondTheYears` past the year 9999.
    """
    year, month = divmod(start.year * 12 + start.month - 1 + months, 12)
    if year > date.max.year:
        raise _beyond(start)
    return date(year, month + 1, min(start.day, monthrange(year, month + 1)[1]))


def _full_months(start: date, end: date) -> int:
    months = (end.year - start.year) * 12 + end.month - start.month
    return months if add_months(start, months) <= end else months - 1


def _add_days(start: date, days: int) -> date:
    try:
        return start + timedelta(days=days)
    except OverflowError:
        raise _beyond(start) from None


def _beyond(start: date) -> BeyondTheYears:
    return BeyondTheYears(
        f"Counting from {say_date(start)} goes past the year 9999.", "Check the date and the duration."
    )


def _whole_days(hours: int, hours_per_day: float | None) -> int:
    days = hours / _hours(hours_per_day)
    return -(-days.numerator // days.denominator)


def _hours(hours_per_day: float | None) -> Fraction:
    if hours_per_day is None:
        raise HoursNotStated(
            "Working hours cannot be counted: nothing says how many hours a working day has.",
            "State the hours in a working day.",
        )
    if not 0 < hours_per_day <= 24:
        raise ValueError(f"A working day of {hours_per_day} hours: give more than 0 and at most 24.")
    # By way of the printed figure, so that 7.4 hours are 7.4 exactly and 37 of them make five days, not six.
    return Fraction(str(hours_per_day))
