"""Writing cells, tables and print settings: text that stays text, dates as dates, rows as tall as their text."""

from __future__ import annotations

from collections.abc import Sequence
from copy import copy
from datetime import date
from fractions import Fraction
from math import ceil
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

from openpyxl import Workbook
from openpyxl.styles.cell_style import StyleArray
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.filters import AutoFilter
from openpyxl.worksheet.pagebreak import Break
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.table import Table, TableColumn, TableStyleInfo

from policylang.evidence.safe_text import for_cell, looks_like_formula
from policylang.evidence.sheets.looks import HEADER, TEXT

if TYPE_CHECKING:
    from openpyxl.cell.cell import Cell, MergedCell
    from openpyxl.worksheet.worksheet import Worksheet

Value = str | int | float | date | Fraction | None

LINE = 13.2  # points that one line of 10-point text takes
TALLEST = 409.0  # points; no row of a workbook can be taller


def put(sheet: Worksheet, row: int, column: int, value: Value, style: str = TEXT) -> Cell | MergedCell:
    """Write one cell. Text is text whatever it looks like; ``None`` is an empty cell that has the style."""
    cell = sheet.cell(row, column)
    _look(cell, style)
    if isinstance(value, str):
        cell.value = for_cell(value)
        cell.data_type = "s"  # whatever it starts with, it is no formula, no error and no number
        if looks_like_formula(value):
            cell._style = copy(cell._style)  # type: ignore[union-attr]  # the look is shared with other cells
            cell.quotePrefix = True
    elif isinstance(value, Fraction):
        cell.value = share_value(value)
    elif value is not None:
        cell.value = value
    return cell


# Looking a style up by its name for every cell takes longer than writing the cell; each workbook's are kept here.
_LOOKS: WeakKeyDictionary[Workbook, dict[str, StyleArray]] = WeakKeyDictionary()


def _look(cell: Cell | MergedCell, style: str) -> None:
    book = cell.parent.parent
    assert book is not None
    known = _LOOKS.setdefault(book, {})
    if style in known:
        cell._style = known[style]  # type: ignore[union-attr]
    else:
        cell.style = style
        known[style] = copy(cell._style)  # type: ignore[union-attr]


def share_value(share: Fraction) -> float:
    """A share as a number of thousandths: what is not all is never shown as 100.0 %, nor what is some as 0.0 %."""
    thousandths = int((share * 1000 + Fraction(1, 2)) // 1)
    if 0 < share < 1:
        thousandths = min(max(thousandths, 1), 999)
    return thousandths / 1000


def header_row(sheet: Worksheet, row: int, headings: Sequence[str]) -> None:
    """The headings of a table."""
    for n, heading in enumerate(headings, start=1):
        put(sheet, row, n, heading, HEADER)


def as_table(sheet: Worksheet, name: str, top: int, bottom: int, headings: Sequence[str]) -> None:
    """Make the rows from ``top`` (the headings) to ``bottom`` a table with filters; it needs one row at least."""
    area = f"A{top}:{get_column_letter(len(headings))}{max(bottom, top + 1)}"
    table = Table(displayName=name, ref=area, autoFilter=AutoFilter(ref=area))
    table.tableStyleInfo = TableStyleInfo(name="TableStyleLight1", showRowStripes=False)
    table.tableColumns = [TableColumn(id=n, name=for_cell(text)) for n, text in enumerate(headings, start=1)]
    sheet.add_table(table)


def widths(sheet: Worksheet, *wide: float) -> None:
    """Column widths, in characters."""
    for n, width in enumerate(wide, start=1):
        sheet.column_dimensions[get_column_letter(n)].width = width


def fit_heights(sheet: Worksheet, first: int, last: int) -> None:
    """Give each row the height that its wrapped text needs, as not every program works it out when it opens a file.

    Set the column widths first.
    """
    wide = {n: sheet.column_dimensions[get_column_letter(n)].width for n in range(1, sheet.max_column + 1)}
    for number in range(first, last + 1):
        lines = max(lines_needed(sheet.cell(number, n).value, width) for n, width in wide.items())
        sheet.row_dimensions[number].height = min(lines * LINE + 3, TALLEST)


def lines_needed(value: object, width: float) -> int:
    """How many lines a text takes in a column of so many characters, rather one too many than one too few."""
    if not isinstance(value, str):
        return 1
    room = int(max(width * 1.17 - 1, 1))
    # Words do not break, so that each full line wastes a little of its room.
    return sum(1 if len(part) <= room else -(-len(part) * 53 // (50 * room)) for part in value.split("\n"))


PAGE_WIDE = 134.0  # characters across a landscape page of A4 at full size; Excel has room for 149, LibreOffice for 141
LEGIBLE = 0.66  # text of 10 points is not printed smaller than this share of it, if more pages across can help
IN_PART = "In part. For all of it: Page Layout, Print Area, Clear"


def for_print(
    sheet: Worksheet,
    header: int | None,
    title: str,
    *,
    repeat: int = 0,
    rows: int | None = None,
    columns: int | None = None,
    breaks: Sequence[int] = (),
) -> None:
    """Landscape A4, the heading row on every page, page numbers; as many pages across as keep the text legible.

    Set the widths first. ``repeat`` columns stand on every page across. Of a sheet of data only the first ``rows`` and
    ``columns`` print, where they are given, and the footer says so. A page ends before each row of ``breaks``.
    """
    last, right = rows or sheet.max_row, columns or sheet.max_column
    wide = [sheet.column_dimensions[get_column_letter(n)].width for n in range(1, right + 1)]
    setup = sheet.page_setup
    setup.orientation, setup.paperSize = "landscape", 9  # A4
    if breaks:
        # Programs that fit a sheet to pages pass over the breaks in it, so that the size is worked out here.
        setup.scale = min(100, int(100 * PAGE_WIDE / sum(wide)))
        for row in breaks:
            sheet.row_breaks.append(Break(id=row - 1))
    else:
        sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
        setup.fitToWidth, setup.fitToHeight = pages_across(wide, repeat), 0
    if header is not None:
        sheet.print_title_rows = f"{header}:{header}"
    if repeat:
        sheet.print_title_cols = f"A:{get_column_letter(repeat)}"
    in_part = last < sheet.max_row or right < sheet.max_column
    if in_part:
        sheet.print_area = f"A1:{get_column_letter(right)}{last}"
    margins = sheet.page_margins
    margins.left = margins.right = 0.4
    margins.top, margins.bottom, margins.footer = 0.5, 0.75, 0.35
    footer = sheet.oddFooter
    if footer is not None and footer.left is not None and footer.center is not None and footer.right is not None:
        footer.left.text = for_cell(title).replace("&", "&&")[:120]  # "&" alone starts a code of the footer
        footer.center.text = IN_PART if in_part else None
        footer.right.text = "&A, page &P of &N"


def pages_across(wide: Sequence[float], repeat: int = 0) -> int:
    """How many pages across keep columns of these widths legible, the first ``repeat`` of them on every page."""
    again = sum(wide[:repeat])
    room = PAGE_WIDE / LEGIBLE
    return max(1, ceil((sum(wide) - again) / max(room - again, 1)))
