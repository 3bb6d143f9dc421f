"""The Cases sheet: one row a case, with what every duty came to on it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from openpyxl.formatting.rule import CellIsRule
from openpyxl.styles import Font, PatternFill
from openpyxl.utils import get_column_letter

from policylang.auditor.outcome import Outcome, Result
from policylang.evidence.join import AIMS, CODE, by_case_row
from policylang.evidence.run import AssessInput
from policylang.evidence.sheets import looks, style
from policylang.evidence.words import RESULT_WORDS

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

FIXED = ("Case", "Log sheet", "Log row", "Received", "Breaches", "Cannot tell")
DutyKey = tuple[str, str, str, str | None]


def write(sheet: Worksheet, run: AssessInput) -> dict[tuple[str, int], int]:
    """Fill the sheet; gives the row of each case, by its reference and how often that came before in the log."""
    keys = duty_keys(run.outcomes)
    headings = (*FIXED, *_headings(keys, run))
    style.header_row(sheet, 1, headings)
    rows: dict[tuple[str, int], int] = {}
    groups = by_case_row(run.outcomes)
    row = 1
    for case, log_sheet, log_row, received in _cases(run, groups):
        row += 1
        occurrence = 0
        while (case, occurrence) in rows:
            occurrence += 1
        rows[case, occurrence] = row
        theirs = {_key(o): o for o in groups.get((case, occurrence), ())}
        results = [outcome.result for outcome in theirs.values()]
        style.put(sheet, row, 1, case, looks.LABEL)
        style.put(sheet, row, 2, log_sheet or None)
        style.put(sheet, row, 3, log_row, looks.FIGURE)
        style.put(sheet, row, 4, received, looks.DAY)  # type: ignore[arg-type]
        style.put(sheet, row, 5, results.count(Result.BREACHED), looks.FIGURE)
        style.put(sheet, row, 6, results.count(Result.CANNOT_TELL), looks.FIGURE)
        for n, key in enumerate(keys, start=len(FIXED) + 1):
            style.put(sheet, row, n, _word(theirs[key]) if key in theirs else None)
    if row == 1:
        row += 1
        style.put(sheet, row, 1, "No case was judged.")
    style.as_table(sheet, "CaseOutcomes", 1, row, headings)
    _colour(sheet, row, len(FIXED) + 1, len(headings))
    sheet.freeze_panes = "B2"
    style.widths(sheet, 14, 12, 8, 12, 9, 9, *(16 for _ in keys))
    sheet.row_dimensions[1].height = 5 * style.LINE
    title = f"{run.policy.organisation or run.policy.title}: cases"
    style.for_print(sheet, 1, title, pages_wide=-(-len(headings) // 14))
    sheet.print_title_cols = "A:A"
    return rows


def duty_keys(outcomes: Iterable[Outcome]) -> list[DutyKey]:
    """Every duty, the code's before the policy's, each in order of appearance."""
    keys = list(dict.fromkeys(_key(outcome) for outcome in outcomes))
    return sorted(keys, key=lambda key: key[0] != CODE)


def _key(outcome: Outcome) -> DutyKey:
    return (outcome.source, outcome.document, outcome.duty, outcome.provision)


def _word(outcome: Outcome) -> str:
    """The result in words; of an aim, what became of it (``aim kept``, ``aim missed``)."""
    return outcome.reason.replace("-", " ") if outcome.reason in AIMS else RESULT_WORDS[outcome.result]


def _headings(keys: list[DutyKey], run: AssessInput) -> list[str]:
    """A heading for each duty; a table needs them all different, whatever the letters' case."""
    found: list[str] = []
    used = {heading.lower() for heading in FIXED}
    for source, document, duty, provision in keys:
        if source == CODE:
            under = (
                run.code.cite(provision or "") if document == run.code.id else f"{document} {provision or ''}".strip()
            )
        else:
            under = "Policy"
        plain = heading = " ".join(f"{under}: {duty}".split())[:200]  # a table heading is one line of at most 255
        n = 2
        while heading.lower() in used:
            heading, n = f"{plain} ({n})", n + 1
        used.add(heading.lower())
        found.append(heading)
    return found


def _cases(
    run: AssessInput, groups: dict[tuple[str, int], list[Outcome]]
) -> Iterable[tuple[str, str, int | None, object]]:
    if run.casebook is not None:
        for case in run.casebook.cases:
            yield case.reference, case.sheet, case.row, case.day("received")
    else:
        for reference, _ in groups:
            yield reference, "", None, None


def _colour(sheet: Worksheet, last: int, first_column: int, last_column: int) -> None:
    """Colour by rule and not by cell: the words stand in the cells, the colour only helps to find them."""
    if last_column < first_column:
        return
    area = f"{get_column_letter(first_column)}2:{get_column_letter(last_column)}{last}"
    looks = {Result.BREACHED: ("8C1C2B", "FFFFFF"), Result.CANNOT_TELL: ("F6D98B", "1B1F24")}
    for result, (ground, ink) in looks.items():
        rule = CellIsRule(  # type: ignore[no-untyped-call]
            operator="equal",
            formula=[f'"{RESULT_WORDS[result]}"'],
            fill=PatternFill("solid", bgColor=ground, fgColor=ground),
            font=Font(color=ink, bold=True),
        )
        sheet.conditional_formatting.add(area, rule)
