"""Suggestions for mistyped names: near ones only, never a wild guess."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policylang.findings.nearest import did_you_mean, distance, nearest

WORDS = st.text("abcé-", max_size=7)


def slow_distance(a: str, b: str) -> int:
    """The definition, letter by letter: the fewest additions, removals, changes and swaps of neighbours."""
    if not a or not b:
        return len(a) + len(b)
    best = min(
        slow_distance(a[1:], b) + 1,
        slow_distance(a, b[1:]) + 1,
        slow_distance(a[1:], b[1:]) + (a[0] != b[0]),
    )
    if len(a) > 1 and len(b) > 1 and a[0] == b[1] and a[1] == b[0]:
        best = min(best, slow_distance(a[2:], b[2:]) + 1)
    return best


@given(st.text("abc", max_size=5), st.text("abc", max_size=5), st.integers(0, 5))
def test_distance_is_what_its_definition_says_up_to_the_limit(a: str, b: str, limit: int) -> None:
    assert distance(a, b, limit) == min(slow_distance(a, b), limit + 1)


@given(WORDS, WORDS)
def test_distance_is_the_same_both_ways(a: str, b: str) -> None:
    assert distance(a, b, 7) == distance(b, a, 7)


@pytest.mark.parametrize(
    ("typed", "known", "offered"),
    [
        ("recept", ["receipt", "response", "refusal"], ["receipt"]),
        ("chekc", ["check", "clock", "codes"], ["check"]),
        ("Reasonable adjustments", ["reasonable-adjustments", "reasons"], ["reasonable-adjustments"]),
        ("acknowledge", ["acknowledgement", "accept"], ["acknowledgement"]),
        ("contact", ["ombudsman-contact", "contract"], ["contract", "ombudsman-contact"]),
        ("governing board", ["board", "governing-body"], ["governing-body"]),
        ("zebra", ["receipt", "response"], []),
        ("xy", ["ab", "cd"], []),
        ("", ["a", "b"], []),
    ],
)
def test_what_is_offered(typed: str, known: list[str], offered: list[str]) -> None:
    assert nearest(typed, known) == offered


@given(WORDS, st.lists(WORDS, max_size=6))
def test_only_known_names_are_offered_at_most_three_each_once(typed: str, known: list[str]) -> None:
    offered = nearest(typed, known)
    assert len(offered) == len(set(offered)) <= 3
    assert set(offered) <= set(known)


@given(WORDS.filter(lambda w: w.strip("-")), st.lists(WORDS, max_size=6))
def test_a_name_that_exists_comes_first(typed: str, known: list[str]) -> None:
    def plain(name: str) -> list[str]:
        return name.replace("-", " ").split()

    assert plain(nearest(typed, [*known, typed])[0]) == plain(typed)


def test_the_sentence_lists_what_exists_where_nothing_is_near() -> None:
    assert did_you_mean("clokc", ["clock", "codes"]) == "Did you mean “clock”?"
    assert did_you_mean("bord", ["board", "body", "bond", "ford"]) == "Did you mean “board”, “bond” or “ford”?"
    assert did_you_mean("zebra", ["codes", "check"], what="commands") == "The commands are: check, codes."
    assert did_you_mean("zebra", [], what="codes") == "There are no codes yet."
    many = did_you_mean("zebra", [f"rule-{n:02}" for n in range(25)], what="rules")
    assert many.endswith("rule-19, and 5 more.")
