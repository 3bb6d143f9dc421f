"""
## What it means

The last date on the document is before the Complaint Handling Code that applies now.

## Why it matters

The Code became a statutory duty on 1 April 2024, with new times and new wording. A policy that was last looked at
before then cannot have been held against it.

## What to do

Hold it against the Code in force (`policylang check`), revise it, and record the date: `reviewed 2026-09.`

## Example

```
in force from 2022-09 [version table].
```

read after 1 April 2024.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from policylang.checker.lint._rule import Context, Fault
from policylang.findings.finding import Severity
from policylang.model.document import Document

CODE = "PL134"
SEVERITY = Severity.WARNING
STATUTORY = date(2024, 4, 1)
"""The day from which the Code of 2024 applies to members of the Housing Ombudsman Scheme."""
LOOKED_AT = ("in force", "effective", "adopted", "approved", "issued", "published", "reviewed")


def find(policy: Document, context: Context) -> Iterator[Fault]:
    if context.today < STATUTORY or not policy.calendar.startswith("england") or policy.kind != "policy":
        return
    dates = [d for d in policy.dates if d.role in LOOKED_AT and d.span is not None]
    latest = max(dates, key=lambda d: d.when.latest, default=None)
    if latest is not None and latest.span is not None and latest.when.latest < STATUTORY:
        yield Fault(
            f"The last date on the document is {latest.when.text} ({latest.role}); the Complaint Handling Code that "
            "applies now is of 1 April 2024.",
            latest.span, "Hold it against that Code (policylang check), revise it, and record the date.",
            latest.clauses, "looked at since 2024-04-01", latest.when.text,
        )  # fmt: skip
