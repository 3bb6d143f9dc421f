"""What a paper is made of. A block says what it is; how it looks is for whoever writes it (Word, HTML)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from policylang.evidence.pictures.svg import Picture


class Tone(StrEnum):
    """How a cell is set apart; the words say the same, so that nothing is told by colour alone."""

    PLAIN = "plain"
    YES = "yes"
    NO = "no"
    OPEN = "open"  # left for a person, hatched or in brackets
    HEAD = "head"


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of a table; ``text`` may hold line ends."""

    text: str
    tone: Tone = Tone.PLAIN


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of level 1 to 3; the title of the paper is none of them."""

    text: str
    level: int = 1


@dataclass(frozen=True, slots=True)
class Para:
    """A paragraph; ``quiet`` ones are notes."""

    text: str
    quiet: bool = False


@dataclass(frozen=True, slots=True)
class Items:
    """A list, numbered or not."""

    items: tuple[str, ...]
    numbered: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A table with one row of headings, repeated on every page, and a caption. ``widths`` are shares of the width.

    The first cell of each row heads it. A row of one cell is a heading within the table.
    """

    headings: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    caption: str
    widths: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Blank:
    """What a person has to write, as a marked blank with the question."""

    question: str


@dataclass(frozen=True, slots=True)
class Drawing:
    """A picture. Where none can stand (Word does not show SVG everywhere) its data stand as a table."""

    picture: Picture


Block = Heading | Para | Items | Table | Blank | Drawing


@dataclass(frozen=True, slots=True)
class Paper:
    """A whole paper: its title, a line below it, and its blocks. ``wide`` papers are set in landscape."""

    title: str
    lede: str
    blocks: tuple[Block, ...]
    footer: str = ""
    wide: bool = False


def cells(texts: Sequence[str]) -> tuple[Cell, ...]:
    """Plain cells."""
    return tuple(Cell(text) for text in texts)


TO_WRITE = "To be written"
