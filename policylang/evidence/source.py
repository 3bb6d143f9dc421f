"""The policy's own document beside the evidence: the words of the clauses relied on, looked up at run time.

A policy file holds what a policy says, not its words. Where the document is at hand the form can show both, and the
two can be held against each other: a document in which few of the clauses are printed, or in which the figures are
others, is not the one that the policy file was written from.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from policylang.evidence.words import clauses as clause_words
from policylang.evidence.words import count, listed, shortened
from policylang.findings.finding import Finding, Place, Severity
from policylang.findings.problem import problem

if TYPE_CHECKING:
    from policylang.checker.verdict import Verdict
    from policylang.documents.clauses import Clause
    from policylang.model.document import Document

QUOTED = 300
"""How many characters of one clause are quoted in a row of the form."""
MOST = 5
"""How many clauses are quoted in a row of the form."""
_FEW = 3
"""Fewer figures than this settle nothing about the document as a whole."""
_TOLD = 12
_WORDS = {
    2: "two", 3: "three", 4: "four", 5: "five", 6: "six", 7: "seven", 8: "eight", 9: "nine", 10: "ten", 11: "eleven",
    12: "twelve", 14: "fourteen", 15: "fifteen", 18: "eighteen", 20: "twenty", 21: "twenty-one", 24: "twenty-four",
    28: "twenty-eight", 30: "thirty", 40: "forty", 60: "sixty", 90: "ninety",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Source:
    """The document as it was read: ``file`` without its folder, its SHA-256, and the words of each clause relied on.

    ``quotes`` holds them by the label that the policy file uses, in full; ``missing`` are labels with a number that
    the document does not print. A label in words (``closing line``) that the document does not print either is in
    neither: it was never a number to be found. ``printed`` of ``looked_up`` numbers were found.
    """

    file: str
    digest: str
    quotes: Mapping[str, str] = field(default_factory=dict)
    missing: tuple[str, ...] = ()
    looked_up: int = 0
    printed: int = 0


def read_source(path: Path, policy: Document, verdicts: Iterable[Verdict]) -> tuple[Source, tuple[Finding, ...]]:
    """The document, and what does not fit between it and the policy file.

    Raises :class:`Problem` where the document cannot be read, prints no clause number, or is another one: fewer than
    half of the numbers that the policy file cites are printed in it, or fewer than half of its clauses that state a
    time state the time that the policy file has.
    """
    from policylang.documents import faults
    from policylang.documents.clauses import clauses
    from policylang.documents.read import read_document

    document = read_document(path)
    found = clauses(document)
    if not found:
        raise faults.without_numbers(str(path))
    relied = list(dict.fromkeys(label for verdict in verdicts for label in verdict.clauses))
    cited = _cited(policy, relied)
    printed = [label for label in cited if _exact(label, found)]
    lines = document.kind == "pdf"
    quotes = {label: words for label in relied if (words := _words(label, found, lines))}
    missing = tuple(label for label in relied if label not in quotes and _numbered(label))
    source = Source(path.name, hashlib.sha256(path.read_bytes()).hexdigest(), quotes, missing, len(cited), len(printed))
    figures = list(_figures(policy, found))
    differing = [where for where, agrees in figures if not agrees]
    _same_document(path, source, len(figures), differing)
    return source, tuple(_findings(source, policy, document.text, differing))


def quoted(source: Source | None, labels: Sequence[str]) -> Iterator[str]:
    """The words of these clauses, one clause a piece, short, each with its number; and those that are not there."""
    if source is None:
        return
    there = [label for label in labels if label in source.quotes]
    for label in there[:MOST]:
        yield f"{label}: “{shortened(source.quotes[label], QUOTED)}”"
    if len(there) > MOST:
        yield f"{clause_words(there[MOST:]).capitalize()} as printed in {source.file}."
    gone = [label for label in labels if label in source.missing]
    if gone:
        yield f"{clause_words(gone).capitalize()}: not found in {source.file}, so not quoted."


def _numbered(label: str) -> bool:
    return label[:1].isdigit()


def _cited(policy: Document, relied: Sequence[str]) -> list[str]:
    """Every number that the policy file cites, without those of paragraphs within a clause."""
    from policylang.language.clauses import spread

    labels = [*relied, *(label for norm in policy.norms for label in spread(norm.clauses))]
    return list(dict.fromkeys(label.partition(" ¶")[0] for label in labels if _numbered(label)))


def _exact(label: str, found: Iterable[Clause]) -> list[Clause]:
    return [clause for clause in found if clause.label.casefold() == label.casefold()]


def _words(label: str, found: Sequence[Clause], lines: bool) -> str:
    """What stands under a label: each print of it, and of a bare heading what stands below it. Empty: not printed."""
    name, _, paragraph = label.partition(" ¶")
    prints = _exact(name, found)
    if paragraph.isdigit() and not lines and len(prints) == 1 and prints[0].heading:
        under = [p.text for p in prints[0].paragraphs[1:] if p.text.strip()]
        if int(paragraph) > len(under):
            return ""
        return _tidy(under[int(paragraph) - 1])
    told = [text for text in (_print(clause, found) for clause in prints) if text]
    return "” and again: “".join(dict.fromkeys(told))


def _print(clause: Clause, found: Sequence[Clause]) -> str:
    from policylang.documents.clauses import within

    text = _joined(clause)
    if len([p for p in clause.paragraphs if p.text.strip()]) > 1 or not clause.heading:
        return text
    below = [c for c in found if c is not clause and within(clause.label, c.label)]
    return "\n".join([text, *(f"{c.label} {_joined(c)}" for c in below)])


def _joined(clause: Clause) -> str:
    """The clause with its heading on a line of its own; lines that a paragraph was broken into become one again."""
    first, *rest = [_tidy(line) for line in clause.text.split("\n") if line.strip()] or [""]
    if not rest:
        return first
    goes_on = not clause.heading or rest[0][:1].islower()
    return f"{first}{' ' if goes_on else chr(10)}{' '.join(rest)}"


def _tidy(text: str) -> str:
    return " ".join(text.split())


def _figures(policy: Document, found: Sequence[Clause]) -> Iterator[tuple[str, bool]]:
    """Each time limit of the policy file that names clauses of the document: where, and whether one has its figure."""
    from policylang.documents.clauses import within
    from policylang.language.clauses import spread

    seen: set[tuple[int, tuple[str, ...]]] = set()
    for norm in policy.norms:
        duration = norm.within.duration if norm.within else None
        names = tuple(dict.fromkeys(label.partition(" ¶")[0] for label in spread(norm.clauses) if _numbered(label)))
        texts = [c.text for name in names if _exact(name, found) for c in found if within(name, c.label)]
        if duration is None or duration.n is None or duration.n < 2 or not texts or (duration.n, names) in seen:
            continue
        seen.add((duration.n, names))
        yield f"{duration} ({clause_words(names)})", any(_states(text, duration.n) for text in texts)


def _states(text: str, number: int) -> bool:
    words = [str(number)]
    if number in _WORDS:
        words.append(_WORDS[number].replace("-", "[ -]"))
    if number == 12:
        words += ["year", "annual", "annually"]
    return bool(re.search(rf"\b(?:{'|'.join(words)})(?:st|nd|rd|th)?\b", text, re.IGNORECASE))


_ANOTHER = (
    "Give the document that the policy file was written from, in that version. If it is the one, its clause numbers "
    "were lost on the way: give the Word document that a PDF was made from."
)


def _same_document(path: Path, source: Source, figures: int, differing: Sequence[str]) -> None:
    if source.printed * 2 < source.looked_up:
        raise problem(
            "source-is-another-document",
            "PL-E06",
            f"“{path.name}” does not seem to be the document of this policy: of {count(source.looked_up, 'clause')} "
            f"that the policy file cites, {source.printed:,} {'is' if source.printed == 1 else 'are'} printed in it.",
            _ANOTHER,
            file=path.name,
        )
    if figures >= _FEW and len(differing) * 2 > figures:
        raise problem(
            "source-is-another-document",
            "PL-E06",
            f"“{path.name}” does not seem to be the document of this policy: {len(differing):,} of "
            f"{count(figures, 'time limit')} of the policy file are not in the clauses it names for them, such as "
            f"{differing[0]}.",
            _ANOTHER,
            file=path.name,
        )


def _findings(source: Source, policy: Document, text: str, differing: Sequence[str]) -> Iterator[Finding]:
    if source.missing:
        yield _finding(
            source,
            "source-clause-not-found",
            "PL-E07",
            f"{_first(source.missing)} {'is' if len(source.missing) == 1 else 'are'} relied on, and not printed in "
            "the document: the form says so, and does not quote.",
            "Compare the numbers in the policy file with the document (policylang lint --source names the sentences).",
        )
    if differing:
        yield _finding(
            source,
            "source-figure-not-found",
            "PL-E08",
            f"The policy file has {listed(differing[:_TOLD])}, and the clause named there does not state that figure.",
            "Read the clause: either the policy file or the document is of another version.",
        )
    named = " ".join(policy.organisation.casefold().split())
    if named and named not in " ".join(text.casefold().split()):
        yield _finding(
            source,
            "source-without-organisation",
            "PL-E09",
            f"The document nowhere names {policy.organisation}.",
            "Check that it is the right organisation's document; the words quoted in the form are taken from it.",
        )


def _first(labels: Sequence[str]) -> str:
    told = clause_words(labels[:_TOLD]).capitalize()
    return told + (f" and {count(len(labels) - _TOLD, 'more clause')}" if len(labels) > _TOLD else "")


def _finding(source: Source, rule: str, code: str, message: str, help: str) -> Finding:
    return Finding(rule, code, Severity.WARNING, message, Place(file=source.file), help=help)
