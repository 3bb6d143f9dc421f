"""
## What it means

More time needs the resident's agreement, and nothing says what happens if the resident does not agree.

## Why it matters

Without agreement the case stands still, or is answered late all the same. Earlier editions of the Code wanted the
Ombudsman's details to be given at that point, so that the resident could challenge the plan; the 2024 Code asks for
them with every extension (6.5, 6.16).

## What to do

Say what follows, such as: must give ombudsman-contact when extension-not-agreed.

## Example

```
will agree extension with resident when extended-further [5.2.2].
```
"""

from __future__ import annotations

from collections.abc import Iterator

from policylang.checker.lint._rule import Context, Fault, at_stage
from policylang.findings.finding import Severity
from policylang.model.conditions import Holds, InTime, atoms
from policylang.model.document import Document
from policylang.model.norms import Norm

CODE = "PL137"
SEVERITY = Severity.WARNING
AGREED = {"resident-agrees", "later-date-agreed"}
NOT_AGREED = "extension-not-agreed"


def find(policy: Document, context: Context) -> Iterator[Fault]:
    body = [norm for norm in policy.norms if norm.standing is None]
    done: set[int | None] = set()
    for norm in body:
        if norm.stage in done or not needs_agreement(norm):
            continue
        same = [n for n in body if n.stage in (norm.stage, None)]
        if any(NOT_AGREED in words(n) or _fallback(n) for n in same):
            continue
        done.add(norm.stage)
        yield Fault(
            f"More time{at_stage(norm)} needs the resident's agreement, and nothing says what follows without it.",
            norm.span, "Say what does, such as: must give ombudsman-contact when extension-not-agreed.", norm.clauses,
        )  # fmt: skip


def needs_agreement(norm: Norm) -> bool:
    """Whether the sentence makes an extension depend on the resident."""
    asked = norm.action == "agree" and {"extension", "new-date"} & set(norm.objects.words)
    return bool(asked) or (norm.action == "extend" and bool(words(norm) & AGREED))


def words(norm: Norm) -> set[str]:
    """The words of a sentence's conditions."""
    found = (atom for clause in norm.conditions for atom in atoms(clause.condition))
    return {atom.word for atom in found if isinstance(atom, Holds | InTime)}


def _fallback(norm: Norm) -> bool:
    """``will respond within 30 calendar days … unless later-date-agreed``: without agreement that time stands."""
    unless = (a for c in norm.when("unless") for a in atoms(c))
    return norm.within is not None and any(isinstance(a, Holds) and a.word in AGREED for a in unless)
