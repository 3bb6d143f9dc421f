"""Turning the cells of one column into entries, and noting what could not be read.

The order of figures in a column of dates is settled beforehand (``date_columns.py``).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from policylang.casebook.answers import read_answer
from policylang.casebook.cases import CellAddress, Entry, EntryState
from policylang.casebook.dates import EARLIEST, LATEST, Order, read_date
from policylang.casebook.grid import Cell, Kind
from policylang.casebook.mapping import DATE, Column, Empty
from policylang.casebook.record import facts
from policylang.casebook.rules import finding
from policylang.casebook.words import same_word, shown, shows_error, stands_for_nothing
from policylang.findings.finding import Finding, Place
from policylang.findings.words import count

_MOST_CELLS = 12
_MOST_WORDS = 6


@dataclass(slots=True)
class ColumnReader:
    """Reads the cells of one column as entries. ``remarks`` gathers what could not be read, by rule."""

    column: Column
    sheet: str
    letter: str
    file: str
    heading: str
    order: Order | None = None
    remarks: dict[str, list[tuple[CellAddress, str]]] = field(default_factory=dict)
    kind: str = field(init=False)

    def __post_init__(self) -> None:
        known = facts().get(self.column.fact)
        # The date of a log of events is the day of whatever its row records; the event itself is a word.
        self.kind = known.kind if known else "event" if self.column.fact == DATE else "attribute"

    def place(self) -> Place:
        """The whole column, as a place."""
        return Place(file=self.file, heading=self.heading, sheet=self.sheet, cell=f"{self.letter}:{self.letter}")

    def read(self, cell: Cell | None, row: int) -> Entry:
        """The entry of one cell of this column."""
        where = CellAddress(self.sheet, row, self.letter, self.heading)
        if cell is None:
            if self.column.empty is Empty.NOT_DONE:
                return Entry(EntryState.NOT_DONE, cell=where)
            return Entry(EntryState.BLANK, cell=where)
        if cell.kind is Kind.ERROR or (cell.text.startswith("#") and shows_error(cell.text)):
            return self._unreadable("cell-holds-error", cell, where)
        if cell.kind is Kind.NOT_CALCULATED:
            return self._unreadable("formula-not-calculated", cell, where)
        if self.column.not_done and any(same_word(cell.text, word) for word in self.column.not_done):
            return Entry(EntryState.NOT_DONE, raw=cell.text, cell=where)
        if self.kind == "event":
            return self._event(cell, where)
        return self._flag(cell, where) if self.kind == "flag" else self._attribute(cell, where)

    def _event(self, cell: Cell, where: CellAddress) -> Entry:
        if cell.kind is Kind.DATE and isinstance(cell.value, date):
            return self._days(cell, where, cell.value, cell.value)
        if cell.kind is Kind.BAD_DATE:
            return self._unreadable("date-absurd", cell, where)
        text = cell.text
        if cell.kind is Kind.MONTH and isinstance(cell.value, date):
            text = cell.value.isoformat()[:7]
        elif len(text) == 5 and text.isdecimal() and 20_000 <= int(text) <= 80_000:
            # How a workbook stores the days from 1954 to 2119; what was meant shows only once it is formatted.
            return self._unreadable("date-is-bare-number", cell, where)
        elif cell.kind in {Kind.YES_NO, Kind.TIME}:
            return self._unreadable("date-not-readable", cell, where)
        span = read_date(text, self.order)
        if span is None:
            return self._unreadable("date-not-readable", cell, where)
        return self._days(cell, where, span.first, span.last)

    def _days(self, cell: Cell, where: CellAddress, first: date, last: date) -> Entry:
        if first < EARLIEST or last > LATEST:
            return self._unreadable("date-absurd", cell, where)
        if first == last:
            return Entry(EntryState.KNOWN, first, cell.text, where)
        self.remarks.setdefault("date-vague", []).append((where, cell.text))
        return Entry(EntryState.VAGUE, raw=cell.text, cell=where, earliest=first, latest=last)

    def _flag(self, cell: Cell, where: CellAddress) -> Entry:
        answer = read_answer(cell)
        if answer is None:
            return self._unreadable("answer-not-readable", cell, where)
        return Entry(EntryState.KNOWN, answer, cell.text, where)

    def _attribute(self, cell: Cell, where: CellAddress) -> Entry:
        if stands_for_nothing(cell.text):
            # Two cases handled by "TBC" were not handled by one person.
            return self._unreadable("entry-stands-for-nothing", cell, where)
        return Entry(EntryState.KNOWN, " ".join(cell.text.split()), cell.text, where)

    def _unreadable(self, rule: str, cell: Cell, where: CellAddress) -> Entry:
        self.remarks.setdefault(rule, []).append((where, cell.text))
        return Entry(EntryState.UNREADABLE, raw=cell.text, cell=where)

    def findings(self) -> list[Finding]:
        """One finding for each rule that cells of this column met, with their addresses."""
        return [self._remark(rule, cells) for rule, cells in self.remarks.items()]

    def _remark(self, rule: str, cells: list[tuple[CellAddress, str]]) -> Finding:
        what, advice = _SAID[rule]
        number = len(cells)
        addresses = [f"{where.column}{where.row}" for where, _ in cells]
        more = f" and {number - _MOST_CELLS} more" if number > _MOST_CELLS else ""
        return finding(
            rule,
            f"{count(number, 'cell')} under “{self.heading}” {what[0] if number == 1 else what[1]}"
            f"{_examples(text for _, text in cells)}.",
            advice.format(fact=self.column.fact),
            place=Place(file=self.file, heading=self.heading, sheet=self.sheet, row=cells[0][0].row, cell=addresses[0]),
            found=f"cells {', '.join(addresses[:_MOST_CELLS])}{more}" if number > 1 else None,
        )


def _examples(texts: Iterable[str]) -> str:
    # What may be repeated, with how often; the rest is only counted, as it may say something about a person.
    counted = Counter(shown(text) for text in texts)
    other = counted.pop(None, 0)
    said = [
        f"{text} ({times})" if times > 1 else str(text)
        for text, times in counted.most_common(_MOST_WORDS)
        if text != "“”"
    ]
    left = sum(counted.values()) - sum(times for _, times in counted.most_common(_MOST_WORDS))
    other += left
    if not said:
        return ""
    return ": " + ", ".join(said) + (f", and {other} of other text" if other else "")


_SAID = {
    "date-not-readable": (
        ("holds something that cannot be read as a date", "hold something that cannot be read as a date"),
        "Put the date in, or leave the cell empty. If a word there means “not done”, list it in the mapping under "
        "“{fact}” as “not-done-words: […]”. Until then nothing that rests on these cells is decided.",
    ),
    "date-absurd": (
        ("holds a date before 1980 or after 2099", "hold dates before 1980 or after 2099"),
        "Correct the year. A date in January 1900 is usually an empty cell that a formula has turned into a date.",
    ),
    "date-vague": (
        ("gives a month, week or year instead of a day", "give a month, week or year instead of a day"),
        "Put the day in if it is known. A duty is decided only where every day of that time leads to the same outcome.",
    ),
    "date-is-bare-number": (
        ("holds a bare number where a date belongs", "hold bare numbers where dates belong"),
        "In Excel, format the column as a date and look whether the dates are right; then save and run this again.",
    ),
    "answer-not-readable": (
        ("says neither Yes nor No", "say neither Yes nor No"),
        "Put Yes or No, or leave the cell empty. If a word there means “no”, list it in the mapping under “{fact}” as "
        "“not-done-words: […]”.",
    ),
    "entry-stands-for-nothing": (
        ("only says that nothing is known", "only say that nothing is known"),
        "Nothing needs to be done; the cell is taken as unknown, and is never compared with another.",
    ),
    "cell-holds-error": (
        ("shows a formula's error", "show a formula's error"),
        "Repair the formula in the log, or type in the date or answer it should show.",
    ),
    "formula-not-calculated": (
        ("holds a formula whose result was never stored", "hold formulas whose results were never stored"),
        "Open the workbook in Excel, save it and run this again: Excel calculates and stores the results.",
    ),
}  # fmt: skip
