"""Stories as cases: what a story does not say did not happen."""

from __future__ import annotations

from datetime import date

import pytest

from policylang.auditor.audit import audit_case
from policylang.auditor.outcome import Late, Result
from policylang.auditor.stories import story_case
from policylang.casebook.cases import EntryState
from policylang.model.library import load_code, load_policy
from tests.architecture.source import ROOT


def test_the_story_of_the_language_page_under_the_real_policy_and_the_real_code() -> None:
    """Housing Plus Group promises two working days (7.4.1); the Code asks for five (6.2)."""
    policy = load_policy(ROOT / "policies" / "housing-plus-group.policy").document
    code = load_code("housing-ombudsman-2024").document
    assert code is not None
    case = story_case({"received": date(2025, 12, 19), "acknowledged": date(2025, 12, 30)})
    found = {(o.source, o.duty): o for o in audit_case(policy, [code], case, date(2026, 1, 31))}
    promise, demand = found["policy", "acknowledge at stage 1"], found["code", "acknowledge at stage 1"]
    assert (promise.result, promise.late, promise.clauses) == (
        Result.BREACHED,
        Late(3, "working days"),
        ("7.4.1",),
    )
    assert (demand.result, demand.provision, demand.due) == (Result.MET, "6.2", date(2025, 12, 30))


def test_what_is_not_told_did_not_happen_and_excuses_nothing() -> None:
    case = story_case({"received": date(2025, 6, 2)})
    assert case.entry("responded").state is EntryState.NOT_DONE
    assert case.entry("extension_good_reason").state is EntryState.NOT_DONE
    assert case.entry("stage2_extension_agreed").state is EntryState.NOT_DONE


def test_what_letters_contained_is_not_part_of_a_story_unless_it_says_so() -> None:
    assert story_case({}).entry("response_decision").state is EntryState.NO_COLUMN
    told = story_case({}, {"response_decision": False}, {"handler": "Officer 1"})
    assert told.entry("response_decision").value is False
    assert told.entry("handler").value == "Officer 1"


@pytest.mark.parametrize("wrong", [{"answered": date(2025, 6, 2)}, {"response_decision": date(2025, 6, 2)}])
def test_a_name_that_no_case_record_has_is_refused(wrong: dict[str, date]) -> None:
    with pytest.raises(ValueError, match="has no event called"):
        story_case(wrong)


def test_an_extension_beyond_the_limit_without_a_reason_told_is_a_breach_of_the_code() -> None:
    code = load_code("housing-ombudsman-2024").document
    assert code is not None
    case = story_case(
        {
            "received": date(2025, 6, 2),
            "acknowledged": date(2025, 6, 2),
            "extension_notified": date(2025, 6, 10),
            "extended_to": date(2025, 7, 14),
            "responded": date(2025, 7, 14),
        }
    )
    found = {o.duty: o.result for o in audit_case(None, [code], case, date(2025, 7, 31))}
    assert found["keep an extension within its limit at stage 1"] is Result.BREACHED
    assert found["respond at stage 1"] is Result.BREACHED
