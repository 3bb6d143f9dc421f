"""What people and networks do to Parquet files: a worker judges all cases of a file, or says why it did not.

A worker runs here as it is; no Spark is needed.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from random import Random
from typing import Any

import polars as pl
import pytest

from policylang.auditor.columns.compile import CompiledAudit, compile_audit
from policylang.auditor.columns.layout import columns_of
from policylang.auditor.spark import watching
from policylang.auditor.spark.files import _judge, _raise_faults
from policylang.commands.audit_spark import files_of
from policylang.findings import pages
from policylang.findings.problem import Problem
from tests.auditor.columns import generated

AS_AT = date(2025, 12, 31)
CASES = 120
ASKED: dict[str, Any] = {"by": (), "opened": False, "only": ()}


@pytest.fixture(scope="module")
def compiled() -> CompiledAudit:
    return compile_audit(generated.policy(Random(5), 5), [], AS_AT)


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    path = tmp_path_factory.mktemp("whole") / "cases.parquet"
    columns_of(generated.cases(Random(1), CASES, AS_AT)).write_parquet(path)
    return path.read_bytes()


def came_to(compiled: CompiledAudit, path: Path, out: Path) -> str:
    """``judged`` where every case was, else the clause that says what is wrong with the file."""
    rows = list(_judge(compiled, 0, path, str(out), ASKED))
    what, _, said, *_, number = rows[0]
    written = [found.name for found in out.iterdir()]
    if what == "file":
        assert number == CASES
        assert written == ["00000-cases.outcomes.parquet"]
        assert pl.read_parquet(out / written[0]).height == CASES
        (out / written[0]).unlink()
        return "judged"
    assert what in ("failed", "layout")
    assert "unwrap" not in str(said)
    assert len(rows) == 1
    assert written == []
    return str(said)


def test_damaged_bytes(compiled: CompiledAudit, whole: bytes, tmp_path: Path) -> None:
    """Some damage cannot be noticed, where a date becomes another date: but no case is lost without a word."""
    path, out, random = tmp_path / "cases.parquet", tmp_path / "out", Random(2026)
    out.mkdir()
    said = set()
    for _ in range(300):
        data = bytearray(whole)
        for _ in range(random.randint(1, 12)):
            data[random.randrange(len(data))] = random.randrange(256)
        path.write_bytes(data)
        said.add(came_to(compiled, path, out))
    assert len(said) > 3


@pytest.mark.parametrize("kept", [0, 1, 4, 100, -1, -8, -300])
def test_files_cut_short(compiled: CompiledAudit, whole: bytes, tmp_path: Path, kept: int) -> None:
    path, out = tmp_path / "cases.parquet", tmp_path / "out"
    out.mkdir()
    path.write_bytes(whole[:kept])
    assert came_to(compiled, path, out) != "judged"


def test_a_reader_that_ends_early_is_not_believed(
    compiled: CompiledAudit, whole: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Polars ends the batches without an error where its reader panics over a damaged page."""
    path, out = tmp_path / "cases.parquet", tmp_path / "out"
    out.mkdir()
    path.write_bytes(whole)
    assert came_to(compiled, path, out) == "judged"

    def half(frame: pl.LazyFrame, **_: Any) -> Iterator[pl.DataFrame]:
        yield frame.collect().head(CASES // 2)

    monkeypatch.setattr(pl.LazyFrame, "collect_batches", half)
    assert "it says that it holds 120 cases, and 60 could be read" in came_to(compiled, path, out)


def test_a_name_is_no_pattern(compiled: CompiledAudit, whole: bytes, tmp_path: Path) -> None:
    path, out = tmp_path / "cases[1].parquet", tmp_path / "out"
    out.mkdir()
    path.write_bytes(whole)
    what, *_, number = next(iter(_judge(compiled, 0, path, str(out), ASKED)))
    assert (what, number) == ("file", CASES)


def test_the_files_of_a_folder(whole: bytes, tmp_path: Path) -> None:
    for name in ("b.parquet", "a.PARQUET", "_metadata.parquet", ".c.parquet", "_SUCCESS", "notes.txt"):
        (tmp_path / name).write_bytes(whole)
    (tmp_path / "_temporary").mkdir()
    assert [path.name for path in files_of([tmp_path])] == ["a.PARQUET", "b.parquet"]
    with pytest.raises(Problem, match="given twice"):
        files_of([tmp_path, tmp_path / "b.parquet"])


def test_folders_without_files_of_cases(whole: bytes, tmp_path: Path) -> None:
    with pytest.raises(Problem, match="holds no Parquet file") as told:
        files_of([tmp_path])
    assert told.value.findings[0].code == "PL-X15"
    assert pages.find("PL-X15") == pages.find("no-cases-in-folder") is not None
    (tmp_path / "cases.parquet").write_bytes(whole)
    (tmp_path / "team=North").mkdir()
    (tmp_path / "team=North" / "part-0.parquet").write_bytes(whole)
    with pytest.raises(Problem, match=r"in folders of its own \(team=North\)"):
        files_of([tmp_path])


def test_a_column_of_free_text_to_count_by(
    compiled: CompiledAudit, whole: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(watching, "VALUES", 3)
    path = tmp_path / "cases.parquet"
    path.write_bytes(whole)
    pl.read_parquet(path).with_columns(team=pl.col("reference")).write_parquet(path)
    rows = list(_judge(compiled, 0, path, None, {**ASKED, "by": ("team",)}))
    with pytest.raises(Problem, match="The column “team” holds more than 3 different values") as told:
        _raise_faults(rows, [str(path)])
    assert told.value.findings[0].code == "PL-X14"
