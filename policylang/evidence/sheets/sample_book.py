"""The sample as a workbook: the cases drawn, a column for each question with a list to choose from, and the method."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from policylang import __version__
from policylang.casebook.answers_book import NOT_ASKED, SHEET
from policylang.evidence.package import settled
from policylang.evidence.safe_text import for_cell
from policylang.evidence.sampling import Sample, SampledCase
from policylang.evidence.sheets import looks, style
from policylang.evidence.words import count, listed
from policylang.model.days import say_date

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

_LEFT = ("Case", "Received", "Where it stands", "Drawn from")
_RIGHT = ("Read by", "Note")
_HEADINGS = 1
QUESTIONS = "Questions"


ALLOCATION = (
    "One case from each stratum while the size allows, the largest strata first; the rest in proportion, by largest "
    "remainder."
)
DRAW = (
    "In each stratum the cases with the smallest SHA-256 of the seed, a zero byte and the reference. So the order of "
    "the log does not matter, and whoever has the log and the seed draws the same cases."
)
READ_BACK = (
    "Save the workbook and give it to audit or assess with --answers. Every answer then counts as if the log recorded "
    f"it, with its cell in this workbook as its source. Empty, Not known and {NOT_ASKED} answer nothing."
)


def sample_workbook(sample: Sample, log: str, digest: str) -> bytes:
    """The workbook as bytes; the same sample gives the same bytes. ``log`` and ``digest`` name what it is from."""
    from openpyxl import Workbook

    book = Workbook()
    del book[book.sheetnames[0]]
    looks.add_looks(book)
    write_cases(book.create_sheet(SHEET), sample)
    write_questions(book.create_sheet(QUESTIONS), sample)
    _method(book.create_sheet("Method"), sample, log, digest)
    book.properties.creator = "policylang"
    book.properties.title = for_cell(f"Sample of {count(len(sample.cases), 'case')}")
    raw = io.BytesIO()
    book.save(raw)
    return settled(raw.getvalue(), sample.as_at)


def write_cases(sheet: Worksheet, sample: Sample) -> None:
    """Fill the sheet of the cases drawn, which is read back by its headings: they stay in the first row."""
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.datavalidation import DataValidation

    headings = (*_LEFT, *(question.label for question in sample.questions), *_RIGHT)
    style.header_row(sheet, _HEADINGS, headings)
    choice = DataValidation(
        type="list",
        formula1='"Yes,No,Not known"',
        allow_blank=True,
        showErrorMessage=True,
        errorTitle="Choose from the list",
        error="Yes, No or Not known. Leave the cell empty if you have not looked.",
        showInputMessage=True,
        promptTitle="What does the letter say?",
        prompt="Yes, No or Not known. Empty: not looked at.",
    )
    sheet.add_data_validation(choice)
    for row, drawn in enumerate(sample.cases, start=_HEADINGS + 1):
        for n, value in enumerate(_known(drawn), start=1):
            style.put(sheet, row, n, value, looks.TEXT if n != 2 else looks.DAY)
        for n, question in enumerate(sample.questions, start=len(_LEFT) + 1):
            asked = question.fact in drawn.asked
            style.put(sheet, row, n, None if asked else NOT_ASKED, looks.ASK if asked else looks.TEXT)
            if asked and question.yes_or_no:
                choice.add(f"{get_column_letter(n)}{row}")
        for n in range(len(headings) - len(_RIGHT) + 1, len(headings) + 1):
            style.put(sheet, row, n, None, looks.ASK)
    last = _HEADINGS + len(sample.cases)
    style.as_table(sheet, "Sample", _HEADINGS, last, headings)
    sheet.freeze_panes = "B2"
    style.widths(sheet, 18, 13, 22, 34, *([17] * len(sample.questions)), 14, 40)
    style.fit_heights(sheet, _HEADINGS, last)
    style.for_print(sheet, _HEADINGS, "Sample", repeat=1)  # so that an answer on paper is not put to the wrong case


def _known(drawn: SampledCase) -> tuple[style.Value, ...]:
    case = drawn.case
    where = f"{case.sheet}, row {case.row}" if case.row and case.sheet else f"row {case.row}" if case.row else ""
    return case.reference, case.day("received"), where, drawn.stratum


def write_questions(sheet: Worksheet, sample: Sample) -> None:
    """Fill the sheet that says what is asked, of how many cases, and which duty wants to know."""
    headings = ("Question", "Answer", "Cases asked", "Who wants to know", "Fact of the case record")
    style.header_row(sheet, 1, headings)
    row = 1
    for question in sample.questions:
        row += 1
        asked = sum(question.fact in drawn.asked for drawn in sample.cases)
        kind = "Yes, No or Not known" if question.yes_or_no else "name or initials"
        cells: tuple[style.Value, ...] = (question.label, kind, asked, "\n".join(question.asked_by), question.fact)
        for n, value in enumerate(cells, start=1):
            style.put(sheet, row, n, value, looks.FIGURE if isinstance(value, int) else looks.TEXT)
    if row == 1:
        row += 1
        style.put(sheet, row, 1, "The log answers everything that a reader of letters could.")
    style.as_table(sheet, "Questions", 1, row, headings)
    sheet.freeze_panes = "A2"
    style.widths(sheet, 52, 20, 9, 52, 40)
    style.fit_heights(sheet, 1, row)
    style.for_print(sheet, 1, "Sample: questions")


def _method(sheet: Worksheet, sample: Sample, log: str, digest: str) -> None:
    style.put(sheet, 1, 1, "How this sample was drawn", looks.TITLE)
    by = f", and by {sample.by}" if sample.by else ""
    told = (
        ("Population", f"{count(sample.population, 'case')} judged as at {say_date(sample.as_at)}"),
        ("Log", f"{log} (SHA-256 {digest})" if digest else log),
        ("Judged under", listed(sample.documents)),
        ("Size", f"{count(len(sample.cases), 'case')} drawn; {sample.asked_for:,} asked for"),
        ("Seed", str(sample.seed)),
        ("Strata", f"By the last stage reached and by what the audit found{by}."),
        ("Allocation", ALLOCATION),
        ("Draw", DRAW),
        ("Reading it back", READ_BACK),
        ("Tool", f"policylang {__version__}"),
    )
    for row, (label, text) in enumerate(told, start=3):
        style.put(sheet, row, 1, label, looks.LABEL)
        style.put(sheet, row, 2, text)
    top = 4 + len(told)
    headings = ("Stratum", "Cases in it", "Drawn")
    style.header_row(sheet, top, headings)
    for row, stratum in enumerate(sample.strata, start=top + 1):
        cells: tuple[style.Value, ...] = (stratum.name, stratum.population, stratum.drawn)
        for n, value in enumerate(cells, start=1):
            style.put(sheet, row, n, value, looks.FIGURE if isinstance(value, int) else looks.TEXT)
    style.as_table(sheet, "Strata", top, top + len(sample.strata), headings)
    style.widths(sheet, 44, 90, 10)
    style.fit_heights(sheet, 3, top + len(sample.strata))
    style.for_print(sheet, None, "Sample: method")
