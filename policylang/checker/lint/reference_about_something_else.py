"""
## What it means

A sentence refers to a clause that exists and shares no word with it, while another clause speaks of the very thing.

## Why it matters

When clauses are renumbered a reference can go on pointing at a clause, only no longer at the right one. Nobody
notices, because the number is there.

## What to do

Read the clause referred to. If it is not about this, cite the one that is.

## Example

```
will respond within 10 working days of receipt [7.4.2].
may close complaint when information-not-provided [7.5.2].
will close complaint when information-not-provided see [7.4.2] [11.1].
```

Better:

```
will close complaint when information-not-provided see [7.5.2] [11.1].
```
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from policylang.checker.lint._document import InDocument
from policylang.checker.lint._rule import Context, Fault, cited
from policylang.findings.finding import Severity
from policylang.language.tree import Heading
from policylang.model.conditions import Holds, InTime, Older, atoms
from policylang.model.document import Document
from policylang.model.norms import Norm

if TYPE_CHECKING:
    from policylang.documents.clauses import Clause

CODE = "PL121"
SEVERITY = Severity.NOTE
BEHAVIOUR = "unacceptable-behaviour"
CONDUCT = {"refuses-to-engage", "pursued-unreasonably", "refusal-to-cooperate"}
"""How somebody behaves, where the vocabulary does not say that it is unacceptable in itself."""
COMMON = {"complaint", "complaints", "resident", "residents", "organisation"}  # in every other sentence of a policy


def subjects(norm: Norm) -> set[str]:
    """The words that say what a sentence is about: its conditions, objects and lists, and its action."""
    words = {norm.action, *norm.objects.words, *(w for items in norm.lists.values() for w in items.words)}
    for clause in norm.conditions:
        for atom in atoms(clause.condition):
            if isinstance(atom, Holds | InTime):
                words.add(atom.word)
            elif isinstance(atom, Older):
                words.add(atom.subject)
    return words - COMMON


def under(label: str, clause: str) -> bool:
    """Whether a clause is the one cited or stands below it (``7.4.3`` stands below ``7.4``)."""
    return clause == label or clause.startswith((f"{label}.", f"{label} "))


def at_home(policy: Document, context: Context, about: set[str]) -> list[Norm]:
    """What the policy says under its heading on behaviour, where a sentence is about how somebody behaves."""
    if not any(context.words.says(word, BEHAVIOUR) or word in CONDUCT for word in about):
        return []
    headings = [n for n in (policy.tree.nodes if policy.tree else ()) if isinstance(n, Heading)]
    headed = {n.span.start for n in headings if n.key == "behaviour"}
    starts = [n.span.start for n in headings]
    return [
        norm
        for norm in policy.norms
        if max((s for s in starts if s <= norm.span.start), default=-1) in headed and BEHAVIOUR in subjects(norm)
    ]


def find(policy: Document, context: Context) -> Iterator[Fault]:
    for norm in policy.norms:
        about = subjects(norm) - {norm.action}
        for label in norm.see:
            target = [n for n in policy.norms if any(under(label, c) for c in n.clauses)]
            if not target or not about or any(subjects(n) & subjects(norm) for n in target):
                continue
            home = at_home(policy, context, about)
            if any(t in home for t in target):
                continue
            better = [
                n
                for n in policy.norms
                if subjects(n) & about and n.action == norm.action and not set(n.clauses) & set(norm.clauses)
            ]
            better = better or [n for n in home if not set(n.clauses) & set(norm.clauses)]
            if better:
                yield Fault(
                    f"{cited(norm.clauses)} refers to {label}, which is about something else.",
                    norm.span,
                    f"Read {label}; perhaps {cited(better[0].clauses)} is meant.",
                    norm.clauses,
                    related=(target[0].span, better[0].span),
                )


def find_in_document(found: list[Clause]) -> Iterator[InDocument]:
    from policylang.documents.references import references
    from policylang.documents.subjects import Subjects

    known = Subjects(found)
    for reference in references(found):
        why = known.astray(reference)
        if why is not None:
            yield InDocument(
                f"{reference.source.label} refers to {reference.label}, which is about something else: {why.because}.",
                f"Read {reference.label}; perhaps {why.meant} is meant.",
                reference.source, reference.paragraph, reference.start, reference.end, reference.label,
            )  # fmt: skip
