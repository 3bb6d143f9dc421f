"""Writing the made-up log as a workbook with all that real ones have: titles, text dates, hidden rows, totals."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from random import Random
from typing import TYPE_CHECKING, Any

from policylang.casebook.example_plan import AS_AT, Draft
from policylang.casebook.mapping import Empty
from policylang.casebook.record import facts as all_facts
from policylang.casebook.scalars import quoted
from policylang.model.days import say_date

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

SHEET = "Complaints register"
HEADING_ROW = 3

# The heading of each fact as this housing system prints it; headings without a fact are what else such logs hold.
COLUMNS: tuple[tuple[str, str], ...] = (
    ("reference", "Case Ref"),
    ("received", "Date Rec'd"),
    ("logged", "Date Logged"),
    ("category", "Category"),
    ("channel", "Channel"),
    ("tenure", "Tenure"),
    ("team", "Team"),
    ("handler", "S1 Officer"),
    ("acknowledged", "S1 Ack Sent"),
    ("acknowledgement_complaint_definition", "Complaint Defined?"),
    ("", "S1 Target Date"),
    ("extension_notified", "Extension Letter Sent"),
    ("extended_to", "Extended To"),
    ("extension_reasons", "Ext Reasons Given"),
    ("extension_new_date", "New Date Given"),
    ("extension_ombudsman_contact", "Ombudsman Details Given"),
    ("extension_good_reason", "Good Reason Recorded"),
    ("update_intervals_agreed", "Update Intervals Agreed"),
    ("responded", "S1 Response Sent"),
    ("response_how_to_escalate", "Escalation Rights Given"),
    ("reported_in_time", "S1 In Target"),
    ("escalation_requested", "S2 Requested"),
    ("stage2_handler", "S2 Officer"),
    ("stage2_acknowledged", "S2 Ack Sent"),
    ("stage2_extension_notified", "S2 Extension Letter Sent"),
    ("stage2_extended_to", "S2 Extended To"),
    ("stage2_extension_reasons", "S2 Ext Reasons Given"),
    ("stage2_extension_new_date", "S2 New Date Given"),
    ("stage2_extension_ombudsman_contact", "S2 Ombudsman Details Given"),
    ("stage2_extension_good_reason", "S2 Good Reason Recorded"),
    ("stage2_update_intervals_agreed", "S2 Update Intervals Agreed"),
    ("stage2_responded", "S2 Response Sent"),
    ("stage2_response_ombudsman_rights", "Ombudsman Rights in Final Letter"),
    ("refused", "Refusal Letter Sent"),
    ("refusal_reason", "Refusal Reason"),
    ("refusal_reasons", "Refusal Reasons Given"),
    ("refusal_ombudsman_rights", "Ombudsman Right in Refusal"),
    ("closed", "Date Closed"),
    ("status", "Status"),
    ("", "Notes"),
)

# What an empty cell means in this log: steps that were not taken have empty cells; old acknowledgements were lost.
_NOT_DONE = frozenset(
    name for name, _ in COLUMNS if name in all_facts() and all_facts()[name].kind == "event"
) - {"received", "logged", "acknowledged"}  # fmt: skip
_NOT_DONE_WORDS = {"extension_notified": ["N/A"], "closed": ["Ongoing"]}
_WIDTHS = {"Date Rec'd": 18, "Category": 24, "Tenure": 18, "Team": 22, "Channel": 14, "Refusal Reason": 20, "Notes": 26}
_SOMETIMES_TEXT = ("received", "responded")


@dataclass(slots=True)
class Line:
    """One case of the log: its reference, its facts, its note, and the row it came to stand on."""

    reference: str
    draft: Draft
    note: str = ""
    row: int = 0


def example_mapping() -> str:
    """A mapping that fits the example, as somebody who knows the log would write it."""
    lines = [
        "# The mapping of the example case book. In this log an empty cell means that a step was not taken.\n",
        "# Only an empty acknowledgement says nothing: the old system lost some of them.\n",
        f"mapping: 1\nsheet: {SHEET}\nheader-row: {HEADING_ROW}\ncolumns:\n",
    ]
    for name, heading in COLUMNS:
        if not name:
            continue
        said = f"column: {quoted(heading, inline=True)}"
        if name in _NOT_DONE:
            said += f", empty: {Empty.NOT_DONE}"
        if name in _NOT_DONE_WORDS:
            said += f", not-done-words: [{', '.join(_NOT_DONE_WORDS[name])}]"
        lines.append(f"  {name}: {{{said}}}\n")
    lines.append("ignore:\n" + "".join(f"  - {heading}\n" for name, heading in COLUMNS if not name))
    return "".join(lines)


def workbook_bytes(lines: list[Line], random: Random) -> bytes:
    """The workbook; each line is told its row. The same lines and random state give the same bytes."""
    import openpyxl

    book = openpyxl.Workbook()
    about = book.active
    assert about is not None
    about.title = "About"
    told = "For internal use. Example data: nobody in it exists."
    for text in ("Extract from the housing system", f"Run on {say_date(AS_AT)}", told):
        about.append([text])
    page = book.create_sheet(SHEET)
    _fill(page, lines, random)
    lists = book.create_sheet("Lists")
    lists.sheet_state = "hidden"
    for text in ("Category", "Repairs", "Damp and mould", "Heating"):
        lists.append([text])
    book.active = 1
    raw = io.BytesIO()
    book.save(raw)
    return _with_fixed_times(raw.getvalue())


def _fill(page: Worksheet, lines: list[Line], random: Random) -> None:
    from openpyxl.styles import Alignment, Font, PatternFill
    from openpyxl.utils import get_column_letter

    page["A1"] = f"Complaints register: all cases, January 2024 to {say_date(AS_AT)}"
    page["A1"].font = Font(bold=True, size=14)
    page.merge_cells(start_row=1, start_column=1, end_row=1, end_column=10)
    headings = [heading for _, heading in COLUMNS]
    for column, heading in enumerate(headings, 1):
        cell = page.cell(HEADING_ROW, column, heading)
        cell.font = Font(bold=True, color="FFFFFF")
        cell.fill = PatternFill("solid", start_color="1F3864")
        cell.alignment = Alignment(wrap_text=True, vertical="top")
        page.column_dimensions[get_column_letter(column)].width = _WIDTHS.get(
            heading, max(12, min(20, len(heading) + 2))
        )
    page.freeze_panes = f"B{HEADING_ROW + 1}"
    at = HEADING_ROW
    hidden = set(random.sample(range(len(lines)), 3))
    writer = _Writer(page, random)
    for number, line in enumerate(lines):
        at += 1
        if number == len(lines) // 2:
            # The old system printed its headings again on every page, and a blank row before them.
            for column, heading in enumerate(headings, 1):
                page.cell(at + 1, column, heading)
            at += 2
        line.row = at
        writer.write(line)
        page.row_dimensions[at].hidden = number in hidden
    page.auto_filter.ref = f"A{HEADING_ROW}:{get_column_letter(len(headings))}{at}"
    page.cell(at + 1, 1, "Total")
    page.cell(at + 1, 2, len(lines))
    page.cell(at + 3, 1, "* Dates before April 2024 were brought over from the old system and may be incomplete.")


class _Writer:
    """Writes cases into rows: real dates mostly, text dates here and there, never two orders in one column."""

    def __init__(self, page: Worksheet, random: Random) -> None:
        self.page = page
        self.random = random
        # Figures such as 03/04/2024 are written only where an earlier cell has proved which figure is the day.
        self.proved: set[str] = set()

    def write(self, line: Line) -> None:
        for column, (name, _) in enumerate(COLUMNS, 1):
            value = self._value(name, column, line)
            if value is None:
                continue
            cell = self.page.cell(line.row, column, value)
            if isinstance(value, datetime):
                cell.number_format = "dd/mm/yyyy hh:mm"
            elif isinstance(value, date):
                cell.number_format = "dd/mm/yyyy"

    def _value(self, name: str, column: int, line: Line) -> Any:
        facts, written = line.draft.facts, line.draft.written
        if name == "reference":
            return line.reference or None
        if not name:
            return self._other(COLUMNS[column - 1][1], line)
        if name in written:
            return f"=B{line.row}+9" if written[name] == "=formula" else written[name]
        value = facts.get(name)
        if isinstance(value, bool):
            return "Yes" if value else "No"
        if isinstance(value, date):
            # A row that is set aside proves nothing about its column.
            return self._day(name, value, planted=bool(line.draft.answers)) if line.reference else value
        if value is None and not line.draft.answers:
            return self._instead(name, facts)
        return value

    def _other(self, heading: str, line: Line) -> Any:
        if heading == "Notes":
            return line.note or None
        return line.draft.day("received") + timedelta(days=21)

    def _day(self, name: str, day: date, *, planted: bool) -> Any:
        chance = self.random.random()
        if name in _SOMETIMES_TEXT and chance < 0.12:
            if chance < 0.08 and (day.day > 12 or name in self.proved):
                self.proved.add(name)
                return f"{day:%d/%m/%Y}"
            return say_date(day) if chance < 0.1 else f"{day:%d-}{say_date(day).split()[1][:3]}{day:-%y}"
        if name == "received" and chance > 0.85 and not planted:
            return datetime(day.year, day.month, day.day, self.random.randint(8, 17), self.random.randint(0, 59))
        return day

    def _instead(self, name: str, facts: dict[str, Any]) -> Any:
        # What some people type instead of leaving a cell empty.
        if name == "extension_notified" and "responded" in facts and self.random.random() < 0.05:
            return "N/A"
        if name == "closed" and self.random.random() < 0.4:
            return "Ongoing"
        return None


def _with_fixed_times(content: bytes) -> bytes:
    # A workbook is a zip file, and both it and its properties say when it was made; here, the day of the export.
    moment = f"{AS_AT.isoformat()}T09:00:00Z".encode()
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w") as new:
        for name, data in _parts(old):
            info = zipfile.ZipInfo(name, (AS_AT.year, AS_AT.month, AS_AT.day, 9, 0, 0))
            info.compress_type = zipfile.ZIP_DEFLATED
            info.external_attr = 0o600 << 16
            if name == "docProps/core.xml":
                data = _retimed(data, moment)
            new.writestr(info, data)
    return out.getvalue()


def _parts(archive: zipfile.ZipFile) -> Iterator[tuple[str, bytes]]:
    for info in archive.infolist():
        yield info.filename, archive.read(info)


def _retimed(data: bytes, moment: bytes) -> bytes:
    import re

    data = re.sub(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*", rb"\g<1>" + moment, data)
    return data.replace(b"<dc:creator>openpyxl</dc:creator>", b"<dc:creator>policylang example</dc:creator>")
