"""The result of a test as plain data, for other programs."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from policylang.model.document import Document
from policylang.stories.coverage import Coverage, Covered
from policylang.stories.judging import Checked, Judged


def as_json(policy: Document, file: str, judged: Sequence[Judged], covered: Coverage) -> dict[str, Any]:
    """The stories with every expectation and outcome, and the coverage, as data in a fixed order."""
    return {
        "policy": policy.id,
        "file": file,
        "holds": all(one.holds for one in judged),
        "stories": [_story(one) for one in judged],
        "coverage": {"totals": covered.totals(), "duties": [_duty(one) for one in covered.duties]},
    }


def _story(judged: Judged) -> dict[str, Any]:
    return {
        "title": judged.story.title,
        "line": judged.story.place.line,
        "holds": judged.holds,
        "expectations": [_expectation(one) for one in judged.checked],
    }


def _expectation(checked: Checked) -> dict[str, Any]:
    expected = checked.expectation
    return {
        "text": str(expected),
        "line": expected.place.line if expected.place else None,
        "holds": checked.holds,
        "found": checked.found,
        "outcomes": [
            {
                "duty": outcome.duty,
                "source": outcome.source,
                "document": outcome.document,
                "provision": outcome.provision,
                "clauses": list(outcome.clauses),
                "result": outcome.result.value,
                "reason": outcome.reason,
                "due": outcome.due.isoformat() if outcome.due else None,
                "actual": outcome.actual.isoformat() if outcome.actual else None,
                "why": outcome.why,
            }
            for outcome in checked.outcomes
        ],
    }


def _duty(one: Covered) -> dict[str, Any]:
    return {
        "duty": one.duty.name,
        "clauses": list(one.duty.clauses),
        "outcomes": sorted(one.outcomes),
        "kept": one.kept,
        "broken": one.broken,
        "deadline": one.deadline,
        "last day in time": one.last_day if one.deadline else None,
        "first day late": one.first_late if one.deadline else None,
    }
