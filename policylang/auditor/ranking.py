"""Which breaches come first: the code's before the policy's own, verified before unverified, the latest first."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from policylang.auditor.outcome import Outcome

_DAYS = {"working days": 1.4, "weeks": 7.0, "months": 30.4, "quarters": 91.3, "years": 365.25, "working hours": 0.2}


def worst_first(breaches: Iterable[Outcome], as_at: date) -> list[Outcome]:
    """The breaches, worst first; of what is alike, in the order of references and duties."""
    return sorted(breaches, key=lambda o: (o.source != "code", not o.verified, -_days_late(o, as_at), o.case, o.duty))


def _days_late(outcome: Outcome, as_at: date) -> float:
    """Roughly how many calendar days late, for ranking only; what is not done at all is late to the as-at date."""
    if outcome.due is not None:
        return float(((outcome.actual or as_at) - outcome.due).days)
    return outcome.late.by * _DAYS.get(outcome.late.unit, 1.0) if outcome.late else 0.0
