"""``assess --person``: what only a person can say is merged, checked, and open again when its ground has changed."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from openpyxl import load_workbook

from policylang.commands import main

POLICY = """policy "Complaints Policy".
organisation "Maple Homes".
in force from 2024-01-01.
calendar england-and-wales.

stage 1 "Stage 1":
  must respond within 20 working days of acknowledgement [1].
stage 2 "Stage 2":
  must respond within 20 working days of acknowledgement [2].
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "maple.policy").write_text(POLICY, encoding="utf-8")
    return tmp_path


def assess(folder: Path, out: str, *more: str) -> Result:
    line = ["assess", str(folder / "maple.policy"), "--as-at", "2026-03-31", "--out", str(folder / out)]
    return CliRunner().invoke(main, [*line, *more])


def row(folder: Path, out: str, provision: str) -> dict[str, str]:
    sheet = load_workbook(folder / out / "self-assessment.xlsx")["Self-assessment"]
    for cells in sheet.iter_rows(values_only=True):
        if cells[0] == provision:
            return {"comply": str(cells[2]), "evidence": str(cells[3]), "commentary": str(cells[4])}
    raise AssertionError(f"no row {provision}")


def fill(folder: Path, provision: str, **words: str) -> Path:
    """Fill one answer into the file that the first assessment wrote."""
    text = (folder / "first" / "to-complete.yaml").read_text(encoding="utf-8")
    head, mark, rest = text.partition(f'  "{provision}":\n')
    assert mark, f"{provision} is not among the open rows"
    for key, value in words.items():
        rest = re.sub(rf'^    {key}: ".*?"$', f"    {key}: {value}", rest, count=1, flags=re.MULTILINE)
    path = folder / "answers.yaml"
    path.write_text(head + mark + rest, encoding="utf-8")
    return path


@pytest.fixture
def first(folder: Path) -> Path:
    assert assess(folder, "first").exit_code == 1
    return folder


def test_every_open_row_stands_in_the_file_with_its_questions_and_no_other_row(first: Path) -> None:
    text = (first / "first" / "to-complete.yaml").read_text(encoding="utf-8")
    listed = re.findall(r'^  "([\d.]+)":$', text, re.MULTILINE)
    sheet = load_workbook(first / "first" / "self-assessment.xlsx")["Self-assessment"]
    open_ = [str(cells[0]) for cells in sheet.iter_rows(values_only=True) if cells[2] == "To be completed" and cells[0]]
    assert listed == [provision for provision in open_ if re.fullmatch(r"[\d.]+", provision)]
    assert text.count("    # ") >= len(listed)


def test_an_answer_completes_its_row_and_says_who_and_when(first: Path) -> None:
    said = {"comply": "Yes", "evidence": '"Staff handbook, page 4"', "by": "Complaints Officer", "on": "2026-03-20"}
    path = fill(first, "4.3", **said)
    done = assess(first, "second", "--person", str(path))
    assert done.exit_code == 1
    found = row(first, "second", "4.3")
    assert found["comply"] == "Yes"
    assert "Staff handbook, page 4. (Complaints Officer, 20 March 2026)" in found["evidence"]
    assert "4.3" not in re.findall(
        r'^  "([\d.]+)":\n(?:    # .*\n)', (first / "second" / "to-complete.yaml").read_text("utf-8")
    )


def test_an_answer_is_open_again_when_the_policy_has_changed_and_stands_beside_the_question(first: Path) -> None:
    path = fill(first, "4.3", comply="Yes", on="2026-03-20")
    (first / "maple.policy").write_text(f"# a word more\n{POLICY}", encoding="utf-8")
    done = assess(first, "second", "--person", str(path))
    assert "was given for another version of the policy" in " ".join(done.stdout.split())
    found = row(first, "second", "4.3")
    assert found["comply"] == "To be completed"
    assert "The earlier answer (Yes on 20 March 2026) was for another version of the policy." in found["commentary"]
    assert "# STALE" in (first / "second" / "to-complete.yaml").read_text(encoding="utf-8")


def test_the_new_rests_on_makes_a_stale_answer_hold_again(first: Path) -> None:
    path = fill(first, "4.3", comply="Yes")
    (first / "maple.policy").write_text(f"# a word more\n{POLICY}", encoding="utf-8")
    assess(first, "second", "--person", str(path))
    text = (first / "second" / "to-complete.yaml").read_text(encoding="utf-8")
    part = text[text.index('"4.3"') :]
    new = re.search(r"#   (\{policy.*\})", part)
    assert new
    told = re.sub(r"rests-on: \{.*\}", f"rests-on: {new[1]}", part, count=1)
    path.write_text(text[: text.index('"4.3"')] + told, encoding="utf-8")
    assess(first, "third", "--person", str(path))
    assert row(first, "third", "4.3")["comply"] == "Yes"


