"""Every start date of the span by 0 to 60 working days, against two implementations that share nothing with ours.

Both take their bank holidays straight from the ``holidays`` package, not from the shipped file.
"""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache

import holidays
import numpy as np
import pytest
from numpy.typing import NDArray

from policylang.model.calendar import OutsideCalendar, load_calendar

FIRST, LAST = date(2010, 1, 1), date(2028, 12, 31)
DAYS = [FIRST + timedelta(days=n) for n in range((LAST - FIRST).days + 1)]
EPOCH = date(1970, 1, 1).toordinal()  # numpy's day 0
MOST = 60
CANNOT_TELL = -1
SUBDIVISIONS = {"england-and-wales": "ENG", "scotland": "SCT"}


def bank_holidays(id: str) -> set[date]:
    return set(holidays.country_holidays("GB", subdiv=SUBDIVISIONS[id], years=range(2010, 2029)))


@cache
def ours(id: str, day_one: bool = False) -> NDArray[np.int64]:
    """A row for each start date, a column for each number of days: the answer as a day number, or CANNOT_TELL."""
    calendar = load_calendar(id)

    def answer(start: date, n: int) -> int:
        try:
            return calendar.add_working_days(start, n, day_one=day_one).toordinal() - EPOCH
        except OutsideCalendar:
            return CANNOT_TELL

    return np.array([[answer(day, n) for n in range(MOST + 1)] for day in DAYS])


def brute_force(working: list[bool], start: int) -> list[int]:
    """Walk forward a day at a time, as one would with a finger on a paper calendar."""
    found = [start]
    day = start
    while len(found) <= MOST and day + 1 < len(working):
        day += 1
        if working[day]:
            found.append(day)
    offset = FIRST.toordinal() - EPOCH
    return [day + offset for day in found] + [CANNOT_TELL] * (MOST + 1 - len(found))


@pytest.mark.parametrize("id", SUBDIVISIONS)
def test_every_start_date_against_brute_force(id: str) -> None:
    off = bank_holidays(id)
    working = [day.weekday() < 5 and day not in off for day in DAYS]
    expected = np.array([brute_force(working, start) for start in range(len(DAYS))])
    assert expected.shape == (6940, 61)
    assert np.array_equal(ours(id), expected)


@pytest.mark.parametrize("id", SUBDIVISIONS)
@pytest.mark.parametrize("day_one", [False, True])
def test_every_start_date_against_numpy(id: str, day_one: bool) -> None:
    off = np.array(sorted(bank_holidays(id)), dtype="datetime64[D]")
    starts = np.array(DAYS, dtype="datetime64[D]")[:, None]
    counts = np.arange(1, MOST + 1)[None, :]
    # Day 0: from the last working day up to the event, n on. Day 1: from the first working day from it, n - 1 on.
    if day_one:
        ends = np.busday_offset(starts, counts - 1, roll="forward", holidays=off)
    else:
        ends = np.busday_offset(starts, counts, roll="backward", holidays=off)
    expected = np.where(ends <= np.datetime64(LAST), ends.astype(np.int64), CANNOT_TELL)
    assert np.array_equal(ours(id, day_one)[:, 1:], expected)


@pytest.mark.parametrize("id", SUBDIVISIONS)
def test_counting_between_against_numpy(id: str) -> None:
    calendar = load_calendar(id)
    off = np.array(sorted(bank_holidays(id)), dtype="datetime64[D]")
    one = timedelta(days=1)
    for gap in (0, 1, 2, 3, 7, 13, 40, 365):
        pairs = [(a, a + timedelta(days=gap)) for a in DAYS if a + timedelta(days=gap) <= LAST]
        # numpy counts the first day and not the last; we count the last and not the first.
        after, until = ([pair[n] + one for pair in pairs] for n in (0, 1))
        expected = np.busday_count(np.array(after, "datetime64[D]"), np.array(until, "datetime64[D]"), holidays=off)
        assert [calendar.working_days_after(a, b) for a, b in pairs] == expected.tolist()
        assert [calendar.working_days_after(b, a) for a, b in pairs] == [-n for n in expected.tolist()]


@pytest.mark.parametrize("id", SUBDIVISIONS)
def test_the_tables_say_the_same_as_the_methods(id: str) -> None:
    """What the columnar engine does: two look-ups and an addition."""
    calendar = load_calendar(id)
    ordinals = np.array(calendar.ordinals)
    working = np.array(calendar.working_dates, dtype="datetime64[D]").astype(np.int64)
    assert len(ordinals) == len(DAYS)
    assert [calendar.is_working(day) for day in DAYS] == [
        k > before for k, before in zip(calendar.ordinals, (0, *calendar.ordinals), strict=False)
    ]
    for n in (1, 2, 10, 20, 60):
        places = ordinals + n - 1
        assert (places >= 0).all(), "a negative look-up would wrap round to the end of the table"
        known = places < len(working)
        assert np.array_equal(np.where(known, working[np.where(known, places, 0)], CANNOT_TELL), ours(id)[:, n])
