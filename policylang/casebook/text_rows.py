"""The rows of a text file: what the csv module cuts, watched for quotation marks that were never closed.

Rows are counted as a spreadsheet program counts them. They are taken some hundreds at a time, and looked at one by one
only where some of them are not as nearly all rows are.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from itertools import chain, islice, repeat
from operator import itemgetter
from pathlib import Path
from typing import NamedTuple

from policylang.casebook import limits
from policylang.casebook.grid import Cell, Content, Kind, Row, letters
from policylang.casebook.rules import stop
from policylang.casebook.text_coding import Coding
from policylang.findings.finding import Place
from policylang.findings.problem import Problem

_ROWS = 64
_LINE_END = re.compile(r"\r\n|\r|\n")
_TEXT = Kind.TEXT
_first_text = itemgetter(0)
# There are millions of them: made without the look at their parts that a named tuple takes.
_new = tuple.__new__

Kept = Callable[[str, str], str]
"""A text as it was kept when it was first met; or, where this is the first time, the same text again."""


class TextRow(NamedTuple):
    """One row of a text file, as it was cut: its cells are made when somebody asks for them."""

    number: int
    texts: list[str]
    kept: Kept

    @property
    def cells(self) -> dict[int, Cell]:
        """The cells with something in them by column (from 0), made anew each time."""
        found = enumerate(self.texts)
        return {n: _new(Cell, (_TEXT, text, text)) for n, text in found if text and not text.isspace()}

    @property
    def hidden(self) -> bool:
        """Nothing in a text file is hidden."""
        return False

    @property
    def width(self) -> int:
        """How many columns there are up to the last cell with something in it."""
        width = len(self.texts)
        while width and not self.texts[width - 1].strip():
            width -= 1
        return width

    def words(self) -> list[str]:
        """The texts of the row, blank ones too."""
        return self.texts

    def contents(self, columns: Sequence[int]) -> list[Content]:
        """The texts in these columns; of those that are alike, in whatever row, one is kept."""
        texts, kept = self.texts, self.kept
        try:
            return [kept(text := texts[n], text) for n in columns]
        except IndexError:  # a row that is too short
            return [kept(texts[n], texts[n]) if n < len(texts) else None for n in columns]


_text_row: Callable[[tuple[int, list[str], Kept]], TextRow] = partial(_new, TextRow)


class TextRows:
    """One pass over the rows of a text file. Raises ``Problem`` where they cannot be cut."""

    def __init__(self, path: Path, file: str, coding: Coding, delimiter: str) -> None:
        self._path = path
        self._file = file
        self._coding = coding
        self._delimiter = delimiter
        self._ended = False
        self._width = 0  # of the row before

    def __iter__(self) -> Iterator[Row]:
        csv.field_size_limit(limits.CELL_CHARACTERS)
        number = line = 0
        texts: dict[str, str] = {}
        with self._coding.lines(self._path, self._file) as lines:
            reader = csv.reader(chain(lines, self._one_line_more()), delimiter=self._delimiter)
            while not self._ended:
                rows: list[list[str]] = []
                fault = within = False
                try:
                    rows.extend(islice(reader, _ROWS))
                except csv.Error:
                    fault = True
                if self._ended and not fault:
                    # The empty line that was put at the end is a row of its own, unless a cell was still open there.
                    within = bool(rows[-1])
                    if not within:
                        rows.pop()
                last = reader.line_num - (1 if self._ended else 0)
                if not fault and not within and last - line == len(rows) and _plain(rows):
                    numbers = range(number + 1, number + 1 + len(rows))
                    yield from map(_text_row, zip(numbers, rows, repeat(texts.setdefault), strict=False))
                    self._width = len(rows[-1]) if rows else self._width
                else:
                    yield from self._one_by_one(rows, number, line, texts.setdefault, fault=fault, within=within)
                number += len(rows)
                line = last

    def _one_line_more(self) -> Iterator[str]:
        self._ended = True
        yield "\n"

    def _one_by_one(
        self,
        rows: list[list[str]],
        number: int,
        line: int,
        kept: Kept,
        *,
        fault: bool,
        within: bool,
    ) -> Iterator[Row]:
        # ``number`` and ``line`` are those of the row before; ``fault`` is behind the last of these, ``within`` in it.
        for n, texts in enumerate(rows, 1):
            first, line = line + 1, line + 1 + sum(map(self._line_ends, texts))
            if within and n == len(rows):
                raise self._open_quote(first, "the file ends before it is closed")
            if first < line and self._takes_in_rows(texts):
                raise self._open_quote(first, f"it takes in whole rows, up to line {line}")
            self._width = len(texts)
            row = TextRow(number + n, texts, kept)
            last = max(row.cells, default=-1)
            if last >= limits.COLUMNS:
                raise self._too_wide(last, number + n, first)
            if last >= 0:
                yield row
        if fault:
            how = f"a cell has more than {limits.CELL_CHARACTERS:,} characters"
            raise self._open_quote(line + 1, "the file ends before it is closed" if self._ended else how)

    def _line_ends(self, text: str) -> int:
        if "\n" not in text and "\r" not in text:
            return 0
        return text.count("\n") if self._coding.by_line else len(_LINE_END.findall(text))

    def _takes_in_rows(self, texts: list[str]) -> bool:
        # A cell of several lines is a note; one that holds a line with as many delimiters as a row is swallowed rows.
        return self._width > 3 and any(
            line.count(self._delimiter) >= self._width - 1
            for text in texts
            if "\n" in text
            for line in text.split("\n")
        )

    def _open_quote(self, line: int, how: str) -> Problem:
        return stop(
            "quote-never-closed",
            f"A quotation mark that opens on line {line} is not closed on its row: {how}.",
            "Look at that line in a text editor and close or remove the quotation mark; or save the log as .xlsx.",
            place=Place(file=self._file, line=line),
        )

    def _too_wide(self, column: int, number: int, line: int) -> Problem:
        return stop(
            "too-many-columns",
            f"Row {number} of the file has something in column {letters(column)}, beyond the {limits.COLUMNS} "
            "columns that are read.",
            "Check that the file has one line a case, and leave out the columns that the audit does not need.",
            place=Place(file=self._file, line=line, sheet=self._path.name, row=number),
        )


def _plain(rows: list[list[str]]) -> bool:
    # Whether each row has something in its first cell, and none has too many cells: then nothing is left to look at.
    widths = list(map(len, rows))
    if not rows or min(widths) == 0 or max(widths) > limits.COLUMNS:
        return False
    starts = list(map(_first_text, rows))
    return all(starts) and not any(map(str.isspace, starts))
