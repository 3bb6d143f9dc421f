"""
## What it means

A time in the document is still a placeholder, such as “X days”.

## Why it matters

Nobody knows what was meant, and a letter sent from it tells the resident nothing.

## What to do

Put the figure in.

## Example

```
will respond within "X" days of receipt [11].
```
"""

from __future__ import annotations

from collections.abc import Iterator

from policylang.checker.lint._rule import Context, Fault
from policylang.checker.lint.bare_days import durations
from policylang.findings.finding import Severity
from policylang.model.document import Document

CODE = "PL115"
SEVERITY = Severity.WARNING


def find(policy: Document, context: Context) -> Iterator[Fault]:
    for norm in policy.norms:
        for duration in durations(norm):
            if duration.placeholder is not None:
                yield Fault(
                    f"“{duration}” was never filled in.", norm.span, "Put the figure in.", norm.clauses
                )  # fmt: skip
