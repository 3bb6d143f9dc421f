"""The clocks of a policy: its deadlines as bounds between events, with every open start read each way it allows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, lru_cache

from policylang.checker.choices import TooOpen, explore
from policylang.checker.sayings import Saying
from policylang.checker.timelines import RECEIPT, Bound, Moment, Order
from policylang.checker.view import Policy, View
from policylang.model.conditions import Condition
from policylang.model.vocabulary import vocabulary

START = "start not stated"
FROM_RECEIPT, FROM_ACKNOWLEDGEMENT = "the clock starts at receipt", "the clock starts at the acknowledgement"
FROM_FIRST, FROM_STAGE_1 = "the clock starts at the first contact", "the clock starts at the start of stage 1"
RECEIVED = "which receipt"
FIRST_RECEIVED, STAGE_1_RECEIVED = "the time runs from the first contact", "the time runs from the start of stage 1"
ENDS_INFORMAL = frozenset(("response", "closure"))
Held = frozenset[Condition] | None
"""The conditions that hold in the case looked at; None to look at the sentences of every case."""


@dataclass(frozen=True, slots=True, eq=False)
class Clock:
    """One deadline of the policy: what it bounds, and the sentence it comes from."""

    bound: Bound
    saying: Saying


def moment(word: str, stage: int | None, at: int) -> Moment:
    """The event of a sentence as a moment of the process; ``at`` is the stage it is read at where it names none.

    A request to go to the next stage is the receipt of that stage.
    """
    place = at if stage is None else stage
    if word == "escalation":
        return Moment(RECEIPT, max(place, 2))
    return Moment("response" if word == "response-dated" else word, place)


def event_of(view: View, action: str) -> str:
    """The event that doing an action makes; an action without one is its own event."""
    entry = view.words.find(action, ("actions",))
    return entry.event if entry is not None and entry.event else f"{action} done"


def start_of(view: View, said: Saying, event: str, at: int) -> Moment:
    """The start of a policy's clock for ``event``; one that is not stated is read as receipt and as acknowledgement.

    Where something comes before stage 1, a receipt that belongs to no stage may be that of the first contact.
    """
    assert said.norm.within is not None
    start = said.norm.within.start
    first = at == 1 and view.policy.informal
    if start.stated:
        if first and start.word == RECEIPT and start.stage is None and said.stage is None:
            return _received(view)
        return moment(start.word, view.policy.place(start.stage), at)
    if at == 0:
        return Moment(RECEIPT, 0)
    if event in ("acknowledgement", "logging", RECEIPT):
        return _received(view) if first else Moment(RECEIPT, at)
    if first:
        read = view.choices.choose(START, (FROM_FIRST, FROM_STAGE_1, FROM_ACKNOWLEDGEMENT))
    else:
        read = view.choices.choose(START, (FROM_RECEIPT, FROM_ACKNOWLEDGEMENT))
    if read == FROM_ACKNOWLEDGEMENT:
        return Moment("acknowledgement", at)
    return Moment(RECEIPT, 0 if read == FROM_FIRST else at)


def _received(view: View) -> Moment:
    read = view.choices.choose(RECEIVED, (FIRST_RECEIVED, STAGE_1_RECEIVED))
    return Moment(RECEIPT, 0 if read == FIRST_RECEIVED else 1)


def clock(view: View, said: Saying, event: str, at: int) -> Clock | None:
    """The deadline of a sentence for an event at a stage; None where it gives no figure that can be counted."""
    within = said.norm.within
    if within is None:
        return None
    settled = view.settled(within.duration)
    if settled is None:
        return None
    return Clock(Bound(Moment(event, at), start_of(view, said, event, at), settled), said)


def chain(
    view: View, starts: Iterable[Moment], fixed: frozenset[Moment], *, aims: bool, held: Held = frozenset()
) -> tuple[list[Clock], list[Order]]:
    """What bounds the events that clocks start at, back to ``fixed``: the policy's deadlines on them, and on what those
    start at in turn. Only what binds in the case ``held`` counts; with ``aims``, what is only aimed at counts too."""
    clocks: list[Clock] = []
    orders: list[Order] = []
    todo, seen = list(starts), set(fixed)
    while todo:
        event = todo.pop()
        if event in seen:
            continue
        seen.add(event)
        found = list(_bounds_on(view, event, aims, held))
        if event == Moment(RECEIPT, 1) and view.policy.informal:
            ends, order = _informal(view, aims, held)
            found += [*ends, *_from_before(view, aims, held)]
            orders += order
        clocks += found
        todo += [c.bound.start for c in found] + [o.later for o in orders]
    return clocks, orders


def _counts(said: Saying, aims: bool, held: Held) -> bool:
    """Whether a sentence bounds its event in the case looked at."""
    return (
        said.norm.within is not None
        and (said.binds or (aims and said.promises))
        and not said.by_resident
        and (said.guard is None or held is None or said.guard in held)
    )


def _bounds_on(view: View, event: Moment, aims: bool, held: Held) -> Iterator[Clock]:
    for action in _actions().get(event.word, ()):
        # What the policy says of no stage is said of complaints, not of what comes before they are taken for one.
        for said in view.sayings(action, event.stage, exact=event.stage == 0):
            if said.action == said.norm.action and _counts(said, aims, held):
                found = clock(view, said, event.word, event.stage)
                if found is not None:
                    yield found


@cache
def _actions() -> dict[str, tuple[str, ...]]:
    """For each event, the actions whose doing makes it. To escalate is the resident's doing."""
    found: dict[str, tuple[str, ...]] = {}
    for action, entry in vocabulary().by_kind["actions"].items():
        if entry.event and entry.event != "escalation":
            found[entry.event] = (*found.get(entry.event, ()), action)
    return found


