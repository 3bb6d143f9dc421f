"""Faults in the data that show only when the facts of a case, or the cases of a book, are held against each other."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from functools import cache
from itertools import pairwise

from policylang.casebook.cases import Case, CaseBook, Entry, EntryState
from policylang.casebook.dates import EARLIEST
from policylang.casebook.record import facts
from policylang.casebook.rules import finding
from policylang.findings.finding import Finding, Place
from policylang.findings.words import count
from policylang.model.days import say_date

# Dates that a letter sets for later, and so may well lie ahead.
_PLANNED = frozenset({"extended_to", "stage2_extended_to"})
_MOST_GAPS = 10


def quality_findings(casebook: CaseBook, as_at: date) -> list[Finding]:
    """Impossible orders, dates after the as-at date, and gaps in the sequence of references.

    A case with such a fault is still judged on what it records; the finding says what to look at. Dates known only to
    the month count as faulty only if every day of the month would be.
    """
    found: list[Finding] = []
    file = casebook.files[0] if casebook.files else ""
    for case in casebook.cases:
        dated = _dated(case)
        if _out_of_order(dated):
            found += _order(case, file)
        if any(first > as_at for first, _ in dated.values()):
            found += _future(case, file, as_at)
    found += _gaps(casebook, file)
    return found


@cache
def _never_before() -> dict[str, tuple[tuple[str, ...], ...]]:
    # Each event's chains to the events it cannot precede, the nearest first: stage 2 response -> request -> receipt.
    def chains(name: str) -> Iterator[tuple[str, ...]]:
        for earlier in facts()[name].never_before:
            yield (earlier,)
            for more in chains(earlier):
                yield (earlier, *more)

    return {fact.name: tuple(chains(fact.name)) for fact in facts().values() if fact.never_before}


@cache
def _causes() -> dict[str, tuple[str, ...]]:
    return {name: tuple({chain[-1] for chain in chains}) for name, chains in _never_before().items()}


@cache
def _events() -> tuple[str, ...]:
    return tuple(fact.name for fact in facts().values() if fact.kind == "event")


def _dated(case: Case) -> dict[str, tuple[date, date]]:
    # The first and the last day of each event that has any.
    found = {}
    entries = case.all_unplaced()
    for name in _events():
        entry = entries.get(name)
        if entry is None:
            continue
        first, last = (entry.earliest, entry.latest) if entry.state is EntryState.VAGUE else (entry.value, entry.value)
        if isinstance(first, date) and isinstance(last, date):
            found[name] = first, last
    return found


def _out_of_order(dated: dict[str, tuple[date, date]]) -> bool:
    causes = _causes()
    for name, (_, last) in dated.items():
        for cause in causes.get(name, ()):
            if cause in dated and last < dated[cause][0]:
                return True
    return False


def _order(case: Case, file: str) -> Iterator[Finding]:
    for name, chains in _never_before().items():
        later = case.entry(name)
        last = _latest(later)
        if last is None:
            continue
        for chain in chains:
            first = _earliest(case.entry(chain[-1]))
            # Where an event in between is known, the fault is said once, of the pair that is nearest.
            if first is None or last >= first or any(_earliest(case.entry(between)) for between in chain[:-1]):
                continue
            rule = "response-before-complaint" if (name, chain[-1]) == ("responded", "received") else "impossible-order"
            earlier = case.entry(chain[-1])
            yield finding(
                rule,
                f"Case {case.reference}: “{facts()[name].label}” ({_when(later)}) is dated before "
                f"“{facts()[chain[-1]].label}” ({_when(earlier)}).",
                "Look in the case file which of the two dates is wrong, and correct it.",
                place=_place(file, later),
                expected=f"on or after {_when(earlier)}",
                found=_when(later),
                out_by=_days((first - last).days),
                related=(_place(file, earlier),),
            )


def _future(case: Case, file: str, as_at: date) -> Iterator[Finding]:
    for name, entry in case.entries.items():
        first = _earliest(entry)
        if first is None or first <= as_at or name in _PLANNED or facts()[name].kind != "event":
            continue
        yield finding(
            "date-in-future",
            f"Case {case.reference}: “{facts()[name].label}” is dated {_when(entry)}, after the as-at date "
            f"{say_date(as_at)}.",
            "Correct the date; or, if the log is younger than that, give a later --as-at.",
            place=_place(file, entry),
            expected=f"on or before {say_date(as_at)}",
            found=_when(entry),
            out_by=_days((first - as_at).days),
        )


_NUMBERED = re.compile(r"(.*?)(\d{1,9})")


def _gaps(casebook: CaseBook, file: str) -> Iterator[Finding]:
    # Numbers that are missing from a run of references, where the run is dense enough to be a sequence at all.
    runs: dict[str, set[int]] = {}
    widths: dict[str, int] = {}
    references = [c.reference for c in casebook.cases] + [a.reference for a in casebook.set_aside if a.reference]
    for reference in references:
        if m := _NUMBERED.fullmatch(reference):
            runs.setdefault(m[1], set()).add(int(m[2]))
            widths[m[1]] = max(widths.get(m[1], 0), len(m[2]) if m[2].startswith("0") else 1)
    for prefix, numbers in sorted(runs.items()):
        span = max(numbers) - min(numbers) + 1
        missing = span - len(numbers)
        if len(numbers) < 10 or not missing or missing > len(numbers):
            continue
        gaps = _ranges(numbers)
        shown = ", ".join(_range(prefix, widths[prefix], *gap) for gap in gaps[:_MOST_GAPS])
        more = f", and {len(gaps) - _MOST_GAPS} more gaps" if len(gaps) > _MOST_GAPS else ""
        yield finding(
            "reference-gap",
            f"{count(missing, 'reference is', 'references are')} missing from the sequence "
            f"{_range(prefix, widths[prefix], min(numbers), max(numbers))}: {shown}{more}.",
            "Find out whether complaints were taken out of the log, or the numbers were never given.",
            place=Place(file=file, sheet=casebook.cases[0].sheet if casebook.cases else None),
        )


def _ranges(numbers: set[int]) -> list[tuple[int, int]]:
    ordered = sorted(numbers)
    return [(a + 1, b - 1) for a, b in pairwise(ordered) if b - a > 1]


def _range(prefix: str, width: int, first: int, last: int) -> str:
    one = f"{prefix}{first:0{width}}"
    return one if first == last else f"{one} to {prefix}{last:0{width}}"


def _earliest(entry: Entry) -> date | None:
    return entry.earliest if entry.state is EntryState.VAGUE else entry.date


def _latest(entry: Entry) -> date | None:
    return entry.latest if entry.state is EntryState.VAGUE else entry.date


def _when(entry: Entry) -> str:
    if entry.date is not None:
        return say_date(entry.date)
    assert entry.earliest is not None
    assert entry.latest is not None
    if entry.earliest == EARLIEST:
        return f"on or before {say_date(entry.latest)}"
    return f"{say_date(entry.earliest)} to {say_date(entry.latest)}"


def _days(number: int) -> str:
    return count(number, "day")


def _place(file: str, entry: Entry) -> Place:
    cell = entry.cell
    if cell is None:
        return Place(file=file)
    return Place(file=file, heading=cell.heading, sheet=cell.sheet, row=cell.row, cell=f"{cell.column}{cell.row}")
