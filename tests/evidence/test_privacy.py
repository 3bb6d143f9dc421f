"""Personal data: pseudonyms change no outcome, and a copy to share has other dates and the same outcomes."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from hypothesis import given
from hypothesis import strategies as st

from policylang.auditor.outcome import Outcome
from policylang.auditor.outcome import Result as Came
from policylang.casebook.cases import Case, CaseBook, Entry, EntryState
from policylang.casebook.pseudonyms import pseudonym
from policylang.commands import main
from policylang.evidence.redact import LeftOut, Redacted, faithful
from tests.evidence.made_up import outcome

POLICY = """policy "Complaints Policy".
organisation "Maple Homes".
in force from 2024-01-01.
calendar england-and-wales.

stage 1 "Stage 1":
  must respond within 10 working days of receipt [1].
stage 2 "Stage 2":
  must respond within 20 working days of escalation not by the same person as stage 1 [2].
"""

HEAD = (
    "Ref,Received,Acknowledged,Responded,Stage 2 requested,Stage 2 response sent,Stage 1 officer,Stage 2 officer,Notes"
)
ROWS = [
    "SECRET-1,2025-03-03,2025-03-05,2025-03-17,,,Officer Quill,,Free text that nobody may see",
    "SECRET-2,2025-06-02,2025-06-05,2025-07-17,2025-07-21,2025-08-29,Officer Quill,Officer Quill,",
    "SECRET-3,2025-09-01,TBC,2025-09-10,,,Officer Wren,,",
    "SECRET-3,2025-09-02,2025-09-03,2025-09-10,,,Officer Wren,,",
    "SECRET-4,2025-10-07,2025-10-01,2025-10-20,,,Officer Wren,,",
]
MAPPING = """mapping: 1
columns:
  reference: Ref
  received: Received
  acknowledged: Acknowledged
  responded: {column: Responded, empty: not-done}
  escalation_requested: {column: Stage 2 requested, empty: not-done}
  stage2_responded: {column: Stage 2 response sent, empty: not-done}
  handler: Stage 1 officer
  stage2_handler: Stage 2 officer
