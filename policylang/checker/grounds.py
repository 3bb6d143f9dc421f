"""How the conditions of two sentences meet: at no time, always, on the same matter, or on another one."""

from __future__ import annotations

from policylang.checker.logic import both, implies, possible, words_of
from policylang.checker.view import View
from policylang.model.conditions import Atom, Condition, Older


def related(view: View, one: Condition, other: Condition | None) -> bool:
    """Whether two conditions speak of one matter: a word of one is, implies, or is implied by a word of the other."""
    return any(_same_matter(view, a, b) for a in words_of(one) for b in words_of(other))


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
