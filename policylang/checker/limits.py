"""Form 3, limits on a permission: how far a policy may let itself go, and on what condition (docs: checking).

A policy that never takes the permission is within every limit. Conditions of its own make a permission narrower and
never break a limit; the resident's agreement is neither needed for an extension nor enough for a longer one.
"""

from __future__ import annotations

from dataclasses import replace

from policylang.checker.answer import Answer, Mark, together, unique
from policylang.checker.content import content
from policylang.checker.cover import candidates_for, holds_word
from policylang.checker.deadlines import ended_before
from policylang.checker.demand import Demand
from policylang.checker.extension_stories import extension_story
from policylang.checker.grounds import forbidden_ground, grounds_named, related
from policylang.checker.logic import alternatives, condition_words, either, implies, positive
from policylang.checker.plain import label, labels, quote, sentence
from policylang.checker.repair import grounded, limited
from policylang.checker.sayings import OBJECTS, Saying
from policylang.checker.view import View
from policylang.model.conditions import Condition
from policylang.model.duration import Duration
from policylang.model.norms import Norm


def limit(view: View, demand: Demand, stage: int | None, siblings: list[Demand]) -> Answer:
    """Whether the policy's own permission stays within the demanded limit, and gives with it what has to be given.

    ``siblings`` are the other demands of the provision: together they say how far the permission goes.
    """
    taken = permissions(view, demand, stage) if ended_before(view, stage) is None else []
    if not taken:
        why = f"The policy never takes this permission, so it stays within it: “{sentence(demand.norm)}”."
        return Answer(Mark.SILENT, why)
    parts = [
        _extent(view, demand, taken, siblings, stage) if demand.norm.extent else _ground(view, demand, taken, siblings)
    ]
    if demand.norm.listed("giving"):
        given = content(view, demand, stage, without=("only_when",))
        if given.mark is Mark.MISSING:
            things = labels(demand.norm.listed("giving").words)
            given = replace(given, why=f"What has to be given with it is not said: {things}.")
        parts.append(given)
    return together(parts)


def permissions(view: View, demand: Demand, stage: int | None) -> list[Saying]:
    """The policy's sentences that let it do the act (or say that it will), on the same thing."""
    form = demand.own
    asked = form.slots[OBJECTS].words if OBJECTS in form.slots else ()
    return [
        said
        for said in candidates_for(view, form, stage)
        if said.promises and not said.foreign and not said.letter
        if all(holds_word(view, said, OBJECTS, word) for word in asked)
    ]


# ------------------------------------------------------------------ how long


def _extent(view: View, demand: Demand, taken: list[Saying], siblings: list[Demand], stage: int | None) -> Answer:
    allowed = [d for d in siblings if d.norm.action == demand.norm.action and d.norm.extent is not None]
    longest = [d.norm.extent.limit for d in allowed if d.norm.extent and d.norm.extent.limit is not None]
    reasons = [d.guard for d in allowed if d.norm.extent and d.norm.extent.further]
    further = bool(demand.norm.extent and demand.norm.extent.further)
    capped = [s for s in taken if _cap(s) and not _further(s)]
    broken: list[tuple[Saying, str]] = []
    judged: list[Saying] = []
    for said in taken:
        if _further(said) is not further or (not _cap(said) and not _further(said) and capped):
            continue  # judged by the other demand; or a sentence without a limit beside one that sets it
        judged.append(said)
        within = _cap(said) and any(_inside(view, said, cap, stage) for cap in longest)
        if not within and not any(implies(said.guard, reason, view.atom_implies) for reason in reasons):
            broken.append((said, _how_far(said)))
    if broken:
        _, far = broken[0]
        norms = unique(s.norm for s, _ in broken)
        quoted = "; ".join(map(quote, norms[:3]))
        why = f"The Code allows an extension of {_allowance(allowed)}. The policy permits {far}: {quoted}."
        repairs = tuple(limited(n, demand.norm) for n in norms)
        told = (extension_story(view, demand, stage, one, cap) for one, _ in broken for cap in longest)
        story = next((story for story in told if story is not None), None)
        return Answer(Mark.CONTRADICTED, why, norms, repairs=repairs, story=story)
    if not judged:
        return Answer(Mark.SILENT, f"The policy does not go this far: “{sentence(demand.norm)}”.")
    norms = unique(s.norm for s in judged)
    return Answer(
        Mark.MET, f"Within the Code's limit of {_allowance(allowed)}: {'; '.join(map(quote, norms[:3]))}.", norms
    )


def _cap(said: Saying) -> list[Duration]:
    extent = said.norm.extent
    return [] if extent is None else [d for d in (extent.limit, extent.total) if d is not None]


def _further(said: Saying) -> bool:
    return said.norm.extent is not None and said.norm.extent.further


