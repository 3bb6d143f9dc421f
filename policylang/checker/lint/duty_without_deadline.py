"""
## What it means

A step that the process waits for has no time: an acknowledgement, a response, a logging, or a step that the
document itself leaves without one.

## Why it matters

Nobody can be late for it, so nobody can be held to it; and whatever starts from it has no time either.

## What to do

Give it a time and the event it counts from.

## Example

```
stage 2 "Stage 2":
  will set-out complaint-definition with no deadline [3.10].
```

Better:

```
stage 2 "Stage 2":
  will set-out complaint-definition within 5 working days of escalation [3.10].
```
"""

from __future__ import annotations

from collections.abc import Iterator

from policylang.checker.lint._rule import Context, Fault, at_stage
from policylang.findings.finding import Severity
from policylang.model.document import Document
from policylang.model.norms import Kind

CODE = "PL107"
SEVERITY = Severity.WARNING
TIMED_EVENTS = {"acknowledgement", "response", "logging"}


def find(policy: Document, context: Context) -> Iterator[Fault]:
    timed = {(n.stage, n.action) for n in policy.norms if n.within or n.borrowed}
    seen = set()
    read: set[tuple[int | None, tuple[str, ...]]] = set()
    for norm in policy.norms:
        if norm.kind is not Kind.DUTY or norm.within or norm.borrowed or norm.span in seen:
            continue
        if norm.reading is not None and (norm.stage, norm.clauses) in read:
            continue  # one sentence of the document, read another way
        entry = context.words.find(norm.action, ("actions",))
        waited_for = (
            entry is not None
            and entry.event in TIMED_EVENTS
            and norm.stage is not None
            and (norm.stage, norm.action) not in timed
            and not norm.conditions
        )
        if norm.no_deadline or waited_for:
            seen.add(norm.span)
            read.add((norm.stage, norm.clauses))
            yield Fault(
                f"“{norm.action}”{at_stage(norm)} has no deadline.",
                norm.span,
                "Say by when, and counted from what, as in: within 5 working days of receipt.",
                norm.clauses,
            )
