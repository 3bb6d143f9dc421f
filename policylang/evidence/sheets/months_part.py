"""The last part of the Summary sheet: complaints by month and by category, with charts of Excel's own beside them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING

from policylang.evidence.annual.words import month_name
from policylang.evidence.over_time import by_month, categories, months_received
from policylang.evidence.over_time_state import as_they_stood
from policylang.evidence.run import AssessInput
from policylang.evidence.sheets import looks, style
from policylang.evidence.sheets.charts import bar_chart, stacked_chart

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

MONTH_HEADINGS = ("Month", "Cases", "In time", "Late", "Cannot tell")
CATEGORY_HEADINGS = ("Category", "Cases")
_FIRST = 4  # the column of the figures, which stands under the figures of the duties
_CHART_ROWS = 20  # so many rows the chart takes, which stands between the names and the figures


def write(sheet: Worksheet, row: int, run: AssessInput) -> int:
    """Write from ``row`` on; gives the last row of text. Nothing where no complaint has a day of receipt."""
    months = months_received(run.casebook, run.as_at) if run.casebook else []
    if run.casebook is None or not months:
        return row - 1
    cases = run.casebook.cases
    received = Counter((day.year, day.month) for case in cases if (day := case.day("received")) and day <= run.as_at)
    duties = run.once("by month", lambda: by_month(run.by_owed, run.by_row, cases))
    title, headings = "Complaints by month, answered at stage 1", list(MONTH_HEADINGS)
    rows: list[tuple[str, tuple[int, ...]]]
    if 1 in duties.responses:
        rows = [
            (month_name(*month), (received[month], tally.met, tally.breached, tally.cannot_tell))
            for month, tally in zip(months, duties.of(duties.responses[1], months), strict=True)
        ]
    else:
        # The Code judges no answer (it only recommends, say): noughts would read as if none was in time or late.
        title, headings = "Complaints by month", list(MONTH_HEADINGS[:2])
        rows = [(month_name(*month), (received[month],)) for month in months]
    last = _part(sheet, row, title, headings, rows, lying=False)
    if any(sum(figures[1:]) for _, figures in rows):
        first = row + 2
        names = (1, first, first + len(rows) - 1)
        unit, columns = "Complaints", range(_FIRST + 1, _FIRST + 4)
        chart = stacked_chart(sheet, "Stage 1 answers", unit, names, columns)
        sheet.add_chart(chart, f"H{first}")  # beside the figures, so that no page parts it
    kinds = categories(run.once("as they stood", lambda: as_they_stood(cases, run.as_at)))
    if kinds is None:
        return last
    listed = [(bar.name, (bar.number or 0,)) for bar in kinds.bars]
    return _part(sheet, last + 2, "Complaints by category", CATEGORY_HEADINGS, listed, lying=True)


def _part(
    sheet: Worksheet,
    row: int,
    title: str,
    headings: Sequence[str],
    rows: Sequence[tuple[str, tuple[int, ...]]],
    *,
    lying: bool,
) -> int:
    style.put(sheet, row, 1, title, looks.SECTION)
    style.put(sheet, row + 1, 1, headings[0], looks.HEADER)
    for n, heading in enumerate(headings[1:]):
        style.put(sheet, row + 1, _FIRST + n, heading, looks.HEADER)
    first = row + 2
    for n, (name, figures) in enumerate(rows):
        style.put(sheet, first + n, 1, name)
        for k, figure in enumerate(figures):
            style.put(sheet, first + n, _FIRST + k, figure, looks.FIGURE)
    last = first + len(rows) - 1
    what = "Complaints received by month" if not lying else title
    chart = bar_chart(sheet, what, "Complaints", (1, first, last), _FIRST, lying=lying)
    chart.width = 15
    sheet.add_chart(chart, f"B{first}")
    return max(last, first + _CHART_ROWS)
