"""What a workbook keeps in a cell, and what is read from it."""

from __future__ import annotations

from datetime import date, datetime, time
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from policylang.casebook.cases import Entry, EntryState
from policylang.casebook.grid import Cell, Kind
from policylang.casebook.open import open_log
from policylang.casebook.reader import ReadResult, read_cases
from policylang.casebook.sheet import Style
from policylang.casebook.workbook import style_of
from tests.casebook.told import findings
from tests.casebook.workbooks import log, parts, row, text, workbook, zipped

HEAD = ["Reference", "Date received", "Acknowledged"]


def acknowledged(tmp_path: Path, cell: str, **more: Any) -> tuple[Entry, ReadResult]:
    """The entry read from a raw cell C2, beside a good case."""
    received = '<c r="B{n}" s="1"><v>45352</v></c>'
    made = log(
        row(2, text("A2", "C-1"), received.format(n=2), cell),
        row(3, text("A3", "C-2"), received.format(n=3), '<c r="C3" s="1"><v>45355</v></c>'),
        **more,
    )
    result = read_cases(zipped(tmp_path / "log.xlsx", made))
    assert not result.stopped, findings(result.findings)
    assert result.casebook.cases[1].day("acknowledged") is not None
    return result.casebook.cases[0].entry("acknowledged"), result


@pytest.mark.parametrize(
    ("cell", "state", "value"),
    [
        ('<c r="C2" s="1"><v>45353</v></c>', EntryState.KNOWN, date(2024, 3, 2)),
        ('<c r="C2" s="1"><v>45353.999</v></c>', EntryState.KNOWN, date(2024, 3, 2)),
        # 23:59:59.9999999 is midnight of the next day, rounded down by a program that calculated it.
        ('<c r="C2" s="1"><v>45352.99999999999</v></c>', EntryState.KNOWN, date(2024, 3, 2)),
        ('<c r="C2" t="d"><v>2024-03-02T09:30:00</v></c>', EntryState.KNOWN, date(2024, 3, 2)),
        ('<c r="C2" s="1"><f>B2+1</f><v>45353</v></c>', EntryState.KNOWN, date(2024, 3, 2)),
        ('<c r="C2" t="str"><f>"2 March 2024"</f><v>2 March 2024</v></c>', EntryState.KNOWN, date(2024, 3, 2)),
        ('<c r="C2" t="inlineStr"><is><t>2 Mar</t><t> 2024</t></is></c>', EntryState.KNOWN, date(2024, 3, 2)),
        ('<c r="C2" s="1"/>', EntryState.BLANK, None),
        ('<c r="C2" t="inlineStr"><is><t>   </t></is></c>', EntryState.BLANK, None),
        # A formula that comes to nothing is an empty cell; one that was never calculated is not.
        ('<c r="C2" t="str"><f>IF(A2="","",B2)</f><v></v></c>', EntryState.BLANK, None),
        ('<c r="C2" s="1"><f>B2+1</f></c>', EntryState.UNREADABLE, None),
        ('<c r="C2" s="1"><f>B2+1</f><v></v></c>', EntryState.UNREADABLE, None),
        ('<c r="C2" t="e"><f>B9+Z1</f><v>#REF!</v></c>', EntryState.UNREADABLE, None),
        ('<c r="C2"><v>45353</v></c>', EntryState.UNREADABLE, None),
        ('<c r="C2" s="3"><v>0.5</v></c>', EntryState.UNREADABLE, None),
        ('<c r="C2" s="1"><v>0</v></c>', EntryState.UNREADABLE, None),
        ('<c r="C2" s="1"><v>1</v></c>', EntryState.UNREADABLE, None),
        ('<c r="C2" s="1"><v>-5</v></c>', EntryState.UNREADABLE, None),
        ('<c r="C2" s="1"><v>2958465</v></c>', EntryState.UNREADABLE, None),
        ('<c r="C2" s="1"><v>99999999999</v></c>', EntryState.UNREADABLE, None),
        ('<c r="C2" s="1"><v>1e300</v></c>', EntryState.UNREADABLE, None),
        ('<c r="C2" s="1"><v>nan</v></c>', EntryState.UNREADABLE, None),
        ('<c r="C2" t="b"><v>1</v></c>', EntryState.UNREADABLE, None),
        # A date shown as a month: on the first, the day was never typed; on any other day, somebody did.
        ('<c r="C2" s="2"><v>45352</v></c>', EntryState.VAGUE, None),
        ('<c r="C2" s="2"><v>45353</v></c>', EntryState.KNOWN, date(2024, 3, 2)),
        # Styles that are not in the workbook, or are no number, show nothing.
        ('<c r="C2" s="77"><v>12</v></c>', EntryState.UNREADABLE, None),
        ('<c r="C2" s="x"><v>12</v></c>', EntryState.UNREADABLE, None),
    ],
)  # fmt: skip
def test_a_cell_is_what_the_workbook_says_it_is(
    tmp_path: Path, cell: str, state: EntryState, value: date | None
) -> None:
    entry, _ = acknowledged(tmp_path, cell)
    assert (entry.state, entry.value) == (state, value)


