"""Which words of the policy fall short: those that the repair changes.

Comparing a sentence with itself put right names the words without guessing: the softening verb, the time, the
condition, the list of which one would do. Where something is only to be added, no word is at fault.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from policylang.checker.repair import Deed, Repair, Step, gist_of, steps
from policylang.findings.finding import Place
from policylang.language import tree as t
from policylang.model.document import Document
from policylang.model.norms import Norm


def words_at_fault(document: Document, repairs: Iterable[Repair]) -> tuple[Place, ...]:
    """The places of the words that the repairs change, each once, in the order of the text."""
    found: dict[tuple[int, int], Place] = {}
    for step in steps(repairs):
        for norm in step.norms:
            for span in _spans(step, norm):
                found.setdefault((span.start, span.end), place_of(document, norm, span))
    return tuple(found[spot] for spot in sorted(found))


def place_of(document: Document, norm: Norm, span: t.Span) -> Place:
    """A span of a norm's sentence as a place in the policy file, with the lines it stands on."""
    lines = "\n".join(document.text.splitlines()[span.line - 1 : span.end_line])
    return Place(
        document.name, span.line, span.column, span.end_line, span.end_column, norm.section or None, lines
    )  # fmt: skip


def _spans(step: Step, norm: Norm) -> list[t.Span]:
    if step.deed is Deed.ADD or step.deed is Deed.BY_HAND:
        return []
    if step.node is None:
        return [_words(norm.sentence)]
    return _changed(norm.sentence, step.node)


def _changed(old: t.Sentence, new: t.Sentence) -> list[t.Span]:
    """The parts of a sentence that its repair takes out or replaces."""
    found = [] if old.modal is None or _like(old.modal, new.modal) else [old.modal.span]
    if old.objects is not None and not _like(old.objects, new.objects):
        found.append(old.objects.span)
    for gone in old.qualifiers:
        if gone.kind != "remark" and not any(_like(gone, q) for q in new.qualifiers):
            instead = [q for q in new.qualifiers if q.kind == gone.kind]
            found.append(_narrowed(gone, instead[0]) if len(instead) == 1 else gone.span)
    return found


def _narrowed(old: t.Qualifier, new: t.Qualifier) -> t.Span:
    """Of a qualifier that is put in other words, those that differ: the figure, or the event that starts the clock."""
    if old.kind == "within" and old.duration is not None and new.duration is not None:
        same = _like(old.duration, new.duration)
        if same and old.event is not None:
            return old.event.span
        if not same and _like(old.event, new.event):
            return old.duration.span
    ages = list(_ages(old.condition))
    if len(ages) == 1 and any(True for _ in _ages(new.condition)):
        return _from_to(ages[0].duration.span, ages[0].event.span if ages[0].event is not None else None)
    return old.span


def _like(one: object, other: object) -> bool:
    return gist_of(one) == gist_of(other)


def _ages(condition: t.Condition | None) -> Iterator[t.Older]:
    match condition:
        case t.Older():
            yield condition
        case t.Not(inner):
            yield from _ages(inner)
        case t.All(parts) | t.Any_(parts):
            for part in parts:
                yield from _ages(part)


def _from_to(first: t.Span, last: t.Span | None) -> t.Span:
    last = last or first
    return t.Span(first.start, last.end, first.line, first.column, last.end_line, last.end_column)


def _words(node: t.Sentence) -> t.Span:
    """The sentence without its full stop, clauses and remarks."""
    parts = [node.subject.actors.span] if node.subject and node.subject.actors else []
    parts += [node.subject.stage.span] if node.subject and node.subject.stage else []
    parts += [node.modal.span] if node.modal else []
    parts += [verb.span for verb in node.verbs]
    parts += [terms.span for terms in (node.left, node.objects) if terms]
    parts += [q.span for q in node.qualifiers if q.kind != "remark"]
    if not parts:
        return node.span
    # Words that no part holds (a copula's count, a condition of its own) end where the clauses begin.
    return _from_to(node.span, max(parts, key=lambda span: span.end))
