"""The facts of a case record and their headings (checks/case-record.yaml)."""

from __future__ import annotations

import json
from collections import Counter

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from policylang.casebook.record import REQUIRED, facts, heading_key, match
from policylang.model.data import checks_dir

# The events that every later issue and every script relies on, by these names.
CONTRACT = [
    *("received", "logged", "acknowledged", "extension_notified", "extended_to", "responded", "escalation_requested"),
    *("stage2_logged", "stage2_acknowledged", "stage2_extension_notified", "stage2_extended_to", "stage2_responded"),
    "closed",
]


def test_the_file_is_as_its_schema_says() -> None:
    content = yaml.safe_load((checks_dir() / "case-record.yaml").read_text(encoding="utf-8"))
    schema = json.loads((checks_dir() / "schemas" / "case-record.schema.json").read_text(encoding="utf-8"))
    Draft202012Validator.check_schema(schema)
    Draft202012Validator(schema).validate(content)


def test_both_schemas_are_schemas() -> None:
    schema = json.loads((checks_dir() / "schemas" / "mapping.schema.json").read_text(encoding="utf-8"))
    Draft202012Validator.check_schema(schema)


@pytest.mark.parametrize("name", CONTRACT)
def test_an_event_is_its_own_heading(name: str) -> None:
    assert facts()[name].kind == "event"
    (found,) = match(heading_key(name))
    assert (found.fact, found.sure) == (name, True)


def test_the_required_facts_are_there() -> None:
    assert set(REQUIRED) <= set(facts())


def test_no_sure_heading_means_two_things() -> None:
    keys: Counter[str] = Counter()
    for fact in facts().values():
        own = {heading_key(heading) for heading in (fact.name, *fact.headings)}
        if fact.stage == 1:
            own |= {f"stage 1 {key.removeprefix('stage 1 ')}" for key in own}
            own |= {key.removeprefix("stage 1 ") for key in own}
        keys.update(own)
    assert [key for key, times in keys.items() if times > 1] == []


def test_every_heading_is_recognised_and_what_is_only_likely_is_never_sure() -> None:
    for fact in facts().values():
        for heading in fact.headings:
            assert [(m.fact, m.sure) for m in match(heading_key(heading))] == [(fact.name, True)], heading
        for heading in fact.maybe:
            found = match(heading_key(heading))
            assert fact.name in [m.fact for m in found], heading
            assert not any(m.sure for m in found), heading


def test_no_event_comes_before_itself() -> None:
    def earlier(name: str) -> set[str]:
        found = set(facts()[name].never_before)
        return found.union(*(earlier(one) for one in found))

    for name, fact in facts().items():
        assert all(facts()[one].kind == "event" for one in fact.never_before)
        assert name not in earlier(name)


@pytest.mark.parametrize(
    ("heading", "key"),
    [
        ("Date S2 Ack'd (dd/mm/yyyy)", "stage 2 date ackd"),
        ("stage two: date ackd", "stage 2 date ackd"),
        ("DateReceived", "date received"),
        ("1st Stage Response – sent", "stage 1 response sent"),
        ("stage2_extended_to", "stage 2 extended to"),
        ("Extension agreed? Y/N", "extension agreed"),
        ("Response (Stage II)", "stage 2 response"),
        ("S2 rights in S1 letter", "stage 2 rights in stage 1 letter"),
        ("  Ref.\nNo ", "ref no"),
        ("£", ""),
    ],
)
def test_a_heading_is_known_by_what_matters_in_it(heading: str, key: str) -> None:
    assert heading_key(heading) == key


@pytest.mark.parametrize(
    ("heading", "fact"),
    [
        ("Escalated to Stage 2 (date)", "escalation_requested"),
        ("Date of escalation to be dated", None),
        ("Letter: holding", "extension_notified"),
        ("Complaint raised", "received"),
        ("Date sent on", None),
    ],
)
def test_small_words_about_a_heading_that_must_be_confirmed_leave_it_to_be_confirmed(
    heading: str, fact: str | None
) -> None:
    found = match(heading_key(heading))
    assert not any(one.sure for one in found)
    assert (fact in {one.fact for one in found}) if fact else not found


NO_RECORD = """Response due; Stage 1 target date; Ack due; Days to respond; Responded by; Acknowledged within 5 days?;
Stage 1 closed; Response chased; Reminder sent; Number of responses; Next response; Stage 3; Resident name; Address;
Average response; Expected response date; Draft response sent; Response SLA; Notes"""


@pytest.mark.parametrize("heading", NO_RECORD.replace("\n", " ").split("; "))
def test_what_is_no_record_of_a_step_is_never_taken_for_one(heading: str) -> None:
    assert [m for m in match(heading_key(heading)) if facts()[m.fact].decides] == []


@pytest.mark.parametrize(
    "heading", ["Closed", "Date closed", "Case closed", "Completed", "Date resolved", "Closed date"]
)
def test_closed_is_never_responded(heading: str) -> None:
    assert {m.fact for m in match(heading_key(heading))} == {"closed"}


@given(st.text(max_size=30))
def test_a_key_is_its_own_key(heading: str) -> None:
    key = heading_key(heading)
    assert heading_key(key) == key
    match(key)
