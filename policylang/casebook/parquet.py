"""Reading a log kept as a Parquet file: each row as the row of a sheet, each value with its type.

The library that reads Parquet runs in a guarded process of its own (``guarded.py``). A Parquet file has no addresses,
so cells are named as they would stand in a spreadsheet: the names of the columns in row 1, the first case in row 2.
"""

from __future__ import annotations

import json
import math
import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing
from datetime import date
from itertools import repeat
from pathlib import Path
from typing import NamedTuple

from policylang.casebook import limits
from policylang.casebook.archive import too_long
from policylang.casebook.grid import Book, Cell, Content, Kind, Row, Sheet
from policylang.casebook.guarded import ChildFailed, frames
from policylang.casebook.rules import stop
from policylang.findings.finding import Place
from policylang.findings.problem import Problem

_CHILD = "policylang.casebook.parquet_child"
_CELLS_KEPT = 50_000  # of each column
_LONGEST_KEPT = 64
_AGAIN = "Have it written again by the program it comes from, or export the cases as CSV."


def open_parquet(path: Path, file: str, digest: str) -> Book:
    """A Parquet file as a book of one sheet, named after the file. Raises ``Problem``."""
    columns, rows = _columns(path, file)
    if rows > limits.ROWS and rows > path.stat().st_size:
        # A case's reference alone takes more than a byte.
        raise stop(
            "workbook-inflates-too-far",
            f"The Parquet file says that it holds {rows:,} rows in {path.stat().st_size:,} bytes, as a file made to "
            "fill a computer's memory does.",
            f"If you trust where it comes from, look what it holds. {_AGAIN}",
            place=Place(file=file),
        )
    book = Book(file, [], digest, is_text=True)
    left_out = [name for name, kind in columns if kind == "other"]
    if left_out:
        listed = ", ".join(f"“{name}”" for name in left_out)
        book.notes.append(
            (
                "columns-not-read",
                f"Not read, as they hold lists, structures or bytes and not one value a row: {listed}.",
                "If one of them records a step of the complaint, write it to a column of its own as a date or text.",
            )
        )

    def read() -> Iterator[Row]:
        return _rows(path, file, columns)

    book.sheets.append(Sheet(path.name, read))
    return book


def _columns(path: Path, file: str) -> tuple[list[tuple[str, str]], int]:
    for kind, content in _sent(path, file, "columns"):
        if kind == b"J":
            said = json.loads(content)
            return [(name, what) for name, what in said["columns"]], int(said["rows"])
    raise _damaged(file)


def _sent(path: Path, file: str, *more: str) -> Iterator[tuple[bytes, bytes]]:
    try:
        with closing(frames(_CHILD, os.path.abspath(path), *more)) as sent:
            for kind, content in sent:
                if kind == b"E":
                    raise _stopped(file, *json.loads(content))
                yield kind, content
    except ChildFailed:
        raise _damaged(file) from None
    except OSError:
        raise stop(
            "log-cannot-be-opened",
            "Reading a Parquet file takes a process of its own, and this computer does not allow one to be started.",
            "Export the cases as CSV, or save them as .xlsx.",
            place=Place(file=file),
        ) from None


class ParquetRow(NamedTuple):
    """One row of a Parquet file: its number, and what stands in each of its columns."""

    number: int
    placed: tuple[Cell | None, ...]

    @property
    def cells(self) -> dict[int, Cell]:
        """The cells with something in them by column (from 0), put together anew each time."""
        return {n: cell for n, cell in enumerate(self.placed) if cell is not None}

    @property
    def hidden(self) -> bool:
        """Nothing in a Parquet file is hidden."""
        return False

    @property
    def width(self) -> int:
        """How many columns there are up to the last with something in it."""
        width = len(self.placed)
        while width and self.placed[width - 1] is None:
            width -= 1
        return width

    def words(self) -> Iterable[str]:
        """The texts of the cells."""
        return [cell.text for cell in self.placed if cell is not None]

    def contents(self, columns: Sequence[int]) -> list[Content]:
        """The cells in these columns."""
        placed = self.placed
        try:
            return [placed[n] for n in columns]
        except IndexError:  # a column that the file does not have
            return [placed[n] if n < len(placed) else None for n in columns]


def _rows(path: Path, file: str, columns: list[tuple[str, str]]) -> Iterator[Row]:
    import polars as pl

    named = tuple(None if kind == "other" else Cell(Kind.TEXT, name, name) for name, kind in columns)
    if any(named):
        yield ParquetRow(1, named)
    readers = [_Cells(kind) for _, kind in columns]
    number = 1
    for kind, content in _sent(path, file):
        if kind != b"A":
            continue
        batch = pl.read_ipc_stream(content)
        made: list[Iterable[Cell | None]] = [repeat(None, batch.height) for _ in columns]
        for name in batch.columns:
            made[int(name)] = map(readers[int(name)].__getitem__, batch[name].to_list())
        for placed in zip(*made, strict=True):
            number += 1
            if any(placed):
                yield ParquetRow(number, placed)


class _Cells(dict[str | None, Cell | None]):
    """The cells of a column by their texts; these recur, so each is made once."""

    def __init__(self, kind: str) -> None:
        super().__init__()
        self[None] = None
        self._read = _READERS.get(kind, _text)

    def __missing__(self, text: str) -> Cell | None:
        cell = self._read(text)
        if len(text) <= _LONGEST_KEPT:
            if len(self) >= _CELLS_KEPT:
                self.clear()
                self[None] = None
            self[text] = cell
        return cell


def _text(text: str) -> Cell | None:
    return Cell(Kind.TEXT, text, text) if text and not text.isspace() else None


def _day(text: str) -> Cell:
    try:
        return Cell(Kind.DATE, date.fromisoformat(text), text)
    except ValueError:
        return Cell(Kind.BAD_DATE, text, text)


def _moment(text: str) -> Cell:
    day, _, clock = text.partition(" ")
    found = _day(day)
    return found if clock == "00:00:00" else found._replace(text=f"{day} {clock[:5]}")


def _number(text: str) -> Cell:
    value = float(text)
    if not math.isfinite(value):
        return Cell(Kind.ERROR, text, text)
    return Cell(Kind.NUMBER, value, text.removesuffix(".0"))


def _answer(text: str) -> Cell:
    return Cell(Kind.YES_NO, text == "true", text.upper())


def _time(text: str) -> Cell:
    return Cell(Kind.TIME, text, text)


_READERS: dict[str, Callable[[str], Cell | None]] = {
    "date": _day,
    "moment": _moment,
    "number": _number,
    "answer": _answer,
    "time": _time,
}


def _damaged(file: str) -> Problem:
    return stop(
        "workbook-damaged",
        "The Parquet file is damaged: it cannot be read to its end, or asks for more memory than reading it can take.",
        _AGAIN,
        place=Place(file=file),
    )


def _stopped(file: str, why: str, number: int) -> Problem:
    if why == "cell":
        return too_long(file)
    if why == "columns":
        return stop(
            "too-many-columns",
            f"The Parquet file has {number:,} columns; {limits.COLUMNS} are the most that are read.",
            "Have only the columns written that the audit needs.",
            place=Place(file=file),
        )
    return _damaged(file)
