"""
## What it means

The time a resident has to ask for the next stage counts from something earlier than the answer, and can run out
before the answer comes.

## Why it matters

A right that ends before there is anything to object to is no right. Under the 2024 Code a resident who is
dissatisfied must be let through to stage 2 (6.10).

## What to do

Count the window from the answer, or have none.

## Example

```
stage 1 "Stage 1":
  will respond within 10 working days of receipt [3.3].
stage 2 "Stage 2":
  resident may escalate within 10 working days of stage 1 receipt [3.8].
```
"""

from __future__ import annotations

from collections.abc import Iterator

from policylang.checker.lint._rule import Context, Fault
from policylang.findings.finding import Severity
from policylang.model.document import Document

CODE = "PL113"
SEVERITY = Severity.WARNING
BEFORE_THE_ANSWER = {"receipt", "logging", "acknowledgement", "issue-occurred", "issue-known"}


def find(policy: Document, context: Context) -> Iterator[Fault]:
    for norm in policy.norms:
        within = norm.within
        if norm.action == "escalate" and within is not None and within.start.word in BEFORE_THE_ANSWER:
            yield Fault(
                f"The resident has {within.duration} of the {within.start.word} to ask for the next stage; that can "
                "run out before the answer comes.",
                norm.span,
                f"Count from the answer: within {within.duration} of response.",
                norm.clauses,
            )
