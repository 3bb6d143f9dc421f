"""Plain English for verdicts: words of the vocabulary as they are printed, clauses cited, sentences quoted, dates."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import cache

from policylang.language.printer import sentence_text
from policylang.model.days import say_date
from policylang.model.document import Deviation
from policylang.model.norms import Norm
from policylang.model.vocabulary import KINDS, vocabulary

__all__ = ["cite", "deviation_words", "joined", "label", "labels", "quote", "say_date", "sentence", "source"]


def label(word: str) -> str:
    """A word of the vocabulary as it is printed: ``complaint definition``."""
    entry = vocabulary().find(word, KINDS)
    return entry.label if entry is not None else word.replace("-", " ")


def labels(words: Iterable[str], joint: str = "and") -> str:
    """Several words as they are printed: ``reasons, new date and remedy``."""
    return joined([label(word) for word in words], joint)


def joined(parts: Sequence[str], joint: str = "and") -> str:
    """``a``, ``a and b``, ``a, b and c``."""
    if len(parts) < 2:
        return "".join(parts)
    return f"{', '.join(parts[:-1])} {joint} {parts[-1]}"


def cite(norms: Iterable[Norm]) -> str:
    """Where sentences stand: ``clause 3.2``, ``clauses 3.2 and 3.3``, ``a sentence without a clause``."""
    found = clauses_of(norms)
    if not found:
        return "a sentence without a clause"
    return f"clause{'s' if len(found) > 1 else ''} {joined(found)}"


def clauses_of(norms: Iterable[Norm]) -> tuple[str, ...]:
    """The clauses of sentences, each once, in the order given."""
    return tuple(dict.fromkeys(clause for norm in norms for clause in norm.clauses))


def sentence(norm: Norm) -> str:
    """The sentence that a norm comes from, as one line without its clause, its words as they are printed."""
    node = norm.sentence
    return _spelt_out(sentence_text(replace(node, qualifiers=tuple(q for q in node.qualifiers if q.kind != "remark"))))


@cache
def _spelt_out(text: str) -> str:
    """The text with every hyphenated word of the vocabulary spelt out; what stands in quotes is left alone."""
    parts = re.split(r"(\"[^\"]*\"|“[^”]*”)", text)
    parts[::2] = [re.sub(r"[a-z0-9]+(?:-[a-z0-9]+)+", lambda m: label(m[0]), part) for part in parts[::2]]
    return "".join(parts)


def quote(norm: Norm) -> str:
    """The sentence in quotes with its clause: ``“must respond within 10 working days of receipt” (clause 3.3)``."""
    where = ", ".join(filter(None, (cite([norm]) if norm.clauses else "", source(norm))))
    return f"“{sentence(norm)}”{f' ({where})' if where else ''}"


def source(norm: Norm) -> str:
    """Where a text of lower standing stands: ``in a checklist``; nothing for the body."""
    standing = norm.standing
    if standing is None:
        return ""
    article = "an" if standing.kind[:1] in "aeiou" else "a"
    return f"in {article} {label(standing.kind)}{f' of the {standing.of}' if standing.of else ''}"


def force_words(norm: Norm) -> str:
    """How strongly a sentence speaks, for ``… only {force}``: ``an aim``, ``a permission``, ``a recommendation``."""
    if norm.hedge:
        return f"an aim (“{norm.hedge}”)"
    return {"aims": "an aim", "should": "a recommendation (“should”)", "may": "a permission (“may”)"}.get(
        norm.force.value, "a promise"
    )


def deviation_words(one: Deviation) -> str:
    """A deviation in words that go after “accepted”: by whom, from when until when, why, and what the plan is."""
    until = f"from {say_date(one.first)} until {say_date(one.last)}"
    return f"by {one.approver} {until}, because: {_ended(one.reason)} The plan: {_ended(one.plan)}"


def _ended(text: str) -> str:
    text = " ".join(text.split())
    return text if text.endswith((".", "!", "?")) else f"{text}."
