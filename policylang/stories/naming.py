"""Which duties an expectation speaks of.

A duty is named in full (``respond at stage 1 (counted from receipt)``), and then it alone is meant; or without what
tells it from its twins, and then every one of them is. Clauses, or provisions, after the expectation narrow them down.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from policylang.auditor.duties import duties
from policylang.auditor.duty import Duty, DutyKind
from policylang.findings.finding import Finding, Place
from policylang.findings.nearest import did_you_mean, nearest
from policylang.model.document import Document
from policylang.stories import faults
from policylang.stories.story import Expectation, Story

AIMS = ("aim: ", "recommended: ")


@dataclass(frozen=True, slots=True)
class Named:
    """A name taken apart: what is owed, and what tells this duty from others of the name."""

    plain: str
    apart: frozenset[str]


def named(name: str) -> Named:
    """``respond at stage 1`` and ``counted from receipt``, ``clause 6.1`` of ``respond at stage 1 (counted from
    receipt) (clause 6.1)``."""
    text = " ".join(name.replace("“", '"').replace("”", '"').casefold().split())
    for lead in AIMS:
        text = text.removeprefix(lead)
    parts: set[str] = set()
    while text.endswith(")") and " (" in text:
        text, _, inner = text[:-1].rpartition(" (")
        parts |= {part.strip() for part in inner.split(",")}
    return Named(text, frozenset(parts))


def duties_of(expected: Expectation, documents: Iterable[Document]) -> list[tuple[Document, Duty]]:
    """The duties that an expectation means; none where there is no such duty, or none under a clause that it cites."""
    wanted, found = named(expected.duty), []
    aims = expected.outcome.startswith("aim-") or expected.duty.casefold().startswith(AIMS)
    for document in documents:
        for duty in duties(document) if document.kind == expected.source else ():
            alike = _alike(duty, wanted) and duty.binding is not aims
            if alike and (not expected.labels or any(_cites(document, duty, label) for label in expected.labels)):
                found.append((document, duty))
    if not all(any(_cites(document, duty, label) for document, duty in found) for label in expected.labels):
        return []  # a clause that no longer says so: nobody should have to find that out by reading
    return [one for one in found if named(one[1].name) == wanted] or found


def _alike(duty: Duty, wanted: Named) -> bool:
    """Whether a duty goes by a name. ``extend at stage 1``, as the checker has it, is to keep an extension within its
    limit."""
    here = named(duty.name)
    if here.plain == wanted.plain:
        return wanted.apart <= here.apart
    short = f"{duty.action} at stage {duty.stage}"
    return duty.kind is DutyKind.EXTENSION_LIMIT and short == wanted.plain and wanted.apart <= here.apart


def _cites(document: Document, duty: Duty, label: str) -> bool:
    """Whether a duty rests on a clause of the policy, or on a provision (``HO24-6.2``; ``6.2`` of any code given)."""
    if document.kind == "policy":
        return label in duty.clauses
    cited = {duty.provision, f"{document.cited_as or document.id}-{duty.provision}"}
    return label.casefold() in {name.casefold() for name in cited if name}


def unknown(stories: Sequence[Story], documents: Sequence[Document]) -> list[Finding]:
    """A finding for every expectation about a duty that there is not."""
    return [
        _unknown(expected, documents)
        for story in stories
        for expected in story.expectations
        if not duties_of(expected, documents)
    ]


def _unknown(expected: Expectation, documents: Sequence[Document]) -> Finding:
    place = expected.place or Place("<story>")
    here = [(d, duty) for d in documents if d.kind == expected.source for duty in duties(d)]
    wanted = named(expected.duty)
    alike = [(d, duty) for d, duty in here if named(duty.name).plain == wanted.plain]
    source = "policy" if expected.source == "policy" else "code"
    if not alike:
        message = f"The {source} has no duty “{expected.duty}” that a case record can show."
        return faults.unknown_duty(place, message, _nearest(wanted.plain, [duty.name for _, duty in here]))
    aims = [duty for _, duty in alike if not duty.binding]
    if expected.outcome.startswith("aim-") and not aims:
        message = f"“{expected.duty}” is a duty of the {source}, and no aim."
        return faults.unknown_duty(place, message, "Write “breach of”, “met” or “pending” instead.")
    if not expected.outcome.startswith("aim-") and len(aims) == len(alike):
        message = f"“{expected.duty}” is only an aim of the {source}, which can be kept or missed but not breached."
        return faults.unknown_duty(place, message, "Write “aim kept”, “aim missed” or “aim open” instead.")
    labels = dict.fromkeys(label for d, duty in alike for label in _labels(d, duty))
    message = f"The {source} has a duty “{wanted.plain}”, but not one that fits “{str(expected).rstrip('.')}”."
    help = f"Its clauses are {', '.join(labels)}; its names: {'; '.join(dict.fromkeys(d.name for _, d in alike))}."
    return faults.unknown_duty(place, message, help)


def _labels(document: Document, duty: Duty) -> tuple[str, ...]:
    if document.kind == "policy":
        return duty.clauses
    return (f"{document.cited_as or document.id}-{duty.provision}",)


def _nearest(plain: str, names: list[str]) -> str:
    """The duties nearest to what was written: by spelling, or else those that share its words."""
    known = list(dict.fromkeys(named(name).plain for name in names))
    if nearest(plain, known):
        return did_you_mean(plain, known, what="duties")
    words = set(plain.split())
    ranked = sorted(known, key=lambda name: -len(words & set(name.split())))
    shared = [name for name in ranked if len(words & set(name.split())) > 1][:4]
    return did_you_mean(plain, shared or known, what="duties nearest to it" if shared else "duties")
