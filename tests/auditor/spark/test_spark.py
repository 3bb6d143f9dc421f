"""On Spark the outcomes are those of the columnar replay and of the reference; only totals come back."""

from __future__ import annotations

import contextlib
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

from policylang.auditor.columns.codes import BREACHED, NAMES
from policylang.auditor.columns.compile import CompiledAudit, compile_audit
from policylang.auditor.columns.layout import columns_of
from policylang.auditor.outcome import Result
from policylang.auditor.settings import Settings
from policylang.auditor.spark import session as sessions
from policylang.auditor.spark.dataframes import audit_dataframe, count_dataframe
from policylang.auditor.spark.figures import Figures, division, figures_of
from policylang.auditor.spark.files import audit_files, outcomes_name
from policylang.auditor.spark.session import check_writable
from policylang.auditor.spark.watching import Watch
from policylang.casebook.cases import Case
from policylang.commands import main
from policylang.findings.problem import Problem
from policylang.model.library import editions, load_code, load_policy
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
    judged = audit_files(spark, compiled, files, tmp_path, by=["team", "month"], opened=True)
    written = [outcomes_name(place, file) for place, file in enumerate(files)]
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(written)
    found = pl.concat([pl.read_parquet(tmp_path / name) for name in written])
    assert found.equals(compiled(frame))

    same_figures(judged.figures, here(compiled, frame))
    assert set(judged.figures.by["team"]) == {"North", "South"}
    assert judged.files == dict(zip(files, (1_100, 1_100, 800), strict=True))
    assert judged.lacking() == {}

    told = by_reference(POLICY, CODES, cases[:400], AS_AT, Settings())
    columns = by_columns(compiled, cases[:400], generated.facts_of(cases))
    assert found.head(400).equals(compiled(columns_of(cases[:400])))
    assert disagreements(told, columns, left_out(compiled)) == []
    assert len({reason for _, reason, _ in judged.totals.reasons()}) > 20


def here(compiled: CompiledAudit, frame: pl.DataFrame) -> Figures:
    """The figures of a frame, counted without Spark."""
    watch = Watch(compiled, ["team", "month"], opened=True)
    watch(frame)
    return figures_of(watch.rows(), compiled)


def same_figures(found: Figures, wanted: Figures) -> None:
    assert found.whole.cases == wanted.whole.cases
    assert list(found.whole.reasons()) == list(wanted.whole.reasons())
    assert found.open == wanted.open
    assert found.by.keys() == wanted.by.keys() == {"team", "month"}
    for name in wanted.by:
        assert division(found, name) == division(wanted, name)


def test_a_dataframe_as_by_columns(spark: Any, frame: pl.DataFrame, files: list[Path], tmp_path: Path) -> None:
    if find_spec("pandas") is None:
        pytest.skip("pandas is not installed, and pyspark's mapInArrow will not start without it")
    compiled = compile_audit(POLICY, [], AS_AT)  # without a code: every column more costs Spark's Java its seconds
    cases = spark.read.parquet(*map(str, files[:2]))
    wanted = compiled(frame.head(2_200))
    audit_dataframe(cases, compiled).write.parquet(str(tmp_path / "outcomes"))
    found = pl.read_parquet(tmp_path / "outcomes" / "*.parquet")
    assert found.cast(wanted.schema).sort("reference").equals(wanted.sort("reference"))
    counted = count_dataframe(cases, compiled, by=["team", "month"], opened=True)
    same_figures(counted, here(compiled, frame.head(2_200)))


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


