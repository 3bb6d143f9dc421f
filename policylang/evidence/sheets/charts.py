"""Charts of Excel's own, drawn from cells of the same workbook, so that a reader can change them."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from openpyxl.chart.bar_chart import BarChart
    from openpyxl.worksheet.worksheet import Worksheet

_SLATE = "3D6480"


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
    if lying:
        chart.x_axis.scaling.orientation = "maxMin"
    series = chart.series[0]
    series.graphicalProperties.solidFill = _SLATE
    chart.width, chart.height = 22, max(8, 3 + (last - first + 1) * 2 // 3) if lying else 9
    return chart
