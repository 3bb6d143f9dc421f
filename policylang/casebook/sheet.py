"""Reading the cells of one sheet of an .xlsx workbook as a stream: values, hidden rows, formulas without results.

A formula's stored result is read as the value; the formula itself is never looked at. Cells without content do not
exist here, so a workbook with one far cell costs no more than one with a near one.
"""

from __future__ import annotations

import math
import re
from collections.abc import Generator, Iterable, Iterator
from datetime import date, datetime, timedelta
from enum import Enum
from itertools import chain
from pathlib import Path

from policylang.casebook import limits
from policylang.casebook.archive import Archive, damaged, too_long
from policylang.casebook.grid import Cell, FilledRow, Kind, Merge, column_number, letters
from policylang.casebook.markup import parse, unescape
from policylang.casebook.plain_rows import plain_rows, preamble
from policylang.casebook.rules import stop
from policylang.findings.finding import Place
from policylang.findings.problem import Problem


class Style(Enum):
    """What a cell's number format shows."""

    OTHER = "other"
    DATE = "date"
    MONTH = "month"
    TIME = "time"


_DIGITS = "0123456789"
_YES = frozenset({"1", "true"})


class SheetReader:
    """One sheet of a workbook on disk. ``rows`` may be called more than once."""

    def __init__(
        self, path: Path, file: str, part: str, name: str, shared: list[str], styles: list[Style], date_1904: bool
    ) -> None:
        self.path = path
        self.file = file
        self.part = part
        self.name = name
        self.shared = shared
        self.styles = styles
        self.merges: list[Merge] = []
        self.hidden_columns: set[int] = set()
        # Serial 1 is 1 January 1900 and serial 60 a 29 February that never was; or 0 is 1 January 1904.
        self.day_0 = date(1904, 1, 1) if date_1904 else date(1899, 12, 30)

    def scan(self) -> None:
        """Find the merged ranges, which the file lists after the cells, without reading the cells."""
        pattern = re.compile(rb'<(?:\w+:)?mergeCell\s[^>]*?ref="([A-Z]{1,3})(\d{1,7}):([A-Z]{1,3})(\d{1,7})"')
        self.merges.clear()
        tail = b""
        with Archive(self.path, self.file) as archive:
            for chunk in archive.chunks(self.part, limits.INFLATED_BYTES):
                data = tail + chunk
                last = 0
                if b"mergeCell" not in data:  # found far faster than the pattern, and most chunks have none
                    tail = data[-200:]
                    continue
                for m in pattern.finditer(data):
                    left, right = column_number(m[1].decode()), column_number(m[3].decode())
                    self.merges.append(Merge(int(m[2]), int(m[4]), left, right))
                    last = m.end()
                tail = data[max(last, len(data) - 200) :]

    def rows(self) -> Iterator[FilledRow]:
        """The rows with something in them, from the top. Raises ``Problem``."""
        with Archive(self.path, self.file) as archive:
            for count, row in enumerate(self._rows(archive), 1):
                if count > limits.ROWS:
                    raise stop(
                        "too-many-rows",
                        f"The sheet “{self.name}” has more than {limits.ROWS:,} rows with something in them.",
                        "Save the sheet as CSV, which may have any number of rows, or split it by year.",
                        place=Place(file=self.file, sheet=self.name),
                    )
                yield row

    def _rows(self, archive: Archive) -> Iterator[FilledRow]:
        chunks = archive.chunks(self.part, limits.INFLATED_BYTES)
        start = next(chunks, b"")
        before = preamble(start)
        if before is None:
            yield from self._parsed(archive, chain([start], chunks))
            return
        # Hidden columns, and whatever else stands before the rows, are for the parser.
        for _ in self._parsed(archive, [before + b"</sheetData></worksheet>"]):
            pass
        reading = _Reading(self)

        def fragment(content: bytes, number: int) -> Generator[FilledRow, None, int]:
            whole = b"<worksheet><sheetData>" + content + b"</sheetData></worksheet>"
            return self._parsed(archive, [whole], number)

        yield from plain_rows(archive, self.part, chunks, start[len(before) :], reading.plain, fragment)

    def _parsed(self, archive: Archive, chunks: Iterable[bytes], number: int = 0) -> Generator[FilledRow, None, int]:
        reading = _Reading(self, number)
        for _ in parse(archive, self.part, reading.start, reading.end, reading.text, chunks=chunks):
            yield from reading.ready
            reading.ready.clear()
            if reading.finished:
                break
        return reading.row


