"""The vocabulary file: its form, what its words point at, and that every word can be typed where it belongs."""

from __future__ import annotations

import json
from datetime import date
from functools import cache
from typing import Any

import pytest
import yaml
from jsonschema import Draft202012Validator

from policylang.language.parser import parse
from policylang.language.tree import Frame, Heading, Sentence
from policylang.model.data import checks_dir
from policylang.model.vocabulary import KINDS, vocabulary

# One place where a word of each kind may stand; the word goes between the braces.
PLACES = {
    "sections": ["{}:", '{} "Title" [1]:'],
    "standings": ["from {}:", 'from {} of "Somebody":'],
    "actions": ["must {}.", "must {} complaint.", "resident may not {} complaint.", "will log and {} complaint."],
    "events": [
        "must respond within 5 working days of {}.",
        "must respond within 5 working days of stage 2 {}.",
        "must respond after {}.",
        "may close complaint when no-contact in the 5 working days after {}.",
    ],
    "items": [
        "must give {}.",
        "must give reasons, {} and decision.",
        "must respond giving {}.",
        "response must state {} via writing.",
        "{} must state reasons.",
        "{} means reasons.",
        "complaint means reasons about {}.",
        "{} is final.",
    ],
    "conditions": [
        "must respond when {}.",
        "must respond unless not {} or ({} and {}).",
        "must respond only when {}.",
        "may refuse complaint when {} is older than 6 months.",
        "may close complaint when {} in the 20 working days after response.",
        "complaint closes when {}.",
    ],
    "channels": ["anyone may complain via {}.", "anyone may complain via at least 2 of phone, {}."],
    "roles": ["{} must respond.", "stage 2 {} must respond.", "must respond by {}.", "must report learning to {}."],
    "bodies": ["{} must respond.", "must report learning to {}.", "resident may contact {}.", "refers to {}."],
    "references": ["must follow {}.", "refers to {}.", "linked policies {}."],
}


@cache
def data() -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load((checks_dir() / "vocabulary.yaml").read_text(encoding="utf-8"))
    return found


@cache
def record() -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load((checks_dir() / "case-record.yaml").read_text(encoding="utf-8"))
    return found


def entries() -> list[tuple[str, str, dict[str, Any]]]:
    return [(kind, word, entry) for kind in KINDS for word, entry in data()[kind].items()]


def validator() -> Draft202012Validator:
    schema = json.loads((checks_dir() / "schemas" / "vocabulary.schema.json").read_text(encoding="utf-8"))
    Draft202012Validator.check_schema(schema)
    return Draft202012Validator(schema)


def as_json(value: Any) -> Any:
    """YAML's whole-number keys as JSON would have them."""
    if isinstance(value, dict):
        return {str(key): as_json(inner) for key, inner in value.items()}
    return [as_json(inner) for inner in value] if isinstance(value, list) else value


def test_the_file_has_the_form_of_its_schema() -> None:
    faults = [f"{'/'.join(map(str, e.absolute_path))}: {e.message}" for e in validator().iter_errors(as_json(data()))]
    assert faults == []


@pytest.mark.parametrize(
    ("kind", "entry"),
    [
        ("items", {"label": "no meaning"}),
        ("items", {"meaning": "Has no full stop"}),
        ("items", {"meaning": "Unknown key.", "means": "x"}),
        ("items", {"meaning": "Not a list.", "implies": "reasons"}),
        ("items", {"meaning": "Only bodies and references end.", "good-until": "2020-01-01"}),
        ("bodies", {"meaning": "No such date.", "good-until": "October 2022"}),
        ("events", {"meaning": "No such stage.", "case": {"stage1": "received"}}),
        ("roles", {"meaning": "Not an event.", "case": "received"}),
    ],
)
def test_the_schema_refuses(kind: str, entry: dict[str, Any]) -> None:
    changed = as_json(data())
    changed[kind]["test-word"] = entry
    assert list(validator().iter_errors(changed)) != []


@pytest.mark.parametrize("word", ["Reasons", "new_date", "new--date", "2-stages", "neu-dätum", ""])
def test_the_schema_refuses_the_word(word: str) -> None:
    changed = as_json(data())
    changed["items"][word] = {"meaning": "A word."}
    assert list(validator().iter_errors(changed)) != []


def test_words_stand_in_the_order_of_the_alphabet_within_their_kind() -> None:
    assert set(data()) == {"vocabulary", *KINDS}
    for kind in KINDS:
        assert list(data()[kind]) == sorted(data()[kind]), kind


