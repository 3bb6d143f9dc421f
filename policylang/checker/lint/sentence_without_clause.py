"""
## What it means

A sentence does not say which clause of the document it encodes.

## Why it matters

A verdict that rests on it cannot be traced to anything the landlord published.

## What to do

Add the clause in brackets before the full stop, as printed: `[3.2]`.

## Example

```
must acknowledge within 5 working days of receipt.
```

Better:

```
must acknowledge within 5 working days of receipt [3.2].
```
"""

from __future__ import annotations

from collections.abc import Iterator

from policylang.checker.lint._rule import Context, Fault
from policylang.findings.finding import Severity
from policylang.model.document import Document

CODE = "PL105"
SEVERITY = Severity.NOTE


def find(policy: Document, context: Context) -> Iterator[Fault]:
    seen = set()
    for norm in policy.norms:
        if not norm.clauses and norm.span not in seen:
            seen.add(norm.span)
            yield Fault(
                "This sentence cites no clause of the document.", norm.span,
                "Add the clause in brackets before the full stop, such as [3.2].",
            )  # fmt: skip
