"""What changed between two codes, computed from their demands: nothing is listed by hand.

Each demand of one code is put beside the one of the other that answers to it (:mod:`policylang.checker.code_pairs`),
and every difference in force, time, clock, limit, list or condition is a change. Whether a change asks more or less is
decided by the checker: each code is read as a policy and held against the other, so that a demand said in other words
is no change, and a later clock or a longer limit is told from a stricter one.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from policylang.checker.check import as_policy, check
from policylang.checker.code_differences import differences, strength
from policylang.checker.code_pairs import Asked, Pair, ages, conditions, content, lists, pairs, share, stages_fit
from policylang.checker.concerns import Concern, concern
from policylang.checker.plain import sentence
from policylang.model.document import Document, Provision, StageDecl
from policylang.model.norms import Kind, Norm
from policylang.model.vocabulary import vocabulary

ENOUGH_OF_A_TITLE = 0.5
"""The share of words that two titles must have in common for their provisions to be about one thing."""
_SMALL = frozenset(["a", "an", "and", "at", "by", "for", "in", "is", "of", "on", "or", "the", "to", "with"])


class Effect(StrEnum):
    """What a change comes to for a landlord that kept the older code to the letter, and for one that keeps the newer.

    ``MORE``: the older code's keeper falls short of the newer. ``LESS``: the newer asks less than the older did.
    ``OTHER``: each asks what the other does not. ``SAME``: neither falls short of the other. ``ARGUABLE``: the texts
    leave it open.
    """

    MORE = "asks more"
    LESS = "asks less"
    OTHER = "asks something else"
    SAME = "comes to the same"
    ARGUABLE = "arguable which asks more"


@dataclass(frozen=True, slots=True)
class Change:
    """One difference between two codes.

    ``kind``: ``added``, ``removed``, ``moved``, ``reworded`` (asked before too, in other words), ``force``, ``time``,
    ``start``, ``limit``, ``age``, ``frequency``, ``count``, ``item-added``, ``item-removed``, ``list``, ``condition``,
    ``stage``, or ``to-read`` (a provision that puts no demand on a policy's text: matched by its title only, or by
    none, so that a person has to compare it). ``before`` and ``after`` are empty where there is nothing;
    ``old`` and ``new`` are the provisions' numbers. ``verified`` is false where the substance of either was not read in
    a published source. ``about`` is the demand as it stands now (or stood, where it is gone).
    """

    kind: str
    concern: Concern
    old: str
    new: str
    title: str
    before: str
    after: str
    about: str
    effect: Effect
    verified: bool = True


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two codes and what changed from the first to the second, in the order of the second; what is gone comes last.

    ``unchanged`` counts the demands of the newer code that stand in the older with the same force, figures and words.
    """

    old: Document
    new: Document
    changes: tuple[Change, ...]
    unchanged: int

    def of(self, concern: Concern) -> tuple[Change, ...]:
        """The changes of one concern."""
        return tuple(change for change in self.changes if change.concern is concern)


def compare(old: Document, new: Document) -> Comparison:
    """What changed from one code to another. Both are taken as understood (see ``load_code``)."""
    before, after = list(_asked(old, new)), list(_asked(new, old))
    paired = pairs(before, after)
    taken = {id(one) for pair in paired for one in pair}
    changes: list[Change] = []
    same: list[Pair] = []
    for pair in paired:
        found = list(_differing(pair, old, new))
        changes += found
        same += [] if found else [pair]
    at = {p.number: n for n, p in enumerate(new.provisions)}
    changes += _moved(before, after, same)
    changes += _lone([a for a in after if id(a) not in taken], before, [b for _, b in paired])
    changes += _without_demands(old, new)
    gone = _lone([b for b in before if id(b) not in taken], after, [a for a, _ in paired], gone=True)
    changes.sort(key=lambda change: at.get(change.new, len(at)))
    return Comparison(old, new, (*_once(changes), *gone), len(same))


def _asked(code: Document, other: Document) -> Iterator[Asked]:
    """Every demand of a code, with what the other code says to it."""
    flat, headed = check(as_policy(other), code), check(_headed(other), code)
    for provision, plain, staged in zip(code.provisions, flat, headed, strict=True):
        for n, norm in enumerate(provision.demands):
            verdict = staged if norm.any_stage else plain
            yield Asked(provision, norm, verdict.limbs[n], verdict.arguable)


