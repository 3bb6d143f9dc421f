"""
## What it means

The policy names a law by a name that no law has.

## Why it matters

A reader cannot look it up, and wonders what else was not checked.

## What to do

Use the name in the message.

## Example

```
refers to general-data-protection-act-2018 [16.7].
```

Better:

```
refers to data-protection-act-2018 [16.7].
```
"""

from __future__ import annotations

from collections.abc import Iterator

from policylang.checker.lint._rule import Context, Fault
from policylang.checker.lint.ceased_body_or_route import named
from policylang.findings.finding import Severity
from policylang.model.document import Document

CODE = "PL122"
SEVERITY = Severity.WARNING


def find(policy: Document, context: Context) -> Iterator[Fault]:
    seen = set()
    for word, span, clauses in named(policy):
        entry = context.words.find(word, ("references",))
        # A law with a successor and no end was never in force under this name.
        if entry is None or entry.instead is None or entry.good_until is not None or (word, span) in seen:
            continue
        seen.add((word, span))
        right = context.words.find(entry.instead, ("references", "bodies"))
        yield Fault(
            f"There is no “{entry.label}”.",
            span,
            f"The law meant is the {right.label if right else entry.instead} ({entry.instead}).",
            clauses,
            rests_on=entry.meaning,
        )