@pytest.fixture
def lent(spark: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """The command starts a session of its own; here it is lent the one there is, for a second would take long."""
    monkeypatch.setattr(sessions, "session", lambda master: contextlib.nullcontext(spark))


COMMAND = ["audit", str(ROOT / "policies" / "connect-housing.policy"), "--engine", "spark", "--as-at", "2025-12-31"]


@pytest.mark.usefixtures("lent")
def test_the_command(files: list[Path], tmp_path: Path) -> None:
    out = tmp_path / "outcomes"
    call = [*COMMAND, "--any-date", *map(str, files)]
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
    broken = CliRunner().invoke(main, [*call, "--map", call[1]])
    assert broken.exit_code == 2
    assert "--map does not go with --engine spark" in broken.stderr


@pytest.mark.usefixtures("lent")
def test_the_command_by_columns_and_of_open_cases(frame: pl.DataFrame, tmp_path: Path) -> None:
    cases, out = tmp_path / "cases", tmp_path / "outcomes"
    cases.mkdir()
    for place in range(2):
        frame.slice(place * 150, 150).write_parquet(cases / f"part-{place}.parquet")
    (cases / "_SUCCESS").touch()  # what Spark leaves beside what it writes
    (cases / ".part-0.parquet.crc").touch()
    more = ["--any-date", "--by", "team", "--by", "month", "--open", "--only", "breached", "--out", str(out)]
    found = CliRunner().invoke(main, [*COMMAND, str(cases), *more])
    assert found.exit_code == 1, found.output
    assert found.stderr == f"Written to {out}.\n"
    for said in ("300 cases judged", "In time, by team", "In time, by month of receipt", "Open cases as at", "overdue"):
        assert said in found.stdout
    assert "Reasons, of the outcomes breached" in found.stdout
    assert "not-yet-due" not in found.stdout
    assert "C-1" not in found.stdout

    said = json.loads((out / "totals.json").read_text(encoding="utf-8"))
    assert said["only"] == ["breached"]
    assert [sum(row["cases"] for row in by["values"]) for by in said["by"]] == [300, 300]
    compiled = compile_audit(load_policy(Path(COMMAND[1])).document, editions(), AS_AT, Settings(any_date=True))
    whole = compiled(frame.head(300))
    shown = [name for name in whole.columns if name.endswith(".outcome")]
    breached = whole.filter(pl.any_horizontal(pl.col(shown) == BREACHED))
    written = pl.concat([pl.read_parquet(path) for path in sorted(out.glob("*.parquet"))])
    assert written.equals(breached)
    assert 0 < len(written) < 300
    rows = pl.read_csv(out / "by.csv", infer_schema=False)
    duties = [row for by in said["by"] for row in by["duties"]]
    assert len(rows) == len(duties)
    assert rows["breached"].cast(pl.Int64).sum() == sum(row["breached"] for row in duties)
    waits = pl.read_csv(out / "open.csv", infer_schema=False).filter(pl.col("what") == "waiting")
    assert waits["cases"].cast(pl.Int64).sum() == sum(
        band["cases"] for stage in (1, 2) for band in said["open"][f"stage_{stage}"]["by_age"]
    )
    (out / "00007-other.outcomes.parquet").write_bytes(b"of an earlier audit of more files")
    (out / "notes.txt").write_text("somebody's own", encoding="utf-8")
    again = CliRunner().invoke(main, [*COMMAND, str(cases), "--any-date", "--out", str(out), "--overwrite"])
    assert again.exit_code == 1, again.output
    left = sorted(path.name for path in out.iterdir())
    assert left == [*(outcomes_name(n, Path(f"part-{n}")) for n in range(2)), "notes.txt", "totals.csv", "totals.json"]
    assert pl.read_parquet(out / left[0]).height == 150


@pytest.mark.usefixtures("lent")
def test_files_without_a_case_are_no_clean_audit(frame: pl.DataFrame, tmp_path: Path) -> None:
    for place in range(2):
        frame.clear().write_parquet(tmp_path / f"part-{place}.parquet")
    found = CliRunner().invoke(main, [*COMMAND, str(tmp_path), "--out", str(tmp_path / "outcomes")])
    assert found.exit_code == 2, found.output
    assert "The 2 files hold no case at all" in found.stderr
    assert not (tmp_path / "outcomes").exists()
    frame.head(9).write_parquet(tmp_path / "part-1.parquet")
    assert "9 cases judged" in CliRunner().invoke(main, [*COMMAND, str(tmp_path)]).stdout


@pytest.mark.usefixtures("lent")
def test_files_with_other_columns_are_told(frame: pl.DataFrame, tmp_path: Path) -> None:
    frame.head(20).write_parquet(tmp_path / "north.parquet")
    frame.head(20).drop("responded", "responded__state").write_parquet(tmp_path / "south.parquet")
    call = [*COMMAND, str(tmp_path), "--any-date", "--format", "csv", "--only", "met,breached"]
    found = CliRunner().invoke(main, call)
    assert found.exit_code == 1, found.output
    assert "cases-columns-differ (PL-X13)" in found.stderr
    assert "south.parquet has none for “responded”." in " ".join(found.stderr.split())
    outcomes = pl.read_csv(found.stdout.encode(), infer_schema=False)["outcome"]
    assert set(outcomes) <= {"met", "breached"}
