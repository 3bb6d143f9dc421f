"""Everything that a run on Spark counted, on the driver: of all cases, by the values of columns, and what is open.

The figures are those of :mod:`policylang.auditor.by_column`, :mod:`policylang.auditor.population` and
:mod:`policylang.auditor.open_cases` on one machine, made of counts and of no case.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any

from policylang.auditor.duty import ROOTS, Duty, DutyKind
from policylang.auditor.outcome import Result
from policylang.auditor.rates import rate
from policylang.auditor.standing import age_of, by_age
from policylang.casebook.record import facts

if TYPE_CHECKING:
    from policylang.auditor.by_column import Division
    from policylang.auditor.columns.compile import Column, CompiledAudit
    from policylang.auditor.columns.tally import Tally
    from policylang.auditor.spark.counts import Row
    from policylang.model.calendar import Calendar

_IN_TIME = (DutyKind.TIMED, DutyKind.EXTENSION_NOTIFIED)
_OPEN = ("open", "maybe-open", "behind", "overdue", "due")


@dataclass(frozen=True)
class Figures:
    """``whole`` counts all cases; ``by`` has for each column counted by its values as they are written, None for those
    not known; ``open`` is what :attr:`policylang.auditor.spark.watching.Watch.open` counted."""

    whole: Tally
    by: dict[str, dict[str | None, Tally]] = field(default_factory=dict)
    open: Counter[tuple[str, int, int | None]] = field(default_factory=Counter)


def figures_of(rows: Iterable[Row], compiled: CompiledAudit) -> Figures:
    """The figures that added-up rows come to."""
    from policylang.auditor.columns.tally import Tally

    cases: Counter[tuple[str | None, str | None]] = Counter()
    counts: dict[tuple[str | None, str | None], Counter[tuple[int, int]]] = {}
    opened: Counter[tuple[str, int, int | None]] = Counter()
    for what, by, value, _, place, code, number in rows:
        if what == "cases":
            cases[by, value] += number
        elif what == "outcomes" and place is not None and code is not None:
            counts.setdefault((by, value), Counter())[place, code] += number
        elif what in _OPEN and place is not None:
            opened[what, place, code] += number

    def tally(by: str | None, value: str | None) -> Tally:
        return Tally(compiled.columns, cases[by, value], counts.get((by, value), Counter()))

    apart: dict[str, dict[str | None, Tally]] = {}
    for by, value in sorted(cases, key=lambda key: (key[0] or "", key[1] is not None, key[1] or "")):
        if by is not None and cases[by, value]:
            apart.setdefault(by, {})[value] = tally(by, value)
    return Figures(tally(None, None), apart, opened)


def division(figures: Figures, column: str, *, recorded: bool = True) -> Division:
    """The figures by one column, as :func:`policylang.auditor.by_column.divided` has them: values that differ only in
    capitals or spaces are one, spelt as most cases have it. ``recorded``: any file has the column."""
    from policylang.auditor.by_column import Division

    label = "Month of receipt" if column == "month" else facts()[column].label if column in facts() else column
    merged = _merged(figures.by.get(column, {}))
    rows = []
    for value, tally in merged.items():
        sums = _sums(tally)
        for mine in _alike(tally.columns):
            counted = sum((sums.get(one.place, Counter()) for one in mine), Counter[Result]())
            if counted:
                rows.append(_row(column, value, tally.cases, mine[0].duty, counted))
    values = {value: tally.cases for value, tally in merged.items()}
    return Division(column, label, recorded, values, tuple(rows))


def open_record(figures: Figures, compiled: CompiledAudit) -> dict[str, Any]:
    """What is open as plain data: for each stage the figures of :func:`policylang.auditor.population.measures` and how
    many of the waiting cases have something overdue; for each duty on how many it is overdue and due next."""
    calendar = next(iter(compiled.calendars.values()), None)
    found: dict[str, Any] = {f"stage_{stage}": _stage(figures, compiled, stage, calendar) for stage in ROOTS}
    found["duties"] = [
        {
            "document": column.duty.document,
            "provision": column.duty.provision,
            "clauses": list(column.duty.clauses),
            "duty": column.duty.name,
            "stage": column.duty.stage,
            "overdue": overdue,
            "due_next": coming,
        }
        for column in compiled.columns
        if (overdue := figures.open["overdue", column.place, None])
        + (coming := figures.open["due", column.place, None])
    ]
    return found


def _stage(figures: Figures, compiled: CompiledAudit, stage: int, calendar: Calendar | None) -> dict[str, Any]:
    ages: Counter[int | None] = Counter()
    for (what, place, day), number in figures.open.items():
        if (what, place) == ("open", stage):
            ages[_age(day, compiled, calendar)] += number
    return {
        "waiting": ages.total(),
        **by_age(ages),
        "unknown": figures.open["maybe-open", stage, None],
        "overdue": figures.open["behind", stage, None],
    }


def _age(day: int | None, compiled: CompiledAudit, calendar: Calendar | None) -> int | None:
    from policylang.auditor.columns.tables import EPOCH

    return age_of(None if day is None else date.fromordinal(EPOCH + day), compiled.as_at, calendar)


def _merged(tallies: dict[str | None, Tally]) -> dict[str | None, Tally]:
    """The tallies of values that differ only in capitals or spaces together, under the commonest way of writing each;
    in the order of the values, those of no known value last."""
    written: dict[str | None, Counter[str]] = {}
    sums: dict[str | None, Tally] = {}
    for value, tally in tallies.items():
        text = " ".join((value or "").split())
        key = text.casefold() or None
        written.setdefault(key, Counter())[text] += tally.cases
        sums[key] = sums[key] + tally if key in sums else tally
    spelt = {key: None if key is None else _commonest(found) for key, found in written.items()}
    return {spelt[key]: sums[key] for key in sorted(sums, key=lambda key: (key is None, spelt[key] or ""))}


def _commonest(written: Counter[str]) -> str:
    return min(written, key=lambda text: (-written[text], text))


def _alike(columns: Iterable[Column]) -> list[list[Column]]:
    """The duties that are no aims; those of one name under one provision together."""
    found: dict[tuple[str, str | None, str], list[Column]] = {}
    for column in columns:
        if column.duty.binding:
            found.setdefault((column.duty.document, column.duty.provision, column.duty.name), []).append(column)
    return list(found.values())


def _sums(tally: Tally) -> dict[int, Counter[Result]]:
    """How often the duty at each place came to each outcome."""
    from policylang.auditor.columns.codes import result_of

    found: dict[int, Counter[Result]] = {}
    for (place, code), number in tally.counts.items():
        found.setdefault(place, Counter())[result_of(code)] += number
    return found


def _row(column: str, value: str | None, cases: int, duty: Duty, counted: Counter[Result]) -> dict[str, Any]:
    return {
        "column": column,
        "value": value,
        "cases": cases,
        "duty": duty.name,
        "source": duty.source,
        "document": duty.document,
        "provision": duty.provision,
        "clauses": list(duty.clauses),
        "stage": duty.stage,
        "timed": duty.clock is not None and duty.kind in _IN_TIME,
        **{found.value: counted[found] for found in Result},
        **rate(counted[Result.MET], counted[Result.BREACHED], counted[Result.CANNOT_TELL]),
    }
