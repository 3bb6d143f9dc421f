"""Logs as landlords export or keep them, made up, each with the truth of its cases and the answers that a person gives.

Every log has columns that could be taken for a step and are none: due dates beside done dates, closings, days that
others did something. Whoever reads one of them as a step reads something that did not happen.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import openpyxl
from openpyxl.worksheet.worksheet import Worksheet

Facts = dict[str, date]
Truth = dict[str, Facts]


@dataclass(slots=True)
class Export:
    """What a log really holds: by reference the day of each step; and the lines of its mapping that a person puts
    right, each with what it becomes."""

    truth: Truth
    answers: list[tuple[str, str]] = field(default_factory=list)
    aside: int = 0


def steps(seed: int, cases: int, *, extended: bool = False) -> Iterator[Facts]:
    """The steps of made-up cases, none of which keeps a fixed distance from another."""
    chance = random.Random(seed)
    for n in range(cases):
        received = date(2024, 4, 8) + timedelta(days=3 * n + chance.randrange(3))
        acknowledged = received + timedelta(days=chance.randrange(1, 8))
        made = {"received": received, "acknowledged": acknowledged}
        responded = acknowledged + timedelta(days=chance.randrange(6, 24))
        if extended and chance.random() < 0.4:
            made["extension_notified"] = acknowledged + timedelta(days=chance.randrange(4, 12))
            made["extended_to"] = acknowledged + timedelta(days=28)
            responded = acknowledged + timedelta(days=chance.randrange(15, 33))
        made["responded"] = responded
        if chance.random() < 0.5:
            made["escalation_requested"] = responded + timedelta(days=chance.randrange(2, 30))
            made["stage2_acknowledged"] = made["escalation_requested"] + timedelta(days=chance.randrange(1, 8))
            made["stage2_responded"] = made["stage2_acknowledged"] + timedelta(days=chance.randrange(10, 34))
        yield made


def after(day: date | None, days: int) -> date | None:
    """So many days later: what a system sets as a deadline."""
    return day + timedelta(days=days) if day else None


def british(day: date | None, *, short: bool = False) -> str | None:
    """As text, the day first."""
    return None if day is None else f"{day:%d/%m/%y}" if short else f"{day:%d/%m/%Y}"


def american(day: date | None) -> str | None:
    """As text, the month first."""
    return None if day is None else f"{day.month}/{day.day}/{day.year}"


def _page(title: str) -> tuple[openpyxl.Workbook, Worksheet]:
    book = openpyxl.Workbook()
    page = book.active
    assert page is not None
    page.title = title
    return book, page


def two_rows_of_headings(path: Path) -> Export:
    """Merged groups over due and done dates of both stages, a title, a row of totals and notes at the end."""
    book, page = _page("Complaints Report")
    for line in (["Complaints extract"], ["Run date: 01/10/2024"], []):
        page.append(line)
    page.append([None, None, None, "Stage 1", *[None] * 5, "Stage 2"])
    page.append(["Complaint Ref", "Category", "Date Logged", "Date Received", "Ack Due Date", "Ack Sent",
                 "Response Due Date", "Response Date", "In Target", "Date Escalated", "Ack Due Date", "Ack Sent",
                 "Response Due Date", "Response Date", "In Target"])  # fmt: skip
    page.merge_cells("D4:I4")
    page.merge_cells("J4:O4")
    truth: Truth = {}
    for n, made in enumerate(steps(1, 24)):
        get = made.get
        asked = get("escalation_requested")
        page.append([f"NH{n + 1000}", "Repairs", after(made["received"], 1), made["received"],
                     after(made["received"], 7), made["acknowledged"], after(made["received"], 18), made["responded"],
                     "Y", asked, after(asked, 7), get("stage2_acknowledged"), after(asked, 31),
                     get("stage2_responded"), "Y" if asked else None])  # fmt: skip
        truth[f"NH{n + 1000}"] = {**made, "logged": made["received"] + timedelta(days=1)}
    page.append(["Total", 24, 24, 24])
    page.append(["Note: anonymous complaints are left out"])
    book.save(path)
    return Export(truth, aside=2)


def completed_and_closed(path: Path) -> Export:
    """“S1 Completed” beside “S1 Closed”, two-digit text dates beside real ones, Met and Missed, a bare “S2 Date”."""
    book, page = _page("Export")
    page.append(["CaseID", "Case Type", "Date Received", "Date Logged", "S1 Ack", "S1 Ack Target", "S1 Target Date",
                 "S1 Completed", "S1 Closed", "S1 Met/Missed", "S2 Date", "S2 Target", "S2 Completed",
                 "S2 Met/Missed"])  # fmt: skip
    truth: Truth = {}
    for n, made in enumerate(steps(2, 60)):
        asked = made.get("escalation_requested")

        def typed(day: date | None, n: int = n) -> date | str | None:
            return day if n % 2 else british(day, short=True)

        page.append([f"{n + 50001}", "Complaint", typed(made["received"]), typed(made["received"]),
                     typed(made["acknowledged"]), typed(after(made["received"], 7)), typed(after(made["received"], 14)),
                     typed(made["responded"]), typed(after(made["responded"], 9)), "Met", typed(asked),
                     typed(after(asked, 28)), typed(made.get("stage2_responded")),
                     "Met" if asked else "N/A"])  # fmt: skip
        truth[f"{n + 50001}"] = {k: v for k, v in made.items() if k != "stage2_acknowledged"} | {
            "logged": made["received"]
        }
    book.save(path)
    return Export(truth)


def names_of_fields(path: Path) -> Export:
    """Headings as a database has them, words cut short; no day of closing that is a response."""
    book, page = _page("qryComplaints")
    page.append(["COMPLAINT_NO", "PERSON_REF", "DATE_RECD", "DATE_ACKD", "TARGET_DT", "RESP_DT", "STG2_RECD_DT",
                 "STG2_ACK_DT", "STG2_TARGET_DT", "STG2_RESP_DT", "STATUS", "CLOSED_DT", "OUTCOME"])  # fmt: skip
    truth: Truth = {}
    for n, made in enumerate(steps(3, 30)):
        get, asked = made.get, made.get("escalation_requested")
        closed = made["responded"] + timedelta(days=n % 40)
        page.append([n + 1, 90000 + n, made["received"], made["acknowledged"], after(made["received"], 14),
                     made["responded"], asked, get("stage2_acknowledged"), after(asked, 28), get("stage2_responded"),
                     "CLOSED", closed, "UPHELD"])  # fmt: skip
        truth[str(n + 1)] = {**made, "closed": closed}
    book.save(path)
    return Export(truth)


def times_of_day_and_a_filter(path: Path) -> Export:
    """Dates with times, rows hidden by a filter, no day of receipt but “Created On”, a “Resolution Date”."""
    book, page = _page("Complaint View")
    page.append(["(Do Not Modify) Case", "Case Number", "Created On", "Modified On", "Stage 1 Acknowledgement Date",
                 "Stage 1 Due Date", "Stage 1 Response Date", "Stage 1 Resolution Date", "Escalated On",
                 "Stage 2 Due Date", "Stage 2 Response Date", "Status Reason", "Resolved On"])  # fmt: skip
    truth: Truth = {}
    for n, made in enumerate(steps(4, 30)):
        asked = made.get("escalation_requested")
        closed = after(made["responded"], 20 + n)
        row: list[Any] = [f"guid-{n:08x}", f"CAS-{n + 2000}", made["received"], after(made["received"], 70),
                          made["acknowledged"], after(made["received"], 14), made["responded"],
                          after(made["responded"], n % 5), asked, after(asked, 28), made.get("stage2_responded"),
                          "Resolved", closed]  # fmt: skip
        page.append([datetime.combine(v, time(14, 32)) if isinstance(v, date) else v for v in row])
        assert closed is not None
        truth[f"CAS-{n + 2000}"] = {k: v for k, v in made.items() if k != "stage2_acknowledged"} | {"closed": closed}
    page.auto_filter.ref = f"A1:M{len(truth) + 1}"
    for number in (4, 5, 9):
        page.row_dimensions[number].hidden = True
    book.save(path)
    return Export(
        truth,
        [
            ("  # received: {column: Created On}", "  received: {column: Created On}"),
            ("  # responded: {column: Stage 1 Response Date}", "  responded: {column: Stage 1 Response Date}"),
        ],
    )


def kept_by_hand(path: Path) -> Export:
    """Names and addresses, “Date in”, “Date replied”, new target dates, months as sub-headings."""
    book, page = _page("2024-25")
    page.append(["COMPLAINTS LOG 2024/25"])
    page.append(["Ref", "Name", "Address", "Date in", "Ack'd?", "Ack sent", "10 day deadline", "Extended? Y/N",
                 "New target date", "Date replied", "Stage 2?", "Date S2 asked for", "S2 ack", "S2 new target date",
                 "S2 date replied", "Comments"])  # fmt: skip
    truth: Truth = {}
    for n, made in enumerate(steps(5, 30, extended=True)):
        get = made.get
        made.pop("extension_notified", None)
        page.append([f"24/{n + 1:03}", "A Resident", "1 The Street", made["received"], "Y", made["acknowledged"],
                     after(made["acknowledged"], 14), "Y" if get("extended_to") else "N", get("extended_to"),
                     made["responded"], "Yes" if get("escalation_requested") else "No", get("escalation_requested"),
                     get("stage2_acknowledged"), None, get("stage2_responded"), "ok"])  # fmt: skip
        truth[f"24/{n + 1:03}"] = made
        if n in (7, 15):
            page.append(["May 2024" if n == 7 else "June 2024"])
    book.save(path)
    return Export(truth, aside=2)


def american_text(path: Path) -> Export:
    """Text dates with the month first, proved by days beyond the twelfth; N/A where there was no stage 2."""
    book, page = _page("Sheet1")
    page.append(["Ref No", "Received Date", "Acknowledged", "Due Date", "Response Sent", "Stage 2 Request Date",
                 "Stage 2 Response Due", "Stage 2 Response Sent"])  # fmt: skip
    truth: Truth = {}
    for n, made in enumerate(steps(6, 40)):
        asked = made.get("escalation_requested")
        row = [made["received"], made["acknowledged"], after(made["received"], 14), made["responded"], asked,
               after(asked, 28), made.get("stage2_responded")]  # fmt: skip
        page.append([f"US{n + 1}", *(american(day) or "N/A" for day in row)])
        truth[f"US{n + 1}"] = {k: v for k, v in made.items() if k != "stage2_acknowledged"}
    book.save(path)
    return Export(truth)


def epoch_of_1904(path: Path) -> Export:
    """Days counted from 1904, hidden rows, and a closing but no response: nothing may be read as one."""
    from openpyxl.utils.datetime import CALENDAR_MAC_1904

    book, page = _page("Complaints")
    book.epoch = CALENDAR_MAC_1904
    page.append(
        ["Complaint ID", "Date of Complaint", "Date Acknowledged", "Target Date", "Date Closed", "Days to Close"]
    )
    truth: Truth = {}
    for n, made in enumerate(steps(7, 15)):
        page.append([f"M{n + 1}", made["received"], made["acknowledged"], after(made["received"], 14),
                     made["responded"], (made["responded"] - made["received"]).days])  # fmt: skip
        truth[f"M{n + 1}"] = {
            "received": made["received"], "acknowledged": made["acknowledged"], "closed": made["responded"]
        }  # fmt: skip
    for number in (3, 4, 9):
        page.row_dimensions[number].hidden = True
    book.save(path)
    return Export(truth)


def two_requests(path: Path) -> Export:
    """Two columns of requests for stage 2, and the Ombudsman's own dates."""
    book, page = _page("Complaints")
    page.append(["Case Ref", "Date Received", "Date Acknowledged", "Stage 1 Response Sent", "1st Escalation Request",
                 "2nd Escalation Request", "Stage 2 Ack Sent", "Stage 2 Response Sent", "Ombudsman Referral Date",
                 "Ombudsman Response Due"])  # fmt: skip
    truth: Truth = {}
    for n, made in enumerate(steps(8, 24)):
        get, asked = made.get, made.get("escalation_requested")
        page.append([f"E{n + 1}", made["received"], made["acknowledged"], made["responded"], asked,
                     after(asked, 9) if n % 4 == 0 else None, get("stage2_acknowledged"), get("stage2_responded"),
                     after(made["responded"], 200) if n % 6 == 0 else None, None])  # fmt: skip
        truth[f"E{n + 1}"] = made
    book.save(path)
    first = 'escalation_requested: {column: "1st Escalation Request"}'
    return Export(truth, [(f"  # {first}", f"  {first}")])


