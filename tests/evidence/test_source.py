"""The policy's own document beside the evidence: its words quoted at run time, and what does not fit is said."""

from __future__ import annotations

import io
import json
import zipfile
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner
from openpyxl import load_workbook

from policylang.commands import main
from policylang.evidence.assess import FORM, MANIFEST, PAGE, WORKBOOK, assess
from policylang.evidence.gather import gather
from policylang.evidence.source import MOST, QUOTED, Source, quoted
from policylang.evidence.verify import Repeated, verify
from policylang.findings.problem import Problem
from tests.lint.papers import paragraph, pdf, word

AS_AT = date(2026, 3, 31)
POLICY = """\
policy "Complaints Policy".
organisation "Maple Tree Homes".
in force from 2025-01-01.
clauses [1, 2, 2.1, 2.2, 2.3, 2.4, closing line].

stage 1 "Stage 1":
  must acknowledge and log complaint within 5 working days of receipt [2.1].
  must respond within 10 working days of acknowledgement [2.2].
  may extend by up to 10 working days with reasons for good-reason [2.3].

stage 2 "Stage 2":
  must respond within 20 working days of acknowledgement [2.4].
"""
LINES = (
    "Maple Tree Homes: Complaints Policy",
    "1 Introduction",
    "2 Our process",
    "2.1 We write to you within five working days of your complaint to say that we have it.",
    "2.2 Stage one",
    "A full answer follows within 10 working days of that letter, sent the way you wrote to us.",
    "2.3 If we need longer we tell you why, and take no more than ten working days more.",
    "2.4 At stage 2 you hear from us within twenty working days.",
)


def text(path: Path, lines: tuple[str, ...] = LINES) -> Path:
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


def docx(path: Path) -> Path:
    return word(path, "".join(paragraph(line) for line in LINES))


def printed(path: Path) -> Path:
    return pdf(path, [LINES])


@pytest.fixture
def policy(tmp_path: Path) -> Path:
    path = tmp_path / "maple.policy"
    path.write_text(POLICY, encoding="utf-8")
    return path


@pytest.mark.parametrize(("name", "make"), [("own.txt", text), ("own.docx", docx), ("own.pdf", printed)])
def test_the_form_quotes_the_clauses_it_rests_on_in_every_file(
    policy: Path, tmp_path: Path, name: str, make: object
) -> None:
    if name.endswith(".pdf"):
        pytest.importorskip("pypdf", reason="PDF is read by pypdf, which is not installed")
    assert callable(make)
    run = gather(policy, as_at=AS_AT, source=make(tmp_path / name))
    made = assess(run)
    assert made.notes == ()
    quote = "2.1: “We write to you within five working days of your complaint to say that we have it”"
    rows = {row[0]: row for row in load_workbook(io.BytesIO(made.files[WORKBOOK])).worksheets[0].values}
    assert quote in str(rows["6.2"][3])
    assert "within 10 working days of that letter" in str(rows["6.3"][3])
    page = made.files[PAGE].decode("utf-8")
    assert quote in page
    assert f"{name} (SHA-256 " in page
    body = zipfile.ZipFile(io.BytesIO(made.files[FORM])).read("word/document.xml").decode("utf-8")
    assert quote in body


def test_without_a_document_nothing_is_quoted(policy: Path) -> None:
    made = assess(gather(policy, as_at=AS_AT))
    assert "We write to you" not in made.files[PAGE].decode("utf-8")
    assert json.loads(made.files[MANIFEST])["source"] == {"file": "", "sha256": ""}


def test_a_heading_stands_on_a_line_of_its_own_and_a_broken_line_is_made_whole(policy: Path, tmp_path: Path) -> None:
    lines = (*LINES[:3], "2.1 We write to you within five working days", "of your complaint.", *LINES[4:])
    run = gather(policy, as_at=AS_AT, source=text(tmp_path / "own.txt", lines))
    assert run.source is not None
    assert run.source.quotes["2.1"] == "We write to you within five working days of your complaint."
    assert run.source.quotes["2.2"].startswith("Stage one\nA full answer follows")


def test_a_clause_printed_twice_is_quoted_both_times(policy: Path, tmp_path: Path) -> None:
    run = gather(policy, as_at=AS_AT, source=text(tmp_path / "own.txt", (*LINES, "2.1 Within 5 days we call you.")))
    assert run.source is not None
    assert "have it” and again: “Within 5 days we call you" in run.source.quotes["2.1"]


