"""The rules of the language's own findings, each with its code, and the making of a finding with its place."""

from __future__ import annotations

from policylang.findings.finding import Finding, Place, Severity
from policylang.language.statements import Source

RULES = {
    "text-too-long": "PL-S01",
    "mark-never-closed": "PL-S02",
    "full-stop-missing": "PL-S03",
    "sentence-not-understood": "PL-S04",
    "sentence-too-long": "PL-S05",
    "nesting-too-deep": "PL-S06",
    "hidden-character": "PL-S07",
    "lookalike-letter": "PL-S08",
    "colon-missing": "PL-S09",
    "heading-with-full-stop": "PL-S10",
    "colon-out-of-place": "PL-S11",
    "too-many-faults": "PL-S12",
    "sentences-run-together": "PL-S13",
    "semicolon": "PL-S14",
    "comma-out-of-place": "PL-S15",
    "comma-missing": "PL-S16",
    "round-brackets": "PL-S17",
    "clause-without-brackets": "PL-S18",
    "clause-out-of-place": "PL-S19",
    "list-mark": "PL-S20",
    "sign-not-used": "PL-S21",
    "quotes-missing": "PL-S22",
    "single-quotes": "PL-S23",
    "words-not-joined": "PL-S24",
    "word-too-many": "PL-S25",
    "word-misspelt": "PL-S26",
    "word-twice": "PL-S27",
    "other-wording": "PL-S28",
    "passive-voice": "PL-S29",
    "verb-of-duty-missing": "PL-S30",
    "hedge-out-of-place": "PL-S31",
    "unit-missing": "PL-S32",
    "unit-not-known": "PL-S33",
    "start-event-missing": "PL-S34",
    "start-event-without-of": "PL-S35",
    "several-figures": "PL-S36",
    "date-written-otherwise": "PL-S37",
    "abbreviation": "PL-S38",
    "space-missing": "PL-S39",
    "brackets-empty": "PL-S40",
    "heading-not-understood": "PL-S41",
    "part-out-of-order": "PL-S42",
}
"""Every rule of this layer. The name is for people and pages, the code for whoever cites it."""
_LONGEST_EXCERPT = 20_000  # characters


def place(source: Source, start: int, end: int, heading: str | None = None) -> Place:
    """The place of a stretch of the source, with its lines; an empty stretch stands for the character before it.

    Lines too long for anybody to read are left out: a hundred findings in one such line would carry it a hundred times.
    """
    end = max(end, start)
    if end == start:
        start = max(start - 1, 0)
    line, column = source.position(start)
    end_line, end_column = source.position(end)
    excerpt = source.lines(line, end_line)
    shown = excerpt if len(excerpt) <= _LONGEST_EXCERPT else None
    return Place(source.name, line, column, end_line, end_column, heading, shown)


def finding(rule: str, message: str, where: Place | None, help: str | None) -> Finding:
    """An error of one of :data:`RULES`."""
    return Finding(rule, RULES[rule], Severity.ERROR, message, where, help=help)
