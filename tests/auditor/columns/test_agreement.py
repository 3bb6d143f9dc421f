"""The columnar replay says what the reference says: on generated policies and dirty cases, and on what is shipped.

The suite tries a share of it. The whole, at least 200,000 cases under at least 1,000 policies::

    POLICYLANG_NIGHTLY=1 pytest -n0 tests/auditor/columns/test_agreement.py
"""

from __future__ import annotations

import os
from collections import Counter
from datetime import date
from pathlib import Path
from random import Random

import pytest

from policylang.auditor.columns.codes import NAMES
from policylang.auditor.columns.compile import compile_audit
from policylang.auditor.duties import duties
from policylang.auditor.settings import Settings
from policylang.casebook.mapping_file import load_mapping
from policylang.casebook.reader import read_cases
from policylang.model.library import load_code, load_policy
from tests.architecture.source import ROOT
from tests.auditor.columns import generated
from tests.auditor.columns.comparing import by_columns, by_reference, disagreements, left_out

NIGHTLY = bool(os.environ.get("POLICYLANG_NIGHTLY"))
POLICIES, CASES = (1_000, 200) if NIGHTLY else (15, 60)
SHARES = 5  # the policies, in so many tests
POLICY_FILES = sorted((ROOT / "policies").glob("*.policy"))
EDITIONS = ("housing-ombudsman-2020", "housing-ombudsman-2022", "housing-ombudsman-2024")
SPANS = ("from 2020-01-01 until 2025-03-31", "from 2025-04-01 until 2025-09-30", "from 2025-11-01")
_RARE = {"no-edition-in-force", "outside-calendar", "in-extended-time", "no-deadline", "same-person", "after-window"}


@pytest.mark.parametrize("share", range(SHARES))
def test_generated_policies_on_generated_cases(share: int) -> None:
    reasons: Counter[str] = Counter()
    for number in range(share, POLICIES, SHARES):
        random = Random(number)
        policy = generated.policy(random, number)
        settings, as_at = generated.settings(random), generated.as_at(random)
        cases = generated.cases(random, CASES, as_at)
        compiled = compile_audit(policy, [], as_at, settings)
        reference = by_reference(policy, [], cases, as_at, settings)
        columns = by_columns(compiled, cases, generated.facts_of(cases))
        found = disagreements(reference, columns, left_out(compiled))
        assert not found, (number, as_at, settings, found[:5])
        reasons.update(told[1] for told in reference.values())
    assert sum(reasons.values()) > POLICIES // SHARES * CASES * 10
    assert len(reasons) > 25, reasons


def test_the_generated_cases_come_to_every_reason() -> None:
    """Else an agreement on a reason would rest on nothing. (Those of the nightly run are counted there.)"""
    reasons: set[str] = set()
    for number in range(24):
        random = Random(number)
        policy, settings = generated.policy(random, number), generated.settings(random)
        as_at = generated.as_at(random)
        cases = generated.cases(random, 60, as_at)
        reasons |= {told[1] for told in by_reference(policy, [], cases, as_at, settings).values()}
    assert set(NAMES.values()) - reasons <= _RARE


def test_generated_policies_use_every_kind_of_duty() -> None:
    found = {duty.kind for number in range(20) for duty in duties(generated.policy(Random(number), number))}
    assert {kind.value for kind in found} == {
        "timed", "extension-notified", "extension-limit", "content", "different-person", "not-refused",
    }  # fmt: skip


def test_versions_of_a_policy_are_told_apart_as_the_reference_tells_them() -> None:
    for number in range(200 if NIGHTLY else 3):
        random = Random(number)
        versions = [generated.policy(random, 10 * number + n, span) for n, span in enumerate(SPANS)]
        as_at = date(2025, 12, 31)
        cases = generated.cases(random, 60, as_at)
        settings = Settings(any_date=number % 3 == 2)
        compiled = compile_audit(versions, [], as_at, settings)
        reference = by_reference(versions, [], cases, as_at, settings)
        columns = by_columns(compiled, cases, generated.facts_of(cases))
        assert not disagreements(reference, columns, left_out(compiled)), number


@pytest.mark.parametrize("path", POLICY_FILES, ids=lambda path: path.stem)
def test_shipped_policies_and_editions_on_the_example_log(path: Path) -> None:
    mapping, _ = load_mapping(ROOT / "examples" / "complaints-log.mapping.yaml")
    cases = read_cases(ROOT / "examples" / "complaints-log.xlsx", mapping).casebook.cases
    policy = load_policy(path).document
    assert policy is not None
    codes = [code for id in EDITIONS if (code := load_code(id).document) is not None]
    assert len(cases) > 200
    assert codes
    strange = Settings(day_one=True, any_date=True, not_done=frozenset({"escalation_refused"}))
    settings = Settings() if len(path.stem) % 2 or NIGHTLY else strange
    compiled = compile_audit(policy, codes, date(2026, 1, 31), settings)
    assert not compiled.not_compiled
    reference = by_reference(policy, codes, cases, date(2026, 1, 31), settings)
    columns = by_columns(compiled, cases, generated.facts_of(cases))
    assert not disagreements(reference, columns, set())
