"""
## What it means

The policy makes residents wait before they may go to the Housing Ombudsman.

## Why it matters

Until 30 September 2022 a tenant had to wait eight weeks or go through a designated person. That rule ended on 1
October 2022: once the landlord has given its final answer, the resident may go to the Ombudsman at once.

## What to do

Take the wait out, and say that residents may go to the Ombudsman as soon as they have the final response, and for
advice at any time.

## Example

```
resident may refer complaint to housing-ombudsman after 8 weeks of response-received [9.1].
```

Better:

```
resident may refer complaint to housing-ombudsman after response [9.1].
```
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from policylang.checker.lint._rule import Context, Fault
from policylang.findings.finding import Severity
from policylang.model.document import Document

CODE = "PL112"
SEVERITY = Severity.ERROR
ENDED = date(2022, 10, 1)


def find(policy: Document, context: Context) -> Iterator[Fault]:
    if context.today < ENDED:
        return
    for norm in policy.norms:
        if "housing-ombudsman" not in (*norm.listed("to").words, *norm.objects.words):
            continue
        for wait in norm.waits:
            if wait.duration is not None and not wait.before:
                yield Fault(
                    f"Residents are made to wait {wait.duration} before the Housing Ombudsman will look at their case; "
                    "that rule ended on 1 October 2022.",
                    norm.span,
                    "Take the wait out.",
                    norm.clauses,
                    "no wait",
                    str(wait.duration),
                )
