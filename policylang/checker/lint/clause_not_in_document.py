"""
## What it means

A sentence of the policy file says that it encodes a clause which the document does not have.

## Why it matters

The clause in brackets is the evidence. If nobody can find it, the finding or the self-assessment that cites it
cannot be defended.

## What to do

Correct the label, or add it to the list of clauses (`clauses [ … ].`) exactly as it is printed.

## Example

```
clauses [3.1 to 3.9].
will acknowledge within 5 working days of receipt [3.20].
```
"""

from __future__ import annotations

from collections.abc import Iterator

from policylang.checker.lint._rule import Context, Fault
from policylang.findings.finding import Severity
from policylang.findings.nearest import did_you_mean
from policylang.language.tree import Frame
from policylang.model.document import Document

CODE = "PL104"
SEVERITY = Severity.WARNING


def find(policy: Document, context: Context) -> Iterator[Fault]:
    if context.labels is None or policy.tree is None:
        return
    known = {label.casefold() for label in context.labels}
    for node in policy.tree.nodes:
        if node.clauses is None or (isinstance(node, Frame) and node.kind == "clause_labels"):
            continue
        for label in node.clauses.labels:
            if label.casefold() not in known:
                yield Fault(
                    f"This cites clause {label}, which the document does not have.",
                    node.clauses.span,
                    did_you_mean(label, context.labels, what="clauses"),
                    found=label,
                )
