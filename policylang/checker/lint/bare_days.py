"""
## What it means

A time is given in days, and nothing says whether working days or calendar days are meant.

## Why it matters

Over a weekend, and more over Christmas and Easter, the two come to different dates. Every verdict that rests on
such a figure has to be given twice.

## What to do

Write *working days* or *calendar days*. Where the whole document means the same, say so once: `bare days mean
calendar days.`

## Example

```
resident may escalate within 21 days of response [3.8].
```

Better:

```
resident may escalate within 21 calendar days of response [3.8].
```
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from policylang.checker.lint._document import InDocument
from policylang.checker.lint._rule import Context, Fault
from policylang.findings.finding import Severity
from policylang.model.document import Document
from policylang.model.duration import Duration, Unit
from policylang.model.norms import Norm

if TYPE_CHECKING:
    from policylang.documents.clauses import Clause

CODE = "PL109"
SEVERITY = Severity.WARNING
_DAYS = re.compile(
    r"(?<![\w.])(\d{1,3}|two|three|four|five|six|seven|eight|nine|ten|fourteen|twenty(?:-one|-eight)?|thirty)"
    r"(?:\s*\([^()]{1,20}\))?\s+days?\b(?![’']?\s+(?:old|a\s+week|per\s+week|notice))",
    re.IGNORECASE,
)


def durations(norm: Norm) -> Iterator[Duration]:
    """Every length of time in a sentence that a calendar has to count."""
    if norm.within:
        yield norm.within.duration
    if norm.extent:
        yield from (d for d in (norm.extent.limit, norm.extent.total) if d)
    yield from (w.duration for w in norm.waits if w.duration)
    if norm.lasting:
        yield norm.lasting


def find(policy: Document, context: Context) -> Iterator[Fault]:
    if policy.bare_days is not None:
        return
    seen = set()
    for norm in policy.norms:
        for duration in durations(norm):
            if duration.unit is Unit.DAYS and duration.placeholder is None and norm.span not in seen:
                seen.add(norm.span)
                yield Fault(
                    f"“{duration}” may mean working days or calendar days.",
                    norm.span,
                    "Write which; or say once for the whole document: bare days mean calendar days.",
                    norm.clauses,
                )


def find_in_document(found: list[Clause]) -> Iterator[InDocument]:
    for clause in found:
        for paragraph in clause.paragraphs:
            for match in _DAYS.finditer(paragraph.text):
                yield InDocument(
                    f"“{match[0]}” may mean working days or calendar days.", "Write which.",
                    clause, paragraph, match.start(), match.end(), match[0],
                )  # fmt: skip