def test_each_unreadable_kind_has_its_own_rule(tmp_path: Path) -> None:
    cells = {
        "formula-not-calculated": '<c r="C2" s="1"><f>B2+1</f></c>',
        "cell-holds-error": '<c r="C2" t="e"><v>#N/A</v></c>',
        "date-is-bare-number": '<c r="C2"><v>45353</v></c>',
        "date-absurd": '<c r="C2" s="1"><v>0</v></c>',
        "date-vague": '<c r="C2" s="2"><v>45352</v></c>',
        "date-not-readable": '<c r="C2" s="3"><v>0.5</v></c>',
    }
    for rule, cell in cells.items():
        entry, result = acknowledged(tmp_path, cell)
        (found,) = [f for f in result.findings if f.place and f.place.cell == "C2"]
        assert (found.rule, str(entry.cell)) == (rule, "Log!C2")
        assert found.place is not None
        assert (found.place.sheet, found.place.row, found.place.heading) == ("Log", 2, "Acknowledged")


def test_dates_that_count_from_1904(tmp_path: Path) -> None:
    entry, result = acknowledged(tmp_path, '<c r="C2" s="1"><v>43891</v></c>', workbook_pr='<workbookPr date1904="1"/>')
    assert entry.date == date(2024, 3, 2)
    assert result.casebook.cases[0].day("received") == date(2028, 3, 2)


def test_shared_texts_leave_out_the_reading_aid_and_undo_the_escapes(tmp_path: Path) -> None:
    shared = (
        "<si><t>TBC</t><rPh sb='0' eb='1'><t>aid</t></rPh></si><si><r><t>2 Mar_x0063_h </t></r><r><t>2024</t></r></si>"
    )
    entry, _ = acknowledged(tmp_path, '<c r="C2" t="s"><v>0</v></c>', shared=shared)
    assert (entry.state, entry.raw) == (EntryState.UNREADABLE, "TBC")
    entry, _ = acknowledged(tmp_path, '<c r="C2" t="s"><v>1</v></c>', shared=shared)
    assert entry.date == date(2024, 3, 2)


def test_an_escape_that_was_itself_escaped_is_undone_once(tmp_path: Path) -> None:
    entry, _ = acknowledged(tmp_path, text("C2", "_x005F_x0041_"))
    assert entry.raw == "_x0041_"


def test_a_lone_half_of_a_character_stays_as_written(tmp_path: Path) -> None:
    entry, result = acknowledged(tmp_path, text("C2", "_xD800_ TBC"))
    assert entry.raw == "_xD800_ TBC"
    assert all(f.message.encode("utf-8") for f in result.findings)


def test_cells_and_rows_without_addresses_follow_one_another(tmp_path: Path) -> None:
    def cells(*values: str) -> str:
        return "<row>" + "".join(f'<c t="inlineStr"><is><t>{v}</t></is></c>' for v in values) + "</row>"

    made = parts({"Log": cells(*HEAD) + cells("C-1", "2024-03-01", "2024-03-04")})
    (case,) = read_cases(zipped(tmp_path / "log.xlsx", made)).casebook.cases
    assert (case.row, str(case.entry("acknowledged").cell)) == (2, "Log!C2")


def test_prefixed_names_and_strict_namespaces_are_read_too(tmp_path: Path) -> None:
    made = log(row(2, text("A2", "C-1"), '<c r="B2" s="1"><v>45352</v></c>'))
    sheet = made["xl/worksheets/sheet1.xml"]
    for tag in ("worksheet", "sheetData", "row", "c", "is", "t", "v"):
        sheet = (
            sheet.replace(f"<{tag} ", f"<x:{tag} ")
            .replace(f"<{tag}>", f"<x:{tag}>")
            .replace(f"</{tag}>", f"</x:{tag}>")
        )
    made["xl/worksheets/sheet1.xml"] = sheet.replace("xmlns=", "xmlns:x=").replace(
        "http://schemas.openxmlformats.org/spreadsheetml/2006/main", "http://purl.oclc.org/ooxml/spreadsheetml/main"
    )
    (case,) = read_cases(zipped(tmp_path / "log.xlsx", made)).casebook.cases
    assert case.day("received") == date(2024, 3, 1)


