"""Control totals and measures of an audit, as plain data: every figure ties to the outcomes.

A rate is a point over what was decided, and a range over what cannot be told: lowest if every such case was a breach,
highest if each was met. What is pending or not applicable is in neither.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from policylang.auditor.outcome import Outcome, Owed, Result
from policylang.auditor.outcomes import Counted
from policylang.auditor.rates import rate
from policylang.auditor.standing import Standing
from policylang.casebook.cases import CaseBook
from policylang.casebook.record import facts
from policylang.model.calendar import Calendar


def population(
    casebook: CaseBook, rows: Iterable[Counted], judged_by: Mapping[tuple[str, str], int], as_at: date
) -> dict[str, Any]:
    """Rows read, judged and set aside, with the reasons; the period; who judged; and every outcome there is."""
    received = sorted(day for case in casebook.cases if (day := case.day("received")) is not None)
    outcomes = sum((row.results for row in rows), Counter[Result]())
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
        "outcomes": {result.value: outcomes[result] for result in Result},
    }


def measures(
    rows: Sequence[Counted],
    standing: Standing,
    missing: Mapping[tuple[str, str], int],
    as_at: date,
    calendar: Calendar | None,
) -> dict[str, Any]:
    """The rate of every duty, the aims, the escalation rate, the open cases by age, and what is missing most."""
    return {
        "duties": _duties(rows),
        "aims": _aims(rows),
        "escalation": standing.escalation(),
        "open": {f"stage_{stage}": standing.open(stage, as_at, calendar) for stage in standing.waiting},
        "missing": [
            {"fact": name, "label": facts()[name].label, "state": state, "outcomes": number}
            for (name, state), number in sorted(missing.items(), key=lambda item: (-item[1], item[0]))
        ],
    }


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