"""
HIDDEN = re.compile(r"SECRET-\d|Quill|Wren|nobody may see")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "maple.policy").write_text(POLICY, encoding="utf-8")
    (tmp_path / "log.csv").write_text("\n".join([HEAD, *ROWS]) + "\n", encoding="utf-8")
    (tmp_path / "map.yaml").write_text(MAPPING, encoding="utf-8")
    (tmp_path / "key.txt").write_text("a long and quite random text\n", encoding="utf-8")
    return tmp_path


def run(folder: Path, command: str, *more: str, log: str = "log.csv", mapping: str = "map.yaml") -> Result:
    files = [str(folder / "maple.policy"), str(folder / log), "--map", str(folder / mapping)]
    return CliRunner().invoke(main, [command, *files, "--as-at", "2026-03-31", *more])


def results(text: str) -> list[tuple[str, ...]]:
    rows = csv.DictReader(io.StringIO(text))
    return sorted((r["duty"], r["document"], r["provision"], r["outcome"], r["reason"], r["late_by"]) for r in rows)


def test_no_reference_and_no_name_reaches_any_output_under_pseudonyms(folder: Path) -> None:
    key = ("--pseudonyms", str(folder / "key.txt"))
    for form in ("text", "json", "csv", "sarif", "junit", "markdown"):
        done = run(folder, "audit", *key, "--format", form)
        assert not HIDDEN.search(done.stdout + done.stderr), form
    run(folder, "assess", *key, "--out", str(folder / "out"))
    for path in (folder / "out").iterdir():
        data = path.read_bytes()
        parts = [data]
        if path.suffix == ".xlsx":
            with zipfile.ZipFile(path) as archive:
                parts = [archive.read(name) for name in archive.namelist()]
        assert not any(HIDDEN.search(part.decode("utf-8", "replace")) for part in parts), path.name


def test_free_text_and_names_of_staff_reach_no_output_even_without_pseudonyms(folder: Path) -> None:
    run(folder, "assess", "--out", str(folder / "out"))
    for path in (folder / "out").glob("*.*"):
        assert not re.search("Quill|Wren|nobody may see", path.read_bytes().decode("utf-8", "replace")), path.name


def test_pseudonyms_change_no_outcome(folder: Path) -> None:
    plain = run(folder, "audit", "--format", "csv").stdout
    veiled = run(folder, "audit", "--format", "csv", "--pseudonyms", str(folder / "key.txt")).stdout
    assert results(plain) == results(veiled)
    assert "ref-" in veiled


def test_the_same_key_gives_the_same_pseudonyms_and_another_key_others(folder: Path) -> None:
    one = run(folder, "audit", "--format", "csv", "--pseudonyms", str(folder / "key.txt")).stdout
    again = run(folder, "audit", "--format", "csv", "--pseudonyms", str(folder / "key.txt")).stdout
    (folder / "key.txt").write_text("another long and random text", encoding="utf-8")
    other = run(folder, "audit", "--format", "csv", "--pseudonyms", str(folder / "key.txt")).stdout
    assert one == again
    assert set(re.findall("ref-[A-Z]+", one)).isdisjoint(re.findall("ref-[A-Z]+", other))


@given(st.text(), st.text())
def test_two_references_never_share_a_pseudonym(one: str, other: str) -> None:
    key = b"a long and quite random text"
    assert (pseudonym(key, one) == pseudonym(key, other)) is (one == other)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("", "is empty"),
        (" " * 3_000, "is empty"),
        ("short", "has only 5 characters"),
        ("abcab" * 20, "has only 3 different characters in it"),
        ("\0" * 64, "has only 1 different character in it"),
        ("0123456789" * 1_000, "it has more than 4,096 characters"),
    ],
    ids=lambda text: text[:12].strip("\0") or "blank",
)
def test_a_key_that_could_be_guessed_is_refused(folder: Path, content: str, said: str) -> None:
    (folder / "key.txt").write_text(content, encoding="utf-8")
    done = run(folder, "audit", "--pseudonyms", str(folder / "key.txt"))
    assert done.exit_code == 2
    assert said in " ".join(done.stderr.split())


def test_evidence_under_pseudonyms_is_repeated_with_the_key_and_only_with_it(folder: Path) -> None:
    run(folder, "assess", "--pseudonyms", str(folder / "key.txt"), "--out", str(folder / "out"))
    line = ["verify", str(folder / "out"), "--inputs", str(folder)]
    done = CliRunner().invoke(main, line)
    assert done.exit_code == 1
    assert "The key of the pseudonyms is not at hand" in " ".join(done.stdout.split())
    assert CliRunner().invoke(main, [*line, "--pseudonyms", str(folder / "key.txt")]).exit_code == 0
    (folder / "wrong.txt").write_text("yet another long and random text", encoding="utf-8")
    wrong = CliRunner().invoke(main, [*line, "--pseudonyms", str(folder / "wrong.txt")])
    assert "wrong.txt is not the key of these pseudonyms" in " ".join(wrong.stdout.split())


def redact(folder: Path, *more: str) -> Result:
    return run(folder, "redact", "--key", str(folder / "key.txt"), "--out", str(folder / "copy"), *more)


def test_a_copy_to_share_has_other_dates_and_names_and_the_same_outcomes(folder: Path) -> None:
    done = redact(folder)
    assert done.exit_code == 0, done.stdout + done.stderr
    text = (folder / "copy" / "cases.csv").read_text(encoding="utf-8-sig")
    assert not HIDDEN.search(text)
    judged = run(folder, "audit", "--format", "csv", log="copy/cases.csv", mapping="copy/cases.mapping.yaml")
    assert results(judged.stdout) == results(run(folder, "audit", "--format", "csv").stdout)
    old = {date.fromisoformat(d) for row in ROWS for d in re.findall(r"\d{4}-\d\d-\d\d", row)}
    rows = list(csv.DictReader(io.StringIO(text)))
    received = {date.fromisoformat(row["received"]) for row in rows}
    assert not received & {date(2025, 3, 3), date(2025, 6, 2), date(2025, 10, 7)}
    assert {day.weekday() for day in received} <= {day.weekday() for day in old}


def test_one_person_at_both_stages_stays_one_person(folder: Path) -> None:
    redact(folder)
    rows = csv.DictReader(io.StringIO((folder / "copy" / "cases.csv").read_text(encoding="utf-8-sig")))
    both = [row for row in rows if row["stage2_handler"]]
    assert both
    assert all(row["handler"] == row["stage2_handler"] for row in both)


@pytest.mark.parametrize(
    ("one", "other", "came"),
    [
        ("Officer Quill", "Director", "cannot-tell"),  # a role: it may be the same person
        ("O Quill", "Officer Quill", "cannot-tell"),  # an abbreviation
        ("Quill, Olive", "Olive Quill", "breached"),
        ("Olive Quill", "Robin Wren", "met"),
    ],
)
def test_what_two_names_leave_open_stays_open_in_the_copy(folder: Path, one: str, other: str, came: str) -> None:
    with (folder / "log.csv").open("a", encoding="utf-8") as stream:
        stream.write(f'SECRET-8,2025-06-02,2025-06-05,2025-06-10,2025-06-13,2025-06-27,"{one}","{other}",\n')
    done = redact(folder)
    assert done.exit_code == 0, done.stdout + done.stderr
    text = (folder / "copy" / "cases.csv").read_text(encoding="utf-8-sig")
    assert not HIDDEN.search(text)
    judged = run(folder, "audit", "--format", "csv", log="copy/cases.csv", mapping="copy/cases.mapping.yaml")
    assert results(judged.stdout) == results(run(folder, "audit", "--format", "csv").stdout)
    assert came in [row[3] for row in results(judged.stdout) if row[0].startswith("decide stage 2")]


def test_a_case_that_no_shift_preserves_is_left_out_and_counted(folder: Path) -> None:
    """It is open and overdue: moved by weeks, it would be overdue by another number of days on the same as-at date."""
    with (folder / "log.csv").open("a", encoding="utf-8") as stream:
        stream.write("SECRET-9,2025-11-03,2025-11-05,,,,Officer Wren,,\n")
    done = redact(folder)
    assert done.exit_code == 1
    assert "left out: 1. No shift of up to 26 weeks" in " ".join(done.stdout.split())
    assert "SECRET" not in done.stdout


def test_the_same_key_makes_the_same_copy(folder: Path) -> None:
    redact(folder)
    first = (folder / "copy" / "cases.csv").read_bytes()
    redact(folder, "--overwrite")
    assert (folder / "copy" / "cases.csv").read_bytes() == first


def _books() -> tuple[Redacted, CaseBook, CaseBook, bytes]:
    """A copy of two cases, the log they are from (with a third that was left out), and the copy as it was read back."""
    key = b"a long and quite random text"
    names = ("A-1", "A-2", "A-3")
    cases = [Case(n, {"received": Entry(EntryState.KNOWN, date(2025, 3, 3))}) for n in names]
    copies = [Case(pseudonym(key, n), {"received": Entry(EntryState.KNOWN, date(2025, 3, 10))}) for n in names[:2]]
    copy = Redacted(tuple(copies), (LeftOut(pseudonym(key, "A-3"), "Made up."),), 3)
    return copy, CaseBook(cases=cases, rows_read=3), CaseBook(cases=copies, rows_read=2), key


def test_a_copy_read_back_is_faithful_only_with_every_case_and_every_outcome() -> None:
    copy, original, again, key = _books()

    def met(book: CaseBook) -> list[Outcome]:
        return [outcome(case.reference) for case in book.cases]

    def late_if_moved(book: CaseBook) -> list[Outcome]:
        moved = {date(2025, 3, 10): Came.BREACHED}
        return [
            outcome(case.reference, result=moved.get(case.day("received") or date.min, Came.MET)) for case in book.cases
        ]

    assert faithful(copy, original, again, met, key)
    assert not faithful(copy, original, again, late_if_moved, key)
    assert not faithful(copy, original, CaseBook(cases=again.cases[:1], rows_read=1), met, key)
    assert not faithful(copy, original, CaseBook(cases=[*again.cases, again.cases[0]], rows_read=3), met, key)
