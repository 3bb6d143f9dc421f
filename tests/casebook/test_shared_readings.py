"""What is read once and shared by all cells that are alike is what each would say by itself."""

from __future__ import annotations

import copy
import pickle
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policylang.casebook import entries as entries_module
from policylang.casebook import rows as rows_module
from policylang.casebook.cases import ABSENT, Case, CellAddress, Entry, EntryState
from policylang.casebook.dates import Order, weigh
from policylang.casebook.entries import ColumnReader
from policylang.casebook.grid import Cell, Content, FilledRow, Kind, Row, text_cell
from policylang.casebook.headings import Header, Heading
from policylang.casebook.mapping import Column, Empty
from policylang.casebook.parquet import ParquetRow
from policylang.casebook.row_entries import Layout, RowEntries
from policylang.casebook.rows import Judge, why_not_a_case
from policylang.casebook.text_rows import TextRow

TEXTS = st.sampled_from(
    [
        *(
            "C-1",
            "C-2",
            "13/04/2024",
            "3/4/2024",
            "April 2024",
            "31/12/1899",
            "45000",
            "TBC",
            "N/A",
            "yes",
            "No",
            "#REF!",
        ),
        *(" ", "", "Total", "note: see file", "Case ref", " case REF", "Received", "a  b", "x" * 70),
    ]
)
DAYS = st.dates(date(1899, 1, 1), date(2101, 1, 1))
CELLS: st.SearchStrategy[Cell] = st.one_of(
    TEXTS.filter(lambda text: bool(text.strip())).map(lambda text: Cell(Kind.TEXT, text, text)),
    DAYS.map(lambda day: Cell(Kind.DATE, day, day.isoformat())),
    st.sampled_from([date(2020, 1, 1), date(2020, 3, 1)]).map(lambda day: Cell(Kind.MONTH, day, day.isoformat())),
    st.sampled_from([0.0, 1.0, 45000.0]).map(lambda n: Cell(Kind.NUMBER, n, str(int(n)))),
    st.sampled_from([Cell(Kind.YES_NO, True, "TRUE"), Cell(Kind.TIME, 0.5, "0.5"), Cell(Kind.BAD_DATE, 0.0, "0")]),
    st.sampled_from([Cell(Kind.NOT_CALCULATED, "", ""), Cell(Kind.ERROR, "#N/A", "#N/A")]),
)  # fmt: skip
CONTENTS: st.SearchStrategy[Content] = st.one_of(st.none(), TEXTS, CELLS)


def reader(fact: str, empty: Empty = Empty.NOT_RECORDED) -> ColumnReader:
    column = Column(fact, "Head", empty=empty, not_done=("n/a",))
    return ColumnReader(column, "Log", "D", "log.csv", "Head", Order.DAY_FIRST)


@pytest.fixture(autouse=True)
def little_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    """So that what is remembered has to be forgotten, too."""
    monkeypatch.setattr(entries_module, "_MOST_KNOWN", 4)
    monkeypatch.setattr(rows_module, "_MOST_KNOWN", 4)


@given(
    st.sampled_from(["acknowledged", "extension_reasons", "handler"]),
    st.sampled_from(list(Empty)),
    st.lists(CONTENTS, max_size=30),
)
def test_a_column_read_at_once_is_its_cells_read_one_by_one(fact: str, empty: Empty, contents: list[Content]) -> None:
    numbers = list(range(2, len(contents) + 2))
    whole = reader(fact, empty)
    together = [entry.in_row(row) for entry, row in zip(whole.read_all(contents, numbers), numbers, strict=True)]
    alone = []
    remarks: dict[str, list[tuple[int, str]]] = {}
    for content, row in zip(contents, numbers, strict=True):
        one = reader(fact, empty)
        # The text of a text file is a cell like any other.
        alone.append(one.read(text_cell(content) if isinstance(content, str) else content, row))
        for rule, remarked in one.remarks.items():
            remarks.setdefault(rule, []).extend(remarked)
    assert together == alone
    assert whole.remarks == remarks
    assert [str(entry.cell) for entry in together] == [f"Log!D{row}" for row in numbers]


