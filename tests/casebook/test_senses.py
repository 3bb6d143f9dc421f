"""What ``N/A``, ``TBC``, ``Ongoing`` and the like say in a cell for a date, in the finding and in the verdict alike."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from policylang.casebook.senses import Sense, sense
from policylang.commands import main

POLICY = """\
policy "Complaints Policy".
calendar england-and-wales.
in force from 2023-01-01.
stage 1 "Stage 1":
  must acknowledge within 5 working days of receipt [1].
  must respond within 10 working days of receipt [2].
"""
SAID = {
    "N/A": "which says that it does not apply",
    "n/a.": "which says that it does not apply",
    "TBC": "which says that it is not known yet",
    "Unknown": "which says that it is not known",
    "Awaited": "which says that it is still to come",
    "Ongoing": "which says that it has not ended",
    "not recorded": "which says that it is not recorded",
    "Not sent": "which says that there was none",
    "None": "which says that there was none",
    "-": "which says nothing",
}


@pytest.mark.parametrize(("text", "says"), SAID.items())
def test_each_word_is_told_by_what_it_says(text: str, says: str) -> None:
    found = sense(text)
    assert found is not None
    assert found.told == says


@pytest.mark.parametrize("text", ["see letter", "12 Nay", "31/02/2024", "1*", "Mrs Applicable"])
def test_other_text_says_nothing_that_is_known(text: str) -> None:
    assert sense(text) is None


def test_every_sense_has_words_of_its_own() -> None:
    assert len({one.told for one in Sense}) == len(Sense)


def audited(tmp_path: Path, cell: str, mapping: str = "") -> tuple[dict[str, Any], dict[str, Any]]:
    """The finding on the column of responses with this cell in it, and the outcome for the response."""
    (tmp_path / "log.csv").write_text(
        f"Reference,Date received,Date acknowledged,Date responded\nC-1,2024-04-09,2024-04-11,{cell}\n",
        encoding="utf-8",
    )
    (tmp_path / "my.policy").write_text(POLICY, encoding="utf-8")
    words = [str(tmp_path / "my.policy"), str(tmp_path / "log.csv"), "--as-at", "2024-12-31", "--format", "json"]
    if mapping:
        (tmp_path / "mapping.yaml").write_text(mapping, encoding="utf-8")
        words += ["--map", str(tmp_path / "mapping.yaml")]
    data = json.loads(CliRunner().invoke(main, ["audit", *words]).stdout)
    (outcome,) = [o for o in data["outcomes"] if o["source"] == "policy" and o["duty"] == "respond at stage 1"]
    found = [one for one in data["data_quality"] if one["rule"] == "date-not-readable"]
    return (found[0] if found else {}), outcome


@pytest.mark.parametrize("cell", ["N/A", "TBC", "Ongoing", "-", "Not sent"])
def test_the_finding_and_the_verdict_quote_the_cell_and_none_is_taken_for_not_done(tmp_path: Path, cell: str) -> None:
    found, outcome = audited(tmp_path, cell)
    assert f"“{cell}”, {SAID[cell]}." in found["message"]
    assert outcome["outcome"] == "cannot-tell"
    only = "only " if cell == "-" else ""
    assert f"For the response the log has {only}“{cell}” (log.csv!D2), {SAID[cell]}" in outcome["why"]
    meant = "nobody has said that this means not done" in outcome["why"]
    assert meant == (cell != "-")


def test_what_may_be_about_a_person_is_not_quoted(tmp_path: Path) -> None:
    found, outcome = audited(tmp_path, "rang A. Resident")
    assert "Resident" not in found["message"] + outcome["why"] + (outcome["repair"] or "")
    assert "What is written for the response (log.csv!D2) cannot be read." in outcome["why"]


def test_a_word_means_not_done_where_the_mapping_says_so(tmp_path: Path) -> None:
    mapping = """\
mapping: 1
columns:
  reference: Reference
  received: Date received
  acknowledged: Date acknowledged
  responded: {column: Date responded, not-done-words: [N/A]}
"""
    assert audited(tmp_path, "N/A", mapping)[0] == {}
    _, outcome = audited(tmp_path, "N/A", mapping)
    assert (outcome["outcome"], outcome["reason"]) == ("breached", "not-done-and-due")
    assert "“N/A”" not in outcome["why"]
    assert audited(tmp_path, "Ongoing", mapping)[1]["outcome"] == "cannot-tell"
