"""Where the facts of a case stand in its log, as outcomes cite them."""

from __future__ import annotations

from policylang.auditor.outcome import Place
from policylang.casebook.cases import Case, EntryState
from policylang.casebook.record import facts


class CasePlace(Place):
    """A case of a log. ``not_done`` are the facts of which nothing said is read as "not done"."""

    __slots__ = ("case", "not_done")

    def __init__(self, case: Case, not_done: frozenset[str]) -> None:
        super().__init__(case.reference)
        self.case, self.not_done = case, not_done

    def cells(self, names: tuple[str, ...], known: dict[str, str] | None = None) -> tuple[str, ...]:
        """The addresses of several facts, each once; those that are ``known`` are not worked out again."""
        if known is None:
            return tuple(dict.fromkeys(map(self.cell, names)))
        for name in names:
            if name not in known:
                known[name] = self.cell(name)
        return tuple(dict.fromkeys([known[name] for name in names]))

    def cell(self, name: str) -> str:
        """The address of a fact: ``Cases!D17``; where the log has no such column, the heading that would have held
        it."""
        entry = self.case.entry(name)
        if entry.within is not None:
            return f"{entry.within.sheet}!{entry.within.column}{entry.row}"
        label = facts()[name].label
        return f"no column: {label}" if entry.state is EntryState.NO_COLUMN and name not in self.not_done else label
