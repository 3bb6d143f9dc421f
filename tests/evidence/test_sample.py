"""``policylang sample``: who is drawn does not depend on chance twice, and what a reader answers counts as a record."""

from __future__ import annotations

import re
from itertools import pairwise
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from policylang.commands import main
from policylang.evidence.sampling import allocate

POLICY = """policy "Complaints Policy".
organisation "Maple Homes".
in force from 2024-01-01.
calendar england-and-wales.

stage 1 "Stage 1":
  must respond within 10 working days of receipt [1].
  response must state decision, reasons [2].
"""

HEAD = "Ref,Received,Responded,Team"
ROWS = [f"A-{n},2025-03-03,2025-03-{10 if n % 4 else 28},{'North' if n % 2 else 'South'}" for n in range(1, 41)]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "maple.policy").write_text(POLICY, encoding="utf-8")
    log(tmp_path, ROWS)
    return tmp_path


def log(folder: Path, rows: list[str], head: str = HEAD) -> None:
    (folder / "log.csv").write_text("\n".join([head, *rows]) + "\n", encoding="utf-8")


def run(folder: Path, command: str, *more: str) -> Result:
    files = [str(folder / "maple.policy"), str(folder / "log.csv")]
    return CliRunner().invoke(main, [command, *files, "--as-at", "2025-06-30", *more])


def sample(folder: Path, *more: str, name: str = "sample.xlsx") -> Result:
    return run(folder, "sample", "--out", str(folder / name), *more)


def drawn(folder: Path, name: str = "sample.xlsx") -> list[str]:
    sheet = load_workbook(folder / name)["Sample"]
    return [str(row[0].value) for row in sheet.iter_rows(min_row=2)]


@given(st.lists(st.integers(0, 500), min_size=1, max_size=12), st.data())
def test_what_is_allocated_adds_up_and_no_stratum_gives_more_than_it_has(sizes: list[int], data: st.DataObject) -> None:
    size = data.draw(st.integers(0, sum(sizes)))
    given_out = allocate(sizes, size)
    assert sum(given_out) == size
    assert all(0 <= n <= whole for n, whole in zip(given_out, sizes, strict=True))
    filled = [n for n in sizes if n]
    if size >= len(filled):
        assert all(n >= 1 for n, whole in zip(given_out, sizes, strict=True) if whole)


@given(st.lists(st.integers(1, 500), min_size=1, max_size=8), st.data())
def test_a_larger_stratum_never_gives_less_than_a_smaller_one(sizes: list[int], data: st.DataObject) -> None:
    given_out = allocate(sizes, data.draw(st.integers(0, sum(sizes))))
    pairs = sorted(zip(sizes, given_out, strict=True))
    assert all(b[1] >= a[1] for a, b in pairwise(pairs) if a[0] < b[0])


def test_the_same_seed_draws_the_same_cases_whatever_the_order_of_the_log(folder: Path) -> None:
    sample(folder, "--size", "9", "--seed", "7")
    first = drawn(folder)
    log(folder, list(reversed(ROWS)))
    sample(folder, "--size", "9", "--seed", "7", "--overwrite")
    assert sorted(drawn(folder)) == sorted(first)
    sample(folder, "--size", "9", "--seed", "8", "--overwrite")
    assert sorted(drawn(folder)) != sorted(first)


def test_every_stratum_is_heard_in_proportion(folder: Path) -> None:
    """Thirty answers came in time and ten too late; nothing is known of what the letters said."""
    done = sample(folder, "--size", "8")
    lines = " ".join(done.stdout.split())
    assert "8 of 40 cases drawn with seed 1" in lines
    assert "stage 1, a breach is on record 2 of 10" in lines
    assert "stage 1, something cannot be told 6 of 30" in lines
    by_team = sample(folder, "--size", "8", "--by", "team", name="team.xlsx")
    assert "North, stage 1, something cannot be told" in by_team.stdout


def test_the_same_sample_has_the_same_bytes(folder: Path) -> None:
    sample(folder, name="one.xlsx")
    sample(folder, name="two.xlsx")
    assert (folder / "one.xlsx").read_bytes() == (folder / "two.xlsx").read_bytes()


