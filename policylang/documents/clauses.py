"""The clauses of a document: which paragraph begins which, what it is headed, what stands under it.

A clause begins with a number at the start of a paragraph (``3.2``, ``7.4.1.``, ``1.0``, ``Section 4``), with or without
bullet or bold marks; lettered items below it (``a.``, ``- b)``, ``(c)``) become ``3.1a``; ``Appendix 1`` is a clause
too. Numbers that only happen to stand there are told apart: a figure with its unit, a line of a table of contents, a
list that counts from 1 within a clause, a single number far out of its turn.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from policylang.documents.paragraphs import Paragraph, SourceDocument

_LEAD = r"^[\s>#*•·▪o–—-]*?(?:(?:section|clause|part|article)\s+)?"
_NUMBER = re.compile(_LEAD + r"\*{0,2}(\d{1,3}(?:\.\d{1,3}){0,4})([.):]?)\*{0,2}(?=[\s*]|$)", re.IGNORECASE)
_LETTER = re.compile(r"^[\s>#*•·▪–—-]*\(?([a-z])[.)](?=\s)")
_APPENDIX = re.compile(r"^[\s>#*]*((?:appendix|annexe?|schedule)\s+(?:\d{1,2}|[A-Z]))(?![\w.])(?!\s*\))", re.IGNORECASE)
_PAGE = re.compile(r"[\s.…](\d{1,3})$")  # what a line of a table of contents ends with
_ENTRIES = 3  # lines in a row that make a table of contents
_LEADS_ON = re.compile(
    r"(?:\b(?:[Ss]ections?|[Cc]lauses?|[Pp]aragraphs?|para|[Pp]art|[Ss]tage|[Ss]ee|in|with|to|at|under|of|by|than|within"
    r"|for|from|the|a)|(?<!;)\s(?:and|or)|[,(–])\s*$"
)  # what a line ends with when the number that begins the next one belongs to its sentence
_UNIT = re.compile(
    r"^\s*[-–]?\s*(?:working|business|calendar|clear|consecutive|days?\b|weeks?\b|months?\b|years?\b|hours?\b|minutes?\b|%"
    r"|per\s?cent|pounds?\b|st\b|nd\b|rd\b|th\b|am\b|pm\b|January|February|March|April|May|June|July|August|September"
    r"|October|November|December)",
    re.IGNORECASE,
)
_MARKS = re.compile(r"[*_#]+|</?[a-z][^<>]{0,60}>")
_HEADING = 90  # characters; a longer paragraph is no heading
_SKIPPED = 4  # how many numbers a document may leave out before a single number is taken for something else


@dataclass(slots=True)
class Clause:
    """One clause. ``paragraphs`` are those between its number and the next one's; the first holds the number."""

    label: str
    heading: str
    paragraphs: list[Paragraph] = field(default_factory=list)
    again: bool = False  # the number was printed before

    @property
    def text(self) -> str:
        """What the clause says, without its number and marks, one paragraph a line."""
        first, *rest = self.paragraphs
        return "\n".join(plain(text) for text in (after_number(first.text), *(p.text for p in rest)))


def clauses(document: SourceDocument) -> list[Clause]:
    """The clauses of a document in their order, each as often as its number is printed."""
    reader = _Reader()
    contents = _contents(document.paragraphs)
    before = ""
    for at, paragraph in enumerate(document.paragraphs):
        if at not in contents:
            reader.read(paragraph, goes_on=bool(_LEADS_ON.search(before)))
        before = paragraph.text
    return reader.found


def _contents(paragraphs: Sequence[Paragraph]) -> set[int]:
    """The places of the lines of a table of contents: a number, a title and a page, line after line."""
    found: set[int] = set()
    run: list[int] = []
    page = 0
    for at, paragraph in enumerate(paragraphs):
        if not paragraph.text.strip():
            continue
        entry = _NUMBER.match(paragraph.text) and _PAGE.search(paragraph.text.rstrip())
        if entry and (not run or int(entry[1]) >= page) and len(paragraph.text) <= _HEADING + 60:
            run.append(at)
            page = int(entry[1])
            continue
        if len(run) >= _ENTRIES:
            found.update(run)
        run = []
    return found | (set(run) if len(run) >= _ENTRIES else set())


