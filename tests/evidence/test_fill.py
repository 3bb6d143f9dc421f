"""A landlord's own form filled: the right cells, and nothing else."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import docx
import openpyxl
import pytest
from click.testing import CliRunner
from openpyxl.chart import BarChart, Reference
from openpyxl.comments import Comment
from openpyxl.styles import Font, Protection
from openpyxl.worksheet.worksheet import Worksheet

from policylang.commands import main
from policylang.evidence.office.fill_docx import fill_document
from policylang.evidence.office.fill_xlsx import fill_workbook
from policylang.evidence.office.template import Filled
from policylang.findings.problem import Problem

ROOT = Path(__file__).resolve().parents[2]
TEXTS = {
    number: {
        "comply": "Yes",
        "evidence": f"Evidence of {number}.",
        "commentary": f"=Comment on {number}\nand more.",
        "evidence-commentary": f"Both of {number}.",
    }
    for number in ("5.1", "5.2", "5.9", "5.10")
}
HEADS = ("Code provision", "Code requirement", "Comply: Yes / No", "Evidence", "Commentary / explanation")


def workbook(path: Path, change: Callable[[Worksheet], object] | None = None) -> Path:
    """A form with a title, headings, four provisions, a look, a comment, a formula and a chart of its own."""
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.title = "Form & more"
    sheet["A1"] = "Appendix A: our self-assessment"
    for n, heading in enumerate(HEADS, start=1):
        sheet.cell(3, n, heading).font = Font(bold=True)
    numbers: tuple[float | str, ...] = (5.1, 5.2, "5.9", "5.10")
    for n, number in enumerate(numbers, start=4):
        sheet.cell(n, 1, number)
        sheet.cell(n, 2, "The Code's words, with evidence and compliance in them, as the landlord has typed them here.")
        sheet.cell(n, 4).font = Font(italic=True, color="FF0000")
    sheet["H1"], sheet["H2"] = 7, "=H1*2"
    sheet["H1"].comment = Comment("Ours.", "A")
    chart = BarChart()
    chart.add_data(Reference(sheet, min_col=8, min_row=1, max_row=2))
    sheet.add_chart(chart, "H5")
    book.create_sheet("Notes")["A1"] = "Nothing to fill here."
    if change:
        change(sheet)
    book.save(path)
    return path


def changed_parts(before: bytes, after: bytes) -> set[str]:
    with zipfile.ZipFile(io.BytesIO(before)) as old, zipfile.ZipFile(io.BytesIO(after)) as new:
        assert old.namelist() == new.namelist()
        return {name for name in old.namelist() if old.read(name) != new.read(name)}


def cells(data: bytes) -> dict[str, object]:
    book = openpyxl.load_workbook(io.BytesIO(data))
    return {
        f"{s.title}!{c.coordinate}": c.value for s in book for row in s.iter_rows() for c in row if c.value is not None
    }


def test_a_workbook_is_filled_by_number_and_all_else_is_as_it_was(tmp_path: Path) -> None:
    path = workbook(tmp_path / "form.xlsx")
    filled = fill_workbook(path, TEXTS)
    assert filled.findings == []
    assert (filled.cells, filled.provisions) == (12, ["5.1", "5.2", "5.9", "5.10"])
    assert changed_parts(path.read_bytes(), filled.data) == {"xl/worksheets/sheet1.xml"}
    before, after = cells(path.read_bytes()), cells(filled.data)
    new = {place: value for place, value in after.items() if place not in before}
    expected = {}
    for row, number in enumerate(TEXTS, start=4):
        expected[f"Form & more!C{row}"] = "Yes"
        expected[f"Form & more!D{row}"] = f"Evidence of {number}."
        expected[f"Form & more!E{row}"] = f"=Comment on {number}\nand more."
    assert new == expected
    assert {place: after[place] for place in before} == before
    sheet = openpyxl.load_workbook(io.BytesIO(filled.data)).worksheets[0]
    assert sheet["D5"].font.italic
    assert sheet["E5"].data_type in ("s", "inlineStr")  # text, whatever it starts with


def codes(filled: Filled) -> list[str]:
    return [finding.code for finding in filled.findings]


def test_each_thing_amiss_is_a_finding_and_the_rest_is_filled(tmp_path: Path) -> None:
    def change(sheet: Worksheet) -> None:
        sheet.merge_cells("D4:D5")
        sheet["C6"] = "Partly, says Anna"
        sheet["A8"] = "9.99"
        sheet["A9"] = "5.1"

    filled = fill_workbook(workbook(tmp_path / "form.xlsx", change), {**TEXTS, "6.1": TEXTS["5.1"]})
    assert sorted(codes(filled)) == ["PL-W03", "PL-W04", "PL-W05", "PL-W06", "PL-W06", "PL-W08"]
    told = " ".join(finding.message for finding in filled.findings)
    assert "no provision 9.99, so the row at Form & more!A8" in told
    assert "5.1 stands at Form & more!A4 and again at Form & more!A9" in told
    assert "no row for 6.1" in told
    after = cells(filled.data)
    assert after["Form & more!C6"] == "Partly, says Anna"
    assert "Form & more!D4" not in after
    assert after["Form & more!D7"] == "Evidence of 5.10."


def test_a_protected_sheet_is_filled_only_where_it_is_unlocked(tmp_path: Path) -> None:
    def change(sheet: Worksheet) -> None:
        sheet.protection.sheet = True
        for row in range(4, 8):
            sheet.cell(row, 5).protection = Protection(locked=False)

    filled = fill_workbook(workbook(tmp_path / "form.xlsx", change), TEXTS)
    assert filled.cells == 4
    assert codes(filled) == ["PL-W07"] * 8


def test_one_decimal_lost_by_excel_is_not_guessed(tmp_path: Path) -> None:
    """5.10 typed as a number is 5.1: the second row of that number is not filled, unless it shows two decimals."""

    def change(sheet: Worksheet) -> None:
        sheet["A7"] = 5.1

    assert codes(fill_workbook(workbook(tmp_path / "a.xlsx", change), TEXTS)) == ["PL-W04", "PL-W05"]

    def shown(sheet: Worksheet) -> None:
        sheet["A7"] = 5.1
        sheet["A7"].number_format = "0.00"

    assert fill_workbook(workbook(tmp_path / "b.xlsx", shown), TEXTS).provisions == list(TEXTS)


@pytest.mark.parametrize("cell", ["A3", "A"])
def test_a_form_without_headings_or_numbers_is_refused(tmp_path: Path, cell: str) -> None:
    def change(sheet: Worksheet) -> None:
        for place in ("A3",) if cell == "A3" else ("A4", "A5", "A6", "A7"):
            sheet[place] = None

    with pytest.raises(Problem) as caught:
        fill_workbook(workbook(tmp_path / "form.xlsx", change), TEXTS)
    assert [finding.code for finding in caught.value.findings] == ["PL-W02"]


def document(path: Path, *, merge: bool = False) -> Path:
    made = docx.Document()
    made.add_heading("Our self-assessment")
    table = made.add_table(rows=5, cols=5)
    for n, heading in enumerate(HEADS):
        table.cell(0, n).text = heading
    for r, number in enumerate(TEXTS, start=1):
        table.cell(r, 0).text = number
    if merge:
        table.cell(1, 3).merge(table.cell(2, 3))
    made.add_paragraph("Approved by the Board.")
    made.save(str(path))
    return path


def test_a_word_form_is_filled_and_only_its_text_changes(tmp_path: Path) -> None:
    path = document(tmp_path / "form.docx")
    filled = fill_document(path, TEXTS)
    assert filled.findings == []
    assert changed_parts(path.read_bytes(), filled.data) == {"word/document.xml"}
    again = docx.Document(io.BytesIO(filled.data))
    rows = [[cell.text for cell in row.cells] for row in again.tables[0].rows]
    assert rows[0] == list(HEADS)
    for row, number in zip(rows[1:], TEXTS, strict=True):
        assert row == [number, "", "Yes", f"Evidence of {number}.", f"=Comment on {number}\nand more."]
    assert [p.text for p in again.paragraphs] == ["Our self-assessment", "Approved by the Board."]


def test_what_is_written_looks_as_typing_there_would(tmp_path: Path) -> None:
    path = document(tmp_path / "form.docx")
    form = docx.Document(str(path))
    form.tables[0].cell(1, 3).paragraphs[0].add_run("").bold = True
    form.save(str(path))
    again = docx.Document(io.BytesIO(fill_document(path, TEXTS).data)).tables[0]
    assert [run.bold for run in again.cell(1, 3).paragraphs[0].runs] == [True]
    assert again.cell(1, 3).text == "Evidence of 5.1."
    assert [run.bold for run in again.cell(2, 3).paragraphs[0].runs] == [None]


def test_a_merged_cell_of_a_word_form_is_left_and_named(tmp_path: Path) -> None:
    filled = fill_document(document(tmp_path / "form.docx", merge=True), TEXTS)
    assert codes(filled) == ["PL-W06", "PL-W06"]
    assert "table 1!row 2, column 4" in filled.findings[0].message


def test_a_protected_word_form_is_left_as_it_is(tmp_path: Path) -> None:
    path = document(tmp_path / "form.docx")
    with zipfile.ZipFile(path) as old:
        parts = {name: old.read(name) for name in old.namelist()}
    mark = b'<w:documentProtection w:edit="readOnly" w:enforcement="1"/>'
    at = parts["word/settings.xml"].index(b">", parts["word/settings.xml"].index(b"<w:settings")) + 1
    parts["word/settings.xml"] = parts["word/settings.xml"][:at] + mark + parts["word/settings.xml"][at:]
    with zipfile.ZipFile(path, "w") as new:
        for name, content in parts.items():
            new.writestr(name, content)
    filled = fill_document(path, TEXTS)
    assert filled.cells == 0
    assert set(codes(filled)) == {"PL-W07"}


def run(*arguments: str | Path) -> tuple[int, str, str]:
    done = CliRunner().invoke(main, ["fill", str(ROOT / "policies" / "connect-housing.policy"), *map(str, arguments)])
    return done.exit_code, done.stdout, done.stderr


@pytest.mark.parametrize("kind", ["xlsx", "docx"])
def test_the_command_fills_a_form_for_the_policy_alone(tmp_path: Path, kind: str) -> None:
    form = workbook(tmp_path / "form.xlsx") if kind == "xlsx" else document(tmp_path / "form.docx")
    out = tmp_path / f"filled.{kind}"
    code, said, _ = run("--as-at", "2026-10-31", "--template", form, "--out", out)
    assert code == 1  # the form lacks most provisions
    assert "12 cells filled for 4 of 72 provisions." in said
    assert "The template has no row for 1.2" in said
    assert out.is_file()


def test_another_kind_of_file_is_refused_and_nothing_is_written(tmp_path: Path) -> None:
    form = workbook(tmp_path / "form.xlsx")
    code, _, error = run("--as-at", "2026-10-31", "--template", form, "--out", tmp_path / "filled.docx")
    assert code == 2
    assert "PL-W09" in error
    assert sorted(path.name for path in tmp_path.iterdir()) == ["form.xlsx"]


def test_rows_and_cells_without_addresses_are_counted_as_excel_counts_them(tmp_path: Path) -> None:
    """Some programs leave addresses out; each row and cell then follows the one before it."""
    path = workbook(tmp_path / "form.xlsx")
    with zipfile.ZipFile(path) as old:
        content = {name: old.read(name) for name in old.namelist()}
    sheet = content["xl/worksheets/sheet1.xml"]
    assert b'<c r="A5"' in sheet
    content["xl/worksheets/sheet1.xml"] = sheet.replace(b'<c r="A5"', b"<c").replace(b'<row r="5"', b"<row")
    with zipfile.ZipFile(path, "w") as new:
        for name, data in content.items():
            new.writestr(name, data)
    filled = fill_workbook(path, TEXTS)
    assert cells(filled.data)["Form & more!D5"] == "Evidence of 5.2."
    assert filled.provisions == list(TEXTS)


def test_a_form_with_one_answer_a_section_is_filled_by_the_names_of_its_rows(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.append(["Code section", "Action", "Do we follow the Code: Yes/No", "Explanations and commentary"])
    for name in ("1", "Section 2", "6 (Stage 1)", "Section 6, stage 2:", "11"):
        sheet.append([name, "What we do."])
    book.save(tmp_path / "form.xlsx")
    out = tmp_path / "filled.xlsx"
    code, said, _ = run(
        "--as-at", "2026-10-31", "--code", "lgsco-2024", "--template", tmp_path / "form.xlsx", "--out", out
    )
    assert code == 1
    assert "The template has no row for 3, 4, 5, 7, 8 and 9." in " ".join(said.split())
    assert "8 cells filled for 4 of 10 rows." in said
    rows = list(openpyxl.load_workbook(out).worksheets[0].values)[1:]
    assert [row[2] in ("Yes", "No", "To be completed") for row in rows] == [True, True, True, True, False]
    assert str(rows[2][3]).startswith("Rests on 9 provisions.")
    assert "6.S2.respond" in str(rows[3][3])
