"""Reading a complaints log into a case book: the front door of this room.

Nothing is thrown at the reader of a bad file: what happened is said in findings, and what could be read is returned.
"""

from __future__ import annotations

import contextlib
import gc
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from policylang.casebook.cases import Case, CaseBook, Entry, SetAside
from policylang.casebook.date_columns import settle_dates
from policylang.casebook.entries import ColumnReader
from policylang.casebook.grid import Book, Cell, Row
from policylang.casebook.headings import Header, Heading, all_rows
from policylang.casebook.layout import Chosen, choose
from policylang.casebook.mapping import Column, Mapping
from policylang.casebook.open import open_log
from policylang.casebook.propose import Proposal, propose
from policylang.casebook.questions import not_read, unsettled
from policylang.casebook.record import REQUIRED, heading_key
from policylang.casebook.rows import NO_REFERENCE, TOO_WIDE, why_not_a_case
from policylang.casebook.rules import finding
from policylang.casebook.setting_aside import duplicates, set_aside_findings
from policylang.findings.finding import Finding, Place, Severity
from policylang.findings.nearest import did_you_mean
from policylang.findings.problem import Problem
from policylang.findings.words import count


@dataclass(slots=True)
class ReadResult:
    """A case book, and everything there is to say about how it was read.

    ``mapping`` is the one used (given, or proposed and certain); ``proposal`` is set where no mapping was given.
    ``stopped`` says that the log was not read, and so nothing may be judged: a command exits 2. Then the errors among
    ``findings`` say why, and the case book holds no case.
    """

    casebook: CaseBook
    findings: list[Finding] = field(default_factory=list)
    mapping: Mapping | None = None
    proposal: Proposal | None = None
    stopped: bool = False


def read_cases(path: Path | str, mapping: Mapping | None = None, *, sheet: str | None = None) -> ReadResult:
    """Read one log. Never raises for a bad file, mapping or cell: the findings say what is wrong and what to do.

    Without a mapping one is proposed from the headings; the log is read with it only if every column is certain, and
    otherwise reading stops with the questions. Only mapped columns are kept. The sheet is ``sheet``, or the mapping's,
    or the only one that looks like a log.
    """
    result = ReadResult(CaseBook(), mapping=mapping)
    try:
        book, chosen = _opened(Path(path), mapping, sheet, result)
        if mapping is None:
            result.proposal = propose(chosen.sheet, chosen.header)
            stopping, notes = unsettled(book, result.proposal)
            result.findings += [*stopping, *notes]
            if stopping:
                return _stop(result)
            result.mapping = mapping = result.proposal.mapping()
        columns = _columns(mapping, chosen.header, book)
        if any(isinstance(found, Finding) for found in columns):
            result.findings += [found for found in columns if isinstance(found, Finding)]
            return _stop(result)
        if result.proposal is None:
            result.findings += not_read(book, chosen.header, mapping)
        readers = {found[0]: found[1] for found in columns if not isinstance(found, Finding)}
        with _without_collector():
            _read(result, book, chosen, mapping, readers)
    except Problem as problem:
        result.findings += problem.findings
        return _stop(result)
    return result


@contextlib.contextmanager
def _without_collector() -> Iterator[None]:
    # Reading makes millions of small objects without a cycle among them, and looking for cycles takes half the time.
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def propose_mapping(path: Path | str, *, sheet: str | None = None) -> tuple[Proposal | None, list[Finding]]:
    """What the headings of a log suggest, and the questions that are open. Never raises for a bad file."""
    result = ReadResult(CaseBook())
    try:
        book, chosen = _opened(Path(path), None, sheet, result)
        proposal = propose(chosen.sheet, chosen.header)
        stopping, notes = unsettled(book, proposal)
        return proposal, [*result.findings, *stopping, *notes]
    except Problem as problem:
        return None, [*result.findings, *problem.findings]


def _opened(path: Path, mapping: Mapping | None, sheet: str | None, result: ReadResult) -> tuple[Book, Chosen]:
    book = open_log(path)
    result.casebook.files.append(book.file)
    result.casebook.digests[book.file] = book.digest
    result.findings += [finding(rule, said, help, place=Place(file=book.file)) for rule, said, help in book.notes]
    chosen = choose(book, mapping, sheet)
    result.findings += chosen.findings
    return book, chosen


def _stop(result: ReadResult) -> ReadResult:
    result.stopped = True
    casebook = result.casebook
    casebook.cases.clear()
    if not casebook.reconciles:
        # Rows that were looked at and not judged because of the whole log are not set aside one by one.
        casebook.set_aside.clear()
        casebook.rows_read = casebook.hidden_rows = 0
    return result


def _columns(mapping: Mapping, header: Header, book: Book) -> list[tuple[int, Column] | Finding]:
    # Each mapped fact's column, or what is wrong with it.
    found: list[tuple[int, Column] | Finding] = []
    taken: dict[int, str] = {}
    for column in mapping.columns.values():
        where = _find(column, mapping, header, book)
        if isinstance(where, Finding):
            found.append(where)
        elif where.column in taken:
            found.append(
                finding(
                    "mapping-column-used-twice",
                    f"The column “{where.text}” is given to two facts, {taken[where.column]} and {column.fact}.",
                    "Keep it for the one that it records, and leave the other out: one cell cannot prove two things.",
                    place=_line(mapping, column, book),
                )
            )
        else:
            taken[where.column] = column.fact
            found.append((where.column, column))
    for name in REQUIRED:
        if name not in mapping.columns:
            found.append(
                finding(
                    "required-column-missing",
                    f"The mapping gives no column for “{name}”, without which no row is a case.",
                    f"Add a line “{name}: heading of the column”. The headings are: {_listed(header)}.",
                    place=_line(mapping, None, book),
                )
            )
    return found


