"""Reading a log kept as a Parquet file: each row as the row of a sheet, each value with its type.

The library that reads Parquet runs in a guarded process of its own (``guarded.py``). A Parquet file has no addresses,
so cells are named as they would stand in a spreadsheet: the names of the columns in row 1, the first case in row 2.
"""

from __future__ import annotations

import json
import math
import os
from collections.abc import Iterator
from contextlib import closing
from datetime import date
from pathlib import Path

from policylang.casebook import limits
from policylang.casebook.archive import too_long
from policylang.casebook.grid import Book, Cell, Kind, Row, Sheet
from policylang.casebook.guarded import ChildFailed, frames
from policylang.casebook.rules import stop
from policylang.findings.finding import Place
from policylang.findings.problem import Problem

_CHILD = "policylang.casebook.parquet_child"
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


def _rows(path: Path, file: str, columns: list[tuple[str, str]]) -> Iterator[Row]:
    import polars as pl

    named = {n: Cell(Kind.TEXT, name, name) for n, (name, kind) in enumerate(columns) if kind != "other"}
    yield Row(1, named, False)
    number = 1
    for kind, content in _sent(path, file):
        if kind != b"A":
            continue
        batch = pl.read_ipc_stream(content)
        made = [(int(name), _cells(batch[name].to_list(), columns[int(name)][1])) for name in batch.columns]
        for n in range(batch.height):
            number += 1
            cells = {column: cell for column, column_cells in made if (cell := column_cells[n]) is not None}
            if cells:
                yield Row(number, cells, False)


def _cells(texts: list[str | None], kind: str) -> list[Cell | None]:
    read = {"date": _day, "moment": _moment, "number": _number, "answer": _answer, "time": _time}.get(kind, _text)
    known: dict[str, Cell | None] = {}
    found: list[Cell | None] = []
    for text in texts:
        if text is None:
            found.append(None)
            continue
        if text not in known:
            if len(known) > 100_000:
                known.clear()
            known[text] = read(text)
        found.append(known[text])
    return found


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
