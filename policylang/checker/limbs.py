"""Which form a demand takes, and its answer (docs: checking, "The forms a demand can take")."""

from __future__ import annotations

from dataclasses import replace

from policylang.checker.answer import Answer, Mark, together
from policylang.checker.content import content, not_said
from policylang.checker.deadlines import CONTENTS, deadline, ended_before
from policylang.checker.demand import Demand
from policylang.checker.duties import different_person, standing
from policylang.checker.limits import limit
from policylang.checker.plain import quote
from policylang.checker.prohibitions import prohibition
from policylang.checker.repair import add, sentence_of
from policylang.checker.rights import right
from policylang.checker.structure import meaning, statement, structure
from policylang.checker.view import View
from policylang.model.norms import Kind

OPTIONAL = 2
"""A stage after this one is the landlord's choice: what a code asks of it is asked only where there is one."""


def answer(view: View, demand: Demand, siblings: list[Demand]) -> Answer:
    """What the policy says to a demand; ``any stage`` asks it of each formal stage that the policy has."""
    if not demand.norm.any_stage:
        if demand.stage is not None and demand.stage > OPTIONAL and demand.stage not in view.policy.stages:
            return Answer(Mark.SILENT, f"The policy has no stage {demand.stage}, of which alone this speaks.")
        return _at(view, demand, demand.stage, siblings)
    stages = view.policy.stages
    if not stages:
        return _at(view, demand, None, siblings)
    each = [_at(view, demand, stage, siblings) for stage in stages]
    if len({a.why for a in each}) == 1:
        return together(each)
    return together([replace(a, why=f"Stage {s}: {a.why}") for s, a in zip(stages, each, strict=True)])


def _at(view: View, demand: Demand, stage: int | None, siblings: list[Demand]) -> Answer:
    norm = demand.norm
    # Of a stage that the policy does not come to, nothing can be said to be kept there, not even a bar.
    if (ended := ended_before(view, stage)) is not None and norm.kind is not Kind.STRUCTURE:
        why = f"{not_said(norm)} There is no stage {stage}: {quote(ended)}."
        return Answer(Mark.MISSING, why, (ended,), repairs=(add(sentence_of(norm)),))
    match norm.kind:
        case Kind.DEFINITION:
            return meaning(view, demand)
        case Kind.STATEMENT:
            return statement(view, demand, stage)
        case Kind.STRUCTURE:
            return structure(view, demand)
        case Kind.PROHIBITION | Kind.UNDECIDED:
            return prohibition(view, demand, stage)
        case Kind.PERMISSION:
            return right(view, demand, stage) if demand.asks_for_right else limit(view, demand, stage, siblings)
        case _:
            return _duty(view, demand, stage)


def _duty(view: View, demand: Demand, stage: int | None) -> Answer:
    """A duty may set a time, a frequency and contents at once: each is a part."""
    norm = demand.norm
    parts: list[Answer] = []
    if norm.within is not None:
        parts.append(deadline(view, demand, stage))
    if norm.not_same_person_as is not None:
        parts.append(different_person(view, demand, stage))
    if norm.every is not None:
        parts.append(standing(view, demand, stage))
    listed = any(norm.lists.get(name.rstrip("_")) for name in CONTENTS if name != "by")
    if not parts or (listed and norm.every is None):
        timed = ("within",) if norm.within is not None else ()
        parts.append(content(view, demand, stage, without=timed))
    return together(parts)
