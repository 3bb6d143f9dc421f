"""
## What it means

A complaint can be closed as soon as the answer is sent or nothing is heard, whether or not what was promised is done.

## Why it matters

A closed case drops out of sight. Repairs and payments that were promised are then followed by nobody, and the resident
has to complain again.

## What to do

Close when the promised actions are done as well; or say that they are tracked until they are.

## Example

```
complaint closes when final-response-sent [5.5].
```

Better:

```
complaint closes when final-response-sent and agreed-actions-done [5.5].
```
"""

from __future__ import annotations

from collections.abc import Iterator

from policylang.checker.lint._rule import Context, Fault, ways
from policylang.findings.finding import Severity
from policylang.model.conditions import Condition, Holds, InTime, atoms
from policylang.model.document import Document
from policylang.model.say import condition as said

CODE = "PL128"
SEVERITY = Severity.WARNING
ANSWERED = {"final-response-sent", "no-contact"}
SETTLED = {"agreed-actions-done", "complaint-settled", "resident-accepts-outcome", "resolution-agreed"}


def find(policy: Document, context: Context) -> Iterator[Fault]:
    for norm in policy.norms:
        if norm.action != "close" or norm.standing is not None or "complaint" not in norm.objects.words:
            continue
        open_ways = [
            way for clause in norm.conditions if clause.kind == "when" for way in ways(clause.condition) if _open(way)
        ]  # fmt: skip
        if open_ways:
            shown = " or ".join(f"“{said(way)}”" for way in open_ways)
            yield Fault(
                f"The complaint is closed when {shown}, also while promised work is outstanding.",
                norm.span, f"Add: and agreed-actions-done ({said(open_ways[0])} and agreed-actions-done).",
                norm.clauses,
            )  # fmt: skip


def _open(way: Condition) -> bool:
    words = {atom.word for atom in atoms(way) if isinstance(atom, Holds | InTime)}
    return bool(words & ANSWERED) and not words & SETTLED
