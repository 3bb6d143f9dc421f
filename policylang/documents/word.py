"""The paragraphs of a Word document, with the numbers that Word makes put back where a reader sees them.

Tables are read cell by cell. What is deleted but still tracked, hidden text and the second copy of text boxes (kept for
old versions of Word) are left out; text that is inserted and tracked is read.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from policylang.documents import faults
from policylang.documents.package import Package
from policylang.documents.paragraphs import Paragraph, SourceDocument
from policylang.documents.word_numbering import Numbering, read_numbering, whole

_LEFT_OUT = {"del", "moveFrom", "Fallback", "instrText", "delText", "pPrChange", "rPrChange", "numberingChange"}


def read_word(path: Path, file: str) -> SourceDocument:
    """The paragraphs of a .docx file. Raises ``Problem``."""
    with Package(path, file) as package:
        reader = _Reader(read_numbering(package), file)
        package.read("word/document.xml", reader.start, reader.end, reader.text)
    return SourceDocument(file, "word", tuple(reader.found))


class _Paragraph:
    def __init__(self) -> None:
        self.parts: list[str] = []
        self.style: str | None = None
        self.list_id: str | None = None
        self.level: int | None = None


class _Reader:
    def __init__(self, numbering: Numbering, file: str) -> None:
        self.numbering, self.file = numbering, file
        self.found: list[Paragraph] = []
        self.open: list[_Paragraph] = []  # a text box stands inside a paragraph
        self.left_out = 0
        self.in_text = self.in_properties = self.hidden = False
        self.in_run_properties = False

    def start(self, tag: str, has: Mapping[str, str]) -> None:
        if tag in _LEFT_OUT:
            self.left_out += 1
        if self.left_out:
            return
        match tag:
            case "p":
                if len(self.found) >= faults.PARAGRAPHS:
                    raise faults.too_large(self.file, f"it has more than {faults.PARAGRAPHS:,} paragraphs")
                self.open.append(_Paragraph())
            case "pPr":
                self.in_properties = True
            case "pStyle" | "numId" | "ilvl" if self.in_properties and self.open:
                self._property(self.open[-1], tag, has.get("val", ""))
            case "r":
                self.hidden = False
            case "rPr":
                self.in_run_properties = True
            case "vanish" if self.in_run_properties and not self.in_properties:
                self.hidden = has.get("val", "1") not in ("0", "false", "off")
            case "t":
                self.in_text = True
            case "tab" if not self.in_properties:
                self.text_of_run("\t")
            case "br" | "cr":
                self.text_of_run(" ")
            case "noBreakHyphen":
                self.text_of_run("-")

    @staticmethod
    def _property(paragraph: _Paragraph, tag: str, value: str) -> None:
        if tag == "pStyle":
            paragraph.style = value
        elif tag == "numId":
            paragraph.list_id = value
        else:
            paragraph.level = whole(value)

    def end(self, tag: str) -> None:
        if tag in _LEFT_OUT:
            self.left_out -= 1
            return
        if self.left_out:
            return
        match tag:
            case "p":
                self._close(self.open.pop())
            case "pPr":
                self.in_properties = False
            case "rPr":
                self.in_run_properties = False
            case "t":
                self.in_text = False

    def text(self, text: str) -> None:
        if self.in_text and not self.left_out:
            self.text_of_run(text)

    def text_of_run(self, text: str) -> None:
        if self.open and not self.hidden:
            self.open[-1].parts.append(text)

    def _close(self, paragraph: _Paragraph) -> None:
        text = "".join(paragraph.parts).replace("\u00a0", " ").strip()
        label = self.numbering.label(paragraph.style, paragraph.list_id, paragraph.level)
        self.found.append(Paragraph(f"{label} {text}".strip() if label else text, len(self.found) + 1))