def _inside(view: View, said: Saying, cap: Duration, stage: int | None) -> bool:
    """Whether the permission ends no later than the demanded limit: its limit itself, or its total less the period."""
    extent = said.norm.extent
    assert extent is not None
    base = [
        s.norm.within.duration
        for s in view.sayings("respond", stage)
        if s.norm.within is not None and s.promises and not s.by_resident
    ]
    known = [period for period in base if view.settled(period) is not None]
    if extent.limit is not None:
        periods: list[Duration | None] = [*known] or [None]
        if all(view.no_longer(extent.limit, cap, after=period) for period in periods):
            return True
    if extent.total is None:
        return False
    if not known:
        # Without a period to extend nobody can tell how much of the total is extension.
        options = (f"of {extent.total} in all, no more than {cap} is extension", f"of {extent.total} in all, more is")
        return view.choices.choose(f"total {extent.total}", options) == options[0]
    return all(view.total_inside(extent.total, period, cap) for period in known)


def _how_far(said: Saying) -> str:
    extent = said.norm.extent
    if extent is None or (extent.limit is None and extent.total is None):
        beyond = "a further one" if extent is not None and extent.further else "one"
        return f"{beyond} without a limit"
    if extent.limit is not None:
        return f"one of up to {extent.limit}"
    return f"one to {extent.total} in all"


def _allowance(allowed: list[Demand]) -> str:
    said = []
    for demand in allowed:
        extent = demand.norm.extent
        if extent is not None and extent.limit is not None:
            said.append(f"up to {extent.limit}")
        if extent is not None and extent.further:
            said.append(f"longer only when {condition_words(demand.guard, label)}" if demand.guard else "longer")
    return ", and ".join(said) or "no length"


# ------------------------------------------------------------------ on what ground


def _judged_there(view: View, way: Condition | None, named: Condition | None, closing: Condition | None) -> bool:
    """Whether a ground is on the matter of a named one, so that the demand that names it judges it."""
    if way is None or named is None or implies(way, named, view.atom_implies):
        return way is not None and named is not None
    return related(view, way, named) and not implies(way, closing, view.atom_implies)


def _closes(demand: Demand) -> bool:
    return any(c.kind == "only_when" for c in demand.norm.conditions)


def _ground(view: View, demand: Demand, taken: list[Saying], siblings: list[Demand]) -> Answer:
    """Whether the policy's grounds for the act go no further than the code's ground.

    ``only when`` closes the list of grounds; ``when`` speaks of one ground and leaves others to other demands.
    """
    beside = [d for d in siblings if d is not demand and d.guard is not None]
    named = [d.guard for d in beside if view.says(d.norm.action, demand.norm.action)]
    fair = [d.guard for d in beside if _closes(d) and view.says(demand.norm.action, d.norm.action)]
    ground = demand.guard
    closed = _closes(demand)
    judged: list[Norm] = []
    wider: list[Saying] = []
    unclear: list[Saying] = []
    for said in taken:
        # Each of several grounds is judged by itself: the code's own beside another is no wider than the code's own.
        ways = alternatives(said.guard)
        if closed:  # a ground that another demand names is judged there
            ways = [way for way in ways if not any(_judged_there(view, way, one, ground) for one in named)]
        beyond = [way for way in ways if not implies(way, ground, view.atom_implies)]
        # And so is, by the demand that closes the list, one that is fair in the code's own words.
        others = (
            beyond if closed else [w for w in beyond if not any(implies(w, one, view.atom_implies) for one in fair)]
        )
        matters = [positive(way) for way in others]
        grounded_by = said.norm.when("when", "only_when")  # “when not …” is a ground, “unless …” is an exception to one
        too_far = any(not grounded_by if matter is None else related(view, matter, ground) for matter in matters)
        if too_far or (closed and any(forbidden_ground(demand.code, way) for way in others)):
            wider.append(said)
        elif others and closed:
            unclear.append(replace(said, guard=either(*others)))
        elif len(beyond) < len(ways):
            judged.append(said.norm)
    if wider:
        wanted = condition_words(ground, label) if ground is not None else "always"
        norms = unique(s.norm for s in wider)
        why = f"The Code allows this only when {wanted}. The policy goes further: {'; '.join(map(quote, norms[:3]))}."
        # Put right, these leave the unclear ones to be asked about: so those are put right with them.
        wide = unique(s.norm for s in (*wider, *unclear))
        return Answer(Mark.CONTRADICTED, why, norms, repairs=tuple(grounded(n, demand.norm) for n in wide))
    if unclear and ground is not None:
        listed, fall = grounds_named([s.guard for s in unclear if s.guard is not None])
        wanted = condition_words(ground, label)
        norms = unique(s.norm for s in unclear)
        options = (f"{listed} {fall} outside “{wanted}”", f"{listed} {fall} within “{wanted}”")
        if view.choices.choose(f"grounds of {demand.norm.action}: {listed}", options) == options[0]:
            quoted = "; ".join(map(quote, norms[:3]))
            why = f"The Code allows this only when {wanted}. The policy has other grounds: {quoted}."
            return Answer(Mark.CONTRADICTED, why, norms, repairs=tuple(grounded(n, demand.norm) for n in norms))
        why = f"Taken to be within “{wanted}”: {'; '.join(map(quote, norms[:3]))}."
        return Answer(Mark.MET, why, unique([*judged, *norms]))
    if not judged:
        return Answer(Mark.SILENT, f"The policy does not use this ground: “{sentence(demand.norm)}”.")
    norms = unique(judged)
    return Answer(Mark.MET, f"The policy goes no further: {'; '.join(map(quote, norms[:3]))}.", norms)
