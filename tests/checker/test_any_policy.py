"""Whatever the language can say, the checker has a verdict for it: nothing crashes, everything has a reason."""

from __future__ import annotations

from hypothesis import given, settings

from policylang.checker.as_json import as_json
from policylang.checker.as_text import as_text
from policylang.checker.check import as_policy, check
from policylang.checker.findings import verdict_findings
from policylang.model.library import load_code, load_text
from policylang.model.vocabulary import vocabulary
from tests.strategies import documents

WORDS = tuple(vocabulary().words(("actions", "items", "events", "conditions", "roles", "channels")))


@settings(max_examples=30)
@given(documents(vocabulary=WORDS, most=12))
def test_any_policy_has_a_verdict_on_every_provision(text: str) -> None:
    policy, code = load_text(text, "any.policy").document, load_code("housing-ombudsman-2024").document
    assert policy is not None
    assert code is not None
    verdicts = check(policy, code)
    assert [v.provision for v in verdicts] == [p.number for p in code.provisions]
    assert all(v.why.strip() for v in verdicts)
    assert len(verdict_findings(verdicts, code)) == len(verdicts)
    assert as_json(policy, code, verdicts)["summary"]["provisions"] == len(verdicts)
    assert as_text(policy, code, verdicts)


@settings(max_examples=30)
@given(documents(vocabulary=WORDS, most=8))
def test_any_sentences_can_be_demands(text: str) -> None:
    """A document held against itself as a code."""
    head = 'code "Any" edition "1".\nprovision 1.1 "All of it":\n'
    loaded = load_text(head + text, "any.code")
    assert loaded.document is not None
    for verdict in check(as_policy(loaded.document), loaded.document):
        assert verdict.why.strip()
