"""Both ends of the table, both ends of the years, ends of months, and what is refused."""

from __future__ import annotations

import pickle
from datetime import date, timedelta

import pytest

from policylang.model.calendar import Calendar, OutsideCalendar, load_calendar
from policylang.model.clock_error import BeyondTheYears, ClockError, HoursNotStated, NoFigure, UnitOpen
from policylang.model.deadline import deadline
from policylang.model.duration import Duration, Unit, add_months, due, is_late, late_by, lateness

CALENDAR = load_calendar("england-and-wales")
BEFORE, AFTER = date(2009, 12, 31), date(2029, 1, 1)
FIRST, LAST = date(2010, 1, 1), date(2028, 12, 31)


def days(n: int) -> Duration:
    return Duration(n, Unit.WORKING_DAYS)


# -- the table ends


def test_the_first_day_is_a_bank_holiday_and_is_known() -> None:
    assert CALENDAR.why_skipped(FIRST) == "New Year's Day"
    assert CALENDAR.add_working_days(FIRST, 1) == date(2010, 1, 4)
    assert CALENDAR.add_working_days(FIRST, 1, day_one=True) == date(2010, 1, 4)
    assert CALENDAR.working_days_after(FIRST, date(2010, 1, 4)) == 1
    assert CALENDAR.skipped(FIRST, date(2010, 1, 4)) == ((date(2010, 1, 2), "Saturday"), (date(2010, 1, 3), "Sunday"))


def test_both_ends_are_covered() -> None:
    assert CALENDAR.covers(FIRST)
    assert CALENDAR.covers(LAST)
    assert CALENDAR.skipped(LAST, LAST, day_one=True) == ((LAST, "Sunday"),)


def test_a_calendar_cannot_be_changed_and_prints_in_a_line() -> None:
    with pytest.raises(AttributeError):
        CALENDAR.first = BEFORE  # type: ignore[misc]
    assert len(repr(CALENDAR)) < 300


def test_the_last_working_day_can_be_reached_and_no_further() -> None:
    friday = date(2028, 12, 29)
    assert CALENDAR.add_working_days(date(2028, 12, 28), 1) == friday
    assert CALENDAR.add_working_days(friday, 0) == friday
    assert CALENDAR.add_working_days(friday, 1, day_one=True) == friday
    assert CALENDAR.add_working_days(LAST, 0) == LAST
    for start in (friday, date(2028, 12, 30), LAST):
        with pytest.raises(OutsideCalendar) as refused:
            CALENDAR.add_working_days(start, 1)
        assert refused.value.date == AFTER


@pytest.mark.parametrize("day", [BEFORE, AFTER, date.min, date.max])
def test_outside_is_never_no_holiday(day: date) -> None:
    inside = date(2020, 6, 1)
    assert not CALENDAR.covers(day)
    for ask in (
        lambda: CALENDAR.is_working(day),
        lambda: CALENDAR.why_skipped(day),
        lambda: CALENDAR.add_working_days(day, 0),
        lambda: CALENDAR.add_working_days(day, 1),
        lambda: CALENDAR.add_working_days(day, 1, day_one=True),
        lambda: CALENDAR.working_days_after(day, inside),
        lambda: CALENDAR.working_days_after(inside, day),
        lambda: CALENDAR.skipped(day, inside),
        lambda: CALENDAR.skipped(inside, day),
        lambda: CALENDAR.with_closures([(day, "Office closed")]),
        lambda: late_by(inside, day, Unit.WORKING_DAYS, CALENDAR),
        lambda: late_by(day, inside, Unit.WORKING_HOURS, CALENDAR, hours_per_day=8),
    ):
        with pytest.raises(OutsideCalendar) as refused:
            ask()
        assert refused.value.date == day


def test_what_outside_says() -> None:
    with pytest.raises(ValueError, match="1 January 2029 is outside the calendar england-and-wales") as refused:
        CALENDAR.is_working(AFTER)
    assert isinstance(refused.value, OutsideCalendar)
    finding = refused.value.finding
    assert (finding.rule, finding.code) == ("outside-calendar", "PL-T05")
    assert "1 January 2010 to 31 December 2028" in (finding.help or "")


