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

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from policylang.checker.lint._document import InDocument
from policylang.checker.lint._rule import Context, Fault
from policylang.findings.finding import Severity
from policylang.language.tree import Heading
from policylang.model.document import Document

if TYPE_CHECKING:
    from policylang.documents.clauses import Clause

CODE = "PL119"
SEVERITY = Severity.WARNING
MOST_WORDS = 7
"""A longer line without a full stop is a sentence that lacks one, and no heading."""


def find(policy: Document, context: Context) -> Iterator[Fault]:
    nodes = policy.tree.nodes if policy.tree else ()
    for node, following in zip(nodes, (*nodes[1:], None), strict=False):  # none at all in an empty text
        if isinstance(node, Heading) and (following is None or isinstance(following, Heading)):
            # A sentence that could not be read has a finding of its own, and is something.
            between = policy.text[node.span.end : following.span.start if following else None]
            if any(line.strip() and not line.lstrip().startswith("#") for line in between.splitlines()):
                continue
            clauses = node.clauses.labels if node.clauses else ()
            heading = node.title or node.key or context.heading(node.span)
            yield Fault(
                f"Nothing stands under the heading “{heading}”.", node.span,
                "Write the section, or take the heading out.", clauses,
            )  # fmt: skip


def find_in_document(found: list[Clause]) -> Iterator[InDocument]:
    from policylang.documents.clauses import within

    for clause in found:
        first, *rest = clause.paragraphs
        below = any(other is not clause and within(clause.label, other.label) for other in found)
        filled = [p for p in rest if re.search(r"\w", p.text.replace("&nbsp;", ""))]
        if not clause.text.strip() and below:
            said, todo = f"Clause {clause.label} has a number and no title.", "Give the section its title."
        elif _headed(clause) and not filled and not below and not clause.again:
            said = f"Nothing stands under clause {clause.label}{f', “{clause.heading}”' if clause.heading else ''}."
            todo = "Write the section, or take the heading out; a drawing may have been lost."
        else:
            continue
        yield InDocument(said, todo, clause, first, 0, len(first.text))


def _headed(clause: Clause) -> bool:
    """Whether the clause is a heading by its looks: a few words, no sentence, no lettered item."""
    few = 0 < len(clause.heading.split()) <= MOST_WORDS
    return clause.label[-1:].isdigit() and (few or not clause.text.strip())
