"""
## What it means

A departure from the Code was accepted until some day, and that day has passed.

## Why it matters

The Code asks for the date on which a landlord will comply. Past it, the departure is a breach with a paper trail.

## What to do

Change the policy, or have the deviation renewed with a new date and plan by whoever may approve it.

## Example

```
deviation from HO24-6.3 because "new system" approved by "Board"
  from 2024-04-01 until 2024-09-30 plan "go live in July".
```
"""

from __future__ import annotations

from collections.abc import Iterator

from policylang.checker.lint._rule import Context, Fault
from policylang.findings.finding import Severity
from policylang.model.document import Document

CODE = "PL120"
SEVERITY = Severity.ERROR


def find(policy: Document, context: Context) -> Iterator[Fault]:
    for deviation in policy.deviations:
        if deviation.last < context.today:
            yield Fault(
                f"The deviation from {deviation.provision} was accepted until {deviation.last.isoformat()}; that has "
                "passed.",
                deviation.span, "Comply, or have it renewed with a new date and plan.", (),
                f"complies by {deviation.last.isoformat()}", f"read on {context.today.isoformat()}",
            )  # fmt: skip
