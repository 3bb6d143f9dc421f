"""Telling the rows that are cases from those that are not: totals, repeated headings, sub-headings, notes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from policylang.casebook import limits
from policylang.casebook.dates import Order, read_date
from policylang.casebook.grid import Book, Cell, Content, Kind, Row, Sheet, text_cell, text_of
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

_MOST_KNOWN = 100_000
_LONGEST_KNOWN = 64
_TOTAL = re.compile(r"(?:(?:grand|sub|overall)[ -]?)?totals?\b|(?:average|mean|median|count)(?: |:|$)", re.IGNORECASE)
_TOTAL_ALONE = re.compile(r"(?:(?:grand|sub|overall)[ -]?)?totals?:?", re.IGNORECASE)
_NOTE = re.compile(
    r"\*|†|notes?\b|n\.?b\b|source:|key:|prepared by|produced by|exported|printed|page \d|end of", re.IGNORECASE
)
_PERIOD = re.compile(
    rf"(?:q[1-4]|quarter [1-4]|(?:{'|'.join(MONTHS)})\b)?[ ,-]*(?:(?:19|20)\d\d(?:[/-]\d\d(?:\d\d)?)?)?", re.IGNORECASE
)


class Judge:
    """Tells the cases among the rows under the headings.

    ``reference`` and ``received`` are the columns of those two facts, -1 where there is none. A row that gives a day of
    receipt is never taken for a total or a note: if it lacks its reference, that is what is said.
    """

    def __init__(self, header: Header, reference: int, received: int) -> None:
        self._header = header
        self._reference = reference
        # Where there is none, one in which no row has anything.
        self._columns = [column if column >= 0 else limits.COLUMNS for column in (reference, received)]
        self._headings = frozenset(heading.own.casefold() for heading in header.headings)
        self._no_headings: set[str] = set()
        self._dated: dict[Content, bool] = {}

    def why_not_a_case(self, row: Row) -> str | None:
        """Why a row is not a case; ``None`` for a case."""
        ref, received = row.contents(self._columns)
        dated = self._is_dated(received)
        may_repeat = self._headings_in(row.words()) >= 2
        if dated and not may_repeat and _names_a_case(ref):
            return None
        # Nearly all rows are cases, and known by now.
        cells = row.cells
        if may_repeat and _repeats(cells, self._header):
            return REPEATED_HEADING
        said = list(cells.values())
        named = cells.get(self._reference)
        labels = [named] if named else [cell for cell in said if cell.kind is Kind.TEXT]
        if not dated and any(_TOTAL.match(cell.text.strip()) for cell in labels):
            return TOTAL
        # “Total” may stand under another heading, and the number of cases under that of the reference.
        if not dated and any(cell.kind is Kind.TEXT and _TOTAL_ALONE.fullmatch(cell.text.strip()) for cell in said):
            return TOTAL
        if len(said) == 1 and not dated:
            text = " ".join(said[0].text.split())
            if said[0].kind is Kind.TEXT and (named is None or _is_note(text)):
                return NOTE
        return None if _names_a_case(named) else NO_REFERENCE

    def _is_dated(self, content: Content) -> bool:
        found = self._dated.get(content)
        if found is None:
            if len(self._dated) >= _MOST_KNOWN:
                self._dated.clear()
            cell = text_cell(content) if isinstance(content, str) else content
            found = self._dated[content] = cell is not None and _is_date(cell)
        return found

    def _headings_in(self, words: Iterable[str]) -> int:
        # How many of a row's texts are headings, of whatever column; what is not one is remembered.
        others = self._no_headings
        found = 0
        for word in [word for word in words if word not in others]:
            if word.strip().casefold() in self._headings:
                found += 1
            elif len(word) <= _LONGEST_KNOWN:
                if len(others) >= _MOST_KNOWN:
                    others.clear()
                others.add(word)
        return found


def why_not_a_case(row: Row, header: Header, reference: int, received: int) -> str | None:
    """Why one row under the headings is not a case; ``None`` for a case. For many rows, a :class:`Judge`."""
    return Judge(header, reference, received).why_not_a_case(row)


def case_rows(
    book: Book, sheet: Sheet, header: Header, reference: int, received: int
) -> Iterator[tuple[Row, str | None]]:
    """Every row under the headings, with why it is not a case, if it is not. Raises ``Problem``."""
    last = max(heading.column for heading in header.headings)
    judge = Judge(header, reference, received)
    for row in all_rows(sheet):
        if row.number <= header.row:
            continue
        why = judge.why_not_a_case(row)
        # In text, a comma too many moves every value after it under the wrong heading.
        if book.is_text and why in (None, NO_REFERENCE) and row.width > last + 1:
            why = TOO_WIDE
        yield row, why


def _is_date(cell: Cell) -> bool:
    if cell.kind in {Kind.DATE, Kind.MONTH}:
        return True
    return any(read_date(cell.text, order) for order in (Order.DAY_FIRST, Order.MONTH_FIRST))


def _names_a_case(content: Content) -> bool:
    if isinstance(content, Cell) and content.kind in {Kind.ERROR, Kind.NOT_CALCULATED}:
        return False
    return content is not None and not stands_for_nothing(text_of(content))


def _repeats(cells: dict[int, Cell], header: Header) -> bool:
    same = 0
    for heading in header.headings:
        cell = cells.get(heading.column)
        if cell is not None and cell.text.strip().casefold() == heading.own.casefold():
            same += 1
    return same >= 2 and same * 2 >= len(cells)


def _is_note(text: str) -> bool:
    # A reference is a word or two with a figure in it; a month, a team or a sentence is not one.
    if _NOTE.match(text) or (text and _PERIOD.fullmatch(text)):
        return True
    return len(text.split()) > 3 or not any(character.isdigit() for character in text)
