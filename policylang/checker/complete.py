"""A refutation told in full: with what else the policy would have had to do by then.

In a story, what is not told did not happen. A case that keeps the policy therefore has to tell of every duty of the
policy that has fallen due, and a case at stage 2 of the complaint and the answer that led there.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta

from policylang.checker.due_tables import common_span, due_table
from policylang.checker.timelines import RECEIPT, Bound, Moment, Question, Refutation, admitted

WEEK = timedelta(days=7)
RESPONSE = "response"


def complete(question: Question, found: Refutation, bounds: Iterable[Bound]) -> tuple[tuple[Moment, date], ...]:
    """The events of a refutation in order, and with them the events that the policy's other ``bounds`` had asked for.

    They fall on their latest admitted days, which together keep everything that the policy says.
    """
    dates, bounds = dict(found.dates), tuple(bounds)
    start = dates[question.start]
    more = tuple(b for b in bounds if b.event.stage == question.event.stage)
    latest = admitted(replace(question, bounds=tuple(dict.fromkeys((*question.bounds, *more)))), start)
    added = True
    while added:
        added = False
        for bound in more:
            day = latest(bound.event)
            if bound.event not in dates and day is not None and day < found.actual and _begun(bound, dates):
                dates[bound.event] = day
                added = True
    if question.event.stage == 2:
        _first_stage(question, found.actual, dates, tuple(b for b in bounds if b.event.stage == 1))
    told = {moment: day for moment, day in dates.items() if _needed(question, found.actual, dates, bounds, moment)}
    return tuple(sorted(told.items(), key=lambda item: _order(question, item)))


def _needed(
    question: Question, then: date, dates: dict[Moment, date], bounds: tuple[Bound, ...], moment: Moment
) -> bool:
    """Whether the case has to tell of an event.

    A clock that starts on the very day on which its stage began needs no telling: what is done in its time is in time
    had it started on any day. Unless the policy has asked for the event itself by then.
    """
    if moment in (question.event, question.start) or moment.word == RECEIPT:
        return True
    if dates[moment] != dates.get(Moment(RECEIPT, moment.stage)) or any(told.stage == 0 for told in dates):
        return True
    span = common_span(question.calendar)
    return any(
        due_table(question.calendar, b.within, span)[span.number(dates[b.start])] < span.number(then)
        for b in bounds
        if b.event == moment and b.start in dates
    )


def _begun(bound: Bound, dates: dict[Moment, date]) -> bool:
    """Whether the time has begun: whatever came before stage 1 had done so with the first contact."""
    return bound.start in dates or bound.start == Moment(RECEIPT, 0)


def _first_stage(question: Question, then: date, dates: dict[Moment, date], bounds: tuple[Bound, ...]) -> None:
    """What led to stage 2: received a week before, and done within the day whatever the policy asks for at stage 1 by
    then. What it asks for later, or sets no time for, the case need not tell."""
    asked = dates[Moment(RECEIPT, 2)]
    day = dates.setdefault(Moment(RECEIPT, 1), max(asked - WEEK, min(question.since or asked, asked)))
    added = True
    while added:
        added = False
        for bound in bounds:
            if bound.event not in dates and _begun(bound, dates):
                span = common_span(question.calendar)
                ends = due_table(question.calendar, bound.within, span)[span.number(dates.get(bound.start, day))]
                if ends < span.number(then):
                    dates[bound.event] = day
                    added = True


def _order(question: Question, item: tuple[Moment, date]) -> tuple[date, bool, int, bool, bool]:
    """By day; on one day by stage, the receipt first, an answer after its acknowledgement, the late event last."""
    moment, day = item
    return day, moment == question.event, moment.stage, moment.word != RECEIPT, moment.word == RESPONSE
