"""Counting again only what counts days must say the same as judging everything again."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from policylang.auditor.audit import audit
from policylang.auditor.recounted import recounted
from policylang.auditor.settings import Settings
from policylang.casebook.load import load_cases
from policylang.model.library import editions, load_policy

ROOT = Path(__file__).resolve().parents[2]
AS_AT = date(2026, 3, 31)


@pytest.mark.parametrize("policy", sorted((ROOT / "policies").glob("*.policy")), ids=lambda path: path.stem)
@pytest.mark.parametrize("day_one", [False, True])
def test_the_same_outcomes_change(policy: Path, day_one: bool) -> None:
    document = load_policy(policy).document
    assert document is not None
    cases = load_cases(ROOT / "examples" / "complaints-log.xlsx")[0].casebook
    codes = editions("housing-ombudsman")
    settings = Settings(day_one=day_one)
    base = audit(document, codes, cases, AS_AT, settings)
    other = audit(document, codes, cases, AS_AT, replace(settings, day_one=not day_one))
    changed = [
        (a.result, b.result) for a, b in zip(base.outcomes, other.outcomes, strict=True) if a.result is not b.result
    ]
    assert changed, "a log in which nothing changes shows nothing"
    assert recounted(document, codes, cases, base) == changed
