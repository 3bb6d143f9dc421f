"""Which sheet of a book holds the cases."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from policylang.casebook.grid import Book, Kind, Row, Sheet, letters
from policylang.casebook.headings import Header, at_its_stage, find_header, top_rows
from policylang.casebook.mapping import Mapping
from policylang.casebook.record import heading_key, match_listed
from policylang.casebook.rules import finding, stop
from policylang.findings.finding import Finding, Place
from policylang.findings.nearest import did_you_mean


@dataclass(slots=True)
class Chosen:
    """The sheet to read, its headings, and what there was to say about the others."""

    sheet: Sheet
    header: Header
    findings: list[Finding]


def candidates(book: Book) -> list[Chosen]:
    """The sheets that have headings of a log of complaints and rows under them. Raises ``Problem``."""
    found = [(sheet, header) for sheet in book.sheets if (header := _look(sheet, None)) and _a_log(header)]
    return [Chosen(sheet, header, _hidden(book, sheet)) for sheet, header in found if _filled(sheet, header)]


def choose(book: Book, mapping: Mapping | None, sheet: str | None, *, also_read: Collection[str] = ()) -> Chosen:
    """The one sheet that holds the cases: the named one, or the only one whose headings are those of a log.

    ``also_read`` are sheets that are read as well, and so are not named as left out.
    Raises ``Problem`` where there is none, or where more than one qualifies: nobody but the user can say which.
    """
    name = sheet or (mapping.sheet if mapping else None)
    if not book.sheets:
        raise stop("no-heading-row", "The workbook has no sheet with cells.", _GIVE_A_LOG, place=Place(file=book.file))
    if name is not None and not (book.is_text and sheet is None):
        return _named(book, name, mapping, also_read)
    if len(book.sheets) == 1:
        only = book.sheets[0]
        return Chosen(only, _header(book, only, mapping), _hidden(book, only))
    return _only_fitting(book, mapping, also_read)


_GIVE_A_LOG = "Give the workbook that holds one row a complaint, with a heading over each column."


def _named(book: Book, name: str, mapping: Mapping | None, also_read: Collection[str]) -> Chosen:
    found = next((s for s in book.sheets if s.name == name), None)
    found = found or next((s for s in book.sheets if s.name.strip().casefold() == name.strip().casefold()), None)
    if found is None:
        names = [s.name for s in book.sheets]
        raise stop(
            "sheet-not-found",
            f"There is no sheet called “{name}”.",
            did_you_mean(name, names, what="sheets"),
            place=Place(file=book.file),
        )
    return Chosen(found, _header(book, found, mapping), [*_hidden(book, found), *others_left(book, found, also_read)])


def _only_fitting(book: Book, mapping: Mapping | None, also_read: Collection[str]) -> Chosen:
    fitting: list[tuple[Sheet, Header, bool]] = []
    for sheet in book.sheets:
        header = _look(sheet, mapping)
        if header is not None and (mapping is not None or _a_log(header)):
            fitting.append((sheet, header, _filled(sheet, header)))
    # A register comes before a diary of the same cases; to join the two is for a mapping to say.
    registers = [one for one in fitting if mapping is not None or one[1].complete]
    fitting = registers or fitting
    filled = [one for one in fitting if one[2]] or fitting
    if len(filled) == 1:
        sheet, header, _ = filled[0]
        return Chosen(sheet, header, [*_hidden(book, sheet), *others_left(book, sheet, also_read)])
    if filled:
        listed = ", ".join(f"“{s.name}”" + (" (hidden)" if s.hidden else "") for s, _, _ in filled)
        raise stop(
            "several-sheets",
            f"{len(filled)} sheets look like logs of complaints: {listed}.",
            f"Say which one to read with --sheet “{filled[0][0].name}”; run the audit once for each that counts. If "
            "they say more of the same cases, “policylang map LOG --out mapping.yaml” proposes how to join them.",
            place=Place(file=book.file),
        )
    # None is a log at first sight: the one that comes nearest can at least be told what is missing.
    near = [(sheet, header) for sheet in book.sheets if (header := _look(sheet, mapping)) is not None]
    if near:
        sheet, header = max(near, key=lambda pair: len(pair[1].known))
        return Chosen(sheet, header, [*_hidden(book, sheet), *others_left(book, sheet, also_read)])
    names = ", ".join(f"“{sheet.name}”" for sheet in book.sheets)
    raise stop(
        "no-heading-row",
        f"None of the sheets ({names}) has a row with headings that a log of complaints has.",
        "Say which sheet and row they are in with a mapping: “sheet: …”, “header-row: …” and the columns' headings.",
        place=Place(file=book.file),
    )


def _a_log(header: Header) -> bool:
    return header.complete or header.diary


def _filled(sheet: Sheet, header: Header) -> bool:
    return any(row.number > header.row for row in top_rows(sheet))


def _look(sheet: Sheet, mapping: Mapping | None) -> Header | None:
    if mapping is None:
        found = find_header(sheet)
        return at_its_stage(found, sheet.name) if found else None
    wanted = {heading_key(column.heading) for column in mapping.columns.values()}
    found = find_header(sheet, row=mapping.header_row, wanted=wanted)
    return found if found and wanted & {heading.key for heading in found.headings} else None


def _header(book: Book, sheet: Sheet, mapping: Mapping | None) -> Header:
    found = _look(sheet, mapping)
    if found is not None:
        return found
    place = Place(file=book.file, sheet=sheet.name)
    rows = top_rows(sheet)
    if not rows:
        raise stop("no-heading-row", f"The sheet “{sheet.name}” is empty.", _GIVE_A_LOG, place=place)
    if mapping is not None and mapping.header_row is not None:
        raise stop(
            "no-heading-row",
            f"Row {mapping.header_row} of the sheet “{sheet.name}” has none of the headings that the mapping names.",
            "Correct “header-row:” in the mapping, or take it out to have the row looked for.",
            place=place,
        )
    if mapping is not None:
        raise stop(
            "no-heading-row",
            f"No row of the sheet “{sheet.name}” has the headings that the mapping names.",
            "Check that this is the log the mapping was made for; if its headings were changed, make a new mapping.",
            place=place,
        )
    if said := _other_arrangement(rows):
        raise stop("no-heading-row", f"The sheet “{sheet.name}” {said[0]}.", said[1], place=place)
    raise stop(
        "no-heading-row",
        f"No row of the sheet “{sheet.name}” has the headings of a log of complaints, such as “Reference”, "
        "“Date received” and “Date acknowledged”.",
        "Put a heading over each column; or, if there are headings in other words, name their row and the columns in a "
        "mapping (“header-row: 3”, “columns: …”).",
        place=place,
    )


_PIVOT = frozenset({"row labels", "column labels", "grand total"})


def _other_arrangement(rows: list[Row]) -> tuple[str, str] | None:
    # A pivot table, or a log on its side: what is said of it, and what to do.
    keys = {heading_key(cell.text) for row in rows for cell in row.cells.values() if cell.kind is Kind.TEXT}
    if len(_PIVOT & keys) >= 2 or any(key.startswith("count of ") for key in keys & _counts(keys)):
        return (
            "looks like a pivot table: it counts cases, and does not list them",
            "Give the sheet that it was made from: a double click on its grand total makes one in Excel.",
        )
    first = min((min(row.cells) for row in rows), default=0)
    down = [heading_key(row.cells[first].text) for row in rows if first in row.cells]
    known = {one.fact for key in down for one in match_listed(key)}
    if len(known) >= 3 and "reference" in known:
        return (
            f"lies on its side: {len(known)} headings of a log stand below each other in column {letters(first)}, and "
            "each case is a column",
            "Turn it: in Excel, copy it and choose Paste Special, Transpose on a new sheet; then give that sheet.",
        )
    return None


def _counts(keys: set[str]) -> set[str]:
    return {key for key in keys if key.startswith(("count of ", "sum of ")) and "total" in " ".join(keys)}


def _hidden(book: Book, sheet: Sheet) -> list[Finding]:
    if not sheet.hidden:
        return []
    return [
        finding(
            "hidden-sheet",
            f"The sheet “{sheet.name}”, which holds the cases, is hidden in the workbook; it was read all the same.",
            "Check that it is the log in use and not an old copy.",
            place=Place(file=book.file, sheet=sheet.name),
        )
    ]


def others_left(book: Book, sheet: Sheet, also_read: Collection[str]) -> list[Finding]:
    """The note that names the sheets which are not read, if there are any."""
    read = {name.strip().casefold() for name in also_read}
    others = [other for other in book.sheets if other is not sheet and other.name.strip().casefold() not in read]
    if not others:
        return []
    listed = ", ".join(f"“{other.name}”" + (" (hidden)" if other.hidden else "") for other in others)
    return [
        finding(
            "other-sheets-not-read",
            f"The cases were read from the sheet “{sheet.name}”; not read: {listed}.",
            "If another sheet holds cases too, run the audit on it with --sheet; if it says more of these, such as "
            "their stage 2, “policylang map LOG --out mapping.yaml” proposes how to join it.",
            place=Place(file=book.file, sheet=sheet.name),
        )
    ]
