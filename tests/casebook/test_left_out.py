"""What is read of a workbook with several sheets where nobody has said which of them belong together (``left_out.md``),
and that every command which judges cases stops there."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from click.testing import CliRunner

from policylang.casebook.reader import propose_mapping, read_cases
from policylang.commands import main
from tests.casebook import told
from tests.casebook.messy import stage_2_apart, workbook
from tests.documents import Example, check, examples, steady

POLICY = """\
policy "Complaints Policy".
calendar england-and-wales.
in force from 2023-01-01.
stage 1 "Stage 1":
  must respond within 10 working days of receipt [1].
stage 2 "Stage 2":
  must respond within 20 working days of escalation [2].
"""


@examples(Path(__file__).with_name("left_out.md"))
def test_a_workbook_is_read_as_its_page_says(example: Example, tmp_path: Path) -> None:
    sheets = {
        name.split("name=")[1]: list(csv.reader(io.StringIO(example.block(name)))) for name in example.names("sheet")
    }
    log = workbook(tmp_path / "log.xlsx", sheets)
    (block,) = example.names("read")
    result = read_cases(log, sheet=example.options(block).get("--sheet"))
    assert result.casebook.reconciles
    check(example, block, steady(told.told(result), folders=[tmp_path]))
    # It stops for a sheet only where map would have joined it.
    stopped = {one.place.sheet for one in result.findings if one.rule == "sheet-to-be-joined" and one.place}
    proposal, _ = propose_mapping(log)
    assert proposal is not None
    assert stopped <= {one.proposal.sheet for one in proposal.further if one.joined}


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "my.policy").write_text(POLICY, encoding="utf-8")
    stage_2_apart(tmp_path / "log.xlsx")
    return tmp_path


@pytest.mark.parametrize(
    "words",
    [
        ("audit", "my.policy", "log.xlsx", "--as-at", "2024-12-31"),
        ("audit", "my.policy", "log.xlsx", "log.xlsx", "--as-at", "2024-12-31", "--out", "folder"),
        ("assess", "my.policy", "log.xlsx", "--as-at", "2024-12-31", "--out", "folder"),
        ("annual", "my.policy", "log.xlsx", "--year", "2024-04-01", "--out", "folder"),
        ("rehearse", "my.policy", "my.policy", "log.xlsx", "--as-at", "2024-12-31"),
        ("replay", "my.policy", "log.xlsx", "HB-0", "--as-at", "2024-12-31"),
        ("sample", "my.policy", "log.xlsx", "--as-at", "2024-12-31", "--out", "sample.xlsx"),
    ],
    ids=lambda words: f"{words[0]}-{len(words)}",
)
def test_no_command_judges_cases_of_which_another_sheet_says_more(here: Path, words: tuple[str, ...]) -> None:
    done = CliRunner().invoke(main, list(words))
    assert done.exit_code == 2, done.output
    said = " ".join(done.stderr.split())
    assert "sheet-to-be-joined" in said
    assert "The sheet “Stage 2” says more of the same cases and would not be read: 4 of its 4 references" in said
    assert "add --sheet “Complaints”" in said
    assert "policylang map LOG --out mapping.yaml" in said


def test_it_goes_on_with_the_sheet_named_or_with_a_mapping(here: Path) -> None:
    audit = ["audit", "my.policy", "log.xlsx", "--as-at", "2024-12-31"]
    alone = CliRunner().invoke(main, [*audit, "--sheet", "Complaints", "--format", "json"])
    assert alone.exit_code in (0, 1), alone.output
    assert "other-sheets-not-read" in alone.stdout
    assert CliRunner().invoke(main, ["map", "log.xlsx", "--out", "mapping.yaml"]).exit_code == 1
    joined = CliRunner().invoke(main, [*audit, "--map", "mapping.yaml", "--format", "json"])
    assert joined.exit_code in (0, 1), joined.output
    assert "sheet-to-be-joined" not in joined.output
