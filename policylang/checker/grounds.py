"""How the conditions of two sentences meet: at no time, always, on the same matter, or on another one."""

from __future__ import annotations

from collections.abc import Sequence

from policylang.checker.logic import both, condition_words, implies, possible, words_of
from policylang.checker.plain import label
from policylang.checker.view import View
from policylang.model.conditions import Atom, Condition, Holds, Older
from policylang.model.document import Document
from policylang.model.norms import Kind

SHOWN = 3
NOT_GIVEN = {"reasons-not-given": "reasons-for-escalation", "not-in-writing": "written-complaint"}
"""Conditions that something was not given, and what: who may not require the thing may not refuse for want of it."""


def related(view: View, one: Condition, other: Condition | None) -> bool:
    """Whether two conditions speak of one matter: a word of one is, implies, or is implied by a word of the other."""
    return any(_same_matter(view, a, b) for a in words_of(one) for b in words_of(other))


def grounds_named(grounds: Sequence[Condition]) -> tuple[str, str]:
    """A policy's grounds in words, many of them by the first few and their number, and the verb that goes with them."""
    words = list(dict.fromkeys(condition_words(ground, label) for ground in grounds))
    shown = f"“{'; '.join(words[:SHOWN])}”"
    if len(words) <= SHOWN:
        return shown, "falls"
    return f"{shown} and {len(words) - SHOWN} more of its grounds", "fall"


def forbidden_ground(code: Document, condition: Condition | None) -> bool:
    """Whether a ground is the want of something that the code forbids to require, so that it can be no fair ground."""
    wanted = {NOT_GIVEN[a.word] for a in words_of(condition) if isinstance(a, Holds) and a.word in NOT_GIVEN}
    return any(
        norm.kind is Kind.PROHIBITION and norm.action == "require" and not wanted.isdisjoint(norm.objects.words)
        for provision in code.provisions
        for norm in provision.demands
    )


def _same_matter(view: View, a: Atom, b: Atom) -> bool:
    if isinstance(a, Older) and isinstance(b, Older):
        return a.subject == b.subject
    return a == b or view.atom_implies(a, b) or view.atom_implies(b, a)


def overlap(view: View, asked: Condition | None, said: Condition | None) -> str:
    """How a sentence's condition meets a demand's: ``never`` at once, ``always`` when the demand is made, on the
    ``same`` matter, or on an ``other`` one."""
    if not possible(both(asked, said), view.atom_implies):
        return "never"
    if asked is None or implies(asked, said, view.atom_implies):
        return "always"
    return "same" if said is not None and related(view, said, asked) else "other"
