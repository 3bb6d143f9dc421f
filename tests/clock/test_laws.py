"""Laws that hold for every date, duration and setting."""

from __future__ import annotations

import json
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from policylang.model.calendar import Calendar, load_calendar
from policylang.model.clock_error import UnreadDate, UnreadDuration
from policylang.model.days import read_day, say_date, say_day
from policylang.model.deadline import deadline
from policylang.model.duration import Duration, Unit, due, is_late, late_by, lateness, parse_duration

CALENDARS = st.sampled_from(["england-and-wales", "scotland"]).map(load_calendar)
INSIDE = st.dates(date(2010, 1, 1), date(2028, 12, 31))
EARLY = st.dates(date(2010, 1, 1), date(2027, 12, 31))  # leaves room for 200 working days
COUNTS = st.integers(0, 200)
COUNTED = st.sampled_from([unit for unit in Unit if unit is not Unit.DAYS])
CLOSURES = st.lists(st.tuples(st.dates(date(2020, 1, 1), date(2021, 12, 31)), st.just("Closed")), max_size=10)
DAY_ONE = st.booleans()
DAY = timedelta(days=1)


def ends(start: date, n: int, unit: Unit, calendar: Calendar, day_one: bool = False) -> date:
    return due(start, Duration(n, unit), calendar, day_one=day_one, hours_per_day=7.5)


@given(CALENDARS, EARLY, EARLY, st.integers(0, 60), COUNTED, DAY_ONE)
def test_a_later_start_is_never_due_earlier(
    calendar: Calendar, a: date, b: date, n: int, unit: Unit, day_one: bool
) -> None:
    early, late = sorted((a, b))
    assert ends(early, n, unit, calendar, day_one) <= ends(late, n, unit, calendar, day_one)


@given(CALENDARS, EARLY, COUNTS, COUNTED, DAY_ONE)
def test_one_more_never_goes_back(calendar: Calendar, start: date, n: int, unit: Unit, day_one: bool) -> None:
    shorter, longer = ends(start, n, unit, calendar, day_one), ends(start, n + 1, unit, calendar, day_one)
    assert start <= shorter <= longer
    if unit is Unit.WORKING_DAYS and n >= 1:
        assert shorter < longer


@given(CALENDARS, EARLY, COUNTS, DAY_ONE)
def test_counting_is_the_inverse_of_adding(calendar: Calendar, start: date, n: int, day_one: bool) -> None:
    end = calendar.add_working_days(start, n, day_one=day_one)
    already = day_one and n > 0 and calendar.is_working(start)
    assert calendar.working_days_after(start, end) == (n - 1 if already else n)
    assert n == 0 or calendar.is_working(end)


@given(CALENDARS, EARLY, st.integers(0, 100), st.integers(0, 100))
def test_adding_in_two_steps_is_adding_at_once(calendar: Calendar, start: date, m: int, n: int) -> None:
    assert calendar.add_working_days(calendar.add_working_days(start, m), n) == calendar.add_working_days(start, m + n)


@given(CALENDARS, INSIDE, INSIDE, INSIDE)
def test_distances_add_up(calendar: Calendar, a: date, b: date, c: date) -> None:
    between = calendar.working_days_after
    assert between(a, b) + between(b, c) == between(a, c)
    assert between(a, b) == -between(b, a)


@given(CALENDARS, INSIDE, INSIDE)
def test_every_day_is_counted_or_skipped_with_a_reason(calendar: Calendar, a: date, b: date) -> None:
    skipped = calendar.skipped(a, b)
    assert len(skipped) + max(0, calendar.working_days_after(a, b)) == max(0, (b - a).days)
    assert all(why and a < day <= b and not calendar.is_working(day) for day, why in skipped)


@given(CALENDARS, EARLY, st.integers(1, 100), DAY_ONE)
def test_the_working_of_a_deadline_proves_it(calendar: Calendar, start: date, n: int, day_one: bool) -> None:
    answer = deadline(start, Duration(n, Unit.WORKING_DAYS), calendar, day_one=day_one)
    assert len(answer.counted) == n
    assert answer.counted[-1] == answer.due
    first = start if day_one else start + DAY
    days = [first + timedelta(days=k) for k in range((answer.due - first).days + 1)]
    assert sorted([*answer.counted, *(day for day, _ in answer.skipped)]) == days


