"""
## What it means

A time is given, and not the event it counts from.

## Why it matters

Ten working days from what? From the day the complaint came in and from the day it was acknowledged are up to a week
apart, and the Code counts from the acknowledgement (6.3, 6.14).

## What to do

Name the event.

## Example

```
attempts to respond within 10 working days of start-not-stated [3.3].
```

Better:

```
will respond within 10 working days of acknowledgement [3.3].
```
"""

from __future__ import annotations

from collections.abc import Iterator

from policylang.checker.lint._rule import Context, Fault, at_stage
from policylang.findings.finding import Severity
from policylang.model.document import Document

CODE = "PL108"
SEVERITY = Severity.WARNING


def find(policy: Document, context: Context) -> Iterator[Fault]:
    seen = set()
    for norm in policy.norms:
        if norm.within is None or norm.within.start.stated or norm.within.duration.placeholder is not None:
            continue
        # One sentence of the document may stand here once for each reading of it.
        action = norm.action if norm.reading is None else None
        key = (norm.stage, action, norm.within.duration, norm.clauses or norm.span)
        if key not in seen:
            seen.add(key)
            # An acknowledgement cannot be counted from itself.
            entry = context.words.find(norm.action, ("actions",))
            own = entry.event if entry else None
            meant = {"acknowledgement": "receipt", "escalation": "response"}.get(
                own or "", "acknowledgement (or of receipt)"
            )
            yield Fault(
                f"“{norm.action}”{at_stage(norm)} has {norm.within.duration}, counted from an event that is not named.",
                norm.span,
                f"Name it: within {norm.within.duration} of {meant}.",
                norm.clauses,
            )
