"""Reading a complaints log into a case book: the front door of this room.

Nothing is thrown at the reader of a bad file: what happened is said in findings, and what could be read is returned.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from policylang.casebook.cases import CaseBook
from policylang.casebook.events import read_events
from policylang.casebook.grid import Book
from policylang.casebook.headings import Header, Heading, first_header
from policylang.casebook.joining import join
from policylang.casebook.layout import Chosen, candidates, choose, others_left
from policylang.casebook.mapping import Column, Layout, Mapping
from policylang.casebook.open import open_log
from policylang.casebook.proposal import Proposal
from policylang.casebook.propose import propose, with_words
from policylang.casebook.questions import not_read, unsettled
from policylang.casebook.record import REQUIRED, heading_key
from policylang.casebook.rules import finding, stop
from policylang.casebook.tables import Table, read_rows
from policylang.findings.collector import without_collector
from policylang.findings.finding import Finding, Place, Severity
from policylang.findings.nearest import did_you_mean
from policylang.findings.problem import Problem


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
    or the only one that looks like a log; in the last case reading stops where another sheet says more of the same
    cases.
    """
    result = ReadResult(CaseBook(), mapping=mapping)
    try:
        book, chosen = _opened(Path(path), mapping, sheet, result)
        if mapping is None:
            result.proposal = with_words(propose(chosen.sheet, chosen.header), chosen.sheet)
            stopping, notes = unsettled(book, result.proposal)
            result.findings += [*stopping, *notes]
            if stopping:
                result.findings += _left_out(book, chosen, result, sheet)
                return _stop(result)
            result.mapping = mapping = result.proposal.mapping()
        so_far = len(result.findings)
        with without_collector():
            if not _read_all(result, book, chosen, mapping):
                return _stop(result)
        left = _left_out(book, chosen, result, sheet)
        if any(one.severity is Severity.ERROR for one in left):
            # What was found in the rows may all come of the sheet that was not read.
            result.findings[so_far:] = left
            return _stop(result)
        result.findings[so_far:so_far] = left
    except Problem as problem:
        result.findings += problem.findings
        return _stop(result)
    return result


def _left_out(book: Book, chosen: Chosen, result: ReadResult, sheet: str | None) -> list[Finding]:
    # Nobody has said which sheet to read, and another may say more of the same cases.
    if sheet is not None or result.proposal is None or len(book.sheets) == 1:
        return []
    from policylang.casebook.left_out import left_out

    casebook = result.casebook
    here = {case.reference.casefold() for case in casebook.cases}
    here |= {row.reference.casefold() for row in casebook.set_aside if row.reference}
    return left_out(book, chosen, result.proposal, here)


def _read_all(result: ReadResult, book: Book, chosen: Chosen, mapping: Mapping) -> bool:
    elsewhere = {name for part in mapping.also for name in (*part.columns, *part.events)}
    required = tuple(name for name in REQUIRED if name == "reference" or name not in elsewhere)
    if _read(result, book, chosen, mapping, required, result.casebook) is None:
        return False
    for part in mapping.also:
        further = choose(book, part, part.sheet, also_read=_sheets(mapping))
        result.findings += further.findings
        table = _read(result, book, further, part, ("reference",), CaseBook())
        if table is None:
            return False
        result.findings += join(result.casebook, table)
    return True


def _read(
    result: ReadResult, book: Book, chosen: Chosen, mapping: Mapping, required: tuple[str, ...], casebook: CaseBook
) -> Table | None:
    # One sheet, or None if something stops the reading.
    columns = _columns(mapping, chosen.header, book, required)
    if any(isinstance(found, Finding) for found in columns):
        result.findings += [found for found in columns if isinstance(found, Finding)]
        return None
    if result.proposal is None:
        result.findings += not_read(book, chosen.header, mapping)
    settled = {found[0]: found[1] for found in columns if not isinstance(found, Finding)}
    table = Table(book, chosen, mapping, settled, casebook)
    done = (read_events if mapping.layout is Layout.EVENTS else read_rows)(table)
    # A further sheet may well be empty: then it says nothing of any case.
    if not done and casebook is not result.casebook and [f.rule for f in table.findings] == ["no-cases"]:
        return table
    result.findings += table.findings
    return table if done else None


