"""Further sheets of a workbook that say more of the same cases: found by their references, by counting.

A join is proposed where nearly all references of a sheet are also on the first one. Where fewer are it is asked, with
the counts; a sheet that shares none is no part of this log.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace

from policylang.casebook.grid import Book, Kind, Sheet
from policylang.casebook.headings import Header, Heading, all_rows, at_its_stage, first_header
from policylang.casebook.layout import Chosen
from policylang.casebook.mapping import Layout
from policylang.casebook.proposal import EXACT, LIKELY, Further, Proposal, ProposedColumn
from policylang.casebook.propose import propose, with_words
from policylang.casebook.record import match_listed
from policylang.casebook.rules import stop
from policylang.casebook.words import is_placeholder
from policylang.findings.finding import Place
from policylang.findings.words import count

ENOUGH = 0.8
"""The share of a sheet's references that must be on the first sheet too for a join to be proposed."""
_SOME = 0.2  # from here on it is asked
_SMALL = 4  # figures of a number that may well be a count


def further_sheets(book: Book, chosen: Chosen, made: Proposal, known: Collection[str] = ()) -> list[Further]:
    """The other sheets whose references are those of the chosen one, each with what it adds. Raises ``Problem``.

    ``known`` are the chosen one's references, folded, where they have been read already.
    """
    if "reference" not in made.columns or len(book.sheets) < 2:
        return []
    here = set(known) or references(chosen.sheet, made.columns["reference"].heading.column, chosen.header)
    found: list[Further] = []
    given = {*made.columns, *made.events.known}
    for sheet in book.sheets:
        header = first_header(sheet) if sheet is not chosen.sheet else None
        if header is None:
            continue
        one = _further(sheet, at_its_stage(header, sheet.name), here, given)
        if one is not None:
            found.append(one)
            if one.joined:
                given |= {*one.proposal.columns, *one.proposal.events.known}
    return found


def shared(first: Proposal, one: Further) -> str:
    """How many references the two sheets share, and how many only one of them has."""
    of = one.both + one.only_there
    are = "is" if one.both == 1 else "are"
    return (
        f"{one.both} of its {count(of, 'reference')} ({one.both / of:.0%}) {are} also on “{first.sheet}”, "
        f"{one.only_there} only there; {count(one.only_first, 'reference')} of “{first.sheet}” "
        f"{'has' if one.only_first == 1 else 'have'} no row there"
    )


def references(sheet: Sheet, column: int, header: Header) -> set[str]:
    """What stands in a column under the headings, as references are compared. Raises ``Problem``."""
    return _values(sheet, header, only=column).get(column, set())


def _values(sheet: Sheet, header: Header, *, only: int | None = None) -> dict[int, set[str]]:
    found: dict[int, set[str]] = {}
    for row in all_rows(sheet):
        cells = row.cells if row.number > header.row else {}
        if len(cells) > 1:
            wanted = cells.items() if only is None else [(only, cells[only])] if only in cells else []
            for n, cell in wanted:
                if cell.kind in {Kind.TEXT, Kind.NUMBER} and len(cell.text) <= 60 and not is_placeholder(cell.text):
                    found.setdefault(n, set()).add(" ".join(cell.text.split()).casefold())
    own = {heading.column: heading.own.casefold() for heading in header.headings}
    return {n: values - {own.get(n, "")} for n, values in found.items()}


def _further(sheet: Sheet, header: Header, here: set[str], given: set[str]) -> Further | None:
    values = _values(sheet, header)
    shares = [(len(there & here) / len(there), h) for h in header.headings if (there := values.get(h.column))]
    shares = [(share, heading) for share, heading in shares if share >= _SOME]
    if not shares:
        return None
    # Of several columns with these references, the one that is called a reference; else the one with most of them.
    named = [one for one in shares if any(m.sure and m.fact == "reference" for m in match_listed(one[1].key))]
    share, heading = max(named or shares, key=lambda one: one[0])
    proposal = propose(sheet, _headed(header, heading))
    proposal.first = False
    proposal.questions = [q for q in proposal.questions if "reference" not in q.facts]
    there = values[heading.column]
    both = len(there & here)
    why = f"{both} of its {count(len(there), 'reference')} are on the first sheet too"
    proposal.columns["reference"] = ProposedColumn("reference", heading, EXACT if named else LIKELY, why)
    proposal = with_words(proposal, sheet)
    proposal.columns = {"reference": proposal.columns["reference"], **proposal.columns}
    elsewhere = tuple(c for name, c in proposal.columns.items() if name in given and name != "reference")
    _without(proposal, given)
    adds = len(proposal.columns) > 1 or proposal.events.known or proposal.questions
    if not adds and proposal.layout is Layout.ROWS:
        return None
    joined = share >= ENOUGH and (bool(named) or _telling(there & here))
    return Further(proposal, both, len(there - here), len(here - there), joined, elsewhere)


def _telling(same: set[str]) -> bool:
    # Where references are small numbers, so are counts and places in a list: that they agree proves nothing.
    return any(not value.isdecimal() or len(value) > _SMALL for value in same)


def _headed(header: Header, reference: Heading) -> Header:
    # The column that was found to hold the references is nothing else, whatever it is called.
    plain = replace(reference, meant="reference")
    return Header(header.row, tuple(plain if h.column == reference.column else h for h in header.headings))


def _without(proposal: Proposal, given: set[str]) -> None:
    # No fact is read from two sheets.
    proposal.columns = {n: c for n, c in proposal.columns.items() if n == "reference" or n not in given}
    left = [replace(q, facts=tuple(n for n in q.facts if n not in given)) for q in proposal.questions]
    proposal.questions = [q for q in left if q.facts]
    for name in [n for n in proposal.events.known if n in given]:
        proposal.events.elsewhere += proposal.events.known.pop(name)


def main_sheet(book: Book, fitting: Sequence[Chosen]) -> Chosen:
    """Of several sheets that look like logs the one that the others join: all their references are on it.

    Raises ``Problem`` with the counts where there is no such sheet, or more than one.
    """
    known: list[tuple[Chosen, set[str]]] = []
    for one in fitting:
        column = propose(one.sheet, one.header).columns.get("reference")
        known.append((one, references(one.sheet, column.heading.column, one.header) if column else set()))
    whole = [
        (one, mine)
        for one, mine in known
        if mine and all(other and len(other & mine) >= ENOUGH * len(other) for _, other in known)
    ]
    largest = [one for one, mine in whole if len(mine) == max(len(m) for _, m in whole)]
    registers = [one for one in largest if one.header.complete and not one.header.diary]
    if len(largest) == 1 or len(registers) == 1:
        return (registers if len(registers) == 1 else largest)[0]
    said = []
    for n, (one, mine) in enumerate(known):
        for other, theirs in known[n + 1 :]:
            said.append(
                f"“{one.sheet.name}” has {count(len(mine), 'reference')}, “{other.sheet.name}” {len(theirs)}, and "
                f"{len(mine & theirs)} of them are on both"
            )
    listed = ", ".join(f"“{one.sheet.name}”" for one, _ in known)
    raise stop(
        "several-sheets",
        f"{len(known)} sheets look like logs of complaints: {listed}. {'; '.join(said)}.",
        f"Sheets that share no references are logs of their own: map each, with --sheet “{known[0][0].sheet.name}” and "
        "so on. If one sheet says more of another's cases, name that other with --sheet.",
        place=Place(file=book.file),
    )
