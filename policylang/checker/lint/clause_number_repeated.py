"""
## What it means

One clause number is printed on two clauses. (Found with `--source` only.)

## Why it matters

A reference to it, in a letter or a judgement, can mean either.

## What to do

Number the second anew, and correct the references.

## Example

A heading “3 Complaints process”, followed by a paragraph that begins with 3 again.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from policylang.checker.lint._document import InDocument
from policylang.findings.finding import Severity

if TYPE_CHECKING:
    from policylang.documents.clauses import Clause

CODE = "PL141"
SEVERITY = Severity.WARNING


def find_in_document(found: list[Clause]) -> Iterator[InDocument]:
    for clause in found:
        if clause.again:
            text = clause.paragraphs[0].text
            yield InDocument(
                f"The number {clause.label} is printed a second time.",
                "Number one of the two anew, and correct the references to it.", clause, clause.paragraphs[0],
                text.find(clause.label[:1]), text.find(clause.label[:1]) + len(clause.label),
            )  # fmt: skip
