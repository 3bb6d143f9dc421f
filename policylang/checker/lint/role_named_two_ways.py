"""
## What it means

One team or post is called by two names.

## Why it matters

Residents and staff cannot tell whether two teams are meant or one, and a letter to the wrong one is delayed. After a
reorganisation one of the names is often that of a team that no longer exists.

## What to do

Use one name throughout.

## Example

```
complaints-team is "Customer Complaints and Feedback Team" [7.2].
complaints-team is "Customer Complaint Team" [14.13.3].
```
"""

from __future__ import annotations

from collections.abc import Iterator

from policylang.checker.lint._rule import Context, Fault, cited
from policylang.findings.finding import Severity
from policylang.findings.nearest import distance
from policylang.model.document import Document
from policylang.model.norms import Kind, Norm

CODE = "PL124"
SEVERITY = Severity.NOTE


def find(policy: Document, context: Context) -> Iterator[Fault]:
    yield from _of_one_role(policy)
    yield from _nearly_alike(policy)


def _of_one_role(policy: Document) -> Iterator[Fault]:
    named: dict[tuple[str, int | None], list[tuple[str, Norm]]] = {}
    for norm in policy.norms:
        if norm.kind is Kind.STATEMENT and not norm.negated and len(norm.actors.words) == 1 and not norm.standing:
            names = named.setdefault((norm.actors.words[0], norm.stage), [])
            names += [(text, norm) for text in norm.objects.texts if text.casefold() not in _plain(names)]
    for (role, _), names in named.items():
        if len(names) > 1:
            yield _fault(role.replace("-", " "), names)


def _nearly_alike(policy: Document) -> Iterator[Fault]:
    """Quoted names of people that differ by a letter or two: “Resolutions Officer”, “Resolution Officer”."""
    names: list[tuple[str, Norm]] = []
    for norm in policy.norms:
        by = norm.listed("by") if norm.kind is not Kind.DEFINITION else norm.actors
        for text in (*(norm.actors.texts if norm.kind is not Kind.DEFINITION else ()), *by.texts):
            if text[:1].isupper() and text.casefold() not in _plain(names):
                names.append((text, norm))
    for index, (name, norm) in enumerate(names):
        for other, again in names[index + 1 :]:
            if distance(name.casefold(), other.casefold(), 2) <= 2 and len(name) > 8:
                yield _fault("the same person or team", [(name, norm), (other, again)])


def _plain(names: list[tuple[str, Norm]]) -> set[str]:
    return {name.casefold() for name, _ in names}


def _fault(role: str, names: list[tuple[str, Norm]]) -> Fault:
    said = [f"“{name}” in {cited(norm.clauses)}" for name, norm in names]
    subject = role if role.startswith("the ") else f"the {role}"
    return Fault(
        f"{subject[:1].upper()}{subject[1:]} is called {', '.join(said[:-1])} and {said[-1]}.",
        names[1][1].span, "Use one name throughout; if two are meant, say how they differ.",
        tuple(dict.fromkeys(label for _, norm in names for label in norm.clauses)),
        related=tuple(norm.span for _, norm in (names[0], *names[2:])),
    )  # fmt: skip
