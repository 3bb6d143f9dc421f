"""The figures of an annual report as a workbook: one table of all, and charts of the months and the categories."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import datetime
from fractions import Fraction
from math import ceil
from typing import TYPE_CHECKING

from policylang.evidence.annual.figures import DAYS, RATE, SHARE, SUPPRESSED, Figure, by_key
from policylang.evidence.annual.report import Report, notes
from policylang.evidence.annual.words import month_name
from policylang.evidence.package import settled
from policylang.evidence.safe_text import for_cell

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

    from policylang.evidence.sheets.style import Value

LINE_CM = 0.48  # centimetres that a row of one line takes
HEADINGS = ("Section", "Figure", "In", "Value", "Lowest", "Highest", "Year before", "Lowest before", "Highest before")


def annual_book(report: Report) -> bytes:
    """The workbook as the bytes of an XLSX file."""
    from openpyxl import Workbook

    from policylang.evidence.sheets import looks

    book = Workbook()
    del book[book.sheetnames[0]]
    sheet, drawn, about = (book.create_sheet(name) for name in ("Figures", "Charts", "About"))
    looks.add_looks(book)
    _figures(sheet, report)
    _charts(drawn, report)
    _about(about, report)
    moment = datetime(report.as_at.year, report.as_at.month, report.as_at.day)
    book.properties.creator, book.properties.title = "policylang", for_cell(report.title)
    book.properties.created = book.properties.modified = moment
    raw = io.BytesIO()
    book.save(raw)
    return settled(raw.getvalue(), report.as_at)


def _figures(sheet: Worksheet, report: Report) -> None:
    from policylang.evidence.sheets import looks, style

    style.put(sheet, 1, 1, report.title, looks.TITLE)
    style.put(sheet, 2, 1, report.lede, looks.NOTE)
    style.header_row(sheet, 4, HEADINGS)
    old, row = by_key(report.before), 4
    for figure in report.now:
        row += 1
        texts = (figure.section, figure.name, figure.unit)
        for n, text in enumerate(texts, start=1):
            style.put(sheet, row, n, text)
        for start, one in ((4, figure), (7, old.get(figure.key))):
            for n, value in enumerate(_values(one)):
                look = {SHARE: looks.SHARE, DAYS: looks.MEASURE, RATE: looks.MEASURE}.get(figure.unit, looks.FIGURE)
                style.put(sheet, row, start + n, value, looks.TEXT if isinstance(value, str) else look)
    style.as_table(sheet, "Figures", 4, row, HEADINGS)
    style.widths(sheet, 38, 58, 20, 12, 12, 12, 12, 12, 12)
    style.fit_heights(sheet, 5, row)
    style.for_print(sheet, 4, report.title)
    sheet.freeze_panes = "C5"


def _values(figure: Figure | None) -> tuple[Value, ...]:
    if figure is None:
        return (None, None, None)
    if figure.gone:
        return (SUPPRESSED, None, None)
    span = (figure.low, figure.high) if figure.low != figure.high else (None, None)
    return tuple(_number(value, figure.unit) for value in (figure.value, *span))


def _number(value: Fraction | None, unit: str) -> Value:
    if value is None or unit == SHARE:
        return value
    return value.numerator if value.denominator == 1 else round(float(value), 1)


def _charts(sheet: Worksheet, report: Report) -> None:
    """Two small tables and a chart of each; a suppressed number leaves its bar out."""
    from policylang.evidence.sheets import looks, style

    style.put(sheet, 1, 1, "Charts", looks.TITLE)
    months = [f for f in report.now if f.key.startswith("stage1.month.")]
    kinds = sorted((f for f in report.now if f.key.startswith("category.")), key=lambda f: -(f.value or 0))
    row, tops = 3, []
    for heading, theirs, lying in (
        ("Stage 1 complaints by month", months, False),
        ("Stage 1 complaints by category", kinds, True),
    ):
        if theirs:
            tops.append(row)
            row = _chart(sheet, heading, theirs, row, lying, report)
    style.widths(sheet, 28, 12, 2)
    style.fit_heights(sheet, 3, sheet.max_row)
    style.for_print(sheet, None, report.title, breaks=tops[1:])  # no page parts a chart


def _month(figure: Figure, report: Report) -> str:
    """The month of a figure by its short name and its year: twelve such names have room under a chart."""
    number = int(figure.key.rpartition(".")[2])
    return next(month_name(*month) for month in report.year.months() if month[1] == number)


def _chart(sheet: Worksheet, heading: str, figures: Sequence[Figure], row: int, lying: bool, report: Report) -> int:
    from policylang.evidence.sheets import looks, style
    from policylang.evidence.sheets.charts import bar_chart

    style.put(sheet, row, 1, heading, looks.SECTION)
    style.header_row(sheet, row + 1, ("Month" if not lying else "Category", "Complaints"))
    first = row + 2
    for n, figure in enumerate(figures):
        style.put(sheet, first + n, 1, figure.name.removeprefix("in ") if lying else _month(figure, report))
        value = SUPPRESSED if figure.value is None else int(figure.value)
        style.put(sheet, first + n, 2, value, looks.TEXT if isinstance(value, str) else looks.FIGURE)
    last = first + len(figures) - 1
    chart = bar_chart(sheet, heading, "Complaints", (1, first, last), 2, lying=lying)
    sheet.add_chart(chart, f"D{row}")
    return max(last + 3, row + 3 + ceil(float(chart.height) / LINE_CM))


def _about(sheet: Worksheet, report: Report) -> None:
    from policylang.evidence.sheets import looks, style

    style.put(sheet, 1, 1, "About these figures", looks.TITLE)
    lines = [*notes(report), "Rules behind the Regulator's measures that nobody has checked:", *report.unverified]
    for row, text in enumerate(lines, start=3):
        style.put(sheet, row, 1, text)
    style.widths(sheet, 120)
    style.fit_heights(sheet, 3, len(lines) + 2)
    style.for_print(sheet, None, report.title)
