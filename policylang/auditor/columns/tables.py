"""Look-up tables of a calendar: from a start day to its deadline, and from a day to its working-day ordinal.

Days are numbers, counted from 1 January 1970. A table begins with one empty place before the calendar's first day, and
every day outside the calendar, like every day that is not there, is sent to that place and finds nothing. So no index
is ever negative or too large (Polars wraps negative ones round without a word).
"""

from __future__ import annotations

from datetime import date, timedelta
from functools import lru_cache

import polars as pl

from policylang.model.calendar import Calendar, OutsideCalendar
from policylang.model.duration import Duration, Unit, due

EPOCH = date(1970, 1, 1).toordinal()
EVER = date.max.toordinal() - EPOCH
"""The last day there is; it stands for "no limit" as in the reference."""


def number(day: date) -> int:
    """A day as a number."""
    return day.toordinal() - EPOCH


def index(day: pl.Expr, calendar: Calendar) -> pl.Expr:
    """The place of a day in the tables of a calendar."""
    first, last = number(calendar.first), number(calendar.last)
    place = pl.when(day.is_between(first, last)).then(day - pl.lit(first - 1, pl.Int32)).otherwise(pl.lit(0, pl.Int32))
    return place.reinterpret(signed=False)


@lru_cache(maxsize=512)
def deadlines(
    calendar: Calendar, within: Duration, day_one: bool, hours_per_day: float | None, bare_days: Unit | None
) -> pl.Series:
    """The deadline for every start day of a calendar; empty where the calendar does not reach so far."""
    found: list[int | None] = [None]
    for n in range(len(calendar.ordinals)):
        try:
            last = due(
                calendar.first + timedelta(days=n),
                within,
                calendar,
                day_one=day_one,
                hours_per_day=hours_per_day,
                bare_days=bare_days,
            )
            found.append(number(last))
        except OutsideCalendar:
            found.append(None)
    return pl.Series("deadline", found, pl.Int32)


@lru_cache(maxsize=64)
def ordinals(calendar: Calendar) -> pl.Series:
    """How many working days the calendar has up to each of its days."""
    return pl.Series("ordinal", [None, *calendar.ordinals], pl.Int32)
