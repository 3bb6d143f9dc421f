"""Judging again only what can differ comes to the same as judging everything again."""

from __future__ import annotations

import pytest

from policylang.checker.check import check
from policylang.stories.mutants import Change, changed, mutants
from policylang.stories.rejudging import EVERYTHING, Asked, Rejudged, judgements
from tests.stories.test_round_trip import code_2024, policy


@pytest.mark.parametrize(("name", "step"), [("connect-housing", 12), ("housing-plus-group", 40), ("one-housing", 40)])
def test_the_same_provisions_differ_as_when_all_are_judged_again(name: str, step: int) -> None:
    original, code = policy(name), code_2024()
    again = Rejudged(original, code)
    before = {v.provision: judgements(v) for v in check(original, code)}
    assert again.before == before
    differing = 0
    for mutant in mutants(original)[::step]:
        other = changed(original, mutant)
        whole = tuple(v.provision for v in check(other, code) if judgements(v) != before[v.provision])
        assert again.differing(other) == whole, mutant
        differing += bool(whole)
    assert differing


def test_a_policy_that_has_not_changed_is_not_judged_again() -> None:
    original = policy("connect-housing")
    again = Rejudged(original, code_2024())
    assert again.differing(original) == ()
    mutant = next(m for m in mutants(original) if m.change is Change.DROPPED and "tenant-magazine" in m.before)
    assert "6.2" not in again.differing(changed(original, mutant))


def test_what_is_asked_for_is_noted() -> None:
    asked = Asked({"respond": [], "log": []})
    assert asked.get("acknowledge", ()) == ()
    assert asked["respond"] == []
    assert "log" in asked
    assert asked.actions == {"acknowledge", "respond", "log"}
    for through in (list, Asked.keys, Asked.values, Asked.items):
        asked.actions.clear()
        assert len(list(through(asked))) == 2
        assert asked.actions == {EVERYTHING}
