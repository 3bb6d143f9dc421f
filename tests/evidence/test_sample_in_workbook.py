"""The sample inside the auditor's workbook: drawn as ``policylang sample`` draws it, filled in there, and read back."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from openpyxl import Workbook, load_workbook

from policylang.commands import main
from tests.evidence.test_sample import HEAD, POLICY, ROWS

BOOK = "self-assessment.xlsx"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "maple.policy").write_text(POLICY, encoding="utf-8")
    (tmp_path / "log.csv").write_text("\n".join([HEAD, *ROWS]) + "\n", encoding="utf-8")
    return tmp_path


def run(folder: Path, command: str, *more: str) -> Result:
    files = [str(folder / "maple.policy"), str(folder / "log.csv")]
    return CliRunner().invoke(main, [command, *files, "--as-at", "2025-06-30", *more])


def assess(folder: Path, *more: str, out: str = "out") -> Path:
    done = run(folder, "assess", "--out", str(folder / out), *more)
    assert done.exit_code in (0, 1), done.stderr
    return folder / out / BOOK


def rows(book: Workbook, name: str = "Sample") -> list[tuple[object, ...]]:
    return [tuple(row) for row in book[name].values]


def test_it_is_the_sample_that_the_command_draws_with_the_same_seed(folder: Path) -> None:
    inside = load_workbook(assess(folder, "--sample", "9", "--seed", "7"))
    done = run(folder, "sample", "--size", "9", "--seed", "7", "--out", str(folder / "alone.xlsx"))
    assert done.exit_code == 0, done.stderr
    alone = load_workbook(folder / "alone.xlsx")
    for name in ("Sample", "Questions"):
        assert rows(inside, name) == rows(alone, name)
    lists = [str(v.formula1) for v in inside["Sample"].data_validations.dataValidation]
    assert lists == ['"Yes,No,Not known"']
    assert inside["Sample"].freeze_panes == "B2"


def test_seed_size_and_strata_stand_in_the_method_and_the_manifest(folder: Path) -> None:
    book = load_workbook(assess(folder, "--sample", "8", "--seed", "3"))
    told = {row[0]: row[1] for row in rows(book, "Method")}
    assert str(told["Sample for a reader"]).startswith("8 cases of 40 drawn with seed 3 (8 asked for)")
    assert "stage 1, a breach is on record: 2 of 10" in str(told["Sample for a reader"])
    manifest = json.loads((folder / "out" / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["options"]["sample"] == {"size": 8, "seed": 3}


def test_verify_draws_it_again(folder: Path) -> None:
    assess(folder, "--sample", "8", "--seed", "3")
    done = CliRunner().invoke(main, ["verify", str(folder / "out"), "--inputs", str(folder)])
    assert "The work was repeated and gave the same bytes." in done.stdout
    path = folder / "out" / "manifest.json"
    path.write_bytes(path.read_bytes().replace(b'"seed": 3', b'"seed": 4'))
    done = CliRunner().invoke(main, ["verify", str(folder / "out"), "--inputs", str(folder)])
    assert done.exit_code == 1
    assert f"{BOOK} comes out otherwise" in done.stdout


def test_none_is_drawn_where_none_is_wanted(folder: Path) -> None:
    assert "Sample" not in load_workbook(assess(folder, "--sample", "0")).sheetnames


def fill(book: Path, to: Path) -> str:
    """Answer No to one question about the first case drawn, as a reader would; gives the case."""
    workbook = load_workbook(book)
    sheet = workbook["Sample"]
    headings = [str(cell.value) for cell in sheet[1]]
    sheet.cell(2, headings.index("Response states the reasons") + 1).value = "No"
    workbook.save(to)
    return str(sheet["A2"].value)


def test_the_workbook_filled_in_comes_back_with_answers(folder: Path) -> None:
    case = fill(assess(folder), folder / "read.xlsx")
    book = load_workbook(assess(folder, "--answers", str(folder / "read.xlsx"), out="second"))
    findings = [row for row in rows(book, "Findings") if case in row]
    assert any("Sample!" in str(row) and "reasons" in str(row) for row in findings)
    assert "Sample" not in book.sheetnames  # what was drawn has been read; another draw would only confuse
    told = {row[0]: row[1] for row in rows(book, "Method")}
    assert str(told["Answers of a reader"]).startswith("read.xlsx (SHA-256 ")
    done = CliRunner().invoke(main, ["verify", str(folder / "second"), "--inputs", str(folder)])
    assert "The work was repeated and gave the same bytes." in done.stdout


@pytest.mark.parametrize(("option", "name"), [("--answers", BOOK), ("--person", "to-complete.yaml")])
def test_what_somebody_filled_in_is_not_written_over(folder: Path, option: str, name: str) -> None:
    assess(folder)
    filled = folder / "out" / name
    if name == BOOK:
        fill(filled, folder / "read.xlsx")
        shutil.copy(folder / "read.xlsx", filled)
    before = filled.read_bytes()
    done = run(folder, "assess", "--out", str(folder / "out"), "--overwrite", option, str(filled))
    assert (done.exit_code, done.stdout) == (2, "")
    assert "(PL-U08)" in done.stderr
    assert filled.read_bytes() == before
