"""Turning the cells of one column into entries, and noting what could not be read.

A column of dates is settled as a whole first: which figure is the day, and whether its real dates can be believed.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from policylang.casebook.answers import read_answer
from policylang.casebook.cases import CellAddress, Entry, EntryState
from policylang.casebook.dates import EARLIEST, LATEST, Evidence, Order, figures, read_date, weigh
from policylang.casebook.grid import Cell, Kind
from policylang.casebook.mapping import Column, Empty
from policylang.casebook.record import facts
from policylang.casebook.rules import finding
from policylang.casebook.words import same_word, shown, shows_error, stands_for_nothing
from policylang.findings.finding import Finding, Place
from policylang.findings.words import count

# Real dates that are all from the first to the twelfth, beside text dates that all have a day beyond the twelfth, are
# what a computer set to American dates leaves of a British column: it turned 03/04 into 4 March and gave up on 13/04.
# By chance, five and two such cells come together in fewer than one column in two hundred.
_SWAPPED_REAL = 5
_SWAPPED_TEXT = 2
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
        self.kind = facts()[self.column.fact].kind

    def settle(self, cells: Iterable[Cell], default: Order | None) -> list[Finding]:
        """Decide the order of the column's figures from all its cells; the findings stop the reading.

        ``default`` is the order that the mapping states for the whole log.
        """
        if self.kind != "event":
            return []
        cells = list(cells)
        texts = [cell.text for cell in cells if cell.kind is Kind.TEXT]
        evidence = weigh(texts)
        stated = self.column.dates or default
        self.order = stated or evidence.order
        counts = _counts(evidence)
        if stated is None and self.order is None:
            return [self._ask(evidence, counts)]
        against = evidence.month_first if self.order is Order.DAY_FIRST else evidence.day_first
        backing = evidence.day_first if self.order is Order.DAY_FIRST else evidence.month_first
        if stated in (Order.DAY_FIRST, Order.MONTH_FIRST) and against and not backing:
            return [
                finding(
                    "date-order-contradicted",
                    f"The mapping says that the dates under “{self.heading}” are {stated}, but their figures say the "
                    f"opposite: {counts}.",
                    "Look at the column, and change “dates:” in the mapping, or the cells.",
                    place=self._place(),
                )
            ]
        swapped = self._swapped(cells)
        return [swapped] if swapped else []

    def _ask(self, evidence: Evidence, counts: str) -> Finding:
        both = evidence.day_first and evidence.month_first
        return finding(
            "date-order-unproved",
            f"The dates under “{self.heading}” can be read day first or month first, and "
            + ("their figures prove both: " if both else "nothing in the column proves which: ")
            + f"{counts}.",
            f"Say in the mapping, under “{self.column.fact}”, which it is: “dates: day-first” (31/12/2024) or "
            "“dates: month-first” (12/31/2024)."
            + (" Dates that do not fit will be treated as unreadable." if both else ""),
            place=self._place(),
        )

    def _swapped(self, cells: list[Cell]) -> Finding | None:
        if self.column.trust_real_dates:
            return None
        real = [c.value for c in cells if c.kind is Kind.DATE and isinstance(c.value, date)]
        parts = [p for c in cells if c.kind is Kind.TEXT and (p := figures(c.text))]
        if (
            len(real) < _SWAPPED_REAL
            or len(parts) < _SWAPPED_TEXT
            or any(day.day > 12 for day in real)
            or any(first <= 12 for first, _, _ in parts)
        ):
            return None
        return finding(
            "dates-swapped-on-import",
            f"Under “{self.heading}” all {len(real)} real dates fall on the 1st to the 12th of a month and all "
            f"{len(parts)} dates kept as text fall after the 12th: a computer set to American dates has probably "
            "swapped day and month in the real ones.",
            "Export the log again with dates as 2024-12-31. If you have checked that the real dates are right, put "
            f"“real-dates: as-shown” under “{self.column.fact}” in the mapping.",
            place=self._place(),
        )

    def _place(self) -> Place:
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


def _counts(evidence: Evidence) -> str:
    said = [
        f"{evidence.day_first} can only be day first",
        f"{evidence.month_first} can only be month first",
        f"{evidence.either} can be either",
    ]
    if evidence.same:
        said.append(f"{evidence.same} come to the same day both ways")
    return ", ".join(said)


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
        ("holds something that is not a date", "hold something that is not a date"),
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
