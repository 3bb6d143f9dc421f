"""An audit as plain data: what ``policylang audit --format json`` prints."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from policylang.auditor.audit import AuditResult
from policylang.auditor.by_column import Division
from policylang.auditor.open_cases import OpenCases
from policylang.auditor.outcome import Outcome
from policylang.auditor.step import Step
from policylang.findings.json_ import as_dict


def audit_record(
    result: AuditResult,
    outcomes: Iterable[Outcome] | None = None,
    *,
    by: Sequence[Division] = (),
    opened: OpenCases | None = None,
    steps: Sequence[Step] = (),
) -> dict[str, Any]:
    """The audit with all its outcomes, or with those given. Dates are written 2026-03-31.

    The measures have a part ``by`` where divisions are given, ``open_cases`` where they are, and ``on_the_dates`` for
    what the dates show late or missing although it is no breach.
    """
    return {
        "population": {
            **result.population,
            "conventions": {
                "day_one": result.settings.day_one,
                "organisation_closures": result.settings.organisation_closures,
                "not_done": sorted(result.settings.not_done),
                "any_date": result.settings.any_date,
            },
            "boundary_cases": [
                {"case": found.case, "document": found.document, "why": found.why} for found in result.boundary_cases
            ],
        },
        "outcomes": [outcome_record(outcome) for outcome in (result.outcomes if outcomes is None else outcomes)],
        "data_quality": [as_dict(finding) for finding in result.data_quality],
        "measures": {
            **result.measures,
            **({"by": [division.record() for division in by]} if by else {}),
            **({"open_cases": opened.record()} if opened is not None else {}),
            **({"on_the_dates": [step.record() for step in steps]} if steps else {}),
            "not_shown": [
                {
                    "document": name,
                    "provision": part.provision,
                    "clauses": list(part.clauses),
                    "text": part.text,
                    "why": part.why,
                }
                for name, parts in result.not_shown.items()
                for part in parts
            ],
        },
    }


def outcome_record(outcome: Outcome) -> dict[str, Any]:
    """One outcome: first the thirteen keys of the contract, then what helps to defend it."""
    late = outcome.late
    return {
        "case": outcome.case,
        "duty": outcome.duty,
        "source": outcome.source,
        "provision": outcome.provision,
        "clauses": list(outcome.clauses),
        "stage": outcome.stage,
        "outcome": outcome.result.value,
        "due": outcome.due.isoformat() if outcome.due else None,
        "actual": outcome.actual.isoformat() if outcome.actual else None,
        "late": {"by": late.by, "unit": late.unit} if late else None,
        "why": outcome.why,
        "repair": outcome.repair,
        "cells": list(outcome.cells),
        "document": outcome.document,
        "action": outcome.action,
        "reason": outcome.reason,
        "start": outcome.start.isoformat() if outcome.start else None,
        "skipped": [{"date": day.isoformat(), "why": why} for day, why in outcome.skipped],
        "verified": outcome.verified,
    }
