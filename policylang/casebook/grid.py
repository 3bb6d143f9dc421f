"""A sheet as it lies in the file, whatever the file: rows of cells with what kind of thing is written in each.

Nothing here knows what a column means. Only cells with something in them exist, so a far cell costs nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import Enum
from functools import lru_cache
from operator import attrgetter
from typing import NamedTuple, Protocol


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

    # As of any object: an enumeration's own is a call for every cell that is looked up.
    __hash__ = object.__hash__


class Cell(NamedTuple):
    """One cell: its kind, its value, and its text as a person would read it."""

    kind: Kind
    value: date | bool | float | str
    text: str


def text_cell(text: str) -> Cell | None:
    """The cell of a text, or nothing where the text is blank."""
    return Cell(Kind.TEXT, text, text) if text and not text.isspace() else None


Content = Cell | str | None
"""What stands in one place of a row: a cell or nothing; in a text file its text, which may be blank."""


def text_of(content: Content) -> str:
    """The text of what stands in one place of a row; empty where nothing does."""
    return content if isinstance(content, str) else "" if content is None else content.text


_text = attrgetter("text")


class Row(Protocol):
    """One row with something in it: its number (from 1), its cells by column (from 0), whether the sheet hides it."""

    @property
    def number(self) -> int: ...

    @property
    def cells(self) -> dict[int, Cell]: ...

    @property
    def hidden(self) -> bool: ...

    @property
    def width(self) -> int:
        """How many columns there are up to the last cell with something in it."""

    def words(self) -> Iterable[str]:
        """The texts of the row, some of which may be blank."""

    def contents(self, columns: Sequence[int]) -> list[Content]:
        """What stands in these columns. Where few of many are wanted this is quicker than ``cells``."""


class FilledRow(NamedTuple):
    """A row whose cells have been read already."""

    number: int
    cells: dict[int, Cell]
    hidden: bool

    @property
    def width(self) -> int:
        """How many columns there are up to the last cell with something in it."""
        return max(self.cells, default=-1) + 1

    def words(self) -> Iterable[str]:
        """The texts of the cells."""
        return map(_text, self.cells.values())

    def contents(self, columns: Sequence[int]) -> list[Content]:
        """The cells in these columns."""
        return list(map(self.cells.get, columns))


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
