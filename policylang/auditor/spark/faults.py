"""What can stop a run on Spark, each as a finding that says what to do."""

from __future__ import annotations

from policylang.findings.finding import Finding, Place, Severity
from policylang.findings.problem import Problem, problem

INSTALL = 'Install it with pip install "policylang[spark]", or leave out --engine spark.'


def not_installed(library: str) -> Problem:
    """pyspark or pyarrow is not there."""
    message = f"--engine spark needs the library {library}, which is not installed."
    return problem("spark-missing", "PL-X01", message, INSTALL)


def no_java() -> Problem:
    """Spark runs on Java, and there is none on this machine."""
    return problem(
        "java-missing", "PL-X02", "Spark needs Java, and there is none on this machine.",
        "Install Java (17 suits every Spark from 3.5 on), or set JAVA_HOME to the folder where it is.",
    )  # fmt: skip


def unreachable(master: str, seconds: float) -> Problem:
    """Nothing answers at the address of the master."""
    return problem(
        "spark-master-unreachable", "PL-X03",
        f"Nothing answered at {master} within {seconds:.0f} seconds.",
        "Check the address and the port (a standalone master shows it at the top of its page: spark://HOST:7077), "
        "and that the master is running.",
    )  # fmt: skip


def not_started(master: str, why: str) -> Problem:
    """Spark itself would not start or gave up; ``why`` is its own first line."""
    return problem(
        "spark-not-started", "PL-X04", f"Spark could not be started on {master}: {_sentence(why)}",
        "Check that --master is an address Spark knows (local[2], spark://HOST:7077, yarn), and that Java is 17 or "
        "later.",
    )  # fmt: skip


def no_workers(seconds: float) -> Problem:
    """The master answers, and no worker takes anything up."""
    return problem(
        "spark-no-workers", "PL-X05", f"Spark started, but no worker took up any work within {seconds:.0f} seconds.",
        "Check that workers are registered with the master, that they have a core and enough memory free, and that "
        "they can reach this machine.",
    )  # fmt: skip


def workers_differ(here: str, there: str) -> Problem:
    """The workers' policylang or Polars is not there, or another than ours, so their outcomes could be others."""
    return problem(
        "spark-workers-differ", "PL-X06", f"The workers do not have what this machine has: here {here}; there {there}.",
        'Install the same policylang on every worker (pip install "policylang[spark]"), and set PYSPARK_PYTHON to '
        "the Python that has it.",
    )  # fmt: skip


def not_writable(folder: str, why: str) -> Problem:
    """The workers cannot write where the outcomes should go."""
    return problem(
        "spark-folder-not-shared", "PL-X07", f"The workers cannot write in {folder}: {_sentence(why)}",
        "Choose with --out a folder on storage that every worker has under the same name, and may write to.",
        file=folder,
    )  # fmt: skip


def not_in_layout(file: str | None, why: str) -> Finding:
    """The cases do not stand in the columns that the replay reads; ``why`` says which and what was expected."""
    return Finding(
        "cases-not-in-layout", "PL-X08", Severity.ERROR,
        f"The cases cannot be judged as they stand: {why}.",
        Place(file=file) if file else None,
        help="“policylang explain cases-not-in-layout” lists the columns. A log as people keep it is read with "
        "--engine reference or --engine columns.",
    )  # fmt: skip


def not_judged(file: str, why: str) -> Finding:
    """A worker could not read a file of cases, or not write its outcomes."""
    return Finding(
        "spark-file-not-judged", "PL-X09", Severity.ERROR,
        f"A worker could not judge the cases in {file}: {_sentence(why)}", Place(file=file),
        help="Check that every worker has the file under this name, and that it is a whole Parquet file.",
    )  # fmt: skip


def broke_off(why: str) -> Problem:
    """Spark stopped in the middle for a reason that is not a file's."""
    return problem(
        "spark-broke-off", "PL-X10", f"Spark stopped before the work was done: {_sentence(why)}",
        "Nothing was written. Start it again; if it stops again, look at the log of the worker that failed.",
    )  # fmt: skip


def left_to_reference(names: list[str]) -> Finding:
    """Duties that the compiled function does not judge: they must not be taken for judged."""
    return Finding(
        "duties-not-judged", "PL-X11", Severity.WARNING,
        f"These duties were not judged and are in no figure: {'; '.join(names)}.",
        help="Judge them with --engine reference.",
    )  # fmt: skip


def _sentence(why: str) -> str:
    """Another program's message as the end of a sentence: its first line, and no longer than a reader can bear."""
    line = next((line.strip() for line in why.splitlines() if line.strip()), "no reason was given")
    line = line if len(line) <= 240 else line[:239] + "…"
    return line if line.endswith((".", "…")) else line + "."
