"""On Spark the outcomes are those of the columnar replay and of the reference; only totals come back."""

from __future__ import annotations

import json
from collections import Counter
from datetime import date
from importlib.util import find_spec
from pathlib import Path
from random import Random
from typing import Any

import polars as pl
import pytest
from click.testing import CliRunner

from policylang.auditor.columns.codes import NAMES
from policylang.auditor.columns.compile import CompiledAudit, compile_audit
from policylang.auditor.columns.layout import columns_of
from policylang.auditor.columns.parquet import audit_parquet
from policylang.auditor.outcome import Result
from policylang.auditor.settings import Settings
from policylang.auditor.spark.dataframes import audit_dataframe, count_dataframe
from policylang.auditor.spark.files import audit_files, outcomes_name
from policylang.auditor.spark.session import check_writable
from policylang.casebook.cases import Case
from policylang.commands import main
from policylang.findings.problem import Problem
from policylang.model.library import load_code
from tests.architecture.source import ROOT
from tests.auditor.columns import generated
from tests.auditor.columns.comparing import by_columns, by_reference, disagreements, left_out

pytestmark = [pytest.mark.spark, pytest.mark.xdist_group("spark")]

AS_AT = date(2025, 12, 31)
CASES = 3_000
POLICY = generated.policy(Random(5), 5)
CODES = [code for code in [load_code("housing-ombudsman-2024").document] if code is not None]


@pytest.fixture(scope="module")
def compiled() -> CompiledAudit:
    return compile_audit(POLICY, CODES, AS_AT)


@pytest.fixture(scope="module")
def cases() -> list[Case]:
    return generated.cases(Random(1), CASES, AS_AT)


@pytest.fixture(scope="module")
def frame(cases: list[Case]) -> pl.DataFrame:
    team = pl.when(pl.int_range(pl.len()) % 3 == 0).then(pl.lit("South")).otherwise(pl.lit("North"))
    return columns_of(cases).with_columns(team=team, notes=pl.lit("not looked at"))


