"""Rows of text taken many at a time are what they are when taken one at a time, and so is what is wrong with them."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from unittest.mock import patch

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from policylang.casebook import limits, text_rows
from policylang.casebook.grid import Cell, Kind
from policylang.casebook.open import open_log
from policylang.findings.problem import Problem

_PIECES = [
    *("a", "C-1", "2024-03-01", " ", "\t", "£5", "naïve", "\u2028", "\x0b", "\x1c", "\xa0", "x" * 12, "x" * 30, ",,,"),
    *(",", ",", ",", '"', '"', '""', ',"', '",', "\n", "\n", "\r\n", "\r", '"a,b\nc"', '"a,b,c,d\ne"', "a,b,c,d\n"),
]
_TEXTS = st.lists(st.sampled_from(_PIECES), min_size=1, max_size=40).map("".join)

Told = list[tuple[int, dict[int, Cell]]]
"""The number of each row, and its cells."""


def one_at_a_time(lines: list[str], told: Told) -> tuple[str, int | None] | None:
    """The rows of some lines into ``told``; and, if something ends the reading, its rule and line."""
    taken, first, within, ended_within = 0, 1, False, False

    def watched() -> Iterator[str]:
        nonlocal taken, within, ended_within
        for line in lines:
            taken, within = taken + 1, True
            yield line
        ended_within = within

    csv.field_size_limit(limits.CELL_CHARACTERS)
    reader = csv.reader(watched())
    number = width = 0
    while True:
        number, first, within = number + 1, taken + 1, False
        try:
            row = next(reader)
        except StopIteration:
            return None
        except csv.Error:
            return "quote-never-closed", first
        swallowed = any(line.count(",") >= width - 1 for text in row if "\n" in text for line in text.split("\n"))
        if ended_within or (taken > first and width > 3 and swallowed):
            return "quote-never-closed", first
        width = len(row)
        cells = {n: Cell(Kind.TEXT, text, text) for n, text in enumerate(row) if text.strip()}
        if cells and max(cells) >= limits.COLUMNS:
            return "too-many-columns", first
        if cells:
            told.append((number, cells))


def read(content: bytes, told: Told) -> tuple[str, int | None] | None:
    """The same by the reader."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "log.csv"
        path.write_bytes(content)
        try:
            for row in open_log(path).sheets[0].rows():
                told.append((row.number, row.cells))
        except Problem as problem:
            (found,) = problem.findings
            assert found.place is not None
            return found.rule, found.place.line
    return None


def check(content: bytes, lines: list[str]) -> None:
    """Both read the same."""
    told: Told = []
    expected: Told = []
    with patch("policylang.casebook.textfile._DELIMITERS", (",",)):
        assert read(content, told) == one_at_a_time(lines, expected)
    assert told == expected


@pytest.fixture(autouse=True)
def few_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    """So that a short text takes several rounds, and meets the limits."""
    monkeypatch.setattr(text_rows, "_ROWS", 3)
    monkeypatch.setattr(limits, "CELL_CHARACTERS", 40)
    monkeypatch.setattr(limits, "COLUMNS", 12)


@given(_TEXTS, st.sampled_from(["utf-8", "utf-8-sig", "cp1252", "utf-16"]))
@example("a,b\n" * 6, "utf-8")
@example("a,b\n" * 5 + 'a,"b\nc', "utf-8")
@example("a,b\n" * 5 + 'a,"' + "b" * 40, "utf-8")
@example("a,b\n" * 4 + 'a,"' + "b" * 41 + '"', "utf-8")
@example("a,b,c,d\n" * 3 + '"a,b,c,d\nx",b,c,d\n', "cp1252")
@settings(max_examples=300, deadline=None)
def test_rows_are_what_they_are_one_at_a_time(text: str, coding: str) -> None:
    text = text.encode(coding, "ignore").decode(coding)
    check(text.encode(coding), list(io.StringIO(text, newline="")))


@given(st.lists(st.tuples(_TEXTS, st.booleans()), min_size=1, max_size=6))
@settings(max_examples=100, deadline=None)
def test_lines_of_two_encodings(parts: list[tuple[str, bool]]) -> None:
    # A line ends at a line feed alone here: what its bytes are is settled before its letters are known.
    lines = [(text.replace("\n", " ") + "\n", old) for text, old in [("£\n", True), ("£\n", False), *parts]]
    lines = [(text.encode("cp1252", "ignore").decode("cp1252"), old) for text, old in lines]
    content = b"".join(text.encode("cp1252" if old else "utf-8") for text, old in lines)
    check(content, [text for text, _ in lines])


def test_a_row_of_text_has_what_every_row_has(tmp_path: Path) -> None:
    path = tmp_path / "log.csv"
    path.write_text("a, ,1\n\n,,\n b,", encoding="utf-8")
    first, last = open_log(path).sheets[0].rows()
    assert (first.number, first.hidden) == (1, False)
    assert first.cells == {0: Cell(Kind.TEXT, "a", "a"), 2: Cell(Kind.TEXT, "1", "1")}
    assert (last.number, last.cells) == (4, {0: Cell(Kind.TEXT, " b", " b")})
