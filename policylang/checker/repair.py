"""The smallest change that would comply: a sentence of the language to paste, and a word on what to do with it.

What is missing is added in the code's own words. What falls short is changed as little as will do: the policy's own
sentence, with the force, the time, the limit or the condition of the demand.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from policylang.checker.plain import cite
from policylang.checker.sayings import OBJECTS
from policylang.language import tree as t
from policylang.language.printer import sentence_text
from policylang.model.norms import Kind, Norm

_KINDS = {"with": "with_", "for": "for_", "in": "in_", "from": "from_"}
CONDITIONS = ("when", "unless", "only_when", "until")
WAITS = ("after_time", "after")
TIMES = ("within", "prompt", "no_deadline", "borrowed_stage", "borrowed_code", "borrowed_document")
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
        return _forced(replace(node, qualifiers=(*kept, *_asked(demand, CONDITIONS))), own, demand)

    return Repair(norm=own, put=(put,))


def retimed(own: Norm, demand: Norm, *, always: bool = False) -> Repair:
    """The policy's sentence with the demand's force and time; with ``always``, on the demand's conditions alone."""

    def put(node: t.Sentence) -> t.Sentence:
        gone = (*TIMES, *WAITS, *CONDITIONS) if always else (*TIMES, *WAITS)
        kept = [q for q in node.qualifiers if q.kind not in gone]
        asked = _asked(demand, CONDITIONS) if always else []
        return _forced(replace(node, qualifiers=(*_asked(demand, ("within",)), *kept, *asked)), own, demand)

    return Repair(norm=own, put=(put,))


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
            kept = [*asked, *(q for q in kept if q.kind not in ("when", "only_when"))]
        return replace(node, qualifiers=tuple(kept))

    return Repair(norm=own, put=(put,))


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


@dataclass(frozen=True, slots=True, eq=False)
class Repair:
    """One thing to do: ``text`` as it stands, or changes to ``put`` to the sentence of ``norm``, which add up."""

    text: str = ""
    norm: Norm | None = None
    put: tuple[Callable[[t.Sentence], t.Sentence], ...] = ()


def add(sentence: str) -> Repair:
    """Tell to add a sentence."""
    return Repair(f"Add: {sentence}")


def change(norms: Sequence[Norm], sentence: str) -> Repair:
    """Tell to put a sentence in the place of those that fall short."""
    return Repair(f"Change {cite(norms)} to: {sentence}") if norms else add(sentence)


def take_out(norms: Sequence[Norm], sentence: str | None = None) -> Repair:
    """Tell to take sentences out, or to put another in their place."""
    if sentence is None:
        return Repair(f"Take out {cite(norms)}.")
    return Repair(f"Take out {cite(norms)}, or change it to: {sentence}")


def instructions(repairs: Iterable[Repair]) -> list[str]:
    """What to do, each thing once; all changes to one sentence in one."""
    found: dict[object, str] = {}
    changed: dict[int, tuple[Norm, t.Sentence]] = {}
    for repair in repairs:
        if repair.norm is None:
            found.setdefault(repair.text, repair.text)
            continue
        key = id(repair.norm.sentence)
        norm, node = changed.get(key, (repair.norm, repair.norm.sentence))
        for put in repair.put:
            node = put(node)
        changed[key] = (norm, node)
        found[key] = f"Change {cite([norm])} to: {_printed(node, node.qualifiers)}"
    return list(dict.fromkeys(found.values()))


def _printed(node: t.Sentence, qualifiers: Sequence[t.Qualifier]) -> str:
    said = tuple(q for q in qualifiers if q.kind != "remark")
    return f"{sentence_text(replace(node, qualifiers=said, clauses=None))}."


def _only(terms: t.Terms, wanted: set[str]) -> t.Terms:
    kept = tuple(item for item in terms.items if item.text in wanted) or terms.items
    mark, count = (terms.mark, terms.count) if len(kept) == len(terms.items) else (None, None)
    joints = terms.separators[: len(kept) - 1] if len(kept) == len(terms.items) else (",",) * (len(kept) - 1)
    return replace(terms, items=kept, mark=mark, count=count, separators=joints)