def _informal(view: View, aims: bool, held: Held) -> tuple[list[Clock], list[Order]]:
    """How late stage 1 may begin where something comes before it: at the end of the informal stage.

    The stage ends with its answer or closing; where it names neither, with whatever in it has the longest time.
    """
    timed: dict[Moment, list[Clock]] = {}
    for said in _timed(view.policy):
        if said.stage == 0 and _counts(said, aims, held) and view.holds(said):
            found = clock(view, said, event_of(view, said.action), 0)
            if found is not None:
                timed.setdefault(found.bound.event, []).append(found)
    ends = {event: found for event, found in timed.items() if event.word in ENDS_INFORMAL} or timed
    if not ends:
        return [], []

    def longer(one: Clock, other: Clock) -> bool:
        return not view.no_longer(one.bound.within, other.bound.within)

    last: list[Clock] = []
    for clocks in ends.values():
        # Of two times for one event both bind; of two events the later ends the stage.
        if not last or all(any(longer(one, other) for other in last) for one in clocks):
            last = clocks
    return last, [Order(Moment(RECEIPT, 1), last[0].bound.event)]


def _from_before(view: View, aims: bool, held: Held) -> Iterator[Clock]:
    """What has to be done at stage 1 in a time that runs from before it: stage 1 has begun by then."""
    for said in _timed(view.policy):
        if said.stage not in (1, None) or not _counts(said, aims, held) or not view.holds(said):
            continue
        assert said.norm.within is not None
        start = said.norm.within.start
        if not start.stated or start.word == RECEIPT:
            found = clock(view, said, event_of(view, said.action), 1)
            if found is not None and found.bound.start.stage == 0:
                yield found


@lru_cache(maxsize=8)
def _timed(policy: Policy) -> tuple[Saying, ...]:
    """Every timed sentence of a policy in its own form, once."""
    found: dict[int, Saying] = {}
    for sayings in policy.by_action.values():
        for said in sayings:
            if said.norm.within is not None and said.action == said.norm.action:
                found.setdefault(id(said.norm), said)
    return tuple(found.values())


def everything(view: View, at: int) -> list[Bound]:
    """Every deadline that binds in every case at a stage, read as this view reads it; and those of stage 1 before it on
    any reading, because whoever judges the case goes by none in particular."""
    found = _all_bounds(view, at)
    if at < 2:
        return found
    try:
        first = [bounds for _, bounds in explore(lambda choices: _all_bounds(View(view.policy, choices), 1))]
    except TooOpen:
        first = [_all_bounds(view, 1)]
    return list(dict.fromkeys((*found, *(bound for bounds in first for bound in bounds))))


def _all_bounds(view: View, stage: int) -> list[Bound]:
    return [c.bound for event in sorted(_actions()) for c in _bounds_on(view, Moment(event, stage), False, frozenset())]
