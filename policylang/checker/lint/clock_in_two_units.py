"""
## What it means

One clock runs in two units: the time in working days and its extension in days, say, or its longest time in calendar
days.

## Why it matters

Ten working days and ten more days are not twenty working days, and nobody can say from the text by when the answer is
due. Over Christmas the difference is a week.

## What to do

Give the time, its extension and the longest time in the same unit.

## Example

```
will respond within 15 working days of receipt [5.3].
may extend response up to 30 calendar days in all [5.3].
```

Better:

```
will respond within 10 working days of acknowledgement [5.3].
may extend response by up to 10 working days giving reasons, new-date [5.3].
```
"""

from __future__ import annotations

from collections.abc import Iterator

from policylang.checker.lint._rule import Context, Fault, at_stage, cited
from policylang.findings.finding import Severity
from policylang.model.document import Document
from policylang.model.duration import Duration
from policylang.model.norms import Norm

CODE = "PL136"
SEVERITY = Severity.WARNING


def find(policy: Document, context: Context) -> Iterator[Fault]:
    seen: set[tuple[object, ...]] = set()
    for norm in policy.norms:
        if norm.action != "extend" or norm.extent is None:
            continue
        for base in _bases(policy, norm):
            within = base.within
            limits = [limit for limit in (norm.extent.limit, norm.extent.total) if limit is not None]
            for limit in limits if within else ():
                key = (norm.stage, base.action, limit, within and within.duration.unit, norm.clauses)
                if within and not _same_unit(within.duration, limit) and key not in seen:
                    seen.add(key)
                    yield Fault(
                        f"“{base.action}”{at_stage(base)} has {within.duration} ({cited(base.clauses)}), and its "
                        f"extension is counted in {limit.unit.value}: {limit} ({cited(norm.clauses)}).",
                        norm.span, f"Give both in {within.duration.unit.value}.",
                        tuple(dict.fromkeys(base.clauses + norm.clauses)), related=(base.span,),
                    )  # fmt: skip


def _bases(policy: Document, extension: Norm) -> list[Norm]:
    """The first timed sentence about what is extended, at its stage."""
    wanted = {"respond": "response", "acknowledge": "acknowledgement"}
    found = [
        n
        for n in policy.norms
        if n.within
        and wanted.get(n.action) in extension.objects.words
        and n.stage == extension.stage
        and (n.reading is None or n.reading == extension.reading)
        and (n.standing is None or n.standing == extension.standing)
        and not n.when("unless")
    ]
    own = [n for n in found if n.standing == extension.standing]
    return (own or found)[:1]


def _same_unit(one: Duration, other: Duration) -> bool:
    return one.unit is other.unit or one.placeholder is not None or other.placeholder is not None