def _find(column: Column, mapping: Mapping, header: Header, book: Book) -> Heading | Finding:
    key = heading_key(column.heading)
    same = [heading for heading in header.headings if heading.key == key]
    if column.letter:
        same = [heading for heading in same if heading.letter == column.letter]
    if len(same) == 1:
        return same[0]
    place = _line(mapping, column, book)
    if same:
        letters = ", ".join(heading.letter for heading in same)
        return finding(
            "column-ambiguous",
            f"The heading “{column.heading}” stands over several columns ({letters}), so it is open which is "
            f"{column.fact}.",
            f"Add the letters of the right one, as in “{column.fact}: "
            f"{{column: {column.heading}, letter: {same[0].letter}}}”.",
            place=place,
        )
    at = f" in column {column.letter}" if column.letter else ""
    return finding(
        "mapping-column-missing",
        f"There is no heading “{column.heading}”{at} in row {header.row}.",
        did_you_mean(column.heading, [heading.text for heading in header.headings], what="headings"),
        place=place,
    )


def _line(mapping: Mapping, column: Column | None, book: Book) -> Place:
    if mapping.file is None:
        return Place(file=book.file)
    return Place(file=mapping.file, line=mapping.line("columns", *([column.fact] if column else [])))


def _listed(header: Header) -> str:
    return ", ".join(f"“{heading.text}”" for heading in header.headings[:60])


def _read(result: ReadResult, book: Book, chosen: Chosen, mapping: Mapping, columns: dict[int, Column]) -> None:
    casebook, sheet, header = result.casebook, chosen.sheet, chosen.header
    headings = {heading.column: heading for heading in header.headings}
    readers = {
        n: ColumnReader(column, sheet.name, headings[n].letter, book.file, headings[n].text)
        for n, column in columns.items()
    }
    at = {column.fact: n for n, column in columns.items()}
    rows: list[tuple[int, dict[int, Cell]]] = []
    for row, why in _rows(book, chosen, at["reference"], at["received"]):
        casebook.rows_read += 1
        casebook.hidden_rows += row.hidden
        if why is None:
            # Only mapped cells are kept from here on.
            rows.append((row.number, {n: row.cells[n] for n in readers if n in row.cells}))
        else:
            ref = row.cells.get(at["reference"])
            named = "" if ref is None or why != TOO_WIDE else " ".join(ref.text.split())
            casebook.set_aside.append(SetAside(sheet.name, row.number, why, named))
    casebook.columns = {column.fact: headings[n].text for n, column in columns.items()}
    if not rows:
        result.findings += [*set_aside_findings(book, header, casebook.set_aside), _no_cases(book, chosen)]
        _stop(result)
        return
    filled = [(reader, [cells[n] for _, cells in rows if n in cells]) for n, reader in readers.items()]
    result.findings += settle_dates(filled, mapping.dates)
    if any(found.severity is Severity.ERROR for found in result.findings):
        _stop(result)
        return
    for number, cells in rows:
        entries: dict[str, Entry] = {
            reader.column.fact: reader.read(cells.get(n), number) for n, reader in readers.items()
        }
        reference = " ".join(cells[at["reference"]].text.split())
        casebook.cases.append(Case(reference, entries, sheet.name, number))
    result.findings += duplicates(book, casebook)
    casebook.set_aside.sort(key=lambda aside: aside.row)
    result.findings += set_aside_findings(book, header, casebook.set_aside)
    for reader in readers.values():
        result.findings += reader.findings()
    result.findings += _hidden(book, chosen, casebook, headings, readers)


def _rows(book: Book, chosen: Chosen, reference: int, received: int) -> Iterator[tuple[Row, str | None]]:
    last = max(heading.column for heading in chosen.header.headings)
    for row in all_rows(chosen.sheet):
        if row.number <= chosen.header.row:
            continue
        why = why_not_a_case(row, chosen.header, reference, received)
        # In text, a comma too many moves every value after it under the wrong heading.
        if why in (None, NO_REFERENCE) and book.is_text and max(row.cells) > last:
            why = TOO_WIDE
        yield row, why


def _no_cases(book: Book, chosen: Chosen) -> Finding:
    return finding(
        "no-cases",
        f"Under the headings in row {chosen.header.row} of “{chosen.sheet.name}” there is no case.",
        "Check that this is the log itself and not an empty form, and that it was saved with its rows.",
        place=Place(file=book.file, sheet=chosen.sheet.name, row=chosen.header.row),
    )


def _hidden(
    book: Book, chosen: Chosen, casebook: CaseBook, headings: dict[int, Heading], readers: dict[int, ColumnReader]
) -> Iterator[Finding]:
    place = Place(file=book.file, sheet=chosen.sheet.name)
    if casebook.hidden_rows:
        yield finding(
            "hidden-rows-read",
            f"{count(casebook.hidden_rows, 'row is', 'rows are')} hidden (by hand or by a filter), of the "
            f"{casebook.rows_read} there are. Hidden rows are read and count like all others.",
            "If they are not meant to count, delete them and say why in the report.",
            place=place,
        )
    hidden = [headings[n].text for n in sorted(chosen.sheet.hidden_columns & set(readers))]
    if hidden:
        yield finding(
            "hidden-columns-read",
            f"Hidden columns were read: {', '.join(f'“{text}”' for text in hidden)}.",
            "Check that they are the ones in use; otherwise name the right columns in a mapping.",
            place=place,
        )
