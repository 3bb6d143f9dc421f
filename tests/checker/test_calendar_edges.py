"""Proofs at the first and the last day that a calendar knows: a fortnight without bank holidays, from a Friday."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from policylang.checker.due_tables import BEYOND, Span, common_span, due_table, never_later, total_inside
from policylang.checker.timelines import (
    Bound,
    Moment,
    Order,
    Proof,
    Question,
    Refutation,
    TooShort,
    admitted,
    broken_days,
    decide,
)
from policylang.model.calendar import Calendar
from policylang.model.duration import Duration, Unit

RECEIPT, LOGGING, ACKNOWLEDGEMENT, RESPONSE = (
    Moment(word, 1) for word in ("receipt", "logging", "acknowledgement", "response")
)
FRIDAY = date(2024, 5, 31)


def days(n: int) -> Duration:
    return Duration(n, Unit.CALENDAR_DAYS)


def working_days(n: int) -> Duration:
    return Duration(n, Unit.WORKING_DAYS)


def short(length: int, first: date = FRIDAY) -> Calendar:
    return Calendar("short", "Short", first, first + timedelta(days=length - 1), "test", ())


def asked(within: Duration, *bounds: Bound, length: int = 14) -> Question:
    calendar = short(length)
    return Question(RESPONSE, RECEIPT, within, bounds, (), calendar, calendar)


def test_the_first_day_counts() -> None:
    """A working day from Friday ends on Monday, three days later; the week has no other Friday."""
    question = asked(days(2), Bound(RESPONSE, RECEIPT, working_days(1)), length=7)
    found = decide(question)
    assert isinstance(found, Refutation)
    assert dict(found.dates) == {RECEIPT: FRIDAY, RESPONSE: FRIDAY + timedelta(days=3)}
    assert (found.due, found.unlimited) == (FRIDAY + timedelta(days=2), False)
    # A code that came into force on the Saturday is not broken by what came before it.
    later = decide(replace(question, since=FRIDAY + timedelta(days=1)))
    assert isinstance(later, Proof)
    assert later.first == FRIDAY + timedelta(days=1)


@pytest.mark.parametrize("after", [1, 400])
def test_a_code_that_begins_after_the_calendar_ends_is_judged_on_every_day(after: int) -> None:
    question = asked(days(2), Bound(RESPONSE, RECEIPT, working_days(1)), length=7)
    found = decide(replace(question, since=question.calendar.last + timedelta(days=after)))
    assert isinstance(found, Refutation)
    assert dict(found.dates)[RECEIPT] == FRIDAY


def test_a_proof_names_the_days_that_the_calendar_can_tell() -> None:
    question = asked(days(3), Bound(RESPONSE, RECEIPT, days(3)))
    assert decide(question) == Proof(FRIDAY, question.calendar.last - timedelta(days=3))


def test_what_nothing_limits_needs_a_day_to_be_late_on() -> None:
    """Due on the last day of the calendar, it has no day to be late on; due the day before, it has one."""
    question = asked(days(3))
    known, broken = broken_days(question)
    assert known == broken
    assert known[-1] + timedelta(days=3) == question.calendar.last - timedelta(days=1)
    last = decide(replace(question, since=known[-1]))
    assert isinstance(last, Refutation)
    assert (last.unlimited, last.actual) == (True, question.calendar.last)


def test_what_nothing_limits_is_late_on_the_next_working_day() -> None:
    found = decide(asked(days(1)))  # due on the Saturday
    assert isinstance(found, Refutation)
    assert (found.due, found.actual) == (FRIDAY + timedelta(days=1), FRIDAY + timedelta(days=3))


def test_a_story_begins_on_a_working_day_once_the_policy_is_in_force() -> None:
    question = asked(days(1), length=21)
    for prefer, begins in (
        (FRIDAY, FRIDAY),
        (FRIDAY + timedelta(days=1), FRIDAY + timedelta(days=3)),  # in force on the Saturday: told on the Monday
        (FRIDAY + timedelta(days=500), FRIDAY),  # not in the calendar's time: told on any working day
    ):
        found = decide(replace(question, prefer=prefer))
        assert isinstance(found, Refutation)
        assert dict(found.dates)[RECEIPT] == begins


def test_a_story_of_weekends_alone_is_told_on_a_weekend() -> None:
    """From Saturday and from Sunday three days are late against one working day, and no other start can be told."""
    saturday = FRIDAY + timedelta(days=1)
    calendar = short(4, saturday)
    bounds = (Bound(RESPONSE, RECEIPT, days(3)),)
    question = Question(RESPONSE, RECEIPT, working_days(1), bounds, (), calendar, calendar)
    known, broken = broken_days(question)
    assert known == broken == (saturday, saturday + timedelta(days=1))
    found = decide(question)
    assert isinstance(found, Refutation)
    assert dict(found.dates)[RECEIPT] == saturday


def test_a_calendar_shorter_than_the_period_decides_nothing() -> None:
    with pytest.raises(TooShort):
        decide(asked(days(20)))


def test_two_calendars_know_what_both_know() -> None:
    early, late = short(14), short(14, FRIDAY + timedelta(days=3))
    span = common_span(early, late)
    assert (span.first, span.last, len(span)) == (late.first, early.last, 11)


@pytest.mark.parametrize(
    "within", [working_days(1), days(1), Duration(1, Unit.WEEKS), Duration(1, Unit.MONTHS)], ids=str
)
def test_the_day_after_the_last_is_past_the_end(within: Duration) -> None:
    """A Monday to Thursday of a calendar that goes on: what ends on the Friday is past the end."""
    monday = date(2024, 3, 4)
    calendar = short(90, monday)
    for length in (4, 8, 31, 32):
        span = Span(monday, monday + timedelta(days=length - 1))
        table = due_table(calendar, within, span)
        assert len(table) == len(span) == length
        assert all(day < length or day >= BEYOND for day in table)
    assert due_table(calendar, working_days(1), Span(monday, date(2024, 3, 7))) == (1, 2, 3, BEYOND)
    assert due_table(calendar, days(1), Span(monday, date(2024, 3, 7))) == (1, 2, 3, BEYOND)


def test_periods_past_the_calendar_are_not_compared() -> None:
    """Nobody knows the bank holidays of that time, so that neither is called the shorter."""
    calendar = short(14)
    assert not never_later(days(20), working_days(20), calendar)
    assert not total_inside(days(20), working_days(20), days(1), calendar)
    assert never_later(days(20), days(20), calendar)  # the same unit needs no calendar
    assert total_inside(days(20), days(19), days(1), calendar)
    assert not total_inside(days(21), days(19), days(1), calendar)
    assert total_inside(days(0), days(0), days(0), calendar)
    # One of the two past its end is the later one.
    assert never_later(days(1), working_days(20), calendar)
    assert not never_later(working_days(20), days(1), calendar)


def test_a_circle_of_times_limits_nothing() -> None:
    """Each of the two within a day of the other: neither has to come at all."""
    question = asked(days(5), Bound(RESPONSE, LOGGING, days(1)), Bound(LOGGING, RESPONSE, days(1)))
    found = decide(question)
    assert isinstance(found, Refutation)
    assert found.unlimited


def test_an_event_held_by_a_later_one_is_as_late_as_that() -> None:
    """Logged no later than acknowledged, acknowledged within two days: three days from logging are five."""
    order = (Order(LOGGING, ACKNOWLEDGEMENT),)
    bounds = (Bound(ACKNOWLEDGEMENT, RECEIPT, days(2)), Bound(RESPONSE, LOGGING, days(3)))
    question = replace(asked(days(5), *bounds), orders=order)
    assert isinstance(decide(question), Proof)
    found = decide(replace(question, within=days(4)))
    assert isinstance(found, Refutation)
    told = [(moment.word, (day - FRIDAY).days) for moment, day in found.dates]
    assert told == [("receipt", 0), ("logging", 2), ("acknowledgement", 2), ("response", 5)]
    latest = admitted(question, FRIDAY)
    assert [latest(moment) for moment in (RECEIPT, LOGGING, ACKNOWLEDGEMENT, RESPONSE)] == [
        FRIDAY + timedelta(days=n) for n in (0, 2, 2, 5)
    ]
    assert latest(Moment("closure", 1)) is None