def extensions(path: Path) -> Export:
    """Every date that an extension can have, a decision beside the letter, the final response beside its due date."""
    book, page = _page("Register")
    page.append(["Ref", "Date complaint received", "Date complaint acknowledged", "Original Due Date",
                 "Extension Approved", "Extension Agreed", "Extension Reason", "Extension Letter Sent",
                 "New target date", "Revised Response Date", "Stage 1 Decision Date", "Date Stage 1 Letter Issued",
                 "Stage 2 requested", "Final Response Due", "Final Response Sent"])  # fmt: skip
    truth: Truth = {}
    for n, made in enumerate(steps(9, 40, extended=True)):
        get = made.get
        made.pop("stage2_acknowledged", None)
        notified, until = get("extension_notified"), get("extended_to")
        page.append([f"X{n + 1}", made["received"], made["acknowledged"], after(made["acknowledged"], 14),
                     after(notified, -1), "Y" if notified else None, "Complex" if notified else None, notified, until,
                     after(made["responded"], 5) if until else None, after(made["responded"], -(n % 3)),
                     made["responded"], get("escalation_requested"), after(get("escalation_requested"), 28),
                     get("stage2_responded")])  # fmt: skip
        truth[f"X{n + 1}"] = made
    book.save(path)
    right = ("extended_to: {column: New target date}", "responded: {column: Date Stage 1 Letter Issued}")
    return Export(truth, [(f"  # {line}", f"  {line}") for line in right])


