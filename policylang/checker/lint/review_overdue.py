"""
## What it means

The day by which the policy was to be reviewed has passed.

## Why it matters

Law, the Code and addresses change between reviews. A Board that approves or relies on a policy past its date has to
say why.

## What to do

Review it, and record the new dates: `reviewed 2026-09.` and `next review by 2029-09.`

## Example

```
next review no later than 2024-04 [header].
```

read in 2026.
"""

from __future__ import annotations

from collections.abc import Iterator

from policylang.checker.lint._rule import Context, Fault
from policylang.findings.finding import Severity
from policylang.model.document import Document

CODE = "PL110"
SEVERITY = Severity.WARNING


def find(policy: Document, context: Context) -> Iterator[Fault]:
    due = [d for d in policy.dates if d.role == "next review" and d.span is not None]
    if not due:
        return
    latest = max(due, key=lambda d: d.when.latest)
    if latest.when.latest < context.today and latest.span is not None:
        late = (context.today - latest.when.latest).days
        yield Fault(
            f"The next review was due by {latest.when.text}; that passed {late:,} day{'' if late == 1 else 's'} ago.",
            latest.span,
            "Review the policy and record the new dates.",
            latest.clauses,
            f"reviewed by {latest.when.latest.isoformat()}",
            f"read on {context.today.isoformat()}",
        )
