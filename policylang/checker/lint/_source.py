"""The clause labels of the real document, so that citations can be held against it.

Text and Markdown are read as they are. A label is a number at the start of a line (``3.2``, ``7.4.1``, ``2.``), with or
without bullet, bold marks or a closing full stop; lettered items below it (``a.``, ``- b)``) become ``3.1a``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

from policylang.findings.finding import Finding, Place, Severity
from policylang.findings.nearest import nearest

_NUMBER = re.compile(r"^[\s>#*•–-]*(\d{1,3}(?:\.\d{1,3}){0,4})\.?(?=\s|\*|$)")
_LETTER = re.compile(r"^[\s>#*•–-]*([a-z])[.)](?=\s)")
_REFERENCE = re.compile(
    r"\b(?:section|clause|paragraph|in|see)\s+(\d{1,3}(?:\.\d{1,3}){1,4})\b"
    r"(?!\s+of\s+(?:the\s+)?(?:\w+\s+){0,3}(?:code|act|scheme|regulations))",  # a clause of another document
    re.IGNORECASE,
)


def labels(text: str) -> list[str]:
    """The clause labels of a document, in order, each as often as it is printed."""
    found: list[str] = []
    number = ""
    for line in text.splitlines():
        match = _NUMBER.match(line)
        if match:
            number = match[1].removesuffix(".0")
            found.append(number)
            continue
        letter = _LETTER.match(line)
        if letter and number:
            found.append(f"{number}{letter[1]}")
    return found


def existing(text: str, declared: Iterable[str]) -> list[str]:
    """The clauses that exist: the numbers printed in the document, and the labels in words that the policy declares
    (a table, a closing line, an appendix have no number to be read; nor has ``2.3 ¶6``, the sixth paragraph there)."""
    printed = labels(text)
    known = set(printed)
    in_words = (label for label in declared if not label[:1].isdigit() or label.partition(" ")[0] in known)
    return list(dict.fromkeys([*printed, *in_words]))


def stray_references(text: str, name: str) -> list[Finding]:
    """Cross-references in the prose itself that point to a clause which the document does not have.

    What stands before the first numbered clause (title, version history) speaks of earlier versions and is left out.
    """
    known = set(labels(text))
    findings: list[Finding] = []
    started = False
    for count, line in enumerate(text.splitlines(), 1):
        started = started or _NUMBER.match(line) is not None
        if not started:
            continue
        for match in _REFERENCE.finditer(line):
            if match[1] in known:
                continue
            near = nearest(match[1], known)
            place = Place(name, count, match.start(1) + 1, count, match.end(1) + 1, excerpt=line)
            findings.append(
                Finding(
                    "dangling-reference",
                    "PL103",
                    Severity.WARNING,
                    f"The document refers to clause {match[1]}, which it does not have.",
                    place,
                    help=f"Cite the clause that is meant{f', perhaps {near[0]}' if near else ''}.",
                    page="dangling-reference",
                    found=match[1],
                )
            )
    return findings


def read_source(path: Path) -> tuple[str | None, Finding | None]:
    """The text of a source document, or why it cannot be read."""
    if path.suffix.casefold() not in {".txt", ".md", ".markdown", ".text"}:
        return None, Finding(
            "source-not-text", "PL-F06", Severity.ERROR,
            f"“{path.name}” is not a plain text or Markdown file.", Place(str(path)),
            help="Save the document as plain text (in Word: Save As, Plain Text) and give that file.",
        )  # fmt: skip
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        text = path.read_text(encoding="cp1252", errors="replace")
    if not labels(text):
        return None, Finding(
            "source-without-numbers", "PL-F07", Severity.ERROR,
            f"No numbered clauses were found in “{path.name}”.", Place(str(path)),
            help="The lines of the document should begin with their clause numbers, such as 3.2.",
        )  # fmt: skip
    return text, None
