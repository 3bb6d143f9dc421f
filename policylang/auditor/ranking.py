"""Which breaches come first: the code's before the policy's own, verified before unverified, the latest first."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from policylang.auditor.outcome import Late, Outcome

_DAYS = {"working days": 1.4, "weeks": 7.0, "months": 30.4, "quarters": 91.3, "years": 365.25, "working hours": 0.2}


def worst_first(as_at: date) -> Callable[[Outcome], tuple[bool, bool, float, float, str, str]]:
    """What to sort breaches by, for the worst to come first; of what is alike, in the order of references and
    duties."""
    return lambda o: (o.source != "code", not o.verified, *_latest(o, as_at), o.case, o.duty)


def _latest(outcome: Outcome, as_at: date) -> tuple[float, float]:
    return latest_first(outcome.late, outcome.due, outcome.actual or as_at)


def latest_first(late: Late | None, due: date | None, reached: date | None) -> tuple[float, float]:
    """What to sort by, for the latest to come first: as it is counted where it is, so that five working days late come
    before four with a weekend among them; of what is alike, by the days that went by. Units are compared roughly."""
    passed = float((reached - due).days) if due and reached else 0.0
    return -(late.by * _DAYS.get(late.unit, 1.0) if late else passed), -passed
