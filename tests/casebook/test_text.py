"""Logs kept as text: encodings, delimiters, quotation marks; and files that are only too large."""

from __future__ import annotations

from pathlib import Path

import pytest

from policylang.casebook import limits
from policylang.casebook.cases import EntryState
from policylang.casebook.reader import ReadResult, read_cases
from tests.casebook.told import findings
from tests.casebook.workbooks import workbook

HEAD = "Reference,Date received,Category\n"


def read(tmp_path: Path, content: bytes, name: str = "log.csv") -> ReadResult:
    path = tmp_path / name
    path.write_bytes(content)
    return read_cases(path)


def category(result: ReadResult, case: int = 0) -> object:
    return result.casebook.cases[case].entry("category").value


@pytest.mark.parametrize("coding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le"])
def test_unicode_needs_no_remark(tmp_path: Path, coding: str) -> None:
    mark = b"\xff\xfe" if coding == "utf-16-le" else b""
    result = read(tmp_path, mark + (HEAD + "C-1,2024-03-01,Damp – naïve £5\n").encode(coding))
    assert category(result) == "Damp – naïve £5"
    assert result.findings == []


def test_an_old_encoding_is_read_and_said(tmp_path: Path) -> None:
    result = read(tmp_path, (HEAD + "C-1,2024-03-01,Damp\nC-2,2024-03-01,£5 – “more”\n").encode("cp1252"))
    assert category(result, 1) == "£5 – “more”"
    assert findings(result.findings) == [
        "note text-encoding-assumed: The file is not UTF-8, so it was read as Windows-1252 (what Excel writes as plain "
        "“CSV”). This matters for 4 characters, the first on line 3."
    ]


def test_two_encodings_are_read_line_by_line_and_said(tmp_path: Path) -> None:
    lines = [HEAD.encode(), "C-1,2024-03-01,£5\n".encode("cp1252"), "C-2,2024-03-01,£6\n".encode()]
    result = read(tmp_path, b"".join(lines))
    assert (category(result, 0), category(result, 1)) == ("£5", "£6")
    assert findings(result.findings) == [
        "warning text-encodings-mixed: The file mixes two text encodings: 1 character in UTF-8 and 1 character in "
        "Windows-1252, the first on line 2. Each line was read as what it is; £ signs and accents may be wrong."
    ]


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_the_delimiter_is_the_one_that_shows_headings(tmp_path: Path, delimiter: str) -> None:
    rows = [["Our log, as kept; by hand"], ["Reference", "Date received", "Category"], ["C-1", "2024-03-01", "a, b; c"]]
    content = "".join(delimiter.join(f'"{text}"' for text in row) + "\r\n" for row in rows)
    result = read(tmp_path, content.encode(), "log.txt")
    assert category(result) == "a, b; c"


def test_a_cell_may_go_on_over_several_lines(tmp_path: Path) -> None:
    result = read(tmp_path, (HEAD + 'C-1,2024-03-01,"Damp,\nand mould"\nC-2,2024-03-02,Heating\n').encode())
    assert category(result) == "Damp, and mould"
    # Rows are counted as Excel shows them, not as lines of the file.
    assert [case.row for case in result.casebook.cases] == [2, 3]


def test_a_row_that_is_too_short_has_empty_cells(tmp_path: Path) -> None:
    result = read(tmp_path, (HEAD + "C-1,2024-03-01\n").encode())
    assert result.casebook.cases[0].entry("category").state is EntryState.BLANK


def test_the_digest_is_that_of_the_file(tmp_path: Path) -> None:
    import hashlib

    content = (HEAD + "C-1,2024-03-01,\n").encode()
    result = read(tmp_path, content)
    assert result.casebook.digests == {str(tmp_path / "log.csv"): hashlib.sha256(content).hexdigest()}


def test_a_workbook_called_csv_is_read_as_what_it_is(tmp_path: Path) -> None:
    workbook(tmp_path / "log.xlsx", [["Reference", "Date received"], ["C-1", "1 March 2024"]])
    assert len(read(tmp_path, (tmp_path / "log.xlsx").read_bytes(), "log.csv").casebook.cases) == 1


def test_a_workbook_that_is_too_large(tmp_path: Path) -> None:
    path = tmp_path / "log.xlsx"
    with path.open("wb") as file:
        file.write(b"PK\x03\x04")
        file.truncate(limits.FILE_BYTES + 1)
    (found,) = read_cases(path).findings
    assert (found.rule, found.message) == ("log-too-large", "The workbook has 50 MB; the limit is 50 MB.")


def test_a_sheet_with_too_many_rows(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    rows = [["Reference", "Date received"], *([f"C-{n}", "1 March 2024"] for n in range(400))]
    path = workbook(tmp_path / "log.xlsx", rows)
    assert len(read_cases(path).casebook.cases) == 400
    monkeypatch.setattr(limits, "ROWS", 400)
    (found,) = read_cases(path).findings
    assert found.rule == "too-many-rows"
    assert "“Log” has more than 400 rows" in found.message


def test_a_text_file_has_no_limit_of_rows(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "ROWS", 10)
    result = read(tmp_path, (HEAD + "".join(f"C-{n},2024-03-01,\n" for n in range(50))).encode())
    assert len(result.casebook.cases) == 50
