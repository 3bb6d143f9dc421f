"""``policylang annual --out``: the report as documents, every number the one of the figures, no case named."""

from __future__ import annotations

import io
import json
import re
import zipfile
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from docx import Document

from policylang.evidence.annual.report import AFTER, BEFORE
from tests.evidence.test_annual import HEAD, annual, worked_example
from tests.evidence.test_pictures import NS

NAMES = [
    "annual-figures.xlsx", "annual-report.docx", "annual-report.html", "figures.json", "manifest.json",
    "missing-cells.csv",
]  # fmt: skip


def made(folder: Path, rows: list[str], *more: str) -> tuple[Path, dict[str, Any]]:
    out = folder / "out"
    done = annual(folder, rows, "--out", str(out), "--overwrite", *more)
    assert done.exit_code == 0, done.stderr
    assert sorted(path.name for path in out.iterdir()) == NAMES
    record: dict[str, Any] = json.loads((out / "figures.json").read_text(encoding="utf-8"))
    return out, record


def value(record: dict[str, Any], key: str) -> Any:
    return next(figure["value"] for figure in record["figures"] if figure["key"] == key)


def rows_with_months() -> list[str]:
    """The worked example, and forty complaints over ten other months; every fourth is answered late."""
    more = []
    for n in range(40):
        month = f"2025-{7 + n // 8:02d}"
        answered = f"{month}-28" if n % 4 == 0 else f"{month}-11"
        more.append(f"QX-{n},{month}-01,Social rent,{month}-02,,,{answered},,,,,")
    return [*worked_example(), *more]


def test_the_figures_are_those_of_the_worked_example(tmp_path: Path) -> None:
    _, record = made(tmp_path, list(worked_example()))
    expected = {
        "stage1.received": 90, "stage1.per-1000": 45, "stage1.responded.met": 81, "stage1.responded.late": 9,
        "stage1.responded.share": 0.9, "stage1.month.06": 90, "stage1.month.07": 0, "escalated": 12,
        "stage2.received": 12, "stage2.responded.met": 9, "CH01-1.LCRA": 45, "CH02-1.LCRA": 0.9, "CH02-2.LCRA": 0.75,
    }  # fmt: skip
    assert {key: value(record, key) for key in expected} == expected
    assert value(record, "stage1.strictly") == round(77 / 90, 6)
    assert value(record, "CH02-1.LCRA.strictly") == round(77 / 90, 6)


def test_page_word_file_and_workbook_show_the_same_figures(tmp_path: Path) -> None:
    out, record = made(tmp_path, rows_with_months())
    page = (out / "annual-report.html").read_text(encoding="utf-8")
    word = Document(str(out / "annual-report.docx"))
    told = {(row.cells[0].text, row.cells[1].text): row.cells[2].text for t in word.tables if len(t.columns) == 3
            for row in t.rows}  # fmt: skip
    sheet = openpyxl.load_workbook(out / "annual-figures.xlsx")["Figures"]
    booked = {(row[0].value, row[1].value): row[3].value for row in sheet.iter_rows(min_row=5)}
    booked_as = {(row[0].value, row[1].value): row[3].number_format for row in sheet.iter_rows(min_row=5)}
    assert not sheet["A2"].alignment.wrap_text  # one line above the table, not cut at the first column
    for figure in record["figures"]:
        assert figure["figure"] in page
        number = figure["value"]
        if figure["unit"] == "complaints":
            assert told[figure["figure"], figure["unit"]].replace(",", "").isdigit()
            assert booked[figure["section"], figure["figure"]] == number
        elif figure["unit"] == "share" and number is not None:
            assert booked[figure["section"], figure["figure"]] == pytest.approx(number, abs=0.00051)
            assert booked_as[figure["section"], figure["figure"]] == "0.0%"
        elif figure["unit"] in ("working days", "for each 1,000 homes"):
            # An average of 16.5 days has to look like it in Excel too, and not like 17.
            assert booked_as[figure["section"], figure["figure"]] == "#,##0.0"
    for title, question in (*BEFORE, *AFTER):
        assert title in [paragraph.text for paragraph in word.paragraphs]
        assert question in page.replace("&#x27;", "'")


def test_the_picture_of_months_counts_what_the_log_has(tmp_path: Path) -> None:
    out, _ = made(tmp_path, rows_with_months())
    page = (out / "annual-report.html").read_text(encoding="utf-8")
    tips = re.findall(r"<title>(\w{3} \d{4}: [^<]*)</title>", page)
    assert "Jun 2025: 90.0% in time (81 of 90)" in tips
    for month in ("Jul", "Aug", "Sep", "Oct", "Nov"):
        assert f"{month} 2025: 75.0% in time (6 of 8)" in tips
        assert f"{month} 2025: 8 (part of a signal)" in tips  # nine in a row below the mean of 13
    assert "Jun 2025: 90 (part of a signal)" in tips
    assert "Jun 2025 (90) is above the upper limit" in page
    assert NS[1:-1] in page


def test_no_case_is_named_in_what_is_published(tmp_path: Path) -> None:
    rows = rows_with_months()
    rows[50] = rows[50].replace("2025-06-17", "TBC")
    out, _ = made(tmp_path, rows)
    for name in NAMES[:4]:
        text = (out / name).read_bytes()
        if name.endswith(("xlsx", "docx")):
            with zipfile.ZipFile(io.BytesIO(text)) as package:
                text = b"".join(map(package.read, package.namelist()))
        assert not re.search(rb"\b(W|QX)-\d", text), name
    told = (out / "missing-cells.csv").read_text(encoding="utf-8-sig")
    assert "W-50,1," in told
    assert "log.csv!G52" in told


