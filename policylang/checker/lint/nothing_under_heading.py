"""
## What it means

A heading has nothing under it.

## Why it matters

Either the section was forgotten, or a drawing or table that once stood there was lost when the document was
converted. Whoever relies on it finds nothing.

## What to do

Write the section, or take the heading out.

## Example

```
records "Records" [5]:

governance "Reporting" [6]:
  will report complaints to governing-body every year [6.1].
```
"""

from __future__ import annotations

from collections.abc import Iterator

from policylang.checker.lint._rule import Context, Fault
from policylang.findings.finding import Severity
from policylang.language.tree import Heading
from policylang.model.document import Document

CODE = "PL119"
SEVERITY = Severity.WARNING


def find(policy: Document, context: Context) -> Iterator[Fault]:
    nodes = policy.tree.nodes if policy.tree else ()
    for node, following in zip(nodes, (*nodes[1:], None), strict=True):
        if isinstance(node, Heading) and (following is None or isinstance(following, Heading)):
            # A sentence that could not be read has a finding of its own, and is something.
            between = policy.text[node.span.end : following.span.start if following else None]
            if any(line.strip() and not line.lstrip().startswith("#") for line in between.splitlines()):
                continue
            clauses = node.clauses.labels if node.clauses else ()
            yield Fault(
                f"Nothing stands under the heading “{node.title or node.key or node.kind}”.", node.span,
                "Write the section, or take the heading out.", clauses,
            )  # fmt: skip
