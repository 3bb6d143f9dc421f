"""
## What it means

A step that residents wait for is nobody's: no sentence names who answers at a stage, or who sees to it that what was
promised is done.

## Why it matters

A step that belongs to everybody is done by nobody, and when it is missed there is nobody to ask. Promised repairs that
nobody tracks are among the commonest findings of the Ombudsman.

## What to do

Name the post or the team.

## Example

```
will track outstanding-actions giving updates [3.6].
```

Better:

```
complaints-officer will track outstanding-actions giving updates [3.6].
```
"""

from __future__ import annotations

from collections.abc import Iterator

from policylang.checker.lint._rule import Context, Fault, cited
from policylang.findings.finding import Severity
from policylang.model.document import Document
from policylang.model.norms import Kind, Norm

CODE = "PL126"
SEVERITY = Severity.NOTE
PROMISED = {"outstanding-actions", "agreed-actions", "actions-log"}
SEEN_TO = {"track", "complete", "monitor", "oversee", "answer-for", "ensure", "record", "deliver"}
HANDLED = {"respond", "investigate", "review", "handle", "answer-for", "manage", "settle"}


def find(policy: Document, context: Context) -> Iterator[Fault]:
    norms = [n for n in policy.norms if n.standing is None or n.standing.of is None]
    yield from _promised(norms)
    yield from _answers(norms)


def owned(norm: Norm) -> bool:
    """Whether a sentence names who does it: somebody of the landlord's, not the landlord as such."""
    named = {*norm.actors.words, *norm.listed("by").words} - {"organisation", "response", "complaint", "process"}
    return bool(named or norm.actors.texts or norm.listed("by").texts)


def _answers_for_all(norm: Norm) -> bool:
    """Whether somebody is responsible for the handling of complaints as a whole."""
    return norm.action == "answer-for" and "complaint-handling" in norm.objects.words and owned(norm)


def _promised(norms: list[Norm]) -> Iterator[Fault]:
    about = [n for n in norms if n.kind is Kind.DUTY and PROMISED & set(n.objects.words) and n.action in SEEN_TO]
    if not about or any(owned(n) for n in about) or any(_answers_for_all(n) for n in norms):
        return
    first, *rest = {n.span: n for n in about}.values()
    clauses = tuple(dict.fromkeys(label for n in about for label in n.clauses))
    yield Fault(
        f"No sentence names who sees to it that promised actions are done ({cited(clauses)}).",
        first.span, "Name the post or the team that does.", clauses, related=tuple(n.span for n in rest),
    )  # fmt: skip


def _answers(norms: list[Norm]) -> Iterator[Fault]:
    for norm in norms:
        if norm.kind is not Kind.DUTY or norm.action != "respond" or norm.stage is None or norm.standing is not None:
            continue
        held = [n for n in norms if n.stage in (norm.stage, None)]
        if any(n.action in HANDLED and owned(n) for n in held) or any("responder" in n.actors.words for n in held):
            continue
        yield Fault(
            f"No sentence names who answers at stage {norm.stage}.", norm.span, "Name the post or the team that does.",
            norm.clauses,
        )  # fmt: skip
        return