def test_nobody_turns_a_known_breach_into_a_yes(first: Path) -> None:
    """Twenty working days at stage 1 breach 6.3 whoever says otherwise; what is being done may be said beside it."""
    path = first / "answers.yaml"
    path.write_text(
        f'answers: 1\nprovisions:\n  "6.3":\n    comply: Yes\n    commentary: To be amended in May\n{rests(first)}',
        encoding="utf-8",
    )
    done = assess(first, "second", "--person", str(path))
    assert "The answer to 6.3 is Yes, and the evidence says No" in " ".join(done.stdout.split())
    found = row(first, "second", "6.3")
    assert found["comply"] == "No"
    assert "To be amended in May. (a person)" in found["commentary"]


def test_the_earlier_answer_is_asked_about_once(first: Path) -> None:
    """A stale answer on a row that is open again stands in its question, in one plain sentence."""
    path = fill(first, "1.3", comply="Yes", by="Head of Complaints")
    path.write_text(re.sub('policy: "[0-9a-f]+"', 'policy: "000000000000"', path.read_text(encoding="utf-8")),
                    encoding="utf-8")  # fmt: skip
    assess(first, "second", "--person", str(path))
    text = (first / "second" / "to-complete.yaml").read_text(encoding="utf-8")
    asked = [line for line in text.splitlines() if "earlier answer" in line]
    assert asked == [
        "    # The earlier answer (Yes by Head of Complaints) was for another version of the policy. "
        "Does it still hold?"
    ]


def test_a_person_may_turn_a_yes_into_a_no(first: Path) -> None:
    path = fill(first, "4.3", comply="No", commentary="Two posts are vacant")
    assess(first, "second", "--person", str(path))
    assert row(first, "second", "4.3")["comply"] == "No"


def rests(folder: Path) -> str:
    text = (folder / "first" / "to-complete.yaml").read_text(encoding="utf-8")
    found = re.search(r"    rests-on: .*\n", text)
    assert found
    return found[0]


def test_blanks_of_another_edition_are_passed_over_and_answers_are_not(first: Path) -> None:
    """The 2022 form has no row 9.1: its blank is nobody's answer, but a filled one must not get lost unsaid."""
    blank = first / "first" / "to-complete.yaml"
    assert '  "9.1":\n' in blank.read_text(encoding="utf-8")
    older = ["--code", "housing-ombudsman-2022", "--person"]
    assert assess(first, "older", *older, str(blank)).exit_code == 1
    done = assess(first, "lost", *older, str(fill(first, "9.1", comply="Yes", by="Head of Complaints")))
    assert done.exit_code == 2
    assert done.stderr.count("The form has no provision") == 1
    assert "“9.1”" in done.stderr


def test_an_assessment_with_answers_is_repeated_by_verify(first: Path) -> None:
    path = fill(first, "4.3", comply="Yes")
    assess(first, "second", "--person", str(path))
    line = ["verify", str(first / "second"), "--inputs", str(first)]
    assert CliRunner().invoke(main, line).exit_code == 0
    path.write_text(path.read_text(encoding="utf-8").replace("Yes", "No", 1), encoding="utf-8")
    assert CliRunner().invoke(main, line).exit_code == 1


@pytest.mark.parametrize(
    ("text", "said", "line"),
    [
        ("", "is empty", 1),
        ("answers: [", "is not laid out as YAML", 1),
        ("answers: 1", "The file of answers", None),
        ("provisions:\n  '99.9': {comply: 'Yes'}", "The form has no provision “99.9”.", 2),
        ("provisions:\n  '4.3': {comply: perhaps}", "“perhaps” is neither Yes nor No.", 2),
        ("provisions:\n  '4.3':\n    comply: Yes\n    on: 31/12/2026", "“31/12/2026” is no date.", 4),
        ("provisions:\n  '4.3':\n    comply: Yes\n    on: 20261031", "“20261031” is no date.", 4),
        ("provisions:\n  '4.3':\n    comply: Yes\n    on: 2026-W44-6", "“2026-W44-6” is no date.", 4),
        ("provisions:\n  '4.3': {evidence: \"\\ud800\"}", "“evidence” has a sign in it that no file can hold.", 2),
        ("answers: 2\nprovisions: {}", "is of another form than 1", 1),
        ("provisions: {}\nprovision:\n  '4.3': {comply: No}", "“provision” is nothing that this file has.", 2),
        ("provisions:\n  '4.3':\n    complies: Yes", "“complies” is nothing that an answer has.", 3),
        ("provisions:\n  '4.3': yes", "“4.3” has no answer under it.", 2),
        ("a: &x 1\nb: *x", "uses an anchor or alias", 1),
        ("provisions:\n  '4.3': {}\n  '4.3': {}", "has “4.3” twice", 3),
        ("\x00", "cannot be read", 1),
        ("provisions: " + "[" * 50 + "]" * 50, "is nested deeper", 1),
    ],
)
def test_a_file_with_faults_stops_the_work_with_the_line(folder: Path, text: str, said: str, line: int | None) -> None:
    path = folder / "answers.yaml"
    path.write_text(text, encoding="utf-8")
    done = assess(folder, "out", "--person", str(path))
    told = " ".join(done.stderr.split())
    if line is None:  # a frame without answers is no fault
        assert done.exit_code == 1
        return
    assert done.exit_code == 2
    assert said in told
    assert f"answers.yaml:{line}" in told
    assert not (folder / "out").exists()