@pytest.mark.parametrize("unit", [Unit.CALENDAR_DAYS, Unit.WEEKS, Unit.MONTHS, Unit.QUARTERS, Unit.YEARS])
def test_other_units_need_no_calendar(unit: Unit) -> None:
    assert due(LAST, Duration(1, unit), CALENDAR) > LAST
    assert due(date(1999, 1, 1), Duration(1, unit), CALENDAR) < FIRST
    assert late_by(date(2040, 1, 1), date(2043, 1, 1), unit, CALENDAR) >= 3


# -- the years end


def test_the_last_days_of_all() -> None:
    assert due(date(9999, 12, 30), Duration(1, Unit.CALENDAR_DAYS), CALENDAR) == date.max
    assert due(date(9999, 12, 31), Duration(0, Unit.WEEKS), CALENDAR) == date.max
    assert due(date(9998, 12, 31), Duration(1, Unit.YEARS), CALENDAR) == date.max
    assert late_by(date(9999, 11, 30), date.max, Unit.MONTHS, CALENDAR) == 1
    for unit in (Unit.CALENDAR_DAYS, Unit.WEEKS, Unit.MONTHS, Unit.QUARTERS, Unit.YEARS):
        with pytest.raises(BeyondTheYears, match="goes past the year 9999"):
            due(date.max, Duration(1, unit), CALENDAR)
        with pytest.raises(BeyondTheYears):
            due(date.min, Duration(99_999_999, unit), CALENDAR)
    with pytest.raises(OutsideCalendar):
        due(date.max, days(1), CALENDAR)


def test_the_first_days_of_all() -> None:
    assert due(date.min, Duration(1, Unit.CALENDAR_DAYS), CALENDAR) == date(1, 1, 2)
    assert due(date.min, Duration(1, Unit.MONTHS), CALENDAR) == date(1, 2, 1)
    assert due(date.min, Duration(1, Unit.WEEKS), CALENDAR, day_one=True) == date(1, 1, 7)


def test_a_table_that_reaches_the_last_year() -> None:
    tiny = Calendar("tiny", "Tiny", date(9999, 12, 27), date.max, "made here", ())
    assert tiny.add_working_days(date(9999, 12, 27), 4) == date.max
    with pytest.raises(OutsideCalendar) as refused:
        tiny.add_working_days(date.max, 1)
    assert refused.value.date == date.max


# -- months


def test_every_month_end_of_four_hundred_years() -> None:
    """One month from each day: the same day of the next month, or that month's last day, and never the month after."""
    day = date(1800, 1, 1)
    while day.year < 2200:
        end = add_months(day, 1)
        assert (end.year * 12 + end.month) - (day.year * 12 + day.month) == 1
        assert end.day == day.day or (end.day < day.day and (end + timedelta(days=1)).day == 1)
        day += timedelta(days=1)


def test_three_quarters_and_nine_months_are_the_same() -> None:
    for start in (date(2023, 5, 31), date(2024, 2, 29)):
        assert due(start, Duration(3, Unit.QUARTERS), CALENDAR) == due(start, Duration(9, Unit.MONTHS), CALENDAR)
    assert late_by(date(2024, 1, 1), date(2024, 9, 30), Unit.QUARTERS, CALENDAR) == 2


# -- what is refused


def test_less_than_nothing_is_refused() -> None:
    with pytest.raises(ValueError, match="-1 working days"):
        CALENDAR.add_working_days(FIRST, -1)
    with pytest.raises(ValueError, match="less than 0"):
        Duration(-1, Unit.WEEKS)
    with pytest.raises(ValueError, match="less than 0"):
        Duration(None, Unit.WEEKS, choices=(3, -1))


@pytest.mark.parametrize("parts", [{}, {"n": 3, "choices": (3,)}, {"n": 3, "placeholder": "X"}, {"choices": ()}])
def test_a_duration_is_one_thing(parts: dict[str, object]) -> None:
    with pytest.raises(ValueError, match="a figure, or a choice of figures, or a placeholder"):
        Duration(**{"n": None, "unit": Unit.DAYS, **parts})  # type: ignore[arg-type]


