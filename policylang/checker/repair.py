"""The smallest change that would comply: a sentence of the language to paste, and a word on what to do with it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from policylang.checker.plain import cite
from policylang.checker.sayings import OBJECTS
from policylang.language import tree as t
from policylang.language.printer import sentence_text
from policylang.model.norms import Norm

_KINDS = {"with": "with_", "for": "for_", "in": "in_", "from": "from_"}


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
    return f"{sentence_text(replace(node, qualifiers=tuple(qualifiers), clauses=None))}."


def add(sentence: str) -> str:
    """Tell to add a sentence."""
    return f"Add: {sentence}"


def change(norms: Sequence[Norm], sentence: str) -> str:
    """Tell to put a sentence in the place of those that fall short."""
    return f"Change {cite(norms)} to: {sentence}" if norms else add(sentence)


def take_out(norms: Sequence[Norm], sentence: str | None = None) -> str:
    """Tell to take sentences out, or to put another in their place."""
    if sentence is None:
        return f"Take out {cite(norms)}."
    return f"Take out {cite(norms)}, or change it to: {sentence}"


def _only(terms: t.Terms, wanted: set[str]) -> t.Terms:
    kept = tuple(item for item in terms.items if item.text in wanted) or terms.items
    mark, count = (terms.mark, terms.count) if len(kept) == len(terms.items) else (None, None)
    joints = terms.separators[: len(kept) - 1] if len(kept) == len(terms.items) else (",",) * (len(kept) - 1)
    return replace(terms, items=kept, mark=mark, count=count, separators=joints)
