"""A landlord's own Word form filled: cells found by heading and number, every other part byte for byte as it was."""

from __future__ import annotations

import io
from collections import Counter
from collections.abc import Iterator, Mapping
from copy import deepcopy
from pathlib import Path
from typing import TYPE_CHECKING

from policylang.documents.package import Package
from policylang.evidence.office.parts import Parts
from policylang.evidence.office.template import Filled, Slot, assignments
from policylang.evidence.safe_text import legal

if TYPE_CHECKING:
    from docx.table import Table, _Cell
    from docx.text.paragraph import Paragraph

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def fill_document(path: Path, texts: Mapping[str, Mapping[str, str]]) -> Filled:
    """The document with each provision's texts (by kind of column) in it. Raises :class:`Problem` where it cannot."""
    import docx as word

    Package(path, path.name).close()
    data = path.read_bytes()
    parts, filled = Parts(data, path.name), Filled()
    document = word.Document(io.BytesIO(data))
    protected = _protected(parts)
    cells: dict[str, _Cell] = {}
    rows = (row for n, table in enumerate(document.tables, 1) for row in _rows(table, n, cells, protected))
    for slot, text in assignments(rows, texts, filled, path.name):
        _write(cells[slot.where], text)
    parts.put("word/document.xml", document.element)
    filled.data = parts.whole()
    return filled


def _protected(parts: Parts) -> bool:
    """Whether Word lets nobody write into the document."""
    if "word/settings.xml" not in parts:
        return False
    marks = parts.xml("word/settings.xml").iter(f"{_W}documentProtection")
    return any(str(mark.get(f"{_W}enforcement")) in ("1", "true", "on") for mark in marks)


def _rows(table: Table, number: int, cells: dict[str, _Cell], protected: bool) -> Iterator[list[Slot | None]]:
    """The cells of each row by their column. One merged over several rows, or over several columns, is barred."""
    grid = [list(row.cells) for row in table.rows]
    times = Counter(id(cell._tc) for row in grid for cell in row)
    for r, row in enumerate(grid, start=1):
        slots: list[Slot | None] = []
        for c, cell in enumerate(row, start=1):
            where = f"table {number}!row {r}, column {c}"
            cells[where] = cell
            merged = times[id(cell._tc)] > 1
            barred = "protected" if protected else "merged" if merged else ""
            slots.append(Slot(cell.text, where, barred))
        yield slots


def _write(cell: _Cell, text: str) -> None:
    """The text in the cell's own first paragraph; further lines are paragraphs like it."""
    first, *more = legal(text).split("\n")
    paragraph = cell.paragraphs[0]
    pattern, last = deepcopy(paragraph._p), paragraph._p
    _say(paragraph, first)
    for line in more:
        new = deepcopy(pattern)
        last.addnext(new)
        last = new
        _say(next(p for p in cell.paragraphs if p._p is new), line)


def _say(paragraph: Paragraph, text: str) -> None:
    """The text in the looks that typing there would have: those of an empty run, or of the paragraph's mark."""
    if paragraph.runs:
        paragraph.runs[0].text = text
        return
    looks = paragraph._p.find(f"{_W}pPr/{_W}rPr")
    run = paragraph.add_run(text)
    if looks is not None:
        run._r.insert(0, deepcopy(looks))
