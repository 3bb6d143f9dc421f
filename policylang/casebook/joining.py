"""Joining what a further sheet says of the same cases to the cases of the first, by their references."""

from __future__ import annotations

from dataclasses import replace

from policylang.casebook.cases import CaseBook, Entry, EntryState, SetAside
from policylang.casebook.mapping import Empty, Mapping
from policylang.casebook.record import facts
from policylang.casebook.rows import CASE_ASIDE, NO_REFERENCE, NOT_JOINED, READ_INTO, TOO_WIDE
from policylang.casebook.rules import finding
from policylang.casebook.tables import Table
from policylang.findings.finding import Finding
from policylang.findings.words import count

_MOST = 20


def join(casebook: CaseBook, table: Table) -> list[Finding]:
    """Put the facts of the table's cases into the cases of the book, and account for its rows there.

    A case that has no row in the table has no entry for its facts; that something was not done follows from it only
    where the mapping says so and every row of the table found its case. Where the rows of a case were set aside because
    they contradict each other, its facts are unreadable.
    """
    sub = table.casebook
    here = {case.reference.casefold() for case in casebook.cases}
    aside = {row.reference.casefold() for row in casebook.set_aside if row.reference}
    given = {case.reference.casefold(): case for case in sub.cases}
    doubtful = {row.reference.casefold() for row in sub.set_aside if row.reference} - set(given)
    strange = [case for key, case in given.items() if key not in here and key not in aside]
    complete = table.complete and not strange and all(a.why not in (NO_REFERENCE, TOO_WIDE) for a in sub.set_aside)
    absent = {name: Entry(_absent(table.mapping, name, complete=complete)) for name in _names(table.mapping)}
    doubt = {name: Entry(EntryState.UNREADABLE) for name in absent}
    joined = []
    for case in casebook.cases:
        key = case.reference.casefold()
        found = given.get(key)
        if found is not None:
            more = {name: entry for name, entry in found.entries.items() if name != "reference"}
        else:
            more = doubt if key in doubtful else absent
        joined.append(replace(case, entries={**case.entries, **more}))
    casebook.cases = joined
    casebook.rows_read += sub.rows_read
    casebook.hidden_rows += sub.hidden_rows
    casebook.set_aside += sub.set_aside
    for key, case in given.items():
        why = READ_INTO if key in here else CASE_ASIDE if key in aside else NOT_JOINED
        reference = "" if key in here else case.reference
        casebook.set_aside.append(SetAside(case.sheet, case.row or 0, why, reference))
    casebook.columns = {**casebook.columns, **{n: text for n, text in sub.columns.items() if n != "reference"}}
    return [_strange(table, [case.row or 0 for case in strange])] if strange else []


def _names(mapping: Mapping) -> list[str]:
    return [name for name in (*mapping.columns, *mapping.events) if name in facts() and name != "reference"]


def _absent(mapping: Mapping, name: str, *, complete: bool) -> EntryState:
    empty = mapping.events[name].empty if name in mapping.events else mapping.columns[name].empty
    return EntryState.NOT_DONE if complete and empty is Empty.NOT_DONE else EntryState.BLANK


def _strange(table: Table, rows: list[int]) -> Finding:
    rows = sorted(rows)
    listed = ", ".join(map(str, rows[:_MOST])) + (f" and {len(rows) - _MOST} more" if len(rows) > _MOST else "")
    return finding(
        "row-of-no-case",
        f"On the sheet “{table.chosen.sheet.name}”, {count(len(rows), 'row has', 'rows have')} a reference that no "
        f"case of the log has: {'row' if len(rows) == 1 else 'rows'} {listed}. No case without a row there is taken to "
        "have been left undone.",
        "Correct the references, or add the cases to the log.",
        place=table.place(rows[0]),
    )
