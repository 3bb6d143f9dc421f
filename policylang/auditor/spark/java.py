"""The Java that Spark runs on: whether it is there and recent enough, and a place for what it prints.

Java prints notices, warnings and many pages of its own calls on the screen of whoever started it. Here they go to a
file that vanishes with the run; what matters of them is told in a finding.
"""

from __future__ import annotations

import logging
import os
import re
import shutil
import subprocess
import tempfile
from pathlib import Path
from typing import Any

from policylang.auditor.spark import faults
from policylang.auditor.spark.said import of_spark

OLDEST_SPARK = (3, 5)
"""The oldest Spark that is supported."""
ANSWER_SECONDS = 60.0
"""How long Java may take to say its version."""
END_SECONDS = 20.0
"""How long it may take to end."""


def debugging() -> bool:
    """Whether ``POLICYLANG_DEBUG`` asks for everything that Java says."""
    return os.environ.get("POLICYLANG_DEBUG", "") not in {"", "0"}


def check_spark() -> str:
    """The version of pyspark. Raises the finding of one that cannot be loaded or is too old."""
    try:
        import pyspark
    except Exception as error:  # an old one on a new Python fails in many ways
        raise faults.not_loaded("pyspark", f"{type(error).__name__}: {error}") from error
    version = str(getattr(pyspark, "__version__", ""))
    numbers = tuple(map(int, re.findall(r"\d+", version)[:2]))
    if numbers < OLDEST_SPARK:
        raise faults.too_old(f"pyspark {version or '(which does not say its version)'}", "3.5")
    return version


def check_java(spark: str = "") -> None:
    """Raises the finding of a machine without Java, or with one that does not run or is too old for this Spark."""
    home = os.environ.get("JAVA_HOME")
    there = shutil.which("java", path=str(Path(home) / "bin")) if home else shutil.which("java")
    if there is None:
        raise faults.no_java(home)
    try:
        asked = subprocess.run(
            [there, "-version"], capture_output=True, text=True, errors="replace", timeout=ANSWER_SECONDS, check=False
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise faults.no_java(home, "it does not run") from error
    if asked.returncode:
        raise faults.no_java(home, "it does not run")
    found, needed = java_version(asked.stderr + asked.stdout), 8 if spark.startswith("3.") else 17
    if found is not None and found < needed:
        raise faults.too_old(f"Java {found}", str(needed))


def java_version(said: str) -> int | None:
    """The number that Java goes by, from what ``java -version`` prints; None where that says none."""
    found = re.search(r'version "(?:1\.)?(\d+)', said)
    return int(found[1]) if found else None


def launch(master: str, conf: Any) -> Any:
    """Java with Spark in it, as the gateway that pyspark takes.

    None where Java runs already in this process, was started by somebody else, or everything that it says is wanted.
    Raises the finding of a Java that ended at once.
    """
    from pyspark import SparkContext
    from pyspark.java_gateway import launch_gateway

    running = getattr(SparkContext, "_gateway", None) is not None or "PYSPARK_GATEWAY_PORT" in os.environ
    if running or debugging():
        return None
    _hush()
    with tempfile.TemporaryFile() as printed:  # Java keeps it open; with the last of the two it vanishes
        try:
            return launch_gateway(conf, {"stdout": printed, "stderr": printed})
        except Exception as error:
            printed.seek(0)
            said = printed.read(20_000).decode("utf-8", "replace")
            raise faults.not_started(master, of_spark(error, said) or str(error)) from error


def end() -> None:
    """Ends Java without asking it anything: for when the program was stopped in the middle of an answer of its."""
    from pyspark import SparkContext

    process = getattr(getattr(SparkContext, "_gateway", None), "proc", None)
    if process is None:
        return
    process.terminate()  # Java then takes away its scratch files and ends its workers
    try:
        process.wait(END_SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()


def _hush() -> None:
    """Of a Java that dies, pyspark reports every call that then fails, each with a traceback."""
    from pyspark import accumulators

    logging.getLogger("py4j").setLevel(logging.CRITICAL + 1)
    logging.getLogger().addFilter(_is_not_of_py4j)  # py4j reports to the logger that all share, too
    for name in ("AccumulatorServer", "AccumulatorTCPServer", "AccumulatorUnixServer"):
        server = getattr(accumulators, name, None)
        if server is not None:
            server.handle_error = lambda *_: None


def _is_not_of_py4j(record: logging.LogRecord) -> bool:
    return "py4j" not in record.pathname
