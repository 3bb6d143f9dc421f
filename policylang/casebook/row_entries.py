"""The entries of one row of a log, each made when somebody asks for it.

A log of a million rows has tens of millions of entries, and few different ones: what a column's like cells share is
kept once, and of a row only which of these it has.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TypeVar, overload

from policylang.casebook.entry import ABSENT, Entry

_Other = TypeVar("_Other")


class Layout(dict[str, int]):
    """Where each fact stands among the entries of a row; one for all rows of a sheet that were read in one way, and
    told from others by which it is, whatever it holds."""

    __hash__ = object.__hash__  # type: ignore[assignment]

    def __eq__(self, other: object) -> bool:
        return self is other


class RowEntries(Mapping[str, Entry]):
    """The entries of one row by the names of their facts.

    ``at`` says where each stands among ``shared``, and is one for all rows; these are entries of whatever row.
    """

    __slots__ = ("_at", "_row", "_shared")

    def __init__(self, at: Layout, shared: tuple[Entry, ...], row: int) -> None:
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

    @property
    def layout(self) -> Layout:
        """Where each fact stands."""
        return self._at

    @property
    def row(self) -> int:
        """The row of the sheet."""
        return self._row

    def unplaced(self, name: str) -> Entry:
        """What the entry of a fact says, whatever its row; ``ABSENT`` where the log has no column for it."""
        at = self._at.get(name)
        return ABSENT if at is None else self._shared[at]

    def all_unplaced(self) -> dict[str, Entry]:
        """What the entry of every fact says, whatever its row."""
        return dict(zip(self._at, self._shared, strict=True))

    def __contains__(self, name: object) -> bool:
        return name in self._at

    def __iter__(self) -> Iterator[str]:
        return iter(self._at)

    def __len__(self) -> int:
        return len(self._at)

    def __repr__(self) -> str:
        return f"RowEntries({dict(self)!r})"
