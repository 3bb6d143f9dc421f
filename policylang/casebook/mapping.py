"""A mapping: which column of a log holds which fact, and what an empty cell of it means. Written and read as YAML."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from policylang.casebook.dates import Order


class Empty(StrEnum):
    """What an empty cell of a column means. Only a person who knows the log can say ``NOT_DONE``."""

    NOT_RECORDED = "not-recorded"
    NOT_DONE = "not-done"


@dataclass(frozen=True, slots=True)
class Column:
    """How one fact is read.

    ``heading`` is the column's heading as printed (case, punctuation and spaces do not matter); ``letter`` its letters,
    needed only where two columns have one heading. ``dates`` is the order of figures such as ``03/04/2024``;
    ``not_done`` are words that mean "not done" in this column; ``trust_real_dates`` that real dates beside text dates
    have been checked (see the rule ``dates-swapped-on-import``).
    """

    fact: str
    heading: str
    letter: str | None = None
    empty: Empty = Empty.NOT_RECORDED
    dates: Order | None = None
    not_done: tuple[str, ...] = ()
    trust_real_dates: bool = False


EVENT, DATE, STAGE = "event", "date", "stage"
"""The columns of a log of events that are no facts themselves: which event a row records, its day, and, where the log
has a column for it, its stage."""


class Layout(StrEnum):
    """What a row of a sheet is."""

    ROWS = "rows"  # a case
    EVENTS = "events"  # an event of a case


class Take(StrEnum):
    """Which row counts where a case has several of one event with different dates; only a person can say."""

    FIRST = "first"
    LAST = "last"


@dataclass(frozen=True, slots=True)
class EventWords:
    """How a log of events records one event. ``empty`` is what it means that a case has no such row."""

    fact: str
    words: tuple[str, ...]
    empty: Empty = Empty.NOT_RECORDED
    take: Take | None = None


@dataclass(frozen=True, slots=True)
class Mapping:
    """Which column holds which fact. ``file`` is where it was read from; ``lines`` the line of each key path in it.

    In a log of events ``events`` says which words stand for which fact, ``ignore_events`` which of its words are left
    out, and ``ignore_other_events`` that all others are. ``also`` are further sheets that say more of the same cases.
    """

    columns: dict[str, Column]
    sheet: str | None = None
    header_row: int | None = None
    dates: Order | None = None
    ignore: tuple[str, ...] = ()
    layout: Layout = Layout.ROWS
    events: dict[str, EventWords] = field(default_factory=dict)
    ignore_events: tuple[str, ...] = ()
    ignore_other_events: bool = False
    also: tuple[Mapping, ...] = ()
    file: str | None = None
    lines: dict[tuple[str, ...], int] = field(default_factory=dict, compare=False)

    def line(self, *path: str) -> int | None:
        """The line of a key in the mapping's file, or of the nearest key above it; ``None`` without a file."""
        while path:
            if path in self.lines:
                return self.lines[path]
            path = path[:-1]
        return None
