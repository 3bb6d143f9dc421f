"""Laws of mutants: each is a sentence of the language that says something else, and the same ones come every time."""

from __future__ import annotations

import pytest

from policylang.checker.check import check
from policylang.language.parser import parse
from policylang.language.printer import statement_text
from policylang.model.library import load_text
from policylang.stories.mutants import Change, changed, mutants, sentences_left_alone
from policylang.stories.mutation import mutate
from tests.stories.test_pages import CODE, POLICY, document
from tests.stories.test_round_trip import POLICIES, code_2024, policy


@pytest.mark.parametrize("name", POLICIES)
def test_every_mutant_parses_and_says_something_else(name: str) -> None:
    original = policy(name)
    found = mutants(original)
    assert {mutant.change for mutant in found} == set(Change)
    for mutant in found:
        assert mutant.before == statement_text(original.tree.nodes[mutant.index])  # type: ignore[union-attr]
        if mutant.after is None:
            assert mutant.change is Change.DROPPED
            continue
        assert mutant.after != mutant.before
        tree, findings = parse(mutant.after)
        assert findings == []
        assert [statement_text(node) for node in tree.nodes] == [mutant.after]


@pytest.mark.parametrize("name", POLICIES)
def test_mutants_come_in_the_order_of_the_text_and_each_once(name: str) -> None:
    original = policy(name)
    found = mutants(original)
    assert found == mutants(original)
    assert [mutant.index for mutant in found] == sorted(mutant.index for mutant in found)
    assert len({(m.index, m.change, m.what, m.after) for m in found}) == len(found)


@pytest.mark.parametrize("name", POLICIES)
def test_a_changed_policy_differs_in_that_sentence_alone(name: str) -> None:
    """One in thirty, to be quick: every kind of change is among them."""
    original = policy(name)
    assert original.tree is not None
    text = [statement_text(node) for node in original.tree.nodes]
    for mutant in mutants(original)[::30]:
        other = changed(original, mutant)
        assert other.tree is not None
        expected = [*text[: mutant.index], *([mutant.after] if mutant.after else []), *text[mutant.index + 1 :]]
        assert [statement_text(node) for node in other.tree.nodes] == expected
        again = load_text("\n".join(expected), original.name, id=original.id).document
        assert again is not None
        assert [(n.kind, n.force, n.action, n.within, n.conditions) for n in again.norms] == [
            (n.kind, n.force, n.action, n.within, n.conditions) for n in other.norms
        ]


def test_the_original_is_not_touched() -> None:
    original = policy("connect-housing")
    before = [norm.action for norm in original.norms]
    for mutant in mutants(original)[:20]:
        changed(original, mutant)
    assert [norm.action for norm in original.norms] == before


def test_what_another_body_says_is_left_alone() -> None:
    assert sentences_left_alone(policy("connect-housing")) > 20
    assert sentences_left_alone(policy("one-housing")) == 0


def test_without_stories_only_verdicts_notice_and_progress_counts_every_mutant() -> None:
    draft = document(POLICY + 'stage 1 "Stage 1":\n  must acknowledge within 5 working days of receipt [7.1].\n')
    code = document(CODE + 'provision 6.2 "A":\n  stage 1 must acknowledge within 5 working days of receipt.\n')
    steps: list[int] = []
    found = mutate(draft, code, [], progress=steps.append)
    assert steps == [1] * len(mutants(draft)) == [1] * len(found.results)
    noticed = {one.mutant.what for one in found.results if not one.survives}
    assert "5 working days made 6 working days" in noticed
    assert "5 working days made 4 working days" not in noticed
    assert all(not one.stories for one in found.results)


def test_a_policy_that_is_not_held_back_by_a_code_has_no_noticed_change() -> None:
    draft = document(POLICY + "learning:\n  will use learning for service-improvement [4.1].\n")
    code = document(CODE + 'provision 6.2 "A":\n  stage 1 must acknowledge within 5 working days of receipt.\n')
    found = mutate(draft, code, [])
    assert found.score == 0
    assert found.score_within_reach == 1
    assert check(draft, code)


@pytest.mark.parametrize("name", ["one-housing"])
def test_the_real_code_notices_what_it_asks_for(name: str) -> None:
    """6.2 asks for an acknowledgement: a policy whose one sentence on it is gone gets another verdict."""
    original, code = policy(name), code_2024()
    drops = [m for m in mutants(original) if m.change is Change.DROPPED and "will acknowledge within" in m.before]
    assert drops
    before = {v.provision: v.judgement for v in check(original, code)}
    after = {v.provision: v.judgement for v in check(changed(original, drops[0]), code)}
    assert before["6.2"] != after["6.2"]
