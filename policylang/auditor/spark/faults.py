"""What can stop a run on Spark, each as a finding that says what to do."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from policylang.findings.finding import Finding, Place, Severity
from policylang.findings.problem import Problem, problem

INSTALL = 'Install it with pip install "policylang[spark]", or leave out --engine spark.'
SHOWN = 3
"""So many files, or columns of one, are named in a sentence; the others are counted."""


def not_installed(library: str) -> Problem:
    """pyspark or pyarrow is not there."""
    message = f"--engine spark needs the library {library}, which is not installed."
    return problem("spark-missing", "PL-X01", message, INSTALL)


def not_loaded(library: str, why: str) -> Problem:
    """The library is there and cannot be imported."""
    message = f"--engine spark needs the library {library}, which is installed but cannot be loaded: {_sentence(why)}"
    return problem("spark-missing", "PL-X01", message, INSTALL)


def no_java(home: str | None = None, why: str = "") -> Problem:
    """Spark runs on Java, and there is none on this machine, or none that runs; ``home`` is what JAVA_HOME says."""
    found = "there is none on this machine"
    if home and not why:
        found = f"there is none in {home}, the folder that JAVA_HOME names"
    elif why:
        found = f"the one in {home} does not run" if home else "the one on this machine does not run"
    return problem(
        "java-missing", "PL-X02", f"Spark needs Java, and {found}.",
        "Install Java (17 suits every Spark from 3.5 on), or set JAVA_HOME to the folder where it is.",
    )  # fmt: skip


def too_old(found: str, needed: str) -> Problem:
    """Spark, or the Java that it runs on, is older than what is supported."""
    return problem(
        "spark-too-old", "PL-X12", f"{found} is too old for --engine spark, which needs {needed} or later.",
        'Install a later one (pip install --upgrade "policylang[spark]" for pyspark; Java 17 suits every Spark from '
        "3.5 on), or leave out --engine spark.",
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
        "Check that --master is an address Spark knows (local[2], spark://HOST:7077, yarn), and that what runs there "
        "is the same version of Spark as here.",
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


def columns_differ(lacking: Mapping[str, Sequence[str]], files: int) -> Finding:
    """Some files have no column for what others record; the facts without a column, by the name of the file."""
    said = [f"{file} has none for {_names(names)}" for file, names in list(lacking.items())[:SHOWN]]
    more = f"; and {len(lacking) - SHOWN:,} more such files" if len(lacking) > SHOWN else ""
    return Finding(
        "cases-columns-differ", "PL-X13", Severity.WARNING,
        f"The {files:,} files do not have the same columns: {'; '.join(said)}{more}. What a file has no column for is "
        "taken as not recorded on any of its cases.",
        help="If these facts were left out by mistake, have the file written again with them, then audit again.",
    )  # fmt: skip


def too_many_values(column: str, limit: int) -> Problem:
    """A column to count by that holds something else on nearly every case, as a free text does."""
    return problem(
        "too-many-values", "PL-X14",
        f"The column “{column}” holds more than {limit:,} different values, too many to count apart.",
        "Use --by with a column of a few values, such as a team or a category.",
    )  # fmt: skip


def no_cases_in(folder: str, why: str) -> Problem:
    """A folder was given for its Parquet files, and it does not hold them as they can be read."""
    return problem(
        "no-cases-in-folder", "PL-X15", f"The folder {folder} {why}.",
        "Name the folder that holds the files of cases themselves (NAME.parquet), or the files.", file=folder,
    )  # fmt: skip


def no_case_at_all(files: int) -> Problem:
    """Every file is whole, and none holds a case: an audit of nothing would look like good news."""
    what = "The file holds" if files == 1 else f"The {files:,} files hold"
    return problem(
        "no-cases-in-folder", "PL-X15", f"{what} no case at all, so there is nothing to judge.",
        "Check that what writes the files has ended, and that it was asked for the right cases.",
    )  # fmt: skip


def _names(names: Sequence[str]) -> str:
    said = ", ".join(f"“{name}”" for name in names[:SHOWN])
    return f"{said} and {len(names) - SHOWN:,} more" if len(names) > SHOWN else said


def _sentence(why: str) -> str:
    """Another program's message as the end of a sentence: its first line, and no longer than a reader can bear."""
    line = next((line.strip() for line in why.splitlines() if line.strip()), "no reason was given")
    line = line if len(line) <= 240 else line[:239] + "…"
    return line if line.endswith((".", "…")) else line + "."
