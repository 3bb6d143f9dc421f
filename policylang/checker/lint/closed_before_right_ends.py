"""
## What it means

Silence closes the complaint while the resident may still ask for the next stage.

## Why it matters

A right that the landlord can end by closing the case is no right. Residents who take the time they were given are told
that they are too late.

## What to do

Close on silence only after the time for the next stage has run out.

## Example

```
resident may escalate within 20 working days of response [7.6.1].
complaint closes when no-contact in the 14 working days after response [11.1].
```
"""

from __future__ import annotations

from collections.abc import Iterator

from policylang.checker.lint._rule import Context, Fault, cited
from policylang.findings.finding import Severity
from policylang.model.conditions import InTime, atoms
from policylang.model.document import Document
from policylang.model.duration import Duration
from policylang.model.norms import Norm

CODE = "PL140"
SEVERITY = Severity.WARNING


def find(policy: Document, context: Context) -> Iterator[Fault]:
    rights = [n for n in policy.norms if n.action == "escalate" and n.standing is None and not n.negated]
    for norm in policy.norms:
        if norm.action != "close" or norm.standing is not None:
            continue
        for silence in (a for c in norm.conditions for a in atoms(c.condition) if isinstance(a, InTime)):
            for right in rights:
                window = right.within.duration if right.within else None
                if silence.word == "no-contact" and silence.event == "response" and _shorter(silence.duration, window):
                    yield _fault(norm, silence, right, window)
                    break


def _shorter(silence: Duration, window: Duration | None) -> bool:
    """Whether the silence surely ends before the right does. Lengths in different units are not compared."""
    if window is None:
        return True
    both = silence.n is not None and window.n is not None and silence.unit is window.unit
    return both and (silence.n or 0) < (window.n or 0)


def _fault(norm: Norm, silence: InTime, right: Norm, window: Duration | None) -> Fault:
    has = (
        f"has {window} to ask for the next stage" if window else "may ask for the next stage without any limit of time"
    )
    until = f"{window} after the answer" if window else "the time that the policy should then give for the next stage"
    return Fault(
        f"After {silence.duration} without a word the complaint is closed, while the resident {has} "
        f"({cited(right.clauses)}).",
        norm.span, f"Close on silence only after {until}.", norm.clauses, related=(right.span,),
    )  # fmt: skip