def _sheets(mapping: Mapping) -> tuple[str, ...]:
    return tuple(name for part in (mapping, *mapping.also) if (name := part.sheet))


def propose_mapping(path: Path | str, *, sheet: str | None = None) -> tuple[Proposal | None, list[Finding]]:
    """What the headings and cells of a log suggest, and the questions that are open. Never raises for a bad file.

    Unlike :func:`read_cases` it counts the words of a log of events, and looks for further sheets with the same cases.
    """
    from policylang.casebook.date_orders import with_dates
    from policylang.casebook.diary_stages import hold_against_each_other
    from policylang.casebook.further import further_sheets, main_sheet

    result = ReadResult(CaseBook())
    try:
        book = _book(Path(path), result)
        several = [] if sheet else candidates(book)
        chosen = main_sheet(book, several) if len(several) > 1 else _by_any_heading(book, sheet)
        proposal = with_words(propose(chosen.sheet, chosen.header), chosen.sheet)
        proposal.further = further_sheets(book, chosen, proposal)
        hold_against_each_other(proposal, {page.name: page for page in book.sheets})
        seen = {one.proposal.sheet for one in proposal.further}
        result.findings += [one for one in chosen.findings if one.rule != "other-sheets-not-read"]
        result.findings += others_left(book, chosen.sheet, seen)
        stopping, notes = unsettled(book, proposal)
        sheets = {page.name: page for page in book.sheets}
        stopping += with_dates(proposal, book, sheets[proposal.sheet])
        for further in proposal.further:
            found = with_dates(further.proposal, book, sheets[further.proposal.sheet])
            stopping += found if further.joined else []
        return proposal, [*result.findings, *stopping, *notes]
    except Problem as problem:
        return None, [*result.findings, *problem.findings]


def _opened(path: Path, mapping: Mapping | None, sheet: str | None, result: ReadResult) -> tuple[Book, Chosen]:
    book = _book(path, result)
    if mapping is not None and mapping.also and book.is_text:
        raise stop(
            "sheet-not-found",
            f"The mapping joins further sheets, and “{path.name}” is a file of one.",
            "Give the workbook with all its sheets; or leave “also:” out of the mapping.",
            place=Place(file=mapping.file or book.file, line=mapping.line("also")),
        )
    chosen = choose(book, mapping, sheet, also_read=_sheets(mapping) if mapping and mapping.also else ())
    result.findings += chosen.findings
    return book, chosen


def _by_any_heading(book: Book, sheet: str | None) -> Chosen:
    # As the reader chooses; or a sheet with headings that nobody knows, if its cells show that its rows are events.
    try:
        return choose(book, None, sheet)
    except Problem as problem:
        pages = [page for page in book.sheets if sheet in (None, page.name)]
        if len(pages) == 1 and [one.rule for one in problem.findings] == ["no-heading-row"]:
            header = first_header(pages[0])
            if header is not None and propose(pages[0], header).layout is not Layout.ROWS:
                return Chosen(pages[0], header, [])
        raise


def _book(path: Path, result: ReadResult) -> Book:
    book = open_log(path)
    result.casebook.files.append(book.file)
    result.casebook.digests[book.file] = book.digest
    result.findings += [finding(rule, said, help, place=Place(file=book.file)) for rule, said, help in book.notes]
    return book


def _stop(result: ReadResult) -> ReadResult:
    result.stopped = True
    casebook = result.casebook
    casebook.cases.clear()
    casebook.disagreeing.clear()
    if not casebook.reconciles:
        # Rows that were looked at and not judged because of the whole log are not set aside one by one.
        casebook.set_aside.clear()
        casebook.rows_read = casebook.hidden_rows = 0
    return result


def _columns(
    mapping: Mapping, header: Header, book: Book, required: tuple[str, ...]
) -> list[tuple[int, Column] | Finding]:
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
    for name in required:
        if name not in mapping.columns and name not in mapping.events:
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
