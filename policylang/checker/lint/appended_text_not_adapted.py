"""
## What it means

A text of another body (an Ombudsman's model letter, its own policy) stands in the document as it was, and is not made
the landlord's own.

## Why it matters

In such a text “we” is the other body: its staff, its process, its right of appeal. A resident cannot tell what of it
the landlord promises, and a letter sent from a template that was never filled in says nothing.

## What to do

Adapt it (names, posts, times, whom to appeal to), or refer to it where it is published and take it out.

## Example

```
from appendix of "Housing Ombudsman" [Appendix 1]:
  resident may appeal restriction [Appendix 1].
```
"""

from __future__ import annotations

from collections.abc import Iterator

from policylang.checker.lint._rule import Context, Fault, cited
from policylang.findings.finding import Severity
from policylang.language.tree import Heading
from policylang.model.document import Document

CODE = "PL133"
SEVERITY = Severity.NOTE


def find(policy: Document, context: Context) -> Iterator[Fault]:
    seen = set()
    for norm in policy.norms:
        standing = norm.standing
        if standing is None or standing.of is None or (standing, norm.section) in seen:
            continue
        seen.add((standing, norm.section))
        heading = next(
            (n for n in reversed(policy.tree.nodes if policy.tree else ()) if isinstance(n, Heading)
             and n.span.start < norm.span.start), None,
        )  # fmt: skip
        clauses = (heading.clauses.labels if heading and heading.clauses else None) or norm.clauses
        yield Fault(
            f"{cited(clauses)} is a text of the {standing.of.removeprefix('The ')}, appended as it was: whom “we” and "
            "its duties mean is not said.",
            heading.span if heading else norm.span, "Adapt it, or refer to it where it is published.", clauses,
        )  # fmt: skip
