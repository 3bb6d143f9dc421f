"""
## What it means

The number of stages that the policy announces is not the number it describes, or a stage is missing between two
others.

## Why it matters

Residents cannot tell how many times they will have to ask. The 2024 Code allows exactly two stages (5.3).

## What to do

Make the sentence and the headings agree.

## Example

```
process has 2 stages [3].
stage 1 "Stage 1":
stage 2 "Stage 2":
stage 3 "Panel":
```
"""

from __future__ import annotations

from collections.abc import Iterator

from policylang.checker.lint._rule import Context, Fault
from policylang.findings.finding import Severity
from policylang.model.document import Document
from policylang.model.norms import Kind

CODE = "PL118"
SEVERITY = Severity.WARNING


def find(policy: Document, context: Context) -> Iterator[Fault]:
    headed = sorted({s.number for s in policy.stages if s.number > 0 and s.reading is None})
    missing = [n for n in range(1, max(headed, default=0)) if n not in headed]
    for number in missing:
        after = next(s for s in policy.stages if s.number > number)
        yield Fault(
            f"There is a stage {after.number} and no stage {number}.", after.span,
            f"Describe stage {number}, or number the stages without a gap.", after.clauses,
        )  # fmt: skip
    for norm in policy.norms:
        # A reading may well count otherwise: that is what makes the text open.
        counted = (
            norm.reading is None
            and norm.kind is Kind.STRUCTURE
            and {"stage", "stages"} & set(norm.objects.words)
            and norm.count is not None
        )
        if counted and headed and norm.amount in (None, "exactly") and norm.count != len(headed):
            yield Fault(
                f"The policy announces {norm.count} stages and describes {len(headed)}.", norm.span,
                "Make the sentence and the headings agree.", norm.clauses, str(norm.count), str(len(headed)),
            )  # fmt: skip
