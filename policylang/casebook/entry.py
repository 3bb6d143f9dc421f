"""One fact of one case: what is known of it, and the cell that it came from.

Blank, unreadable, and "there is no such column" are different facts and stay different here; only the mapping, column
by column, may say that an empty cell means "not done".
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from enum import StrEnum
from functools import partial
from typing import NamedTuple


class EntryState(StrEnum):
    """What is known of one fact of one case."""

    KNOWN = "known"  # the value was read
    BLANK = "blank"  # a column exists, the cell is empty, and empty means "not recorded"
    NOT_DONE = "not-done"  # the log says it was not done (mapping: empty means not done; or a word such as "No")
    UNREADABLE = "unreadable"  # something is written that cannot be read as what the column holds
    VAGUE = "vague"  # a date known only to the month or year: ``earliest`` and ``latest`` bound it
    NO_COLUMN = "no-column"  # the log has no place for this fact


class CellAddress(NamedTuple):
    """Where a value was read: printed as ``Sheet!D17``, with the heading of its column."""

    sheet: str
    row: int
    column: str
    heading: str

    def __str__(self) -> str:
        return f"{self.sheet}!{self.column}{self.row}"


class ColumnAddress(NamedTuple):
    """The column of a sheet by its letters, with its heading: what the addresses of its cells share."""

    sheet: str
    column: str
    heading: str


class EntryParts(NamedTuple):
    """What an entry is made of. A log has millions of entries, so all but the row is shared by cells that are alike."""

    state: EntryState
    value: date | str | bool | None
    raw: str
    earliest: date | None
    latest: date | None
    within: ColumnAddress | None
    row: int


class Entry(EntryParts):
    """One fact of one case: its state, its value when known, its raw text, its cell.

    ``earliest`` and ``latest`` are the days that a vague date can be.
    """

    __slots__ = ()

    def __new__(
        cls,
        state: EntryState,
        value: date | str | bool | None = None,
        raw: str = "",
        cell: CellAddress | None = None,
        earliest: date | None = None,
        latest: date | None = None,
    ) -> Entry:
        """An entry from its parts; ``cell`` is where it was read."""
        within = None if cell is None else ColumnAddress(cell.sheet, cell.column, cell.heading)
        return super().__new__(cls, state, value, raw, earliest, latest, within, 0 if cell is None else cell.row)

    def __reduce__(self) -> tuple[type[Entry], tuple[object, ...]]:
        return Entry, (self.state, self.value, self.raw, self.cell, self.earliest, self.latest)

    @property
    def cell(self) -> CellAddress | None:
        """Where the entry was read."""
        if self.within is None:
            return None
        sheet, column, heading = self.within
        return CellAddress(sheet, self.row, column, heading)

    def with_value(self, value: date | str | bool, raw: str | None = None) -> Entry:
        """The same entry with another value, and another raw text where one is given."""
        return self._replace(value=value, raw=self.raw if raw is None else raw)

    def nowhere(self) -> Entry:
        """The same entry without its raw text and its cell."""
        return self._replace(raw="", within=None, row=0)

    def in_row(self, row: int) -> Entry:
        """What another row of the same column has that says the same."""
        return made_of(self[:-1] + (row,))  # noqa: RUF005 - unpacking takes twice the time

    @property
    def date(self) -> date | None:
        """The date, when the entry is a known date."""
        return self.value if self.state is EntryState.KNOWN and isinstance(self.value, date) else None


made_of: Callable[[tuple[object, ...]], Entry] = partial(tuple.__new__, Entry)
"""An entry from its :class:`EntryParts` as they are, without a look at them: there are millions."""

ABSENT = Entry(EntryState.NO_COLUMN)
