"""What is no duty of a case: another body's text, and a clock that would count an event from itself."""

from __future__ import annotations

from policylang.auditor.duties import duties, not_shown_by_cases
from policylang.model.document import Document
from policylang.model.library import load_text


def policy(text: str) -> Document:
    loaded = load_text('policy "Draft".\n' + text, "draft.policy")
    assert loaded.findings == []
    assert loaded.document is not None
    return loaded.document


def test_a_template_of_another_body_lays_no_duty_on_cases() -> None:
    document = policy(
        'from template of "Housing Ombudsman":\n  stage 1 will respond within 5 working days of receipt [11].\n'
    )
    assert duties(document) == ()
    listed = not_shown_by_cases(document)
    assert [part.clauses for part in listed] == [("11",)]
    assert "another body" in listed[0].why


def test_a_checklist_of_the_landlords_own_does() -> None:
    document = policy("from checklist:\n  stage 1 will respond within 5 working days of receipt [10].\n")
    assert [duty.name for duty in duties(document)] == ["respond at stage 1"]


def test_an_acknowledgement_without_a_start_is_counted_from_receipt_alone() -> None:
    document = policy("stage 1:\n  will acknowledge within 2 working days [5.2.2].\n")
    assert [duty.name for duty in duties(document)] == ["acknowledge at stage 1"]


def test_a_response_without_a_start_is_counted_both_ways() -> None:
    document = policy("stage 1:\n  will respond within 10 working days [5.2.2].\n")
    assert [duty.name for duty in duties(document)] == [
        "respond at stage 1 (counted from receipt)",
        "respond at stage 1 (counted from the acknowledgement)",
    ]
