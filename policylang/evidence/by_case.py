"""The outcomes of an audit, case by case, in the order of the log."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from policylang.auditor.outcome import Outcome
from policylang.casebook.cases import Case

CaseKey = tuple[str, int]
"""A case by its reference, and how often that came before in the log."""


def by_owed(outcomes: Iterable[Outcome]) -> list[list[Outcome]]:
    """Outcomes by what is owed, in the order in which that first comes up."""
    rows: dict[int, list[Outcome]] = {}
    for outcome in outcomes:
        owed = id(outcome.owed)
        if owed in rows:
            rows[owed].append(outcome)
        else:
            rows[owed] = [outcome]
    return list(rows.values())


def by_case_row(outcomes: Iterable[Outcome]) -> dict[CaseKey, list[Outcome]]:
    """Outcomes by case. A reference used twice in a log is two cases: the second row of a duty is the second case."""
    rows: dict[int, list[Outcome]] = {}
    place = None
    mine: list[Outcome] = []
    for outcome in outcomes:
        if outcome.place is not place:
            place = outcome.place
            mine = rows.setdefault(id(place), [])
        mine.append(outcome)
    found: dict[CaseKey, list[Outcome]] = {}
    for row in rows.values():
        occurrence, name = 0, row[0].case
        while (there := found.get((name, occurrence))) is not None and _share_a_duty(there, row):
            occurrence += 1
        found.setdefault((name, occurrence), []).extend(row)
    return found


def _share_a_duty(one: Iterable[Outcome], other: Iterable[Outcome]) -> bool:
    return not {_duty(outcome) for outcome in one}.isdisjoint(map(_duty, other))


def _duty(outcome: Outcome) -> tuple[str, str, str | None, str]:
    return (outcome.source, outcome.document, outcome.provision, outcome.duty)


def outcomes_by_case(outcomes: Iterable[Outcome], cases: Sequence[Case]) -> list[list[Outcome]]:
    """The outcomes of each case of a log, in its order."""
    rows = by_case_row(outcomes)
    return [rows.get(key, []) for key in case_keys(cases)]


def case_keys(cases: Iterable[Case]) -> list[CaseKey]:
    """The key of each case of a log, in its order."""
    before: Counter[str] = Counter()
    found = []
    for case in cases:
        found.append((case.reference, before[case.reference]))
        before[case.reference] += 1
    return found
