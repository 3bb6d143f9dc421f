"""Verdicts as JSON: the contract of ``policylang check --format json``."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

from policylang.checker.findings import finding_code
from policylang.checker.verdict import Judgement, Limb, Story, Verdict
from policylang.model.document import Document


def as_json(policy: Document, code: Document, verdicts: Sequence[Verdict]) -> dict[str, Any]:
    """``{"policy", "code", "verdicts", "summary"}``; every key is always there, ``null`` where it does not apply."""
    held = policy.in_force
    return {
        "policy": {
            "id": policy.id,
            "file": policy.name,
            "title": policy.title,
            "organisation": policy.organisation,
            "version": policy.version,
            "in_force": held[0].isoformat() if held else None,
        },
        "code": {
            "id": code.id,
            "edition": code.edition,
            "title": code.title,
            "cited_as": code.cited_as,
            "in_force": code.in_force[0].isoformat() if code.in_force else None,
        },
        "verdicts": [_verdict(verdict, code) for verdict in verdicts],
        "summary": summary(verdicts),
    }


def summary(verdicts: Sequence[Verdict]) -> dict[str, int]:
    """How many of each verdict, and how many are arguable or rest on unverified wording."""
    counts = Counter(verdict.judgement for verdict in verdicts)
    return {
        **{judgement.value: counts[judgement] for judgement in Judgement},
        "arguable": sum(verdict.arguable for verdict in verdicts),
        "unverified": sum(not verdict.verified for verdict in verdicts),
        "provisions": len(verdicts),
    }


def _verdict(verdict: Verdict, code: Document) -> dict[str, Any]:
    proof = verdict.proof_range
    return {
        "provision": verdict.provision,
        "code": finding_code(code, verdict.provision),
        "title": verdict.title,
        "section": verdict.section,
        "requirement": verdict.requirement,
        "force": verdict.force,
        "verdict": verdict.judgement.value,
        "arguable": verdict.arguable,
        "readings": [{"name": r.name, "verdict": r.judgement.value, "why": r.why} for r in verdict.readings],
        "decided": verdict.decided.value,
        "why": verdict.why,
        "clauses": list(verdict.clauses),
        "story": _story(verdict.story),
        "repair": verdict.repair,
        "verified": verdict.verified,
        "shown_by": list(verdict.shown_by),
        "proof_range": {"first": proof[0].isoformat(), "last": proof[1].isoformat()} if proof else None,
        "file": verdict.place.file if verdict.place else None,
        "line": verdict.place.line if verdict.place else None,
        "limbs": [_limb(limb) for limb in verdict.limbs],
    }


def _limb(limb: Limb) -> dict[str, Any]:
    return {
        "demand": limb.demand,
        "verdict": limb.judgement.value,
        "decided": limb.decided.value,
        "why": limb.why,
        "clauses": list(limb.clauses),
        "repair": limb.repair,
        "story": _story(limb.story),
    }


def _story(story: Story | None) -> dict[str, Any] | None:
    if story is None:
        return None
    return {
        "events": [{"event": e.event, "date": e.date.isoformat()} for e in story.events],
        "as_at": story.as_at.isoformat() if story.as_at else None,
        "text": story.text,
    }
