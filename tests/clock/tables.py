"""Tables of Markdown pages, as test data: under each heading, the rows of its table by the names of their columns."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

import pytest

FOLDER = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Row:
    """One row: the cells by column, and where it stands (for the name of the test)."""

    cells: dict[str, str]
    line: int

    def __getitem__(self, column: str) -> str:
        return self.cells[column]


def rows(page: str, heading: str) -> list[Row]:
    """The rows of the table under ``heading``. Raises ``ValueError`` if the page has no such table."""
    found: list[Row] = []
    under, columns = False, list[str]()
    for number, line in enumerate((FOLDER / page).read_text(encoding="utf-8").splitlines(), 1):
        if line.startswith("#"):
            under = line.lstrip("# ") == heading
        elif under and line.startswith("|"):
            cells = [cell.strip() for cell in line.strip().strip("|").split("|")]
            if not columns:
                columns = cells
            elif not re.fullmatch(r"[-:| ]+", line):
                found.append(Row(dict(zip(columns, cells, strict=True)), number))
    if not found:
        raise ValueError(f"{page} has no table under “{heading}”.")
    return found


def each(page: str, heading: str) -> pytest.MarkDecorator:
    """Run the decorated test once for each row of the table, as its argument ``row``."""
    found = rows(page, heading)
    return pytest.mark.parametrize("row", found, ids=[f"line {row.line}" for row in found])
