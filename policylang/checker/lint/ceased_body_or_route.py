"""
## What it means

The policy names a body, a route, a law or a standard that no longer exists, or that went by this name only until
some day.

## Why it matters

Residents are sent to somebody who cannot help, and may lose time they have to go to the Ombudsman.

## What to do

Take it out, or put what replaced it; the message says what, where it is known.

## Example

```
resident may refer complaint to designated-person [9.2].
```

The designated person's part in complaints ended on 1 October 2022: residents go straight to the Ombudsman.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from policylang.checker.lint._rule import Context, Fault
from policylang.findings.finding import Severity
from policylang.language.tree import Span
from policylang.model.document import Document

CODE = "PL111"
SEVERITY = Severity.WARNING
KINDS = ("bodies", "references", "roles", "conditions", "channels", "items")


def named(policy: Document) -> Iterator[tuple[str, Span, tuple[str, ...]]]:
    """Every word of the policy, with its sentence."""
    for norm in policy.norms:
        words = [*norm.actors.words, *norm.objects.words]
        for listed in norm.lists.values():
            words += listed.words
        yield from ((word, norm.span, norm.clauses) for word in words)
    for reference in policy.references:
        yield from ((word, reference.span, reference.clauses) for word in reference.words)


def find(policy: Document, context: Context) -> Iterator[Fault]:
    seen: set[tuple[str, object]] = set()
    for word, span, clauses in named(policy):
        entry = context.words.find(word, KINDS)
        if entry is None or entry.good_until is None or (word, clauses or span) in seen:
            continue
        ended = date.fromisoformat(entry.good_until)
        if ended < context.today:
            seen.add((word, clauses or span))
            yield Fault(
                f"“{entry.label}” ended on {ended.day} {ended:%B %Y}.",
                span,
                f"Use instead: {entry.instead}." if entry.instead else "Take it out.",
                clauses,
                rests_on=entry.meaning,
            )
