"""``policylang audit --engine spark``: the compiled policy sent to where the cases are; the totals come back."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from policylang.commands.exits import Exit
from policylang.commands.output import emit, whole_folder
from policylang.commands.waiting import Waiting
from policylang.findings.problem import problem

if TYPE_CHECKING:
    from policylang.auditor.settings import Settings
    from policylang.model.document import Document

FORMS = ("text", "json", "csv")


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
    overwrite: bool,
    strict_unknown: bool,
) -> Exit:
    """Judge the cases of Parquet files on Spark and print the totals; with ``out`` the outcomes of every case, and
    the totals as CSV and JSON, go into that folder, which is complete or not there."""
    from policylang.auditor.spark.session import HERE, check_installed, check_java, check_writable, session

    files = [path.absolute() for path in cases]
    format = "text" if format == "narrated" else format  # what some people have as their usual form
    _fit(files, format)
    check_installed("pyspark")  # before any slow work
    check_java()

    from policylang.auditor.columns.compile import compile_audit
    from policylang.auditor.spark import faults
    from policylang.auditor.spark.files import audit_files
    from policylang.auditor.spark.report import as_csv, as_text, record
    from policylang.commands.boundary import say

    compiled = compile_audit(policy, codes, as_at, settings)
    with contextlib.ExitStack() as stack:
        folder = None if out is None else stack.enter_context(whole_folder(out.absolute(), overwrite=overwrite))
        with Waiting("Starting Spark"):
            spark = stack.enter_context(session(master or HERE))
        if folder is not None:
            check_writable(spark, folder)
        with Waiting(f"Judging the cases of {len(files):,} files on Spark"):
            judged = audit_files(spark, compiled, files, folder)
        found = record(compiled, judged, folder)
        if folder is not None:
            (folder / "totals.csv").write_text(as_csv(judged.totals[None]), encoding="utf-8-sig", newline="")
            whole = json.dumps(found, ensure_ascii=False, indent=2) + "\n"
            (folder / "totals.json").write_text(whole, encoding="utf-8", newline="\n")
    if format == "json":
        emit(json.dumps(found, ensure_ascii=False, indent=2))
    else:
        emit(as_csv(judged.totals[None]).replace("\r\n", "\n") if format == "csv" else as_text(found))
    if compiled.not_compiled:
        say([faults.left_to_reference([f"{duty.document} {duty.name}" for duty, _ in compiled.not_compiled])])
    if out is not None:
        emit(f"Written to {out}.", err=True)
    if any(row["breached"] for row in found["duties"]) or compiled.not_compiled:
        return Exit.FINDINGS
    unknown = any(row["cannot-tell"] for row in found["duties"])
    return Exit.UNDECIDED if strict_unknown and unknown else Exit.CLEAN


def refuse(given: dict[str, object]) -> None:
    """Raise for options of ``policylang audit`` that say how a log is read or a case is shown: Spark does neither."""
    for name, value in given.items():
        if value:
            message = f"{name} does not go with --engine spark, which reads columns as they stand and shows no case."
            hint = "Leave it out, or use --engine columns."
            raise problem("unfit-value", "PL-U04", message, hint)


def _fit(files: Sequence[Path], format: str) -> None:
    if format not in FORMS:
        message = f"--engine spark counts, and has no form {format}."
        raise problem("unfit-value", "PL-U04", message, f"The forms are {', '.join(FORMS)}.")
    for place, file in enumerate(files):
        if file.suffix.casefold() != ".parquet":
            message = f"--engine spark reads Parquet files, and {file.name} is not called one."
            hint = "“policylang explain cases-not-in-layout” says how cases must stand in it."
            raise problem("unfit-value", "PL-U04", message, hint, file=str(file))
        if file in files[:place]:
            message = f"{file.name} is given twice, and its cases would be counted twice."
            raise problem("unfit-value", "PL-U04", message, "Name each file once.", file=str(file))
