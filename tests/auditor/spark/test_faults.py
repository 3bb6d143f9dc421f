"""What can stop a run on Spark is said in a sentence with a page of its own, and soon; and no session is needed to see
that the function for Arrow batches is the compiled one.
"""

from __future__ import annotations

import contextlib
import signal
import socket
import threading
import time
from datetime import date
from pathlib import Path
from random import Random
from types import SimpleNamespace
from typing import Any

import polars as pl
import pytest
from click.testing import CliRunner

from policylang.auditor.columns.compile import compile_audit
from policylang.auditor.columns.layout import columns_of
from policylang.auditor.columns.parquet import audit_parquet
from policylang.auditor.spark import java
from policylang.auditor.spark import session as sessions
from policylang.auditor.spark.dataframes import counts_of, outcomes_of
from policylang.auditor.spark.expected import faults_of, kinds_of_polars
from policylang.auditor.spark.figures import figures_of
from policylang.auditor.spark.report import as_csv, as_text, duty_rows
from policylang.commands import main
from policylang.findings import pages
from policylang.findings.problem import Problem
from tests.architecture.source import ROOT
from tests.auditor.columns import generated

AS_AT = date(2025, 12, 31)
POLICY = str(ROOT / "policies" / "connect-housing.policy")


def code_of(told: pytest.ExceptionInfo[Problem]) -> str:
    finding = told.value.findings[0]
    assert pages.find(finding.code) == pages.find(finding.rule) is not None
    return finding.code


@pytest.fixture
def parquet(tmp_path: Path) -> Path:
    path = tmp_path / "cases.parquet"
    columns_of(generated.cases(Random(1), 20, AS_AT)).write_parquet(path)
    return path


@pytest.fixture
def free_port() -> int:
    with contextlib.closing(socket.create_server(("127.0.0.1", 0))) as server:
        return int(server.getsockname()[1])


def test_without_pyspark(parquet: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sessions, "find_spec", lambda name: None)
    call = ["audit", POLICY, str(parquet), "--engine", "spark", "--as-at", "2025-12-31"]
    found = CliRunner().invoke(main, call)
    assert found.exit_code == 2
    assert "needs the library pyspark, which is not installed" in found.stderr
    assert 'pip install "policylang[spark]"' in found.stderr
    with pytest.raises(Problem) as told:
        sessions.check_installed("pyspark")
    assert code_of(told) == "PL-X01"


