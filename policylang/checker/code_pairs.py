"""Which demand of one code answers to which of another: the same act on the same thing, whatever their numbers.

Nothing here knows a provision by its number. Two demands answer to one another where they are of one kind, speak of one
action at a stage that fits, and share enough of the words that say what it is done to, about or with.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from policylang.checker.sayings import GROUPS
from policylang.checker.verdict import Decided, Judgement, Limb
from policylang.model.conditions import Holds, InTime, Older, atoms
from policylang.model.document import Provision
from policylang.model.norms import Items, Kind, Norm

ENOUGH = 0.3
"""The share of content words two demands must have in common to be about one thing."""
Words = frozenset[tuple[str, str]]


@dataclass(frozen=True, slots=True, eq=False)
class Asked:
    """One demand of one code, with what the other code, read as a policy, says to it."""

    provision: Provision
    norm: Norm
    limb: Limb
    arguable: bool = False

    @property
    def kept(self) -> bool:
        """Whether a landlord that does all the other code asks does this too, by more than silence."""
        return self.limb.judgement is Judgement.COMPLIES and self.limb.decided is not Decided.BY_SILENCE

    @property
    def broken(self) -> bool:
        """Whether the other code leaves this undone, or allows what it forbids."""
        return self.limb.judgement is not Judgement.COMPLIES


Pair = tuple[Asked, Asked]
"""An older demand and the newer one that answers to it."""


def pairs(old: Sequence[Asked], new: Sequence[Asked]) -> list[Pair]:
    """Each demand with at most one of the other code, the closest first; in the order of the newer code."""
    scored = [
        (score, -j, -i)
        for i, one in enumerate(old)
        for j, other in enumerate(new)
        if (score := likeness(one, other)) is not None
    ]
    left, right = set(range(len(old))), set(range(len(new)))
    found: list[tuple[int, int]] = []
    for _, j, i in sorted(scored, reverse=True):
        if -i in left and -j in right:
            left.discard(-i)
            right.discard(-j)
            found.append((-j, -i))
    return [(old[i], new[j]) for j, i in sorted(found)]


def likeness(one: Asked, other: Asked) -> float | None:
    """How much two demands are about the same; None where they are not."""
    a, b = one.norm, other.norm
    if (a.kind, a.action, a.negated) != (b.kind, b.action, b.negated) or not stages_fit(a, b):
        return None
    if not share(doers(a), doers(b)):
        return None
    same = share(content(a), content(b))
    when = share(conditions(a), conditions(b))
    grounds = {clause.kind for norm in (a, b) for clause in norm.conditions} == {"when"}
    if same < ENOUGH or (a.kind is Kind.PERMISSION and grounds and not when and a.conditions and b.conditions):
        return None  # of two grounds for one act, neither is a change of the other
    if _further(a) is not _further(b):
        return None
    return (
        4 * same
        + 2 * when
        + (a.stage == b.stage)
        + ((a.within is None) is (b.within is None))
        + (one.provision.title == other.provision.title) / 2
    )


def stages_fit(a: Norm, b: Norm) -> bool:
    """Whether both can speak of one stage."""
    return a.stage == b.stage or a.any_stage or b.any_stage or None in (a.stage, b.stage)


def content(norm: Norm) -> Words:
    """What it is done to, about, with and to whom; the lists that can stand for one another as one."""
    return frozenset(
        (group, word) for group, items in lists(norm) if group != "by" for word in (*items.words, *items.texts)
    )


def doers(norm: Norm) -> Words:
    """By whom it is done, where that is said."""
    return frozenset(("by", word) for group, items in lists(norm) if group == "by" for word in items.words)


def lists(norm: Norm) -> Iterator[tuple[str, Items]]:
    """The lists of a demand, each under the group of those it can stand for."""
    yield "content", norm.objects
    yield "by", norm.actors
    for name, items in norm.lists.items():
        yield GROUPS.get(name, name), items


def conditions(norm: Norm) -> Words:
    """The conditions by their words, without figures."""
    found = []
    for clause in norm.conditions:
        for atom in atoms(clause.condition):
            match atom:
                case Holds(word) | Older(subject=word) | InTime(word=word):
                    found.append(("when", word))
    return frozenset(found)


def ages(norm: Norm) -> tuple[Older, ...]:
    """Every limit of age among the conditions."""
    return tuple(a for c in norm.conditions for a in atoms(c.condition) if isinstance(a, Older))


def share(one: Iterable[object], other: Iterable[object]) -> float:
    """How much of two sets is common to both; 1 where both are empty."""
    a, b = frozenset(one), frozenset(other)
    return len(a & b) / len(a | b) if a or b else 1.0


def _further(norm: Norm) -> bool:
    return norm.extent is not None and norm.extent.further
