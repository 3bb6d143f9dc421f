"""The share in time of every duty, apart for each value of a column of the log: by team, category, month of receipt …

Every row has the figures of :func:`policylang.auditor.population.measures`, and the rows of one column add up to them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from policylang.auditor.audit import AuditResult
from policylang.auditor.duty import DutyKind
from policylang.auditor.outcome import Owed, Result
from policylang.auditor.population import is_aim
from policylang.auditor.rates import rate
from policylang.casebook.cases import Case, CaseBook, EntryState
from policylang.casebook.record import facts

COLUMNS = ("category", "team", "channel", "tenure", "month")
"""The columns that an audit can be divided by; ``month`` is the month of receipt, which every log has."""

_IN_TIME = (DutyKind.TIMED, DutyKind.EXTENSION_NOTIFIED)  # the window of a request is a time as well, but not ours
_Key = tuple[str, str, str | None, str]


@dataclass(frozen=True, slots=True)
class Division:
    """One column: how many cases have each of its values, and a row for each value and duty.

    A value of None is that of the cases whose cell is empty or cannot be read. ``recorded`` is False where the log has
    no such column at all, so that every case is of no known value.
    """

    column: str
    label: str
    recorded: bool
    values: dict[str | None, int]
    rows: tuple[dict[str, Any], ...]

    def record(self) -> dict[str, Any]:
        """The division as plain data."""
        return {
            "column": self.column,
            "label": self.label,
            "recorded": self.recorded,
            "values": [{"value": value, "cases": number} for value, number in self.values.items()],
            "duties": list(self.rows),
        }


def divided(result: AuditResult, casebook: CaseBook, columns: Sequence[str]) -> list[Division]:
    """The outcomes of an audit divided by each of some columns (:data:`COLUMNS`).

    Values that differ only in capitals or spaces are one, spelt as most cases have it. Raises ``ValueError`` for a
    column that is not one of them.
    """
    for column in columns:
        if column not in COLUMNS:
            raise ValueError(f"An audit cannot be divided by “{column}”, only by {', '.join(COLUMNS)}.")
    return [_divided(result, casebook.cases, column) for column in dict.fromkeys(columns)]


def _divided(result: AuditResult, cases: Sequence[Case], column: str) -> Division:
    value_of = _values(cases, column)
    counted: dict[str | None, dict[_Key, Counter[Result]]] = {}
    example: dict[_Key, Owed] = {}
    together: Counter[tuple[str | None, int, Result]] = Counter()
    owing: dict[int, Owed] = {}
    for _, case, owed, found, _ in result.outcomes.entered(lambda owed: not is_aim(owed)):
        together[value_of[case], id(owed), found] += 1
        owing.setdefault(id(owed), owed)
    for owed in owing.values():
        example.setdefault((owed.source, owed.document, owed.provision, owed.duty), owed)
    for (value, place, found), number in together.items():
        owed = owing[place]
        key = (owed.source, owed.document, owed.provision, owed.duty)
        counted.setdefault(value, {}).setdefault(key, Counter())[found] += number
    numbers = Counter(value_of[each.reference] for each in cases)
    values = {value: numbers[value] for value in sorted(numbers, key=lambda value: (value is None, value or ""))}
    rows = [
        _row(result, column, value, number, example[key], counts)
        for value, number in values.items()
        for key in example
        if (counts := counted.get(value, {}).get(key)) is not None
    ]
    recorded = column == "month" or any(case.entry(column).state is not EntryState.NO_COLUMN for case in cases)
    label = "Month of receipt" if column == "month" else facts()[column].label
    return Division(column, label, recorded, values, tuple(rows))


def _row(
    result: AuditResult, column: str, value: str | None, cases: int, owed: Owed, counted: Counter[Result]
) -> dict[str, Any]:
    duty = result.duties.get((owed.document, owed.provision, owed.duty))
    return {
        "column": column,
        "value": value,
        "cases": cases,
        "duty": owed.duty,
        "source": owed.source,
        "document": owed.document,
        "provision": owed.provision,
        "clauses": list(owed.clauses),
        "stage": owed.stage,
        "timed": duty is not None and duty.clock is not None and duty.kind in _IN_TIME,
        **{found.value: counted[found] for found in Result},
        **rate(counted[Result.MET], counted[Result.BREACHED], counted[Result.CANNOT_TELL]),
    }


def _values(cases: Sequence[Case], column: str) -> dict[str, str | None]:
    """The value of each case, by its reference."""
    if column == "month":
        return {case.reference: _month(case) for case in cases}
    written: dict[str, Counter[str]] = {}
    keys: dict[str, str | None] = {}
    for case in cases:
        entry = case.entry(column)
        text = " ".join(entry.value.split()) if isinstance(entry.value, str) else ""
        keys[case.reference] = text.casefold() if text and entry.state is EntryState.KNOWN else None
        if keys[case.reference] is not None:
            written.setdefault(text.casefold(), Counter())[text] += 1
    spelt = {key: min(found, key=lambda text: (-found[text], text)) for key, found in written.items()}
    return {reference: None if key is None else spelt[key] for reference, key in keys.items()}


def _month(case: Case) -> str | None:
    """``2026-03``; None where the day of receipt is not known to lie in one month."""
    entry = case.entry("received")
    first, last = (entry.earliest, entry.latest) if entry.state is EntryState.VAGUE else (entry.date, entry.date)
    if first is None or last is None or (first.year, first.month) != (last.year, last.month):
        return None
    return f"{first.year:04}-{first.month:02}"
