"""
## What it means

One term is defined twice, and the definitions are not the same; or two lists of examples of it overlap and differ.

## Why it matters

Whether something is a complaint, a concern or a service request decides whether the clock starts at all.

## What to do

Define the term once.

## Example

```
concern means "a matter put right within 10 working days" [2].
concern means "any expression of dissatisfaction" [footnote].
```
"""

from __future__ import annotations

from collections.abc import Iterator

from policylang.checker.lint._rule import Context, Fault, cited
from policylang.findings.finding import Severity
from policylang.model.document import Document
from policylang.model.norms import Kind, Norm

CODE = "PL117"
SEVERITY = Severity.WARNING


def find(policy: Document, context: Context) -> Iterator[Fault]:
    seen: dict[tuple[object, ...], Norm] = {}
    lists: dict[tuple[object, ...], Norm] = {}
    for norm in policy.norms:
        if norm.kind is not Kind.DEFINITION or norm.negated:
            continue
        for term in (*norm.actors.words, *norm.actors.texts):
            if norm.objects.mark == "at least":
                first = lists.setdefault((term, norm.reading), norm)
                if first is not norm and _overlap(first, norm):
                    clauses = tuple(dict.fromkeys(first.clauses + norm.clauses))
                    yield Fault(
                        f"“{term}” has two lists of examples ({cited(clauses)}) that share some and differ in others.",
                        norm.span, "Make one list of the two.", clauses, related=(first.span,),
                    )  # fmt: skip
                continue
            first = seen.setdefault((term, norm.reading), norm)
            if first is norm or first.clauses == norm.clauses:
                continue
            if (first.objects, first.lists) != (norm.objects, norm.lists):
                yield Fault(
                    f"“{term}” is defined in {cited(first.clauses)} and again, otherwise, in {cited(norm.clauses)}.",
                    norm.span, "Define it once.", first.clauses + norm.clauses, related=(first.span,),
                )  # fmt: skip


def _overlap(one: Norm, other: Norm) -> bool:
    first, second = set(one.objects.words), set(other.objects.words)
    return bool(first & second) and first != second
