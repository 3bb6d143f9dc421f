"""Logs as housing systems export them and people keep them, made up: each with what makes it hard to read."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Mapping, Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Any

Rows = Sequence[Sequence[Any]]
START = date(2024, 4, 10)


def day(case: int, after: int) -> date:
    """The day so many days after the receipt of a case; one case is received every three days."""
    return START + timedelta(days=3 * case + after)


def british(when: date) -> str:
    return f"{when:%d/%m/%Y}"


def american(when: date) -> str:
    return f"{when.month}/{when.day}/{when.year}"


def housing_system(path: Path) -> Path:
    """A title, an index without a heading, line breaks in headings, words cut short, targets, counts and Met/Missed."""
    head = [
        *(None, "Complaint Ref", "Date complaint\nlogged", "S1 Ack'd", "Response due", "Stage One Response\nSent Date"),
        *("Days taken", "Met/Missed", "Esc. Requested", "S2 Ack'd", "S2 Response due", "FinalResp", "Notes"),
    ]
    rows: list[list[Any]] = [["Complaints extract", *[None] * 12], [None] * 13, head]
    for n in range(12):
        late = n % 4 == 3
        done = day(n, 20 if late else 9)
        row: list[Any] = [n, f"CMP/24/{n + 101}", day(n, 0), day(n, 2), day(n, 14), done, 14 if late else 7]
        row += ["Missed" if late else "Met"]
        row += [day(n, 30), day(n, 33), day(n, 58), day(n, 50), "rang twice"] if n % 3 == 0 else [None] * 4 + ["x"]
        rows.append(row)
    return workbook(path, {"Sheet1": rows})


def grouped(path: Path) -> Path:
    """Two rows of headings with merged titles, a blank column, hidden helper columns, a row of totals."""
    import openpyxl

    book = openpyxl.Workbook()
    page = book.active
    assert page is not None
    page.title = "Tracker"
    page.append(["Complaint tracker 2024/25"])
    page.append([None, None, None, "Stage 1", None, None, None, "Stage 2", None, None, "helper"])
    page.append(["Ref", "Category", None, "Received", "Acknowledged", "Responded", "Target met?", "Requested",
                 "Acknowledged", "Responded", "resp minus recd"])  # fmt: skip
    for n in range(8):
        stage2 = [day(n, 30), day(n, 32), day(n, 49)] if n % 2 else [None, None, None]
        page.append([f"C{n + 1:03}", "Repairs", None, day(n, 0), day(n, 3), day(n, 12), "Yes", *stage2, 12])
    page.append(["Total", 8, None, 8, 8, 8, 8, 4, 4, 4, 96])
    for merged in ("D2:G2", "H2:J2"):
        page.merge_cells(merged)
    page.column_dimensions["K"].hidden = True
    book.save(path)
    return path


def american_dates(path: Path) -> Path:
    """Dates as figures that can be read both ways throughout."""
    rows: list[list[Any]] = [["Case No", "Recd", "Ack Sent", "Resp Sent", "Closed"]]
    for n in range(1, 10):
        when = date(2024, n, 3)
        rows.append([f"{n:04}", american(when), american(when.replace(day=5)), american(when.replace(day=11)), ""])
    return text(path, rows)


STEPS = ((0, "Complaint received"), (3, "Acknowledgement letter sent"), (4, "Call to resident"), (5, "Surveyor visit"),
         (12, "Stage 1 response sent"))  # fmt: skip
STAGE_2 = ((30, "Escalated to Stage 2"), (33, "Stage 2 acknowledgement sent"), (45, "Final response sent"),
           (46, "Complaint closed"))  # fmt: skip


def diary(path: Path) -> Path:
    """One row an event, sorted by day, with what is due, who did it, and a remark typed into the event column."""
    lines = []
    for n in range(10):
        for after, word in (*STEPS, *(STAGE_2 if n % 2 else ())):
            when = day(n, after)
            lines.append(
                (when, [f"C-{n}", "Repairs" if n % 3 else "ASB", word, british(when), british(day(n, after + 5))])
            )
    lines.append((day(4, 6), ["C-4", "Repairs", "Spoke to next door", british(day(4, 6)), ""]))
    lines.sort(key=lambda line: line[0])
    return text(path, [["Case Reference", "Category", "Activity", "Activity Date", "Due"], *(row for _, row in lines)])


def wide_diary(path: Path) -> Path:
    """One row an event under headings that nobody knows, with the day of receipt repeated on every row."""
    rows: list[list[Any]] = [["Job", "Date received", "Item", "Logged at"]]
    for n in range(9):
        for after, word in STEPS[1:]:
            rows.append([f"J{n:05}", british(day(n, 0)), word, british(day(n, after))])
    return text(path, rows)


def stage_2_apart(path: Path, *, strange: int = 0) -> Path:
    """Stage 2 on a sheet of its own, under headings that do not say so; a sheet of lists, and a cover."""
    first: list[list[Any]] = [
        ["Complaint Reference", "Category", "Date Received", "Date Acknowledged", "Response Sent"]
    ]
    second: list[list[Any]] = [["Complaint", "Date Received", "Date Acknowledged", "Response Sent"]]
    for n in range(12):
        first.append([f"HB-{n}", "Repairs", day(n, 0), day(n, 2), day(n, 12)])
        if n % 3 == 0:
            second.append([f"hb-{n} ", day(n, 30), day(n, 32), day(n, 50)])
    second += [[f"ZZ-{n}", day(n, 30), day(n, 32), day(n, 50)] for n in range(strange)]
    lists = [["Category", "Outcome"], ["Repairs", "Upheld"], ["ASB", "Not upheld"]]
    sheets: dict[str, Rows] = {"Cover": [["Complaints"], ["Quarter 1"]], "Complaints": first, "Stage 2": second}
    return workbook(path, {**sheets, "Lists": lists})


def stages_on_rows(path: Path) -> Path:
    """Each stage of a complaint on a row of its own."""
    rows: list[list[Any]] = [["Ref", "Stage", "Date received", "Acknowledged", "Responded"]]
    for n in range(6):
        rows.append([f"C-{n}", "Stage 1", british(day(n, 0)), british(day(n, 2)), british(day(n, 12))])
        if n % 2:
            rows.append([f"C-{n}", "Stage 2", british(day(n, 30)), british(day(n, 32)), british(day(n, 50))])
    return text(path, rows)


def two_years(path: Path) -> Path:
    """A sheet for each year, with no case on both."""
    head = ["Ref", "Date received", "Responded"]
    years: dict[str, Rows] = {
        f"20{year}-{year + 1}": [head, *([f"{year}/{n}", day(n, 0), day(n, 9)] for n in range(5))] for year in (23, 24)
    }
    return workbook(path, years)


def pivot(path: Path) -> Path:
    """A pivot table made from a log."""
    rows: list[list[Any]] = [
        ["Count of Ref", "Column Labels"],
        ["Row Labels", "Repairs", "ASB", "Grand Total"],
        ["April", 3, 4, 7],
    ]
    return workbook(path, {"Sheet2": [*rows, ["Grand Total", 3, 4, 7]]})


def on_its_side(path: Path) -> Path:
    """A log with its headings below each other and a column a case."""
    rows = [["Ref", *(f"C-{n}" for n in range(4))]]
    for heading, after in (("Date received", 0), ("Acknowledged", 2), ("Responded", 9)):
        rows.append([heading, *(british(day(n, after)) for n in range(4))])
    return text(path, rows)


def workbook(path: Path, sheets: Mapping[str, Rows]) -> Path:
    """A workbook of these sheets."""
    import openpyxl

    book = openpyxl.Workbook()
    assert book.active is not None
    book.remove(book.active)
    for name, rows in sheets.items():
        page = book.create_sheet(name)
        for row in rows:
            page.append(list(row))
    book.save(path)
    return path


def text(path: Path, rows: Rows) -> Path:
    """A CSV file of these rows."""
    out = io.StringIO()
    csv.writer(out).writerows(rows)
    path.write_text(out.getvalue(), encoding="utf-8", newline="")
    return path


LOGS: dict[str, Callable[[Path], Path]] = {
    "housing-system.xlsx": housing_system,
    "grouped.xlsx": grouped,
    "american-dates.csv": american_dates,
    "diary.csv": diary,
    "wide-diary.csv": wide_diary,
    "stage-2-apart.xlsx": stage_2_apart,
    "stages-on-rows.csv": stages_on_rows,
    "two-years.xlsx": two_years,
    "pivot.xlsx": pivot,
    "on-its-side.csv": on_its_side,
}
