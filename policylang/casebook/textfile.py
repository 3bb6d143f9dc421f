"""Reading a log kept as text: comma-, semicolon- or tab-separated, in whatever encoding it was saved.

An encoding that had to be assumed is said aloud. Rows are counted as a spreadsheet program counts them.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from policylang.casebook import limits
from policylang.casebook.grid import Book, Cell, Kind, Row, Sheet, letters
from policylang.casebook.record import heading_key, match_listed
from policylang.casebook.rules import stop
from policylang.findings.finding import Place
from policylang.findings.problem import Problem
from policylang.findings.words import count

_DELIMITERS = (",", ";", "\t")
_SAVE_AGAIN = "Open it in Excel and save it as “CSV UTF-8 (Comma delimited)”, or as an .xlsx workbook."
# Either one well-formed character of two or more bytes in UTF-8, or one stray byte of another encoding.
_BEYOND_ASCII = re.compile(
    rb"(?P<utf8>[\xc2-\xdf][\x80-\xbf]|\xe0[\xa0-\xbf][\x80-\xbf]|[\xe1-\xec\xee\xef][\x80-\xbf]{2}"
    rb"|\xed[\x80-\x9f][\x80-\xbf]|\xf0[\x90-\xbf][\x80-\xbf]{2}|[\xf1-\xf3][\x80-\xbf]{3}|\xf4[\x80-\x8f][\x80-\xbf]{2})"
    rb"|(?P<stray>[\x80-\xff])"
)
_NOT_IN_CP1252 = re.compile(rb"[\x81\x8d\x8f\x90\x9d]")


def open_text(path: Path, file: str, digest: str) -> Book:
    """A text file as a book of one sheet, named after the file. Raises ``Problem``."""
    coding = _Coding(path, file)
    book = Book(file, [], digest, is_text=True)
    if coding.note:
        book.notes.append(coding.note)
    delimiter = _delimiter(path, coding)
    name = path.name

    def rows() -> Iterator[Row]:
        return _rows(path, file, name, coding, delimiter)

    book.sheets.append(Sheet(name, rows))
    return book


@dataclass(slots=True, init=False)
class _Coding:
    """How the bytes of the file become letters, found by looking at all of them once."""

    name: str
    by_line: bool
    note: tuple[str, str, str | None] | None

    def __init__(self, path: Path, file: str) -> None:
        self.name, self.by_line, self.note = "utf-8-sig", False, None
        with path.open("rb") as stream:
            start = stream.read(4)
            if start[:2] in (b"\xff\xfe", b"\xfe\xff"):
                self.name = "utf-16"
                return
            stream.seek(0)
            whole = stray = 0
            first_stray = 0
            for number, line in enumerate(_lines(stream, file), 1):
                if b"\x00" in line:
                    raise stop(
                        "text-not-readable",
                        f"Line {number} of the file holds characters that no text has (null characters), so it is not "
                        "a text file, or was damaged.",
                        _SAVE_AGAIN,
                        place=Place(file=file, line=number),
                    )
                if line.isascii():
                    continue
                found = list(_BEYOND_ASCII.finditer(line))
                strays = sum(m["stray"] is not None for m in found)
                whole += len(found) - strays
                if strays:
                    stray += strays
                    first_stray = first_stray or number
                    self._check_old(line, number, file)
        if stray and whole:
            self.by_line = True
            self.note = (
                "text-encodings-mixed",
                f"The file mixes two text encodings: {count(whole, 'character')} in UTF-8 and "
                f"{count(stray, 'character')} in Windows-1252, the first on line {first_stray}. Each line was read as "
                "what it is; £ signs and accents may be wrong.",
                _SAVE_AGAIN,
            )
        elif stray:
            self.name = "cp1252"
            self.note = (
                "text-encoding-assumed",
                "The file is not UTF-8, so it was read as Windows-1252 (what Excel writes as plain “CSV”). This "
                f"matters for {count(stray, 'character')}, the first on line {first_stray}.",
                _SAVE_AGAIN,
            )

    @staticmethod
    def _check_old(line: bytes, number: int, file: str) -> None:
        if _NOT_IN_CP1252.search(line):
            raise stop(
                "text-not-readable",
                f"Line {number} of the file is in an encoding that is neither UTF-8 nor Windows-1252.",
                _SAVE_AGAIN,
                place=Place(file=file, line=number),
            )

    def lines(self, path: Path, file: str) -> Iterator[str]:
        """The lines of the file, ends included. Raises ``Problem``."""
        if self.by_line:
            with path.open("rb") as stream:
                for number, raw in enumerate(_lines(stream, file), 1):
                    raw = raw.removeprefix(b"\xef\xbb\xbf") if number == 1 else raw
                    try:
                        yield raw.decode("utf-8")
                    except UnicodeDecodeError:
                        yield raw.decode("cp1252")
            return
        # newline="" as the csv module asks; a line longer than a cell may be is caught while it is being read.
        with path.open(encoding=self.name, newline="") as text:
            try:
                while line := text.readline(4 * limits.CELL_CHARACTERS):
                    if len(line) >= 4 * limits.CELL_CHARACTERS:
                        raise _line_too_long(file)
                    if "\x00" in line:
                        raise stop(
                            "text-not-readable",
                            "The file holds characters that no text has (null characters).",
                            _SAVE_AGAIN,
                            place=Place(file=file),
                        )
                    yield line
            except UnicodeError:
                raise stop(
                    "text-not-readable",
                    f"The file begins like {self.name.upper()} text but does not go on as such.",
                    _SAVE_AGAIN,
                    place=Place(file=file),
                ) from None


def _lines(stream: IO[bytes], file: str) -> Iterator[bytes]:
    while line := stream.readline(4 * limits.CELL_CHARACTERS):
        if len(line) >= 4 * limits.CELL_CHARACTERS:
            raise _line_too_long(file)
        yield line


def _line_too_long(file: str) -> Problem:
    return stop(
        "cell-too-long",
        f"A line of the file has more than {4 * limits.CELL_CHARACTERS:,} characters.",
        "Check that the file is a log with one line a case, and that its long letters and notes are left out.",
        place=Place(file=file),
    )


def _delimiter(path: Path, coding: _Coding) -> str:
    # The one that shows most headings we know; among equals, the one that most often cuts every line alike.
    start: list[str] = []
    for line in coding.lines(path, str(path)):
        start.append(line)
        if len(start) == limits.HEADING_SEARCH_ROWS:
            break
    best, best_score = ",", (-1, -1)
    for delimiter in _DELIMITERS:
        try:
            cut = list(csv.reader(start, delimiter=delimiter))
        except csv.Error:
            continue
        known = max((sum(bool(match_listed(heading_key(text))) for text in row) for row in cut), default=0)
        widths = [len(row) for row in cut if len(row) > 1]
        alike = max((widths.count(width) * width for width in set(widths)), default=0)
        if (known, alike) > best_score:
            best, best_score = delimiter, (known, alike)
    return best


def _rows(path: Path, file: str, name: str, coding: _Coding, delimiter: str) -> Iterator[Row]:
    csv.field_size_limit(limits.CELL_CHARACTERS)
    lines = _Watched(coding.lines(path, file))
    reader = csv.reader(lines, delimiter=delimiter)
    number = width = 0
    while True:
        number += 1
        lines.within = False
        try:
            values = next(reader)
        except StopIteration:
            return
        except csv.Error:
            raise _open_quote(
                file, lines.first, f"a cell has more than {limits.CELL_CHARACTERS:,} characters"
            ) from None
        if lines.ended_within:
            raise _open_quote(file, lines.first, "the file ends before it is closed")
        if lines.first < lines.number and _takes_in_rows(values, delimiter, width):
            raise _open_quote(file, lines.first, f"it takes in whole rows, up to line {lines.number}")
        width = len(values)
        cells = {n: Cell(Kind.TEXT, text, text) for n, text in enumerate(values) if text and not text.isspace()}
        if cells:
            last = max(cells)
            if last >= limits.COLUMNS:
                raise stop(
                    "too-many-columns",
                    f"Row {number} of the file has something in column {letters(last)}, beyond the {limits.COLUMNS} "
                    "columns that are read.",
                    "Check that the file has one line a case, and leave out the columns that the audit does not need.",
                    place=Place(file=file, line=lines.first, sheet=name, row=number),
                )
            yield Row(number, cells, False)


class _Watched:
    """Lines on their way to the csv reader, watched for a row that goes on from line to line.

    ``within`` is reset by whoever takes the rows; it is still set when a further line is asked for in mid-row.
    """

    def __init__(self, lines: Iterator[str]) -> None:
        self._lines = lines
        self.number = 0
        self.first = 0
        self.within = False
        self.ended_within = False

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        try:
            line = next(self._lines)
        except StopIteration:
            self.ended_within = self.within
            raise
        self.number += 1
        if not self.within:
            self.first = self.number
        self.within = True
        return line


def _takes_in_rows(values: list[str], delimiter: str, width: int) -> bool:
    # A cell of several lines is a note; a cell that holds a line with as many delimiters as a row is swallowed rows.
    return width > 3 and any(
        line.count(delimiter) >= width - 1 for text in values if "\n" in text for line in text.split("\n")
    )


def _open_quote(file: str, line: int, how: str) -> Problem:
    return stop(
        "quote-never-closed",
        f"A quotation mark that opens on line {line} is not closed on its row: {how}.",
        "Look at that line in a text editor and close or remove the quotation mark; or save the log as .xlsx.",
        place=Place(file=file, line=line),
    )
