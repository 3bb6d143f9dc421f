"""The case table: what a log records of each case, with the cell every fact came from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from policylang.casebook.entry import ABSENT, CellAddress, Entry, EntryState
from policylang.casebook.row_entries import RowEntries

__all__ = ["ABSENT", "Case", "CaseBook", "CellAddress", "Entry", "EntryState", "SetAside"]


@dataclass(frozen=True, slots=True)
class Case:
    """One complaint: facts by name. Names are event names (``received`` … ``closed``), flags and attributes.

    ``row`` is the sheet row (1-based) of a one-row-per-case log. ``diary`` says that the case comes from a log of one
    row an event, in which an event has entries and no column.
    """

    reference: str
    entries: Mapping[str, Entry]
    sheet: str = ""
    row: int | None = None
    diary: bool = False

    def entry(self, name: str) -> Entry:
        """The entry for a fact; ``ABSENT`` where the log has no such column."""
        return self.entries.get(name, ABSENT)

    def unplaced(self, name: str) -> Entry:
        """The entry for a fact, perhaps without its row: takes less time, where only what it says is wanted."""
        entries = self.entries
        return entries.unplaced(name) if isinstance(entries, RowEntries) else entries.get(name, ABSENT)

    def all_unplaced(self) -> dict[str, Entry]:
        """Every entry, perhaps without its row; the caller may change the dictionary."""
        entries = self.entries
        return entries.all_unplaced() if isinstance(entries, RowEntries) else dict(entries)

    def day(self, name: str) -> date | None:
        """The day of an event, when it is known."""
        return self.unplaced(name).date


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

    Control total: ``rows_read == len(cases) + len(set_aside)`` for a one-row-per-case log. ``disagreeing`` are, as
    cases, those of the rows set aside that share a reference and do not agree: another log may have the complaint too.
    """

    cases: list[Case] = field(default_factory=list)
    set_aside: list[SetAside] = field(default_factory=list)
    rows_read: int = 0
    files: list[str] = field(default_factory=list)
    digests: dict[str, str] = field(default_factory=dict)  # file -> sha256
    hidden_rows: int = 0
    disagreeing: list[Case] = field(default_factory=list)
    columns: dict[str, str] = field(default_factory=dict)  # fact name -> column heading as printed

    @property
    def reconciles(self) -> bool:
        """Whether every row read is judged or set aside with a reason."""
        return self.rows_read == len(self.cases) + len(self.set_aside)
