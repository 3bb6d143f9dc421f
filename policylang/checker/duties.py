"""Forms 9 and 10: standing duties with how often they fall, and who may not decide twice."""

from __future__ import annotations

from policylang.checker.answer import Answer, Mark, unique
from policylang.checker.content import content, not_said
from policylang.checker.cover import Level, cover
from policylang.checker.demand import Demand
from policylang.checker.plain import joined, label, labels, quote
from policylang.checker.repair import add, as_often, sentence_of
from policylang.checker.sayings import Saying
from policylang.checker.view import View
from policylang.model.norms import Frequency, Kind


def standing(view: View, demand: Demand, stage: int | None) -> Answer:
    """As content, and at least as often. A frequency in words (regularly) is no figure."""
    asked = demand.norm.every
    assert asked is not None
    said = content(view, demand, stage)
    if said.mark in (Mark.MISSING, Mark.CONTRADICTED):
        return said
    often = cover(view, demand, stage, keep=lambda s: _often_enough(view, s.norm.every, asked))
    levels = {support.level for support in often.words.values()}
    if said.mark is Mark.MET and levels == {Level.FULL}:
        return Answer(Mark.MET, said.why, often.norms)
    slow = [w for w, support in often.words.items() if support.level is Level.NONE]
    words = [w for key in slow for w in key]
    rarer = cover(view, demand, stage, keep=lambda s: s.norm.every is not None and s.norm.every.every is not None)
    late = [s for key, s in rarer.words.items() if key in slow and s.level is not Level.NONE]
    repair = tuple(as_often(norm, demand.norm) for norm in said.norms[:1])
    if late:
        norm = late[0].norms[0]
        why = f"The Code asks for it {_how_often(asked)}; the policy does it less often: {quote(norm)}."
        return Answer(Mark.CONTRADICTED, why, (norm,), repairs=(as_often(norm, demand.norm),))
    if slow:
        what = f" of {labels(words)}" if words else ""
        why = f"How often is not said{what}; the Code asks for it {_how_often(asked)}. {said.why}"
        return Answer(Mark.PART, why, said.norms, repairs=repair)
    return said


def _often_enough(view: View, have: Frequency | None, asked: Frequency) -> bool:
    if have is None:
        return False
    if asked.every is None:
        return True
    return have.every is not None and view.no_longer(have.every, asked.every)


def _how_often(asked: Frequency) -> str:
    if asked.words or asked.every is None:
        return asked.words or ""
    return f"every {asked.every.unit.singular if asked.every.n == 1 else asked.every}"


def different_person(view: View, demand: Demand, stage: int | None) -> Answer:
    """Met only by a sentence that says so; different named roles may still be held by one person."""
    other = demand.norm.not_same_person_as
    said = [
        s
        for sayings in view.policy.by_action.values()
        for s in sayings
        if s.norm.not_same_person_as is not None and s.stage in (stage, None) and not s.foreign and view.holds(s)
        if view.policy.place(s.norm.not_same_person_as) == other
    ]
    firm = [s for s in said if (s.binds or (demand.soft and s.promises)) and s.guard is None]
    if firm:
        norms = unique(s.norm for s in firm)
        return Answer(Mark.MET, f"The policy says so: {quote(norms[0])}.", norms)
    repairs = (add(sentence_of(demand.norm)),)
    if said:
        norms = unique(s.norm for s in said)
        return Answer(
            Mark.PART, f"It is said, but not as a promise in every case: {quote(norms[0])}.", norms, repairs=repairs
        )
    then, now = _deciders(view, other), _deciders(view, stage)
    if then and now:
        norms = unique(s.norm for s in [*then, *now])
        first, second = _names(then), _names(now)
        if first & second:
            role = joined(sorted(first & second))
            why = f"The same role answers at both stages ({role}), and nothing says that it is somebody else."
            return Answer(Mark.MISSING, why, norms, repairs=repairs)
        why = (
            f"Different roles answer ({joined(sorted(first))}, then {joined(sorted(second))}), but one person may hold "
            f"both, and nothing says that it is somebody else: {'; '.join(map(quote, norms[:2]))}."
        )
        return Answer(Mark.PART, why, norms, repairs=repairs)
    return Answer(Mark.MISSING, not_said(demand.norm), repairs=repairs)


def _deciders(view: View, stage: int | None) -> list[Saying]:
    """Sentences that name who answers or looks into a complaint at a stage itself."""
    found = [
        s for s in view.sayings("be", stage, exact=True) if s.norm.kind is Kind.STATEMENT and "responder" in s.actors
    ]
    for action in ("respond", "investigate", "review"):
        found += [
            s for s in view.sayings(action, stage, exact=True) if s.words("by") and s.promises and not s.by_resident
        ]
    return [s for s in found if not s.foreign]


def _names(said: list[Saying]) -> set[str]:
    found: set[str] = set()
    for one in said:
        if one.norm.kind is Kind.STATEMENT:
            objects = one.norm.objects
            found |= {label(word) for word in objects.words} or set(objects.texts)
        else:
            found |= {label(word) for word in one.words("by")}
    return found
