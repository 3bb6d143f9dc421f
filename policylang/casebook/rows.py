"""Telling the rows that are cases from those that are not: totals, repeated headings, sub-headings, notes."""

from __future__ import annotations

import re
from collections.abc import Iterator

from policylang.casebook.dates import Order, read_date
from policylang.casebook.grid import Book, Cell, Kind, Row, Sheet
from policylang.casebook.headings import Header, all_rows
from policylang.casebook.words import stands_for_nothing
from policylang.model.days import MONTHS

REPEATED_HEADING = "a repeat of the headings"
TOTAL = "a row of totals"
NOTE = "a note or sub-heading, not a case"
NO_REFERENCE = "no reference"
TOO_WIDE = "more cells than there are headings"
NO_EVENT = "no event named"
LEFT_OUT = "an event that the mapping leaves out"
READ_INTO = "read into its case, with the case's other rows"
CASE_ASIDE = "its case was set aside"
NOT_JOINED = "its case is not in the log"

_TOTAL = re.compile(r"(?:(?:grand|sub|overall)[ -]?)?totals?\b|(?:average|mean|median|count)(?: |:|$)", re.IGNORECASE)
_NOTE = re.compile(
    r"\*|†|notes?\b|n\.?b\b|source:|key:|prepared by|produced by|exported|printed|page \d|end of", re.IGNORECASE
)
_PERIOD = re.compile(
    rf"(?:q[1-4]|quarter [1-4]|(?:{'|'.join(MONTHS)})\b)?[ ,-]*(?:(?:19|20)\d\d(?:[/-]\d\d(?:\d\d)?)?)?", re.IGNORECASE
)


def why_not_a_case(row: Row, header: Header, reference: int, received: int) -> str | None:
    """Why a row under the headings is not a case; ``None`` for a case.

    ``reference`` and ``received`` are the columns of those two facts. A row that gives a day of receipt is never taken
    for a total or a note: if it lacks its reference, that is what is said.
    """
    said = list(row.cells.values())
    if _repeats(row, header):
        return REPEATED_HEADING
    ref = row.cells.get(reference)
    dated = received in row.cells and _is_date(row.cells[received])
    lead = ref or row.cells[min(row.cells)]
    labels = [lead] if ref else [cell for cell in said if cell.kind is Kind.TEXT]
    if not dated and any(_TOTAL.match(cell.text.strip()) for cell in labels):
        return TOTAL
    if len(said) == 1 and not dated:
        text = " ".join(said[0].text.split())
        if said[0].kind is Kind.TEXT and (ref is None or _is_note(text)):
            return NOTE
    if ref is None or ref.kind in {Kind.ERROR, Kind.NOT_CALCULATED} or stands_for_nothing(ref.text):
        return NO_REFERENCE
    return None


def case_rows(
    book: Book, sheet: Sheet, header: Header, reference: int, received: int
) -> Iterator[tuple[Row, str | None]]:
    """Every row under the headings, with why it is not a case, if it is not. Raises ``Problem``."""
    last = max(heading.column for heading in header.headings)
    for row in all_rows(sheet):
        if row.number <= header.row:
            continue
        why = why_not_a_case(row, header, reference, received)
        # In text, a comma too many moves every value after it under the wrong heading.
        if why in (None, NO_REFERENCE) and book.is_text and max(row.cells) > last:
            why = TOO_WIDE
        yield row, why


def _is_date(cell: Cell) -> bool:
    if cell.kind in {Kind.DATE, Kind.MONTH}:
        return True
    return any(read_date(cell.text, order) for order in (Order.DAY_FIRST, Order.MONTH_FIRST))


def _repeats(row: Row, header: Header) -> bool:
    same = 0
    for heading in header.headings:
        cell = row.cells.get(heading.column)
        if cell is not None and cell.text.strip().casefold() == heading.own.casefold():
            same += 1
    return same >= 2 and same * 2 >= len(row.cells)


def _is_note(text: str) -> bool:
    # A reference is a word or two with a figure in it; a month, a team or a sentence is not one.
    if _NOTE.match(text) or (text and _PERIOD.fullmatch(text)):
        return True
    return len(text.split()) > 3 or not any(character.isdigit() for character in text)
