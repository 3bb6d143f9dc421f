"""
## What it means

The policy lets a response be put off and does not say by how much at most, or lets it go beyond the limit without
asking for anything.

## Why it matters

An extension without end is no deadline. The 2024 Code allows 10 more working days at stage 1 (6.4) and 20 at stage
2 (6.15), and more only with good reason.

## What to do

State the longest extension, and what it takes to go beyond it.

## Example

```
may extend response when exceptional-circumstances [7.4.3].
```

Better:

```
may extend response by up to 10 working days giving reasons, new-date, ombudsman-contact [7.4.3].
may extend response further only when good-reason [7.4.3].
```
"""

from __future__ import annotations

from collections.abc import Iterator

from policylang.checker.lint._rule import Context, Fault, at_stage
from policylang.findings.finding import Severity
from policylang.model.document import Document
from policylang.model.norms import Kind, Norm

CODE = "PL106"
SEVERITY = Severity.WARNING


def find(policy: Document, context: Context) -> Iterator[Fault]:
    groups: dict[tuple[int | None, str | None], list[Norm]] = {}
    for norm in policy.norms:
        if norm.action == "extend" and norm.kind is not Kind.PROHIBITION and norm.borrowed is None:
            groups.setdefault((norm.stage, norm.reading), []).append(norm)
    staged = any(stage is not None for stage, _ in groups)
    for (stage, reading), group in groups.items():
        if stage is None and staged and any(norm.any_stage for norm in group):
            continue  # it adds reasons to what each stage says, and is judged there
        # What the body says holds in every reading; a limit in one reading does not limit the body.
        body = groups.get((stage, None), []) if reading else []
        limiting = [n for n in (*group, *body) if n.extent and (n.extent.limit or n.extent.total)]
        aside = [n for n in limiting if n.standing is not None]
        promised = [n for n in group if n.standing is None]
        if not limiting or (promised and len(aside) == len(limiting)):
            first = (promised or group)[0]
            clauses = tuple(dict.fromkeys(label for n in group for label in n.clauses))
            what = f"only the {aside[0].standing.kind} says" if aside and aside[0].standing else "nothing says"
            yield Fault(
                f"The {_what(group)}{at_stage(first)} may be put off, and {what} by how much at most.",
                first.span,
                "Say the longest extension: may extend response by up to 10 working days …",
                clauses,
                related=tuple(n.span for n in group if n is not first),
            )
        for norm in group:
            if norm.extent and norm.extent.further and not norm.conditions:
                yield Fault(
                    f"The response{at_stage(norm)} may be put off beyond the limit, and nothing has to be shown "
                    "for it.",
                    norm.span,
                    "Say what it takes: may extend response further only when good-reason.",
                    norm.clauses,
                )


def _what(group: list[Norm]) -> str:
    named = {word for norm in group for word in norm.objects.words}
    return "acknowledgement and the response" if "acknowledgement" in named else "response"
