"""
## What it means

The policy refers to another of the landlord's documents that its own list of linked documents does not have, or has
under another name.

## Why it matters

Staff and residents look for a document that is not there, or find two and wonder which is meant.

## What to do

Use one name for each document, and list every one that is referred to.

## Example

```
linked policies "Access to Services Policy" [17.1].
refers to "accessibility policy" [6.4].
```
"""

from __future__ import annotations

from collections.abc import Iterator

from policylang.checker.lint._rule import Context, Fault
from policylang.findings.finding import Severity
from policylang.findings.nearest import nearest
from policylang.model.document import Document

CODE = "PL116"
SEVERITY = Severity.NOTE


def find(policy: Document, context: Context) -> Iterator[Fault]:
    listed = {_plain(text): text for r in policy.references if r.linked for text in r.texts}
    if not listed:
        return
    for reference in policy.references:
        for text in () if reference.linked else reference.texts:
            if _plain(text) not in listed:
                near = nearest(_plain(text), listed)
                meant = f"; perhaps “{listed[near[0]]}” is meant" if near else ""
                yield Fault(
                    f"“{text}” is not in the document's own list of linked documents{meant}.", reference.span,
                    "Use the name in the list, or add the document to it.", reference.clauses,
                )  # fmt: skip


def _plain(text: str) -> str:
    words = text.casefold().replace("-", " ").split()
    return " ".join(w for w in words if w not in ("the", "policy", "procedure", "our"))
