"""The Data quality sheet: what was wrong with the log, cell by cell, every row set aside, and what to know of the
policy that was judged."""

from __future__ import annotations

from typing import TYPE_CHECKING

from policylang.evidence.run import AssessInput
from policylang.evidence.sheets import looks, style
from policylang.evidence.totals import ControlTotals
from policylang.findings.finding import Finding

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

HEADINGS = ("Kind", "Rule", "Severity", "File", "Sheet", "Row", "Cell", "Column", "What", "What to do")
PRINTED = 100  # rows that print


def write(sheet: Worksheet, run: AssessInput, totals: ControlTotals) -> None:
    """Fill the sheet."""
    style.header_row(sheet, 1, HEADINGS)
    row = 1
    for values in quality_rows(run, totals):
        row += 1
        for n, value in enumerate(values, start=1):
            style.put(sheet, row, n, value, looks.FIGURE if isinstance(value, int) else looks.TEXT)
    if row == 1:
        row += 1
        style.put(sheet, row, 1, "Nothing to report." if run.casebook else "No complaints log was given.")
    style.as_table(sheet, "DataQuality", 1, row, HEADINGS)
    sheet.freeze_panes = "A2"
    style.widths(sheet, 12, 20, 9, 14, 14, 7, 8, 16, 56, 42)
    style.fit_heights(sheet, 1, row)
    style.for_print(sheet, 1, f"{run.policy.organisation or run.policy.title}: data quality", rows=min(row, PRINTED))


def quality_rows(run: AssessInput, totals: ControlTotals) -> list[tuple[style.Value, ...]]:
    """A row for each finding on the log, each row set aside and each finding on the policy; first of all, whether the
    rows reconcile."""
    found: list[tuple[style.Value, ...]] = []
    if totals.reconciles is False:
        what = f"{totals.rows_read} rows were read, {totals.judged} judged and {totals.set_aside} set aside."
        found.append(
            ("Rows do not add up", None, "error", None, None, None, None, None, what, "Do not rely on the figures.")
        )
    found += [_finding("Finding", finding) for finding in run.data_quality]
    for aside in run.casebook.set_aside if run.casebook else ():
        found.append(("Row set aside", None, None, None, aside.sheet, aside.row, None, None, aside.why, None))
    found += [_finding("On the policy", finding) for finding in run.policy_findings]
    return found


def _finding(kind: str, finding: Finding) -> tuple[style.Value, ...]:
    place = finding.place
    return (
        kind,
        finding.rule,
        finding.severity.value,
        place.file if place else None,
        place.sheet if place else None,
        place.row or place.line if place else None,
        place.cell if place else None,
        place.heading if place else None,
        finding.message,
        finding.help,
    )
