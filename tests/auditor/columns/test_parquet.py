"""Cases from Parquet files, outcomes to one: the same as judging them at once, whole or not there at all."""

from __future__ import annotations

import json
from collections import Counter
from datetime import date
from pathlib import Path
from random import Random

import polars as pl
import pytest

from policylang.auditor.columns.codes import NAMES
from policylang.auditor.columns.compile import CompiledAudit, compile_audit
from policylang.auditor.columns.layout import columns_of
from policylang.auditor.columns.parquet import audit_parquet
from policylang.auditor.outcome import Result
from tests.auditor.columns import generated

AS_AT = date(2025, 12, 31)


@pytest.fixture(scope="module")
def compiled() -> CompiledAudit:
    return compile_audit(generated.policy(Random(5), 5), [], AS_AT)


@pytest.fixture
def files(tmp_path: Path) -> list[Path]:
    frame = columns_of(generated.cases(Random(1), 250, AS_AT)).with_columns(team=pl.lit("North"))
    frame = frame.with_columns(team=pl.when(pl.int_range(pl.len()) < 100).then(pl.lit("South")).otherwise("team"))
    paths = [tmp_path / "a.parquet", tmp_path / "b.parquet"]
    frame.head(120).write_parquet(paths[0])
    frame.tail(130).write_parquet(paths[1])
    return paths


def test_batches_come_to_what_the_whole_comes_to(compiled: CompiledAudit, files: list[Path], tmp_path: Path) -> None:
    out = tmp_path / "outcomes.parquet"
    seen: list[int] = []
    totals = audit_parquet(compiled, files, out, batch=33, progress=seen.append)
    whole = compiled(pl.read_parquet(files))
    assert pl.read_parquet(out).equals(whole)
    assert sum(seen) == totals[None].cases == 250
    assert len(seen) > 4
    for column in compiled.columns:
        counted = Counter(NAMES[code] for code in whole[column.name("reason")] if code is not None)
        assert {reason: n for c, reason, n in totals[None].reasons() if c is column} == counted
        assert sum(totals[None].outcomes(column).values()) == counted.total()


def test_totals_apart_by_a_column_add_up(compiled: CompiledAudit, files: list[Path]) -> None:
    totals = audit_parquet(compiled, files, by="team", batch=50)
    assert set(totals) == {None, "North", "South"}
    assert (totals["South"].cases, totals["North"].cases) == (100, 150)
    both = totals["North"] + totals["South"]
    assert list(both.reasons()) == list(totals[None].reasons())
    assert any(both.outcomes(column)[Result.BREACHED] for column in compiled.columns)


def test_only_the_columns_that_outcomes_rest_on_are_read(compiled: CompiledAudit, files: list[Path]) -> None:
    frame = pl.read_parquet(files)
    looked_at = compiled.inputs(frame.with_columns(notes=pl.lit("She said on the telephone that …")))
    assert {"reference", "received", "received__state", "responded", "response_decision"} <= looked_at
    assert not looked_at & {"notes", "team", "category", "status"}
    assert compiled(frame.select(sorted(looked_at & set(frame.columns)))).equals(compiled(frame))


def test_the_file_says_what_its_columns_mean(compiled: CompiledAudit, files: list[Path], tmp_path: Path) -> None:
    out = tmp_path / "outcomes.parquet"
    audit_parquet(compiled, files[0], out)
    said = json.loads(pl.read_parquet_metadata(out)["policylang"])
    assert said["as_at"] == "2025-12-31"
    assert [duty["duty"] for duty in said["duties"]] == [column.duty.name for column in compiled.columns]
    assert said["reasons"]["32"] == "late"
    assert said["outcomes"]["3"] == "cannot-tell"


def test_a_run_that_breaks_off_leaves_no_file(compiled: CompiledAudit, files: list[Path], tmp_path: Path) -> None:
    out = tmp_path / "outcomes.parquet"

    def stop(number: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(BaseException):  # noqa: B017, PT011 - Polars may wrap what stopped it
        audit_parquet(compiled, files, out, batch=50, progress=stop)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.parquet", "b.parquet"]


def test_no_file_is_no_audit(compiled: CompiledAudit) -> None:
    with pytest.raises(ValueError, match="at least one"):
        audit_parquet(compiled, [])
