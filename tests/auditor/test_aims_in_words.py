"""What became of an aim is said in the words of what became of it, and not as if nobody could tell."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from policylang.auditor.audit import audit
from policylang.auditor.duty import DutyKind
from policylang.casebook.load import load_cases
from policylang.model.library import load_policy

ROOT = Path(__file__).resolve().parents[2]


def test_an_extension_that_an_aim_limits() -> None:
    policy = load_policy(ROOT / "policies" / "connect-housing.policy").document
    assert policy is not None
    result = audit(policy, [], load_cases(ROOT / "examples" / "complaints-log.xlsx")[0].casebook, date(2026, 9, 30))
    said = {"aim-missed": "too far", "aim-kept": "may go to"}
    seen = set()
    for outcome in result.outcomes:
        duty = result.duties[outcome.document, outcome.provision, outcome.duty]
        if duty.kind is DutyKind.EXTENSION_LIMIT and outcome.reason in said:
            seen.add(outcome.reason)
            assert said[outcome.reason] in outcome.why
            assert "cannot be told" not in outcome.why
    assert "aim-missed" in seen
