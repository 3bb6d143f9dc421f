"""
## What it means

The policy lists when something may be done, and another sentence allows it in any case of a wider kind. The list then
limits nothing.

## Why it matters

Residents read the list as the rule. Whoever decides can always rely on the wider sentence, so nobody can say in advance
what will be refused, and the Code asks for the grounds to be stated.

## What to do

Say whether the list is closed: may refuse … only when …; or take the list out.

## Example

```
may refuse escalation when exceptional-circumstances [7.7.2].
may refuse escalation when exceptional-circumstances and no-new-evidence [7.7.2].
```
"""

from __future__ import annotations

from collections.abc import Iterator

from policylang.checker import logic
from policylang.checker.lint._rule import Context, Fault, cited, known
from policylang.findings.finding import Severity
from policylang.model.document import Document
from policylang.model.norms import Kind, Norm
from policylang.model.say import condition as said

CODE = "PL129"
SEVERITY = Severity.WARNING
LIMITED = {"refuse", "extend", "close", "restrict"}


def find(policy: Document, context: Context) -> Iterator[Fault]:
    groups: dict[tuple[object, ...], list[Norm]] = {}
    for norm in policy.norms:
        if norm.kind is Kind.PERMISSION and norm.action in LIMITED and norm.extent is None and norm.standing is None:
            subject = tuple(sorted(norm.actors.words))
            key = (norm.stage, norm.action, tuple(sorted(norm.objects.words)), subject, norm.reading, norm.within)
            groups.setdefault(key, []).append(norm)
    for group in groups.values():
        guards = [logic.guard(norm) for norm in group]
        for wide, guard in zip(group, guards, strict=True):
            narrow = [
                n
                for n, g in zip(group, guards, strict=True)
                if guard is not None and g is not None and g != guard
                and logic.implies(g, guard, known(context.words)) and not logic.implies(guard, g, known(context.words))
            ]  # fmt: skip
            if len(narrow) > 1 and guard is not None:
                yield Fault(
                    f"{cited(wide.clauses)} allows “{wide.action} {' '.join(wide.objects.words)}” whenever "
                    f"“{said(guard)}”; the {len(narrow)} grounds listed beside it limit nothing.",
                    wide.span, "Say that the list is closed (only when …), or take it out.", wide.clauses,
                    related=tuple(n.span for n in narrow),
                )  # fmt: skip