def _headed(code: Document) -> Document:
    """The code as a policy, with a heading for each stage it speaks of: what holds at each stage is asked of each."""
    spans = {n.stage: n.span for p in code.provisions for n in p.demands if n.stage is not None}
    return replace(as_policy(code), stages=[StageDecl(stage, None, span) for stage, span in sorted(spans.items())])


def effect(one: Asked, other: Asked, old: Document, new: Document) -> Effect:
    """What a change of a demand comes to, by whether each code's keeper keeps the other's demand.

    Times, clocks, limits and stages hang together, so the whole code is held against them. Anything else is
    held against its own counterpart, so that a further sentence of the same code does not hide the change.
    """
    first, second = one, other
    if not _hangs_together(one.norm) and not _hangs_together(other.norm):
        one, other = _alone(one, other.norm, new, old), _alone(other, one.norm, old, new)
    if (one.broken and one.arguable) or (other.broken and other.arguable):
        return Effect.ARGUABLE
    if other.broken:
        return Effect.OTHER if one.broken else Effect.MORE
    if one.broken:
        return Effect.LESS
    # What a should recommends and a must demands is not the same, though a text that does it meets both.
    then, now = (("may", "should", "must").index(strength(a)) for a in (first, second))
    return Effect.MORE if now > then else Effect.LESS if now < then else Effect.SAME


def _hangs_together(norm: Norm) -> bool:
    timed = norm.within is not None or norm.extent is not None or bool(ages(norm))
    return timed or norm.any_stage or norm.kind is Kind.STRUCTURE


def _alone(asked: Asked, promise: Norm, theirs: Document, own: Document) -> Asked:
    """A demand of ``own``, held against one sentence of the other code and its times (which say what stages it has)."""
    times = [n for p in theirs.provisions for n in p.demands if _hangs_together(n)]
    policy = replace(as_policy(theirs), norms=[*times, promise])
    (verdict,) = check(policy, replace(own, provisions=[replace(asked.provision, demands=(asked.norm,))]))
    return Asked(asked.provision, asked.norm, verdict.limbs[0], verdict.arguable)


# ------------------------------------------------------------------ demands of both


def _differing(pair: Pair, old: Document, new: Document) -> Iterator[Change]:
    one, other = pair
    found = list(differences(one, other))
    comes_to = effect(one, other, old, new) if found else Effect.SAME
    if comes_to is Effect.SAME and {kind for kind, _, _ in found} == {"count"}:
        return  # another demand of the code settles the number
    for kind, before, after in found:
        yield Change(
            kind,
            concern(other.norm),
            one.provision.number,
            other.provision.number,
            other.provision.title,
            before,
            after,
            sentence(other.norm),
            comes_to,
            one.provision.verified and other.provision.verified,
        )


def _once(changes: Sequence[Change]) -> Iterator[Change]:
    """A change of force is told once for each provision and not for each of its sentences."""
    told: set[tuple[str, str, str, str]] = set()
    for change in changes:
        key = (change.old, change.new, change.before, change.after)
        if change.kind == "force":
            if key in told:
                continue
            told.add(key)
        yield change


def _moved(before: Sequence[Asked], after: Sequence[Asked], same: Sequence[Pair]) -> Iterator[Change]:
    """Provisions of which every demand stands unchanged under one other number."""
    wanted = Counter(a.provision.number for a in before), Counter(a.provision.number for a in after)
    met = Counter((one.provision.number, other.provision.number) for one, other in same)
    for one, other in same:
        old, new = one.provision, other.provision
        number = met.pop((old.number, new.number), 0)
        if old.number != new.number and number == wanted[0][old.number] == wanted[1][new.number]:
            yield Change(
                "moved", concern(other.norm), old.number, new.number, new.title, old.number, new.number,
                sentence(other.norm), Effect.SAME, old.verified and new.verified,
            )  # fmt: skip


# ------------------------------------------------------------------ demands of one only


