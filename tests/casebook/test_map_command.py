"""``policylang map``: a proposal to look at, to write down, and to correct."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from policylang.casebook.mapping_file import load_mapping
from policylang.casebook.reader import read_cases
from policylang.commands import main
from policylang.commands.exits import Exit
from tests.casebook import messy

CERTAIN = "Reference,Date received,Ack sent,Notes\nC-1,2024-03-01,2024-03-04,x\n"
OPEN = "Reference,Date received,Date escalated,Extension date,Responded,Responded\nC-1,2024-03-01,2024-04-04,,,\n"


def run(tmp_path: Path, content: str, *words: str) -> Result:
    (tmp_path / "log.csv").write_text(content, encoding="utf-8")
    return CliRunner().invoke(main, ["map", str(tmp_path / "log.csv"), *words])


def test_the_mapping_goes_to_standard_output_and_remarks_to_standard_error(tmp_path: Path) -> None:
    done = run(tmp_path, CERTAIN)
    assert done.exit_code == 0
    assert "  acknowledged: {column: Ack sent, empty: not-recorded}\n" in done.stdout
    assert "ignore:\n  - Notes\n" in done.stdout
    assert "columns-not-read" in done.stderr


def test_what_is_written_can_be_given_back(tmp_path: Path) -> None:
    out = tmp_path / "mapping.yaml"
    done = run(tmp_path, CERTAIN, "--out", str(out))
    assert done.exit_code == 0
    assert "Every column is certain." in done.stdout
    mapping, found = load_mapping(out)
    assert found == []
    assert len(read_cases(tmp_path / "log.csv", mapping).casebook.cases) == 1


def test_the_remarks_at_the_head_stand_line_under_line(tmp_path: Path) -> None:
    lines = run(tmp_path, CERTAIN).stdout.splitlines()
    head = lines[: lines.index("mapping: 1")]
    assert head[0] == "# A mapping: which column of the log holds which fact of a case."
    assert "#" in head  # the empty remark between the two parts
    assert [line for line in head if "#" in line[1:]] == []


def test_what_was_written_need_not_be_written_again(tmp_path: Path) -> None:
    out = tmp_path / "mapping.yaml"
    told = " ".join(run(tmp_path, OPEN, "--out", str(out)).stderr.split())
    assert "Write the proposal to a file" not in told
    assert "and give that file with --map." in told
    assert "Write the proposal to a file" in " ".join(run(tmp_path, OPEN).stderr.split())


def test_an_open_question_is_written_down_and_makes_the_exit_code_1(tmp_path: Path) -> None:
    out = tmp_path / "mapping.yaml"
    done = run(tmp_path, OPEN, "--out", str(out))
    assert done.exit_code == 1
    assert "To check: 1 likely, 2 open, 0 missing." in done.stdout
    text = out.read_text(encoding="utf-8")
    assert "PLEASE CHECK (likely): the heading often means this, but not always.\n" in text
    assert (
        "  # OPEN QUESTION: take the # from one of these lines, and delete the others.\n"
        "  # extension_notified: {column: Extension date}\n"
        "  # extended_to: {column: Extension date}\n"
    ) in text
    # Once answered, it is read as answered.
    answered = text.replace("# extended_to: {", "extended_to: {")
    answered = answered.replace(
        "# responded: {column: Responded, letter: E}", "responded: {column: Responded, letter: E}"
    )
    out.write_text(answered, encoding="utf-8")
    mapping, found = load_mapping(out)
    assert found == []
    result = read_cases(tmp_path / "log.csv", mapping)
    assert not result.stopped
    assert set(result.casebook.columns) == {
        "reference", "received", "escalation_requested", "extended_to", "responded",
    }  # fmt: skip


def test_a_missing_column_is_named_in_the_file(tmp_path: Path) -> None:
    done = run(tmp_path, "Reference,Acknowledged,Response sent\nC-1,2024-03-01,2024-03-12\n")
    assert done.exit_code == 1
    assert "  # MISSING, and needed: received: heading of the column\n" in done.stdout


def test_where_only_the_logging_is_dated_it_is_asked_whether_that_is_the_receipt(tmp_path: Path) -> None:
    done = run(tmp_path, "Reference,Date logged,Response sent\nC-1,2024-03-01,2024-03-12\n")
    assert done.exit_code == 1
    assert "Are complaints logged on the day they are received?" in " ".join(done.stdout.split("\n  # "))
    assert "  # received: {column: Date logged}\n  # logged: {column: Date logged}\n" in done.stdout


def test_as_json(tmp_path: Path) -> None:
    done = run(tmp_path, OPEN, "--format", "json")
    assert done.exit_code == 1
    data = json.loads(done.stdout)
    assert (data["sheet"], data["header_row"], data["certain"]) == ("log.csv", 1, False)
    assert data["columns"][0] == {
        "fact": "reference",
        "heading": "Reference",
        "letter": "A",
        "confidence": "exact",
        "why": "the heading means this and nothing else",
    }
    assert data["questions"][0]["facts"] == ["responded", "stage2_responded"]
    assert [h["letter"] for h in data["questions"][0]["headings"]] == ["E", "F"]
    assert {f["rule"] for f in data["findings"]} == {"mapping-unconfirmed", "column-ambiguous"}


def test_an_existing_file_is_left_alone(tmp_path: Path) -> None:
    out = tmp_path / "mapping.yaml"
    out.write_text("mine", encoding="utf-8")
    assert run(tmp_path, CERTAIN, "--out", str(out)).exit_code == 2
    assert out.read_text(encoding="utf-8") == "mine"
    assert run(tmp_path, CERTAIN, "--out", str(out), "--overwrite").exit_code == 0


def test_a_file_that_cannot_be_read_is_said_on_standard_error(tmp_path: Path) -> None:
    done = run(tmp_path, "")
    assert (done.exit_code, done.stdout) == (2, "")
    assert "log-empty" in done.stderr


def test_a_run_that_is_stopped_leaves_nothing_half_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    out = tmp_path / "mapping.yaml"
    out.write_text("as it was", encoding="utf-8")

    def stopped(*_: object, **__: object) -> object:
        raise KeyboardInterrupt

    for where in ("policylang.casebook.reader.propose", "policylang.casebook.mapping_text.quoted"):
        with monkeypatch.context() as patch:
            patch.setattr(where, stopped)
            done = run(tmp_path, CERTAIN, "--out", str(out), "--overwrite")
        assert done.exit_code in (1, Exit.STOPPED)
        assert "Traceback" not in done.output
        assert out.read_text(encoding="utf-8") == "as it was"
        assert sorted(path.name for path in tmp_path.iterdir()) == ["log.csv", "mapping.yaml"]


def test_the_summary_says_what_a_row_is_and_which_sheets_join(tmp_path: Path) -> None:
    rows = "Case ref,Activity,Activity date\n" + "".join(
        f"C-{n},{word},2024-03-{day}\n" for n in range(3) for word, day in (("Received", 14), ("Phone call", 15))
    )
    done = run(tmp_path, rows, "--out", str(tmp_path / "mapping.yaml"))
    assert "Sheet “log.csv”, headings in row 1, a row an event:\n" in done.stdout
    assert "To check: 1 likely, 1 open, 0 missing." in done.stdout
    log = messy.stage_2_apart(tmp_path / "log.xlsx", strange=3)
    done = CliRunner().invoke(main, ["map", str(log), "--out", str(tmp_path / "joined.yaml")])
    assert "Sheet “Stage 2”, perhaps to be joined: 4 of its 7 references match.\n" in done.stdout
    assert "To check: 0 likely, 1 open, 0 missing." in done.stdout


def test_as_json_the_words_of_a_diary_and_the_sheets_that_join(tmp_path: Path) -> None:
    log = messy.diary(tmp_path / "diary.csv")
    data = json.loads(CliRunner().invoke(main, ["map", str(log), "--format", "json"]).stdout)
    assert data["layout"] == "events"
    assert data["events"]["known"]["received"] == [
        {"word": "Complaint received", "rows": 10, "cases": 10, "on_several_days": 0}
    ]
    assert [one["word"] for one in data["events"]["unknown"]] == ["Call to resident", "Surveyor visit"]
    assert [one["facts"] for one in data["events"]["asked"]] == [["escalation_requested"], ["stage2_responded"]]
    assert "Spoke to next door" not in json.dumps(data)
    log = messy.stage_2_apart(tmp_path / "log.xlsx")
    (also,) = json.loads(CliRunner().invoke(main, ["map", str(log), "--format", "json"]).stdout)["also"]
    assert (also["sheet"], also["joined"]) == ("Stage 2", True)
    assert also["references"] == {"both": 4, "only_here": 0, "only_first": 8}
