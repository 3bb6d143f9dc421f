"""The case table: what a log records of each case, with the cell every fact came from.

Blank, unreadable, and "there is no such column" are different facts and stay different here; only the mapping, column
by column, may say that an empty cell means "not done".
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum


class EntryState(StrEnum):
    """What is known of one fact of one case."""

    KNOWN = "known"  # the value was read
    BLANK = "blank"  # a column exists, the cell is empty, and empty means "not recorded"
    NOT_DONE = "not-done"  # the log says it was not done (mapping: empty means not done; or a word such as "No")
    UNREADABLE = "unreadable"  # something is written that cannot be read as what the column holds
    VAGUE = "vague"  # a date known only to the month or year: ``earliest`` and ``latest`` bound it
    NO_COLUMN = "no-column"  # the log has no place for this fact


@dataclass(frozen=True, slots=True)
class CellAddress:
    """Where a value was read: printed as ``Sheet!D17``, with the heading of its column."""

    sheet: str
    row: int
    column: str
    heading: str

    def __str__(self) -> str:
        return f"{self.sheet}!{self.column}{self.row}"


@dataclass(frozen=True, slots=True)
class Entry:
    """One fact of one case: its state, its value when known, its raw text, its cell."""

    state: EntryState
    value: date | str | bool | None = None
    raw: str = ""
    cell: CellAddress | None = None
    earliest: date | None = None
    latest: date | None = None

    @property
    def date(self) -> date | None:
        """The date, when the entry is a known date."""
        return self.value if self.state is EntryState.KNOWN and isinstance(self.value, date) else None


ABSENT = Entry(EntryState.NO_COLUMN)


@dataclass(frozen=True, slots=True)
class Case:
    """One complaint: facts by name. Names are event names (``received`` … ``closed``), flags and attributes.

    ``row`` is the sheet row (1-based) of a one-row-per-case log.
    """

    reference: str
    entries: Mapping[str, Entry]
    sheet: str = ""
    row: int | None = None

    def entry(self, name: str) -> Entry:
        """The entry for a fact; ``ABSENT`` where the log has no such column."""
        return self.entries.get(name, ABSENT)

    def day(self, name: str) -> date | None:
        """The day of an event, when it is known."""
        return self.entry(name).date


@dataclass(frozen=True, slots=True)
class SetAside:
    """A row that was read and not judged, and why; ``reference`` is its case's, where it has one."""

    sheet: str
    row: int
    why: str
    reference: str = ""


@dataclass(slots=True)
class CaseBook:
    """Every case of one or more files, and the account of what was read.

    Control total: ``rows_read == len(cases) + len(set_aside)`` for a one-row-per-case log.
    """

    cases: list[Case] = field(default_factory=list)
    set_aside: list[SetAside] = field(default_factory=list)
    rows_read: int = 0
    files: list[str] = field(default_factory=list)
    digests: dict[str, str] = field(default_factory=dict)  # file -> sha256
    hidden_rows: int = 0
    columns: dict[str, str] = field(default_factory=dict)  # fact name -> column heading as printed

    @property
    def reconciles(self) -> bool:
        """Whether every row read is judged or set aside with a reason."""
        return self.rows_read == len(self.cases) + len(self.set_aside)
