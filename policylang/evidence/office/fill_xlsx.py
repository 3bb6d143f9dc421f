"""A landlord's own workbook filled: cells found by heading and number, everything else byte for byte as it was."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from policylang.evidence.office.cells import set_text
from policylang.evidence.office.opened import opened
from policylang.evidence.office.parts import Node
from policylang.evidence.office.sheet_cells import Styles, rows_of, shared_texts
from policylang.evidence.office.template import Filled, assignments


def fill_workbook(path: Path, texts: Mapping[str, Mapping[str, str]]) -> Filled:
    """The workbook with each provision's texts (by kind of column) in it. Raises :class:`Problem` where it cannot."""
    parts, filled = opened(path), Filled()
    places, shared, styles = parts.sheets(), shared_texts(parts), Styles.of(parts)
    trees: dict[str, Node] = {}
    rows = (row for name, part in places.items() for row in rows_of(parts, name, part, shared, styles))
    for slot, text in assignments(rows, texts, filled, path.name):
        name, _, address = slot.where.rpartition("!")
        if name not in trees:
            trees[name] = parts.xml(places[name])
        set_text(trees[name], address, text)
    for name, tree in trees.items():
        parts.put(places[name], tree)
    filled.data = parts.whole()
    return filled
