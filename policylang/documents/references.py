"""Where the prose of a document refers to its own clauses: ``see section 7.4.2``, ``in line with 4.3``, ``in 1.16``.

References to another document (``paragraph 7.3 of the revised Code``) are not the document's own. What stands before
the first numbered clause (title, version history) speaks of earlier versions, and is left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from policylang.documents.clauses import Clause, paragraphs_of
from policylang.documents.paragraphs import Paragraph

_NUMBER = r"\d{1,3}(?:\.\d{1,3}){0,4}[a-z]?"
_KIND = r"(?:sub-?)?(?:section|clause|paragraph|para\.?|part|point)s?"
_REFERENCE = re.compile(
    rf"(?<![\w.])(?:(?P<kind>{_KIND})\s+(?P<first>{_NUMBER})"
    rf"|(?:in|see|with|under|per|to|at|and|of|by)\s+(?P<bare>\d{{1,3}}(?:\.\d{{1,3}}){{1,4}}[a-z]?))"
    rf"(?P<more>(?:\s*(?:,|/|and|or|&)\s*{_NUMBER})*)"
    rf"|(?<![\w.])(?P<appendix>(?:appendix|annexe?|schedule)\s+(?:\d{{1,2}}|[A-Z])(?!\w))",
    re.IGNORECASE,
)
_ELSEWHERE = re.compile(
    r"^\)?,?\s*(?:of|in|to|from)\s+(?:the\s+|our\s+|that\s+|its\s+)?(?:[\w’'&-]+\s+){0,4}?"
    r"(?:code|act|scheme|regulations?|standards?|order|rules?|policy|policies|procedure|guidance|lease|agreement)\b"
    r"|^\s*\(?(?:[\w’'-]+\s+){0,3}?(?:act|regulations?|code|scheme)\b",
    re.IGNORECASE,
)
_BEFORE_ELSEWHERE = re.compile(
    r"\b(?:act\s+\d{4}|code|scheme|regulations?(?:\s+\d{4})?|standard|gdpr)[’']?s?,?\s*(?:\(|\[)?\s*(?:at\s+|in\s+|under\s+)?$",
    re.IGNORECASE,
)
_THIS = re.compile(r"^\)?,?\s*(?:of|in|to)\s+(?:this|the\s+present)\s+", re.IGNORECASE)
_AMOUNT = re.compile(
    r"^\s*(?:%|per\s?cent|working|calendar|business|hours?|days?|weeks?|months?|years?|million|m\b|km)", re.I
)
_NAMED = re.compile(r"^\s*[,:–—-]?\s*[(“\"']?\s*((?:[A-Z][\w’'-]*)(?:\s+(?:and|of|the|or|for|to|[A-Z][\w’'-]*)){0,8})")


@dataclass(frozen=True, slots=True)
class Reference:
    """One reference of the prose. ``named`` is what the reference itself calls the clause, where it does."""

    label: str
    source: Clause
    paragraph: Paragraph
    start: int
    end: int
    named: str = ""


def references(found: list[Clause]) -> Iterator[Reference]:
    """The references of a document to its own clauses, in their order."""
    for clause, paragraph in paragraphs_of(found):
        text = paragraph.text
        for match in _REFERENCE.finditer(text):
            if paragraph is clause.paragraphs[0] and match.start() == 0:
                continue  # the clause's own number: "Section 4", "Appendix 1"
            after, before = text[match.end() :], text[: match.start()]
            if _elsewhere(before, after) or (match["bare"] and _AMOUNT.match(after)):
                continue
            yield from _each(match, clause, paragraph, after)


def _elsewhere(before: str, after: str) -> bool:
    if _THIS.match(after):
        return False
    return bool(_ELSEWHERE.match(after) or _BEFORE_ELSEWHERE.search(before))


def _each(match: re.Match[str], clause: Clause, paragraph: Paragraph, after: str) -> Iterator[Reference]:
    if match["appendix"]:
        kind, _, which = match["appendix"].partition(" ")
        label = f"{kind.capitalize()} {which.strip().upper()}"
        yield Reference(label, clause, paragraph, match.start("appendix"), match.end("appendix"))
        return
    part = "first" if match["first"] else "bare"
    named = _NAMED.match(after)
    several = bool(match["more"])
    yield Reference(
        match[part].removesuffix(".0"), clause, paragraph, match.start(part), match.end(part),
        "" if named is None or several else named[1],
    )  # fmt: skip
    for more in re.finditer(_NUMBER, match["more"]):
        start = match.start("more") + more.start()
        yield Reference(more[0].removesuffix(".0"), clause, paragraph, start, start + len(more[0]))
