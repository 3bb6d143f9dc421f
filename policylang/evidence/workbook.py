"""The self-assessment workbook: the official form first, then everything it rests on, sheet by sheet."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import datetime

from policylang.casebook.answers_book import SHEET as SAMPLE
from policylang.evidence.join import ProvisionEvidence
from policylang.evidence.package import settled
from policylang.evidence.run import AssessInput
from policylang.evidence.safe_text import for_cell
from policylang.evidence.totals import ControlTotals
from policylang.evidence.worst import Worst

SHEETS = ("Self-assessment", "Summary", "Provisions", "Findings", "Cases", "Data quality", "Method")


def workbook(
    run: AssessInput, rows: Sequence[ProvisionEvidence], totals: ControlTotals, worst: Sequence[Worst]
) -> bytes:
    """The workbook as the bytes of an XLSX file; the same input gives the same bytes."""
    from openpyxl import Workbook

    from policylang.evidence.sheets import (
        assumptions_sheet,
        cases_sheet,
        findings_sheet,
        form_sheet,
        looks,
        method_sheet,
        provisions_sheet,
        quality_sheet,
        sample_book,
        summary_sheet,
    )

    book = Workbook()
    del book[book.sheetnames[0]]
    sheet = {name: book.create_sheet(name) for name in SHEETS}
    looks.add_looks(book)
    form_sheet.write(sheet["Self-assessment"], run, rows, totals)
    summary_sheet.write(sheet["Summary"], run, rows, totals, worst)
    provisions_sheet.write(sheet["Provisions"], run, rows)
    cases = cases_sheet.write(sheet["Cases"], run)
    findings_sheet.write(sheet["Findings"], run, cases.row_of)
    quality_sheet.write(sheet["Data quality"], run, totals)
    method_sheet.write(sheet["Method"], run, rows)
    if run.assumptions:
        assumptions_sheet.write(book.create_sheet("Assumptions"), run)
    if run.sample is not None:
        # The names by which --answers finds them when the workbook comes back filled in.
        sample_book.write_cases(book.create_sheet(SAMPLE), run.sample)
        sample_book.write_questions(book.create_sheet(sample_book.QUESTIONS), run.sample)
    moment = datetime(run.as_at.year, run.as_at.month, run.as_at.day)
    book.properties.creator = "policylang"
    book.properties.title = for_cell(f"Self-assessment: {run.policy.organisation or run.policy.title}")
    book.properties.created = book.properties.modified = moment
    raw = io.BytesIO()
    book.save(raw)
    part = f"xl/worksheets/sheet{book.sheetnames.index('Cases') + 1}.xml"
    return settled(raw.getvalue(), run.as_at, {part: cases.rows} if cases.rows else None)
