"""The counts that bear on an open question between columns of dates: what a person needs to see to answer it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from policylang.casebook import limits
from policylang.casebook.dates import Order, read_date, weigh
from policylang.casebook.grid import Cell, Kind, Row
from policylang.casebook.headings import Heading
from policylang.findings.words import count


def between_columns(headings: Sequence[Heading], rows: Sequence[Row]) -> str:
    """For several columns of dates that could be one fact: how many dates each has, and which is first.

    Empty where they hold no dates that can be read for certain.
    """
    days = [days_of(heading, rows) for heading in headings]
    if not any(days):
        return ""
    said = [f"“{h.text}” ({h.letter}) has {count(len(found), 'date')}" for h, found in zip(headings, days, strict=True)]
    for n, (one, first) in enumerate(zip(headings, days, strict=True)):
        for other, second in list(zip(headings, days, strict=True))[n + 1 :]:
            both = first.keys() & second.keys()
            if both:
                before = sum(first[row] < second[row] for row in both)
                same = sum(first[row] == second[row] for row in both)
                said.append(
                    f"of {count(len(both), 'row')} with both, {one.letter} is earlier in {before}, {other.letter} in "
                    f"{len(both) - before - same}, and in {same} they are the same day"
                )
    return f"{_looked(rows)}: {'; '.join(said)}."


def beside_others(heading: Heading, others: Mapping[str, Heading], rows: Sequence[Row]) -> str:
    """For one column that could be several facts: where its dates fall beside each settled column of dates.

    ``others`` are those columns by what they hold. Empty where there is nothing to count.
    """
    own = days_of(heading, rows)
    said = []
    for label, other in others.items():
        days = days_of(other, rows)
        both = own.keys() & days.keys()
        if both:
            before = sum(own[row] < days[row] for row in both)
            same = sum(own[row] == days[row] for row in both)
            said.append(
                f"before “{label}” in {before}, on the same day in {same} and after it in {len(both) - before - same} "
                f"of {count(len(both), 'row')}"
            )
    return f"{_looked(rows)} its date lies {'; '.join(said)}." if said else ""


def _looked(rows: Sequence[Row]) -> str:
    return f"In the first {count(len(rows), 'row')}" if len(rows) >= limits.SAMPLE_ROWS else "In its rows"


def days_of(heading: Heading, rows: Sequence[Row]) -> dict[int, date]:
    """The days of a column by row: real dates, and texts that mean one day only in the order that the column proves."""
    cells = {row.number: row.cells[heading.column] for row in rows if heading.column in row.cells}
    order = weigh(cell.text for cell in cells.values() if cell.kind is Kind.TEXT).order
    return {number: day for number, cell in cells.items() if (day := _day(cell, order))}


def _day(cell: Cell, order: Order | None) -> date | None:
    if cell.kind is Kind.DATE and isinstance(cell.value, date):
        return cell.value
    span = read_date(cell.text, order) if cell.kind is Kind.TEXT else None
    return span.first if span and span.first == span.last else None
