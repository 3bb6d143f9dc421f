"""Settling columns of dates as a whole, before any of their cells is read.

Two questions: which figure of ``03/04/2024`` is the day, and whether the real dates beside text dates can be believed.
Where the column itself does not answer, reading stops and a person is asked.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date

from policylang.casebook.dates import Evidence, Order, figures, weigh
from policylang.casebook.entries import ColumnReader
from policylang.casebook.grid import Cell, Content, Kind, text_cell
from policylang.casebook.rules import finding
from policylang.findings.finding import Finding
from policylang.findings.words import count

# Real dates that are all from the first to the twelfth, beside text dates that all have a day beyond the twelfth, are
# what a computer set to American dates leaves of a British column: it turned 03/04 into 4 March and gave up on 13/04.
# By chance, five and two such cells come together in fewer than one column in two hundred.
_SWAPPED_REAL = 5
_SWAPPED_TEXT = 2
_MIXED = (
    "Where a column really holds both orders, export it again with dates as 2024-12-31; or say “dates: mixed”, and "
    "only dates that can be read in one way are read."
)

Filled = Sequence[tuple[ColumnReader, Sequence[Content]]]
"""The columns of a log, each with what stands in it for its cases."""


def settle_dates(columns: Filled, default: Order | None) -> list[Finding]:
    """Give each column of dates its order; what is found stops the reading.

    ``default`` is the order that the mapping states for the whole log; a column's own statement goes before it.
    """
    found: list[Finding] = []
    open_columns: list[tuple[ColumnReader, Evidence]] = []
    proved: list[tuple[ColumnReader, Evidence]] = []
    for reader, contents in columns:
        if reader.kind != "event":
            continue
        cells = _counted(contents)
        evidence = weigh({cell.text: times for cell, times in cells.items() if cell.kind is Kind.TEXT})
        stated = reader.column.dates or default
        reader.order = stated or evidence.order
        if reader.order is None:
            open_columns.append((reader, evidence))
        elif evidence.day_first or evidence.month_first:
            proved.append((reader, evidence))
        found += _contradicted(reader, evidence, stated)
        found += _swapped(reader, cells)
    return [_asked(open_columns, proved), *found] if open_columns else found


def _asked(columns: list[tuple[ColumnReader, Evidence]], proved: list[tuple[ColumnReader, Evidence]]) -> Finding:
    listed = "; ".join(f"“{reader.heading}”: {_counts(evidence)}" for reader, evidence in columns)
    others = ", ".join(f"“{reader.heading}” ({_proof(evidence)})" for reader, evidence in proved)
    mixed = any(evidence.day_first and evidence.month_first for _, evidence in columns)
    one = len(columns) == 1
    return finding(
        "date-order-unproved",
        f"In {count(len(columns), 'column')} the dates can be read day first or month first, and "
        f"{'the column does not prove' if one else 'none of the columns proves'} which: {listed}."
        + (f" Other columns of the log do: {others}." if others else ""),
        "Say which it is in the mapping: “dates: day-first” (31/12/2024) or “dates: month-first” (12/31/2024), on a "
        "line of its own for the whole log, or among what is said of one column. “policylang map LOG --out "
        "mapping.yaml” writes a mapping to put it in." + (f" {_MIXED}" if mixed else ""),
        place=columns[0][0].place(),
    )


def _contradicted(reader: ColumnReader, evidence: Evidence, stated: Order | None) -> list[Finding]:
    if stated not in (Order.DAY_FIRST, Order.MONTH_FIRST):
        return []
    backing, against = evidence.day_first, evidence.month_first
    if stated is Order.MONTH_FIRST:
        backing, against = against, backing
    # A few that do not fit are slips; where most do not, the dates that fit either way are probably wrong too.
    if against <= backing:
        return []
    return [
        finding(
            "date-order-contradicted",
            f"The mapping says that the dates under “{reader.heading}” are {stated}, but their figures say the "
            f"opposite: {_counts(evidence)}.",
            f"Look at the column, and change “dates:” in the mapping, or the cells. {_MIXED}",
            place=reader.place(),
        )
    ]


def _counted(contents: Sequence[Content]) -> dict[Cell, int]:
    # How often each cell recurs: a column of a hundred thousand dates has some thousand different ones.
    cells: dict[Cell, int] = {}
    for content, times in Counter(contents).items():
        cell = text_cell(content) if isinstance(content, str) else content
        if cell is not None:
            cells[cell] = cells.get(cell, 0) + times
    return cells


def _swapped(reader: ColumnReader, cells: dict[Cell, int]) -> list[Finding]:
    if reader.column.trust_real_dates:
        return []
    dates = [(cell.value, n) for cell, n in cells.items() if cell.kind is Kind.DATE and isinstance(cell.value, date)]
    parts = [(found, n) for cell, n in cells.items() if cell.kind is Kind.TEXT and (found := figures(cell.text))]
    real, texts = sum(n for _, n in dates), sum(n for _, n in parts)
    if (
        real < _SWAPPED_REAL
        or texts < _SWAPPED_TEXT
        or any(day.day > 12 for day, _ in dates)
        or any(first <= 12 for (first, _, _), _ in parts)
    ):
        return []
    return [
        finding(
            "dates-swapped-on-import",
            f"Under “{reader.heading}” all {real} real dates fall on the 1st to the 12th of a month and all "
            f"{texts} dates kept as text fall after the 12th: a computer set to American dates has probably "
            "swapped day and month in the real ones.",
            "Export the log again with dates as 2024-12-31. If you have checked that the real dates are right, put "
            f"“real-dates: as-shown” under “{reader.column.fact}” in the mapping.",
            place=reader.place(),
        )
    ]


def _counts(evidence: Evidence) -> str:
    said = [
        f"{evidence.day_first} can only be day first",
        f"{evidence.month_first} can only be month first",
        f"{evidence.either} can be either",
    ]
    if evidence.same:
        said.append(f"{evidence.same} come to the same day both ways")
    if evidence.year_first:
        said.append("and the first figure may even be the year")
    return ", ".join(said)


def _proof(evidence: Evidence) -> str:
    if evidence.day_first:
        return f"{evidence.day_first} can only be day first"
    return f"{evidence.month_first} can only be month first"