HEADER = Header(
    1,
    (
        Heading(0, "Case ref", "case ref", "Case ref"),
        Heading(1, "Received", "received", "Received"),
        Heading(3, "Notes", "notes", "Notes"),
    ),
)


@given(st.lists(st.dictionaries(st.integers(0, 4), CELLS, min_size=1), max_size=12))
def test_a_judge_that_remembers_judges_as_one_that_does_not(table: list[dict[int, Cell]]) -> None:
    made = [FilledRow(number, cells, False) for number, cells in enumerate(table, 2)]
    judge = Judge(HEADER, 0, 1)
    assert [judge.why_not_a_case(row) for row in made] == [why_not_a_case(row, HEADER, 0, 1) for row in made]


@given(st.lists(TEXTS, max_size=6), st.lists(st.integers(0, 7), max_size=4))
def test_a_row_is_the_same_however_it_is_kept(texts: list[str], columns: list[int]) -> None:
    cells = {n: cell for n, text in enumerate(texts) if (cell := text_cell(text))}
    known: dict[str, str] = {}
    kept: list[Row] = [
        FilledRow(7, cells, False),
        TextRow(7, texts, known.setdefault),
        ParquetRow(7, tuple(cells.get(n) for n in range(len(texts)))),
    ]
    for row in kept:
        assert (row.number, row.cells, row.hidden) == (7, cells, False)
        assert row.width == max(cells, default=-1) + 1
        assert [word for word in row.words() if word.strip()] == [cell.text for cell in cells.values()]
        said = [text_cell(one) if isinstance(one, str) else one for one in row.contents(columns)]
        assert said == [cells.get(n) for n in columns]
    for reference, received in ((0, 1), (0, 3), (0, -1), (-1, 1)):
        assert len({why_not_a_case(row, HEADER, reference, received) for row in kept if cells}) <= 1


@given(st.lists(TEXTS))
def test_counted_texts_weigh_what_they_weigh_one_by_one(texts: list[str]) -> None:
    assert weigh({text: texts.count(text) for text in texts}) == weigh(texts)


ENTRY = Entry(EntryState.KNOWN, date(2024, 3, 1), "1 March 2024", CellAddress("Log", 7, "D", "Received"))


def test_an_entry_keeps_its_cell_through_every_copy() -> None:
    for one in (ENTRY, copy.deepcopy(ENTRY), pickle.loads(pickle.dumps(ENTRY))):
        assert one == ENTRY
        assert (str(one.cell), one.date) == ("Log!D7", date(2024, 3, 1))
    assert ENTRY.with_value(date(2024, 3, 8)).cell == ENTRY.cell
    assert ENTRY.with_value("C-1", "C-1").raw == "C-1"
    assert (ENTRY.nowhere().cell, ENTRY.nowhere().raw, ENTRY.nowhere().date) == (None, "", ENTRY.date)
    assert Entry(EntryState.BLANK).cell is None


def test_the_entries_of_a_row_are_those_of_its_cells() -> None:
    blank = Entry(EntryState.BLANK, cell=CellAddress("Log", 0, "E", "Notes"))
    lazy = RowEntries(Layout({"received": 0, "category": 1}), (ENTRY, blank), 9)
    eager = {
        "received": Entry(ENTRY.state, ENTRY.value, ENTRY.raw, CellAddress("Log", 9, "D", "Received")),
        "category": Entry(EntryState.BLANK, cell=CellAddress("Log", 9, "E", "Notes")),
    }
    assert lazy == eager
    assert (list(lazy), len(lazy), "received" in lazy, "closed" in lazy) == (list(eager), 2, True, False)
    assert lazy.get("received") == lazy["received"] == eager["received"]
    assert lazy.get("closed") is None
    assert pickle.loads(pickle.dumps(lazy)) == eager
    for entries in (lazy, eager):
        case = Case("C-1", entries, "Log", 9)
        assert (case.entry("closed"), case.unplaced("closed")) == (ABSENT, ABSENT)
        unplaced, placed = case.unplaced("received"), case.entry("received")
        assert (unplaced.state, unplaced.value, unplaced.raw) == (placed.state, placed.value, placed.raw)
