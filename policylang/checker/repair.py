"""The smallest change that would comply: a sentence of the language to paste, and a word on what to do with it.

What is missing is added in the code's own words. What falls short is changed as little as will do: the policy's own
sentence, with the force, the time, the limit or the condition of the demand.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from policylang.checker.plain import cite
from policylang.checker.sayings import OBJECTS
from policylang.language import tree as t
from policylang.language.printer import sentence_text
from policylang.model.norms import Kind, Norm
from policylang.model.vocabulary import vocabulary

_KINDS = {"with": "with_", "for": "for_", "in": "in_", "from": "from_"}
CONDITIONS = ("when", "unless", "only_when", "until")
WAITS = ("after_time", "after")
TIMES = ("within", "prompt", "no_deadline", "borrowed_stage", "borrowed_code", "borrowed_times", "borrowed_document")
FREQUENCIES = ("every", "at_least_every", "often")
EXTENTS = ("extent", "total_extent", "further")


def sentence_of(
    norm: Norm, *, spread: str | None = None, keep: Iterable[str] | None = None, without: Sequence[str] = ()
) -> str:
    """The demand's own sentence, ready to paste: its action alone where it names several, of the list ``spread`` only
    the words in ``keep``, and without the qualifiers named in ``without``."""
    node = norm.sentence
    if node.form == "norm" and len(node.verbs) > 1:
        node = replace(node, verbs=tuple(v for v in node.verbs if v.text == norm.action) or node.verbs)
    kind = _KINDS.get(spread or "", spread)
    qualifiers = [q for q in node.qualifiers if q.kind not in without and q.kind != "remark"]
    if keep is not None:
        wanted = set(keep)
        if spread == OBJECTS and node.objects is not None:
            node = replace(node, objects=_only(node.objects, wanted))
        qualifiers = [
            replace(q, terms=_only(q.terms, wanted)) if q.kind == kind and q.terms is not None else q
            for q in qualifiers
        ]
    return _printed(node, qualifiers)


# ------------------------------------------------------------------ the policy's own sentence, put right


def firmer(own: Norm, demand: Norm) -> Repair:
    """The policy's sentence as a promise: with the demand's force, and on no narrower condition than the demand's."""

    def put(node: t.Sentence) -> t.Sentence:
        kept = [q for q in node.qualifiers if q.kind not in (*CONDITIONS, *WAITS)]
        if node.objects is not None:
            node = replace(node, objects=_all_of(node.objects))
        kept = [replace(q, terms=_all_of(q.terms)) if q.kind == "giving" and q.terms is not None else q for q in kept]
        asked = _beside([q for q in node.qualifiers if q.kind == "when"], _asked(demand, CONDITIONS))
        return _forced(replace(node, qualifiers=(*kept, *asked)), own, demand)

    return Repair(norm=own, put=(put,))


def retimed(own: Norm, demand: Norm, *, always: bool = False) -> Repair:
    """The policy's sentence with the demand's force and time; with ``always``, on the demand's conditions alone."""

    def put(node: t.Sentence) -> t.Sentence:
        gone = (*TIMES, *WAITS, *CONDITIONS) if always else (*TIMES, *WAITS)
        kept = [q for q in node.qualifiers if q.kind not in gone]
        asked = _asked(demand, CONDITIONS) if always else []
        return _forced(replace(node, qualifiers=(*_asked(demand, ("within",)), *kept, *asked)), own, demand)

    return Repair(norm=own, put=(put,))


def shortened(demand: Norm, n: int) -> Norm:
    """The demand with a time of ``n``, in its own unit."""
    node = demand.sentence
    qualifiers = tuple(
        replace(q, duration=replace(q.duration, numbers=(n,))) if q.kind == "within" and q.duration is not None else q
        for q in node.qualifiers
    )
    return replace(demand, sentence=replace(node, qualifiers=qualifiers))


def as_often(own: Norm, demand: Norm) -> Repair:
    """The policy's sentence as often as the demand asks."""

    def put(node: t.Sentence) -> t.Sentence:
        kept = [q for q in node.qualifiers if q.kind not in FREQUENCIES]
        return _forced(replace(node, qualifiers=(*kept, *_asked(demand, FREQUENCIES))), own, demand)

    return Repair(norm=own, put=(put,))


