"""verdicts.json and outcomes.csv: the contract, the same bytes, and text that no spreadsheet takes for a formula."""

from __future__ import annotations

import csv
import io
import json

import pytest

from policylang.auditor.outcome import Late, Result
from policylang.checker.verdict import Decided, Judgement, Limb
from policylang.evidence.outcomes_csv import OUTCOME_COLUMNS, outcomes_csv
from policylang.evidence.records import canonical, verdicts_json
from policylang.evidence.safe_text import looks_like_formula
from tests.evidence import made_up
from tests.evidence.made_up import outcome, verdict


def read(data: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline="")))


def test_the_csv_has_every_outcome_with_its_facts() -> None:
    run = made_up.run()
    data = outcomes_csv(run.outcomes)
    assert data.startswith(b"\xef\xbb\xbf")
    rows = read(data)
    assert len(rows) == len(run.outcomes)
    assert tuple(rows[0]) == OUTCOME_COLUMNS
    for row, o in zip(rows, run.outcomes, strict=True):
        assert (row["case"], row["duty"], row["outcome"]) == (o.case, o.duty, o.result.value)
        assert row["due"] == (o.due.isoformat() if o.due else "")
        assert row["late_by"] == (str(o.late.by) if o.late else "")


def test_late_by_nothing_is_not_the_same_as_not_late() -> None:
    rows = read(outcomes_csv([outcome("A", result=Result.BREACHED, late=Late(0, "working days")), outcome("B")]))
    assert [row["late_by"] for row in rows] == ["0", ""]


@pytest.mark.parametrize("text", ["=1+1", "+44", "-1", "@x", "\t=1", "\r=1", " =1", "\n=1", "＝1"])
def test_no_cell_of_the_csv_is_a_formula(text: str) -> None:
    bad = outcome(text, text, reason=text, why=text, repair=text, clauses=(text,), cells=(text,), document=text)
    (row,) = read(outcomes_csv([bad]))
    assert row["case"] == f"'{text}"
    assert not any(looks_like_formula(value) for value in row.values())


def test_quotes_commas_and_new_lines_survive() -> None:
    text = 'a "quoted", part\nand a line'
    (row,) = read(outcomes_csv([outcome("A", why=text)]))
    assert row["why"] == text


def test_the_verdicts_keep_the_contract() -> None:
    limb = Limb("respond within 10 working days", Judgement.BREACHES, Decided.PROVED, "why", ("3.3",))
    judged = verdict("6.3", Judgement.BREACHES, story=made_up.STORY, limbs=(limb,), decided=Decided.PROVED)
    data = json.loads(verdicts_json(made_up.run(verdicts=(judged, *made_up.verdicts()[:4]))))
    assert (data["code"]["id"], data["code"]["edition"]) == (made_up.CODE_ID, "2024")
    assert (data["policy"]["id"], data["policy"]["version"]) == ("maple", "4")
    first = data["verdicts"][0]
    for name in (
        "provision",
        "verdict",
        "arguable",
        "readings",
        "decided",
        "why",
        "clauses",
        "story",
        "repair",
        "verified",
    ):
        assert name in first
    assert (first["provision"], first["verdict"], first["decided"]) == ("6.3", "breaches", "proved")
    assert first["story"]["events"][0] == {"event": "received", "date": "2025-12-19"}
    assert first["limbs"][0]["clauses"] == ["3.3"]
    assert data["summary"]["breaches"] == 1
    assert data["summary"]["provisions"] == 5


def test_canonical_json_is_sorted_and_ends_with_one_new_line() -> None:
    assert canonical({"b": 1, "a": "é\ud800"}) == '{\n  "a": "é?",\n  "b": 1\n}\n'.encode()
