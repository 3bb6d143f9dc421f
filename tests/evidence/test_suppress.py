"""Suppression: no number that is left out can be worked out from what is printed."""

from __future__ import annotations

from itertools import product

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from policylang.evidence.annual.suppress import Sum, hidden

UNDER = 5


def test_one_small_part_takes_the_next_smallest_with_it() -> None:
    numbers = {"all": 30, "a": 3, "b": 7, "c": 20}
    assert hidden(numbers, [Sum("all", ("a", "b", "c"))], UNDER) == {"a", "b"}


def test_two_that_can_only_be_one_each_take_a_third() -> None:
    numbers = {"all": 22, "a": 1, "b": 1, "c": 20}
    assert hidden(numbers, [Sum("all", ("a", "b", "c"))], UNDER) == {"a", "b", "c"}


def test_noughts_and_large_numbers_stay() -> None:
    numbers = {"all": 30, "a": 0, "b": 10, "c": 20}
    assert hidden(numbers, [Sum("all", ("a", "b", "c"))], UNDER) == frozenset()


def test_a_small_difference_that_no_table_prints_is_kept_from_the_reader_too() -> None:
    """40 met, 38 without extensions: that two were extended must not be told."""
    sums = [Sum("met", ("strictly", "extended"))]
    found = hidden({"met": 40, "strictly": 38, "extended": 2}, sums, UNDER, frozenset({"extended"}))
    assert found & {"met", "strictly"}


def test_a_sum_that_does_not_add_up_is_refused() -> None:
    with pytest.raises(ValueError, match="all is not the sum of its parts"):
        hidden({"all": 3, "a": 1}, [Sum("all", ("a",))], UNDER)


parts = st.lists(st.integers(0, 7), min_size=2, max_size=3)


def agreeing(numbers: dict[str, int], sums: list[Sum], gone: frozenset[str]) -> list[dict[str, int]]:
    """Every table that agrees with what is printed, by trying all; hidden numbers are known not to be nought."""
    free = sorted(name for name in gone if name not in {one.total for one in sums})
    found = []
    for values in product(range(1, 13), repeat=len(free)):
        table = {**{n: v for n, v in numbers.items() if n not in gone}, **dict(zip(free, values, strict=True))}
        for one in sums:
            total = sum(table[part] for part in one.parts)
            if table.setdefault(one.total, total) != total:
                break
        else:
            found.append(table)
    return found


@settings(max_examples=60, deadline=None)
@given(parts, parts)
def test_no_hidden_number_can_be_worked_out(first: list[int], second: list[int]) -> None:
    """Two breakdowns of one total, and one part of the first broken down again, against every table there is."""
    whole = max(sum(first), sum(second))
    numbers = {f"a{n}": value for n, value in enumerate(first)} | {f"b{n}": v for n, v in enumerate(second)}
    numbers |= {"a-rest": whole - sum(first), "b-rest": whole - sum(second)}
    half = first[0] // 2
    numbers |= {"c0": half, "c1": first[0] - half, "all": whole}
    sums = [
        Sum("a0", ("c0", "c1")),
        Sum("all", (*(f"a{n}" for n in range(len(first))), "a-rest")),
        Sum("all", (*(f"b{n}" for n in range(len(second))), "b-rest")),
    ]
    gone = hidden(numbers, sums, UNDER)
    assert gone >= {name for name, number in numbers.items() if 0 < number < UNDER}
    free = [name for name in gone if name not in {"all", "a0"}]
    assume(len(free) <= 4)  # more tables than can be tried; the smaller ones show as much
    tables = agreeing(numbers, sums, gone)
    for name in gone:
        if 0 < numbers[name] < UNDER:
            assert len({table[name] for table in tables}) > 1, name
