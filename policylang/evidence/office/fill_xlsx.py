"""A landlord's own workbook filled: cells found by heading and number, everything else byte for byte as it was."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from policylang.casebook.archive import Archive
from policylang.evidence.office.cells import set_text
from policylang.evidence.office.parts import Node, Parts
from policylang.evidence.office.template import Filled, Slot, assignments

if TYPE_CHECKING:
    from openpyxl.cell.cell import Cell
    from openpyxl.worksheet.worksheet import Worksheet


def fill_workbook(path: Path, texts: Mapping[str, Mapping[str, str]]) -> Filled:
    """The workbook with each provision's texts (by kind of column) in it. Raises :class:`Problem` where it cannot."""
    from openpyxl import load_workbook

    Archive(path, path.name).close()
    data = path.read_bytes()
    parts, book, filled = Parts(data, path.name), load_workbook(io.BytesIO(data)), Filled()
    places = parts.sheets()
    trees: dict[str, Node] = {}
    rows = (row for sheet in book.worksheets if sheet.title in places for row in _rows(sheet))
    for slot, text in assignments(rows, texts, filled, path.name):
        name, _, address = slot.where.rpartition("!")
        tree = trees.setdefault(name, parts.xml(places[name]) if name not in trees else trees[name])
        set_text(tree, address, text)
    for name, tree in trees.items():
        parts.put(places[name], tree)
    filled.data = parts.whole()
    return filled


def _rows(sheet: Worksheet) -> Iterator[list[Slot | None]]:
    """The cells of each row. One merged over several rows is barred, and so is a locked one of a protected sheet."""
    tall = {
        (r, c)
        for area in sheet.merged_cells.ranges
        if area.max_row > area.min_row
        for r in range(area.min_row, area.max_row + 1)
        for c in range(area.min_col, area.max_col + 1)
    }
    hidden = {
        (r, c)
        for area in sheet.merged_cells.ranges
        for r in range(area.min_row, area.max_row + 1)
        for c in range(area.min_col, area.max_col + 1)
        if (r, c) != (area.min_row, area.min_col)
    }
    for row in sheet.iter_rows():
        slots: list[Slot | None] = []
        for cell in row:
            place = (cell.row or 0, cell.column or 0)
            barred = "merged" if place in tall | hidden else ""
            if not barred and sheet.protection.sheet and cell.protection is not None and cell.protection.locked:
                barred = "protected"
            slots.append(Slot(_text(cell), f"{sheet.title}!{cell.coordinate}", barred))  # type: ignore[arg-type]
        yield slots


def _text(cell: Cell) -> str:
    """The text of a cell as Excel shows it: 5.1 with two decimals is provision 5.10."""
    value = cell.value
    if isinstance(value, float) and cell.number_format == "0.00":
        return f"{value:.2f}"
    return "" if value is None else str(value)
