"""Conditions: what implies what, and what can hold at all."""

from __future__ import annotations

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policylang.checker.logic import (
    MOST,
    alternatives,
    both,
    condition_words,
    either,
    implies,
    negate,
    positive,
    possible,
)
from policylang.model.conditions import All, AnyOf, Atom, Condition, Holds, InWords, Not, Older, atoms, truth
from policylang.model.duration import Duration, Unit

A, B, C = Holds("a"), Holds("b"), Holds("c")
QUOTED = InWords("the case is unusual")


def narrower(one: Atom, other: Atom) -> bool:
    """In these tests a implies b, and nothing else implies anything."""
    return (one, other) == (A, B)


@pytest.mark.parametrize(
    ("first", "second", "wanted"),
    [
        (A, A, True),
        (A, B, True),  # by the vocabulary
        (B, A, False),
        (Not(B), Not(A), True),
        (None, A, False),
        (A, None, True),
        (None, AnyOf((C, Not(C))), True),
        (All((A, C)), C, True),
        (C, AnyOf((A, C)), True),
        (AnyOf((A, C)), C, False),
        (QUOTED, QUOTED, True),
        (C, QUOTED, False),
        (All((A, Not(B))), QUOTED, True),  # what cannot hold implies everything
    ],
)
def test_implies(first: Condition | None, second: Condition | None, wanted: bool) -> None:
    assert implies(first, second, narrower) is wanted


def test_possible() -> None:
    assert possible(None, narrower)
    assert possible(All((B, Not(A))), narrower)
    assert not possible(All((A, Not(B))), narrower)
    assert not possible(All((C, Not(C))), narrower)


def test_too_many_words_conclude_nothing() -> None:
    many = All(tuple(Holds(f"w{n}") for n in range(14)))
    assert not implies(many, Holds("w3"), narrower)
    assert possible(both(many, Not(Holds("w3"))), narrower)


def conditions() -> st.SearchStrategy[Condition]:
    return st.recursive(
        st.sampled_from([A, B, C]),
        lambda inner: st.one_of(
            inner.map(Not),
            st.lists(inner, min_size=1, max_size=3).map(lambda parts: All(tuple(parts))),
            st.lists(inner, min_size=1, max_size=3).map(lambda parts: AnyOf(tuple(parts))),
        ),
        max_leaves=6,
    )


@given(conditions(), conditions())
def test_implication_is_truth_in_every_world(first: Condition, second: Condition) -> None:
    worlds = [dict(zip((A, B, C), values, strict=True)) for values in product((True, False), repeat=3)]
    worlds = [w for w in worlds if w[B] or not w[A]]
    wanted = all(truth(second, lambda a, w=w: w[a]) for w in worlds if truth(first, lambda a, w=w: w[a]))  # type: ignore[misc]
    assert implies(first, second, narrower) is wanted


@given(conditions())
def test_negation_has_no_double(condition: Condition) -> None:
    assert not isinstance(negate(Not(condition)), Not) or isinstance(condition, Not)
    assert set(atoms(negate(condition))) == set(atoms(condition))


@given(conditions())
def test_alternatives_are_the_condition_in_other_words(condition: Condition) -> None:
    found = alternatives(condition)
    assert len(found) <= MOST
    assert all(way is not None for way in found)
    assert implies(condition, either(*found), narrower)
    assert implies(either(*found), condition, narrower)
    if len(found) > 1:
        assert not any(isinstance(part, AnyOf) for way in found if isinstance(way, All) for part in way.parts)


def test_alternatives() -> None:
    assert alternatives(None) == [None]
    assert alternatives(AnyOf((A, C))) == [A, C]
    assert alternatives(All((AnyOf((A, C)), Not(B)))) == [All((A, Not(B))), All((C, Not(B)))]
    assert alternatives(Not(All((A, C)))) == [Not(A), Not(C)]
    many = All(tuple(AnyOf((Holds(f"a{n}"), Holds(f"b{n}"))) for n in range(5)))
    assert alternatives(many) == [many]  # 32 ways are too many


def test_positive() -> None:
    assert positive(None) is None
    assert positive(A) == A
    assert positive(Not(A)) is None
    assert positive(All((A, Not(B)))) == A


def test_both_and_either() -> None:
    assert both(None, None) is None
    assert both(A, None, A) == A
    assert both(A, B) == All((A, B))
    assert either(A, None) is None
    assert either(A, B) == AnyOf((A, B))


def test_in_words() -> None:
    age = Older("issue", Duration(6, Unit.MONTHS), "issue-known")
    told = condition_words(All((age, Not(AnyOf((A, QUOTED))))), str)
    assert told == "the issue is older than 6 months since the resident knew of it and not (a or “the case is unusual”)"