def test_the_same_again_gives_the_same_bytes(tmp_path: Path) -> None:
    first, _ = made(tmp_path, rows_with_months(), "--suppress-under", "5")
    before = {name: (first / name).read_bytes() for name in NAMES}
    again, _ = made(tmp_path, rows_with_months(), "--suppress-under", "5")
    assert {name: (again / name).read_bytes() for name in NAMES} == before


def test_suppressed_numbers_are_in_no_file(tmp_path: Path) -> None:
    """81 of 90 with four extended: the four must not be told by 81 in time and 77 without extensions."""
    out, record = made(tmp_path, rows_with_months(), "--suppress-under", "5")
    for figure in record["figures"]:
        if figure["unit"] == "complaints" and figure["value"] is not None:
            assert figure["value"] == 0 or figure["value"] >= 5, figure
    shown = {figure["key"] for figure in record["figures"] if not figure["suppressed"]}
    assert not {"stage1.responded.met", "stage1.strictly"} <= shown
    assert not {"stage2.responded.late", "stage2.responded.met", "stage2.received"} <= shown
    assert "stage2.responded.share" not in shown
    page = (out / "annual-report.html").read_text(encoding="utf-8")
    assert "Numbers from 1 to 4 are suppressed" in page
    assert "Answered in time at stage 1, by" not in page
    sheet = openpyxl.load_workbook(out / "annual-figures.xlsx")["Figures"]
    for row in sheet.iter_rows(min_row=5):
        if row[2].value == "complaints" and isinstance(row[3].value, int):
            assert row[3].value == 0 or row[3].value >= 5
    told = {row[1].value for row in sheet.iter_rows(min_row=5) if row[3].value == "suppressed"}
    assert told == {figure["figure"] for figure in record["figures"] if figure["suppressed"]}


@pytest.mark.parametrize("size", [3, 9, 20, 45])
def test_no_breakdown_lacks_just_one_number(tmp_path: Path, size: int) -> None:
    """Months, and results, that add up to a printed total: one that is missing alone would be told by the rest."""
    rows = [row for n, row in enumerate(rows_with_months()) if n % (130 // size) == 0]
    _, record = made(tmp_path, rows, "--suppress-under", "5")
    gone = {figure["key"]: figure["suppressed"] for figure in record["figures"]}
    for stage in ("stage1", "stage2"):
        months = [key for key in gone if key.startswith(f"{stage}.month.")]
        assert len(months) == 12
        assert sum(gone[key] for key in (*months, f"{stage}.received")) != 1
        # Nothing was refused and nothing set aside: the four results add up to what was received.
        results = [f"{stage}.responded.{part}" for part in ("met", "late", "unknown", "pending")]
        assert sum(gone[key] for key in (*results, f"{stage}.received")) != 1
    assert not any(0 < (f["value"] or 0) < 5 for f in record["figures"] if f["unit"] == "complaints")


def test_a_year_that_is_not_over_says_so_and_draws_no_month_to_come(tmp_path: Path) -> None:
    out, _ = made(tmp_path, rows_with_months(), "--as-at", "2025-09-15")
    page = (out / "annual-report.html").read_text(encoding="utf-8")
    assert "The year is not over" in page
    tips = re.findall(r"<title>(\w{3} \d{4}): \d+[^<]*</title>", page)
    assert "Aug 2025" in tips
    assert "Oct 2025" not in tips


def test_the_year_before_stands_beside(tmp_path: Path) -> None:
    rows = [*worked_example(), "B-1,2024-06-03,Social rent,2024-06-04,,,2024-06-10,,,,,"]
    out, record = made(tmp_path, rows)
    before = {figure["key"]: figure["value"] for figure in record["year_before"]}
    assert before["stage1.received"] == 1
    assert '<th scope="col">2024/25</th>' in (out / "annual-report.html").read_text(encoding="utf-8")


def test_a_target_of_ones_own_is_drawn_and_called_so(tmp_path: Path) -> None:
    out, _ = made(tmp_path, rows_with_months(), "--target", "92.5")
    page = (out / "annual-report.html").read_text(encoding="utf-8")
    assert "target 92.5% (the landlord&#x27;s own)" in page


def test_what_is_about_documents_needs_a_folder(tmp_path: Path) -> None:
    done = annual(tmp_path, [], "--target", "95")
    assert done.exit_code == 2
    assert "--target is about what is written." in done.stderr


def test_a_folder_that_is_not_empty_is_left_alone(tmp_path: Path) -> None:
    out = tmp_path / "out"
    out.mkdir()
    (out / "mine.txt").write_text("mine", encoding="utf-8")
    done = annual(tmp_path, list(worked_example()), "--out", str(out))
    assert done.exit_code == 2
    assert [path.name for path in out.iterdir()] == ["mine.txt"]
    assert "not empty" in " ".join(done.stderr.split())  # lines are wrapped to fit


def test_an_empty_year_makes_a_report_too(tmp_path: Path) -> None:
    _, record = made(tmp_path, ["A-1,2023-01-05,Social rent,2023-01-06,,,2023-01-10,,,,,"])
    assert value(record, "stage1.received") == 0
    assert value(record, "stage1.responded.share") is None
    assert HEAD.startswith("Ref")