def test_without_java(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JAVA_HOME", str(tmp_path))
    with pytest.raises(Problem) as told:
        java.check_java()
    assert code_of(told) == "PL-X02"


def test_a_master_that_does_not_answer(free_port: int) -> None:
    start = time.monotonic()
    with pytest.raises(Problem) as told:
        sessions.check_answers(f"spark://127.0.0.1:{free_port}", seconds=2)
    assert code_of(told) == "PL-X03"
    assert time.monotonic() - start < 5
    with pytest.raises(Problem):
        sessions.check_answers("spark://127.0.0.1:not-a-port", seconds=2)
    with pytest.raises(Problem):
        sessions.check_answers("spark://127.0.0.1", seconds=2)


def test_one_master_of_several_is_enough(free_port: int) -> None:
    with contextlib.closing(socket.create_server(("127.0.0.1", 0))) as server:
        port = server.getsockname()[1]
        sessions.check_answers(f"spark://127.0.0.1:{free_port},127.0.0.1:{port}", seconds=2)
    sessions.check_answers("local[2]")


def test_workers_that_never_come() -> None:
    over = threading.Event()
    spark: Any = SimpleNamespace(sparkContext=SimpleNamespace(cancelAllJobs=over.set))

    def work() -> list[str]:
        over.wait(30)
        return []

    with pytest.raises(Problem) as told:
        sessions._in_time(work, 0.1, spark)
    assert code_of(told) == "PL-X05"
    assert over.is_set()  # the work that waits was called off


class Py4JError(Exception):
    """What the library makes of an interruption, under its name."""

    __module__ = "py4j.protocol"


def test_who_stops_the_program_gets_it_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    ended: list[bool] = []
    monkeypatch.setattr(sessions, "end", lambda: ended.append(True))
    for name in ("check_ready", "check_answers", "_check_workers"):
        monkeypatch.setattr(sessions, name, lambda *_: None)
    spark = SimpleNamespace(stop=lambda: ended.append(False))
    monkeypatch.setattr(sessions, "_started", lambda master: spark)

    def work() -> None:
        with sessions.session("local[1]"):
            try:
                signal.raise_signal(signal.SIGINT)
            except KeyboardInterrupt as stopped:
                raise Py4JError("An error occurred while calling o25.collect") from stopped

    with pytest.raises(KeyboardInterrupt):
        work()
    assert ended == [True, False]  # Java is ended first, and cannot be asked any more
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler

    with pytest.raises(Problem) as told, sessions.session("local[1]"):
        raise Py4JError("org.apache.spark.SparkException: Job 3 cancelled\n\tat org.apache.spark.Something")
    assert code_of(told) == "PL-X10"
    assert told.value.findings[0].message.endswith("before the work was done: Job 3 cancelled.")


@pytest.mark.spark
@pytest.mark.xdist_group("spark")
def test_workers_with_other_versions(spark: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sessions, "versions", lambda: "policylang 99")
    with pytest.raises(Problem) as told:
        sessions._check_workers(spark, 60)
    assert code_of(told) == "PL-X06"
    assert "here policylang 99; there policylang 0" in told.value.findings[0].message


def test_cases_in_other_columns_are_refused() -> None:
    log = pl.DataFrame({"Complaint Ref": ["C-1"], "Date received": [AS_AT]})
    assert faults_of(kinds_of_polars(log.schema)) == [
        "there is no column “reference”", "there is no column “received”",
    ]  # fmt: skip
    cases = columns_of(generated.cases(Random(1), 5, AS_AT))
    assert faults_of(kinds_of_polars(cases.schema)) == []


@pytest.mark.parametrize(
    ("more", "message"),
    [
        (["--map", POLICY], "--map does not go with --engine spark"),
        (["--answers", POLICY], "audit the sampled cases with --engine reference"),
        (["--resume"], "Spark itself repeats the tasks that fail"),
        (["--pseudonyms", POLICY], "--pseudonyms does not go with --engine spark"),
        (["--sheet", "Log"], "Parquet files have no sheets"),
        (["--only", "broken"], "“broken” is not an outcome"),
        (["--by", "team", "--open", "--format", "csv"], "a CSV file holds one"),
        (["--format", "sarif"], "has no form sarif"),
    ],
)
def test_options_that_do_not_fit(parquet: Path, more: list[str], message: str) -> None:
    call = ["audit", POLICY, str(parquet), "--engine", "spark", "--as-at", "2025-12-31", *more]
    found = CliRunner().invoke(main, call)
    assert found.exit_code == 2
    assert message in " ".join(found.stderr.split())


def test_files_that_do_not_fit(parquet: Path) -> None:
    call = ["audit", POLICY, str(parquet), "--as-at", "2025-12-31", "--engine"]
    twice = CliRunner().invoke(main, [*call[:3], str(parquet), *call[3:], "spark"])
    assert (twice.exit_code, "given twice" in twice.stderr) == (2, True)
    other = CliRunner().invoke(main, ["audit", POLICY, POLICY, *call[3:], "spark"])
    assert (other.exit_code, "reads Parquet files" in other.stderr) == (2, True)
    lost = CliRunner().invoke(main, [*call, "columns", "--master", "local[2]"])
    assert (lost.exit_code, "--master is for --engine spark" in lost.stderr) == (2, True)


def test_arrow_batches_come_to_what_the_whole_comes_to() -> None:
    pytest.importorskip("pyarrow", reason="pyarrow is not installed: pip install 'policylang[spark]'")
    compiled = compile_audit(generated.policy(Random(7), 7), [], AS_AT)
    frame = columns_of(generated.cases(Random(2), 300, AS_AT)).with_columns(team=pl.lit("North"))
    as_spark_sends = frame.with_columns(pl.col(pl.UInt8).cast(pl.Int16))
    table = as_spark_sends.to_arrow(compat_level=pl.CompatLevel.oldest())
    batches = table.to_batches(max_chunksize=70)
    wanted = compiled(frame)
    parts = [pl.DataFrame(pl.from_arrow(batch)) for batch in outcomes_of(iter(batches), compiled)]
    assert pl.concat(parts).cast(wanted.schema).equals(wanted)
    assert list(outcomes_of(iter(()), compiled)) == []

    counted = [row for batch in counts_of(iter(batches), compiled, ["team"]) for row in batch.to_pylist()]
    figures = figures_of([tuple(row.values()) for row in counted], compiled)
    assert figures.whole.cases == 300
    assert {value: tally.cases for value, tally in figures.by["team"].items()} == {"North": 300}
    assert list(figures.by["team"]["North"].reasons()) == list(figures.whole.reasons())


def test_the_report_adds_up(parquet: Path) -> None:
    compiled = compile_audit(generated.policy(Random(7), 7), [], AS_AT)
    tally = audit_parquet(compiled, parquet)[None]
    rows = duty_rows(tally)
    assert all(sum(row["reasons"].values()) == 20 for row in rows)
    assert sum(int(line.rsplit(",", 1)[1]) for line in as_csv(tally).splitlines()[1:]) == 20 * len(rows)
    found = {"as_at": "2025-12-31", "judged": 20, "reconciles": True, "files": [{}], "duties": rows}
    text = as_text(found)
    assert "20 cases judged" in text
    assert f"{20 * len(rows):,} outcomes" in text
    assert max(map(len, text.splitlines())) < 200
