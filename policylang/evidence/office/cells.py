"""Text put into cells of a worksheet's XML, every other cell left as it is."""

from __future__ import annotations

import re

from policylang.evidence.office.parts import MAIN, Node
from policylang.evidence.safe_text import for_cell

_SPACE = "{http://www.w3.org/XML/1998/namespace}space"


def set_text(sheet: Node, address: str, text: str) -> None:
    """Text, never a formula, in a cell that keeps its looks. The cell's row must be there."""
    cell = _cell(sheet, address)
    for child in list(cell):
        cell.remove(child)
    for name in ("t", "cm", "vm"):
        cell.attrib.pop(name, None)
    cell.set("t", "inlineStr")
    cell.append(inline(cell, text))


def inline(near: Node, text: str, *, bold: bool = False) -> Node:
    """Text as it stands inside a cell."""
    inside = near.makeelement(f"{{{MAIN}}}is", {}, None)
    holder = inside
    if bold:
        holder = near.makeelement(f"{{{MAIN}}}r", {}, None)
        looks = near.makeelement(f"{{{MAIN}}}rPr", {}, None)
        looks.append(near.makeelement(f"{{{MAIN}}}b", {}, None))
        holder.append(looks)
        inside.append(holder)
    words = near.makeelement(f"{{{MAIN}}}t", {_SPACE: "preserve"}, None)
    words.text = for_cell(text)
    holder.append(words)
    return inside


def _cell(sheet: Node, address: str) -> Node:
    row = _row(sheet, int(re.sub(r"\D", "", address)))
    place, there = number_of(address), 0
    for n, cell in enumerate(row):
        # A cell without an address follows the one before it.
        there = number_of(cell.get("r")) if cell.get("r") else there + 1
        if there == place:
            return cell
        if there > place:
            made = row.makeelement(f"{{{MAIN}}}c", {"r": address}, None)
            row.insert(n, made)
            return made
    made = row.makeelement(f"{{{MAIN}}}c", {"r": address}, None)
    row.append(made)
    return made


def _row(sheet: Node, number: int) -> Node:
    """A row by its number; one that has none follows the one before it."""
    there = 0
    for row in sheet.iter(f"{{{MAIN}}}row"):
        there = int(row.get("r")) if row.get("r") else there + 1
        if there == number:
            return row
    raise ValueError(f"there is no row {number}")


def number_of(address: str) -> int:
    """The number of the column of an address: 27 for ``AA4``."""
    n = 0
    for letter in re.sub(r"[^A-Z]", "", address.upper()):
        n = n * 26 + ord(letter) - 64
    return n


def letters(column: int) -> str:
    """The letters of a column: ``AA`` for 27."""
    name = ""
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(65 + rest) + name
    return name