def test_bare_days_need_a_declaration() -> None:
    friday, ten = date(2025, 12, 19), Duration(10, Unit.DAYS)
    for declared in (None, Unit.DAYS, Unit.WEEKS):
        with pytest.raises(UnitOpen, match="working days or as calendar days"):
            due(friday, ten, CALENDAR, bare_days=declared)
    assert due(friday, ten, CALENDAR, bare_days=Unit.CALENDAR_DAYS) == date(2025, 12, 29)
    assert due(friday, ten, CALENDAR, bare_days=Unit.WORKING_DAYS) == date(2026, 1, 7)
    with pytest.raises(UnitOpen):
        late_by(friday, date(2026, 1, 5), Unit.DAYS, CALENDAR)
    with pytest.raises(UnitOpen):
        lateness(friday, date(2026, 1, 5), Unit.DAYS, CALENDAR)
    assert late_by(friday, date(2025, 12, 24), Unit.DAYS, CALENDAR, bare_days=Unit.CALENDAR_DAYS) == 5
    assert late_by(friday, date(2025, 12, 24), Unit.DAYS, CALENDAR, bare_days=Unit.WORKING_DAYS) == 3


def test_a_declaration_about_bare_days_changes_no_other_unit() -> None:
    friday = date(2025, 12, 19)
    assert due(friday, days(5), CALENDAR, bare_days=Unit.CALENDAR_DAYS) == date(2025, 12, 30)
    assert due(friday, Duration(5, Unit.CALENDAR_DAYS), CALENDAR, bare_days=Unit.WORKING_DAYS) == date(2025, 12, 24)


def test_no_one_figure_no_answer() -> None:
    for open_duration in (Duration(None, Unit.DAYS, placeholder="X"), Duration(None, Unit.DAYS, choices=(30, 60, 90))):
        with pytest.raises(NoFigure, match="does not give one figure"):
            due(FIRST, open_duration, CALENDAR, bare_days=Unit.CALENDAR_DAYS)
        with pytest.raises(NoFigure):
            deadline(FIRST, open_duration, CALENDAR)


def test_working_hours_need_the_hours_in_a_day() -> None:
    friday, hours = date(2025, 12, 19), Duration(48, Unit.WORKING_HOURS)
    with pytest.raises(HoursNotStated, match="how many hours a working day has"):
        due(friday, hours, CALENDAR)
    with pytest.raises(HoursNotStated):
        late_by(friday, friday, Unit.WORKING_HOURS, CALENDAR)
    for nonsense in (0, -8, 24.5):
        with pytest.raises(ValueError, match="more than 0 and at most 24"):
            due(friday, hours, CALENDAR, hours_per_day=nonsense)


@pytest.mark.parametrize(
    ("hours", "per_day", "working_days"),
    [
        (48, 8, 6),
        (48, 7.5, 7),
        (37, 7.4, 5),
        (38, 7.4, 6),
        (1, 8, 1),
        (8, 8, 1),
        (9, 8, 2),
        (0, 8, 0),
        (24, 24, 1),
        (3, 0.5, 6),
    ],
)
def test_working_hours_in_working_days(hours: int, per_day: float, working_days: int) -> None:
    friday = date(2025, 12, 19)
    ends = due(friday, Duration(hours, Unit.WORKING_HOURS), CALENDAR, hours_per_day=per_day)
    assert ends == CALENDAR.add_working_days(friday, working_days)


def test_late_in_working_hours() -> None:
    due_on, sent = date(2025, 12, 23), date(2025, 12, 30)
    assert late_by(due_on, sent, Unit.WORKING_HOURS, CALENDAR, hours_per_day=7.5) == 22
    assert lateness(due_on, sent, Unit.WORKING_HOURS, CALENDAR, hours_per_day=8) == "24 working hours late"
    assert late_by(sent, due_on, Unit.WORKING_HOURS, CALENDAR, hours_per_day=8) == 0


# -- closures


def test_closures_are_named_and_counted_and_change_the_identity() -> None:
    eve = date(2025, 12, 24)
    shut = CALENDAR.with_closures([(eve, "Office closed"), (date(2025, 12, 25), "Closed for Christmas")])
    assert shut.why_skipped(eve) == "Office closed"
    assert shut.why_skipped(date(2025, 12, 25)) == "Christmas Day", "a closure does not rename a bank holiday"
    assert CALENDAR.is_working(eve), "the calendar it was made from stays as it is"
    assert shut.add_working_days(date(2025, 12, 23), 1) == date(2025, 12, 29)
    assert shut.id == "england-and-wales with closure days"
    assert shut.digest != CALENDAR.digest
    assert shut != CALENDAR
    assert CALENDAR.with_closures([]) is CALENDAR