def quarter(path: Path) -> Export:
    """A quarter's return: headings repeated half-way, TBC, Ongoing and dashes among text dates, a total and a note."""
    book, page = _page("Q1")
    head = ["No.", "Complaint reference", "Received", "Acknowledged", "Ack within 5 WD?", "Due", "Responded",
            "Within 10 WD?", "Escalated", "S2 due", "S2 responded", "Learning"]  # fmt: skip
    for line in (["Complaints Q1 2024/25"], [], head):
        page.append(line)
    truth: Truth = {}
    for n, made in enumerate(steps(10, 30)):
        if n == 15:
            page.append(head)
        made.pop("stage2_acknowledged", None)
        if n == 9:
            del made["acknowledged"]
        if n > 26:
            for name in ("responded", "escalation_requested", "stage2_responded"):
                made.pop(name, None)
        asked = made.get("escalation_requested")
        page.append([n + 1, f"Q{n}", british(made["received"]), british(made.get("acknowledged")) or "TBC", "Yes",
                     british(after(made["received"], 14)), british(made.get("responded")) or "Ongoing", "Yes",
                     british(asked) or "-", british(after(asked, 28)) or "-",
                     british(made.get("stage2_responded")) or "N/A", "x"])  # fmt: skip
        truth[f"Q{n}"] = made
    page.append(["TOTAL", 30])
    page.append(["* Ongoing cases are told next quarter"])
    book.save(path)
    return Export(truth, aside=3)


