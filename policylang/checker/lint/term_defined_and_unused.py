"""
## What it means

A term is defined, and no sentence uses it.

## Why it matters

A definition promises the reader that the term matters. Where it is never used, either a rule about it was lost, or the
rule calls the thing by another name and the definition does not apply to it.

## What to do

Use the term where it is meant, or take the definition out.

## Example

```
"quick fix" means complaint with "a quick settlement at the first contact" [3.1].
```

and “quick fix” nowhere else.
"""

from __future__ import annotations

from collections.abc import Iterator

from policylang.checker.lint._rule import Context, Fault
from policylang.findings.finding import Severity
from policylang.model.conditions import Holds, InTime, InWords, Older, atoms
from policylang.model.document import Document
from policylang.model.norms import Kind, Norm

CODE = "PL127"
SEVERITY = Severity.NOTE
PEOPLE = {"customer", "customers", "resident", "residents", "complainant", "complainants", "tenant", "tenants"}
"""Who complains: the language has one word for them, whatever the document calls them."""


def find(policy: Document, context: Context) -> Iterator[Fault]:
    used: set[str] = set()
    defined: dict[str, Norm] = {}
    for norm in policy.norms:
        if norm.kind is Kind.DEFINITION:
            for term in (*norm.actors.words, *norm.actors.texts):
                defined.setdefault(term.casefold(), norm)
        used |= _words(norm)
    forms = {form for word in used for form in _related(word)}
    for term, norm in defined.items():
        if term in PEOPLE or norm.standing is not None or _related(term) & forms:
            continue
        yield Fault(
            f"“{term}” is defined and used nowhere else.", norm.span,
            "Use it where it is meant, or take the definition out.", norm.clauses,
        )  # fmt: skip


def _words(norm: Norm) -> set[str]:
    """Every word and quoted text that a sentence uses, the term that it defines itself aside."""
    defining = norm.kind is Kind.DEFINITION
    items = [norm.objects, *norm.lists.values(), *([] if defining else [norm.actors])]
    words = {norm.action, *(w for i in items for w in i.words), *(t.casefold() for i in items for t in i.texts)}
    for clause in norm.conditions:
        for atom in atoms(clause.condition):
            match atom:
                case Holds(word) | InTime(word=word):
                    words.add(word)
                case Older(subject=subject):
                    words.add(subject)
                case InWords(text):
                    words.add(text.casefold())
    return words


def _related(word: str) -> set[str]:
    """The word, its singular and its plural, with and without hyphens."""
    found = {word, word.removesuffix("s"), f"{word}s"}
    return found | {form.replace(" ", "-") for form in found} if " " in word else found