def test_no_word_stands_twice_in_a_kind() -> None:
    lines = (checks_dir() / "vocabulary.yaml").read_text(encoding="utf-8").splitlines()
    heads = [line.split(":")[0] for line in lines if line.startswith("  ")]
    assert len(heads) == sum(len(data()[kind]) for kind in KINDS)


def test_implied_words_exist_and_nothing_implies_itself() -> None:
    words = vocabulary()
    for kind, word, entry in entries():
        for wider in entry.get("implies", ()):
            assert wider in data()[kind], f"{word} implies {wider}, which is no word of {kind}"
            assert word not in words.wider(wider, kind), f"{word} and {wider} imply each other"


def test_events_and_conditions_name_facts_that_a_case_record_has() -> None:
    for kind, word, entry in entries():
        named = entry.get("case", {})
        for fact in [named] if isinstance(named, str) else named.values():
            known = record()["events"] if kind == "events" else {**record()["events"], **record()["flags"]}
            assert fact in known, f"{word}: {fact}"


def test_an_event_at_a_stage_is_a_fact_of_that_stage() -> None:
    for word, entry in data()["events"].items():
        if isinstance(entry.get("case"), dict):
            for stage, fact in entry["case"].items():
                assert record()["events"][fact]["stage"] == stage, f"{word}: {fact}"


def test_actions_make_events_of_the_vocabulary() -> None:
    made = {word: entry["event"] for word, entry in data()["actions"].items() if "event" in entry}
    assert set(made.values()) <= set(data()["events"])
    assert {"acknowledge", "log", "respond", "extend", "escalate", "refuse", "close"} <= set(made)
    # Two actions with one event would each seem to keep the other's deadline.
    assert len(set(made.values())) == len(made)


def test_nothing_implies_an_action_that_has_a_date() -> None:
    """``explain`` must never count as ``respond``: a deadline is kept by the deed itself."""
    dated = {word for word, entry in data()["actions"].items() if "event" in entry}
    assert [(w, e["implies"]) for w, e in data()["actions"].items() if dated & set(e.get("implies", ()))] == []


def test_dates_are_days_in_order_and_what_ended_says_what_came_instead() -> None:
    for kind, word, entry in entries():
        first, last = (date.fromisoformat(entry[k]) if k in entry else None for k in ("good-from", "good-until"))
        assert first is None or last is None or first <= last, word
        if "instead" in entry:
            assert entry["instead"] in {**data()["bodies"], **data()["references"]}, word
            assert entry["instead"] != word
        if last is not None:
            assert "instead" in entry, f"{kind} {word} has ended; say what took its place"


@pytest.mark.parametrize(
    ("word", "kind", "last"),
    [
        # Section 180 of the Localism Act 2011 ended with the day before 1 October 2022.
        ("designated-person", "bodies", "2022-09-30"),
        # The Regulator's consumer standards took its place on 1 April 2024.
        ("tenant-involvement-standard", "references", "2024-03-31"),
    ],
)
def test_what_has_ended_has_its_last_day(word: str, kind: str, last: str) -> None:
    assert data()[kind][word]["good-until"] == last


def test_what_a_log_can_say_of_letters_are_items_of_the_vocabulary() -> None:
    """A flag is named <letter>_<item>: each item must be a word that a sentence can use."""
    letters = ("escalation_refusal", "acknowledgement", "extension", "response", "refusal")
    others = {"extension_agreed", "extension_good_reason", "update_intervals_agreed", "escalation_reasons_required"}
    for flag in record()["flags"]:
        name = flag.removeprefix("stage2_")
        if name in others:
            continue
        letter = next(x for x in letters if name.startswith(f"{x}_"))
        assert name.removeprefix(f"{letter}_").replace("_", "-") in data()["items"], flag


@pytest.mark.parametrize("kind", KINDS)
def test_every_word_can_be_typed_where_it_belongs(kind: str) -> None:
    """No word clashes with a keyword: it reads as itself wherever a word of its kind may stand."""
    for word in data()[kind]:
        for place in PLACES[kind]:
            text = place.replace("{}", word)
            tree, findings = parse(text, "test")
            assert findings == [], f"{text} {findings[0].message}"
            (node,) = tree.nodes
            assert _holds(node, word), f"{text} lost {word}"


def _holds(node: Heading | Sentence | Frame, word: str) -> bool:
    return f"'{word}'" in repr(node)
