"""The Method sheet: how the figures came about."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from policylang.evidence.join import ProvisionEvidence
from policylang.evidence.method import method
from policylang.evidence.run import AssessInput
from policylang.evidence.sheets import looks, style

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet


def write(sheet: Worksheet, run: AssessInput, rows: Sequence[ProvisionEvidence]) -> None:
    """Fill the sheet."""
    style.put(sheet, 1, 1, "Method", looks.TITLE)
    for n, (heading, text) in enumerate(method(run, rows), start=3):
        style.put(sheet, n, 1, heading, looks.LABEL)
        style.put(sheet, n, 2, text)
    style.widths(sheet, 26, 120)
    style.fit_heights(sheet, 3, sheet.max_row)
    sheet.freeze_panes = "A3"
    style.for_print(sheet, None, f"{run.policy.organisation or run.policy.title}: method")
