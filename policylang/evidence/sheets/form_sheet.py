"""The self-assessment itself: the official form's sections, rows and columns, filled as far as evidence goes."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from typing import TYPE_CHECKING

from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from policylang.evidence.comply import Answer
from policylang.evidence.form_lines import RULE, FormLine, form_lines
from policylang.evidence.join import ProvisionEvidence
from policylang.evidence.method import PARAPHRASE
from policylang.evidence.run import AssessInput
from policylang.evidence.sheets import looks, style
from policylang.evidence.totals import ControlTotals
from policylang.model.days import say_date

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

_WIDTHS = {
    "provision": 11,
    "question": 42,
    "requirement": 42,
    "comply": 17,
    "evidence": 50,
    "commentary": 56,
    "evidence-commentary": 90,
}
"""How wide each kind of column is, in characters."""
_ANSWER_STYLE = {Answer.YES: looks.YES, Answer.NO: looks.NO, Answer.BLANK: looks.OPEN}


def write(sheet: Worksheet, run: AssessInput, rows: Sequence[ProvisionEvidence], totals: ControlTotals) -> None:
    """Fill the sheet."""
    keys = run.form.keys
    style.widths(sheet, *(_WIDTHS[key] for key in keys))
    header = _head(sheet, run)
    style.header_row(sheet, header, run.form.headings)
    style.fit_heights(sheet, header, header)
    row, last_section, last_table = header + 1, None, None
    first = row
    headed = run.form.one_answer == "provision"
    for line in form_lines(run, rows, totals):
        if headed and line.section is not last_section:
            row = _heading(sheet, row, f"{line.section.n} {line.section.title}", looks.SECTION, len(keys))
        if headed and line.table is not last_table and line.table.title:
            row = _heading(sheet, row, line.table.title, looks.TABLE_TITLE, len(keys))
        last_section, last_table = line.section, line.table
        _row(sheet, row, line, run)
        style.fit_heights(sheet, row, row)
        row += 1
    choices = DataValidation(type="list", formula1=f'"{",".join(Answer)}"', allow_blank=True)
    answers, last = get_column_letter(keys.index("comply") + 1), get_column_letter(len(keys))
    choices.add(f"{answers}{first}:{answers}{row - 1}")
    sheet.add_data_validation(choices)
    sheet.auto_filter.ref = f"A{header}:{last}{row - 1}"
    sheet.freeze_panes = f"B{header + 1}"
    style.for_print(sheet, header, f"{run.policy.organisation or run.policy.title}: self-assessment")
    sheet.print_area = f"A1:{last}{_also(sheet, row, run) - 1}"


def _head(sheet: Worksheet, run: AssessInput) -> int:
    """The lines above the table; gives the row for the headings."""
    owner = f"{run.policy.organisation}: " if run.policy.organisation else ""
    style.put(
        sheet, 1, 1, f"{owner}self-assessment against the {run.code.title}, {run.code.edition} edition", looks.TITLE
    )
    notes = (
        f"Policy judged: {run.policy.named}. Position as at {say_date(run.as_at)}.",
        f"{PARAPHRASE} Provisions marked Unverified need that first of all.",
        f"Comply answers policy and practice together. “{Answer.BLANK}” marks what neither text nor log can show: the "
        "question stands under Commentary. The rule is on the Method sheet, all figures on Provisions.",
        *((RULE,) if run.form.one_answer == "table" else ()),
    )
    row = 2
    for note in notes:
        for part in textwrap.wrap(note, 165):
            style.put(sheet, row, 1, part, looks.NOTE)
            row += 1
    return row + 1


def _also(sheet: Worksheet, row: int, run: AssessInput) -> int:
    """What the form asks besides, which no provision answers: for a person to complete."""
    if not run.form.also_asks:
        return row
    row = _heading(sheet, row, "The form also asks", looks.SECTION, len(run.form.keys))
    for question in run.form.also_asks:
        for column, key in enumerate(run.form.keys, start=1):
            text = question if column == 1 else Answer.BLANK.value if key == "comply" else None
            style.put(sheet, row, column, text, looks.OPEN if key == "comply" else looks.ASK)
        style.fit_heights(sheet, row, row)
        row += 1
    return row


def _heading(sheet: Worksheet, row: int, words: str, look: str, across: int) -> int:
    """A heading over rows: it runs on over the empty cells beside it, so no cells are merged."""
    for column in range(1, across + 1):
        style.put(sheet, row, column, words if column == 1 else None, look)
    sheet.row_dimensions[row].height = 18
    return row + 1


def _row(sheet: Worksheet, row: int, line: FormLine, run: AssessInput) -> None:
    asked = looks.ASK if line.asked else looks.TEXT
    styles = {
        "provision": looks.LABEL,
        "requirement": looks.TEXT if line.verified else looks.ASK,
        "comply": _ANSWER_STYLE[line.answer],
        "evidence": looks.TEXT if line.shown else looks.ASK,
        "commentary": asked,
        "evidence-commentary": asked,
    }
    if "commentary" not in run.form.keys:
        styles["evidence"] = asked
    for column, key in enumerate(run.form.keys, start=1):
        style.put(sheet, row, column, line.texts[key], styles.get(key, looks.TEXT))
