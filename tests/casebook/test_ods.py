"""What an OpenDocument spreadsheet keeps in a cell, and what is read from it: the same as from a workbook."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from policylang.casebook.cases import EntryState
from policylang.casebook.grid import Kind, Merge, Row
from policylang.casebook.headings import find_header
from policylang.casebook.open import open_log
from policylang.casebook.reader import read_cases
from tests.casebook.spreadsheets import HEAD, day, ods, row, spreadsheet, table, text
from tests.casebook.told import findings
from tests.casebook.workbooks import zipped

KNOWN, BLANK, UNREADABLE, VAGUE = EntryState.KNOWN, EntryState.BLANK, EntryState.UNREADABLE, EntryState.VAGUE
MARCH_2 = date(2024, 3, 2)


def rows(tmp_path: Path, *made: str, columns: str = "", meta: str | None = None) -> list[Row]:
    """The rows of a sheet made of these."""
    parts = ods(table(*made, columns=columns), **({"meta": meta} if meta else {}))
    return list(open_log(zipped(tmp_path / "log.ods", parts)).sheets[0].rows())


@pytest.mark.parametrize(
    ("cell", "state", "value"),
    [
        (day("2024-03-02"), KNOWN, MARCH_2),
        (day("2024-03-02T23:59:59.9"), KNOWN, MARCH_2),
        (text("2 March 2024"), KNOWN, MARCH_2),
        (text('2 <text:span>March</text:span><text:s text:c="3"/>2024'), KNOWN, MARCH_2),
        (day("2024-03-02", 'table:formula="of:=[.B2]+1"'), KNOWN, MARCH_2),
        ("<table:table-cell/>", BLANK, None),
        (text("   "), BLANK, None),
        ('<table:table-cell table:formula="of:=[.B2]+1"/>', UNREADABLE, None),
        (text("#REF!", 'table:formula="of:=#REF!" calcext:value-type="error"'), UNREADABLE, None),
        (
            '<table:table-cell table:formula="of:=1/0" office:value-type="float" office:value="0">'
            "<text:p>Err:502</text:p></table:table-cell>",
            UNREADABLE,
            None,
        ),
        ('<table:table-cell office:value-type="float" office:value="45353"/>', UNREADABLE, None),
        ('<table:table-cell office:value-type="float" office:value="much"/>', UNREADABLE, None),
        ('<table:table-cell office:value-type="time" office:time-value="PT9H"/>', UNREADABLE, None),
        ('<table:table-cell office:value-type="boolean" office:boolean-value="true"/>', UNREADABLE, None),
        (day("12024-03-02"), UNREADABLE, None),
        (day("0000-01-01"), UNREADABLE, None),
        (day("9999-12-31"), UNREADABLE, None),
        (day("2024-02-30"), UNREADABLE, None),
        (day("yesterday"), UNREADABLE, None),
        # A date shown as a month: on the first, the day was never typed; on any other day, somebody did.
        (day("2024-03-01", 'table:style-name="month"'), VAGUE, None),
        (day("2024-03-01", 'table:style-name="under"'), VAGUE, None),
        (day("2024-03-02", 'table:style-name="month"'), KNOWN, MARCH_2),
        (day("2024-03-01", 'table:style-name="day"'), KNOWN, date(2024, 3, 1)),
        # A remark that hangs on a cell is none of its text.
        (
            '<table:table-cell office:value-type="string"><office:annotation><text:p>by phone</text:p>'
            "</office:annotation><text:p>2 March 2024</text:p></table:table-cell>",
            KNOWN,
            MARCH_2,
        ),
    ],
)  # fmt: skip
def test_a_cell_is_what_the_spreadsheet_says_it_is(
    tmp_path: Path, cell: str, state: EntryState, value: date | None
) -> None:
    good = row(text("C-2"), day("2024-03-01"), day("2024-03-04"))
    path = spreadsheet(tmp_path / "log.ods", row(text("C-1"), day("2024-03-01"), cell), good)
    result = read_cases(path)
    assert not result.stopped, findings(result.findings)
    first, second = result.casebook.cases
    entry = first.entry("acknowledged")
    assert (entry.state, entry.value, str(entry.cell)) == (state, value, "Log!C2")
    assert second.day("acknowledged") == date(2024, 3, 4)


def test_what_is_repeated_counts_as_often_as_it_says(tmp_path: Path) -> None:
    found = rows(
        tmp_path,
        row("<table:table-cell/>", more='table:number-rows-repeated="7"'),
        row(
            '<table:table-cell table:number-columns-repeated="3"/>',
            text("x", 'table:number-columns-repeated="2"'),
            text("y"),
            more='table:number-rows-repeated="2"',
        ),
        row(text("z")),
        row('<table:table-cell table:number-columns-repeated="16384"/>', more='table:number-rows-repeated="1048000"'),
    )
    read = [(r.number, {n: c.text for n, c in r.cells.items()}) for r in found]
    assert read == [(8, {3: "x", 4: "x", 5: "y"}), (9, {3: "x", 4: "x", 5: "y"}), (10, {0: "z"})]


def test_hidden_rows_columns_groups_and_sheets_are_read_and_known_as_hidden(tmp_path: Path) -> None:
    hidden = "<table:table-row-group table:display='false'>" + row(text("c")) + "</table:table-row-group>"
    columns = '<table:table-column table:number-columns-repeated="2"/><table:table-column table:visibility="collapse"/>'
    inner = table(
        row(text("a"), more='table:visibility="filter"'), row(text("b")), hidden, columns=columns, name="One"
    ) + table(row(text("d")), name="Two", style="hidden")
    book = open_log(zipped(tmp_path / "log.ods", ods(inner)))
    assert [(s.name, s.hidden) for s in book.sheets] == [("One", False), ("Two", True)]
    assert [r.hidden for r in book.sheets[0].rows()] == [True, False, True]
    assert book.sheets[0].hidden_columns == {2}
    assert [r.cells[0].text for r in book.sheets[1].rows()] == ["d"]


def test_only_the_sheets_of_the_spreadsheet_itself_are_sheets(tmp_path: Path) -> None:
    inner = (
        "<table:tracked-changes><table:deletion><table:table-row><table:table-cell><text:p>gone</text:p>"
        "</table:table-cell></table:table-row></table:deletion></table:tracked-changes>"
        + table(
            "<table:shapes><draw:frame><table:table table:name='drawn'/></draw:frame></table:shapes>",
            row(text("kept")),
        )
        + table(row(text("copied")), name="'file:///elsewhere.ods'#$Log")
    )
    book = open_log(zipped(tmp_path / "log.ods", ods(inner)))
    (sheet,) = book.sheets
    assert [r.cells[0].text for r in sheet.rows()] == ["kept"]


def test_merged_group_headings_are_known_once_the_headings_are_found(tmp_path: Path) -> None:
    inner = table(
        row(text("Case ref"), text("Date received"), text("Stage 2", 'table:number-columns-spanned="2"')),
        row("<table:table-cell/>", "<table:table-cell/>", text("Acknowledged"), text("Response sent"), text("Team")),
        row(text("C-1"), day("2024-03-01")),
    )
    (sheet,) = open_log(zipped(tmp_path / "log.ods", ods(inner))).sheets
    header = find_header(sheet)
    assert header is not None
    assert sheet.merges == [Merge(1, 1, 2, 3)]
    assert [h.text for h in header.headings][2:] == ["Stage 2 Acknowledged", "Stage 2 Response sent", "Team"]


def test_a_formula_without_a_result_is_empty_text_where_the_program_always_calculates(tmp_path: Path) -> None:
    made = row(text("a"), '<table:table-cell table:formula="of:=IF(1;&quot;&quot;;1)"/>')
    (unknown,) = rows(tmp_path, made)
    assert unknown.cells[1].kind is Kind.NOT_CALCULATED
    (known,) = rows(tmp_path, made, meta="<meta:generator xmlns:meta='m'>LibreOffice/24.2</meta:generator>")
    assert 1 not in known.cells


def test_lines_tabs_and_paragraphs_of_a_cell_are_kept(tmp_path: Path) -> None:
    (found,) = rows(tmp_path, row(text("a<text:line-break/>b<text:tab/>c</text:p><text:p>d")))
    assert found.cells[0].text == "a\nb\tc\nd"


def test_headings_of_a_spreadsheet_are_found_as_those_of_a_workbook(tmp_path: Path) -> None:
    inner = table(
        row(text("Register of complaints")), row("<table:table-cell/>"), HEAD, row(text("C-1"), day("2024-03-01"))
    )
    (case,) = read_cases(zipped(tmp_path / "log.ods", ods(inner))).casebook.cases
    assert (case.row, str(case.entry("received").cell)) == (4, "Log!B4")
