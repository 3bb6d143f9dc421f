"""Rows that were read and are not judged: cases that share a reference, and what is said of all the others."""

from __future__ import annotations

from policylang.casebook.cases import Case, CaseBook, EntryState, SetAside
from policylang.casebook.grid import Book
from policylang.casebook.headings import Header
from policylang.casebook.rows import NO_REFERENCE, NOTE, REPEATED_HEADING, TOO_WIDE, TOTAL
from policylang.casebook.rules import finding
from policylang.findings.finding import Finding, Place
from policylang.findings.words import count

_MOST_ROWS = 20
_SAID = (EntryState.KNOWN, EntryState.VAGUE, EntryState.UNREADABLE)


def duplicates(book: Book, casebook: CaseBook) -> list[Finding]:
    """Take the cases that share a reference out of the book, and say so.

    Rows that agree in every mapped column are one case written down more than once: the first is kept. Where they
    differ nobody can tell which row is the case (or whether they are its two stages on two rows), so none is judged:
    choosing one could hide a breach or make one up.
    """
    found: list[Finding] = []
    by_reference: dict[str, list[Case]] = {}
    for case in casebook.cases:
        by_reference.setdefault(case.reference.casefold(), []).append(case)
    gone: set[int] = set()
    for cases in by_reference.values():
        if len(cases) == 1:
            continue
        first, *rest = cases
        alike = all(_same(first, other) for other in rest)
        numbers = [case.row or 0 for case in cases]
        column = cases[0].entry("reference").cell
        places = tuple(
            Place(file=book.file, sheet=case.sheet, row=case.row, cell=f"{column.column}{case.row}" if column else None)
            for case in cases
        )
        if alike:
            aside, why = rest, f"the same as row {first.row}"
            found.append(
                finding(
                    "row-repeated",
                    f"Case {first.reference} stands on rows {_and(numbers)}, the same in every column that was read; "
                    "it is judged once.",
                    "Delete the repeats.",
                    place=places[1],
                    related=(places[0], *places[2:]),
                )
            )
        else:
            aside, why = cases, "its reference is also that of "
            casebook.disagreeing += cases
            found.append(
                finding(
                    "duplicate-reference",
                    f"Rows {_and(numbers)} have one reference, {first.reference}, but do not agree, so none of them is "
                    "judged.",
                    "Give each complaint a reference of its own; or, if they are one complaint (its stages on rows of "
                    "their own), bring it onto one row.",
                    place=places[0],
                    related=places[1:],
                )
            )
        for case in aside:
            gone.add(id(case))
            others = _rows([n for n in numbers if n != case.row])
            casebook.set_aside.append(
                SetAside(case.sheet, case.row or 0, why if alike else f"{why}{others}", case.reference)
            )
    casebook.cases = [case for case in casebook.cases if id(case) not in gone]
    return found


def reference_alone(book: Book, casebook: CaseBook) -> list[Finding]:
    """Say which cases have a reference and nothing else that was read: perhaps numbers given in advance.

    They are counted as cases all the same: a complaint of which nothing is recorded is none that was handled well.
    """
    empty = [
        case
        for case in casebook.cases
        if case.unplaced("received").state not in _SAID
        and not any(entry.raw for name, entry in case.entries.items() if name != "reference")
    ]
    if not empty:
        return []
    rows, counts = _rows([case.row or 0 for case in empty]), "It counts as a case"
    return [
        finding(
            "reference-alone",
            f"{count(len(empty), 'row has', 'rows have')} a reference and nothing else that was read: {rows}. "
            f"{counts if len(empty) == 1 else 'They count as cases'} of which nothing can be told.",
            "If these are numbers given in advance, delete the rows; if they are complaints, fill them in.",
            place=Place(file=book.file, sheet=empty[0].sheet, row=empty[0].row),
        )
    ]


def set_aside_findings(book: Book, header: Header, asides: list[SetAside]) -> list[Finding]:
    """What there is to say of the rows set aside for their look: those that ought to be cases, and the others."""
    found: list[Finding] = []
    by_reason: dict[str, list[SetAside]] = {}
    for aside in asides:
        by_reason.setdefault(aside.why, []).append(aside)
    harmless = [(why, by_reason[why]) for why in (REPEATED_HEADING, TOTAL, NOTE) if why in by_reason]
    if harmless:
        said = "; ".join(f"{_rows([a.row for a in rows])} ({why})" for why, rows in harmless)
        number = sum(len(rows) for _, rows in harmless)
        found.append(
            finding(
                "rows-not-cases",
                f"{count(number, 'row is not a case and was', 'rows are not cases and were')} set aside: {said}.",
                "If one of them is a case, give it a reference and a date of receipt.",
                place=_place(book, harmless[0][1][0]),
            )
        )
    if NO_REFERENCE in by_reason:
        rows = by_reason[NO_REFERENCE]
        found.append(
            finding(
                "reference-missing",
                f"{count(len(rows), 'row has', 'rows have')} entries but no case reference, and cannot be judged: "
                f"{_rows([a.row for a in rows])}.",
                "Give each case its reference.",
                place=_place(book, rows[0]),
                related=tuple(_place(book, aside) for aside in rows[1:_MOST_ROWS]),
            )
        )
    if TOO_WIDE in by_reason:
        rows = by_reason[TOO_WIDE]
        found.append(
            finding(
                "row-wider-than-headings",
                f"{count(len(rows), 'row has', 'rows have')} more cells than there are headings "
                f"({len(header.headings)}), so the values may stand under the wrong ones: "
                f"{_rows([a.row for a in rows])}.",
                "Usually a comma in an address or a note: put that text in quotation marks, or save the log as .xlsx.",
                place=_place(book, rows[0]),
                related=tuple(_place(book, aside) for aside in rows[1:_MOST_ROWS]),
            )
        )
    return found


def _place(book: Book, aside: SetAside) -> Place:
    return Place(file=book.file, sheet=aside.sheet, row=aside.row)


def _same(one: Case, other: Case) -> bool:
    return all(
        (a.state, a.value, a.earliest, a.latest) == (b.state, b.value, b.earliest, b.latest)
        for name, a in one.entries.items()
        if name != "reference" and (b := other.entry(name))
    )


def _and(numbers: list[int]) -> str:
    *most, last = map(str, numbers)
    return f"{', '.join(most)} and {last}" if most else last


def _rows(numbers: list[int]) -> str:
    if len(numbers) == 1:
        return f"row {numbers[0]}"
    if len(numbers) <= _MOST_ROWS:
        return f"rows {_and(numbers)}"
    return f"rows {', '.join(map(str, numbers[:_MOST_ROWS]))} and {len(numbers) - _MOST_ROWS} more"