@given(CALENDARS, EARLY, COUNTS, COUNTED)
def test_day_one_is_never_later_and_at_most_one_step_sooner(
    calendar: Calendar, start: date, n: int, unit: Unit
) -> None:
    normal, sooner = ends(start, n, unit, calendar), ends(start, n, unit, calendar, day_one=True)
    assert sooner <= normal
    if unit is Unit.WORKING_DAYS:
        assert calendar.working_days_after(sooner, normal) <= 1
    elif unit is not Unit.WORKING_HOURS:
        assert normal - sooner <= DAY


@given(CALENDARS, EARLY, COUNTS, CLOSURES)
def test_closing_the_office_never_brings_a_deadline_forward(
    calendar: Calendar, start: date, n: int, closures: list[tuple[date, str]]
) -> None:
    shut = calendar.with_closures(closures)
    assert shut.add_working_days(start, n) >= calendar.add_working_days(start, n)
    assert (shut.digest == calendar.digest) == (not closures)


@given(CALENDARS, EARLY, EARLY, COUNTED)
def test_late_by_is_the_most_full_units(calendar: Calendar, due_on: date, sent: date, unit: Unit) -> None:
    """So many units after the due date were reached, and one more was not."""
    by = late_by(due_on, sent, unit, calendar, hours_per_day=7.5)
    if not is_late(due_on, sent):
        assert by == 0
    elif unit is Unit.WORKING_DAYS:
        assert calendar.add_working_days(due_on, by) <= sent < calendar.add_working_days(due_on, by + 1)
    elif unit is Unit.WORKING_HOURS:
        assert by == int(7.5 * late_by(due_on, sent, Unit.WORKING_DAYS, calendar))
    else:
        assert ends(due_on, by, unit, calendar) <= sent < ends(due_on, by + 1, unit, calendar)


@given(CALENDARS, EARLY, EARLY, COUNTED)
def test_the_words_never_hide_lateness(calendar: Calendar, due_on: date, sent: date, unit: Unit) -> None:
    words = lateness(due_on, sent, unit, calendar, hours_per_day=7.5)
    assert (words == "in time") == (not is_late(due_on, sent))
    assert ("late" in words) == is_late(due_on, sent)


@given(CALENDARS, EARLY, EARLY, st.integers(0, 30), COUNTED)
def test_sending_later_is_never_less_late(calendar: Calendar, due_on: date, sent: date, wait: int, unit: Unit) -> None:
    sooner = late_by(due_on, sent, unit, calendar, hours_per_day=7.5)
    assert sooner <= late_by(due_on, sent + timedelta(days=wait), unit, calendar, hours_per_day=7.5)


@given(st.dates())
def test_a_date_said_is_the_date_read(day: date) -> None:
    forms = [say_date(day), say_day(day), day.isoformat(), f"{day.day}/{day.month}/{day.year:04}"]
    assert {read_day(form) for form in forms if day.year >= 1000 or "/" in form or "-" in form} == {day}


@given(st.integers(0, 99_999), st.sampled_from(Unit))
def test_a_duration_said_is_the_duration_read(n: int, unit: Unit) -> None:
    assert parse_duration(str(Duration(n, unit))) == Duration(n, unit)


@given(st.lists(st.integers(0, 999), min_size=2, max_size=4), st.sampled_from(Unit))
def test_a_choice_said_is_the_choice_read(choices: list[int], unit: Unit) -> None:
    choice = Duration(None, unit, choices=tuple(choices))
    assert parse_duration(str(choice)) == choice


NUMBERS = ["10", "ten", "a", "19", "12", "2025", "x", "[x]", "½", "²", "٣"]
MARKS = ["(", ")", ",", ".", "-", "–", "/", "\u00a0"]
NAMES = ["or", "and", "within", "of", "st", "December", "Fri", "working", "calendar", "days", "day", "hours", "weeks"]
WORDS = st.sampled_from(NUMBERS + MARKS + NAMES)


@given(st.one_of(st.text(max_size=40), st.lists(WORDS, max_size=8).map(" ".join)))
def test_whatever_is_typed_gets_an_answer_or_a_finding(text: str) -> None:
    for read in (read_day, parse_duration):
        try:
            read(text)
        except (UnreadDate, UnreadDuration) as refused:
            finding = refused.finding
            assert finding.message.strip().endswith((".", "”."))
            assert finding.help
            json.dumps([finding.message, finding.help])
