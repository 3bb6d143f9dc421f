"""
## What it means

The document gives dates about itself that cannot all be right: the same date twice with different values, or an
approval after the day it came into force, or a next review before the last.

## Why it matters

Which version was in force decides which rules judge a case. If the document does not know, an auditor cannot.

## What to do

Find out which date is right and correct the other in the document.

## Example

```
in force from 2022-09 [version table].
approved 2021-06 [closing line].
version "12" 2022-09 "Reviewed after the Code was revised".
```

Version 12 of September 2022 cannot have been approved in June 2021.
"""

from __future__ import annotations

from collections.abc import Iterator

from policylang.checker.lint._rule import Context, Fault
from policylang.findings.finding import Severity
from policylang.model.document import DatedRole, Document

CODE = "PL114"
SEVERITY = Severity.WARNING


def find(policy: Document, context: Context) -> Iterator[Fault]:
    seen: dict[str, DatedRole] = {}
    for dated in policy.dates:
        first = seen.setdefault(dated.role, dated)
        if first is not dated and dated.span and not _overlap(first, dated):
            yield Fault(
                f"The document says “{dated.role}” twice: {first.when.text} and {dated.when.text}.",
                dated.span, "Keep the date that is right.", (*first.clauses, *dated.clauses),
            )  # fmt: skip
    current = next((row for row in policy.history if row.label == policy.version and row.when), None)
    for role in ("approved", "adopted"):
        made = seen.get(role)
        if made and made.span and current and current.when and made.when.latest < current.when.earliest:
            yield Fault(
                f"Version {policy.version} is dated {current.when.text}, yet the document says it was {role} earlier, "
                f"in {made.when.text}.",
                made.span, "Find out which date is right, and correct the other.", made.clauses,
                current.when.text, made.when.text,
            )  # fmt: skip
    start, review = seen.get("in force"), seen.get("next review")
    if start and review and review.span and review.when.latest < start.when.earliest:
        yield Fault(
            f"The next review ({review.when.text}) falls before the policy comes into force ({start.when.text}).",
            review.span, "Correct one of the two dates.", review.clauses,
        )  # fmt: skip


def _overlap(one: DatedRole, other: DatedRole) -> bool:
    return one.when.earliest <= other.when.latest and other.when.earliest <= one.when.latest