def limited(own: Norm, demand: Norm) -> Repair:
    """The policy's permission with the demand's limit; where the demand allows more on a condition, with that."""

    def put(node: t.Sentence) -> t.Sentence:
        kept = [q for q in node.qualifiers if q.kind not in EXTENTS]
        limit = _asked(demand, EXTENTS)
        if any(q.kind == "further" for q in limit):
            kept = [q for q in kept if q.kind not in CONDITIONS]
            limit += _asked(demand, CONDITIONS)
        return replace(node, qualifiers=(*limit, *kept))

    return Repair(norm=own, put=(put,))


def grounded(own: Norm, demand: Norm) -> Repair:
    """The policy's permission on the demand's ground: the same age, or the demand's condition; its exceptions stay."""

    def put(node: t.Sentence) -> t.Sentence:
        asked = _asked(demand, CONDITIONS)
        age = next((found for q in asked for found in _ages(q.condition)), None)
        kept = list(node.qualifiers)
        if age is not None and any(True for q in kept for _ in _ages(q.condition)):
            kept = [replace(q, condition=_aged(q.condition, age)) if q.condition is not None else q for q in kept]
        else:
            kept = [*_within(kept, asked), *(q for q in kept if q.kind not in ("when", "only_when"))]
        return replace(node, qualifiers=tuple(kept))

    return Repair(norm=own, put=(put,))


def _within(own: Sequence[t.Qualifier], asked: Sequence[t.Qualifier]) -> list[t.Qualifier]:
    """The demand's conditions; where they close the list of grounds, the policy's own ground is kept within them."""
    grounds = [q.condition for q in own if q.kind in ("when", "only_when") and q.condition is not None]
    if not grounds:
        return list(asked)
    found = []
    for q in asked:
        if q.kind == "only_when" and q.condition is not None:
            # What the demand already asks for is not said twice, however often the sentence is mended.
            parts = [part for c in (*grounds, q.condition) for part in _parts(c)]
            q = replace(q, kind="when", condition=t.All(tuple(_unlike(parts))))
        found.append(q)
    return found


def _beside(own: Sequence[t.Qualifier], asked: Sequence[t.Qualifier]) -> list[t.Qualifier]:
    """The demand's conditions; what the policy does in other cases too, it goes on doing in those."""
    cases = [part for q in own if q.condition is not None for part in _cases(q.condition)]
    found = []
    for q in asked:
        if q.kind == "when" and q.condition is not None:
            wanted = _cases(q.condition)
            others = [case for case in cases if not any(_says(case, one) for one in wanted)]
            parts = _unlike([*wanted, *others])
            q = replace(q, condition=parts[0] if len(parts) == 1 else t.Any_(tuple(parts)))
        found.append(q)
    return found


def _cases(condition: t.Condition) -> tuple[t.Condition, ...]:
    return condition.parts if isinstance(condition, t.Any_) else (condition,)


def _says(case: t.Condition, other: t.Condition) -> bool:
    """Whether a case is the other one, or a part of it."""
    if isinstance(case, t.All):
        return any(_says(part, other) for part in case.parts)
    if isinstance(case, t.Holds) and isinstance(other, t.Holds) and not case.word.quoted:
        return vocabulary().says(case.word.text, other.word.text)
    return gist_of(case) == gist_of(other)


def _parts(condition: t.Condition) -> tuple[t.Condition, ...]:
    return condition.parts if isinstance(condition, t.All) else (condition,)


def _unlike(parts: Sequence[t.Condition]) -> list[t.Condition]:
    """Conditions each once; the same word in another place is the same condition."""
    found: dict[str, t.Condition] = {}
    for part in parts:
        found.setdefault(gist_of(part), part)
    return list(found.values())


def gist_of(part: object) -> str:
    """What a part of a sentence says, wherever it stands: equal for parts that are written alike."""
    return re.sub(r"Span\([^)]*\)", "", repr(part))


def _asked(demand: Norm, kinds: Sequence[str]) -> list[t.Qualifier]:
    return [q for q in demand.sentence.qualifiers if q.kind in kinds]


def _forced(node: t.Sentence, own: Norm, demand: Norm) -> t.Sentence:
    """The sentence with the demand's modal, unless it binds already; the plural stays as it is."""
    if node.modal is None or demand.sentence.modal is None or (own.force.binds and own.kind is Kind.DUTY):
        return node
    return replace(node, modal=demand.sentence.modal)


def _all_of(terms: t.Terms) -> t.Terms:
    """A list of which one would do, as a list of which all are meant."""
    mark = None if terms.mark == "any of" else terms.mark
    return replace(terms, mark=mark, separators=tuple("," if s in ("or", "and/or") else s for s in terms.separators))