def _lone(
    asked: Sequence[Asked], others: Sequence[Asked], told: Sequence[Asked], *, gone: bool = False
) -> Iterator[Change]:
    """What only one of the codes asks. What the other asks in other words is left out: its keeper keeps this too.

    ``told`` are demands of the same code that have their counterparts: to ask the same twice is no change.
    """
    groups: dict[tuple[str, Concern], list[Asked]] = {}
    for one in asked:
        if one.kept or any(_same_demand(one, other) for other in told):
            continue
        elsewhere = list(_elsewhere(one, others))
        if elsewhere:
            yield _reworded(one, elsewhere, gone=gone)
        else:
            groups.setdefault((one.provision.number, concern(one.norm)), []).append(one)
    for (number, about), found in groups.items():
        provision = found[0].provision
        text = "; ".join(dict.fromkeys(sentence(one.norm) for one in found))
        yield Change(
            "removed" if gone else "added", about, number if gone else "", "" if gone else number, provision.title,
            text if gone else "", "" if gone else text, text, Effect.LESS if gone else Effect.MORE, provision.verified,
        )  # fmt: skip


def _elsewhere(one: Asked, others: Sequence[Asked]) -> Iterator[Asked]:
    """The other code's demands that between them hold every word of this one, under an action that says as much."""
    words = {word for group, word in content(one.norm) if group in ("content", "means")}
    if not words or one.norm.negated or one.norm.within is not None or one.norm.kind is not Kind.DUTY:
        return
    near = [
        other
        for other in others
        if other.norm.kind is Kind.DUTY and not other.norm.negated and stages_fit(one.norm, other.norm)
        if strength(other) == strength(one) and other.norm.actors.words == one.norm.actors.words
        if not any(items.mark for _, items in (*lists(one.norm), *lists(other.norm)))
        if conditions(other.norm) == conditions(one.norm) and _says_as_much(one.norm, other.norm)
        if words & {word for _, word in content(other.norm)}
    ]
    if words <= {word for other in near for _, word in content(other.norm)}:
        yield from near


def _same_demand(one: Asked, other: Asked) -> bool:
    a, b = one.norm, other.norm
    same = (a.kind, a.action, a.negated, a.stage, a.any_stage) == (b.kind, b.action, b.negated, b.stage, b.any_stage)
    return same and content(a) == content(b) and conditions(a) == conditions(b) and a.within == b.within


def _says_as_much(one: Norm, other: Norm) -> bool:
    says = vocabulary().says
    return says(one.action, other.action) or says(other.action, one.action)


def _reworded(one: Asked, elsewhere: Sequence[Asked], *, gone: bool) -> Change:
    here = sentence(one.norm)
    there = "; ".join(dict.fromkeys(sentence(other.norm) for other in elsewhere))
    number, numbers = one.provision.number, ", ".join(dict.fromkeys(o.provision.number for o in elsewhere))
    verified = one.provision.verified and all(o.provision.verified for o in elsewhere)
    title = (elsewhere[0] if gone else one).provision.title
    return Change(
        "reworded", concern(one.norm), number if gone else numbers, numbers if gone else number, title,
        here if gone else there, there if gone else here, here, Effect.ARGUABLE, verified,
    )  # fmt: skip


# ------------------------------------------------------------------ provisions without demands


def _without_demands(old: Document, new: Document) -> Iterator[Change]:
    """Provisions that no policy text is judged on, matched by their titles: what they say is for a reader."""
    before, after = ([p for p in code.provisions if p.force != "context"] for code in (old, new))
    for provision in (p for p in after if not p.demands):
        twin = _twin(provision, before)
        if twin is None or (twin.requirement, twin.force) != (provision.requirement, provision.force):
            yield _unread(twin, provision)
        elif twin.number != provision.number:
            yield replace(_unread(twin, provision), kind="moved", effect=Effect.SAME)
    for provision in (p for p in before if not p.demands):
        if _twin(provision, after) is None:
            yield _unread(provision, None)


def _twin(provision: Provision, others: Sequence[Provision]) -> Provision | None:
    """The provision with the likest title, if it is like enough."""
    best = max(others, key=lambda other: _alike(provision, other), default=None)
    return None if best is None or _alike(provision, best) < ENOUGH_OF_A_TITLE else best


def _unread(old: Provision | None, new: Provision | None) -> Change:
    provision = new or old
    assert provision is not None
    return Change(
        "to-read", Concern.ALSO, old.number if old else "", new.number if new else "", provision.title,
        old.requirement if old else "", new.requirement if new else "", provision.requirement, Effect.ARGUABLE,
        all(p.verified for p in (old, new) if p is not None),
    )  # fmt: skip


def _alike(one: Provision, other: Provision) -> float:
    return share(*({w for w in p.title.lower().split() if w not in _SMALL} for p in (one, other)))
