"""Reading one sheet of one row a case, once it is settled which column holds what."""

from __future__ import annotations

from collections.abc import Container, Iterator
from dataclasses import dataclass, field

from policylang.casebook.cases import Case, CaseBook, SetAside
from policylang.casebook.date_columns import settle_dates
from policylang.casebook.entries import ColumnReader
from policylang.casebook.grid import Book, Content, text_of
from policylang.casebook.layout import Chosen
from policylang.casebook.mapping import Column, Mapping
from policylang.casebook.record import facts
from policylang.casebook.row_entries import Layout, RowEntries
from policylang.casebook.rows import TOO_WIDE, case_rows
from policylang.casebook.rules import finding
from policylang.casebook.setting_aside import duplicates, reference_alone, set_aside_findings
from policylang.findings.finding import Finding, Place, Severity
from policylang.findings.words import count


@dataclass(slots=True)
class Table:
    """One sheet on its way into a case book: which column (from 0) holds what, and what there is to say about it.

    ``complete`` is false where a row could not be given to any case, so that a case without a row proves nothing.
    """

    book: Book
    chosen: Chosen
    mapping: Mapping
    columns: dict[int, Column]
    casebook: CaseBook
    findings: list[Finding] = field(default_factory=list)
    complete: bool = True

    def place(self, row: int | None = None) -> Place:
        """The sheet, or a row of it."""
        return Place(file=self.book.file, sheet=self.chosen.sheet.name, row=row)


def read_rows(table: Table) -> bool:
    """Read a sheet of one row a case into the table's case book; false where something stops the reading."""
    casebook, sheet, header, book = table.casebook, table.chosen.sheet, table.chosen.header, table.book
    mapping = table.mapping
    headings = {heading.column: heading for heading in header.headings}
    readers = {
        n: ColumnReader(column, sheet.name, headings[n].letter, book.file, headings[n].text)
        for n, column in table.columns.items()
    }
    at = {column.fact: n for n, column in table.columns.items()}
    # A sheet that is joined to another need not have the day of receipt; any other date tells a case from a total.
    events = [n for n, column in table.columns.items() if facts()[column.fact].kind == "event"]
    dated = at.get("received", events[0] if events else -1)
    wanted = list(readers)
    numbers: list[int] = []
    kept: list[list[Content]] = []
    for row, why in case_rows(book, sheet, header, at["reference"], dated):
        casebook.rows_read += 1
        casebook.hidden_rows += row.hidden
        if why is None:
            # Only mapped cells are kept from here on.
            numbers.append(row.number)
            kept.append(row.contents(wanted))
        else:
            ref = row.cells.get(at["reference"])
            named = "" if ref is None or why != TOO_WIDE else " ".join(ref.text.split())
            casebook.set_aside.append(SetAside(sheet.name, row.number, why, named))
    casebook.columns = {column.fact: headings[n].text for n, column in table.columns.items()}
    if not kept:
        table.findings += [*set_aside_findings(book, header, casebook.set_aside), no_cases(table)]
        return False
    columns = dict(zip(wanted, zip(*kept, strict=True), strict=True))
    del kept
    table.findings += settle_dates([(readers[n], contents) for n, contents in columns.items()], mapping.dates)
    if any(found.severity is Severity.ERROR for found in table.findings):
        return False
    places = Layout({readers[n].column.fact: place for place, n in enumerate(wanted)})
    shared = zip(*(readers[n].read_all(contents, numbers) for n, contents in columns.items()), strict=True)
    for number, content, own in zip(numbers, columns[at["reference"]], shared, strict=True):
        reference = " ".join(text_of(content).split())
        casebook.cases.append(Case(reference, RowEntries(places, own, number), sheet.name, number))
    if "received" in at:
        table.findings += reference_alone(book, casebook)
    table.findings += duplicates(book, casebook)
    casebook.set_aside.sort(key=lambda aside: aside.row)
    table.findings += set_aside_findings(book, header, casebook.set_aside)
    for reader in readers.values():
        table.findings += reader.findings()
    table.findings += hidden(table, readers)
    return True


def no_cases(table: Table) -> Finding:
    """The finding of a sheet with headings and nothing under them."""
    book, chosen = table.book, table.chosen
    return finding(
        "no-cases",
        f"Under the headings in row {chosen.header.row} of “{chosen.sheet.name}” there is no case.",
        "Check that this is the log itself and not an empty form, and that it was saved with its rows.",
        place=Place(file=book.file, sheet=chosen.sheet.name, row=chosen.header.row),
    )


def hidden(table: Table, readers: Container[int]) -> Iterator[Finding]:
    """What there is to say of hidden rows, and of hidden columns among those that were read."""
    book, chosen, casebook = table.book, table.chosen, table.casebook
    headings = {heading.column: heading for heading in chosen.header.headings}
    place = Place(file=book.file, sheet=chosen.sheet.name)
    if casebook.hidden_rows:
        yield finding(
            "hidden-rows-read",
            f"{count(casebook.hidden_rows, 'row is', 'rows are')} hidden (by hand or by a filter), of the "
            f"{casebook.rows_read} there are. Hidden rows are read and count like all others.",
            "If they are not meant to count, delete them and say why in the report.",
            place=place,
        )
    out_of_sight = [headings[n].text for n in sorted(chosen.sheet.hidden_columns) if n in readers]
    if out_of_sight:
        yield finding(
            "hidden-columns-read",
            f"Hidden columns were read: {', '.join(f'“{text}”' for text in out_of_sight)}.",
            "Check that they are the ones in use; otherwise name the right columns in a mapping.",
            place=place,
        )