def test_a_log_smaller_than_the_sample_is_read_whole(folder: Path) -> None:
    sample(folder, "--size", "500")
    assert len(drawn(folder)) == 40


def fill(folder: Path, **answers: str) -> None:
    """Answer questions for the first case drawn, each named by the words of its heading joined by underscores."""
    book = load_workbook(folder / "sample.xlsx")
    sheet = book["Sample"]
    headings = [str(cell.value) for cell in sheet[1]]
    for words, answer in answers.items():
        sheet.cell(2, headings.index(words.replace("_", " ")) + 1).value = answer
    book.save(folder / "filled.xlsx")


def test_an_answer_counts_as_if_the_log_recorded_it_and_names_its_cell(folder: Path) -> None:
    sample(folder, "--size", "3")
    case = drawn(folder)[0]
    fill(folder, Response_states_the_decision="Yes", Response_states_the_reasons="No")
    told = run(folder, "audit", "--answers", str(folder / "filled.xlsx"), "--format", "csv").stdout.splitlines()
    mine = [line for line in told if line.startswith(f"{case},") and ",policy,maple," in line]
    assert any("state decision" in line and ",met," in line for line in mine)
    (breach,) = [line for line in mine if "state reasons" in line]
    assert ",breached," in breach
    assert "Sample!" in breach
    others = [line for line in told if "state reasons in the stage 1 response,policy" in line and line not in mine]
    assert len(others) == 39
    assert all(",cannot-tell," in line for line in others)


def test_not_known_answers_nothing_and_a_word_that_is_no_answer_is_named(folder: Path) -> None:
    sample(folder, "--size", "3")
    fill(folder, Response_states_the_decision="Not known", Response_states_the_reasons="perhaps")
    done = run(folder, "audit", "--answers", str(folder / "filled.xlsx"), "--only", "met")
    assert "1 cell under “Response states the reasons” says neither Yes nor No" in " ".join(done.stdout.split())
    assert "“Response states the decision” says" not in done.stdout


def test_the_log_stands_where_the_reader_says_otherwise(folder: Path) -> None:
    sample(folder, "--size", "3")
    fill(folder, Response_states_the_reasons="No")
    log(folder, [f"{row},Yes" for row in ROWS], f"{HEAD},Response states reasons")
    told = run(folder, "audit", "--answers", str(folder / "filled.xlsx"))
    assert "is not what the log says" in " ".join(told.stdout.split())
    assert re.search(r"2 state reasons in the stage 1 +40 +0 ", told.stdout), "all forty say that it does"
    rows = run(folder, "audit", "--answers", str(folder / "filled.xlsx"), "--format", "csv").stdout.splitlines()
    assert not [line for line in rows if "state reasons" in line and ",breached," in line]


def test_an_assessment_with_answers_can_be_repeated(folder: Path) -> None:
    sample(folder, "--size", "3")
    fill(folder, Response_states_the_decision="Yes")
    out = folder / "out"
    run(folder, "assess", "--answers", str(folder / "filled.xlsx"), "--out", str(out))
    line = ["verify", str(out), "--inputs", str(folder)]
    assert CliRunner().invoke(main, line).exit_code == 0
    (folder / "filled.xlsx").unlink()
    assert "filled.xlsx, from which the evidence was made, is not at hand" in " ".join(
        CliRunner().invoke(main, line).stdout.split()
    )


def test_a_sample_of_another_log_and_a_file_that_is_no_sample_stop_the_work(folder: Path) -> None:
    sample(folder)
    log(folder, ["B-1,2025-03-03,2025-03-10,North"])
    other = run(folder, "audit", "--answers", str(folder / "sample.xlsx"))
    assert other.exit_code == 2
    assert "the log has no such case" in " ".join(other.stderr.split())
    none = run(folder, "audit", "--answers", str(folder / "log.csv"))
    assert none.exit_code == 2
    assert "is not a sample that “policylang sample” wrote" in " ".join(none.stderr.split())


@pytest.mark.parametrize(("option", "value", "said"), [("--by", "teem", "team"), ("--size", "0", "size")])
def test_wrong_use_is_answered_in_words(folder: Path, option: str, value: str, said: str) -> None:
    done = sample(folder, option, value)
    assert done.exit_code == 2
    assert said in done.stderr
    assert not (folder / "sample.xlsx").exists()
