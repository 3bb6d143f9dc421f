"""The Findings sheet: one row for each breach, and for each outcome that cannot be told, linked to its case."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from openpyxl.worksheet.hyperlink import Hyperlink

from policylang.auditor.outcome import Outcome, Result
from policylang.auditor.ruling import REASONS
from policylang.evidence.findings_order import findings_rows
from policylang.evidence.join import CODE
from policylang.evidence.run import AssessInput
from policylang.evidence.sheets import looks, style
from policylang.evidence.words import RESULT_WORDS, count

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

HEADINGS = (
    "Case", "Duty", "Under", "Provision", "Clauses", "Stage", "Outcome", "Clock started", "Due", "Done", "Late by",
    "Unit", "Why", "What would have met it", "Cells", "Verified",
)  # fmt: skip
NO_COLUMN = "no column"  # how the address of a cell that the log does not have begins
WHY = HEADINGS.index("Why") + 1  # the last column that prints
PRINTED = 60  # rows: the breaches, or where there are none the first of what cannot be told
MOST_ROWS = 100_000  # a workbook beyond this is no help to anybody; outcomes.csv has every one


def write(sheet: Worksheet, run: AssessInput, case_rows: Mapping[tuple[str, int], int]) -> None:
    """Fill the sheet. ``case_rows`` is the row of the Cases sheet for each case and its occurrence in the log."""
    style.header_row(sheet, 1, HEADINGS)
    row = 1
    found = run.once("findings", lambda: findings_rows(run.by_case))
    for outcome, occurrence, together in found[:MOST_ROWS]:
        row += 1
        _row(sheet, row, outcome, together, None if together else case_rows.get((outcome.case, occurrence)), run)
    if len(found) > MOST_ROWS:
        row += 1
        style.put(sheet, row, 1, f"and {count(len(found) - MOST_ROWS, 'more row')}: see outcomes.csv", looks.ASK)
    if row == 1:
        row += 1
        style.put(sheet, row, 1, "No breach, and nothing that cannot be told.")
    style.as_table(sheet, "Findings", 1, row, HEADINGS)
    sheet.freeze_panes = "B2"
    style.widths(sheet, 14, 24, 18, 11, 10, 7, 11, 12, 12, 12, 7, 12, 52, 36, 22, 10)
    style.fit_heights(sheet, 1, row)
    broken = sum(outcome.result is Result.BREACHED for outcome, _, _ in found[:MOST_ROWS])
    title = f"{run.policy.organisation or run.policy.title}: findings"
    style.for_print(sheet, 1, title, rows=min(row, 1 + (min(broken, PRINTED) or PRINTED)), columns=WHY)


def _row(sheet: Worksheet, row: int, outcome: Outcome, together: int, link: int | None, run: AssessInput) -> None:
    case = style.put(
        sheet, row, 1, count(together, "case") if together else outcome.case, looks.LINK if link else looks.LABEL
    )
    if link:
        case.hyperlink = Hyperlink(ref=case.coordinate, location=f"Cases!A{link}", display=None)
        case.style = looks.LINK
    own = outcome.source != CODE
    texts = (
        outcome.duty,
        "the policy's own promise" if own else _named(run, outcome.document),
        outcome.provision or "",
        ", ".join(outcome.clauses),
    )
    for n, text in enumerate(texts, start=2):
        style.put(sheet, row, n, text or None)
    style.put(sheet, row, 6, outcome.stage, looks.FIGURE)
    broken = outcome.result is Result.BREACHED
    style.put(sheet, row, 7, RESULT_WORDS[outcome.result], looks.NO if broken else looks.OPEN)
    days = (None, None, None) if together else (outcome.start, outcome.due, outcome.actual)
    for n, day in enumerate(days, start=8):
        style.put(sheet, row, n, day, looks.DAY)
    style.put(sheet, row, 11, outcome.late.by if outcome.late else None, looks.FIGURE)
    style.put(sheet, row, 12, outcome.late.unit if outcome.late else None)
    # For several cases the reason at large; the paragraph of one of them would name its dates.
    why = REASONS.get(outcome.reason, outcome.why) if together else outcome.why
    cells = [cell for cell in outcome.cells if not together or cell.startswith(NO_COLUMN)]
    style.put(sheet, row, 13, why or None)
    style.put(sheet, row, 14, outcome.repair or None)
    style.put(sheet, row, 15, ", ".join(cells) or None)
    style.put(
        sheet, row, 16, "verified" if outcome.verified else "unverified", looks.TEXT if outcome.verified else looks.ASK
    )


def _named(run: AssessInput, document: str) -> str:
    """A code by its printed name."""
    code = next((code for code in (run.code, *run.other_codes) if code.id == document), None)
    return f"{code.title}, {code.edition} edition" if code else document
