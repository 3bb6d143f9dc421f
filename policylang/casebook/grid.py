"""A sheet as it lies in the file, whatever the file: rows of cells with what kind of thing is written in each.

Nothing here knows what a column means. Only cells with something in them exist, so a far cell costs nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from enum import Enum
from functools import lru_cache
from typing import NamedTuple


class Kind(Enum):
    """What kind of thing a cell holds."""

    TEXT = "text"
    NUMBER = "number"
    DATE = "date"  # a real date; any time of day is dropped from the value, and kept in the text
    MONTH = "month"  # a real date shown as a month without a day, on the first of that month
    TIME = "time"  # a time of day or a length of time, without a date
    YES_NO = "yes-no"  # TRUE or FALSE
    ERROR = "error"  # #REF! and the like
    NOT_CALCULATED = "not-calculated"  # a formula whose result was never stored in the file
    BAD_DATE = "bad-date"  # shown as a date, but outside what the workbook can hold


class Cell(NamedTuple):
    """One cell: its kind, its value, and its text as a person would read it."""

    kind: Kind
    value: date | bool | float | str
    text: str


class Row(NamedTuple):
    """One row with something in it: its number (from 1), its cells by column (from 0), whether the sheet hides it."""

    number: int
    cells: dict[int, Cell]
    hidden: bool


class Merge(NamedTuple):
    """A merged range: first and last row (from 1) and column (from 0)."""

    top: int
    bottom: int
    left: int
    right: int


@dataclass(slots=True)
class Sheet:
    """One sheet. ``rows`` reads it from the top each time it is called; reading may raise ``Problem``.

    ``merges`` and ``hidden_columns`` are complete once ``scan`` has been called. ``top`` keeps the first rows for
    whoever looks at them again.
    """

    name: str
    rows: Callable[[], Iterator[Row]]
    hidden: bool = False
    merges: list[Merge] = field(default_factory=list)
    hidden_columns: set[int] = field(default_factory=set)
    scan: Callable[[], None] = lambda: None
    top: list[Row] | None = None


@dataclass(slots=True)
class Book:
    """A workbook or text file that has been opened: its sheets, and what opening it had to note."""

    file: str
    sheets: list[Sheet]
    digest: str
    notes: list[tuple[str, str, str | None]] = field(default_factory=list)  # rule, message, help
    is_text: bool = False


@lru_cache(maxsize=1024)
def letters(column: int) -> str:
    """The letters of a column counted from 0: ``0`` is ``A``, ``27`` is ``AB``."""
    found = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        found = chr(65 + rest) + found
    return found


@lru_cache(maxsize=1024)
def column_number(name: str) -> int:
    """The column (from 0) of letters such as ``AB``; -1 for anything else."""
    number = 0
    for letter in name.upper():
        if not "A" <= letter <= "Z" or number > 20_000:
            return -1
        number = number * 26 + ord(letter) - 64
    return number - 1
