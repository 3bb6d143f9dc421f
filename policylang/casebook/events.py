"""Reading a log of events (case, event, date: one row an event) into cases.

The mapping says which word stands for which event; a word that it does not name stops the reading, as it could be the
response that a case seems to lack. A case without a row for an event did without it only if the mapping says so.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from policylang.casebook.cases import Case, Entry, EntryState, SetAside
from policylang.casebook.date_columns import settle_dates
from policylang.casebook.diary_word import whole_word
from policylang.casebook.entries import ColumnReader
from policylang.casebook.event_findings import disagreeing, repeated, unknown_words, without_event
from policylang.casebook.grid import Cell
from policylang.casebook.mapping import DATE, EVENT, STAGE, Empty, EventWords, Take
from policylang.casebook.record import facts, heading_key
from policylang.casebook.rows import LEFT_OUT, NO_EVENT, NO_REFERENCE, READ_INTO, TOO_WIDE, case_rows
from policylang.casebook.setting_aside import set_aside_findings
from policylang.casebook.tables import Table, hidden, no_cases
from policylang.findings.finding import Severity


@dataclass(slots=True)
class _Gathered:
    """What the rows of one case say, in their order."""

    reference: str
    row: int
    events: dict[str, list[Entry]] = field(default_factory=dict)
    others: dict[str, list[Entry]] = field(default_factory=dict)


def read_events(table: Table) -> bool:
    """Read a sheet of one row an event into the table's case book; false where something stops the reading.

    A case stands on the first of its rows that says something; its other rows are set aside as read into it, so that
    rows read are cases and rows set aside, as in every log.
    """
    casebook, sheet, header, book, mapping = (
        table.casebook,
        table.chosen.sheet,
        table.chosen.header,
        table.book,
        table.mapping,
    )
    headings = {heading.column: heading for heading in header.headings}
    readers = {
        n: ColumnReader(column, sheet.name, headings[n].letter, book.file, headings[n].text)
        for n, column in table.columns.items()
    }
    at = {column.fact: n for n, column in table.columns.items()}
    meant = {heading_key(word): spec.fact for spec in mapping.events.values() for word in spec.words}
    ignored = {heading_key(word) for word in mapping.ignore_events}
    rows: list[tuple[int, str, dict[int, Cell]]] = []
    strange: list[tuple[int, str, str]] = []
    unnamed: list[int] = []
    for row, why in case_rows(book, sheet, header, at["reference"], at[DATE]):
        casebook.rows_read += 1
        casebook.hidden_rows += row.hidden
        reference = " ".join(row.cells[at["reference"]].text.split()) if at["reference"] in row.cells else ""
        if why is None:
            said = whole_word(row.cells.get(at[EVENT]), row.cells.get(at.get(STAGE, -1)))
            key = heading_key(said)
            if key in meant:
                kept = {n: cell for n, cell in row.cells.items() if n in readers}
                rows.append((row.number, meant[key], kept))
                continue
            if not said:
                why = NO_EVENT
                unnamed.append(row.number)
            else:
                why = LEFT_OUT
                if key not in ignored and not mapping.ignore_other_events:
                    strange.append((row.number, said, reference))
        casebook.set_aside.append(SetAside(sheet.name, row.number, why, reference if why != NO_REFERENCE else ""))
    words = {spec.fact: ", ".join(spec.words) for spec in mapping.events.values()}
    casebook.columns = {column.fact: headings[n].text for n, column in table.columns.items() if column.fact in facts()}
    casebook.columns |= {fact: f"{headings[at[EVENT]].text}: {said}" for fact, said in words.items()}
    if strange:
        table.findings.append(unknown_words(table, headings[at[EVENT]], strange))
        return False
    if not rows:
        table.findings += [*set_aside_findings(book, header, casebook.set_aside), no_cases(table)]
        return False
    filled = [(reader, [cells[n] for _, _, cells in rows if n in cells]) for n, reader in readers.items()]
    table.findings += settle_dates(filled, mapping.dates)
    if any(found.severity is Severity.ERROR for found in table.findings):
        return False
    table.complete = not unnamed and all(aside.why not in (NO_REFERENCE, TOO_WIDE) for aside in casebook.set_aside)
    gathered = _gather(table, rows, readers, at)
    _build(table, gathered, at, readers)
    casebook.set_aside.sort(key=lambda aside: aside.row)
    table.findings += set_aside_findings(book, header, casebook.set_aside)
    if unnamed:
        table.findings.append(without_event(table, unnamed))
    for reader in readers.values():
        table.findings += reader.findings()
    table.findings += hidden(table, readers)
    return True


def _gather(
    table: Table, rows: list[tuple[int, str, dict[int, Cell]]], readers: dict[int, ColumnReader], at: dict[str, int]
) -> dict[str, _Gathered]:
    sheet = table.chosen.sheet.name
    others = [n for n, column in table.columns.items() if column.fact in facts() and column.fact != "reference"]
    found: dict[str, _Gathered] = {}
    for number, fact, cells in rows:
        reference = " ".join(cells[at["reference"]].text.split())
        case = found.get(reference.casefold())
        if case is None:
            case = found[reference.casefold()] = _Gathered(reference, number)
        else:
            table.casebook.set_aside.append(SetAside(sheet, number, READ_INTO))
        case.events.setdefault(fact, []).append(readers[at[DATE]].read(cells.get(at[DATE]), number))
        for n in others:
            if n in cells:
                entry = readers[n].read(cells[n], number)
                case.others.setdefault(readers[n].column.fact, []).append(entry)
        reference_entry = readers[at["reference"]].read(cells[at["reference"]], number)
        case.others.setdefault("reference", [reference_entry])
    return found


def _build(table: Table, gathered: dict[str, _Gathered], at: dict[str, int], readers: dict[int, ColumnReader]) -> None:
    several: dict[str, list[Entry]] = {}
    unlike: dict[str, list[Entry]] = {}
    plain = [column for column in table.columns.values() if column.fact in facts()]
    for case in gathered.values():
        entries: dict[str, Entry] = {}
        for column in plain:
            said = case.others.get(column.fact, [])
            one = _alike(said)
            if one is None:
                unlike.setdefault(column.fact, []).extend(said[:2])
                one = Entry(EntryState.UNREADABLE, raw=said[0].raw, cell=said[0].cell)
            elif not said:
                one = _absent(column.empty, complete=table.complete)
            entries[column.fact] = one
        for spec in table.mapping.events.values():
            rows = case.events.get(spec.fact, [])
            entries[spec.fact] = one = _one(rows, spec) if rows else _absent(spec.empty, complete=table.complete)
            if len({entry.value for entry in rows if entry.date}) > 1 and spec.take is None:
                several.setdefault(spec.fact, []).append(one)
        table.casebook.cases.append(Case(case.reference, entries, table.chosen.sheet.name, case.row, diary=True))
    table.findings += [repeated(table, fact, entries) for fact, entries in several.items()]
    table.findings += [disagreeing(table, fact, entries) for fact, entries in unlike.items()]


def _absent(empty: Empty, *, complete: bool) -> Entry:
    # Where a row could be given to no case, the row that this case lacks may be that one.
    return Entry(EntryState.NOT_DONE if complete and empty is Empty.NOT_DONE else EntryState.BLANK)


def _alike(entries: list[Entry]) -> Entry | None:
    # What the rows of a case agree on; None where they do not.
    if not entries:
        return Entry(EntryState.BLANK)
    first = entries[0]
    return first if all(_same(entry, first) for entry in entries) else None


def _same(one: Entry, other: Entry) -> bool:
    # Two months are both vague and without a value, and still not the same.
    return (one.state, one.value, one.earliest, one.latest) == (other.state, other.value, other.earliest, other.latest)


def _one(entries: list[Entry], spec: EventWords) -> Entry:
    """The entry of an event that a case has one or more rows for.

    Rows of different days leave it open which one counts: then all that is known is the time from the first to the
    last, unless the mapping says which to take. A row without a day that can be read leaves everything open.
    """
    first = entries[0]
    if all(_same(entry, first) for entry in entries):
        return first
    spans = [(span, entry) for entry in entries if (span := _span(entry))]
    if len(spans) < len(entries):
        return next(entry for entry in entries if not _span(entry))
    firsts, lasts = [span[0] for span, _ in spans], [span[1] for span, _ in spans]
    if spec.take is Take.FIRST:
        low, high = min(firsts), min(lasts)
    elif spec.take is Take.LAST:
        low, high = max(firsts), max(lasts)
    else:
        low, high = min(firsts), max(lasts)
    exact = next((entry for span, entry in spans if span == (low, high)), None)
    if exact is not None:
        return exact
    return Entry(EntryState.VAGUE, raw=first.raw, cell=first.cell, earliest=low, latest=high)


def _span(entry: Entry) -> tuple[date, date] | None:
    if entry.date:
        return entry.date, entry.date
    return (entry.earliest, entry.latest) if entry.earliest and entry.latest else None
