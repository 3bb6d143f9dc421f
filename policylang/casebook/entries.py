"""Turning the cells of one column into entries, and noting what could not be read.

The order of figures in a column of dates is settled beforehand (``date_columns.py``).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import zip_longest

from policylang.casebook.answers import read_answer
from policylang.casebook.approximate import deadline
from policylang.casebook.dates import EARLIEST, LATEST, Order, read_date
from policylang.casebook.entry import ColumnAddress, Entry, EntryState, made_of
from policylang.casebook.grid import Cell, Content, Kind, text_cell
from policylang.casebook.mapping import DATE, Column, Empty
from policylang.casebook.record import facts
from policylang.casebook.rules import finding
from policylang.casebook.senses import sense
from policylang.casebook.words import same_word, shown, shows_error, stands_for_nothing
from policylang.findings.finding import Finding, Place
from policylang.findings.words import count

_MOST_CELLS = 12
_MOST_WORDS = 6
_MOST_KNOWN = 100_000
_SET_DAYS = ("extended_to", "stage2_extended_to")  # days that a letter set for later


class _Known(dict[Content, Entry]):
    """What each content of a column says, read when it is first met."""

    def __init__(self, read: Callable[[Content], Entry]) -> None:
        super().__init__()
        self._read = read

    def __missing__(self, content: Content) -> Entry:
        if len(self) >= _MOST_KNOWN:
            self.clear()
        found = self[content] = self._read(content)
        return found


@dataclass(slots=True)
class ColumnReader:
    """Reads the cells of one column as entries. ``remarks`` gathers what could not be read: rows and texts, by rule.

    What recurs in a column is read once, so its order of dates (``order``) has to be settled before anything is read.
    """

    column: Column
    sheet: str
    letter: str
    file: str
    heading: str
    order: Order | None = None
    remarks: dict[str, list[tuple[int, str]]] = field(default_factory=dict)
    kind: str = field(init=False)
    _within: ColumnAddress = field(init=False)
    _known: _Known = field(init=False)
    _remarked: dict[Content, tuple[str, str]] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        known = facts().get(self.column.fact)
        # The date of a log of events is the day of whatever its row records; the event itself is a word.
        self.kind = known.kind if known else "event" if self.column.fact == DATE else "attribute"
        self._within = ColumnAddress(self.sheet, self.letter, self.heading)
        self._known = _Known(self._read)

    def place(self) -> Place:
        """The whole column, as a place."""
        return Place(file=self.file, heading=self.heading, sheet=self.sheet, cell=f"{self.letter}:{self.letter}")

    def read(self, content: Content, row: int) -> Entry:
        """The entry of one cell of this column."""
        return self.read_all([content], [row])[0].in_row(row)

    def read_all(self, contents: Sequence[Content], rows: Sequence[int]) -> list[Entry]:
        """What cells of this column say, from the top: entries but for their rows, which are given."""
        found = list(map(self._known.__getitem__, contents))
        if self._remarked:
            for content, row in zip(contents, rows, strict=True):
                if content in self._remarked:
                    rule, text = self._remarked[content]
                    self.remarks.setdefault(rule, []).append((row, text))
        return found

    def _read(self, content: Content) -> Entry:
        cell = text_cell(content) if isinstance(content, str) else content
        if cell is None:
            return self._said(EntryState.NOT_DONE if self.column.empty is Empty.NOT_DONE else EntryState.BLANK)
        found = self._read_cell(cell)
        if isinstance(found, str):
            self._remarked[content] = (found, cell.text)
            return self._said(EntryState.UNREADABLE, None, cell.text)
        if found.state is EntryState.VAGUE:
            self._remarked[content] = ("date-vague", cell.text)
        return found

    def _said(
        self,
        state: EntryState,
        value: date | str | bool | None = None,
        raw: str = "",
        earliest: date | None = None,
        latest: date | None = None,
    ) -> Entry:
        return made_of((state, value, raw, earliest, latest, self._within, 0))

    def _read_cell(self, cell: Cell) -> Entry | str:
        # What a cell with something in it says, or the rule for cells that cannot be read.
        if cell.kind is Kind.ERROR or (cell.text.startswith("#") and shows_error(cell.text)):
            return "cell-holds-error"
        if cell.kind is Kind.NOT_CALCULATED:
            return "formula-not-calculated"
        if self.column.not_done and any(same_word(cell.text, word) for word in self.column.not_done):
            return self._said(EntryState.NOT_DONE, None, cell.text)
        if self.kind == "event":
            return self._event(cell)
        return self._flag(cell) if self.kind == "flag" else self._attribute(cell)

    def _event(self, cell: Cell) -> Entry | str:
        if cell.kind is Kind.DATE and isinstance(cell.value, date):
            return self._days(cell, cell.value, cell.value)
        if cell.kind is Kind.BAD_DATE:
            return "date-absurd"
        text = cell.text
        if cell.kind is Kind.MONTH and isinstance(cell.value, date):
            text = cell.value.isoformat()[:7]
        elif len(text) == 5 and text.isdecimal() and 20_000 <= int(text) <= 80_000:
            # How a workbook stores the days from 1954 to 2119; what was meant shows only once it is formatted.
            return "date-is-bare-number"
        elif cell.kind in {Kind.YES_NO, Kind.TIME}:
            return "date-not-readable"
        span = read_date(deadline(text) if self.column.fact in _SET_DAYS else text, self.order)
        if span is None:
            return "date-not-readable"
        return self._days(cell, span.first, span.last)

    def _days(self, cell: Cell, first: date, last: date) -> Entry | str:
        if first < EARLIEST or last > LATEST:
            return "date-absurd"
        if first == last:
            return self._said(EntryState.KNOWN, first, cell.text)
        return self._said(EntryState.VAGUE, None, cell.text, first, last)

    def _flag(self, cell: Cell) -> Entry | str:
        answer = read_answer(cell)
        return "answer-not-readable" if answer is None else self._said(EntryState.KNOWN, answer, cell.text)

    def _attribute(self, cell: Cell) -> Entry | str:
        if stands_for_nothing(cell.text):
            # Two cases handled by "TBC" were not handled by one person.
            return "entry-stands-for-nothing"
        return self._said(EntryState.KNOWN, " ".join(cell.text.split()), cell.text)

    def findings(self) -> list[Finding]:
        """One finding for each rule that cells of this column met, with their addresses."""
        return [self._remark(rule, cells) for rule, cells in self.remarks.items()]

    def _remark(self, rule: str, cells: list[tuple[int, str]]) -> Finding:
        what, advice = _SAID[rule]
        number = len(cells)
        addresses = [f"{self.letter}{row}" for row, _ in cells[:_MOST_CELLS]]
        more = f" and {number - _MOST_CELLS} more" if number > _MOST_CELLS else ""
        return finding(
            rule,
            f"{count(number, 'cell')} under “{self.heading}” {what[0] if number == 1 else what[1]}"
            f"{_examples((text for _, text in cells), senses=rule == _NO_DATE)}.",
            advice.format(fact=self.column.fact),
            place=Place(file=self.file, heading=self.heading, sheet=self.sheet, row=cells[0][0], cell=addresses[0]),
            found=f"cells {', '.join(addresses)}{more}" if number > 1 else None,
        )


def _examples(texts: Iterable[str], *, senses: bool) -> str:
    # What may be repeated, with how often and what it says; the rest is only counted, as it may be about a person.
    counted = Counter(shown(text) for text in texts)
    other = counted.pop(None, 0)
    shown_most = [(text, times) for text, times in counted.most_common(_MOST_WORDS) if text and text != "“”"]
    said = [f"{text} ({times})" if times > 1 else text for text, times in shown_most]
    meant = [sense(text[1:-1]) for text, _ in shown_most] if senses else []
    said = [f"{text}, {one.told}" if one else text for text, one in zip_longest(said, meant)]
    left = sum(counted.values()) - sum(times for _, times in counted.most_common(_MOST_WORDS))
    other += left
    if not said:
        return ""
    apart = ";" if any(meant) else ","
    return ": " + f"{apart} ".join(said) + (f"{apart} and {other} of other text" if other else "")


_NO_DATE = "date-not-readable"
_SAID = {
    _NO_DATE: (
        ("holds something that cannot be read as a date", "hold something that cannot be read as a date"),
        "Put the date in, or leave the cell empty. No word there is taken for “not done”: if one means that in this "
        "column, list it in the mapping under “{fact}” as “not-done-words: […]”. Until then nothing that rests on "
        "these cells is decided.",
    ),
    "date-absurd": (
        ("holds a date before 1980 or after 2099", "hold dates before 1980 or after 2099"),
        "Correct the year. A date in January 1900 is usually an empty cell that a formula has turned into a date.",
    ),
    "date-vague": (
        ("gives a month, week, year or rough date instead of a day",
         "give a month, week, year or rough date instead of a day"),
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
        ("holds a word that stands for no entry", "hold words that stand for no entry"),
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
