"""
## What it means

A passage can be read in more than one way, and the policy file writes out each reading.

## Why it matters

Staff and residents will read it differently, and each reading may come to another verdict. What is meant should not
have to be argued about when a complaint is late.

## What to do

Decide which reading is meant, and rewrite the passage so that it can be read in no other way.

## Example

```
reading "may not: the complaint is barred" [5.4]:
  will refuse complaint when insurance-claim-started [5.4].
reading "may not: left to discretion" [5.4]:
  may refuse complaint when insurance-claim-started [5.4].
```
"""

from __future__ import annotations

from collections.abc import Iterator

from policylang.checker.lint._rule import Context, Fault, cited
from policylang.findings.finding import Severity
from policylang.model.document import Document, ReadingDecl

CODE = "PL144"
SEVERITY = Severity.WARNING


def find(policy: Document, context: Context) -> Iterator[Fault]:
    groups: dict[int, list[ReadingDecl]] = {}
    for reading in policy.readings:
        groups.setdefault(reading.group, []).append(reading)
    for group in groups.values():
        if len(group) < 2:
            continue
        clauses = tuple(dict.fromkeys(label for reading in group for label in reading.clauses))
        names = [f"“{reading.name}”" for reading in group]
        yield Fault(
            f"{cited(clauses)} can be read in {len(group)} ways: {', '.join(names[:-1])}, or {names[-1]}.",
            group[0].span, "Decide which is meant, and rewrite the passage so that it says only that.", clauses,
            related=tuple(reading.span for reading in group[1:]),
        )  # fmt: skip
