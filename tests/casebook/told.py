"""A case book and its findings as a page of text, short enough to read and full enough to fail."""

from __future__ import annotations

from collections.abc import Iterable

from policylang.casebook.cases import Case, CaseBook, Entry, EntryState
from policylang.casebook.reader import ReadResult
from policylang.findings.finding import Finding


def told(result: ReadResult) -> str:
    """Everything there is to a result: the count, the cases, the rows set aside, the findings."""
    lines = ["stopped: nothing is judged"] if result.stopped else book(result.casebook)
    return "\n".join([*lines, *findings(result.findings)])


def book(casebook: CaseBook) -> list[str]:
    total = f"read {casebook.rows_read} = judged {len(casebook.cases)} + set aside {len(casebook.set_aside)}"
    cases = [f"{case.reference}: {facts(case)}" for case in casebook.cases]
    return [total, *cases, *(f"row {aside.row} set aside: {aside.why}" for aside in casebook.set_aside)]


def facts(case: Case) -> str:
    return ", ".join(f"{name} {entry(case.entry(name))}" for name in case.entries if name != "reference")


def entry(one: Entry) -> str:
    match one.state:
        case EntryState.KNOWN:
            return str(one.value)
        case EntryState.VAGUE:
            return f"{one.earliest} to {one.latest}"
        case EntryState.UNREADABLE:
            return f"unreadable ({one.raw})"
        case state:
            return str(state)


def findings(found: Iterable[Finding]) -> list[str]:
    return [f"{one.severity} {one.rule}{_where(one)}: {one.message}" for one in found]


def _where(one: Finding) -> str:
    place = one.place
    if place is None:
        return ""
    spot = place.cell or (f"row {place.row}" if place.row else f"line {place.line}" if place.line else "")
    return f" at {spot}" if spot else ""
