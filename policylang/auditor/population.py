"""Control totals and measures of an audit, as plain data: every figure ties to the outcomes.

A rate is a point over what was decided, and a range over what cannot be told: lowest if every such case was a breach,
highest if each was met. What is pending or not applicable is in neither.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from policylang.auditor.knowledge import Knowledge
from policylang.auditor.outcome import Outcome, Owed, Result
from policylang.auditor.settings import Settings
from policylang.casebook.cases import CaseBook
from policylang.casebook.record import facts
from policylang.model.calendar import Calendar

AGES = ((0, 10), (11, 20), (21, 40), (41, None))
"""The ages of open cases, in working days, first and last included."""


def population(
    casebook: CaseBook, outcomes: Sequence[Outcome], judged_by: Mapping[tuple[str, str], int], as_at: date
) -> dict[str, Any]:
    """Rows read, judged and set aside, with the reasons; the period; who judged; and every outcome there is."""
    received = sorted(day for case in casebook.cases if (day := case.day("received")) is not None)
    return {
        "as_at": as_at.isoformat(),
        "rows_read": casebook.rows_read,
        "judged": len(casebook.cases),
        "set_aside": len(casebook.set_aside),
        "set_aside_why": dict(sorted(Counter(row.why for row in casebook.set_aside).items())),
        "hidden_rows": casebook.hidden_rows,
        "reconciles": casebook.reconciles,
        "received": {
            "first": received[0].isoformat() if received else None,
            "last": received[-1].isoformat() if received else None,
            "unknown": len(casebook.cases) - len(received),
        },
        "judged_by": [
            {"document": document, "cases": cases, "reason": reason or None}
            for (document, reason), cases in sorted(judged_by.items())
        ],
        "outcomes": tally(outcome.result for outcome in outcomes),
    }


def measures(
    casebook: CaseBook,
    outcomes: Sequence[Outcome],
    missing: Mapping[tuple[str, str], int],
    as_at: date,
    settings: Settings,
    calendar: Calendar | None,
) -> dict[str, Any]:
    """The rate of every duty, the aims, the escalation rate, the open cases by age, and what is missing most."""
    known = [Knowledge(case, as_at, settings) for case in casebook.cases]
    rows = counted(outcomes)
    return {
        "duties": _duties(rows),
        "aims": _aims(rows),
        "escalation": _escalation(known),
        "open": {"stage_1": _open(known, 1, calendar), "stage_2": _open(known, 2, calendar)},
        "missing": [
            {"fact": name, "label": facts()[name].label, "state": state, "outcomes": number}
            for (name, state), number in sorted(missing.items(), key=lambda item: (-item[1], item[0]))
        ],
    }


def tally(results: Iterable[Result]) -> dict[str, int]:
    """How often each of the five results came out, by its name."""
    counted = Counter(results)
    return {result.value: counted[result] for result in Result}


def rate(met: int, breached: int, unknown: int) -> dict[str, float | None]:
    """The share met: of what was decided, and the lowest and highest it can be whatever the unknown turn out to be."""
    whole = met + breached + unknown
    return {
        "share": round(met / (met + breached), 4) if met + breached else None,
        "low": round(met / whole, 4) if whole else None,
        "high": round((met + unknown) / whole, 4) if whole else None,
    }


@dataclass(slots=True)
class Counted:
    """How often each result and each reason came out of one duty; ``owed`` is the duty as its first outcome has it."""

    owed: Owed
    results: Counter[Result] = field(default_factory=Counter)
    reasons: Counter[str] = field(default_factory=Counter)


def counted(outcomes: Iterable[Outcome]) -> list[Counted]:
    """Every duty of a document, in the order in which they first come up."""
    told: dict[int, dict[tuple[Result, str], int]] = {}
    first: dict[int, Owed] = {}
    for outcome in outcomes:
        owed, said = outcome.owed, outcome.said
        mine = told.get(id(owed))
        if mine is None:
            mine, first[id(owed)] = told.setdefault(id(owed), {}), owed
        key = (said.result, said.reason)
        mine[key] = mine.get(key, 0) + 1
    found: dict[tuple[str, str, str | None, str], Counted] = {}
    for place, owed in first.items():
        row = found.setdefault((owed.source, owed.document, owed.provision, owed.duty), Counted(owed))
        for (result, reason), number in told[place].items():
            row.results[result] += number
            row.reasons[reason] += number
    return list(found.values())


def _duties(rows: Iterable[Counted]) -> list[dict[str, Any]]:
    return [
        {
            **_named(row.owed),
            "stage": row.owed.stage,
            **{result.value: row.results[result] for result in Result},
            **rate(row.results[Result.MET], row.results[Result.BREACHED], row.results[Result.CANNOT_TELL]),
        }
        for row in rows
        if not is_aim(row.owed)
    ]


def _named(owed: Owed) -> dict[str, Any]:
    return {
        "duty": owed.duty,
        "source": owed.source,
        "document": owed.document,
        "provision": owed.provision,
        "clauses": list(owed.clauses),
    }


def is_aim(outcome: Outcome | Owed) -> bool:
    """Whether an outcome is of an aim or a recommendation, which is never met or breached."""
    return outcome.duty.startswith(("aim: ", "recommended: "))


def _aims(rows: Iterable[Counted]) -> list[dict[str, Any]]:
    return [
        {
            **_named(row.owed),
            "kept": row.reasons["aim-kept"],
            "missed": row.reasons["aim-missed"],
            "open": row.reasons["aim-open"],
            "unknown": row.reasons["aim-unknown"],
            **rate(row.reasons["aim-kept"], row.reasons["aim-missed"], row.reasons["aim-unknown"]),
        }
        for row in rows
        if is_aim(row.owed)
    ]


def _escalation(cases: Sequence[Knowledge]) -> dict[str, Any]:
    counted = Counter(case.day("escalation_requested").done for case in cases)
    yes, no, unknown = counted[True], counted[False], counted[None]
    return {"escalated": yes, "not_escalated": no, "unknown": unknown, **rate(yes, no, unknown)}


def _open(cases: Sequence[Knowledge], stage: int, calendar: Calendar | None) -> dict[str, Any]:
    """Cases that wait for their answer at a stage, by age in working days; those of which it cannot be told, apart."""
    start, answer, refusal = (
        ("received", "responded", "refused")
        if stage == 1
        else ("escalation_requested", "stage2_responded", "escalation_refused")
    )
    ages: Counter[int | None] = Counter()
    waiting = unknown = 0
    for case in cases:
        begun, answered = case.day(start), case.day(answer).done
        ended = case.day(refusal).done or case.day("closed").done
        if begun.done is False or answered or ended:
            continue
        if begun.done is None or answered is None:
            unknown += 1
            continue
        waiting += 1
        ages[age_of(begun.exact, case.as_at, calendar)] += 1
    return {
        "waiting": waiting,
        **by_age(ages),
        "unknown": unknown,
    }


def by_age(ages: Counter[int | None]) -> dict[str, Any]:
    """Open cases by their age in working days, in the bands of :data:`AGES`; ``None`` is an age that is not known."""
    bands = [
        {
            "from": low,
            "to": high,
            "cases": sum(n for age, n in ages.items() if age is not None and low <= age <= (high or age)),
        }
        for low, high in AGES
    ]
    return {"by_age": bands, "age_unknown": ages[None]}


def age_of(since: date | None, as_at: date, calendar: Calendar | None) -> int | None:
    """Working days since a day; None where that day, or the calendar, is not known."""
    if since is None or calendar is None or not (calendar.covers(since) and calendar.covers(as_at)):
        return None
    return calendar.working_days_after(since, as_at)
