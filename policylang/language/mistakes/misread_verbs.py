"""Sentences whose verb the grammar can read, but not as it was meant: attempts, time allowed, things that are done."""

from __future__ import annotations

import re
from collections.abc import Collection

from policylang.language import tree as t
from policylang.language.mistakes.look import Repair

_ATTEMPTS = frozenset({"aim", "try", "attempt", "endeavour", "seek", "strive", "intend", "hope", "plan", "undertake"})
_PROMISES = frozenset({"undertake"})


def tried(text: str, node: t.Sentence) -> Repair | None:
    """``will try to respond`` would be an action “try”, done to somebody called “respond”."""
    if node.form != "norm" or node.modal is None or not node.qualifiers or len(node.verbs) != 1 or node.objects:
        return None
    verb, to = node.verbs[0], node.qualifiers[0]
    if verb.text not in _ATTEMPTS or to.kind != "to" or node.modal.negated:
        return None
    start, end = node.modal.span.start - node.span.start, to.span.start - node.span.start + len("to")
    said = " ".join(text[start:end].split())
    new = "will" if verb.text in _PROMISES else "aims to"
    return Repair(
        "other-wording", f"The language has no “{said}” here; it says “{new}”.", f"Write “{new}”.", (start, end),
        (start, end), new,
    )  # fmt: skip


def allowed_time(text: str, node: t.Sentence) -> Repair | None:
    """``resident has 21 days to escalate``: what somebody may do, and until when."""
    if node.form != "possession" or node.unit is None or node.amount is not None or not node.qualifiers:
        return None
    to = node.qualifiers[0]
    if to.kind != "to" or to.terms is None or len(to.terms.items) != 1 or to.terms.items[0].quoted:
        return None
    has = re.search(r"\b(?:has|have)\b", text, re.I)
    if has is None:
        return None
    span = (has.start(), to.span.end - node.span.start)
    figure = text[has.end() : to.span.start - node.span.start].strip()
    new = f"may {to.terms.items[0].text} within {figure}"
    return Repair(
        "other-wording", f"“{' '.join(text[slice(*span)].split())}” says what may be done, and until when.",
        f"Write {new}.", span, span, new, tail="(or must, if it is a duty)",
    )  # fmt: skip


def done(text: str, node: t.Sentence, words: Collection[str]) -> Repair | None:
    """``complaints are acknowledged within 5 working days``: who does it, and is it a duty?"""
    if node.form != "copula" or node.objects is None or len(node.objects.items) != 1 or node.objects.mark is not None:
        return None
    said = node.objects.items[0]
    if said.quoted or said.text in words:
        return None
    from policylang.language.mistakes.verbs import stem  # only where a word is not known

    verb = stem(said.text, words)
    if verb == said.text or verb not in words or node.subject is None:
        return None
    if node.subject.actors is None:
        return None
    first, last = node.subject.actors.span.start - node.span.start, said.span.end - node.span.start
    what = text[first : node.subject.actors.span.end - node.span.start]
    modal = "must not" if node.negated else "must"
    return Repair(
        "passive-voice", f"“{' '.join(text[first:last].split())}” does not say who does it, nor whether it is a duty.",
        f"Write {modal} {verb} and then what is {said.text}.", (first, last), (first, last), f"{modal} {verb} {what}",
        tail="(or will, should, may, aims to, as the document says)",
    )  # fmt: skip