def test_a_clause_that_is_not_in_the_document_is_said_on_its_row_and_as_a_finding(policy: Path, tmp_path: Path) -> None:
    made = assess(gather(policy, as_at=AS_AT, source=text(tmp_path / "own.txt", (*LINES[:3], *LINES[4:]))))
    (note,) = made.notes
    assert (note.rule, note.code) == ("source-clause-not-found", "PL-E07")
    assert "Clause 2.1 is relied on" in note.message
    assert "Clause 2.1: not found in own.txt, so not quoted." in made.files[PAGE].decode("utf-8")
    sheet = load_workbook(io.BytesIO(made.files[WORKBOOK]))["Data quality"]
    assert ("On the policy", "source-clause-not-found") in {(row[0], row[1]) for row in sheet.values}


def test_another_figure_in_the_clause_is_a_finding(policy: Path, tmp_path: Path) -> None:
    lines = (*LINES[:5], LINES[5].replace("10", "15"), *LINES[6:])
    (note,) = assess(gather(policy, as_at=AS_AT, source=text(tmp_path / "own.txt", lines))).notes
    assert note.code == "PL-E08"
    assert "10 working days (clause 2.2)" in note.message


def test_a_document_that_names_somebody_else_is_a_finding(policy: Path, tmp_path: Path) -> None:
    lines = ("Elm Homes: Complaints Policy", *LINES[1:])
    (note,) = assess(gather(policy, as_at=AS_AT, source=text(tmp_path / "own.txt", lines))).notes
    assert (note.code, "Maple Tree Homes" in note.message) == ("PL-E09", True)


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        (("1 Pets", "1.1 Dogs are welcome.", "2 Parking", "2.5 No parking."), "of 4 clauses that the policy file"),
        ((*LINES[:3], "2.1 In 7 days.", "2.2 In 8 days.", "2.3 No.", "2.4 In 9 days."), "3 of 3 time limits"),
    ],
)
def test_another_document_stops_the_work(policy: Path, tmp_path: Path, lines: tuple[str, ...], said: str) -> None:
    with pytest.raises(Problem) as stopped:
        gather(policy, as_at=AS_AT, source=text(tmp_path / "other.txt", lines))
    assert [f.code for f in stopped.value.findings] == ["PL-E06"]
    assert said in stopped.value.findings[0].message


ENCRYPTED = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + "EncryptedPackage".encode("utf-16-le") + bytes(600)


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("empty.docx", b"", "PL-F24"),
        ("locked.docx", ENCRYPTED, "PL-F22"),
        ("log.xlsx", b"PK\x03\x04 no package", "PL-F21"),
        ("letter.txt", b"Dear resident, nothing here has a number.\n", "PL-F07"),
        ("picture.png", b"\x89PNG\r\n\x1a\n" + bytes(200), "PL-F06"),
    ],
)
def test_what_is_no_policy_document_is_a_finding_and_nothing_is_written(
    policy: Path, tmp_path: Path, name: str, content: bytes, code: str
) -> None:
    (tmp_path / name).write_bytes(content)
    line = ["assess", str(policy), "--as-at", "2026-03-31", "--source", str(tmp_path / name)]
    done = CliRunner().invoke(main, [*line, "--out", str(tmp_path / "out")])
    assert (done.exit_code, done.stdout, (tmp_path / "out").exists()) == (2, "", False)
    assert f"({code})" in done.stderr


def test_the_document_is_in_the_manifest_and_verify_wants_it(policy: Path, tmp_path: Path) -> None:
    own, out = text(tmp_path / "own.txt"), tmp_path / "out"
    line = ["assess", str(policy), "--as-at", "2026-03-31", "--source", str(own), "--out", str(out)]
    assert CliRunner().invoke(main, line).exit_code in (0, 1)
    same = verify(out, [tmp_path])
    assert (same.findings, same.repeated) == ((), Repeated.SAME)
    assert "own.txt is the input that was read" in same.same
    own.write_bytes(own.read_bytes().replace(b"five", b"nine"))
    changed = verify(out, [tmp_path])
    assert [f.code for f in changed.findings] == ["PL-V09"]
    assert changed.repeated is Repeated.NOT_DONE


def test_quotations_are_short_and_few() -> None:
    labels = [f"3.{n}" for n in range(1, 9)]
    source = Source("own.txt", "ab" * 32, dict.fromkeys(labels[:7], "word " * 200), ("3.8",))
    told = list(quoted(source, labels))
    assert len(told) == MOST + 2
    assert all(piece.endswith("…”") and len(piece) < QUOTED + 10 for piece in told[:MOST])
    assert told[MOST:] == [
        "Clauses 3.6 and 3.7 as printed in own.txt.",
        "Clause 3.8: not found in own.txt, so not quoted.",
    ]
