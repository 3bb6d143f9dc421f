"""
## What it means

The clause numbers leave one out: 5.2 is followed by 5.5.

## Why it matters

Either a clause was lost when the document was revised, and with it whatever it promised, or a reader who looks for it
in vain will think so. References to clauses after the gap have often gone wrong too.

## What to do

Find out what the missing clause said; put it back, or number the clauses anew and correct every reference.

## Example

```
clauses [5, 5.1, 5.2, 5.5].
```
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from policylang.checker.lint._document import InDocument
from policylang.checker.lint._rule import Context, Fault
from policylang.findings.finding import Severity
from policylang.language.clauses import spread
from policylang.language.tree import Frame
from policylang.model.document import Document

if TYPE_CHECKING:
    from policylang.documents.clauses import Clause

CODE = "PL123"
SEVERITY = Severity.NOTE


def gaps(labels: list[str]) -> Iterator[tuple[str, str, list[str]]]:
    """Each clause before a gap, the one after it, and the numbers left out between them."""
    families: dict[str, list[int]] = {}
    for label in labels:
        parent, _, last = label.rpartition(".")
        if last.isdigit() and all(part.isdigit() for part in parent.split(".") if part):
            families.setdefault(parent, []).append(int(last))
    for parent, numbers in families.items():
        lead = f"{parent}." if parent else ""
        for before, after in zip(sorted(numbers), sorted(numbers)[1:], strict=False):
            if after > before + 1:
                yield f"{lead}{before}", f"{lead}{after}", [f"{lead}{n}" for n in range(before + 1, after)]


def said(before: str, after: str, missing: list[str]) -> str:
    """The gap in words."""
    names = {1: missing[0], 2: " and no ".join(missing)}.get(len(missing), f"{missing[0]} to {missing[-1]}")
    return f"Clause {after} comes next after {before}: there is no {names}."


def find(policy: Document, context: Context) -> Iterator[Fault]:
    frame = next((n for n in policy.tree.nodes if isinstance(n, Frame) and n.kind == "clause_labels"), None) if (
        policy.tree
    ) else None  # fmt: skip
    if frame is None:
        return
    for before, after, missing in gaps(list(spread(policy.clause_labels))):
        yield Fault(said(before, after, missing), frame.span, "Find what was left out, or number anew.", (after,))


def find_in_document(found: list[Clause]) -> Iterator[InDocument]:
    first = {clause.label: clause for clause in reversed(found)}
    for before, after, missing in gaps([clause.label for clause in found]):
        clause = first[after]
        yield InDocument(
            said(before, after, missing), "Find what was left out, or number anew.", clause, clause.paragraphs[0],
            0, len(clause.paragraphs[0].text),
        )  # fmt: skip
