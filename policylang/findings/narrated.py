"""Findings to be read aloud: whole sentences in the order one would say them, nothing drawn, nothing by position."""

from __future__ import annotations

from collections.abc import Sequence

from policylang.findings.excerpt import underlined, visible
from policylang.findings.finding import Finding, Place
from policylang.findings.words import in_text, summary

_LEADS = {
    "rests_on": "It rests on",
    "expected": "Expected",
    "found": "Found",
    "out_by": "Out by",
    "help": "To put it right",
}


def render(findings: Sequence[Finding], *, with_summary: bool = True) -> str:
    """The summary first, so that the listener knows what is coming; then each finding as a paragraph."""
    told = [_told(finding, at, len(findings)) for at, finding in enumerate(findings, 1)]
    return "\n\n".join([summary(findings), *told] if with_summary else told) + "\n"


def _told(finding: Finding, at: int, of: int) -> str:
    number = f"Number {at} of {of}, {finding.severity.value}" if of > 1 else finding.severity.value.capitalize()
    code = f", code {finding.code}" if finding.code else ""
    said = [f"{number}: {finding.rule}{code}.", _sentence(finding.message)]
    if finding.place is not None:
        said.append(_where(finding.place))
    for name, lead in _LEADS.items():
        text = getattr(finding, name)
        if text:
            said.append(_sentence(f"{lead}: {text}"))
    if finding.clauses:
        said.append(f"Clauses: {', '.join(finding.clauses)}.")
    for other in finding.related:
        said.append(_where(other).replace("In ", "See also ", 1))
    said.append(f"To read more, type: {finding.explain}")
    return "\n".join(visible(line, keep="") for line in said)


def _where(place: Place) -> str:
    parts = [f"In {place.file}"]
    if place.line is not None:
        parts.append(f"line {place.line}")
    if place.sheet is not None:
        parts.append(f"sheet {place.sheet}")
    if place.row is not None:
        parts.append(f"row {place.row}")
    if place.heading is not None:
        parts.append(f"under the heading {place.heading}" if in_text(place) else f"column {place.heading}")
    if place.cell is not None:
        parts.append(f"cell {place.cell}")
    words = underlined(place)
    return ", ".join(parts) + (f". The words are: {_sentence(words)}" if words else ".")


def _sentence(text: str) -> str:
    text = " ".join(text.split())
    return text if text.endswith((".", "!", "?", ".”")) else f"{text}."