def deadline_called_response(path: Path) -> Export:
    """“Response Date” is the deadline, and the answer stands under “Actual Response”."""
    book, page = _page("Tracker")
    page.append(["Complaint Ref", "Date Opened", "Ack Required By", "Ack Sent", "Response Date", "Actual Response",
                 "Stage 2 Requested", "Stage 2 Response Date", "Stage 2 Actual Response"])  # fmt: skip
    truth: Truth = {}
    for n, made in enumerate(steps(11, 24)):
        asked = made.get("escalation_requested")
        made.pop("stage2_acknowledged", None)
        page.append([f"K{n}", made["received"], after(made["received"], 7), made["acknowledged"],
                     after(made["received"], 14), made["responded"], asked, after(asked, 28),
                     made.get("stage2_responded")])  # fmt: skip
        truth[f"K{n}"] = made
    book.save(path)
    right = ("received: {column: Date Opened}", "responded: {column: Actual Response}",
             "stage2_responded: {column: Stage 2 Actual Response}")  # fmt: skip
    return Export(truth, [(f"  # {line}", f"  {line}") for line in right])


def deadline_alone(path: Path) -> Export:
    """“Response Date” is the deadline, and nothing says when an answer was sent; the mapping drops the line."""
    book, page = _page("Tracker")
    page.append(["Complaint Ref", "Date Received", "Ack Sent", "Response Date", "Date Closed"])
    truth: Truth = {}
    for n, made in enumerate(steps(12, 24)):
        page.append([f"D{n}", made["received"], made["acknowledged"], _working_days(made["received"], 10),
                     after(made["responded"], 3)])  # fmt: skip
        truth[f"D{n}"] = {
            "received": made["received"], "acknowledged": made["acknowledged"],
            "closed": made["responded"] + timedelta(days=3),
        }  # fmt: skip
    book.save(path)
    return Export(truth, [("  responded: {column: Response Date, empty: not-recorded}\n", "")])