def _ages(condition: t.Condition | None) -> Iterable[t.Older]:
    match condition:
        case t.Older():
            yield condition
        case t.Not(inner):
            yield from _ages(inner)
        case t.All(parts) | t.Any_(parts):
            for part in parts:
                yield from _ages(part)


def _aged(condition: t.Condition, age: t.Older) -> t.Condition:
    match condition:
        case t.Older(word) if word.text == age.word.text:
            return age
        case t.Not(inner):
            return t.Not(_aged(inner, age))
        case t.All(parts):
            return t.All(tuple(_aged(part, age) for part in parts))
        case t.Any_(parts):
            return t.Any_(tuple(_aged(part, age) for part in parts))
        case _:
            return condition


# ------------------------------------------------------------------ what to do with it


class Deed(StrEnum):
    """What a step does to the policy."""

    ADD = "add"
    CHANGE = "change"
    TAKE_OUT = "take-out"
    BY_HAND = "by-hand"  # no sentence would do it: a heading to add or to take out


@dataclass(frozen=True, slots=True, eq=False)
class Repair:
    """One thing to do: changes to ``put`` to the sentence of ``norm``, which add up; or a whole ``sentence`` to add or
    to put in the place of those of ``norms``; or, where neither will do, only words (``text``)."""

    text: str = ""
    norm: Norm | None = None
    put: tuple[Callable[[t.Sentence], t.Sentence], ...] = ()
    deed: Deed = Deed.BY_HAND
    norms: tuple[Norm, ...] = ()
    sentence: str | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Step:
    """One step, ready to carry out. ``told`` says it in words; ``sentence`` is what to paste; ``norms`` are the
    policy's sentences that it changes or takes out; ``node`` is the one sentence as changed, where it is a change."""

    deed: Deed
    told: str
    sentence: str | None = None
    norms: tuple[Norm, ...] = ()
    node: t.Sentence | None = None


def add(sentence: str) -> Repair:
    """Tell to add a sentence."""
    return Repair(f"Add: {sentence}", deed=Deed.ADD, sentence=sentence)


def change(norms: Sequence[Norm], sentence: str) -> Repair:
    """Tell to put a sentence in the place of those that fall short."""
    if not norms:
        return add(sentence)
    told = f"Change {cite(norms)} to: {sentence}"
    return Repair(told, deed=Deed.CHANGE, norms=tuple(norms), sentence=sentence)


def by_hand(told: str) -> Repair:
    """Tell what no sentence would do."""
    return Repair(told)


def take_out(norms: Sequence[Norm], sentence: str | None = None) -> Repair:
    """Tell to take sentences out, or to put another in their place."""
    told = f"Take out {cite(norms)}." if sentence is None else f"Take out {cite(norms)}, or change it to: {sentence}"
    return Repair(told, deed=Deed.TAKE_OUT, norms=tuple(norms), sentence=sentence)


def instructions(repairs: Iterable[Repair]) -> list[str]:
    """What to do in words, each thing once; all changes to one sentence in one."""
    return list(dict.fromkeys(step.told for step in steps(repairs)))


def steps(repairs: Iterable[Repair]) -> list[Step]:
    """What to do, each thing once; all changes to one sentence in one."""
    found: dict[object, Step] = {}
    for repair in repairs:
        if repair.norm is None:
            key = (repair.text, *(id(norm.sentence) for norm in repair.norms))
            found.setdefault(key, Step(repair.deed, repair.text, repair.sentence, repair.norms))
            continue
        whole = id(repair.norm.sentence)
        before = found.get(whole)
        node = before.node if before is not None and before.node is not None else repair.norm.sentence
        for put in repair.put:
            node = put(node)
        sentence = _printed(node, node.qualifiers)
        told = f"Change {cite([repair.norm])} to: {sentence}"
        found[whole] = Step(Deed.CHANGE, told, sentence, (repair.norm,), node)
    return list(found.values())


def _printed(node: t.Sentence, qualifiers: Sequence[t.Qualifier]) -> str:
    said = tuple(q for q in qualifiers if q.kind != "remark")
    return f"{sentence_text(replace(node, qualifiers=said, clauses=None))}."


def _only(terms: t.Terms, wanted: set[str]) -> t.Terms:
    kept = tuple(item for item in terms.items if item.text in wanted) or terms.items
    mark, count = (terms.mark, terms.count) if len(kept) == len(terms.items) else (None, None)
    joints = terms.separators[: len(kept) - 1] if len(kept) == len(terms.items) else (",",) * (len(kept) - 1)
    return replace(terms, items=kept, mark=mark, count=count, separators=joints)