@pytest.mark.parametrize(
    ("code", "style"),
    [
        ("General", Style.OTHER),
        ("Standard", Style.OTHER),
        ("0.00", Style.OTHER),
        ('0" days"', Style.OTHER),
        ("#,##0.00 [$£-809]", Style.OTHER),
        ("@", Style.OTHER),
        ("0.00E+00", Style.OTHER),
        ("dd/mm/yyyy", Style.DATE),
        ("[$-809]dd mmmm yyyy;@", Style.DATE),
        ("yyyy\\-mm\\-dd hh:mm:ss.000", Style.DATE),
        ("ddd d mmm", Style.DATE),
        ("mmm-yy", Style.MONTH),
        ('mmmm" "yyyy', Style.MONTH),
        ("mmmm", Style.MONTH),
        ("h:mm AM/PM", Style.TIME),
        ("[h]:mm:ss", Style.TIME),
        ("[Red]dd/mm/yy", Style.DATE),
    ],
)
def test_a_number_format_is_told_by_what_it_shows(code: str, style: Style) -> None:
    assert style_of(code) is style


def test_every_cell_is_read_as_openpyxl_reads_it(tmp_path: Path) -> None:
    values: list[list[Any]] = [
        ["text", " spaced  ", "x" * 500, "£ and ✓", "0042", "line\nbreak"],
        [1, 2.5, -3, 10**14, 0.1 + 0.2, True],
        [date(2024, 2, 29), datetime(2024, 3, 31, 23, 59, 59), date(1999, 12, 31), date(2024, 1, 1), None, False],
        [None, None, None, time(9, 30), "=1+1", "#REF!"],
    ]
    book = openpyxl.Workbook()
    page = book.active
    assert page is not None
    for at, cells in enumerate(values, 3):
        for column, value in enumerate(cells, 2):
            page.cell(at, column, value)
    path = tmp_path / "log.xlsx"
    book.save(path)
    ours: dict[tuple[int | None, int | None], Cell] = {
        (row.number, column + 1): cell for row in open_log(path).sheets[0].rows() for column, cell in row.cells.items()
    }
    theirs = openpyxl.load_workbook(path, data_only=True).active
    assert theirs is not None
    for line in theirs.iter_rows():
        for cell in line:
            mine = ours.pop((cell.row, cell.column), None)
            if mine is None or mine.kind is Kind.NOT_CALCULATED:
                assert cell.value is None
            elif isinstance(cell.value, datetime):
                assert (mine.kind, mine.value) == (Kind.DATE, cell.value.date())
            elif isinstance(cell.value, time):
                assert mine.kind is Kind.TIME
            else:
                assert mine.value == cell.value
    assert not ours


def test_hidden_rows_and_columns_are_read_and_counted(tmp_path: Path) -> None:
    path = workbook(
        tmp_path / "log.xlsx", [HEAD, *([f"C-{n}", date(2024, 3, n), date(2024, 3, n + 3)] for n in range(1, 6))]
    )
    book = openpyxl.load_workbook(path)
    page = book["Log"]
    page.row_dimensions[3].hidden = page.row_dimensions[5].hidden = True
    page.column_dimensions["C"].hidden = True
    book.save(path)
    result = read_cases(path)
    assert len(result.casebook.cases) == 5
    assert result.casebook.hidden_rows == 2
    assert findings(result.findings) == [
        "note hidden-rows-read: 2 rows are hidden (by hand or by a filter), of the 5 there are. Hidden rows are read "
        "and count like all others.",
        "note hidden-columns-read: Hidden columns were read: “Acknowledged”.",
    ]


