"""A refutation told in full: with what else the policy would have had to do by then.

In a story, what is not told did not happen. A case that keeps the policy therefore has to tell of every duty of the
policy that has fallen due, and a case at stage 2 of the complaint and the answer that led there.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta

from policylang.checker.timelines import RECEIPT, Bound, Moment, Question, Refutation, admitted

WEEK = timedelta(days=7)
RESPONSE = "response"


def complete(question: Question, found: Refutation, bounds: Iterable[Bound]) -> tuple[tuple[Moment, date], ...]:
    """The events of a refutation in order, and with them the events that the policy's other ``bounds`` had asked for.

    They fall on their latest admitted days, which together keep everything that the policy says.
    """
    dates = dict(found.dates)
    start = dates[question.start]
    more = tuple(b for b in bounds if b.event.stage == question.event.stage)
    latest = admitted(replace(question, bounds=tuple(dict.fromkeys((*question.bounds, *more)))), start)
    added = True
    while added:
        added = False
        for bound in more:
            day = latest(bound.event)
            # Whatever came before stage 1 had begun with the first contact.
            begun = bound.start in dates or bound.start == Moment(RECEIPT, 0)
            if bound.event not in dates and day is not None and day < found.actual and begun:
                dates[bound.event] = day
                added = True
    if question.event.stage == 2:
        _first_stage(question, dates, bounds)
    return tuple(sorted(dates.items(), key=lambda item: _order(question, item)))


def _first_stage(question: Question, dates: dict[Moment, date], bounds: Iterable[Bound]) -> None:
    """What led to stage 2: received, and all that the policy asks for at stage 1 done within the day, a week before."""
    asked = dates[Moment(RECEIPT, 2)]
    day = dates.get(Moment(RECEIPT, 1)) or max(asked - WEEK, min(question.since or asked, asked))
    dates.setdefault(Moment(RECEIPT, 1), day)
    for bound in bounds:
        if bound.event.stage == 1 and bound.event not in dates:
            dates[bound.event] = day
    dates.setdefault(Moment(RESPONSE, 1), day)


def _order(question: Question, item: tuple[Moment, date]) -> tuple[date, bool, int, bool, bool]:
    """By day; on one day by stage, the receipt first, an answer after its acknowledgement, the late event last."""
    moment, day = item
    return day, moment == question.event, moment.stage, moment.word != RECEIPT, moment.word == RESPONSE
