"""Making the next batch while the last one is in use: the same batches, in order, and no fault is lost."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policylang.auditor.columns.ahead import ahead


@given(st.lists(st.integers() | st.none()))
def test_the_same_items_in_the_same_order(items: list[int | None]) -> None:
    assert list(ahead(iter(items))) == items


def test_the_next_is_made_while_the_last_is_in_use() -> None:
    begun = [threading.Event() for _ in range(3)]

    def items() -> Iterator[int]:
        for n, event in enumerate(begun):
            event.set()
            yield n

    made = ahead(items())
    assert next(made) == 0
    assert begun[1].wait(timeout=10)  # nobody has asked for it yet
    assert not begun[2].wait(timeout=0.05)  # nor is more made than one
    assert list(made) == [1, 2]


@pytest.mark.parametrize("fault", [ValueError, KeyboardInterrupt])
def test_what_making_an_item_raises_is_raised_where_it_would_have_come(fault: type[BaseException]) -> None:
    def items() -> Iterator[int]:
        yield 1
        yield 2
        raise fault

    made = ahead(items())
    assert [next(made), next(made)] == [1, 2]
    with pytest.raises(fault):
        next(made)


def test_whoever_stops_asking_leaves_no_thread_behind() -> None:
    before = threading.active_count()
    made = ahead(iter(range(1_000)))
    assert next(made) == 0
    made.close()  # type: ignore[attr-defined]
    assert threading.active_count() == before