def test_closures_add_up_in_any_order() -> None:
    a, b = (date(2025, 12, 24), "Closed"), (date(2025, 12, 31), "Closed too")
    once = CALENDAR.with_closures([a, b])
    assert once == CALENDAR.with_closures([b]).with_closures([a])
    assert once.digest == CALENDAR.with_closures([b, a]).digest
    assert hash(once) == hash(CALENDAR.with_closures([b, a]))
    assert once.id.count("with closure days") == 1


def test_days_out_of_order_are_refused() -> None:
    days = ((date(2020, 1, 2), "b"), (date(2020, 1, 1), "a"))
    for wrong in (days, (days[0], days[0])):
        with pytest.raises(ValueError, match="in order, each once"):
            Calendar("x", "X", FIRST, LAST, "made here", wrong)
    with pytest.raises(OutsideCalendar):
        Calendar("x", "X", FIRST, LAST, "made here", ((AFTER, "outside"),))


# -- for engines that work in several processes


def test_calendars_and_errors_survive_being_sent_to_another_process() -> None:
    copy = pickle.loads(pickle.dumps(CALENDAR))
    assert copy == CALENDAR
    assert copy.add_working_days(date(2025, 12, 19), 5) == date(2025, 12, 30)
    errors: list[ClockError] = [OutsideCalendar(AFTER, "x", FIRST, LAST), UnitOpen("one", "two")]
    for error in errors:
        back = pickle.loads(pickle.dumps(error))
        assert type(back) is type(error)
        assert str(back) == str(error)


# -- the working of a deadline


def test_counted_and_skipped_days_are_all_the_days() -> None:
    start = date(2025, 12, 19)
    answer = deadline(start, days(10), CALENDAR)
    between = [start + timedelta(days=n) for n in range(1, (answer.due - start).days + 1)]
    assert sorted([*answer.counted, *(day for day, _ in answer.skipped)]) == between
    assert len(answer.counted) == 10
    assert answer.counted[-1] == answer.due
    counted_from_day_one = deadline(start, days(10), CALENDAR, day_one=True)
    assert counted_from_day_one.counted == (start, *answer.counted[:-1])


def test_a_start_that_is_skipped_is_named_under_day_one_only() -> None:
    saturday = date(2025, 12, 20)
    assert deadline(saturday, days(1), CALENDAR).skipped == ((date(2025, 12, 21), "Sunday"),)
    named = deadline(saturday, days(1), CALENDAR, day_one=True).skipped
    assert named == ((saturday, "Saturday"), (date(2025, 12, 21), "Sunday"))


def test_nothing_is_skipped_where_every_day_counts() -> None:
    start = date(2025, 12, 19)
    fortnight = deadline(start, Duration(2, Unit.WEEKS), CALENDAR)
    assert (fortnight.skipped, len(fortnight.counted)) == ((), 14)
    assert len(deadline(start, Duration(2, Unit.WEEKS), CALENDAR, day_one=True).counted) == 14
    months = deadline(start, Duration(2, Unit.MONTHS), CALENDAR, day_one=True)
    assert (months.due, months.skipped, months.counted) == (date(2026, 2, 19), (), ())


@pytest.mark.parametrize("day_one", [False, True])
def test_no_days_at_all_end_on_the_day_itself(day_one: bool) -> None:
    saturday = date(2025, 12, 20)
    for unit in (Unit.WORKING_DAYS, Unit.CALENDAR_DAYS, Unit.WEEKS, Unit.MONTHS):
        answer = deadline(saturday, Duration(0, unit), CALENDAR, day_one=day_one)
        assert (answer.due, answer.counted, answer.skipped) == (saturday, (), ())


def test_on_the_day_is_in_time() -> None:
    friday = date(2026, 1, 2)
    assert not is_late(friday, friday)
    assert is_late(friday, date(2026, 1, 3))
    assert not is_late(friday, date(2026, 1, 1))
