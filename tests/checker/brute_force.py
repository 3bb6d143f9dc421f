"""The prover's oracle: every small timeline tried, day by day, with nothing cleverer than counting.

It shares with the prover the shapes of a question and nothing else: working days are counted one by one, and whether a
demand can be broken is found by trying all dates of all events.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from policylang.checker.timelines import Bound, Moment, Order, Question
from policylang.model.calendar import Calendar
from policylang.model.duration import Duration, Unit

DAY = timedelta(days=1)
Timeline = dict[Moment, date | None]


def last_day(start: date, within: Duration, calendar: Calendar) -> date:
    """The last day of a period, counted on the fingers."""
    assert within.n is not None
    if within.unit is Unit.WEEKS:
        return start + 7 * within.n * DAY
    if within.unit is Unit.CALENDAR_DAYS:
        return start + within.n * DAY
    assert within.unit is Unit.WORKING_DAYS
    day, left = start, within.n
    holidays = {holiday for holiday, _ in (*calendar.holidays, *calendar.closures)}
    while left:
        day += DAY
        if day.weekday() < 5 and day not in holidays:
            left -= 1
    return day


def breakable(question: Question, start: date, back: int) -> Timeline | None:
    """A timeline with the demand's start on this day that keeps the policy and breaks the demand, if there is one.

    Other events fall from ``back`` days before the start to the day after the demand's last day, or never.
    """
    due = last_day(start, question.within, question.demanded)
    moments = _moments(question)
    days = [start + n * DAY for n in range(-back, (due - start).days + 2)]
    orders = [*question.orders, *_natural(moments)]
    todo = [m for m in moments if m not in (question.start, question.event)]
    # The event last and the lates first: what breaks the demand is found soonest.
    todo.append(question.event)
    for timeline in _timelines(question, orders, {question.start: start}, todo, days):
        actual = timeline[question.event]
        if actual is None or actual > due:
            return timeline
    return None


def _timelines(
    question: Question, orders: list[Order], told: Timeline, todo: list[Moment], days: list[date]
) -> Iterator[Timeline]:
    if not todo:
        yield told
        return
    moment, rest = todo[0], todo[1:]
    for day in (None, *reversed(days)):
        longer = {**told, moment: day}
        if _kept(question, orders, longer):
            yield from _timelines(question, orders, longer, rest, days)


def _kept(question: Question, orders: list[Order], told: Timeline) -> bool:
    """Whether everything that can be judged so far is kept. An event that never happens is later than any day."""
    return all(
        _bound_kept(b, told, question.calendar) for b in question.bounds if b.event in told and b.start in told
    ) and all(_no_later(told[o.earlier], told[o.later]) for o in orders if o.earlier in told and o.later in told)


def _bound_kept(bound: Bound, told: Timeline, calendar: Calendar) -> bool:
    start = told[bound.start]
    return start is None or _no_later(told[bound.event], last_day(start, bound.within, calendar))


def _no_later(one: date | None, other: date | None) -> bool:
    return other is None or (one is not None and one <= other)


def _moments(question: Question) -> list[Moment]:
    found = {question.event, question.start}
    found |= {m for b in question.bounds for m in (b.event, b.start)}
    found |= {m for o in question.orders for m in (o.earlier, o.later)}
    found |= {Moment("receipt", m.stage) for m in found}
    return sorted(found, key=lambda m: (m.stage, m.word != "receipt", m.word))


def _natural(moments: list[Moment]) -> Iterator[Order]:
    """Nothing of a stage comes before its receipt; an earlier stage is over when a later one begins."""
    for receipt in moments:
        if receipt.word == "receipt":
            for other in moments:
                if other != receipt and other.stage == receipt.stage:
                    yield Order(receipt, other)
                if other.stage < receipt.stage:
                    yield Order(other, receipt)
