"""
## What it means

One sentence promises a step and another only aims at it.

## Why it matters

A resident can hold the landlord to the promise; the landlord will point to the aim. The Code's times are
obligations, so the aim is the sentence that has to go.

## What to do

Say it once, with *must* or *will*.

## Example

```
will acknowledge within 5 working days of receipt [3.1].
aims to acknowledge within 5 working days of receipt [5.1].
```
"""

from __future__ import annotations

from collections.abc import Iterator

from policylang.checker.lint._rule import Context, Fault, at_stage, cited, pairs
from policylang.findings.finding import Severity
from policylang.model.document import Document
from policylang.model.norms import Force, Kind

CODE = "PL102"
SEVERITY = Severity.WARNING


def find(policy: Document, context: Context) -> Iterator[Fault]:
    # A checklist asks what was done, and a template is another's: neither promises.
    timed = (n for n in policy.norms if n.kind is Kind.DUTY and n.within is not None and n.standing is None)
    for first, second in pairs(timed, across=True):
        if first.force.binds == second.force.binds:
            continue
        aim = second if first.force.binds else first
        promise = first if first.force.binds else second
        if Force.MAY in (aim.force, promise.force):
            continue
        yield Fault(
            f"“{aim.action}”{at_stage(aim)} is promised in {cited(promise.clauses)} and only aimed at in "
            f"{cited(aim.clauses)}.",
            aim.span,
            "Keep the promise and take the aim out, or make both say must or will.",
            tuple(dict.fromkeys(promise.clauses + aim.clauses)),
            related=(promise.span,),
        )
