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

from policylang.checker.lint._rule import Context, Fault, cited
from policylang.findings.finding import Severity
from policylang.findings.nearest import nearest
from policylang.language.tree import Span
from policylang.model.document import Document

CODE = "PL116"
SEVERITY = Severity.NOTE


def find(policy: Document, context: Context) -> Iterator[Fault]:
    listed = {_plain(text): text for r in policy.references if r.linked for text in r.texts}
    if not listed:
        return
    missing: dict[str, list[tuple[str, Span, tuple[str, ...]]]] = {}
    for text, span, clauses in mentions(policy):
        if _plain(text) not in listed:
            missing.setdefault(_plain(text), []).append((text, span, clauses))
    for plain, found in missing.items():
        text, span, _ = found[0]
        clauses = tuple(dict.fromkeys(label for _, _, labels in found for label in labels))
        near = _nearest(plain, listed)
        meant = f"; perhaps “{near}” is meant" if near else ""
        yield Fault(
            f"“{text}” ({cited(clauses)}) is not in the document's own list of linked documents{meant}.", span,
            "Use the name in the list, or add the document to it.", clauses,
            related=tuple(dict.fromkeys(other for _, other, _ in found[1:] if other != span)),
        )  # fmt: skip


THE_CODE = ("code", "code times")
"""What a sentence borrows from where it borrows from the code under which the policy is judged."""


def mentions(policy: Document) -> Iterator[tuple[str, Span, tuple[str, ...]]]:
    """Every other document that a sentence refers to or borrows from (``as "X" says``), in the order of the text."""
    found = [(t, r.span, r.clauses) for r in policy.references if not r.linked for t in r.texts]
    found += [
        (n.borrowed, n.span, n.clauses)
        for n in policy.norms
        if n.borrowed and n.borrowed not in (*THE_CODE, n.action) and not n.borrowed.startswith("stage ")
        and context_free(n.borrowed)
    ]  # fmt: skip
    return iter(sorted(found, key=lambda mention: mention[1].start))


def context_free(name: str) -> bool:
    """Whether a name is a document's own title, and not a word of the vocabulary such as a law."""
    return " " in name or name[:1].isupper()


def _nearest(plain: str, listed: dict[str, str]) -> str | None:
    """The listed document that is meant: spelt nearly alike, or with the same words in another order."""
    near = nearest(plain, listed)
    if near:
        return listed[near[0]]
    words = set(plain.split())
    return next((name for other, name in listed.items() if len(words) > 1 and set(other.split()) == words), None)


def _plain(text: str) -> str:
    words = text.casefold().replace("-", " ").split()
    return " ".join(w for w in words if w not in ("the", "policy", "procedure", "our"))
