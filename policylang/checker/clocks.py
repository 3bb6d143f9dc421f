"""The clocks of a policy: its deadlines as bounds between events, with every open start read each way it allows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from policylang.checker.sayings import Saying
from policylang.checker.timelines import RECEIPT, Bound, Moment, Order
from policylang.checker.view import Policy, View
from policylang.model.norms import Event

START = "start not stated"
FROM_RECEIPT, FROM_ACKNOWLEDGEMENT = "the clock starts at receipt", "the clock starts at the acknowledgement"
ENDS_INFORMAL = frozenset(("response", "closure"))


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


def start_of(view: View, start: Event, event: str, at: int) -> Moment:
    """The start of a policy's clock for ``event``; one that is not stated is read as receipt and as acknowledgement."""
    if start.stated:
        return moment(start.word, view.policy.place(start.stage), at)
    if event in ("acknowledgement", "logging", RECEIPT):
        return Moment(RECEIPT, at)
    read = view.choices.choose(START, (FROM_RECEIPT, FROM_ACKNOWLEDGEMENT))
    return Moment(RECEIPT if read == FROM_RECEIPT else "acknowledgement", at)


def clock(view: View, said: Saying, event: str, at: int) -> Clock | None:
    """The deadline of a sentence for an event at a stage; None where it gives no figure that can be counted."""
    within = said.norm.within
    if within is None:
        return None
    settled = view.settled(within.duration)
    if settled is None:
        return None
    return Clock(Bound(Moment(event, at), start_of(view, within.start, event, at), settled), said)


def chain(
    view: View, starts: Iterable[Moment], fixed: frozenset[Moment], *, aims: bool
) -> tuple[list[Clock], list[Order]]:
    """What bounds the events that clocks start at, back to ``fixed``: the policy's deadlines on them, and on what those
    start at in turn. Only what binds in every case counts; with ``aims``, what is only aimed at counts too."""
    clocks: list[Clock] = []
    orders: list[Order] = []
    todo, seen = list(starts), set(fixed)
    while todo:
        event = todo.pop()
        if event in seen:
            continue
        seen.add(event)
        found = list(_bounds_on(view, event, aims))
        if event == Moment(RECEIPT, 1) and view.policy.informal:
            ends, order = _informal(view, aims)
            found += ends
            orders += order
        clocks += found
        todo += [c.bound.start for c in found] + [o.later for o in orders]
    return clocks, orders


def _bounds_on(view: View, event: Moment, aims: bool) -> Iterator[Clock]:
    for action, entry in view.words.by_kind["actions"].items():
        if entry.event != event.word or event.word == "escalation":
            continue
        for said in view.sayings(action, event.stage):
            if (
                said.action == said.norm.action
                and said.norm.within is not None
                and said.guard is None
                and (said.binds or (aims and said.promises))
            ):
                found = clock(view, said, event.word, event.stage)
                if found is not None and not said.by_resident:
                    yield found


def _informal(view: View, aims: bool) -> tuple[list[Clock], list[Order]]:
    """How late stage 1 may begin where something comes before it: at the end of the informal stage.

    The stage ends with its answer or closing; where it names neither, with whatever in it has the longest time.
    """
    timed: list[Clock] = []
    for said in unique_sayings(view.policy):
        if (
            said.stage == 0
            and said.norm.within is not None
            and (said.binds or (aims and said.promises))
            and view.holds(said)
        ):
            found = clock(view, said, event_of(view, said.action), 0)
            if found is not None:
                timed.append(found)
    ends = [c for c in timed if c.bound.event.word in ENDS_INFORMAL] or timed
    if not ends:
        return [], []
    last = ends[0]
    for other in ends[1:]:
        if not view.no_longer(other.bound.within, last.bound.within):
            last = other
    return [last], [Order(Moment(RECEIPT, 1), last.bound.event)]


def unique_sayings(policy: Policy) -> Iterator[Saying]:
    """Every sentence of a policy in its own form, once."""
    seen: set[int] = set()
    for sayings in policy.by_action.values():
        for said in sayings:
            if id(said.norm) not in seen and said.action == said.norm.action:
                seen.add(id(said.norm))
                yield said


def everything(view: View, stages: Iterable[int]) -> list[Bound]:
    """Every deadline that binds in every case, on any event of these stages that a vocabulary action makes."""
    events = {entry.event for entry in view.words.by_kind["actions"].values() if entry.event}
    return [
        c.bound for stage in stages for event in sorted(events) for c in _bounds_on(view, Moment(event, stage), False)
    ]
