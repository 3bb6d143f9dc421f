"""``policylang rehearse``: what a draft would change on the cases of the past, for the record and for residents."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from policylang.commands import main

# Received, acknowledged and answered; A-3 is open. 3 March 2025 is a Monday.
LOG = """Ref,Received,Acknowledged,Responded
A-1,2025-03-03,2025-03-07,2025-03-17
A-2,2025-03-03,2025-03-04,2025-03-19
A-3,2025-03-03,2025-03-05,
"""

HEAD = """policy "Complaints Policy".
organisation "Maple Homes".
in force from {start}.
calendar england-and-wales.

stage 1 "Stage 1":
"""

Judge = Callable[..., Result]


@pytest.fixture
def judge(tmp_path: Path) -> Judge:
    """Rehearse two policies, each given as the sentences of its stage 1, on the log above."""
    (tmp_path / "log.csv").write_text(LOG, encoding="utf-8")

    def run(before: str, after: str, *more: str) -> Result:
        for name, text, start in (("before", before, "2024-01-01"), ("after", after, "2030-01-01")):
            (tmp_path / f"{name}.policy").write_text(HEAD.format(start=start) + text, encoding="utf-8")
        files = [str(tmp_path / name) for name in ("before.policy", "after.policy", "log.csv")]
        return CliRunner().invoke(main, ["rehearse", *files, "--as-at", "2025-03-31", *more])

    return run


NOW = (
    "  must acknowledge within 5 working days of receipt [1].\n  must respond within 10 working days of receipt [2].\n"
)
DRAFT = NOW.replace("10 working days of receipt", "10 working days of acknowledgement")


def duty(result: Result, name: str) -> dict[str, object]:
    found: dict[str, object] = next(d for d in json.loads(result.stdout)["duties"] if d["duty"] == name)
    return found


def test_a_document_against_itself_changes_nothing(judge: Judge) -> None:
    done = judge(NOW, NOW)
    assert done.exit_code == 0
    assert "0 cases of 3 come out otherwise" in done.stdout
    assert "No case comes out otherwise on: acknowledge at stage 1, respond at stage 1." in done.stdout


def test_a_later_start_excuses_the_landlord_and_lets_residents_wait(judge: Judge) -> None:
    """From receipt ten working days end on 17 March: A-2 is late. From its acknowledgement of 4 March they end on
    18 March, and it is late all the same. A-3 has no answer on record: neither met nor breached under either. A
    draft that is not in force yet judges the cases like any other."""
    done = judge(NOW, DRAFT, "--format", "json")
    assert done.exit_code == 0
    respond = duty(done, "respond at stage 1")
    assert {c["case"]: c["deadline_moves_by_days"] for c in respond["changes"]} == {"A-1": 4, "A-2": 1}  # type: ignore[attr-defined]
    assert (respond["newly_breached"], respond["no_longer_breached"]) == (0, 0)
    assert duty(done, "acknowledge at stage 1")["changes"] == []
    told = judge(NOW, DRAFT).stdout
    assert "0 earlier, 2 later (a later one lets a resident wait longer)" in told
    assert "from 1 calendar day later to 4 calendar days later, typically 2.5 calendar days later" in told


def test_a_stricter_draft_names_the_cases_that_would_have_broken_it(judge: Judge) -> None:
    done = judge(NOW, NOW.replace("within 5 working", "within 3 working"))
    assert done.exit_code == 1
    told = " ".join(done.stdout.split())
    assert "newly in breach: 1 case" in told
    assert "1: met -> breached" in told
    assert "A-1: Received Monday 3 March 2025. Three working days after that day" in told


def test_an_aim_that_becomes_a_promise_is_shown_as_such(judge: Judge) -> None:
    aims = NOW.replace("must respond", "aims to respond")
    told = judge(aims, NOW).stdout
    assert "before: aims to respond within 10 working days of receipt [2]. (an aim)" in told
    assert "1: an aim, missed -> breached" in told
    assert "1: an aim, cannot tell -> cannot tell" in told
    assert "1: an aim, kept -> met" in told


def test_a_duty_that_only_one_of_them_has_is_no_silent_loss(judge: Judge) -> None:
    told = judge(NOW, NOW.partition("\n")[0] + "\n").stdout
    assert "after: no such duty" in told
    assert "on a duty of both:    0 cases; only on one that either lacks: 3 cases" in told
    assert "-> no such duty" in told


def test_two_editions_of_the_code_are_compared_by_their_ids(judge: Judge, tmp_path: Path) -> None:
    judge(NOW, NOW)
    line = ["rehearse", "housing-ombudsman-2022", "housing-ombudsman-2024", str(tmp_path / "log.csv")]
    done = CliRunner().invoke(main, [*line, "--as-at", "2025-03-31"])
    assert "before: 5.1: stage 1 must respond within 10 working days of logging." in done.stdout
    assert "after: 6.3: stage 1 must respond within 10 working days of acknowledgement." in done.stdout
    assert "never arises" not in done.stdout  # neither edition is ruled out by its dates


def test_what_is_neither_a_file_nor_a_code_is_named(judge: Judge, tmp_path: Path) -> None:
    judge(NOW, NOW)
    done = CliRunner().invoke(main, ["rehearse", "nowt", "nowt", str(tmp_path / "log.csv"), "--as-at", "2025-03-31"])
    assert done.exit_code == 2
    assert "“nowt” is neither a policy file nor the id of a Code." in " ".join(done.stderr.split())


def test_a_policy_with_faults_stops_the_work(judge: Judge) -> None:
    done = judge(NOW, "  must frobnicate within 3 working days of receipt.\n")
    assert done.exit_code == 2
    assert "frobnicate" in done.stderr
