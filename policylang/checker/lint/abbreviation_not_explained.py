"""
## What it means

The document uses an abbreviation and nowhere says what it stands for. (Found with `--source` only.)

## Why it matters

Residents do not know the landlord's own abbreviations, and staff come and go.

## What to do

Write it out where it comes first, with the abbreviation in brackets.

## Example

“An overview will be discussed at OMT meetings.”
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from policylang.checker.lint._document import InDocument
from policylang.findings.finding import Severity

if TYPE_CHECKING:
    from policylang.documents.clauses import Clause

CODE = "PL143"
SEVERITY = Severity.NOTE
_SHORT = re.compile(r"(?<![\w@./-])([A-Z]{3,6})(?:[’']?s)?(?![\w@/-]|\.\w)")
KNOWN = frozenset(["BBC", "BSL", "DVD", "FAQ", "GDPR", "HTML", "NHS", "PDF", "PIN", "SMS", "URL", "USB"])
"""What any reader knows."""
STRESSED = frozenset(["ALL", "AND", "ANY", "CANNOT", "MAY", "MUST", "NEVER", "NOT", "ONLY", "SHOULD", "THE", "WILL"])
"""Words that a writer puts in capitals for their weight."""


def find_in_document(found: list[Clause]) -> Iterator[InDocument]:
    whole = "\n".join(clause.text for clause in found)
    said: set[str] = set()
    for clause in found:
        for paragraph in clause.paragraphs:
            if paragraph.text.isupper():
                continue  # a heading in capitals
            for match in _SHORT.finditer(paragraph.text):
                short = match[1]
                if short in KNOWN or short in said or short in STRESSED or _explained(short, whole):
                    continue
                said.add(short)
                yield InDocument(
                    f"“{short}” is used and nowhere explained.",
                    f"Write it out where it comes first: … ({short}).",
                    clause, paragraph, match.start(1), match.end(1), short,
                )  # fmt: skip


def _explained(short: str, whole: str) -> bool:
    """Whether the text gives the abbreviation with its words: ``Words Words (WW)`` or ``WW (words words)``."""
    letters = [re.escape(letter) for letter in short]
    words = r"[\s,&/-]+(?:(?:and|of|for|the|&)\s+)*".join(rf"{letter}[\w’']*" for letter in letters)
    pattern = rf"\(\s*[“\"']?{re.escape(short)}s?\b|\b{re.escape(short)}s?\s*\([A-Za-z]|\b{words}"
    return re.search(pattern, whole, re.IGNORECASE if len(short) > 3 else 0) is not None
