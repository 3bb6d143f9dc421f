"""Charts of Excel's own, drawn from cells of the same workbook, so that a reader can change them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from openpyxl.chart.bar_chart import BarChart
    from openpyxl.worksheet.worksheet import Worksheet

_SLATE = "3D6480"
_A_BAR = 0.9  # centimetres for a lying bar, so that a name of two lines has room beside it
_Pattern = Literal["wdUpDiag", "pct20"]
_PATTERNS: tuple[tuple[_Pattern | None, str], ...] = ((None, "3F7D58"), ("wdUpDiag", "8C1C2B"), ("pct20", "6B7280"))
"""Plain for what is in time, striped for what is late, dotted for what cannot be told."""


def bar_chart(
    sheet: Worksheet, title: str, unit: str, names: tuple[int, int, int], column: int, *, lying: bool = False
) -> BarChart:
    """A bar chart of one column of ``sheet``; ``names`` is the column of the names, their first and last row.

    ``lying`` bars run from left to right, the first on top.
    """
    from openpyxl.chart import BarChart, Reference

    where, first, last = names
    chart = BarChart()
    chart.type = "bar" if lying else "col"
    chart.add_data(Reference(sheet, min_col=column, min_row=first, max_row=last))
    chart.set_categories(Reference(sheet, min_col=where, min_row=first, max_row=last))
    chart.title, chart.legend, chart.gapWidth = title, None, 60
    chart.y_axis.title, chart.y_axis.number_format = unit, "0"
    chart.y_axis.scaling.min = 0
    # Without these two, newer releases of Excel show no axes at all.
    chart.x_axis.delete = chart.y_axis.delete = False
    _every_name(chart)
    if lying:
        chart.x_axis.scaling.orientation = "maxMin"
        chart.y_axis.crosses = "max"  # the figures stay below, where the turned axis would take them to the top
    series = chart.series[0]
    series.graphicalProperties.solidFill = _SLATE
    chart.width, chart.height = 18, max(8.0, 3 + (last - first + 1) * _A_BAR) if lying else 9
    return chart


def stacked_chart(sheet: Worksheet, title: str, unit: str, names: tuple[int, int, int], columns: range) -> BarChart:
    """Columns upon each other, one kind for each column of ``sheet``, whose heading stands in the row above the names.

    The kinds differ by pattern as well as by colour.
    """
    from openpyxl.chart import BarChart, Reference
    from openpyxl.chart.shapes import GraphicalProperties
    from openpyxl.drawing.colors import ColorChoice
    from openpyxl.drawing.fill import PatternFillProperties

    where, first, last = names
    chart = BarChart()
    chart.type, chart.grouping, chart.overlap, chart.gapWidth = "col", "stacked", 100, 60
    for column, (pattern, colour) in zip(columns, _PATTERNS, strict=False):
        chart.add_data(Reference(sheet, min_col=column, min_row=first - 1, max_row=last), titles_from_data=True)
        look = GraphicalProperties(solidFill=colour)
        if pattern is not None:
            ink, paper = (ColorChoice(srgbClr=rgb) for rgb in (colour, "FFFFFF"))  # type: ignore[arg-type]
            look = GraphicalProperties(pattFill=PatternFillProperties(prst=pattern, fgClr=ink, bgClr=paper))
        look.line.solidFill = "1B1F24"
        chart.series[-1].graphicalProperties = look
    chart.set_categories(Reference(sheet, min_col=where, min_row=first, max_row=last))
    chart.title = title
    chart.legend.position = "b"
    chart.y_axis.title, chart.y_axis.number_format = unit, "0"
    chart.y_axis.scaling.min = 0
    chart.x_axis.delete = chart.y_axis.delete = False
    _every_name(chart)
    _upright(chart)
    chart.width, chart.height = 9, 9
    return chart


def _every_name(chart: BarChart) -> None:
    """A name for each bar: left to themselves, programs leave every other one out where room is short."""
    chart.x_axis.tickLblSkip = chart.x_axis.tickMarkSkip = 1


def _upright(chart: BarChart) -> None:
    """The names from below upwards, as twelve months side by side have no room under a narrow chart."""
    from openpyxl.chart.text import RichText
    from openpyxl.drawing.text import CharacterProperties, Paragraph, ParagraphProperties, RichTextProperties

    look = ParagraphProperties(defRPr=CharacterProperties(sz=900))
    turned = RichTextProperties(rot=-5_400_000, vert="horz")  # in sixty-thousandths of a degree
    chart.x_axis.txPr = RichText(bodyPr=turned, p=[Paragraph(pPr=look, endParaRPr=CharacterProperties())])
