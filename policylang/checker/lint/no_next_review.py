"""
## What it means

The document says when it came into force, was approved or was last reviewed, and neither when it is to be reviewed
next nor how often.

## Why it matters

Nobody notices that a policy is out of date if it never falls due. The Code, the law and the Ombudsman's address have
all changed since many policies were last looked at.

## What to do

Give the day, or the rule by which it comes: `next review by 2029-09.` or `will review complaints-policy every 3 years.`

## Example

```
in force from 2022-09 [version table].
```

and no word on a review.
"""

from __future__ import annotations

from collections.abc import Iterator

from policylang.checker.lint._rule import Context, Fault
from policylang.findings.finding import Severity
from policylang.model.document import Document

CODE = "PL146"
SEVERITY = Severity.NOTE
REVIEWED = frozenset(["complaints-policy", "complaints-process", "policies", "procedure", "process"])
"""What is reviewed where the document itself is meant."""


def find(policy: Document, context: Context) -> Iterator[Fault]:
    dated = [d for d in policy.dates if d.span is not None]
    if not dated or any(d.role == "next review" for d in dated):
        return
    cycles = (n for n in policy.norms if n.action == "review" and n.every is not None)
    if any(REVIEWED.intersection(n.objects.words) for n in cycles):
        return
    latest = max(dated, key=lambda d: d.when.latest)
    if latest.span is not None:
        yield Fault(
            f"The last date on the document is {latest.when.text} ({latest.role}), and nothing says when it is reviewed"
            " next.",
            latest.span,
            "Give the day: next review by 2029-09; or how often: will review complaints-policy every 3 years.",
            latest.clauses,
        )
