"""The entries of one row of a log, each made when somebody asks for it.

A log of a million rows has tens of millions of entries, and few different ones: what a column's like cells share is
kept once, and of a row only which of these it has.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TypeVar, overload

from policylang.casebook.entry import ABSENT, Entry

_Other = TypeVar("_Other")


class RowEntries(Mapping[str, Entry]):
    """The entries of one row by the names of their facts.

    ``at`` says where each stands among ``shared``, and is one for all rows; these are entries of whatever row.
    """

    __slots__ = ("_at", "_row", "_shared")

    def __init__(self, at: dict[str, int], shared: tuple[Entry, ...], row: int) -> None:
        self._at = at
        self._shared = shared
        self._row = row

    def __getitem__(self, name: str) -> Entry:
        return self._shared[self._at[name]].in_row(self._row)

    @overload
    def get(self, name: str, default: None = None) -> Entry | None: ...

    @overload
    def get(self, name: str, default: Entry | _Other) -> Entry | _Other: ...

    def get(self, name: str, default: Entry | _Other | None = None) -> Entry | _Other | None:
        """The entry of a fact, or the default where the log has no column for it."""
        at = self._at.get(name)
        return default if at is None else self._shared[at].in_row(self._row)

    def unplaced(self, name: str) -> Entry:
        """What the entry of a fact says, whatever its row; ``ABSENT`` where the log has no column for it."""
        at = self._at.get(name)
        return ABSENT if at is None else self._shared[at]

    def __contains__(self, name: object) -> bool:
        return name in self._at

    def __iter__(self) -> Iterator[str]:
        return iter(self._at)

    def __len__(self) -> int:
        return len(self._at)

    def __repr__(self) -> str:
        return f"RowEntries({dict(self)!r})"
