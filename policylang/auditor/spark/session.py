"""A Spark session for one run: started where the user says, tried out before any work, stopped at the end."""

from __future__ import annotations

import contextlib
import os
import re
import signal
import socket
import sys
import threading
from collections.abc import Callable, Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from policylang.auditor.spark import faults
from policylang.auditor.spark.java import check_java, check_spark, debugging, end, launch
from policylang.auditor.spark.said import of_spark

HERE = "local[*]"
"""All cores of this machine."""
ANSWER_SECONDS = 10.0
"""How long a standalone master may take to answer."""
WORKER_SECONDS = 90.0
"""How long until a worker has taken up work: one may have to be started first."""
_MASTERS = re.compile(r"spark://([^/]+)")


@contextlib.contextmanager
def session(master: str = HERE, *, worker_seconds: float = WORKER_SECONDS) -> Iterator[Any]:
    """A session on ``master`` (``local[2]``, ``spark://HOST:7077``, ``yarn`` …), which has been seen to work.

    Raises :class:`~policylang.findings.problem.Problem` where pyspark or Java is missing, the master does not
    answer, no worker takes up work in time, or the workers have another policylang or Polars than this machine.
    """
    check_ready()
    check_answers(master)
    spark = _started(master)
    with _stopping() as stopped:
        try:
            _check_workers(spark, worker_seconds)
            yield spark
        except (Exception, KeyboardInterrupt) as error:
            if stopped.is_set():  # whatever has become of it on its way through the libraries
                end()
                raise KeyboardInterrupt from error
            told = of_spark(error)
            if told is None:
                raise
            raise faults.broke_off(told) from error
        finally:
            with contextlib.suppress(Exception):  # a session whose Java has died cannot even be stopped
                spark.stop()


@contextlib.contextmanager
def _stopping() -> Iterator[threading.Event]:
    """Set when the user stops the program. pyspark's own way asks Java to stop in the middle of Java's answer, and that
    ends in pages of tracebacks."""
    stopped = threading.Event()

    def stop(*_: object) -> None:
        stopped.set()
        raise KeyboardInterrupt

    if threading.current_thread() is not threading.main_thread():
        yield stopped
        return
    signal.signal(signal.SIGINT, stop)
    try:
        yield stopped
    finally:
        signal.signal(signal.SIGINT, signal.default_int_handler)


def check_ready() -> None:
    """Raises the finding of what this machine lacks: pyspark and Java, both recent enough."""
    check_installed("pyspark")
    check_java(check_spark())


def check_installed(*libraries: str) -> None:
    """Raises the finding of the first of these libraries that is not installed."""
    for library in libraries:
        if find_spec(library) is None:
            raise faults.not_installed(library)


def check_answers(master: str, seconds: float = ANSWER_SECONDS) -> None:
    """Raises the finding of a standalone master that does not answer. Spark itself would try for minutes."""
    named = _MASTERS.fullmatch(master)
    if named is None:
        return
    for address in named[1].split(","):
        host, _, port = address.rpartition(":")
        try:
            with socket.create_connection((host.strip("[]"), int(port)), timeout=seconds):
                return
        except (OSError, ValueError, OverflowError):
            continue
    raise faults.unreachable(master, seconds)


def check_writable(spark: Any, folder: Path) -> None:
    """Raises the finding of a folder that the workers cannot write in, or that is not the same for them as for us."""
    name, token = str(folder), f".policylang-{os.urandom(4).hex()}"

    def tried(place: int) -> str:
        try:
            (Path(name) / f"{token}-{place}").write_bytes(b"")
        except OSError as error:
            return error.strerror or type(error).__name__
        return ""

    tasks = max(2, spark.sparkContext.defaultParallelism)
    answers = spark.sparkContext.parallelize(range(tasks), tasks).map(tried).collect()
    arrived = list(folder.glob(f"{token}-*"))
    for probe in arrived:
        probe.unlink(missing_ok=True)
    refused = [said for said in answers if said]
    if refused:
        raise faults.not_writable(name, refused[0])
    if len(arrived) < tasks:
        raise faults.not_writable(name, "what they write there does not arrive on this machine")


def versions() -> str:
    """What the outcomes depend on: the versions of policylang, Polars and Python."""
    import polars

    import policylang

    python = ".".join(map(str, sys.version_info[:2]))
    return f"policylang {policylang.__version__}, polars {polars.__version__}, Python {python}"


def _started(master: str) -> Any:
    from pyspark import SparkConf, SparkContext
    from pyspark.sql import SparkSession

    if not debugging():
        # What went wrong is told in a finding; Spark's own account of it is many pages of Java.
        os.environ.setdefault("LOG4J_CONFIGURATION_FILE", str(Path(__file__).with_name("log4j2.json")))
    settings = {
        "spark.app.name": "policylang audit",
        "spark.master": master,
        "spark.ui.showConsoleProgress": "false",
        # One task has one core, unless Spark was told otherwise: Polars would take all of them in every task.
        "spark.executorEnv.POLARS_MAX_THREADS": "1",
    }
    if master.startswith("local"):
        home = str(Path(__file__).parents[3])
        os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
        settings |= {
            "spark.driver.bindAddress": "127.0.0.1",
            "spark.driver.host": "127.0.0.1",
            "spark.ui.enabled": "false",
            "spark.executorEnv.PYTHONPATH": os.pathsep.join(filter(None, (home, os.environ.get("PYTHONPATH")))),
        }
    gateway = launch(master, SparkConf(loadDefaults=False).setAll(list(settings.items())))
    try:
        if gateway is not None:
            SparkContext(conf=SparkConf().setAll(list(settings.items())), gateway=gateway)
        return SparkSession.builder.config(map=settings).getOrCreate()
    except Exception as error:
        raise faults.not_started(master, of_spark(error) or str(error)) from error


def _check_workers(spark: Any, seconds: float) -> None:
    """Raises the finding of workers that do not come, or that have other versions."""

    def asked(_: int) -> str:
        try:
            from policylang.auditor.spark.session import versions

            return versions()
        except ImportError as error:
            return f"no {error.name}"

    def ask() -> list[str]:
        return list(spark.sparkContext.parallelize(range(2), 2).map(asked).collect())

    here = versions()
    try:
        found = _in_time(ask, seconds, spark)
    except Exception as error:
        if "PYTHON_VERSION_MISMATCH" in str(error):
            raise faults.workers_differ(here, of_spark(error) or str(error)) from error
        raise
    for there in found:
        if there != here:
            raise faults.workers_differ(here, there)


def _in_time(work: Callable[[], list[str]], seconds: float, spark: Any) -> list[str]:
    """What ``work`` returns; raises the finding that no worker came where it takes longer than so many seconds."""
    found: list[str] = []
    failed: list[Exception] = []

    def run() -> None:
        try:
            found.extend(work())
        except Exception as error:
            failed.append(error)

    running = threading.Thread(target=run, daemon=True)
    running.start()
    running.join(seconds)
    if running.is_alive():
        spark.sparkContext.cancelAllJobs()
        raise faults.no_workers(seconds)
    if failed:
        raise failed[0]
    return found
