"""The cells of a worksheet of a form as its reader sees them, and why one cannot be filled.

Only cells that are there are looked at, and only as far as forms go: what a file says of its own size is not believed,
and one stray cell at the far end of a sheet costs nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from policylang.evidence.office.cells import letters, number_of
from policylang.evidence.office.opened import unreadable
from policylang.evidence.office.parts import MAIN, Node, Parts
from policylang.evidence.office.template import Slot

ROWS = 20_000
COLUMNS = 60
"""Rows with something in them, and columns, beyond which no form is looked for."""
_MERGES = 2_000
_PART = 30_000_000  # bytes of a sheet's XML; beyond that it holds data, and is no form
_ADDRESS = re.compile(r"([A-Z]{1,3})([1-9][0-9]{0,6})")
_AREA = re.compile(r"([A-Z]{1,3})([1-9][0-9]{0,6}):([A-Z]{1,3})([1-9][0-9]{0,6})")
_TWO_PLACES = 2  # the number of Excel's own format 0.00


@dataclass(slots=True)
class Styles:
    """What the cell styles of a workbook come to here: which show two decimals, and which are unlocked."""

    two_places: set[int] = field(default_factory=set)
    unlocked: set[int] = field(default_factory=set)

    @classmethod
    def of(cls, parts: Parts) -> Styles:
        """Those of a workbook; it may have none."""
        found = cls()
        if "xl/styles.xml" not in parts:
            return found
        tree = parts.xml("xl/styles.xml")
        custom = {one.get("numFmtId") for one in tree.iter(_tag("numFmt")) if one.get("formatCode") == "0.00"}
        formats = tree.find(_tag("cellXfs"))
        for n, style in enumerate(formats if formats is not None else ()):
            if style.get("numFmtId") in {str(_TWO_PLACES), *custom}:
                found.two_places.add(n)
            protection = style.find(_tag("protection"))
            if protection is not None and protection.get("locked") in ("0", "false"):
                found.unlocked.add(n)
        return found


def shared_texts(parts: Parts) -> list[str]:
    """The texts that cells share, without the readings that some languages print above them."""
    name = next((part for kind, part in parts.relations("xl/workbook.xml").values() if kind == "sharedStrings"), "")
    if name not in parts:
        return []
    if parts.size(name) > _PART:
        raise unreadable(parts.file, "It has more text in it than any form.")
    return [_text(one) for one in parts.xml(name).iter(_tag("si"))]


def rows_of(parts: Parts, name: str, part: str, shared: list[str], styles: Styles) -> Iterator[list[Slot | None]]:
    """The cells of each row of a sheet, by their column. Raises :class:`Problem` where an address is none."""
    if parts.size(part) > _PART:
        return
    sheet = parts.xml(part)
    guard = _Guard(parts.file, sheet, styles)
    number = looked_at = 0
    for row in sheet.iter(_tag("row")):  # none in a part that is no sheet
        number = _whole(parts.file, row.get("r"), number + 1)
        there = dict(_cells(parts.file, row, number))
        if not there:
            continue
        looked_at += 1
        if looked_at > ROWS:
            return
        slots: list[Slot | None] = []
        merges = guard.merges_at(number)
        for column in range(1, guard.width + 1):
            cell = there.get(column)
            text = "" if cell is None else _shown(cell, shared, styles)
            barred = guard.barred(row, cell, number, column, merges)
            slots.append(Slot(text, f"{name}!{letters(column)}{number}", barred))
        yield slots


class _Guard:
    """Which cells of a sheet cannot be filled."""

    def __init__(self, file: str, sheet: Node, styles: Styles) -> None:
        self._styles = styles
        areas = [_AREA.fullmatch(str(one.get("ref"))) for one in sheet.iter(_tag("mergeCell"))]
        if len(areas) > _MERGES:
            raise unreadable(file, "It has more merged cells than any form.")
        corners = [(area[1], int(area[2]), area[3], int(area[4])) for area in areas if area]
        self._merges = [(number_of(a), top, number_of(b), bottom) for a, top, b, bottom in corners]
        protection = sheet.find(_tag("sheetProtection"))
        self._protected = protection is not None and protection.get("sheet") in ("1", "true")
        self._columns = {}
        for column in sheet.iter(_tag("col")):
            first, last = (_whole(file, column.get(end), 1) for end in ("min", "max"))
            style = _whole(file, column.get("style"), 0)
            self._columns.update(dict.fromkeys(range(first, min(last, COLUMNS) + 1), style))
        used = (number_of(str(one.get("r"))) for one in sheet.iter(_tag("c")) if one.get("r"))
        self.width = max((n for n in used if n <= COLUMNS), default=0) or COLUMNS

    def merges_at(self, row: int) -> list[tuple[int, int, int, int]]:
        return [area for area in self._merges if area[1] <= row <= area[3]]

    def barred(
        self, row: Node, cell: Node | None, number: int, column: int, merges: list[tuple[int, int, int, int]]
    ) -> str:
        for left, top, right, bottom in merges:
            # One merged over columns only is filled in its first cell; one over several rows belongs to no row.
            if left <= column <= right and (bottom > top or column > left):
                return "merged"
        if not self._protected:
            return ""
        told = cell.get("s", "0") if cell is not None else row.get("s") if row.get("customFormat") == "1" else None
        style = int(told) if told and told.isdecimal() else self._columns.get(column, 0) if cell is None else 0
        return "" if style in self._styles.unlocked else "protected"


def _cells(file: str, row: Node, number: int) -> Iterator[tuple[int, Node]]:
    """The cells of a row by their column; one without an address follows the one before it."""
    column = 0
    for cell in row.iter(_tag("c")):
        address = cell.get("r")
        if address is None:
            column += 1
        else:
            match = _ADDRESS.fullmatch(str(address))
            if match is None or int(match[2]) != number:
                raise unreadable(file, f"It has a cell that says it is “{str(address)[:20]}” in row {number:,}.")
            column = number_of(match[1])
        if column <= COLUMNS:
            yield column, cell


def _shown(cell: Node, shared: list[str], styles: Styles) -> str:
    """The text of a cell as Excel shows it: 5.1 with two decimals is provision 5.10. A formula without a result shows
    itself, so that it is never taken for an empty cell."""
    kind, formula = cell.get("t", "n"), cell.find(_tag("f"))
    if kind == "inlineStr":
        inside = cell.find(_tag("is"))
        return "" if inside is None else _text(inside)
    value = cell.find(_tag("v"))
    raw = (value.text or "") if value is not None else ""
    if kind == "s":
        return shared[int(raw)] if raw.isdecimal() and int(raw) < len(shared) else ""
    if not raw.strip() and formula is not None:
        return f"={formula.text or ''}"
    return _number(raw, cell.get("s", "0"), styles) if kind == "n" else raw


def _number(raw: str, style: str, styles: Styles) -> str:
    try:
        number = float(raw)
    except ValueError:
        return raw
    if style.isdecimal() and int(style) in styles.two_places:
        return f"{number:.2f}"
    return str(int(number)) if number.is_integer() and abs(number) < 10**15 else repr(number)


def _text(holder: Node) -> str:
    """The text of a shared or an inline string: of its runs, and not of the readings beside them."""
    own = [one for one in holder if one.tag in (_tag("t"), _tag("r"))]
    texts = (one if one.tag == _tag("t") else one.find(_tag("t")) for one in own)
    return "".join(one.text or "" for one in texts if one is not None)


def _whole(file: str, text: str | None, default: int) -> int:
    if text is None:
        return default
    if not (text.isdecimal() and len(text) <= 7):
        raise unreadable(file, f"It has “{text[:20]}” where the number of a row or a column should be.")
    return int(text)


def _tag(name: str) -> str:
    return f"{{{MAIN}}}{name}"
