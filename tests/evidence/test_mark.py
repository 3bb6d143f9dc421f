"""The user's own workbook, marked: notes on the cells that decided, one sheet more, and nothing else changed."""

from __future__ import annotations

import io
import zipfile
from datetime import date
from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner, Result
from lxml import etree  # type: ignore[import-untyped]
from openpyxl.chart import BarChart, Reference
from openpyxl.comments import Comment
from openpyxl.formatting.rule import CellIsRule
from openpyxl.styles import Font, PatternFill
from openpyxl.worksheet.datavalidation import DataValidation

from policylang.commands import main
from policylang.evidence.gather import gather
from policylang.evidence.office import mark as marking
from tests.evidence.test_annual import MAPPING, POLICY

HEADS = ("Ref", "Received", "Tenure", "Acknowledged", "Extension letter sent", "Extended to", "Responded",
         "Stage 2 requested", "Stage 2 acknowledged", "Stage 2 response sent", "Refused",
         "Stage 2 extension letter sent")  # fmt: skip
D = date
ROWS = (
    # In time; eleven working days after the acknowledgement, so a day late; acknowledged on the eighth working day.
    ("L-1", D(2025, 6, 2), "Social rent", D(2025, 6, 3), None, None, D(2025, 6, 17)),
    ("L-2", D(2025, 6, 2), "Social rent", D(2025, 6, 3), None, None, D(2025, 6, 18)),
    ("L-3", D(2025, 6, 2), "Social rent", D(2025, 6, 12), None, None, D(2025, 6, 20)),
    ("L-4", D(2025, 6, 2), "Social rent", D(2025, 6, 3), None, None, "TBC"),
)


def log(folder: Path, *, note: str = "", second: str = "Charts") -> Path:
    """A log with things that libraries lose: a chart, a rule of looks, a list to choose from, a note, a formula."""
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.title = "Log"
    for n, heading in enumerate(HEADS, start=1):
        sheet.cell(1, n, heading).font = Font(bold=True)
    for row in ROWS:
        sheet.append(row)
    rule = CellIsRule("lessThan", ["1"], fill=PatternFill("solid", "FF0000"))  # type: ignore[no-untyped-call]
    sheet.conditional_formatting.add("G2:G9", rule)
    choice = DataValidation("list", formula1='"Social rent,Shared ownership"')
    choice.add("C2:C9")
    sheet.add_data_validation(choice)
    if note:
        sheet[note].comment = Comment("My own note.", "A manager")
    other = book.create_sheet(second)
    other["A1"], other["A2"], other["A3"] = 3, 4, "=A1+A2"
    chart = BarChart()
    chart.add_data(Reference(other, min_col=1, min_row=1, max_row=2))
    other.add_chart(chart, "C3")
    book.save(folder / "log.xlsx")
    (folder / "maple.policy").write_text(POLICY, encoding="utf-8")
    (folder / "map.yaml").write_text(MAPPING, encoding="utf-8")
    return folder / "log.xlsx"


def mark(folder: Path, name: str = "log.xlsx", *more: str) -> Result:
    files = [str(folder / "maple.policy"), str(folder / name), "--map", str(folder / "map.yaml")]
    out = ["--as-at", "2026-03-31", "--out", str(folder / "marked.xlsx")]
    return CliRunner().invoke(main, ["mark", *files, *out, *more])


