"""Reading the cells of one sheet of an .ods spreadsheet as a stream: values, hidden rows, formulas without results.

A row or a cell that says it is repeated counts as often as it says, against the same limits as if it were written out.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from policylang.casebook import limits
from policylang.casebook.archive import Archive, too_long
from policylang.casebook.grid import Cell, FilledRow, Kind, Merge, letters
from policylang.casebook.markup import parse
from policylang.casebook.rules import stop
from policylang.casebook.words import shows_error
from policylang.findings.finding import Place
from policylang.findings.problem import Problem

CONTENT = "content.xml"
_CELLS = frozenset({"table-cell", "covered-table-cell"})
_GROUPS = frozenset({"table-row-group", "table-header-rows", "table-rows"})
_COLUMN_GROUPS = frozenset({"table-column-group", "table-header-columns", "table-columns"})
# Older programs say that a formula that failed has the result 0; only what the cell shows tells.
_FAILED = re.compile(r"Err:\d{3}")
_MOST_MERGES = 10_000
# What lies in a paragraph without being part of its text.
_NOT_TEXT = frozenset({"annotation", "note", "ruby-text", "frame", "custom-shape", "g", "rect", "control", "table"})
_HIDDEN = frozenset({"collapse", "filter"})
_DAY = re.compile(r"(?P<day>[+-]?\d+-\d\d-\d\d)(?:T(?P<clock>\d\d:\d\d)(?::(?P<seconds>[\d.]+))?)?Z?")


class OdsSheetReader:
    """One sheet of a spreadsheet on disk. ``rows`` may be called more than once.

    With ``calculated``, a formula without a result has an empty text as its result, and was not left uncalculated.
    ``merges`` and ``hidden_columns`` are known as far down as rows were read; headings need no more.
    """

    def __init__(
        self, path: Path, file: str, index: int, name: str, months: frozenset[str], *, calculated: bool = False
    ) -> None:
        self.path = path
        self.file = file
        self.index = index
        self.name = name
        self.months = months
        self.calculated = calculated
        self.merges: list[Merge] = []
        self.hidden_columns: set[int] = set()

    def rows(self) -> Iterator[FilledRow]:
        """The rows with something in them, from the top. Raises ``Problem``."""
        with Archive(self.path, self.file) as archive:
            reading = _Reading(self)
            count = 0
            for _ in parse(archive, CONTENT, reading.start, reading.end, reading.text):
                for number, times, cells, hidden in reading.ready:
                    count += times
                    if count > limits.ROWS:
                        raise stop(
                            "too-many-rows",
                            f"The sheet “{self.name}” has more than {limits.ROWS:,} rows with something in them.",
                            "Save the sheet as CSV, which may have any number of rows, or split it by year.",
                            place=Place(file=self.file, sheet=self.name),
                        )
                    for n in range(times):
                        yield FilledRow(number + n, cells, hidden)
                reading.ready.clear()
                if reading.finished:
                    return


class _Reading:
    """The state of one pass over ``content.xml``: handlers for the start, the end and the text of elements."""

    def __init__(self, sheet: OdsSheetReader) -> None:
        self.sheet = sheet
        self.ready: list[tuple[int, int, dict[int, Cell], bool]] = []
        self.finished = False
        self._path: list[str] = []
        self._table = -1
        self._within = False  # in the sheet that is wanted
        self._base = 0  # how deep the elements of its rows lie
        self._groups: list[bool] = []  # whether each group of rows that is open is hidden
        self._columns = 0
        self._styles: list[tuple[int, str]] = []  # up to which column which style stands for cells without their own
        self._next_row = 1
        self._row_times = 1
        self._row_hidden = False
        self._row_style = ""
        self._cells: dict[int, Cell] = {}
        self._column = 0
        self._cell: dict[str, str] | None = None
        self._aside = 0  # how deep in something that is no part of a cell's text: a remark, a drawing, a table
        self._pieces: list[str] = []
        self._length = 0
        self._paragraphs = 0
        self._in_paragraph = 0

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        if not self._within:
            if tag == "table" and len(self._path) == 3 and self._path[2] == "spreadsheet":
                self._table += 1
                self._within = self._table == self.sheet.index
                if self._within:
                    self.sheet.merges.clear()
            self._path.append(tag)
            return
        self._base += 1
        if self._aside:
            self._aside += 1
        elif self._cell is not None:
            self._inside_cell(tag, attributes)
        elif tag in _CELLS:
            self._cell = attributes
            self._pieces, self._length, self._paragraphs = [], 0, 0
        elif tag == "table-row":
            self._row_times = _times(attributes.get("table:number-rows-repeated"))
            self._row_hidden = attributes.get("table:visibility") in _HIDDEN or any(self._groups)
            self._row_style = attributes.get("table:default-cell-style-name", "")
            self._cells, self._column = {}, 0
        elif tag in _GROUPS:
            self._groups.append(attributes.get("table:display") == "false")
        elif tag == "table-column":
            self._add_columns(attributes)
        elif tag not in _COLUMN_GROUPS:
            self._aside = 1

    def text(self, data: str) -> None:
        if self._in_paragraph and not self._aside:
            self._take(data)

    def end(self, tag: str) -> None:
        if not self._within:
            self._path.pop()
            return
        if self._base == 0:
            self._within, self.finished = False, True
            self._path.pop()
            return
        self._base -= 1
        if self._aside:
            self._aside -= 1
        elif self._cell is not None:
            if tag in _CELLS:
                self._end_cell(self._cell)
                self._cell = None
            elif tag in ("p", "h"):
                self._in_paragraph -= 1
        elif tag == "table-row":
            if self._cells:
                self.ready.append((self._next_row, self._row_times, self._cells, self._row_hidden))
            self._next_row += self._row_times
        elif tag in _GROUPS:
            self._groups.pop()

    def _inside_cell(self, tag: str, attributes: dict[str, str]) -> None:
        if tag in ("p", "h"):
            if self._paragraphs:
                self._take("\n")
            self._paragraphs += 1
            self._in_paragraph += 1
        elif not self._in_paragraph or tag in _NOT_TEXT:
            self._aside = 1
        elif tag == "s":
            self._take(" " * min(_times(attributes.get("text:c")), limits.CELL_CHARACTERS + 1))
        elif tag == "tab":
            self._take("\t")
        elif tag == "line-break":
            self._take("\n")

    def _take(self, data: str) -> None:
        self._length += len(data)
        if self._length > limits.CELL_CHARACTERS:
            raise too_long(self.sheet.file, self._place())
        self._pieces.append(data)

    def _add_columns(self, attributes: dict[str, str]) -> None:
        first = self._columns
        self._columns += _times(attributes.get("table:number-columns-repeated"))
        if first < limits.COLUMNS:
            self._styles.append((self._columns, attributes.get("table:default-cell-style-name", "")))
        if attributes.get("table:visibility") in _HIDDEN and first < limits.COLUMNS:
            self.sheet.hidden_columns.update(range(first, min(self._columns, limits.COLUMNS)))

    def _end_cell(self, attributes: dict[str, str]) -> None:
        times = _times(attributes.get("table:number-columns-repeated"))
        cell = self._read(attributes, "".join(self._pieces))
        if cell is not None:
            if self._column + times > limits.COLUMNS:
                self._column = max(self._column, limits.COLUMNS)
                raise self._too_wide()
            for n in range(times):
                self._cells[self._column + n] = cell
            wide = _times(attributes.get("table:number-columns-spanned"))
            high = _times(attributes.get("table:number-rows-spanned"))
            if (wide > 1 or high > 1) and len(self.sheet.merges) < _MOST_MERGES:
                row = self._next_row
                self.sheet.merges.append(Merge(row, row + high - 1, self._column, self._column + wide - 1))
        self._column += times

    def _read(self, attributes: dict[str, str], text: str) -> Cell | None:
        kind = attributes.get("office:value-type", "")
        formula = "table:formula" in attributes
        if attributes.get("calcext:value-type") == "error" or (
            formula and (_FAILED.fullmatch(text) or shows_error(text))
        ):
            return Cell(Kind.ERROR, text, text)
        if not kind and formula and not text:
            return None if self.sheet.calculated else Cell(Kind.NOT_CALCULATED, "", "")
        if kind in ("float", "currency", "percentage"):
            return _number(attributes.get("office:value", ""))
        if kind == "date":
            return self._date(attributes)
        if kind == "time":
            return Cell(Kind.TIME, text, text)
        if kind == "boolean":
            yes = attributes.get("office:boolean-value") == "true"
            return Cell(Kind.YES_NO, yes, "TRUE" if yes else "FALSE")
        text = attributes.get("office:string-value", "") if kind == "string" and not self._paragraphs else text
        if len(text) > limits.CELL_CHARACTERS:
            raise too_long(self.sheet.file, self._place())
        return Cell(Kind.TEXT, text, text) if text.strip() else None

    def _date(self, attributes: dict[str, str]) -> Cell:
        written = attributes.get("office:date-value", "")
        parts = _DAY.fullmatch(written)
        if parts is None:
            return Cell(Kind.ERROR, written, written)
        try:
            day = date.fromisoformat(parts["day"])
        except ValueError:
            return Cell(Kind.BAD_DATE, written, written)
        if day.day == 1 and self._style(attributes) in self.sheet.months:
            return Cell(Kind.MONTH, day, day.isoformat())
        clock = parts["clock"]
        timed = clock and (clock != "00:00" or (parts["seconds"] or "").strip("0."))
        return Cell(Kind.DATE, day, f"{day.isoformat()} {clock}" if timed else day.isoformat())

    def _style(self, attributes: dict[str, str]) -> str:
        own = attributes.get("table:style-name") or self._row_style
        return own or next((style for last, style in self._styles if self._column < last), "")

    def _address(self) -> str:
        return f"{letters(self._column)}{self._next_row}"

    def _place(self) -> Place:
        sheet = self.sheet
        return Place(sheet.file, sheet=sheet.name, row=self._next_row, cell=self._address())

    def _too_wide(self) -> Problem:
        return stop(
            "too-many-columns",
            f"The sheet “{self.sheet.name}” has something in the cell {self._address()}, "
            f"beyond the {limits.COLUMNS} columns that are read.",
            f"If the cell {self._address()} is a slip, delete the columns to the right of the log and save a new copy; "
            "if the log really is that wide, copy the columns that the audit needs to a new sheet.",
            place=self._place(),
        )


def _times(written: str | None) -> int:
    # How often something is repeated: never less than once, and never more than a sheet could hold.
    if written is None or not written.isdecimal():
        return 1
    return min(max(int(written[:9]), 1), 100_000_000)


def _number(written: str) -> Cell:
    try:
        number = float(written)
    except ValueError:
        return Cell(Kind.ERROR, written, written)
    if not math.isfinite(number):
        return Cell(Kind.ERROR, written, written)
    whole = number.is_integer() and abs(number) < 1e15
    return Cell(Kind.NUMBER, number, str(int(number)) if whole else repr(number))
