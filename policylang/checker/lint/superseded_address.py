"""
## What it means

The document prints an address, or the name of a body or a law, that is no longer in use. (Found with `--source` only.)

## Why it matters

Letters to an Ombudsman's old address are forwarded late or not at all, and the resident's time runs meanwhile.

## What to do

Take the address from the body's own website on the day the document is approved, and print it in one place only.

## Example

“PO Box 152, Liverpool” for the Housing Ombudsman, whose post goes to PO Box 1484, Unit D, Preston PR2 0ET.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from policylang.checker.lint._document import InDocument
from policylang.findings.finding import Severity

if TYPE_CHECKING:
    from policylang.documents.clauses import Clause

CODE = "PL142"
SEVERITY = Severity.WARNING
NOW = "PO Box 1484, Unit D, Preston PR2 0ET"
SUPERSEDED = (
    (
        r"\bL33\s?7WQ\b|PO Box 152\b",
        "a former address of the Housing Ombudsman",
        f"The Ombudsman's post goes to {NOW}.",
    ),
    (r"\bE14\s?9GE\b|Exchange Tower", "a former address of the Housing Ombudsman", f"Its post goes to {NOW}."),
    (r"\bWC2B\s?4HN\b|81 Aldwych", "a former address of the Housing Ombudsman", f"Its post goes to {NOW}."),
    (
        r"\(LGO\)|\bLocal Government Ombudsman\b",
        "the name that the Local Government and Social Care Ombudsman had until June 2017",
        "Its short name is LGSCO.",
    ),
    (
        r"(?<!UK )(?<!United Kingdom )\bGeneral Data Protection Regulation\b(?! \(EU\))",
        "the law of the European Union; since January 2021 the law here is the UK GDPR",
        "Name the UK GDPR and the Data Protection Act 2018.",
    ),
)
"""Pattern, what it is, and what took its place. The Ombudsman's own website is what counts on the day of approval."""


def find_in_document(found: list[Clause]) -> Iterator[InDocument]:
    for clause in found:
        for paragraph in clause.paragraphs:
            for pattern, what, instead in SUPERSEDED:
                match = re.search(pattern, paragraph.text)
                if match is not None:
                    yield InDocument(
                        f"“{match[0].strip('()')}” is {what}.",
                        f"{instead} Check it on the body's website before you print it.",
                        clause, paragraph, match.start(), match.end(), match[0],
                    )  # fmt: skip
