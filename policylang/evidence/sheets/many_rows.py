"""Tens of thousands of rows for one sheet, written straight as XML: cell by cell through the library takes ten times as
long and keeps every cell in memory. Headings, tables, widths and rules of the sheet are the library's as everywhere.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from copy import copy
from dataclasses import dataclass
from datetime import date
from html import escape
from typing import TYPE_CHECKING

from openpyxl.utils import get_column_letter
from openpyxl.utils.datetime import to_excel

from policylang.evidence.safe_text import for_cell, looks_like_formula

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

Value = str | int | date | None
_BLOCK = 1_000  # rows


@dataclass(frozen=True, slots=True)
class ManyRows:
    """The rows to be put after those that a sheet already has; ``last`` is the number of the last, ``width`` how many
    columns the sheet has. ``blocks`` gives their XML, from the start each time it is called."""

    last: int
    width: int
    blocks: Callable[[], Iterator[bytes]]

    def dimension(self) -> bytes:
        """The area that the sheet's cells then take, as its XML names it."""
        return f"A1:{get_column_letter(self.width)}{self.last}".encode()


class Looks:
    """The numbers by which a sheet's XML calls its looks."""

    def __init__(self, sheet: Worksheet) -> None:
        self._sheet = sheet
        self._numbers: dict[tuple[str, bool], int] = {}

    def number(self, style: str, *, quoted: bool = False) -> int:
        """The number of a named look; ``quoted`` for text that must never become a formula when somebody edits it."""
        key = (style, quoted)
        if key not in self._numbers:
            book = self._sheet.parent
            assert book is not None
            probe = self._sheet.cell(1, 1)
            kept = copy(probe._style)  # type: ignore[union-attr]
            probe.style = style
            array = copy(probe._style)  # type: ignore[union-attr]
            probe._style = kept  # type: ignore[union-attr]
            array.quotePrefix = int(quoted)
            self._numbers[key] = book._cell_styles.add(array)  # type: ignore[attr-defined]
        return self._numbers[key]


def as_xml(
    looks: Looks, rows: Iterable[tuple[int, Sequence[Value]]], styles: Sequence[str], rest: str
) -> Iterator[bytes]:
    """The XML of rows, each with its number and its values; ``styles`` are the looks of the first columns, ``rest``
    that of all others. Text is text whatever it looks like."""
    letters: list[str] = []
    tails: dict[Value, str] = {}  # of the columns that look alike, where most cells say what others say
    parts: list[str] = []
    alike = len(styles)
    for count, (number, values) in enumerate(rows, start=1):
        while len(letters) < len(values):
            letters.append(f'<c r="{get_column_letter(len(letters) + 1)}')
        parts.append(f'<row r="{number}">')
        for n in range(alike):
            parts.append(f'{letters[n]}{number}"{_inside(values[n], looks, styles[n])}')
        for letter, value in zip(letters[alike:], values[alike:], strict=False):
            tail = tails.get(value)
            if tail is None:
                tail = tails[value] = _inside(value, looks, rest)
            parts.append(f'{letter}{number}"{tail}')
        parts.append("</row>")
        if count % _BLOCK == 0:
            yield "".join(parts).encode("utf-8")
            parts = []
            tails.clear()
    yield "".join(parts).encode("utf-8")


def _inside(value: Value, looks: Looks, style: str) -> str:
    if value and isinstance(value, str):
        return _text(value, looks.number(style, quoted=looks_like_formula(value)))
    number = looks.number(style)
    if value is None or value == "":
        return f' s="{number}"/>'
    return f' s="{number}" t="n"><v>{to_excel(value) if isinstance(value, date) else value}</v></c>'  # type: ignore[no-untyped-call]


def _text(value: str, number: int) -> str:
    text = escape(for_cell(value), quote=False)
    kept = ' xml:space="preserve"' if text != text.strip() or "\n" in text else ""
    return f' s="{number}" t="inlineStr"><is><t{kept}>{text}</t></is></c>'
