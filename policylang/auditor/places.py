"""Where the facts of a case stand in its log, as outcomes cite them."""

from __future__ import annotations

from policylang.auditor.outcome import Place
from policylang.casebook.cases import Case, Entry, EntryState
from policylang.casebook.record import facts
from policylang.casebook.row_entries import RowEntries

ROW = "\ue000"
"""What stands for the number of a row in a pattern: a character of no meaning, which no log has any use for."""


class CasePlace(Place):
    """A case of a log. ``not_done`` are the facts of which nothing said is read as "not done"."""

    __slots__ = ("case", "layout", "not_done", "row")

    def __init__(self, case: Case, not_done: frozenset[str]) -> None:
        super().__init__(case.reference)
        self.case, self.not_done = case, not_done
        entries = case.entries
        self.layout = entries.layout if isinstance(entries, RowEntries) else None
        self.row = str(entries.row) if isinstance(entries, RowEntries) else ""

    def filled(self, text: str) -> str:
        """A text with the row of the case where it has :data:`ROW`."""
        return text.replace(ROW, self.row) if self.layout is not None else text

    def cells(self, names: tuple[str, ...]) -> tuple[str, ...]:
        """The addresses of several facts, each once."""
        return tuple(dict.fromkeys(map(self.cell, names)))

    def pattern(self, names: tuple[str, ...]) -> str:
        """The addresses of several facts, each once, with :data:`ROW` for the row; for a case that has a layout, and
        good for every other with the same one."""
        return "; ".join(dict.fromkeys(map(AnyRow(self.case, self.not_done).cell, names)))

    def cell(self, name: str) -> str:
        """The address of a fact: ``Cases!D17``; where the log has no such column, the heading that would have held
        it."""
        entry = self.case.entry(name)
        if entry.within is not None:
            return f"{entry.within.sheet}!{entry.within.column}{self._row_of(entry)}"
        label = facts()[name].label
        return f"no column: {label}" if entry.state is EntryState.NO_COLUMN and name not in self.not_done else label

    def _row_of(self, entry: Entry) -> str:
        return str(entry.row)


class AnyRow(CasePlace):
    """A case as any other whose facts stand in the same columns: its addresses have :data:`ROW` for the row."""

    __slots__ = ()

    def _row_of(self, entry: Entry) -> str:
        return ROW
