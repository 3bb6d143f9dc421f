"""Which figure of a date is the day: what the columns of a proposed mapping prove, read to their end.

Where none proves it, both answers are weighed by what follows from each: how long a case would have taken.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from datetime import date
from statistics import median

from policylang.casebook.date_columns import settle_dates
from policylang.casebook.dates import Order, read_date
from policylang.casebook.entries import ColumnReader
from policylang.casebook.grid import Book, Cell, Kind, Sheet
from policylang.casebook.headings import all_rows
from policylang.casebook.mapping import EVENT, STAGE, Column
from policylang.casebook.proposal import Proposal
from policylang.casebook.record import facts
from policylang.findings.finding import Finding
from policylang.findings.words import count

_CASES = 3  # that have two dates or more, before anything is said of how long they take


def with_dates(made: Proposal, book: Book, sheet: Sheet) -> list[Finding]:
    """What the columns of dates leave open: day first or month first, and dates turned round on import.

    Raises ``Problem`` if the sheet cannot be read.
    """
    steps = {name: column for name, column in made.columns.items() if facts()[name].kind == "event"}
    headings = {
        c.heading.column: (name, c.heading) for name, c in {**steps, **made.diary}.items() if name not in (EVENT, STAGE)
    }
    reference = made.columns["reference"].heading.column if "reference" in made.columns else -1
    cells: dict[int, list[Cell]] = {column: [] for column in headings}
    by_case: dict[str, list[str]] = defaultdict(list)
    for row in all_rows(sheet):
        if row.number > made.header.row:
            here = row.cells
            case = here[reference].text.strip().casefold() if reference in here else ""
            for column in cells.keys() & here.keys():
                cell = here[column]
                cells[column].append(cell)
                if case and cell.kind is Kind.TEXT:
                    by_case[case].append(cell.text)
    readers = {
        n: ColumnReader(Column(fact, h.text), sheet.name, h.letter, book.file, h.text)
        for n, (fact, h) in headings.items()
    }
    found = settle_dates([(readers[n], cells[n]) for n in sorted(readers)], None)
    lengths = _lengths(by_case)
    found = [
        replace(one, message=f"{one.message} {lengths}") if lengths and one.rule == "date-order-unproved" else one
        for one in found
    ]
    made.dates = [one.message for one in found if one.rule == "date-order-unproved"]
    return found


def _lengths(by_case: dict[str, list[str]]) -> str:
    # From the first to the last date of a case: days in one order, and very often months or years in the other.
    said = []
    for order, name in ((Order.DAY_FIRST, "the day"), (Order.MONTH_FIRST, "the month")):
        spans = [(max(days) - min(days)).days for texts in by_case.values() if len(days := _days(texts, order)) > 1]
        if len(spans) < _CASES:
            return ""
        said.append(f"{count(round(median(spans)), 'day')} if {name} comes first")
    return f"From the first to the last date of a case it is, at the median, {' and '.join(said)}."


def _days(texts: list[str], order: Order) -> list[date]:
    spans = [read_date(text, order) for text in texts]
    return [span.first for span in spans if span and span.first == span.last]
