"""``policylang replay``: one case day by day, what was missed, and the nearest world in which nothing was."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from policylang.commands import main

POLICY = """policy "Complaints Policy".
organisation "Maple Homes".
in force from 2024-01-01.
calendar england-and-wales.

stage 1 "Stage 1":
  must acknowledge within 5 working days of receipt [1].
  must respond within 10 working days of acknowledgement [2].
  response must state decision [3].
"""

# 3 March 2025 is a Monday. B-2 missed everything; B-3 is open.
LOG = """Ref,Received,Acknowledged,Responded,Response states decision
B-1,2025-03-03,2025-03-05,2025-03-14,Yes
B-2,2025-03-03,2025-03-12,2025-04-02,No
B-3,2025-06-23,2025-06-25,,
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "maple.policy").write_text(POLICY, encoding="utf-8")
    (tmp_path / "log.csv").write_text(LOG, encoding="utf-8")
    return tmp_path


def replay(folder: Path, case: str, *more: str) -> Result:
    files = [str(folder / "maple.policy"), str(folder / "log.csv")]
    return CliRunner().invoke(main, ["replay", *files, case, "--as-at", "2025-06-30", *more])


def test_a_case_without_a_breach_shows_its_days_and_says_so(folder: Path) -> None:
    done = replay(folder, "B-1")
    assert done.exit_code == 0
    assert "No breach is on record." in done.stdout
    lines = [line.rstrip() for line in done.stdout.splitlines()]
    assert "Mon 3 Mar 2025   o  Received (log.csv!B2)" in lines
    assert "Fri 14 Mar 2025  o  Answered (log.csv!D2)" in lines
    assert any(line.startswith("Mon 10 Mar 2025  |  due: acknowledgement (policy 1 and Code 6.2)") for line in lines)
    assert "nearest compliant world" not in done.stdout


def test_every_missed_step_is_counted_aloud_and_put_right_one_after_another(folder: Path) -> None:
    """The acknowledgement was due on the 10th and came on the 12th; ten working days from there end on the 26th."""
    done = replay(folder, "B-2")
    assert done.exit_code == 1
    told = " ".join(done.stdout.split())
    assert "X Acknowledged: 2 working days late" in told
    assert "Acknowledging on or before Monday 10 March 2025 would have been in time." in told
    assert "Answered: 5 working days late" in told
    assert "No single date or letter" not in told
    assert "That leaves no breach." in told


def test_the_nearest_world_was_really_judged(folder: Path) -> None:
    """Putting the acknowledgement right mends it under policy and Code at once, so breaches fall by two, not by one.
    The answer is then due ten working days after the acknowledgement as it should have been."""
    record = json.loads(replay(folder, "B-2", "--format", "json").stdout)[0]
    left = [step["breaches_left"] for step in record["nearest_world"]]
    whole = record["population"]["outcomes"]["breached"]
    assert left[0] == whole - 2
    assert left == sorted(left, reverse=True)
    assert left[-1] == 0
    assert "Monday 24 March 2025" in record["nearest_world"][1]["repair"]


def test_what_an_audit_flags_without_a_breach_is_told_of_the_case_too(folder: Path) -> None:
    """No day of acknowledgement stands in the log, and the answer came 22 working days after the receipt."""
    (folder / "log.csv").write_text(f"{LOG}B-4,2025-03-03,,2025-04-02,Yes\n", encoding="utf-8")
    done = replay(folder, "B-4")
    assert done.exit_code == 1
    assert "No breach is on record." in done.stdout
    told = " ".join(done.stdout.partition("Late or missing on the dates, though no breach")[2].split())
    assert "1. Acknowledge at stage 1 (Code 6.2 and policy 1): not on record, and its time is over. Received" in told
    assert "2. Respond at stage 1 (Code 6.3 and policy 2): late, or begun too late. Received" in told
    record = json.loads(replay(folder, "B-4", "--format", "json").stdout)[0]
    assert {step["duty"] for step in record["measures"]["on_the_dates"] if step["binding"]} >= {
        "acknowledge at stage 1",
        "respond at stage 1",
    }


def test_a_case_that_is_not_there_gets_the_nearest_reference(folder: Path) -> None:
    done = replay(folder, "B-22")
    assert done.exit_code == 2
    assert "The log has no case “B-22” that is judged." in " ".join(done.stderr.split())
    assert "B-2" in done.stderr


def test_a_row_that_was_set_aside_says_why_it_is_not_judged(folder: Path) -> None:
    (folder / "log.csv").write_text(f"{LOG}B-1,2025-03-04,2025-03-05,,\n", encoding="utf-8")
    done = replay(folder, "B-1")
    assert done.exit_code == 2
    assert "was set aside" in " ".join(done.stderr.split())
