"""The Assumptions sheet: what would come out otherwise if each thing were counted the other way."""

from __future__ import annotations

from typing import TYPE_CHECKING

from policylang.evidence.assumptions import HEADINGS, assumption_row
from policylang.evidence.run import AssessInput
from policylang.evidence.sheets import looks, style

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet


def write(sheet: Worksheet, run: AssessInput) -> None:
    """Fill the sheet: one row for each assumption."""
    style.header_row(sheet, 1, HEADINGS)
    for row, assumption in enumerate(run.assumptions, start=2):
        for n, value in enumerate(assumption_row(assumption), start=1):
            style.put(sheet, row, n, value, looks.FIGURE if isinstance(value, int) else looks.TEXT)
    last = 1 + len(run.assumptions)
    style.as_table(sheet, "Assumptions", 1, last, HEADINGS)
    sheet.freeze_panes = "B2"
    style.widths(sheet, 22, 26, 26, 11, 11, 32, 32, 40)
    style.fit_heights(sheet, 1, last)
    style.for_print(sheet, 1, f"{run.policy.organisation or run.policy.title}: assumptions")
