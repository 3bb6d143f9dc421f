"""Mutants of a policy: the same text with one sentence changed for the worse, or gone.

They are made from the syntax tree and printed by the printer, so that each is a sentence that could have been typed;
each is then parsed, and what does not parse is no mutant. Every figure goes up and down by one and changes its unit;
every binding sentence is left out, and weakened; every exception, limit and window is widened; every clock starts with
something else. Sentences that only stand in another body's text bind nobody and are left alone.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from policylang.language import tree as t
from policylang.language.parser import parse
from policylang.language.printer import statement_text
from policylang.language.words_of import duration, qualifier
from policylang.model.build import build
from policylang.model.document import Document
from policylang.model.vocabulary import vocabulary


class Change(StrEnum):
    """What a mutant changes."""

    FIGURE = "figure nudged"
    UNIT = "unit swapped"
    START = "start swapped"
    DROPPED = "sentence dropped"
    WEAKENED = "weakened to should"
    WIDENED = "widened"


@dataclass(frozen=True, slots=True)
class Mutant:
    """One change to one sentence. ``after`` is None where the sentence is gone; ``index`` is its place in the tree."""

    change: Change
    index: int
    line: int
    clauses: tuple[str, ...]
    before: str
    after: str | None
    what: str
    node: t.Sentence | None = None


UNITS = {
    "working days": "calendar days",
    "calendar days": "working days",
    "days": "working days",
    "weeks": "months",
    "months": "weeks",
    "quarters": "months",
    "years": "months",
    "working hours": "working days",
}
STARTS = {
    "receipt": "acknowledgement",
    "acknowledgement": "receipt",
    "logging": "receipt",
    "escalation": "acknowledgement",
    "response": "response-received",
    "response-received": "response",
    "start-not-stated": "acknowledgement",
}
"""What each clock starts with instead. One that is not here starts with the receipt."""

EXCEPTION = ("exceptional-circumstances", "good-reason")
"""What an exception is widened by: the first of these that it does not name yet."""

_Changed = Iterator[tuple[str, Any]]


def mutants(policy: Document) -> list[Mutant]:
    """Every mutant of a policy, in the order of its text; the same ones in the same order on every run."""
    if policy.tree is None:
        return []
    return [
        mutant
        for index, node in _sentences(policy.tree)
        for mutant in _of(index, node)
        if mutant.after != mutant.before
    ]


def sentences_left_alone(policy: Document) -> int:
    """How many sentences stand in another body's text and are not changed."""
    if policy.tree is None:
        return 0
    every = sum(isinstance(node, t.Sentence) for node in policy.tree.nodes)
    return every - sum(1 for _ in _sentences(policy.tree))


def changed(policy: Document, mutant: Mutant) -> Document:
    """The policy with the change made."""
    assert policy.tree is not None
    nodes = list(policy.tree.nodes)
    nodes[mutant.index : mutant.index + 1] = [] if mutant.node is None else [mutant.node]
    return build(replace(policy.tree, nodes=tuple(nodes)), policy.text, vocabulary(), id=policy.id)[0]


def _sentences(tree: t.Tree) -> Iterator[tuple[int, t.Sentence]]:
    """The sentences of the organisation's own, with their places in the tree."""
    foreign = False
    for index, node in enumerate(tree.nodes):
        if isinstance(node, t.Heading) and node.kind not in ("section", "provision"):
            foreign = node.kind == "standing" and node.title is not None
        elif isinstance(node, t.Sentence) and not foreign:
            yield index, node


def _of(index: int, node: t.Sentence) -> Iterator[Mutant]:
    before = statement_text(node)

    def made(change: Change, what: str, after: t.Sentence | None) -> Mutant:
        labels = node.clauses.labels if node.clauses else ()
        text = statement_text(after) if after is not None else None
        return Mutant(change, index, node.span.line, labels, before, text, what, after)

    for change, how in _CHANGES.items():
        for what, other in how(node):
            parsed = _parsed(other, node)
            if parsed is not None:
                yield made(change, what, parsed)
    if _binds(node):
        yield made(Change.DROPPED, "left out", None)


def _parsed(changed: t.Sentence, node: t.Sentence) -> t.Sentence | None:
    """The changed sentence as it is read back from its text, standing where the first one stood; None if it does not
    parse."""
    tree, findings = parse(statement_text(changed))
    read = tree.nodes[0] if len(tree.nodes) == 1 and not findings else None
    return replace(read, span=node.span, comments=node.comments) if isinstance(read, t.Sentence) else None


def _binds(node: t.Sentence) -> bool:
    return node.modal is not None and node.modal.word in ("must", "will")


# ------------------------------------------------------------------ one part changed, wherever it stands


