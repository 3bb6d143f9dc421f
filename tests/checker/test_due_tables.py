"""The look-up tables of deadlines against the clock, day by day."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policylang.checker.due_tables import BEYOND, NEVER, Span, chain, common_span, due_table, never_later, total_inside
from policylang.checker.timelines import (
    Bound,
    Moment,
    Proof,
    Question,
    Refutation,
    TooShort,
    admitted,
    broken_days,
    decide,
)
from policylang.model.calendar import Calendar, load_calendar
from policylang.model.duration import Duration, Unit, due

CALENDAR = load_calendar("england-and-wales")
COUNTED = [u for u in Unit if u not in (Unit.DAYS, Unit.WORKING_HOURS)]
RECEIPT, RESPONSE = Moment("receipt", 1), Moment("response", 1)


@given(st.sampled_from(COUNTED), st.integers(0, 60), st.integers(0, 6000))
def test_a_table_is_the_clock(unit: Unit, n: int, day: int) -> None:
    span = common_span(CALENDAR)
    start = span.day(day)
    found = due_table(CALENDAR, Duration(n, unit), span)[day]
    try:
        wanted = due(start, Duration(n, unit), CALENDAR)
    except ValueError:
        wanted = date.max
    assert span.day(found) == wanted if found < BEYOND else wanted > span.last


def test_a_shorter_span_knows_less() -> None:
    whole, part = common_span(CALENDAR), Span(date(2024, 3, 1), date(2024, 3, 29))
    table = due_table(CALENDAR, Duration(5, Unit.WORKING_DAYS), part)
    assert len(table) == 29
    assert part.day(table[0]) == date(2024, 3, 8)
    assert table[-1] == BEYOND
    assert due_table(CALENDAR, Duration(5, Unit.WORKING_DAYS), whole)[whole.number(date(2024, 3, 28))] < BEYOND


def test_what_has_no_day_stays_so() -> None:
    assert chain([0, BEYOND, NEVER], (3, 4)) == (3, BEYOND, NEVER)


def test_an_open_duration_is_refused() -> None:
    for within in (
        Duration(5, Unit.DAYS),
        Duration(8, Unit.WORKING_HOURS),
        Duration(None, Unit.WEEKS, placeholder="X"),
    ):
        with pytest.raises(ValueError, match="settled"):
            due_table(CALENDAR, within, common_span(CALENDAR))


@pytest.mark.parametrize(
    ("one", "other", "wanted"),
    [
        (Duration(14, Unit.CALENDAR_DAYS), Duration(2, Unit.WEEKS), True),
        (Duration(15, Unit.CALENDAR_DAYS), Duration(2, Unit.WEEKS), False),
        (Duration(10, Unit.WORKING_DAYS), Duration(2, Unit.WEEKS), False),
        (Duration(2, Unit.WEEKS), Duration(10, Unit.WORKING_DAYS), False),  # from a Saturday
        (Duration(4, Unit.WEEKS), Duration(1, Unit.MONTHS), True),
        (Duration(1, Unit.MONTHS), Duration(4, Unit.WEEKS), False),
        (Duration(12, Unit.MONTHS), Duration(1, Unit.YEARS), True),
        (Duration(3, Unit.MONTHS), Duration(1, Unit.QUARTERS), True),
        (Duration(40, Unit.YEARS), Duration(41, Unit.YEARS), True),  # longer than any calendar: by the figures
        (Duration(99_999, Unit.MONTHS), Duration(1, Unit.WEEKS), False),
    ],
)
def test_never_later(one: Duration, other: Duration, wanted: bool) -> None:
    assert never_later(one, other, CALENDAR) is wanted


@pytest.mark.parametrize(
    ("total", "period", "more", "wanted"),
    [
        (Duration(20, Unit.WORKING_DAYS), Duration(10, Unit.WORKING_DAYS), Duration(10, Unit.WORKING_DAYS), True),
        (Duration(21, Unit.WORKING_DAYS), Duration(10, Unit.WORKING_DAYS), Duration(10, Unit.WORKING_DAYS), False),
        (Duration(30, Unit.CALENDAR_DAYS), Duration(15, Unit.WORKING_DAYS), Duration(10, Unit.WORKING_DAYS), True),
        (Duration(30, Unit.CALENDAR_DAYS), Duration(10, Unit.WORKING_DAYS), Duration(10, Unit.WORKING_DAYS), False),
        (
            Duration(4, Unit.WEEKS),
            Duration(10, Unit.WORKING_DAYS),
            Duration(10, Unit.WORKING_DAYS),
            False,
        ),  # a Saturday
        (Duration(27, Unit.CALENDAR_DAYS), Duration(14, Unit.CALENDAR_DAYS), Duration(2, Unit.WEEKS), True),
        (Duration(1, Unit.MONTHS), Duration(2, Unit.WEEKS), Duration(17, Unit.CALENDAR_DAYS), True),
        (Duration(2, Unit.MONTHS), Duration(1, Unit.MONTHS), Duration(1, Unit.MONTHS), False),  # from 31 January
        (Duration(40, Unit.YEARS), Duration(1, Unit.WEEKS), Duration(1, Unit.WEEKS), False),
        (Duration(1, Unit.WEEKS), Duration(40, Unit.YEARS), Duration(1, Unit.WEEKS), True),
    ],
)
def test_total_inside(total: Duration, period: Duration, more: Duration, wanted: bool) -> None:
    assert total_inside(total, period, more, CALENDAR) is wanted


def test_from_the_end_of_working_days_two_weeks_are_never_more_than_ten_working_days() -> None:
    ten = Duration(10, Unit.WORKING_DAYS)
    assert never_later(Duration(2, Unit.WEEKS), ten, CALENDAR, after=ten)
    assert not never_later(Duration(2, Unit.WEEKS), ten, CALENDAR, after=Duration(14, Unit.CALENDAR_DAYS))


def _asked(within: Duration, allowed: Duration) -> Question:
    return Question(RESPONSE, RECEIPT, allowed, (Bound(RESPONSE, RECEIPT, within),), (), CALENDAR, CALENDAR)


def test_a_period_longer_than_the_calendar_breaks_a_shorter_one() -> None:
    found = decide(_asked(Duration(60, Unit.YEARS), Duration(10, Unit.WORKING_DAYS)))
    assert isinstance(found, Refutation)
    assert not found.unlimited


def test_a_demand_longer_than_the_calendar_cannot_be_decided() -> None:
    with pytest.raises(TooShort):
        decide(_asked(Duration(10, Unit.WORKING_DAYS), Duration(60, Unit.YEARS)))


def test_what_only_happened_before_the_code_was_in_force_does_not_count() -> None:
    """Five working days are too many for a week only where a bank holiday falls in them: here, in February."""
    year = Calendar("2024", "2024", date(2024, 1, 1), date(2024, 12, 31), "test", ((date(2024, 2, 7), "Holiday"),))
    five = Bound(RESPONSE, RECEIPT, Duration(5, Unit.WORKING_DAYS))
    asked = Question(RESPONSE, RECEIPT, Duration(1, Unit.WEEKS), (five,), (), year, year)
    _, broken = broken_days(asked)
    assert (min(broken), max(broken)) == (date(2024, 1, 31), date(2024, 2, 6))
    assert isinstance(decide(replace(asked, since=date(2024, 2, 6))), Refutation)
    assert decide(replace(asked, since=date(2024, 2, 7))) == Proof(date(2024, 2, 7), date(2024, 12, 24))


@given(st.integers(0, 6000), st.integers(1, 30), st.integers(1, 30))
def test_the_latest_timeline_of_one_day_is_that_of_all_days(day: int, first: int, second: int) -> None:
    middle = Moment("acknowledgement", 1)
    bounds = (
        Bound(middle, RECEIPT, Duration(first, Unit.WORKING_DAYS)),
        Bound(RESPONSE, middle, Duration(second, Unit.CALENDAR_DAYS)),
    )
    start = common_span(CALENDAR).day(day)
    date_of = admitted(Question(RESPONSE, RECEIPT, Duration(1, Unit.WEEKS), bounds, (), CALENDAR, CALENDAR), start)
    acknowledged = due(start, bounds[0].within, CALENDAR)
    assert date_of(middle) == acknowledged
    assert date_of(RESPONSE) == acknowledged + timedelta(days=second)
    assert date_of(Moment("closure", 1)) is None