@pytest.fixture(scope="module")
def files(frame: pl.DataFrame, tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """The cases in three files: two of one name in different folders, and one with its states as 16 bits, as Spark
    writes them, for it has no unsigned numbers."""
    folder = tmp_path_factory.mktemp("cases")
    paths = [folder / "north" / "cases.parquet", folder / "south" / "cases.parquet", folder / "late.parquet"]
    for place, path in enumerate(paths):
        path.parent.mkdir(exist_ok=True)
        part = frame.slice(place * 1_100, 1_100)
        part = part.with_columns(pl.col(pl.UInt8).cast(pl.Int16)) if place == 2 else part
        part.write_parquet(path)
    return paths


def test_by_file_names_as_by_columns_and_by_reference(
    spark: Any, compiled: CompiledAudit, cases: list[Case], frame: pl.DataFrame, files: list[Path], tmp_path: Path
) -> None:
    check_writable(spark, tmp_path)
    assert list(tmp_path.iterdir()) == []
    judged = audit_files(spark, compiled, files, tmp_path, by="team")
    written = [outcomes_name(place, file) for place, file in enumerate(files)]
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(written)
    found = pl.concat([pl.read_parquet(tmp_path / name) for name in written])
    assert found.equals(compiled(frame))

    here = audit_parquet(compiled, files, by="team")
    assert set(judged.totals) == {None, "North", "South"}
    for value, tally in judged.totals.items():
        assert tally.cases == here[value].cases
        assert list(tally.reasons()) == list(here[value].reasons())
    assert judged.files == dict(zip(files, (1_100, 1_100, 800), strict=True))

    told = by_reference(POLICY, CODES, cases[:400], AS_AT, Settings())
    columns = by_columns(compiled, cases[:400], generated.facts_of(cases))
    assert found.head(400).equals(compiled(columns_of(cases[:400])))
    assert disagreements(told, columns, left_out(compiled)) == []
    assert len({reason for _, reason, _ in judged.totals[None].reasons()}) > 20


def test_a_dataframe_as_by_columns(spark: Any, compiled: CompiledAudit, frame: pl.DataFrame, files: list[Path]) -> None:
    if find_spec("pandas") is None:
        pytest.skip("pandas is not installed, and pyspark's mapInArrow will not start without it")
    cases = spark.read.parquet(*map(str, files[:2]))
    wanted = compiled(frame.head(2_200))
    outcomes = audit_dataframe(cases, compiled)
    rows = outcomes.collect()
    found = pl.DataFrame(rows, schema=outcomes.columns, orient="row", infer_schema_length=None)
    found = found.cast(wanted.schema)
    assert found.sort("reference").equals(wanted.sort("reference"))
    totals = count_dataframe(cases, compiled, by="team")
    for value, tally in audit_parquet(compiled, files[:2], by="team").items():
        assert totals[value].cases == tally.cases
        assert list(totals[value].reasons()) == list(tally.reasons())


def test_every_fault_of_a_file_is_told_and_names_it(
    spark: Any, compiled: CompiledAudit, files: list[Path], tmp_path: Path
) -> None:
    torn, text = tmp_path / "torn.parquet", tmp_path / "text.parquet"
    torn.write_bytes(files[0].read_bytes()[:5_000])
    frame = pl.read_parquet(files[1])
    frame.with_columns(pl.col("received").cast(pl.String), pl.col("responded").cast(pl.Datetime)).write_parquet(text)
    with pytest.raises(Problem) as told:
        audit_files(spark, compiled, [files[0], torn, text, tmp_path / "gone.parquet"])
    assert [(finding.code, Path(finding.place.file).name) for finding in told.value.findings if finding.place] == [
        ("PL-X09", "torn.parquet"), ("PL-X08", "text.parquet"), ("PL-X09", "gone.parquet"),
    ]  # fmt: skip
    assert "“received” holds text, and a date is needed" in told.value.findings[1].message


def test_a_folder_the_workers_cannot_write_in(spark: Any, tmp_path: Path) -> None:
    with pytest.raises(Problem) as told:
        check_writable(spark, tmp_path / "not there")
    assert told.value.findings[0].code == "PL-X07"


def test_the_command(spark: Any, files: list[Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The command starts a session of its own; here it is lent the one there is, for a second would take long."""
    import contextlib

    from policylang.auditor.spark import session as sessions

    monkeypatch.setattr(sessions, "session", lambda master: contextlib.nullcontext(spark))
    policy = str(ROOT / "policies" / "connect-housing.policy")
    out = tmp_path / "outcomes"
    call = ["audit", policy, *map(str, files), "--engine", "spark", "--as-at", "2025-12-31", "--any-date"]
    found = CliRunner().invoke(main, [*call, "--out", str(out)])
    assert found.exit_code == 1, found.output
    assert "3,000 cases judged" in found.stdout
    said = json.loads((out / "totals.json").read_text(encoding="utf-8"))
    assert said["reconciles"]
    assert [file["judged"] for file in said["files"]] == [1_100, 1_100, 800]
    rows = pl.read_csv(out / "totals.csv", infer_schema=False)
    for place, duty in enumerate(said["duties"]):
        codes = [
            code
            for number, file in enumerate(files)
            for code in pl.read_parquet(out / outcomes_name(number, file))[f"{place}.reason"]
        ]
        assert duty["reasons"] == Counter(NAMES[code] for code in codes if code is not None)
        assert sum(duty[result.value] for result in Result) == sum(duty["reasons"].values())
    assert rows["cases"].cast(pl.Int64).sum() == sum(sum(duty["reasons"].values()) for duty in said["duties"])
    again = CliRunner().invoke(main, [*call, "--out", str(out)])
    assert again.exit_code == 2
    assert "not empty" in again.stderr
    broken = CliRunner().invoke(main, [*call, "--map", policy])
    assert broken.exit_code == 2
    assert "--map does not go with --engine spark" in broken.stderr
