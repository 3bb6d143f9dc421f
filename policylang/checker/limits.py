"""Form 3, limits on a permission: how far a policy may let itself go, and on what condition (docs: checking).

A policy that never takes the permission is within every limit. Conditions of its own make a permission narrower and
never break a limit; the resident's agreement is neither needed for an extension nor enough for a longer one.
"""

from __future__ import annotations

from dataclasses import replace

from policylang.checker.answer import Answer, Mark, together, unique
from policylang.checker.content import content
from policylang.checker.cover import candidates_for, holds_word
from policylang.checker.demand import Demand
from policylang.checker.grounds import related
from policylang.checker.logic import condition_words, implies
from policylang.checker.plain import label, labels, quote, sentence
from policylang.checker.repair import grounded, limited
from policylang.checker.sayings import OBJECTS, Saying
from policylang.checker.view import View
from policylang.model.duration import Duration
from policylang.model.norms import Norm


def limit(view: View, demand: Demand, stage: int | None, siblings: list[Demand]) -> Answer:
    """Whether the policy's own permission stays within the demanded limit, and gives with it what has to be given.

    ``siblings`` are the other demands of the provision: together they say how far the permission goes.
    """
    taken = permissions(view, demand, stage)
    if not taken:
        why = f"The policy never takes this permission, so it stays within it: “{sentence(demand.norm)}”."
        return Answer(Mark.SILENT, why)
    parts = [_extent(view, demand, taken, siblings, stage) if demand.norm.extent else _ground(view, demand, taken)]
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
        return Answer(Mark.CONTRADICTED, why, norms, repairs=repairs)
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
    if extent.limit is not None:
        known = [period for period in base if view.settled(period) is not None]
        periods: list[Duration | None] = [*known] or [None]
        if all(view.no_longer(extent.limit, cap, after=period) for period in periods):
            return True
    if extent.total is None:
        return False
    total, limit = view.settled(extent.total), view.settled(cap)
    for period in base:
        length = view.settled(period)
        if total and limit and length and total.unit == limit.unit == length.unit:
            return (total.n or 0) - (length.n or 0) <= (limit.n or 0)
    return False


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


def _ground(view: View, demand: Demand, taken: list[Saying]) -> Answer:
    """Whether the policy's grounds for the act go no further than the code's ground.

    ``only when`` closes the list of grounds; ``when`` speaks of one ground and leaves others to other demands.
    """
    ground = demand.guard
    closed = any(c.kind == "only_when" for c in demand.norm.conditions)
    judged: list[Norm] = []
    unclear: list[Saying] = []
    for said in taken:
        if implies(said.guard, ground, view.atom_implies):
            judged.append(said.norm)
            continue
        if said.guard is None or related(view, said.guard, ground):
            wanted = condition_words(ground, label) if ground is not None else "always"
            why = f"The Code allows this only when {wanted}. The policy goes further: {quote(said.norm)}."
            return Answer(Mark.CONTRADICTED, why, (said.norm,), repairs=(grounded(said.norm, demand.norm),))
        if closed:
            unclear.append(said)
    if unclear and ground is not None:
        named = "; ".join(dict.fromkeys(condition_words(s.guard, label) for s in unclear if s.guard is not None))
        wanted = condition_words(ground, label)
        norms = unique(s.norm for s in unclear)
        options = (f"“{named}” falls outside “{wanted}”", f"“{named}” falls within “{wanted}”")
        if view.choices.choose(f"grounds of {demand.norm.action}: {named}", options) == options[0]:
            quoted = "; ".join(map(quote, norms[:3]))
            why = f"The Code allows this only when {wanted}. The policy has other grounds: {quoted}."
            return Answer(Mark.CONTRADICTED, why, norms, repairs=tuple(grounded(n, demand.norm) for n in norms))
        judged += norms
    if not judged:
        return Answer(Mark.SILENT, f"The policy does not use this ground: “{sentence(demand.norm)}”.")
    norms = unique(judged)
    return Answer(Mark.MET, f"The policy goes no further: {'; '.join(map(quote, norms[:3]))}.", norms)
