"""Which edition a policy is checked against."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner

from policylang.checker import editions
from policylang.checker.editions import edition_for, editions_for, own_date
from policylang.commands.check import check
from policylang.findings.finding import Severity
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
        ('governed by edition "old".\nin force from 2024-06-01.', "old-code"),  # its own words go before its date
    ],
)
def test_the_edition_at_the_policys_own_date(dates: str, wanted: str) -> None:
    assert edition_for(policy(dates), "at-adoption", TODAY).id == wanted


def test_an_own_date_that_spans_a_change_of_edition() -> None:
    rule, message, help = fault("adopted 2024.", "at-adoption")
    assert rule == "edition-uncertain"
    assert message == "The policy gives its own date only as 2024, and the edition changed in that time."
    assert help == "Name the one that is meant: --code old-code or --code new-code."


def chosen(text: str) -> tuple[list[str], str]:
    found = editions_for(policy(text), "at-adoption", TODAY)
    if found.unsure is not None:
        assert found.unsure.severity is Severity.WARNING
        assert found.unsure.rule == "edition-uncertain"
        for code in found.documents:
            assert f"--code {code.id}" in (found.unsure.help or "")
    return [code.id for code in found.documents], found.unsure.message if found.unsure else ""


@pytest.mark.parametrize(
    ("text", "wanted", "unsure"),
    [
        ("in force from 2023-01-01.", ["old-code"], ""),
        (
            "adopted 2024.",
            ["old-code", "new-code"],
            "The policy gives its own date only as 2024, and the edition changed in that time.",
        ),
        (  # nothing is known of the months before April
            "issued 2022.",
            ["old-code"],
            "The policy’s own date is 2022, and the edition is known to have been in force only for a part of that "
            "time.",
        ),
        ('governed by edition "old".\nin force from 2025-01-01.', ["old-code"], ""),
        (
            'governed by edition "new" or "old".\nin force from 2025-01-01.',
            ["old-code", "new-code"],
            "The policy says it is governed by the edition “old” or “new”.",
        ),
    ],
)
def test_every_edition_that_is_possible(text: str, wanted: list[str], unsure: str) -> None:
    assert chosen(text) == (wanted, unsure)


def test_a_governing_edition_that_does_not_come_with_the_tool() -> None:
    rule, message, help = fault('governed by edition "1999".', "at-adoption")
    assert rule == "no-edition-in-force"
    assert message == "The policy says it is governed by the edition “1999”, which does not come with the tool."
    assert "old-code" in help


def test_an_edition_of_whose_start_only_the_month_is_known(monkeypatch: pytest.MonkeyPatch) -> None:
    text = 'code "Code" edition "first".\nknown as first-code.\nin force from 2020-07 until 2022-03-31.\n'
    first = load_text(text).document
    assert first is not None
    monkeypatch.setattr(editions, "editions", lambda: [first])
    ids, unsure = chosen("in force from 2020-07-15.")
    assert ids == ["first-code"]
    assert unsure.startswith("The policy’s own date is 15 July 2020, and the edition is known")
    assert chosen("in force from 2020-08-15.") == (["first-code"], "")


def test_the_check_command_judges_each_edition_that_is_possible(tmp_path: Path) -> None:
    draft = tmp_path / "draft.policy"
    draft.write_text(
        'policy "P".\ngoverned by edition "old" or "new".\nmust publish self-assessment every year [1].\n',
        encoding="utf-8",
    )
    found = CliRunner().invoke(check, [str(draft), "--code", "at-adoption", "--format", "json"])
    assert [page["code"]["id"] for page in json.loads(found.stdout)] == ["old-code", "new-code"]
    assert "edition-uncertain" in found.stderr


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
