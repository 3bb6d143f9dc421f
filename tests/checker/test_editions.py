"""Which edition a policy is checked against."""

from __future__ import annotations

from datetime import date

import pytest

from policylang.checker import editions
from policylang.checker.editions import edition_for, own_date
from policylang.findings.problem import Problem
from policylang.model.document import Document
from policylang.model.library import load_text

OLD = load_text('code "Code" edition "old".\nknown as old-code.\nin force from 2022-04-01 until 2024-03-31.\n').document
NEW = load_text('code "Code" edition "new".\nknown as new-code.\nin force from 2024-04-01.\n').document
TODAY = date(2026, 5, 1)


@pytest.fixture(autouse=True)
def _two_editions(monkeypatch: pytest.MonkeyPatch) -> None:
    assert OLD is not None
    assert NEW is not None
    known = [OLD, NEW]

    def in_force(on: date) -> Document | None:
        for code in reversed(known):
            first, last = code.in_force or (date.max, None)
            if first <= on and (last is None or on <= last):
                return code
        return None

    monkeypatch.setattr(editions, "edition_in_force", in_force)
    monkeypatch.setattr(editions, "editions", lambda: known)


def policy(text: str) -> Document:
    found = load_text(text, "draft.policy").document
    assert found is not None
    return found


def fault(text: str, code: str, on: date = TODAY) -> tuple[str, str, str]:
    with pytest.raises(Problem) as caught:
        edition_for(policy(text), code, on)
    finding = caught.value.findings[0]
    return finding.rule, finding.message, finding.help or ""


def test_the_edition_in_force_on_the_day() -> None:
    assert edition_for(policy(""), "today", TODAY).id == "new-code"
    assert edition_for(policy(""), "today", date(2023, 1, 1)).id == "old-code"


def test_no_edition_on_the_day() -> None:
    rule, message, help = fault("", "today", date(2020, 1, 1))
    assert rule == "no-edition-in-force"
    assert message == "None of the editions that come with the tool was in force on 1 January 2020."
    assert "old-code (from 1 April 2022 to 31 March 2024), new-code (from 1 April 2024)" in help


@pytest.mark.parametrize(
    ("dates", "wanted"),
    [
        ("in force from 2023-01-01.", "old-code"),
        ("adopted 2020-11.\nin force from 2024-06.", "new-code"),
        ("adopted 2024-04.", "new-code"),
        ("issued 2022.", "old-code"),  # the part of the year in which an edition was in force
    ],
)
def test_the_edition_at_the_policys_own_date(dates: str, wanted: str) -> None:
    assert edition_for(policy(dates), "at-adoption", TODAY).id == wanted


def test_an_own_date_that_spans_a_change_of_edition() -> None:
    rule, message, help = fault("adopted 2024.", "at-adoption")
    assert rule == "edition-uncertain"
    assert message == "The policy gives its own date only as 2024, and the edition changed in that time."
    assert help == "Name the one that is meant: --code old-code or --code new-code."


def test_an_own_date_before_every_edition() -> None:
    rule, message, help = fault("in force from 2019-05-01.", "at-adoption")
    assert rule == "no-edition-in-force"
    assert "at the policy’s own date (1 May 2019)" in message
    assert "old-code" in help


def test_no_own_date() -> None:
    assert own_date(policy("next review 2024-04.")) is None
    rule, _, help = fault("next review 2024-04.", "at-adoption")
    assert rule == "policy-without-date"
    assert "in force from" in help


def test_a_code_by_its_id_or_its_name_mistyped() -> None:
    assert edition_for(policy(""), "housing-ombudsman-2024", TODAY).id == "housing-ombudsman-2024"
    rule, message, help = fault("", "housing-ombudsman-2042")
    assert rule == "unknown-code"
    assert "housing-ombudsman-2042" in message
    assert "housing-ombudsman-2024" in help