def _of_contents(text: str) -> bool:
    """Whether a line ends in a page number set apart by a tab, dots or blanks."""
    page = _PAGE.search(text.rstrip())
    return page is not None and bool(re.search(r"\t|\.{3}|…|\s{3}", text[: page.start() + 1][-20:]))


def labels(document: SourceDocument) -> list[str]:
    """The clause numbers of a document, in order, each as often as it is printed."""
    return [clause.label for clause in clauses(document)]


def within(label: str, clause: str) -> bool:
    """Whether a clause is the one meant by a label or stands below it: 7.4.3 and 7.4a stand below 7.4."""
    return clause == label or (clause.startswith(label) and not clause[len(label)].isdigit() and label != "")


def after_number(text: str) -> str:
    """A paragraph without the number, letter or appendix it begins with."""
    for pattern in (_APPENDIX, _NUMBER, _LETTER):
        match = pattern.match(text)
        if match is not None:
            return text[match.end() :].strip(" .):–—-\t*")
    return text.strip()


def plain(text: str) -> str:
    """Text without Markdown and HTML marks."""
    return " ".join(_MARKS.sub(" ", text).split())


class _Reader:
    def __init__(self) -> None:
        self.found: list[Clause] = []
        self.printed: set[str] = set()
        self.top = 0  # the single number that came last
        self.number = ""  # the numbered clause that lettered items stand under
        self.letter = ""
        self.listed = 0  # the last number of a list within a clause
        self.appendix = ""

    def read(self, paragraph: Paragraph, *, goes_on: bool) -> None:
        text = paragraph.text
        if not text.strip() or (_NUMBER.match(text) and _of_contents(text)):
            return
        label = (None if goes_on else self._appendix(text) or self._number(text)) or self._lettered(text)
        if label is None:
            if self.found:
                self.found[-1].paragraphs.append(paragraph)
            return
        self.found.append(Clause(label, _heading(text), [paragraph], label in self.printed))
        self.printed.add(label)

    def _appendix(self, text: str) -> str | None:
        match = _APPENDIX.match(text)
        if match is None or len(text) > _HEADING or _of_contents(text):
            return None
        kind, _, which = match[1].partition(" ")
        self.appendix = f"{kind.capitalize()} {which.strip().upper()}"
        self.top, self.number, self.letter, self.listed = 0, "", "", 0
        return self.appendix

    def _number(self, text: str) -> str | None:
        match = _NUMBER.match(text)
        if match is None or _UNIT.match(text[match.end() :]):
            return None
        printed = match[1]
        number = printed.removesuffix(".0")
        if "." not in printed:
            if not self._in_turn(int(number), match[2], text[match.end() :]):
                return None
            self.top = int(number)
        elif "." in number or printed.endswith(".0"):
            first = int(number.partition(".")[0])
            if self.found and first - self.top > _SKIPPED:
                return None  # a figure such as 28.5, not a clause
            self.top = first
        self.listed, self.letter = 0, ""
        self.number = f"{self.appendix} {number}".strip()
        return self.number

    def _in_turn(self, number: int, stop: str, rest: str) -> bool:
        """Whether a single number is the next clause, and not a line of a list that counts within one."""
        if self.listed and number == self.listed + 1:
            self.listed = number
            return False
        if number == 1 and self.top >= 1 and stop:
            self.listed = 1
            return False
        starts_as_clause = not rest.strip() or rest.strip(" *\t")[:1].isupper()
        return starts_as_clause and self.top <= number <= self.top + _SKIPPED and number > 0

    def _lettered(self, text: str) -> str | None:
        match = _LETTER.match(text)
        if match is None or not self.number:
            return None
        letter = match[1]
        if letter != "a" and (not self.letter or ord(letter) - ord(self.letter) not in (1, 2)):
            return None
        self.letter = letter
        return f"{self.number}{letter}"


def _heading(text: str) -> str:
    ended = text.rstrip(" *").endswith((".", ";", ":", ","))
    heading = plain(after_number(text))
    return "" if ended or len(heading) > _HEADING else heading


def paragraphs_of(found: list[Clause]) -> Iterator[tuple[Clause, Paragraph]]:
    """Every paragraph that stands in some clause, with that clause."""
    for clause in found:
        for paragraph in clause.paragraphs:
            yield clause, paragraph
