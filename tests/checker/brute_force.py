"""The prover's oracle: every small timeline tried, day by day, with nothing cleverer than counting.

It shares with the prover the shapes of a question and nothing else: working days are counted one by one, and whether a
demand can be broken is found by trying all dates of all events.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from functools import lru_cache

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
    if within.unit is Unit.MONTHS:
        year, month = divmod(start.year * 12 + start.month - 1 + within.n, 12)
        after = date(year + (month == 11), (month + 1) % 12 + 1, 1)  # the month's last day, where it has no such day
        return min(date(year, month + 1, 1) + (start.day - 1) * DAY, after - DAY)
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


@lru_cache(maxsize=512)
def _counted(within: Duration, calendar: Calendar, span: range) -> dict[int, int]:
    """For each day of the span, as a number from the first of the calendar, the last day of the period."""
    return {n: (last_day(calendar.first + n * DAY, within, calendar) - calendar.first).days for n in span}


def broken_from(question: Question, back: int) -> date | None:
    """The first day of the calendar from which some timeline breaks the demand; None where none does from any day.

    The same search as :func:`breakable`, with the days as numbers and each period counted once for each day, for use
    on many thousands of questions. Every day counts from which the demand ends before the calendar does.
    """
    first, days = question.demanded.first, (question.demanded.last - question.demanded.first).days + 1
    never = 10 * days
    span = range(-back, days + 60)

    def counted(within: Duration, calendar: Calendar) -> dict[int, int]:
        return {**_counted(within, calendar, span), never: never}

    moments = _moments(question)
    same = {n: n for n in span} | {never: never}
    # Everything a timeline has to keep has one form: this moment is no later than that one, with a period added.
    rules = [(b.event, b.start, counted(b.within, question.calendar)) for b in question.bounds]
    rules += [(o.earlier, o.later, same) for o in (*question.orders, *_natural(moments))]
    due = counted(question.within, question.demanded)
    # The start is told first, then the event, which has to be late; moments go by their place in this order.
    order = [question.start, question.event, *(m for m in moments if m not in (question.start, question.event))]
    at = {moment: place for place, moment in enumerate(order)}
    numbered = [(at[event], at[start], table) for event, start, table in rules]
    checks = [[r for r in numbered if max(r[0], r[1]) == place] for place in range(len(order))]
    timeline = [0] * len(order)

    def search(place: int, choices: list[int]) -> bool:
        if place == len(order):
            return True
        for day in choices if place > 1 else choices[:2]:  # the event comes on the first day too late, or never
            timeline[place] = day
            for event, start, table in checks[place]:
                if timeline[event] > table[timeline[start]]:
                    break
            else:
                if search(place + 1, choices):
                    return True
        return False

    for start in range(days):
        if due[start] >= days - 1:
            return None
        timeline[0] = start
        if search(1, [never, *range(due[start] + 1, start - back - 1, -1)]):
            return first + start * DAY
    return None
