"""The sheet on which columns are worked out: each once, in order, and nothing that nobody asked for."""

from __future__ import annotations

import polars as pl
import pytest

from policylang.auditor.columns.codes import NO, NUMBERS, YES, choose
from policylang.auditor.columns.sheet import Sheet, name_of

CASES = pl.DataFrame({"reference": ["A", "B", "C"], "a": [1, 2, None], "b": [10, 20, 30]})


def sheet() -> Sheet:
    return Sheet(frozenset(CASES.columns))


def test_a_column_that_is_asked_for_twice_is_made_once() -> None:
    made = sheet()
    first = made.keep("sum", lambda: pl.col("a") + pl.col("b"))
    again = made.keep("sum", lambda: pytest.fail("It is there."))
    assert name_of(first) == name_of(again)
    made.output("sum", first)
    made.output("twice", first * 2)
    assert made.run(CASES).to_dict(as_series=False) == {
        "reference": ["A", "B", "C"],
        "sum": [11, 22, None],
        "twice": [22, 44, None],
    }


def test_what_is_a_column_already_is_not_copied() -> None:
    made = sheet()
    kept = made.keep("a", lambda: pl.col("a"))
    assert name_of(kept) == "a"
    assert made.keep("a again", lambda: kept).meta.eq(kept)


def test_a_result_can_rest_on_another_and_literals_fill_every_row() -> None:
    made = sheet()
    code = made.output("code", pl.lit(7))
    made.output("more", code + pl.col("b"))
    made.output("none", pl.lit(None, pl.Int32))
    found = made.run(CASES)
    assert found["code"].to_list() == [7, 7, 7]
    assert found["more"].to_list() == [17, 27, 37]
    assert found["none"].to_list() == [None, None, None]


def test_what_nothing_rests_on_is_never_worked_out() -> None:
    def fail(values: pl.Series) -> pl.Series:
        raise AssertionError("Nobody asked for it.")

    made = sheet()
    dead = made.keep("dead", lambda: pl.col("a").map_batches(fail, return_dtype=pl.Int64))
    made.keep("deader", lambda: dead + 1)
    made.output("b", pl.col("b") + 1)
    assert made.run(CASES)["b"].to_list() == [11, 21, 31]


def test_the_frame_of_whoever_calls_stays_as_it_was() -> None:
    made, mine = sheet(), CASES.clone()
    made.output("a", made.keep("more", lambda: pl.col("a") + 1))
    made.run(mine)
    assert mine.equals(CASES)
    assert made.run(mine.head(0)).schema == made.run(mine).schema


def test_the_inputs_are_the_columns_that_something_looks_at() -> None:
    made = sheet()
    made.output("more", pl.col("b") + 1)
    assert made.inputs() == {"reference", "b"}


def test_a_condition_that_is_known_beforehand_needs_no_column() -> None:
    late, done = NUMBERS["late"], NUMBERS["done"]
    assert choose((NO, "late"), otherwise="done").meta.eq(pl.lit(done, pl.UInt8))
    assert choose((NO, "late"), (YES, "late"), (pl.col("a") > 1, "done"), otherwise="done").meta.eq(
        pl.lit(late, pl.UInt8)
    )