def _rewritten(value: Any, change: Callable[[Any], _Changed]) -> _Changed:
    """The value with one part changed, once for each way of changing each part."""
    yield from change(value)
    if isinstance(value, tuple):
        for at, part in enumerate(value):
            for what, new in _rewritten(part, change):
                yield what, (*value[:at], new, *value[at + 1 :])
    elif dataclasses.is_dataclass(value) and not isinstance(value, t.Span | type):
        for field in dataclasses.fields(value):
            for what, new in _rewritten(getattr(value, field.name), change):
                yield what, replace(value, **{field.name: new})


def _figure(value: Any) -> _Changed:
    if isinstance(value, t.DurationNode):
        for at, number in enumerate(value.numbers):
            for other in (number + 1, number - 1):
                if other > 0:
                    new = replace(value, numbers=(*value.numbers[:at], other, *value.numbers[at + 1 :]))
                    yield f"{duration(value)} made {duration(new)}", new
    elif isinstance(value, t.Sentence | t.Terms) and value.count is not None:
        for other in (value.count + 1, value.count - 1):
            if other > 0:
                yield f"{value.count} made {other}", replace(value, count=other)


def _unit(value: Any) -> _Changed:
    if isinstance(value, t.DurationNode) and value.unit in UNITS:
        new = replace(value, unit=UNITS[value.unit])
        yield f"{duration(value)} made {duration(new)}", new


def _start(value: Any) -> _Changed:
    if isinstance(value, t.Sentence):
        # An acknowledgement, or an entry in the log, is not counted from itself.
        own = {verb.text for verb in value.verbs} & {"acknowledge", "log"}
        for at, part in enumerate(value.qualifiers):
            if part.kind != "within" or part.event is None:
                continue
            word = part.event.word.text
            other = STARTS.get(word, "receipt")
            if other == "acknowledgement" and own:
                other = "logging" if own == {"acknowledge"} else "response"
            event = replace(part.event, word=replace(part.event.word, text=other))
            new = (*value.qualifiers[:at], replace(part, event=event), *value.qualifiers[at + 1 :])
            yield f"counted from {other}, not from {word}", replace(value, qualifiers=new)


def _weaker(node: t.Sentence) -> _Changed:
    if node.modal is not None and _binds(node) and node.modal.hedge is None:
        yield f"{node.modal.word} made should", replace(node, modal=replace(node.modal, word="should"))


# ------------------------------------------------------------------ exceptions, limits and windows


def _wider(node: t.Sentence) -> _Changed:
    """Every limit, window and condition of a permission taken away; every exception to a duty made to hold oftener."""
    if node.modal is None:
        return
    permits = node.modal.word == "may" or any(verb.text == "refuse" for verb in node.verbs)
    for at, part in enumerate(node.qualifiers):
        rest = (*node.qualifiers[:at], *node.qualifiers[at + 1 :])
        said = " ".join(qualifier(part))
        if part.kind in ("within", "extent", "total_extent") or (
            permits and not node.modal.negated and part.kind in ("when", "only_when", "unless")
        ):
            yield f"without “{said}”", replace(node, qualifiers=rest)
        if permits and not node.modal.negated and part.kind in ("when", "only_when"):
            for what, condition in _fewer(part.condition):
                yield what, _with(node, at, replace(part, condition=condition))
        elif part.kind == "unless" and (node.modal.negated or not permits) and part.condition is not None:
            for word in EXCEPTION:
                if word not in said:
                    term = t.Holds(t.Term(word, False, part.span))
                    wider = t.Any_((*_alternatives(part.condition), term))
                    yield f"also unless {word}", _with(node, at, replace(part, condition=wider))
                    break


def _with(node: t.Sentence, at: int, part: t.Qualifier) -> t.Sentence:
    return replace(node, qualifiers=(*node.qualifiers[:at], part, *node.qualifiers[at + 1 :]))


def _alternatives(condition: t.Condition) -> tuple[t.Condition, ...]:
    return condition.parts if isinstance(condition, t.Any_) else (condition,)


def _fewer(condition: t.Condition | None) -> _Changed:
    """A condition of several that all have to hold, each left out in turn."""
    if isinstance(condition, t.All):
        for at, part in enumerate(condition.parts):
            rest = (*condition.parts[:at], *condition.parts[at + 1 :])
            said = " ".join(qualifier(t.Qualifier("when", t.Span(0, 0, 1, 1, 1, 1), condition=part))[1:])
            yield f"without the condition “{said}”", rest[0] if len(rest) == 1 else replace(condition, parts=rest)


_CHANGES: dict[Change, Callable[[t.Sentence], _Changed]] = {
    Change.FIGURE: lambda node: _rewritten(node, _figure),
    Change.UNIT: lambda node: _rewritten(node, _unit),
    Change.START: _start,
    Change.WEAKENED: _weaker,
    Change.WIDENED: _wider,
}
