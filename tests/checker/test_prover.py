"""Proofs and refutations against brute force: the same answer for every starting day of thousands of questions."""

from __future__ import annotations

import os
import random
from datetime import date, timedelta

import pytest

from policylang.checker.timelines import Bound, Moment, Order, Proof, Question, Refutation, broken_days, decide
from policylang.model.calendar import Calendar
from policylang.model.duration import Duration, Unit
from tests.checker.brute_force import breakable, last_day

NIGHTLY = os.environ.get("HYPOTHESIS_PROFILE") == "nightly"
QUESTIONS = 40_000 if NIGHTLY else 2_400
CHUNKS = 8
FIRST = date(2024, 3, 1)
DAYS = 75
LOOKED_AT = range(4, 13)  # starting days, from the first of the calendar; a Monday to a Tuesday week
BACK = 3

RECEIPT, LOGGING, ACKNOWLEDGEMENT, RESPONSE = (
    Moment(word, 1) for word in ("receipt", "logging", "acknowledgement", "response")
)
CONCERN, ANSWERED_CONCERN = Moment("receipt", 0), Moment("response", 0)
REQUEST, ACKNOWLEDGED_2, RESPONSE_2 = (Moment(word, 2) for word in ("receipt", "acknowledgement", "response"))
CASTS = [
    [RECEIPT, ACKNOWLEDGEMENT, RESPONSE],
    [RECEIPT, LOGGING, RESPONSE],
    [RECEIPT, LOGGING, ACKNOWLEDGEMENT, RESPONSE],
    [CONCERN, ANSWERED_CONCERN, RECEIPT, ACKNOWLEDGEMENT],
    [RECEIPT, REQUEST, ACKNOWLEDGED_2, RESPONSE_2],
]


def calendar(seed: random.Random) -> Calendar:
    """A quarter of a year with bank holidays thrown in."""
    days = sorted({FIRST + timedelta(days=seed.randrange(DAYS)) for _ in range(seed.randrange(9))})
    holidays = tuple((day, "Holiday") for day in days)
    closed = sorted({FIRST + timedelta(days=seed.randrange(DAYS)) for _ in range(seed.choice([0, 0, 0, 3]))})
    base = Calendar(f"small {seed.random()}", "Small", FIRST, FIRST + timedelta(days=DAYS - 1), "test", holidays)
    return base.with_closures([(day, "Closed") for day in closed])


def period(seed: random.Random) -> Duration:
    unit = seed.choice([Unit.WORKING_DAYS, Unit.WORKING_DAYS, Unit.CALENDAR_DAYS, Unit.CALENDAR_DAYS, Unit.WEEKS])
    most = {Unit.WORKING_DAYS: 4, Unit.CALENDAR_DAYS: 7, Unit.WEEKS: 1}[unit]
    return Duration(seed.randint(0, most), unit)


def question(seed: random.Random) -> Question:
    """A demand and a policy over one cast of events: some bounds sensible, some in circles, some missing."""
    cast = seed.choice(CASTS)
    last = cast[-1]
    start = seed.choice(cast[:-1]) if cast[0].stage == cast[-1].stage else seed.choice([cast[0], cast[-2]])
    if start.stage == 0:
        start = CONCERN
    if last.stage == 2 and start.stage == 1:
        start = REQUEST
    event = last if seed.random() < 0.8 else seed.choice([m for m in cast if m != start and m.stage == last.stage])
    if event == start:
        event = last
    bounds = []
    for _ in range(seed.randint(0, 4)):
        first, second = seed.sample(cast, 2)
        if second.word == "receipt" and second.stage == start.stage:
            continue  # a receipt is the resident's doing: no policy sets it a time
        bounds.append(Bound(second, first, period(seed)))
    orders = (
        [Order(LOGGING, ACKNOWLEDGEMENT)] if LOGGING in cast and ACKNOWLEDGEMENT in cast and seed.random() < 0.5 else []
    )
    if cast[0] == CONCERN and seed.random() < 0.7:
        orders.append(Order(RECEIPT, ANSWERED_CONCERN))
    days = calendar(seed)
    return Question(event, start, period(seed), tuple(dict.fromkeys(bounds)), tuple(orders), days, days)


@pytest.mark.parametrize("chunk", range(CHUNKS))
def test_prover_agrees_with_brute_force(chunk: int) -> None:
    """For each starting day: the prover says that the demand can be broken if and only if some timeline breaks it."""
    seed = random.Random(f"prover {chunk}")
    answers = {True: 0, False: 0}
    for number in range(QUESTIONS // CHUNKS):
        asked = question(seed)
        known, broken = broken_days(asked)
        for day in LOOKED_AT:
            start = FIRST + timedelta(days=day)
            if start not in known:
                continue
            story = breakable(asked, start, BACK)
            answers[story is not None] += 1
            assert (start in broken) == (story is not None), (
                f"question {number} of chunk {chunk} on {start}: {asked}; {story}"
            )
    # A test that only ever sees one answer proves nothing.
    assert min(answers.values()) > sum(answers.values()) / 10


@pytest.mark.parametrize("chunk", range(CHUNKS))
def test_refutations_keep_the_policy_and_break_the_demand(chunk: int) -> None:
    """Every story told is a timeline that brute force accepts, and every event in it is needed."""
    seed = random.Random(f"stories {chunk}")
    told = 0
    for _ in range(QUESTIONS // CHUNKS):
        asked = question(seed)
        found = decide(asked)
        if isinstance(found, Proof):
            assert broken_days(asked)[1] == ()
            assert found.first <= found.last
            continue
        told += 1
        dates = dict(found.dates)
        assert (
            dates[asked.event] == found.actual > found.due == last_day(dates[asked.start], asked.within, asked.demanded)
        )
        for bound in asked.bounds:
            if bound.event in dates and bound.start in dates:
                assert dates[bound.event] <= last_day(dates[bound.start], bound.within, asked.calendar)
        _only_what_is_needed(asked, found)
    assert told > QUESTIONS / CHUNKS / 10


def _only_what_is_needed(asked: Question, found: Refutation) -> None:
    """Each event told is the demand's own, the receipt that makes it a case, or one that a bound in use counts from."""
    needed = {asked.event, asked.start, Moment("receipt", asked.start.stage)}
    needed |= {m for b in found.bounds for m in (b.event, b.start)}
    needed |= {o.later for o in asked.orders if o.earlier in dict(found.dates)}
    assert {m for m, _ in found.dates} <= needed
