"""
## What it means

No case can ever meet the conditions of a sentence, so that it says nothing.

## Why it matters

It reads like a promise or a rule and is neither. Mostly an exception was meant to be narrower than the rule and has
come out as wide.

## What to do

Read the conditions together, and take out the one that excludes the others.

## Example

```
may refuse complaint when issue is older than 12 months
  unless issue is older than 6 months [5.6].
```
"""

from __future__ import annotations

from collections.abc import Iterator

from policylang.checker import logic
from policylang.checker.lint._rule import Context, Fault, known
from policylang.findings.finding import Severity
from policylang.model.document import Document
from policylang.model.say import clauses

CODE = "PL132"
SEVERITY = Severity.WARNING


def find(policy: Document, context: Context) -> Iterator[Fault]:
    seen = set()
    for norm in policy.norms:
        if norm.conditions and norm.span not in seen and not logic.possible(logic.guard(norm), known(context.words)):
            seen.add(norm.span)
            yield Fault(
                f"No case can meet “{clauses(norm)}”, so that the sentence never applies.", norm.span,
                "Read the conditions together and take out the one that excludes the others.", norm.clauses,
            )  # fmt: skip