def _working_days(day: date, days: int) -> date:
    while days:
        day += timedelta(days=1)
        days -= day.weekday() < 5
    return day


def open_document(path: Path) -> Export:
    """An OpenDocument spreadsheet, kept by hand, with due dates beside done dates."""
    from tests.casebook.spreadsheets import day, ods, row, table, text
    from tests.casebook.workbooks import zipped

    empty = "<table:table-cell/>"
    heads = ("Reference", "Complaint received", "Ack due", "Ack sent", "Reply due", "Reply sent", "Escalated")
    rows = [row(*map(text, heads))]
    truth: Truth = {}
    for n, made in enumerate(steps(13, 15)):
        made = {k: v for k, v in made.items() if not k.startswith("stage2_")}
        days = [made["received"], after(made["received"], 7), made["acknowledged"], after(made["received"], 14),
                made["responded"], made.get("escalation_requested")]  # fmt: skip
        rows.append(row(text(f"O-{n}"), *(day(one.isoformat()) if one else empty for one in days)))
        truth[f"O-{n}"] = made
    rows.append(row(text("Total: 15")))
    zipped(path, ods(table(*rows)))
    return Export(truth, aside=1)


def due_and_sent_below(path: Path) -> Export:
    """“Acknowledged” and “Response” each merged over two columns, with “Due” and “Sent” in the row below."""
    book, page = _page("Log")
    page.append(["Ref", "Received", "Acknowledged", None, "Response", None, "Stage 2", None, "Notes"])
    page.append([None, None, "Due", "Sent", "Due", "Sent", "Requested", "Responded"])
    for merged in ("A1:A2", "B1:B2", "C1:D1", "E1:F1", "G1:H1", "I1:I2"):
        page.merge_cells(merged)
    truth: Truth = {}
    for n, made in enumerate(steps(14, 20)):
        made.pop("stage2_acknowledged", None)
        page.append([f"P{n}", made["received"], after(made["received"], 7), made["acknowledged"],
                     after(made["received"], 14), made["responded"], made.get("escalation_requested"),
                     made.get("stage2_responded"), "x"])  # fmt: skip
        truth[f"P{n}"] = made
    book.save(path)
    return Export(truth)


def three_rows_of_headings(path: Path) -> Export:
    """The stage over the step over “Due” and “Sent”, all merged."""
    book, page = _page("Log")
    page.append(["Ref", "Date received", "Stage 1", None, None, None, "Stage 2"])
    page.append([None, None, "Acknowledgement", None, "Response", None, "Requested", "Response"])
    page.append([None, None, "Due", "Sent", "Due", "Sent", None, "Due", "Sent"])
    for merged in ("A1:A3", "B1:B3", "C1:F1", "G1:I1", "C2:D2", "E2:F2", "G2:G3", "H2:I2"):
        page.merge_cells(merged)
    truth: Truth = {}
    for n, made in enumerate(steps(15, 20)):
        made.pop("stage2_acknowledged", None)
        asked = made.get("escalation_requested")
        page.append([f"T{n}", made["received"], after(made["received"], 7), made["acknowledged"],
                     after(made["received"], 14), made["responded"], asked, after(asked, 28),
                     made.get("stage2_responded")])  # fmt: skip
        truth[f"T{n}"] = made
    book.save(path)
    return Export(truth)


def target_and_actual_below(path: Path) -> Export:
    """A text file has no merged cells: “Target” and “Actual” stand under a heading and the blank beside it."""
    lines = ["Ref,Received,Acknowledged,,Response,", ",,Target,Actual,Target,Actual"]
    truth: Truth = {}
    for n, made in enumerate(steps(16, 20)):
        kept = {name: made[name] for name in ("received", "acknowledged", "responded")}
        days = [made["received"], after(made["received"], 7), made["acknowledged"], after(made["received"], 14),
                made["responded"]]  # fmt: skip
        lines.append(f"U{n}," + ",".join(str(day) for day in days))
        truth[f"U{n}"] = kept
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return Export(truth)


