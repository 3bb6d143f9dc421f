"""
## What it means

A report, a review or a check is to be made “regularly”, and nothing says how often.

## Why it matters

Nobody can show that it was done, or that it was not. The Code itself asks for regular updates (9.7) and leaves it to
the landlord to say how often.

## What to do

Say how often.

## Example

```
will report volumes to governing-body regularly [6.2].
```

Better:

```
will report volumes to governing-body every quarter [6.2].
```
"""

from __future__ import annotations

from collections.abc import Iterator

from policylang.checker.lint._rule import Context, Fault
from policylang.findings.finding import Severity
from policylang.model.document import Document
from policylang.model.norms import Kind

CODE = "PL138"
SEVERITY = Severity.NOTE
STANDING_DUTIES = {"report", "review", "monitor", "publish", "keep-informed", "track"}


def find(policy: Document, context: Context) -> Iterator[Fault]:
    seen = set()
    for norm in policy.norms:
        loose = norm.every is not None and norm.every.every is None and norm.kind is Kind.DUTY
        if not loose or norm.action not in STANDING_DUTIES or norm.span in seen or norm.every is None:
            continue
        seen.add(norm.span)
        about = norm.objects.words[:1] + norm.objects.texts[:1]
        yield Fault(
            f"“{norm.action}{f' {about[0]}' if about else ''}” is to be done {norm.every.words or 'again and again'}, "
            "and nothing says how often.",
            norm.span, "Say how often: every month, every quarter, every 10 working days.", norm.clauses,
        )  # fmt: skip
