"""Counting again only what counts days must say the same as judging everything again."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date
from pathlib import Path
from random import Random

import pytest
from hypothesis import given
from hypothesis import settings as limit
from hypothesis import strategies as st

from policylang.auditor.audit import audit
from policylang.auditor.columns.recounted import recounted_by_columns
from policylang.auditor.recounted import recounted
from policylang.auditor.settings import Settings
from policylang.casebook.cases import CaseBook
from policylang.casebook.load import load_cases
from policylang.model.library import editions, load_policy
from tests.auditor.columns import generated

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
    both = zip(base.outcomes, other.outcomes, strict=True)
    changed = Counter((a.result, b.result) for a, b in both if a.result is not b.result)
    assert changed, "a log in which nothing changes shows nothing"
    assert recounted(document, codes, cases, base) == changed
    args = (AS_AT, settings, other.settings)
    assert recounted_by_columns(document, codes, cases.cases, *args) == changed


@given(seed=st.integers(0, 10_000), number=st.integers(1, 8))
@limit(max_examples=30, deadline=None)
def test_columns_count_the_same_of_dirty_cases(seed: int, number: int) -> None:
    cases = generated.cases(Random(seed), number, AS_AT)
    policy, codes, settings = generated.policy(Random(seed), seed), editions(), Settings(any_date=True)
    base = audit(policy, codes, CaseBook(cases=cases), AS_AT, settings)
    other = replace(settings, day_one=True)
    found = recounted_by_columns(policy, codes, cases, AS_AT, settings, other)
    assert found == recounted(policy, codes, CaseBook(cases=cases), base)
