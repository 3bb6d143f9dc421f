"""A landlord's own Word form filled: cells found by heading and number, every other part byte for byte as it was."""

from __future__ import annotations

import io
from collections import Counter
from collections.abc import Iterator, Mapping
from copy import deepcopy
from pathlib import Path
from typing import TYPE_CHECKING

from policylang.evidence.office.opened import opened, unreadable
from policylang.evidence.office.parts import Parts
from policylang.evidence.office.template import Filled, Slot, assignments
from policylang.evidence.safe_text import legal

if TYPE_CHECKING:
    from docx.table import Table, _Cell
    from docx.text.paragraph import Paragraph

_BODY = "word/document.xml"
_PART = 30_000_000  # bytes of the text's XML
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


_WIDEST = 63  # columns of a table, as Word has them


def fill_document(path: Path, texts: Mapping[str, Mapping[str, str]]) -> Filled:
    """The document with each provision's texts (by kind of column) in it. Raises :class:`Problem` where it cannot."""
    parts, filled = opened(path), Filled()
    _check(parts)
    from docx.exceptions import PythonDocxError
    from docx.opc.exceptions import OpcError

    try:
        _fill(parts, texts, filled)
    except (PythonDocxError, OpcError, ValueError, TypeError, AttributeError, LookupError, AssertionError,
            RecursionError, NotImplementedError, OSError, SyntaxError):  # fmt: skip
        # Whatever a broken file makes the library do, to its owner it is a broken file. lxml's faults are SyntaxErrors.
        raise unreadable(path.name, "Something in it is not as Word writes it.") from None
    filled.data = parts.whole()
    return filled


def _check(parts: Parts) -> None:
    """Refuse what would make the library count without end: a text of more than 30 MB, tables wider than Word's."""
    if parts.size(_BODY) > _PART:
        raise unreadable(parts.file, "It has more text in it than any form.")
    for name in ("gridSpan", "gridBefore", "gridAfter"):
        for mark in parts.xml(_BODY).iter(f"{_W}{name}"):
            told = str(mark.get(f"{_W}val"))
            if not told.isdecimal() or int(told[:6]) > _WIDEST:
                raise unreadable(parts.file, "It has a table that is wider than any that Word makes.")


def _fill(parts: Parts, texts: Mapping[str, Mapping[str, str]], filled: Filled) -> None:
    import docx as word

    document = word.Document(io.BytesIO(parts.data))
    protected = _protected(parts)
    cells: dict[str, _Cell] = {}
    rows = (row for n, table in enumerate(document.tables, 1) for row in _rows(table, n, cells, protected))
    for slot, text in assignments(rows, texts, filled, parts.file):
        _write(cells[slot.where], text)
    parts.put(_BODY, document.element)


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
    paragraph = cell.paragraphs[0] if cell.paragraphs else cell.add_paragraph()
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
