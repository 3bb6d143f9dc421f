"""A Java or a Spark that is not there, does not run or is too old is told before anything is started."""

from __future__ import annotations

import os
from pathlib import Path
from types import SimpleNamespace

import pytest

from policylang.auditor.spark import java
from policylang.auditor.spark.said import in_a_line, of_spark
from policylang.findings import pages
from policylang.findings.problem import Problem

posix = pytest.mark.skipif(os.name == "nt", reason="the Java of these tests is a shell script")


def say(home: Path, script: str) -> None:
    """A Java that is this script."""
    path = home / "bin" / "java"
    path.parent.mkdir(exist_ok=True)
    path.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    path.chmod(0o755)


def told(found: pytest.ExceptionInfo[Problem]) -> tuple[str, str]:
    finding = found.value.findings[0]
    assert pages.find(finding.code) == pages.find(finding.rule) is not None
    return finding.code, finding.message


@pytest.mark.parametrize(
    ("said", "number"),
    [
        ('openjdk version "17.0.15" 2025-04-15\nOpenJDK Runtime Environment', 17),
        ('java version "1.8.0_202"', 8),
        ('openjdk version "25" 2025-09-16', 25),
        ('Picked up JAVA_TOOL_OPTIONS: -Xmx1g\nopenjdk version "11.0.2-ea" 2019', 11),
        ("something else", None),
    ],
)
def test_the_number_of_a_java(said: str, number: int | None) -> None:
    assert java.java_version(said) == number


@posix
def test_a_java_that_is_too_old(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JAVA_HOME", str(tmp_path))
    say(tmp_path, "echo 'openjdk version \"11.0.2\"' >&2")
    with pytest.raises(Problem) as found:
        java.check_java("4.3.0")
    assert told(found) == ("PL-X12", "Java 11 is too old for --engine spark, which needs 17 or later.")
    java.check_java("3.5.1")


@posix
def test_a_java_that_does_not_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JAVA_HOME", str(tmp_path))
    say(tmp_path, "exit 127")
    with pytest.raises(Problem) as found:
        java.check_java("4.3.0")
    assert told(found)[0] == "PL-X02"
    assert "does not run" in told(found)[1]


def test_a_spark_that_is_too_old(monkeypatch: pytest.MonkeyPatch) -> None:
    for version in ("3.4.4", "2.4.8", ""):
        monkeypatch.setitem(__import__("sys").modules, "pyspark", SimpleNamespace(__version__=version))
        with pytest.raises(Problem) as found:
            java.check_spark()
        assert told(found)[0] == "PL-X12"
    monkeypatch.setitem(__import__("sys").modules, "pyspark", SimpleNamespace(__version__="3.5.7"))
    assert java.check_spark() == "3.5.7"


def test_a_spark_that_cannot_be_loaded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "pyspark", None)
    with pytest.raises(Problem) as found:
        java.check_spark()
    assert told(found)[0] == "PL-X01"
    assert "installed but cannot be loaded" in told(found)[1]


def test_of_many_pages_of_java_one_line_is_told() -> None:
    pages_of_java = """
WARNING: Using incubator modules: jdk.incubator.vector
org.apache.spark.SparkException: Job aborted due to stage failure: Task 0 failed
\tat org.apache.spark.scheduler.DAGScheduler.abortStage(DAGScheduler.scala:2898)
Traceback (most recent call last):
  File "worker.py", line 3, in main
MemoryError: Unable to allocate 3 GiB
\t... 12 more
"""
    assert in_a_line(pages_of_java) == "MemoryError: Unable to allocate 3 GiB"
    assert in_a_line(pages_of_java.partition("Traceback")[0]) == "Job aborted due to stage failure: Task 0 failed"
    assert in_a_line("WARNING: Using incubator modules\nUnrecognized VM option") == "Unrecognized VM option"
    assert in_a_line("\n\tat org.apache.Spark\n") == ""
    assert of_spark(ValueError("ours")) is None
    assert of_spark(ConnectionRefusedError(111, "Connection refused")) == (
        "Java ended in the middle of the work, stopped by somebody or for want of memory"
    )
