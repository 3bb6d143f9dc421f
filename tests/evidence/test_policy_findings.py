"""What ``assess`` has to say of the policy itself: accepted deviations that have run out, or cover or name nothing."""

from __future__ import annotations

import io
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner
from openpyxl import load_workbook

from policylang.commands import main
from policylang.evidence.assess import PAGE, WORKBOOK, assess
from policylang.evidence.gather import gather

POLICY = """policy "Complaints Policy".
organisation "Maple Homes".
in force from 2024-04-01.
{deviation}
stage 1 "Stage 1":
  must acknowledge and log complaint within 5 working days of receipt [2.1].
  must respond within 10 working days of acknowledgement [2.2].
"""
PARTS = 'because "we are few" approved by "the Board" {when} plan "a second officer".'


@pytest.mark.parametrize(
    ("provision", "when", "rule"),
    [
        ("HO24-6.3", "from 2024-04-01 until 2025-03-31", "deviation-expired"),
        ("HO24-6.3", "from 2027-04-01 until 2028-03-31", "deviation-not-yet-in-force"),
        ("HO24-6.3", "from 2026-01-01 until 2026-12-31", "deviation-unused"),
        ("HO24-6.99", "from 2026-01-01 until 2026-12-31", "deviation-from-unknown-provision"),
        ("HO24-6.3", "from 2026-12-31 until 2026-01-01", "deviation-ends-before-it-begins"),
    ],
)
def test_each_is_told_on_the_screen_the_page_and_the_sheet(
    tmp_path: Path, provision: str, when: str, rule: str
) -> None:
    path = tmp_path / "maple.policy"
    deviation = f"deviation from {provision} {PARTS.format(when=when)}\n"
    path.write_text(POLICY.format(deviation=deviation), encoding="utf-8")
    made = assess(gather(path, as_at=date(2026, 3, 31)))
    (note,) = made.notes
    assert note.rule == rule
    sheet = load_workbook(io.BytesIO(made.files[WORKBOOK]))["Data quality"]
    (row,) = [row for row in sheet.values if row[0] == "On the policy"]
    assert (row[1], row[3], row[5], row[8]) == (rule, "maple.policy", 4, note.message)
    assert note.message.partition("“")[0] in made.files[PAGE].decode("utf-8")
    line = ["assess", str(path), "--as-at", "2026-03-31", "--out", str(tmp_path / "out")]
    shown = CliRunner().invoke(main, line)
    assert f"{rule} (" in shown.stdout


def test_one_that_is_in_force_and_needed_needs_no_word(tmp_path: Path) -> None:
    path = tmp_path / "maple.policy"
    deviation = f"deviation from HO24-6.14 {PARTS.format(when='from 2026-01-01 until 2026-12-31')}\n"
    path.write_text(POLICY.format(deviation=deviation), encoding="utf-8")
    assert assess(gather(path, as_at=date(2026, 3, 31))).notes == ()
