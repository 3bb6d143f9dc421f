"""Verdicts as JSON: the contract of ``policylang check --format json``."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

from policylang.checker.deviations import Accepted, Standing
from policylang.checker.findings import finding_code
from policylang.checker.plain import clauses_of
from policylang.checker.repair import steps
from policylang.checker.report import FORCES, tables
from policylang.checker.verdict import Judgement, Limb, Story, Verdict
from policylang.findings.excerpt import underlined
from policylang.findings.finding import Place
from policylang.model.document import Deviation, Document


def as_json(
    policy: Document, code: Document, verdicts: Sequence[Verdict], deviations: Sequence[Accepted] = ()
) -> dict[str, Any]:
    """``{"policy", "code", "verdicts", "deviations", "summary"}``; every key is always there, ``null`` where it does
    not apply. ``checks/schemas/check.schema.json`` describes it."""
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
        "deviations": [
            {"provision": one.deviation.provision, "standing": one.standing.value, **_deviation(one.deviation)}
            for one in deviations or _in_force(verdicts, code)
        ],
        "summary": summary(verdicts),
    }


def _in_force(verdicts: Sequence[Verdict], code: Document) -> list[Accepted]:
    """The deviations that cover a verdict, for whoever has no more than the verdicts."""
    return [
        Accepted(v.deviation, Standing.IN_FORCE, finding_code(code, v.provision), v)
        for v in verdicts
        if v.deviation is not None
    ]


def summary(verdicts: Sequence[Verdict]) -> dict[str, Any]:
    """How many of each verdict, and how many are arguable, rest on unverified wording, or fall short with an accepted
    deviation; and the verdicts apart for what a code obliges to (``must``), recommends (``should``), permits (``may``)
    and only says (``context``)."""
    counts = Counter(verdict.judgement for verdict in verdicts)
    found = tables(verdicts)
    return {
        **{judgement.value: counts[judgement] for judgement in Judgement},
        "arguable": sum(verdict.arguable for verdict in verdicts),
        "unverified": sum(not verdict.verified for verdict in verdicts),
        "accepted": sum(verdict.deviation is not None for verdict in verdicts),
        "provisions": len(verdicts),
        "by_force": {
            force: {judgement.value: found.get(force, {}).get(judgement, 0) for judgement in Judgement}
            for force in FORCES
        },
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
        "deviation": _deviation(verdict.deviation) if verdict.deviation is not None else None,
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
        "words": [_words(place) for place in limb.words],
        "steps": [
            {"do": step.deed.value, "sentence": step.sentence, "clauses": list(clauses_of(step.norms))}
            for step in steps(limb.repairs)
        ],
    }


def _words(place: Place) -> dict[str, Any]:
    """Words of the policy that fall short: lines and columns count from 1, ``end_column`` is the one after the last."""
    return {
        "line": place.line, "column": place.column, "end_line": place.end_line, "end_column": place.end_column,
        "text": underlined(place),
    }  # fmt: skip


def _deviation(one: Deviation) -> dict[str, Any]:
    return {
        "reason": one.reason, "approved_by": one.approver, "from": one.first.isoformat(), "until": one.last.isoformat(),
        "plan": one.plan,
    }  # fmt: skip


def _story(story: Story | None) -> dict[str, Any] | None:
    if story is None:
        return None
    return {
        "events": [{"event": e.event, "date": e.date.isoformat()} for e in story.events],
        "as_at": story.as_at.isoformat() if story.as_at else None,
        "text": story.text,
    }
