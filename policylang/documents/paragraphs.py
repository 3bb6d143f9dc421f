"""What every kind of document is read into: paragraphs, each with the place where a reader will find it."""

from __future__ import annotations

from dataclasses import dataclass

from policylang.findings.finding import Place


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph (in a text file or PDF: one line).

    ``number`` counts from 1: the line of a text file, the paragraph of a Word document, the line on ``page`` of a PDF.
    ``text`` begins with the clause number where there is one, also where a word processor makes it.
    """

    text: str
    number: int
    page: int | None = None


@dataclass(frozen=True, slots=True)
class SourceDocument:
    """A document as far as it could be read. ``kind`` is ``text``, ``word`` or ``pdf``."""

    name: str
    kind: str
    paragraphs: tuple[Paragraph, ...]

    @property
    def text(self) -> str:
        """All paragraphs, one a line."""
        return "\n".join(paragraph.text for paragraph in self.paragraphs)

    def place(self, paragraph: Paragraph, start: int, end: int, clause: str | None = None) -> Place:
        """Where a stretch of a paragraph stands, in the document's own terms: line, paragraph or page."""
        named = None if clause is None else f"clause {clause}" if clause[:1].isdigit() else clause
        if self.kind == "text":
            number = paragraph.number
            return Place(self.name, number, start + 1, number, end + 1, named, paragraph.text)
        spot = f"paragraph {paragraph.number}" if paragraph.page is None else f"page {paragraph.page}"
        heading = spot if named is None else f"{spot}, {named}"
        return Place(self.name, heading=heading, excerpt=around(paragraph.text, start, end))


def around(text: str, start: int, end: int, most: int = 90) -> str:
    """The words about a stretch of text, cut at spaces, with … for what is left out."""
    if len(text) <= most:
        return text
    first = max(0, min(start - (most - (end - start)) // 2, len(text) - most))
    last = min(len(text), first + most)
    if first > 0:
        first = text.find(" ", first, start) + 1 or first
    if last < len(text):
        last = max(text.rfind(" ", end, last), end)
    return f"{'… ' if first > 0 else ''}{text[first:last]}{' …' if last < len(text) else ''}"