def test_merged_headings_over_two_rows(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    page = book.active
    assert page is not None
    page.append(["Complaints log"])
    page.append([])
    page.append(["Ref", "Date received", "Stage 1", None, "Stage 2", None, "Handler"])
    page.append([None, None, "Acknowledged", "Responded", "Acknowledged", "Responded"])
    page.append(["C-1", date(2024, 3, 1), date(2024, 3, 4), date(2024, 3, 14), None, date(2024, 5, 1), "Officer 1"])
    for merged in ("A1:G1", "A3:A4", "B3:B4", "C3:D3", "E3:F3", "G3:G4"):
        page.merge_cells(merged)
    book.save(tmp_path / "log.xlsx")
    result = read_cases(tmp_path / "log.xlsx")
    (case,) = result.casebook.cases
    assert case.day("responded") == date(2024, 3, 14)
    assert case.day("stage2_responded") == date(2024, 5, 1)
    assert case.entry("stage2_acknowledged").state is EntryState.BLANK
    assert case.entry("handler").value == "Officer 1"
    assert result.casebook.columns["stage2_responded"] == "Stage 2 Responded"


def test_only_mapped_columns_are_kept(tmp_path: Path) -> None:
    rows: list[list[Any]] = [[*HEAD, "Resident"], ["C-1", date(2024, 3, 1), None, "somebody's name"]]
    result = read_cases(workbook(tmp_path / "log.xlsx", rows))
    assert "somebody's name" not in repr(result)
    assert result.casebook.columns == {
        "reference": "Reference",
        "received": "Date received",
        "acknowledged": "Acknowledged",
    }


def test_half_of_the_dates_swapped_by_an_american_import(tmp_path: Path) -> None:
    rows: list[list[Any]] = [HEAD, *([f"C-{n}", date(2024, n, 3), None] for n in range(1, 6))]
    rows += [["C-6", "13/04/2024", None], ["C-7", "25/05/2024", None]]
    result = read_cases(workbook(tmp_path / "log.xlsx", rows))
    assert result.stopped
    assert findings(result.findings) == [
        "error dates-swapped-on-import at B:B: Under “Date received” all 5 real dates fall on the 1st to the 12th of a "
        "month and all 2 dates kept as text fall after the 12th: a computer set to American dates has probably swapped "
        "day and month in the real ones."
    ]
    rows.append(["C-8", date(2024, 6, 20), None])
    assert not read_cases(workbook(tmp_path / "log.xlsx", rows)).stopped


class TestSheets:
    """Which sheet holds the cases."""

    CASES = (HEAD, ["C-1", date(2024, 3, 1), None])

    def book(self, path: Path, **sheets: Any) -> Path:
        book = openpyxl.Workbook()
        assert book.active is not None
        book.remove(book.active)
        for name, rows in sheets.items():
            page = book.create_sheet(name)
            for cells in rows:
                page.append(cells)
        book.save(path)
        return path

    def test_the_one_with_a_logs_headings_is_read_and_the_others_named(self, tmp_path: Path) -> None:
        path = self.book(tmp_path / "log.xlsx", Guide=[["How to fill this in"]], Cases=self.CASES, Lists=[["Repairs"]])
        result = read_cases(path)
        assert result.casebook.cases[0].sheet == "Cases"
        assert findings(result.findings) == [
            "note other-sheets-not-read: The cases were read from the sheet “Cases”; not read: “Guide”, “Lists”."
        ]

    def test_two_that_look_alike_are_a_question(self, tmp_path: Path) -> None:
        path = self.book(tmp_path / "log.xlsx", Y2024=self.CASES, Y2025=self.CASES)
        result = read_cases(path)
        assert result.stopped
        (found,) = result.findings
        assert found.rule == "several-sheets"
        assert found.message == "2 sheets look like logs of complaints: “Y2024”, “Y2025”."
        assert "--sheet" in (found.help or "")
        assert read_cases(path, sheet="y2025").casebook.cases[0].sheet == "Y2025"

    def test_an_empty_form_beside_the_log_is_no_question(self, tmp_path: Path) -> None:
        path = self.book(tmp_path / "log.xlsx", Template=[HEAD], Log=self.CASES)
        assert read_cases(path).casebook.cases[0].sheet == "Log"

    def test_a_name_that_is_not_there(self, tmp_path: Path) -> None:
        path = self.book(tmp_path / "log.xlsx", Cases=self.CASES)
        (found,) = read_cases(path, sheet="Casess").findings
        assert (found.rule, found.help) == ("sheet-not-found", "Did you mean “Cases”?")

    def test_a_hidden_sheet_with_the_cases_is_read_and_said(self, tmp_path: Path) -> None:
        path = self.book(tmp_path / "log.xlsx", Front=[["Summary"]], Log=self.CASES)
        book = openpyxl.load_workbook(path)
        book["Log"].sheet_state = "hidden"
        book.save(path)
        result = read_cases(path)
        assert len(result.casebook.cases) == 1
        assert [f.rule for f in result.findings] == ["hidden-sheet", "other-sheets-not-read"]

    def test_none_is_a_log(self, tmp_path: Path) -> None:
        path = self.book(tmp_path / "log.xlsx", One=[["a", "b"], [1, 2]], Two=[["c"]])
        (found,) = read_cases(path).findings
        assert found.rule == "no-heading-row"
