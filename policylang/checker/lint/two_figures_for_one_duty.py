"""
## What it means

Two sentences give different times for the same step: the same stage, the same action, but another figure, another
unit, or another start for the clock.

## Why it matters

Staff follow the one they read first and residents rely on the one that suits them. An auditor has to choose, and
whoever loses will say that the other was the rule. Twenty-one days after a letter arrives and three weeks after its
date are not the same day.

## What to do

Decide which figure is meant, say it once, and let every other place refer to it.

## Example

```
resident may escalate within 21 days of response-received [3.8].
resident may escalate within 3 weeks of response-dated [3.8].
```

Better:

```
resident may escalate within 20 working days of response [3.8].
```
"""

from __future__ import annotations

from collections.abc import Iterator

from policylang.checker.lint._rule import Context, Fault, at_stage, cited, pairs
from policylang.findings.finding import Severity
from policylang.model import say
from policylang.model.document import Document
from policylang.model.norms import Norm

CODE = "PL101"
SEVERITY = Severity.WARNING


def find(policy: Document, context: Context) -> Iterator[Fault]:
    timed = [norm for norm in policy.norms if norm.within is not None and not norm.waits]
    for first, second in pairs(timed):
        a, b = first.within, second.within
        if a is None or b is None or (a.duration, a.start) == (b.duration, b.start):
            continue
        if a.duration == b.duration and not (a.start.stated and b.start.stated):
            continue  # the missing start is a finding of its own
        if first.conditions != second.conditions and first.conditions and second.conditions:
            continue  # different cases may well have different times
        if any(_longest(policy, norm) for norm in (first, second)):
            continue  # the time and, beside it, the longest time with its extension: two duties, not one
        one, other = (f"{w.duration} of {say.event(w.start)}" for w in (a, b))
        yield Fault(
            f"“{second.action}”{at_stage(second)} has two times: {one} in {cited(first.clauses)}, and {other} in "
            f"{cited(second.clauses)}.",
            second.span,
            "Choose one figure, say it once, and refer to it elsewhere.",
            tuple(dict.fromkeys(first.clauses + second.clauses)),
            one,
            other,
            related=(first.span,),
        )


def _longest(policy: Document, norm: Norm) -> bool:
    """Whether a sentence states the longest time that an extension of the same step may come to."""
    wanted = {"respond": "response", "acknowledge": "acknowledgement"}.get(norm.action)
    return norm.within is not None and any(
        n.extent is not None and n.extent.total == norm.within.duration and n.stage == norm.stage
        for n in policy.norms
        if n.action == "extend" and wanted in n.objects.words
    )