class _Reading:
    """The state of one pass over a sheet: handlers for the start, the end and the text of elements."""

    def __init__(self, sheet: SheetReader, row: int = 0) -> None:
        self.sheet = sheet
        self.row = row
        self.ready: list[FilledRow] = []
        self.finished = False
        self._columns: dict[str, int] = {}
        self._hidden = False
        self._cells: dict[int, Cell] = {}
        self._column = -1
        self._type = "n"
        self._style = ""
        self._formula = False
        self._value: str | None = None
        self._pieces: list[str] = []
        self._length = 0
        self._taking = False
        self._phonetic = False

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        if tag == "c":
            ref = attributes.get("r")
            if ref is None:
                self._column += 1
            else:
                name = ref.rstrip(_DIGITS)
                column = self._columns.get(name)
                if column is None:
                    column = self._columns[name] = column_number(name)
                    if column < 0:
                        raise damaged(self.sheet.file, f"the sheet “{self.sheet.name}” names a cell in no column")
                self._column = column
            self._type = attributes.get("t", "n")
            self._style = attributes.get("s", "")
            self._formula = False
            self._value = None
            self._pieces = []
            self._length = 0
        elif tag == "v":
            self._taking = True
        elif tag == "row":
            self._begin_row(attributes)
        elif tag == "t":
            self._taking = not self._phonetic
        elif tag == "f":
            self._formula = True
        elif tag == "rPh":
            self._phonetic = True
        elif tag == "col" and attributes.get("hidden", "0") in _YES:
            self._hide_columns(attributes)

    def text(self, data: str) -> None:
        if self._taking:
            self._length += len(data)
            if self._length > limits.CELL_CHARACTERS:
                raise self._too_long()
            self._pieces.append(data)

    def end(self, tag: str) -> None:
        if tag == "v":
            self._taking = False
            self._value = "".join(self._pieces)
        elif tag == "c":
            cell = self._cell()
            if cell is not None:
                if self._column >= limits.COLUMNS:
                    raise self._too_wide()
                self._cells[self._column] = cell
        elif tag == "row":
            if self._cells:
                self.ready.append(FilledRow(self.row, self._cells, self._hidden))
                self._cells = {}
        elif tag == "t":
            self._taking = False
        elif tag == "rPh":
            self._phonetic = False
        elif tag == "sheetData":
            self.finished = True

    def _begin_row(self, attributes: dict[str, str]) -> None:
        number = attributes.get("r", "")
        self.row = int(number) if number.isdecimal() and len(number) < 9 else self.row + 1
        self._hidden = attributes.get("hidden", "0") in _YES
        self._column = -1
        self._cells = {}

    def _hide_columns(self, attributes: dict[str, str]) -> None:
        first, last = attributes.get("min", ""), attributes.get("max", "")
        if first.isdecimal() and last.isdecimal():
            self.sheet.hidden_columns.update(range(int(first[:6]) - 1, min(int(last[:6]), limits.COLUMNS)))

    def plain(self, kind: str, style: str, value: str) -> Cell | None:
        """A cell without a formula, from its type, its style and its text."""
        self._type, self._style, self._formula, self._value = kind, style, False, value
        self._pieces = [value]
        return self._cell()

    def _cell(self) -> Cell | None:
        kind = self._type
        if kind == "inlineStr":
            return _words(unescape("".join(self._pieces)))
        value = self._value
        if not value:
            # A text result of nothing is an empty cell; no result at all is a formula that nobody has calculated yet.
            if self._formula and not (kind == "str" and value is not None):
                return Cell(Kind.NOT_CALCULATED, "", "")
            return None
        if kind == "s":
            return _words(self._shared(value))
        if kind == "str":
            return _words(unescape(value))
        if kind == "b":
            return Cell(Kind.YES_NO, value in _YES, "TRUE" if value in _YES else "FALSE")
        if kind == "e":
            return Cell(Kind.ERROR, value, value)
        if kind == "d":
            return _iso(value)
        return self._number(value)

    def _shared(self, value: str) -> str:
        if value.isdecimal() and int(value) < len(self.sheet.shared):
            return self.sheet.shared[int(value)]
        raise damaged(self.sheet.file, f"the cell {self._address()} refers to a text that is not in the workbook")

    def _number(self, value: str) -> Cell:
        try:
            number = float(value)
        except ValueError:
            return Cell(Kind.ERROR, value, value)
        style = Style.OTHER
        if self._style:
            index = int(self._style) if self._style.isdecimal() else len(self.sheet.styles)
            style = self.sheet.styles[index] if index < len(self.sheet.styles) else Style.OTHER
        if not math.isfinite(number):
            return Cell(Kind.ERROR, value, value)
        if style is Style.OTHER:
            whole = number.is_integer() and abs(number) < 1e15
            return Cell(Kind.NUMBER, number, str(int(number)) if whole else repr(number))
        if style is Style.TIME:
            return Cell(Kind.TIME, number, value)
        return self._date(number, value, style)

    def _date(self, number: float, written: str, style: Style) -> Cell:
        # Half a millisecond is the most by which a stored time of day is ever rounded down past midnight.
        whole = math.floor(number + 0.5 / 86_400_000)
        epoch = self.sheet.day_0
        if not (0 if epoch.year == 1904 else 1) <= whole <= 2_958_465:
            return Cell(Kind.BAD_DATE, number, written)
        if epoch.year == 1899 and whole < 60:
            whole += 1
        try:
            day = epoch + timedelta(days=whole)
        except OverflowError:
            return Cell(Kind.BAD_DATE, number, written)
        if style is Style.MONTH and day.day == 1:
            return Cell(Kind.MONTH, day, day.isoformat())
        seconds = round((number - math.floor(number)) * 86_400)
        if 0 < seconds < 86_400:
            return Cell(Kind.DATE, day, f"{day.isoformat()} {seconds // 3600:02}:{seconds % 3600 // 60:02}")
        return Cell(Kind.DATE, day, day.isoformat())

    def _address(self) -> str:
        return f"{letters(max(self._column, 0))}{self.row}"

    def _too_long(self) -> Problem:
        return too_long(
            self.sheet.file, Place(self.sheet.file, sheet=self.sheet.name, row=self.row, cell=self._address())
        )

    def _too_wide(self) -> Problem:
        return stop(
            "too-many-columns",
            f"The sheet “{self.sheet.name}” has something in the cell {self._address()}, "
            f"beyond the {limits.COLUMNS} columns that are read.",
            f"If the cell {self._address()} is a slip, delete the columns to the right of the log and save a new copy; "
            "if the log really is that wide, copy the columns that the audit needs to a new sheet.",
            place=Place(self.sheet.file, sheet=self.sheet.name, row=self.row, cell=self._address()),
        )


def _words(text: str) -> Cell | None:
    return Cell(Kind.TEXT, text, text) if text.strip() else None


def _iso(value: str) -> Cell:
    try:
        moment = datetime.fromisoformat(value)
    except ValueError:
        return Cell(Kind.TEXT, value, value)
    return Cell(Kind.DATE, moment.date(), value)
