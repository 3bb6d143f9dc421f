"""``policylang audit --engine spark``: the compiled policy sent to where the cases are; the totals come back."""

from __future__ import annotations

import contextlib
import re
import shutil
from collections.abc import Collection, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from policylang.commands.exits import Exit
from policylang.commands.output import emit, whole_folder
from policylang.commands.waiting import Waiting
from policylang.findings.problem import problem
from policylang.findings.words import count

if TYPE_CHECKING:
    from policylang.auditor.settings import Settings
    from policylang.commands.spark_shown import SparkShown
    from policylang.model.document import Document

FORMS = ("text", "json", "csv")
_OURS = re.compile(r"\d{5,}-.+\.outcomes\.parquet|by\.csv|open\.csv")
_INSTEAD = {
    "--map": "The columns have names of our own there (policylang explain cases-not-in-layout); a log with headings "
    "of its own is read with --engine columns.",
    "--sheet": "Parquet files have no sheets; a workbook is read with --engine columns.",
    "--answers": "Answers belong to single cases: audit the sampled cases with --engine reference and --answers.",
    "--resume": "Spark itself repeats the tasks that fail, and the folder is complete or not there: give the files "
    "that are left, with another folder.",
    "--pseudonyms": "No case is shown. The outcomes written with --out have the references as they stand: have them "
    "replaced where the Parquet files are made.",
}
"""What to do instead of each option that says how a log is read or a case is shown."""


def audit_spark(
    policy: Document | Sequence[Document],
    codes: Sequence[Document],
    cases: Sequence[Path],
    as_at: date,
    settings: Settings,
    *,
    master: str | None,
    out: Path | None,
    format: str,
    by: Sequence[str],
    opened: bool,
    only: Collection[str],
    overwrite: bool,
    strict_unknown: bool,
) -> Exit:
    """Judge the cases of Parquet files, or of folders of them, on Spark and print the totals; with ``out`` the outcomes
    of every case, and the totals as CSV and JSON, go into that folder, which is complete or not there.

    ``by``, ``opened`` and ``only`` mean what they mean on one machine, as far as it goes without showing a case: the
    figures apart by columns, the open cases counted, the reasons for these outcomes (and with ``out`` the cases with
    one of them).
    """
    from policylang.auditor.spark.session import HERE, check_ready, check_writable, session

    format = "text" if format == "narrated" else format  # what some people have as their usual form
    _fit(format, by, opened=opened)
    files = files_of(cases)
    check_ready()  # before any slow work

    from policylang.auditor.columns.codes import RESULTS
    from policylang.auditor.columns.compile import compile_audit
    from policylang.auditor.spark import faults
    from policylang.auditor.spark.files import audit_files
    from policylang.commands.boundary import say
    from policylang.commands.spark_shown import SparkShown
    from policylang.model.document import Document

    compiled = compile_audit(policy, codes, as_at, settings)
    wanted = [place for place, result in enumerate(RESULTS) if result.value in only]
    with contextlib.ExitStack() as stack:
        folder = None if out is None else stack.enter_context(whole_folder(out.absolute(), overwrite=overwrite))
        with Waiting("Starting Spark"):
            spark = stack.enter_context(session(master or HERE))
        if folder is not None:
            check_writable(spark, folder)
        with Waiting(f"Judging the cases of {count(len(files), 'file')} on Spark"):
            judged = audit_files(spark, compiled, files, folder, by=by, opened=opened, only=wanted)
        if not judged.totals.cases:
            raise faults.no_case_at_all(len(files))
        documents = [*([policy] if isinstance(policy, Document) else policy), *codes]
        named = [RESULTS[place].value for place in wanted]
        shown = SparkShown(compiled, judged, documents, folder, by, opened=opened, only=named)
        if folder is not None:
            for name, data in shown.files():
                (folder / name).write_bytes(data)
    if out is not None and overwrite:
        _clear(out, shown)
    emit(shown.printed(format, max(80, min(120, shutil.get_terminal_size((100, 24)).columns))))
    findings = []
    if lacking := judged.lacking():
        findings.append(faults.columns_differ({str(file): names for file, names in lacking.items()}, len(files)))
    if compiled.not_compiled:
        findings.append(faults.left_to_reference([f"{d.document} {d.name}" for d, _ in compiled.not_compiled]))
    if findings:
        say(findings)
    if out is not None:
        emit(f"Written to {out}.", err=True)
    outcomes = shown.record["duties"]
    if findings or any(row["breached"] for row in outcomes):
        return Exit.FINDINGS
    unknown = any(row["cannot-tell"] for row in outcomes)
    return Exit.UNDECIDED if strict_unknown and unknown else Exit.CLEAN


def _clear(folder: Path, shown: SparkShown) -> None:
    """Takes away what an earlier run into the same folder left: outcomes of files that are not of this audit would be
    taken for a part of it."""
    mine = shown.names()
    for path in folder.iterdir():
        if path.name not in mine and _OURS.fullmatch(path.name):
            path.unlink()


def refuse(given: Mapping[str, object]) -> None:
    """Raise for options of ``policylang audit`` that say how a log is read or a case is shown: Spark does neither."""
    for name, value in given.items():
        if value:
            message = f"{name} does not go with --engine spark, which reads columns as they stand and shows no case."
            raise problem("unfit-value", "PL-U04", message, _INSTEAD[name])


def files_of(cases: Sequence[Path]) -> list[Path]:
    """The Parquet files that were named; of a folder those in it, as Spark and others write them: not what begins with
    a dot or an underscore. Raises :class:`Problem` for a folder without any, for one with more in folders of its own
    (a table divided that way keeps a column in their names), for other files, and for a file named twice."""
    from policylang.auditor.spark.faults import no_cases_in

    found: list[Path] = []
    for path in cases:
        if not path.is_dir():
            found.append(path.absolute())
            continue
        mine = sorted(file.absolute() for file in path.glob("*") if _holds_cases(file))
        nested = sorted(folder.name for folder in path.glob("*") if folder.is_dir() and _shown(folder))
        if any(next(path.joinpath(name).rglob("*.parquet"), None) for name in nested):
            raise no_cases_in(str(path), f"holds Parquet files in folders of its own ({nested[0]})")
        if not mine:
            raise no_cases_in(str(path), "holds no Parquet file")
        found += mine
    for place, file in enumerate(found):
        if file.suffix.casefold() != ".parquet":
            message = f"--engine spark reads Parquet files, and {file.name} is not called one."
            hint = "“policylang explain cases-not-in-layout” says how cases must stand in it."
            raise problem("unfit-value", "PL-U04", message, hint, file=str(file))
        if file in found[:place]:
            message = f"{file.name} is given twice, and its cases would be counted twice."
            raise problem("unfit-value", "PL-U04", message, "Name each file once.", file=str(file))
    return found


def _holds_cases(file: Path) -> bool:
    return file.suffix.casefold() == ".parquet" and file.is_file() and _shown(file)


def _shown(path: Path) -> bool:
    return not path.name.startswith((".", "_"))


def _fit(format: str, by: Sequence[str], *, opened: bool) -> None:
    if format not in FORMS:
        message = f"--engine spark counts, and has no form {format}."
        raise problem("unfit-value", "PL-U04", message, f"The forms are {', '.join(FORMS)}.")
    if format == "csv" and by and opened:
        message = "--by and --open are two tables, and a CSV file holds one."
        raise problem("unfit-value", "PL-U04", message, "Ask for one at a time, or use --format json.")
