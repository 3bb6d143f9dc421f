"""
## What it means

One sentence says that a complaint is refused, another that it is dealt with, and there are cases in which both apply.

## Why it matters

Whoever handles such a case breaks one of the two. Residents and the Ombudsman will hold the landlord to the one that
suits the resident.

## What to do

Make one the exception of the other: will refuse complaint when … unless ….

## Example

```
will refuse complaint when unacceptable-behaviour [3.2].
will handle complaint when unacceptable-behaviour and where-possible [4.6].
```
"""

from __future__ import annotations

from collections.abc import Iterator

from policylang.checker import logic
from policylang.checker.lint._rule import Context, Fault, cited, known
from policylang.checker.lint._sides import barred, together, took_on
from policylang.findings.finding import Severity
from policylang.model.document import Document
from policylang.model.norms import Kind

CODE = "PL131"
SEVERITY = Severity.WARNING


def find(policy: Document, context: Context) -> Iterator[Fault]:
    bars = [n for n in policy.norms if barred(n) and n.kind is not Kind.PERMISSION and n.force.binds]
    duties = [n for n in policy.norms if took_on(n) and n.kind is Kind.DUTY and n.force.binds and n.conditions]
    for bar in bars:
        ground = logic.both(*bar.when("when"))
        for duty in duties if ground is not None else ():
            other = logic.guard(duty)
            # Only where the one is about the other's very ground: any two conditions can hold at once by chance.
            if not together(bar, duty) or not logic.implies(other, ground, known(context.words)):
                continue
            both = logic.both(logic.guard(bar), other)
            if logic.possible(both, known(context.words), otherwise=False):
                yield Fault(
                    f"{cited(bar.clauses)} refuses what {cited(duty.clauses)} says is dealt with, in cases to which "
                    "both apply.",
                    duty.span, "Make one the exception of the other: … unless ….",
                    tuple(dict.fromkeys(bar.clauses + duty.clauses)), related=(bar.span,),
                )  # fmt: skip
