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


WITHOUT_ENTRIES = """Ref,Received,Acknowledged,Responded,Response states decision,Extended to,Refused,Reason refused
C-1,2025-03-03,,2025-05-02,No,,,
C-2,2025-03-03,2025-03-05,2025-04-02,Yes,2025-04-02,,
C-3,2025-03-03,,,,,,Over twelve months old
C-4,2025-03-03,,,,,2025-05-06,Over twelve months old
C-5,2025-03-03,2025-02-24,2025-05-02,Yes,,,
"""


@pytest.fixture
def unrecorded(folder: Path) -> Path:
    (folder / "log.csv").write_text(WITHOUT_ENTRIES, encoding="utf-8")
    return folder


def test_what_the_dates_show_late_or_missing_has_its_due_day_on_the_line(unrecorded: Path) -> None:
    """The acknowledgement was due on 10 March. Had it come on the 24th, the last day that could still count, the answer
    was due on 7 April."""
    lines = [" ".join(line.split()) for line in replay(unrecorded, "C-1").stdout.splitlines()]
    assert "Mon 10 Mar 2025 | due: acknowledgement (policy 1 and Code 6.2)" in lines
    assert "Mon 7 Apr 2025 | due at the latest unless extended: response (Code 6.3)" in lines
    assert "Fri 2 May 2025 X Answered: 17 working days late (policy 2): 17 working days past its time" in " ".join(
        lines
    )
    assert "Mon 30 Jun 2025 = as at; not on record: the acknowledgement" in lines


def test_the_nearest_world_begins_with_the_earliest_step_whether_breached_or_shown(unrecorded: Path) -> None:
    """The letter that left something out is a breach; the acknowledgement was due before it, and is not on record."""
    told = replay(unrecorded, "C-1").stdout.partition("The nearest compliant world")[2]
    steps = " ".join(told.split())
    first = "1. Acknowledge at stage 1: Acknowledging on or before Monday 10 March 2025 would have been in time."
    assert first in steps
    assert steps.index("1. Acknowledge") < steps.index(
        "2. Respond at stage 1: Answering on or before Monday 24 March 2025"
    )
    assert "That leaves no breach." in steps
    record = json.loads(replay(unrecorded, "C-1", "--format", "json").stdout)[0]["nearest_world"]
    assert record[-1]["breaches_left"] == record[-1]["late_or_missing_left"] == 0
    assert record[0]["late_or_missing_left"] > 0


def test_a_new_date_without_a_notice_says_what_it_hangs_on(unrecorded: Path) -> None:
    told = " ".join(replay(unrecorded, "C-2").stdout.split())
    assert "Wed 19 Mar 2025 | due unless extended: response (Code 6.3)" in told
    assert (
        "A new date is on record, 2 April 2025; it holds only if the resident was told of it on or before 19 March"
        in told
    )


def test_a_ground_of_refusal_without_a_day_is_neither_open_nor_overdue(unrecorded: Path) -> None:
    done = replay(unrecorded, "C-3")
    assert done.exit_code == 0
    told = " ".join(done.stdout.split())
    assert "A ground of refusal is on record (log.csv!H4), and no day of the refusal." in told
    assert "cannot be told whether an answer at stage 1 was owed, nor whether one is overdue." in told
    assert "overdue:" not in told


def test_a_refusal_after_everything_was_due_takes_nothing_back(unrecorded: Path) -> None:
    done = replay(unrecorded, "C-4")
    assert done.exit_code == 1
    assert "Refused only on Tuesday 6 May 2025, when it was already overdue." in " ".join(done.stdout.split())


def test_entries_that_contradict_one_another_are_to_be_corrected_first(unrecorded: Path) -> None:
    done = replay(unrecorded, "C-5")
    assert done.exit_code == 1
    told = " ".join(done.stdout.split())
    assert "Respond at stage 1 (Code 6.3 and policy 2): late, whichever of two entries is wrong." in told
    assert "Whichever it is, the response is late by at least 17 working days" in told
    assert "First one of the two entries that contradict one another has to be corrected" in told


@pytest.mark.parametrize("case", ["C-1", "C-2", "C-3", "C-4", "C-5"])
def test_no_line_is_wider_than_the_terminal(unrecorded: Path, case: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    assert max(map(len, replay(unrecorded, case).stdout.splitlines())) <= 80
