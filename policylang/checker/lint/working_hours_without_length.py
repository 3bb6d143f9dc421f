"""
## What it means

A time is given in working hours, and nothing says how many hours a working day has.

## Why it matters

Forty-eight working hours are two days to somebody who thinks of the clock, and nearly seven working days to somebody
who counts seven hours a day. The two are a week and more apart.

## What to do

Give the time in working days.

## Example

```
will acknowledge within 48 working hours of receipt [10].
```

Better:

```
will acknowledge within 2 working days of receipt [10].
```
"""

from __future__ import annotations

from collections.abc import Iterator

from policylang.checker.lint._rule import Context, Fault
from policylang.checker.lint.bare_days import durations
from policylang.findings.finding import Severity
from policylang.model.document import Document
from policylang.model.duration import Unit

CODE = "PL125"
SEVERITY = Severity.WARNING


def find(policy: Document, context: Context) -> Iterator[Fault]:
    if policy.hours_per_day is not None:
        return
    seen = set()
    for norm in policy.norms:
        for duration in durations(norm):
            if duration.unit is Unit.WORKING_HOURS and norm.span not in seen:
                seen.add(norm.span)
                yield Fault(
                    f"“{duration}” comes to a different day for every length of a working day, and none is stated.",
                    norm.span, "Give the time in working days.", norm.clauses,
                )  # fmt: skip