def heading_over_two_columns(path: Path) -> Export:
    """As before, but with no heading known for the reference, so that the second row of headings is not seen: the first
    of two columns is proposed, the wrong one, and has to be confirmed."""
    book, page = _page("Log")
    page.append(["Job", "Date received", "Acknowledged", None, "Responded", None])
    page.append([None, None, "Due", "Sent", "Due", "Sent"])
    page.merge_cells("C1:D1")
    page.merge_cells("E1:F1")
    truth: Truth = {}
    for n, made in enumerate(steps(17, 20)):
        page.append([f"J{n:05}", made["received"], after(made["received"], 7), made["acknowledged"],
                     after(made["received"], 14), made["responded"]])  # fmt: skip
        truth[f"J{n:05}"] = {"received": made["received"]}
    book.save(path)
    wrong = ("acknowledged: {column: Acknowledged,", "responded: {column: Responded,")
    return Export(truth, [(f"  {line} empty: not-recorded}}\n", "") for line in wrong], aside=1)


def stage_in_the_reference(path: Path) -> Export:
    """Each stage on a row of its own, under a reference of its own: read as complaints, stage 2 would be judged as
    stage 1. It is asked; here somebody says that the column only tells how far a case has gone."""
    book, page = _page("All")
    page.append(["Case Ref", "Complaint Stage", "DateReceived", "Stage1AckDate", "Response Due", "Stage1ResponseSent"])
    truth: Truth = {}
    for n, made in enumerate(steps(18, 20)):
        kept = {name: made[name] for name in ("received", "acknowledged", "responded")}
        page.append([f"B{n}/{1 + n % 2}", str(1 + n % 2), made["received"], made["acknowledged"],
                     after(made["received"], 14), made["responded"]])  # fmt: skip
        truth[f"B{n}/{1 + n % 2}"] = kept
    book.save(path)
    return Export(truth, [("layout:\n", "layout: rows\n")])


def headings_twice(path: Path) -> Export:
    """“Ack sent” and “Response sent” over two columns each, and nothing but their place says which is of stage 2."""
    book, page = _page("Log")
    page.append(["Ref", "Date received", "Ack sent", "Response sent", "Escalated", "Ack sent", "Response sent"])
    truth: Truth = {}
    for n, made in enumerate(steps(19, 20)):
        get = made.get
        page.append([f"W{n}", made["received"], made["acknowledged"], made["responded"], get("escalation_requested"),
                     get("stage2_acknowledged"), get("stage2_responded")])  # fmt: skip
        truth[f"W{n}"] = made
    book.save(path)
    right = ("acknowledged: {column: Ack sent, letter: C}", "stage2_acknowledged: {column: Ack sent, letter: F}",
             "responded: {column: Response sent, letter: D}",
             "stage2_responded: {column: Response sent, letter: G}")  # fmt: skip
    return Export(truth, [(f"  # {line}", f"  {line}") for line in right])


EXPORTS: dict[str, Callable[[Path], Export]] = {
    "two-rows-of-headings.xlsx": two_rows_of_headings,
    "completed-and-closed.xlsx": completed_and_closed,
    "names-of-fields.xlsx": names_of_fields,
    "times-of-day-and-a-filter.xlsx": times_of_day_and_a_filter,
    "kept-by-hand.xlsx": kept_by_hand,
    "american-text.xlsx": american_text,
    "epoch-of-1904.xlsx": epoch_of_1904,
    "two-requests.xlsx": two_requests,
    "extensions.xlsx": extensions,
    "quarter.xlsx": quarter,
    "deadline-called-response.xlsx": deadline_called_response,
    "deadline-alone.xlsx": deadline_alone,
    "open-document.ods": open_document,
    "due-and-sent-below.xlsx": due_and_sent_below,
    "three-rows-of-headings.xlsx": three_rows_of_headings,
    "target-and-actual-below.csv": target_and_actual_below,
    "heading-over-two-columns.xlsx": heading_over_two_columns,
    "stage-in-the-reference.xlsx": stage_in_the_reference,
    "headings-twice.xlsx": headings_twice,
}
