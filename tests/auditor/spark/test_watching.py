"""Counted where the cases are, the figures by columns and of open cases are those that one machine works out case by
case; no Spark is needed to see that."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date
from random import Random
from typing import Any

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from policylang.auditor.audit import AuditResult, audit
from policylang.auditor.by_column import COLUMNS, divided
from policylang.auditor.columns.codes import BREACHED, CANNOT_TELL, RESULTS
from policylang.auditor.columns.compile import CompiledAudit, compile_audit
from policylang.auditor.columns.layout import columns_of
from policylang.auditor.open_cases import open_cases
from policylang.auditor.settings import Settings
from policylang.auditor.spark import watching
from policylang.auditor.spark.figures import Figures, division, figures_of, open_record
from policylang.auditor.spark.watching import TooManyValues, Watch
from policylang.casebook.cases import CaseBook, Entry, EntryState
from policylang.model.library import load_code
from tests.auditor.columns import generated

AS_AT = date(2025, 12, 31)
TEAMS = ("North", "north", " North", "NORTH", "South", "south  east", "South East", "Straße", "STRASSE", "", "  ", None)


def book_of(seed: int, number: int) -> CaseBook:
    """Dirty cases with teams and categories as people write them."""
    random = Random(seed)
    found = []
    for case in generated.cases(random, number, AS_AT):
        entries = dict(case.entries)
        for name in ("team", "category"):
            written = random.choice(TEAMS)
            entries[name] = Entry(EntryState.BLANK) if written is None else Entry(EntryState.KNOWN, written)
        found.append(replace(case, entries=entries))
    return CaseBook(cases=found, rows_read=number)


def both(seed: int, number: int = 80, part: int = 50) -> tuple[AuditResult, CaseBook, Figures, CompiledAudit]:
    """The audit by the reference, and the figures counted part by part and added up."""
    book, chosen = book_of(seed, number), generated.settings(Random(seed))
    policy = generated.policy(Random(seed), seed)
    code = load_code("housing-ombudsman-2024").document
    assert code is not None
    compiled = compile_audit(policy, [code], AS_AT, chosen)
    frame = columns_of(book.cases)
    rows: Counter[tuple[Any, ...]] = Counter()
    for start in range(0, number, part):
        watch = Watch(compiled, [*COLUMNS, COLUMNS[0]], opened=True)
        watch(frame.slice(start, part))
        for *key, many in watch.rows():
            rows[tuple(key)] += many
    figures = figures_of([(*key, many) for key, many in rows.items()], compiled)
    return audit(policy, [code], book, AS_AT, chosen), book, figures, compiled


@settings(max_examples=4)
@given(st.integers(0, 10_000))
def test_the_figures_are_those_of_one_machine(seed: int) -> None:
    result, book, figures, compiled = both(seed)
    check_divisions(result, book, figures, compiled)
    check_open_cases(result, book, figures, compiled)


def check_divisions(result: AuditResult, book: CaseBook, figures: Figures, compiled: CompiledAudit) -> None:
    left = {(duty.document, duty.provision, duty.name) for duty, _ in compiled.not_compiled}
    for wanted in divided(result, book, COLUMNS):
        found = division(figures, wanted.column, recorded=wanted.recorded)
        assert (found.label, found.values) == (wanted.label, wanted.values)
        rows = [row for row in wanted.rows if (row["document"], row["provision"], row["duty"]) not in left]
        assert sorted(found.rows, key=repr) == sorted(rows, key=repr)
    assert figures.whole.cases == len(book.cases)


def check_open_cases(result: AuditResult, book: CaseBook, figures: Figures, compiled: CompiledAudit) -> None:
    found = open_record(figures, compiled)
    listed = open_cases(result, book).cases
    for stage in (1, 2):
        mine = dict(found[f"stage_{stage}"])
        assert mine.pop("overdue") == sum(case.stage == stage and bool(case.overdue) for case in listed)
        assert mine == result.measures["open"][f"stage_{stage}"]
    left = {(duty.document, duty.provision, duty.name) for duty, _ in compiled.not_compiled}
    for name, steps in (
        ("overdue", [step for case in listed for step in case.overdue]),
        ("due_next", [step for case in listed for step in case.next]),
    ):
        wanted = Counter((step.document, step.provision, step.duty) for step in steps)
        assert {key: n for key, n in wanted.items() if key not in left} == {
            (row["document"], row["provision"], row["duty"]): row[name] for row in found["duties"] if row[name]
        }


def test_something_of_everything_was_compared() -> None:
    _, _, figures, compiled = both(3, number=300)
    found = open_record(figures, compiled)
    assert found["stage_1"]["waiting"]
    assert found["stage_1"]["overdue"]
    assert {"overdue", "due_next"} <= {name for row in found["duties"] for name in row if row[name]}
    teams = division(figures, "team").values
    assert {team and team.casefold() for team in teams} == {"north", "south", "south east", "strasse", None}
    assert len(teams) == 5
    assert len(division(figures, "month").values) > 3


def test_only_some_outcomes_leave_out_cases_and_count_all_of_them() -> None:
    compiled = compile_audit(generated.policy(Random(7), 7), [], AS_AT, Settings(any_date=True))
    frame = columns_of(generated.cases(Random(2), 200, AS_AT))
    watch, whole = Watch(compiled, only=[BREACHED, CANNOT_TELL]), compiled(frame)
    found = watch(frame)
    names = [column.name("outcome") for column in compiled.columns]
    wanted = [
        row["reference"]
        for row in whole.iter_rows(named=True)
        if any(row[name] in (BREACHED, CANNOT_TELL) for name in names)
    ]
    assert found["reference"].to_list() == wanted
    assert 0 < len(wanted) < 200
    assert found.equals(whole.filter(pl.col("reference").is_in(wanted)))
    assert watch.whole.cases == 200
    assert RESULTS[BREACHED].value == "breached"


def test_a_column_of_free_text_is_not_counted_by(monkeypatch: pytest.MonkeyPatch) -> None:
    assert watching.VALUES == 1_000
    monkeypatch.setattr(watching, "VALUES", 9)
    compiled = compile_audit(generated.policy(Random(7), 7), [], AS_AT)
    frame = columns_of(generated.cases(Random(2), 10, AS_AT)).with_columns(team=pl.col("reference"))
    watch = Watch(compiled, ["team"])
    watch(frame.head(9))
    with pytest.raises(TooManyValues, match="team"):
        watch(frame.tail(1))
