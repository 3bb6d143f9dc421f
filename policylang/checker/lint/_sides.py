"""
Sentences by the side they take: against taking a complaint on, or for it.
"""

from __future__ import annotations

from policylang.model.norms import Kind, Norm

AGAINST = {"refuse"}
FOR = {"accept", "investigate", "handle", "consider"}
WHAT = {"complaint", "escalation", "late-complaint"}


def barred(norm: Norm) -> bool:
    """Whether the sentence keeps the landlord from taking a complaint (or an escalation) on, or says it will not."""
    if norm.standing is not None or not WHAT & set(norm.objects.words) or "resident" in norm.actors.words:
        return False
    against = norm.action in AGAINST and norm.kind in (Kind.DUTY, Kind.PERMISSION)
    return against or (norm.action in FOR and norm.kind is Kind.PROHIBITION)


def took_on(norm: Norm) -> bool:
    """Whether the sentence has the landlord take a complaint (or an escalation) on, or lets it."""
    return (
        norm.standing is None
        and norm.action in FOR
        and norm.kind in (Kind.DUTY, Kind.PERMISSION)
        and bool(WHAT & set(norm.objects.words))
    )


def together(one: Norm, other: Norm) -> bool:
    """Whether two sentences can hold of the same thing under one reading of the text."""
    same = _thing(one) == _thing(other) and one.stage in (other.stage, None)
    return same and (one.reading is None or other.reading is None or one.reading == other.reading)


def _thing(norm: Norm) -> str:
    return "escalation" if "escalation" in norm.objects.words else "complaint"