def parts(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def notes(folder: Path) -> dict[str, str]:
    sheet = openpyxl.load_workbook(folder / "marked.xlsx")["Log"]
    return {cell.coordinate: cell.comment.text for row in sheet.iter_rows() for cell in row if cell.comment}


def test_the_cells_that_decided_a_breach_have_a_note_and_the_others_none(tmp_path: Path) -> None:
    log(tmp_path)
    done = mark(tmp_path)
    assert done.exit_code == 1, done.stderr
    found = notes(tmp_path)
    assert not any(address.endswith("2") and len(address) == 2 for address in found)  # L-1 kept everything it shows
    for address in ("D3", "G3"):
        assert "HO24-6.3, respond at stage 1: breached." in found[address]
        assert "1 working day late" in found[address]
        assert "the policy, clause 1, respond at stage 1: breached." in found[address]
    for address in ("B4", "D4"):
        assert "HO24-6.2, acknowledge at stage 1: breached." in found[address]
    assert "“TBC”" in found["G5"]


def test_every_other_part_is_the_same_and_the_sheet_has_only_the_mark_more(tmp_path: Path) -> None:
    path = log(tmp_path)
    before = path.read_bytes()
    mark(tmp_path)
    assert path.read_bytes() == before
    old, new = parts(before), parts((tmp_path / "marked.xlsx").read_bytes())
    assert {n for n in old if new[n] != old[n]} == {
        "[Content_Types].xml", "xl/workbook.xml", "xl/_rels/workbook.xml.rels", "xl/worksheets/sheet1.xml",
    }  # fmt: skip
    assert set(new) - set(old) == {
        "xl/worksheets/_rels/sheet1.xml.rels", "xl/commentsPolicylang1.xml",
        "xl/drawings/vmlDrawingPolicylang1.vml", "xl/worksheets/policylang1.xml",
    }  # fmt: skip
    sheet = etree.fromstring(new["xl/worksheets/sheet1.xml"])
    (drawn,) = [child for child in sheet if child.tag.endswith("}legacyDrawing")]
    sheet.remove(drawn)
    assert etree.tostring(sheet, method="c14n") == etree.tostring(
        etree.fromstring(old["xl/worksheets/sheet1.xml"]), method="c14n"
    )


def test_the_sheet_lists_every_breach_once_with_its_reason(tmp_path: Path) -> None:
    path = log(tmp_path)
    done = mark(tmp_path)
    book = openpyxl.load_workbook(tmp_path / "marked.xlsx")
    assert book.sheetnames == ["Log", "Charts", "Policylang findings"]
    rows = list(book["Policylang findings"].iter_rows(values_only=True))
    assert rows[0] == marking.HEADINGS
    run = gather(tmp_path / "maple.policy", path, as_at=date(2026, 3, 31), mapping=tmp_path / "map.yaml")
    late = [o for o in run.outcomes if o.result.value == "breached"]
    assert [(r[0], r[3], r[4]) for r in rows if r[1] == "breached"] == [
        (o.case, o.duty, o.due.isoformat() if o.due else None) for o in late
    ]
    assert f"{len(rows) - 1} findings on the sheet “Policylang findings”" in done.stdout
    assert any(str(row[0]).endswith("cases") and "no column" in str(row[9]) for row in rows)


def test_a_note_of_the_owner_is_kept_and_said(tmp_path: Path) -> None:
    log(tmp_path, note="G3")
    done = mark(tmp_path)
    found = notes(tmp_path)
    assert found["G3"] == "My own note."
    assert "HO24-6.3" in found["D3"]
    assert "1 cell had a note already and kept it: Log!G3." in done.stdout
    made = parts((tmp_path / "marked.xlsx").read_bytes())
    comments = [name for name in made if "comment" in name and name.endswith(".xml")]
    assert len(comments) == 1


def test_a_sheet_of_our_name_gets_company(tmp_path: Path) -> None:
    log(tmp_path, second="POLICYLANG findings")
    mark(tmp_path)
    names = openpyxl.load_workbook(tmp_path / "marked.xlsx").sheetnames
    assert names == ["Log", "POLICYLANG findings", "Policylang findings 2"]


def test_the_same_again_gives_the_same_bytes_and_nothing_is_overwritten(tmp_path: Path) -> None:
    log(tmp_path)
    mark(tmp_path)
    first = (tmp_path / "marked.xlsx").read_bytes()
    refused = mark(tmp_path)
    assert refused.exit_code == 2
    assert mark(tmp_path, "log.xlsx", "--overwrite").exit_code == 1
    assert (tmp_path / "marked.xlsx").read_bytes() == first


def test_so_many_cells_that_it_would_be_slow_are_left_without_a_note(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    log(tmp_path)
    monkeypatch.setattr(marking, "MOST", 2)
    done = mark(tmp_path)
    assert len(notes(tmp_path)) == 2
    assert "2 cells with a note." in done.stdout
    assert "got no note, because so many make a workbook slow" in done.stdout


def test_a_log_that_is_no_workbook_is_refused(tmp_path: Path) -> None:
    log(tmp_path)
    lines = [",".join(HEADS), "L-1,2025-06-02,Social rent,2025-06-03,,,2025-06-17,,,,,"]
    (tmp_path / "log.csv").write_text("\n".join(lines), encoding="utf-8")
    done = mark(tmp_path, "log.csv")
    assert done.exit_code == 2
    assert "PL-W10" in done.stderr
    assert not (tmp_path / "marked.xlsx").exists()
