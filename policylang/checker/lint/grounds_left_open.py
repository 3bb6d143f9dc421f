"""
## What it means

The document lists grounds on which it refuses a complaint or an escalation, and says that the list is not complete.
(Found with `--source` only.)

## Why it matters

Residents cannot know in advance what will be refused, and a refusal on a ground that is not printed cannot be checked
against anything. The Code wants the policy to state them (2.2).

## What to do

Print every ground and close the list.

## Example

“Reviews may be refused for reasons such as: …”
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from policylang.checker.lint._document import InDocument
from policylang.findings.finding import Severity

if TYPE_CHECKING:
    from policylang.documents.clauses import Clause

CODE = "PL145"
SEVERITY = Severity.WARNING
_OPEN = re.compile(
    r"not an exhaustive list|not exhaustive|non-exhaustive|(?:reasons|circumstances|grounds|situations)\s+such as"
    r"|usually only|including but not limited to|for reasons (?:like|such as)",
    re.IGNORECASE,
)
_REFUSED = re.compile(
    r"refus|exclu|(?:does|do|will|may|can)\s*not\s+(?:\w+\s+)?(?:apply|cover|accept|register|consider|escalate|investigate)"
    r"|not to escalate|not be (?:accepted|covered|considered|registered)",
    re.IGNORECASE,
)


def find_in_document(found: list[Clause]) -> Iterator[InDocument]:
    for clause in found:
        for at, paragraph in enumerate(clause.paragraphs):
            match = _OPEN.search(paragraph.text)
            near = " ".join([clause.heading, *(p.text for p in clause.paragraphs[max(0, at - 1) : at + 1])])
            if match is not None and _REFUSED.search(near):
                yield InDocument(
                    f"{clause.label} refuses on grounds that it leaves open (“{match[0]}”).",
                    "Print every ground, and say that there is no other.", clause, paragraph,
                    match.start(), match.end(), match[0],
                )  # fmt: skip
