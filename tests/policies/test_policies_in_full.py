"""Each shipped policy says something of every clause of its source, and cites no clause that the source has not."""

from __future__ import annotations

import pytest

from policylang.language.clauses import spread
from policylang.language.printer import format_text
from policylang.model.data import policies_dir
from policylang.model.document import Document
from policylang.model.facts import facts
from policylang.model.library import load_policy, policy_ids

# Clauses under which the source has only a heading or the lead-in to what the next clauses say, by policy.
HEADINGS = {
    "connect-housing": {"2", "4", "5"},
    "housing-plus-group": {
        "5",
        "6",
        "7.5",
        "8.2",
        "9",
        "10",
        "14.5",
        "14.6",
        "14.6.2",
        "14.7",
        "14.8",
        "14.9",
        "14.10",
        "14.11",
        "16.1",
    },
}


def document(name: str) -> Document:
    loaded = load_policy(policies_dir() / f"{name}.policy")
    assert loaded.document is not None
    assert loaded.findings == []
    return loaded.document


@pytest.mark.parametrize("name", policy_ids())
def test_every_clause_of_the_source_is_encoded(name: str) -> None:
    found = document(name)
    declared = set(spread(found.clause_labels))
    said = {label for fact in facts(found) for label in fact["clauses"]}
    headed = (
        {label for node in found.tree.nodes if node.clauses for label in node.clauses.labels} if found.tree else {""}
    )
    assert declared - said - headed - HEADINGS.get(name, set()) == set()


@pytest.mark.parametrize("name", policy_ids())
def test_no_clause_is_cited_that_the_source_has_not(name: str) -> None:
    found = document(name)
    declared = set(spread(found.clause_labels))
    said = {label for fact in facts(found) for label in fact["clauses"]}
    assert said - declared == set()


@pytest.mark.parametrize("name", policy_ids())
def test_every_sentence_carries_its_clause(name: str) -> None:
    found = document(name)
    assert [norm.action for norm in found.norms if not norm.clauses] == []


@pytest.mark.parametrize("name", policy_ids())
def test_the_file_is_in_the_house_style(name: str) -> None:
    text = (policies_dir() / f"{name}.policy").read_text(encoding="utf-8")
    assert format_text(text, name) == (text, [])
