"""What an outcome rests on, in a few words: the duty, and the provision or the clauses that ask for it."""

from __future__ import annotations

from policylang.auditor.audit import AuditResult
from policylang.auditor.outcome import Late, Outcome
from policylang.model.duration import Unit


def cited(result: AuditResult, outcome: Outcome, *others: Outcome) -> str:
    """``respond at stage 1 [HO24-6.3]``; with others that say the same, ``… [HO24-6.3; policy 3.3]``."""
    places = dict.fromkeys(_briefly_cited(result, each) for each in (outcome, *others))
    return f"{outcome.duty} [{'; '.join(places)}]"


def _briefly_cited(result: AuditResult, outcome: Outcome) -> str:
    document = result.documents[outcome.document]
    name = f"{document.cited_as or document.id}-{outcome.provision}" if outcome.provision else "policy"
    clauses = f" {', '.join(outcome.clauses)}" if outcome.clauses and not outcome.provision else ""
    return f"{name}{clauses}{'' if outcome.verified else ' (unverified)'}"


def briefly(outcome: Outcome) -> str:
    """What became of a breach, in a few words: ``3 working days late``."""
    if outcome.late is None:
        return outcome.reason.replace("-", " ")
    by = how_late(outcome.late)
    return f"not done, {by} overdue" if outcome.reason == "not-done-and-due" else f"{by} late"


def how_late(late: Late) -> str:
    """``3 working days``; for what came on a Sunday after a Friday, ``less than 1 working day``."""
    unit = Unit(late.unit)
    return unit.counted(late.by) if late.by else f"less than {unit.counted(1)}"
