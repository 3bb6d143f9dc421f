"""
## What it means

A sentence refers to a clause that the document does not have, or to a paragraph that the named edition of the Code
does not have.

## Why it matters

Clauses move when a policy is revised and references are forgotten. The reader is sent nowhere, and what the clause
was to say (the contents of a final letter, say) is then said by nobody.

## What to do

Find where the words stand now and cite that clause. Which clauses exist is declared in the policy file (`clauses
[1.1 to 1.5].`) or read from the document itself with `--source`.

## Example

```
response should state final-stage see [1.16] [3.11].
will follow complaint-handling-code see [7.33] of edition "2022" [3.12].
```

where the introduction ends at 1.5.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING

from policylang.checker.lint._document import InDocument
from policylang.checker.lint._rule import Context, Fault, cited
from policylang.findings.finding import Severity
from policylang.findings.nearest import nearest
from policylang.language.tree import Frame, Sentence
from policylang.model.data import checks_dir
from policylang.model.document import Document

if TYPE_CHECKING:
    from policylang.documents.clauses import Clause

CODE = "PL103"
SEVERITY = Severity.WARNING
_PROVISION = re.compile(r"^provision\s+(\S+)", re.MULTILINE | re.IGNORECASE)


def find(policy: Document, context: Context) -> Iterator[Fault]:
    yield from _of_the_code(policy)
    if context.labels is None or policy.tree is None:
        return
    known = {label.casefold() for label in context.labels}
    for node in policy.tree.nodes:
        if not isinstance(node, Sentence | Frame):
            continue
        own = node.clauses.labels if node.clauses else ()
        for qualifier in node.qualifiers:
            for label in qualifier.clauses:
                if label.casefold() in known or qualifier.text is not None:  # of a Code: see below
                    continue
                near = nearest(label, context.labels)
                yield Fault(
                    f"{cited(own) if own else 'An unnumbered sentence'} refers to clause {label}, which the document "
                    "does not have.",
                    qualifier.span,
                    f"Cite the clause that is meant{f', perhaps {near[0]}' if near else ''}.",
                    own,
                    found=label,
                )


def _of_the_code(policy: Document) -> Iterator[Fault]:
    """References to a paragraph that an edition of the Code does not have; an edition not shipped is left alone."""
    if not any(norm.see_code for norm in policy.norms):
        return
    for norm in policy.norms:
        for paragraph in norm.see_code:
            numbers = _paragraphs(paragraph.edition)
            if numbers is None or _had(paragraph.label, numbers):
                continue
            near = nearest(paragraph.label, numbers)
            yield Fault(
                f"{cited(norm.clauses) if norm.clauses else 'An unnumbered sentence'} refers to paragraph "
                f"{paragraph.label} of the {paragraph.edition} edition of the Code, which has no such paragraph.",
                norm.span,
                f"Cite the paragraph that is meant{f', perhaps {near[0]}' if near else ''}.",
                norm.clauses,
                found=paragraph.label,
            )  # fmt: skip


@cache
def _paragraphs(edition: str) -> list[str] | None:
    """The numbers of a shipped edition's provisions; None where it is not shipped. The file is only looked through: to
    understand the whole Code takes longer than the rest of the work."""
    path = checks_dir() / f"housing-ombudsman-{edition}.code"
    return _PROVISION.findall(path.read_text(encoding="utf-8")) if edition.isdigit() and path.is_file() else None


def _had(label: str, numbers: list[str]) -> bool:
    """Whether a code has a paragraph, or a section of that number."""
    return any(number == label or number.startswith((f"{label}.", f"{label}(")) for number in numbers)


def find_in_document(found: list[Clause]) -> Iterator[InDocument]:
    from policylang.documents.references import references

    known = {clause.label.casefold() for clause in found}
    for reference in references(found):
        if reference.label.casefold() not in known:
            near = nearest(reference.label, (clause.label for clause in found))
            yield InDocument(
                f"{reference.source.label} refers to clause {reference.label}, which the document does not have.",
                f"Cite the clause that is meant{f', perhaps {near[0]}' if near else ''}.",
                reference.source, reference.paragraph, reference.start, reference.end, reference.label,
            )  # fmt: skip
