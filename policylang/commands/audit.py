"""``policylang audit``: judge past cases under a policy and under the Code in force when each was received."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from click.core import ParameterSource

from policylang import __version__
from policylang.commands.audit_shown import Judged, printed, written
from policylang.commands.documents import codes_named, policy_at
from policylang.commands.frame import (
    DAY,
    FINDING_FORMATS,
    INPUT_FILE,
    INPUT_FILE_OR_FOLDER,
    Exit,
    Progress,
    emit,
    exit_for,
    format_option,
    overwrite_option,
    problem,
    pseudonyms_option,
    strict_unknown_option,
    whole_file,
)
from policylang.commands.waiting import Waiting

if TYPE_CHECKING:
    from policylang.auditor.audit import Engine
    from policylang.casebook.reader import ReadResult
    from policylang.findings.finding import Finding

BY = ("category", "team", "channel", "tenure", "month")
"""As :data:`policylang.auditor.by_column.COLUMNS`, without importing the auditor for a word of help."""
_ENDINGS = {".csv": "csv", ".parquet": "parquet", ".json": "json", ".sarif": "sarif", ".md": "markdown",
            ".html": "html", ".txt": "text", ".xml": "junit"}  # fmt: skip
_HELD = 100_000
"""Cases of several logs that are kept from the first look, which finds those that are in two logs, to the judging."""
_FEW = {"breached", "pending"}
_RESULTS = ("met", "breached", "pending", "cannot-tell", "not-applicable")


@click.command(short_help="Judge past cases under a policy and the Code.")
@click.argument("policy", type=INPUT_FILE)
@click.argument("cases", type=INPUT_FILE_OR_FOLDER, nargs=-1, required=True)
@click.option("--as-at", type=DAY, required=True, help="The day on which every case is judged as it stood.")
@click.option(
    "--policy",
    "others",
    type=INPUT_FILE,
    multiple=True,
    help="Another version of POLICY; each case is judged by the one in force on its day of receipt. May be repeated.",
)
@click.option("--map", "mapping", type=INPUT_FILE, help="The mapping: which column of CASES holds what.")
@click.option("--sheet", help="The sheet of CASES to read, where there are several.")
@click.option("--code", "codes", multiple=True, help="A Code to judge under.  [default: the editions in force by date]")
@click.option(
    "--only",
    help="Print only these outcomes, such as “breached,cannot-tell”. Totals stay whole. "
    "As findings (narrated, sarif, …) only breaches are printed unless this names more.",
)
@click.option(
    "--by",
    multiple=True,
    type=click.Choice(BY),
    help="The share in time apart for each value of this column. May be repeated. As CSV, this table alone.",
)
@click.option("--open", "opened", is_flag=True, help="List the open cases: what is overdue and due next. So as CSV.")
@click.option("--answers", type=INPUT_FILE, help="A sample (see policylang sample) with its questions answered.")
@click.option("--not-done", "not_done", multiple=True, help="A fact for which nothing recorded means not done.")
@click.option("--day-one", is_flag=True, help="Count the day the clock starts as day 1 (normally it is day 0).")
@click.option("--any-date", is_flag=True, help="Judge every case under POLICY, in force or not (to try a draft).")
@click.option(
    "--engine",
    type=click.Choice(["reference", "columns", "spark"]),
    show_default="columns where few outcomes of a long log are shown",
    help="Judge case by case, or by columns: the same outcomes, faster on long logs where few of them are shown. "
    "spark: by columns, on Spark, from Parquet files in our own columns; totals only, outcomes to the folder --out.",
)
@click.option("--master", help="Where Spark runs: local[2], spark://HOST:7077, yarn.  [default: all cores here]")
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    help="Write the result to this file, in the form of its ending; of several CASES, to files in this folder.",
)
@click.option("--resume", is_flag=True, help="Leave out the CASES that are complete in the folder already.")
@format_option("text", "csv", "parquet", *(form for form in FINDING_FORMATS if form != "text"))
@pseudonyms_option()
@overwrite_option()
@strict_unknown_option()
def audit(
    policy: Path,
    cases: tuple[Path, ...],
    others: tuple[Path, ...],
    as_at: date,
    mapping: Path | None,
    sheet: str | None,
    codes: tuple[str, ...],
    only: str | None,
    by: tuple[str, ...],
    opened: bool,
    answers: Path | None,
    not_done: tuple[str, ...],
    day_one: bool,
    any_date: bool,
    engine: str | None,
    master: str | None,
    out: Path | None,
    resume: bool,
    pseudonyms: Path | None,
    format: str,
    overwrite: bool,
    strict_unknown: bool,
) -> Exit:
    """Judge every case in CASES under POLICY, and under the edition of the Code in force on its day of receipt.

    CASES is a complaints log: an Excel workbook (.xlsx), an OpenDocument spreadsheet (.ods), text (.csv) or .parquet,
    with one row a case or one row an event, on one sheet or on several that are joined by reference.

    Every duty on every case comes to met, breached, pending, cannot tell or not applicable, with the reason counted
    out. What the log does not record is never taken for done, nor for not done: the mapping says, column by column,
    what an empty cell means.

    Several CASES are judged one by one, into a folder; --resume goes on where a run was stopped. A case that two of
    them have is judged once if both say the same of it, and otherwise in neither.

    \b
    policylang audit my.policy log.xlsx --as-at 2026-10-31
    policylang audit my.policy log.xlsx --map log.mapping.yaml --as-at 2026-10-31 --out outcomes.parquet
    policylang audit my.policy log.xlsx --as-at 2026-10-31 --by team --by month --open
    """
    from policylang.auditor.audit import LONG
    from policylang.auditor.audit import audit as judge
    from policylang.auditor.settings import Settings
    from policylang.auditor.versions import in_turn
    from policylang.casebook.load import load_cases

    if engine == "spark":
        from policylang.commands.audit_spark import audit_spark, refuse

        refuse({"--map": mapping, "--sheet": sheet, "--answers": answers, "--resume": resume,
                "--pseudonyms": pseudonyms})  # fmt: skip
        settings = Settings(day_one=day_one, any_date=any_date, not_done=_facts(not_done))
        versions = in_turn([policy_at(path) for path in (policy, *others)])
        return audit_spark(
            versions, codes_named(codes), cases, as_at, settings,
            master=master, out=out, format=format, by=by, opened=opened, only=_wanted(only),
            overwrite=overwrite, strict_unknown=strict_unknown,
        )  # fmt: skip
    if folder := next((path for path in cases if path.is_dir()), None):
        from policylang.commands.mistakes import a_folder
        from policylang.findings.problem import Problem

        raise Problem(a_folder(folder))
    if master is not None:
        raise problem("unfit-value", "PL-U04", "--master is for --engine spark only.", "Leave it out.")
    format = _form(out, format, several=len(cases) > 1 or resume)
    wanted = _wanted(only)
    _fit(format, out, by, opened=opened, several=len(cases) > 1 or resume)
    settings = Settings(day_one=day_one, any_date=any_date, not_done=_facts(not_done))
    document, judging = in_turn([policy_at(path) for path in (policy, *others)]), codes_named(codes)
    findings_only = not wanted and format not in ("text", "json", "csv", "parquet")
    if findings_only:
        wanted = {"breached"}  # as findings, the rest would drown them

    def loaded(log: Path) -> tuple[ReadResult, list[Finding]]:
        with Waiting(f"Reading {log.name}, {log.stat().st_size / 1e6:.1f} MB"):
            return load_cases(log, mapping, sheet, answers, pseudonyms)

    def judged(log: Path, read: ReadResult, faults: list[Finding]) -> Judged:
        with Progress("Judging cases", total=len(read.casebook.cases)) as step:
            few = format == "text" or by or opened or (wanted and wanted <= _FEW)
            chosen = engine or ("columns" if few and len(read.casebook.cases) >= LONG else "reference")
            result = judge(document, judging, read.casebook, as_at, settings, progress=step, engine=_engine(chosen))
        result.data_quality = list(dict.fromkeys([*faults, *read.findings, *result.data_quality]))
        return Judged(result, read, format, by, opened, frozenset(wanted), findings_only=findings_only)

    if len(cases) > 1 or resume:
        assert out is not None
        from policylang.casebook.across import Ruling, Standing, set_aside, standings
        from policylang.commands.audit_folder import audit_folder, digest_of, digest_of_text

        surveyed: dict[Path, tuple[ReadResult, list[Finding]]] = {}

        def survey(log: Path) -> list[Standing]:
            read, faults = loaded(log)
            found = standings(read.casebook)
            if sum(len(kept.casebook.cases) for kept, _ in surveyed.values()) + len(found) <= _HELD:
                surveyed[log] = (read, faults)
            return found

        def whole(log: Path, ruling: Ruling) -> tuple[bytes, dict[str, Any], Exit]:
            read, faults = surveyed.pop(log) if log in surveyed else loaded(log)
            set_aside(read.casebook, ruling)
            found = judged(log, read, [*faults, *ruling.findings])
            return written(found), found.result.population, _exit(found, strict_unknown)

        asked: dict[str, Any] = {
            "policies": [digest_of(path) for path in (policy, *others)],
            "codes": [digest_of_text(code.text) for code in judging],
            "files": [digest_of(path) for path in (mapping, answers, pseudonyms)],
            "options": [as_at.isoformat(), sheet, sorted(wanted), list(by), opened, sorted(settings.not_done)],
            "conventions": [day_one, any_date, strict_unknown, format, __version__],
        }
        return audit_folder(cases, out, survey, whole, asked, format, resume=resume, overwrite=overwrite)
    if out is None:
        found = judged(cases[0], *loaded(cases[0]))
        emit(printed(found))
    else:
        with whole_file(out, overwrite=overwrite) as draft:  # so that nothing is judged that cannot be written
            found = judged(cases[0], *loaded(cases[0]))
            draft.write_bytes(written(found))
        emit(f"Written to {out}.", err=True)
    return _exit(found, strict_unknown)


def _engine(name: str) -> Engine:
    """The engine of that name; the one by columns takes its time to load."""
    if name == "reference":
        from policylang.auditor.audit import by_reference

        return by_reference
    from policylang.auditor.columns.audit import by_columns

    return by_columns


def _form(out: Path | None, given: str, *, several: bool) -> str:
    """The form asked for; where none was, that of the file's ending, and CSV in a folder."""
    context = click.get_current_context(silent=True)
    source = context.get_parameter_source("format") if context else None
    if out is None or source is ParameterSource.COMMANDLINE:
        return given
    return "csv" if several else _ENDINGS.get(out.suffix.casefold(), given)


def _fit(format: str, out: Path | None, by: Sequence[str], *, opened: bool, several: bool) -> None:
    """Raise for options that do not go together."""
    if several and out is None:
        message = "Several logs (and --resume) need a folder for what they come to."
        raise problem("unfit-value", "PL-U04", message, "Name it with --out, as in --out outcomes.")
    if format == "parquet" and out is None:
        message = "Parquet is a form for files and cannot be shown on a screen."
        raise problem("unfit-value", "PL-U04", message, "Add --out outcomes.parquet.")
    if format == "csv" and by and opened:
        message = "--by and --open are two tables, and a CSV file holds one."
        raise problem("unfit-value", "PL-U04", message, "Ask for one at a time, or use --format json.")
    if (by or opened) and format not in ("text", "json", "csv"):
        message = f"{'--by' if by else '--open'} has no place in the form {format}."
        raise problem("unfit-value", "PL-U04", message, "Use it with text, json or csv.")


def _exit(found: Judged, strict_unknown: bool) -> Exit:
    """1 for a breach, for what the dates show late or missing, or a fault in the data; 3 where something cannot be told
    and ``--strict-unknown`` was given."""
    from policylang.auditor.on_the_dates import is_flagged

    result = found.result
    counted = result.population["outcomes"]
    if counted["breached"] or (counted["cannot-tell"] and is_flagged(result)):
        return Exit.FINDINGS
    return exit_for(result.data_quality, undecided=strict_unknown and bool(counted["cannot-tell"]))


def _wanted(only: str | None) -> set[str]:
    wanted = {word.strip().replace(" ", "-") for word in (only or "").split(",") if word.strip()}
    unknown = sorted(wanted - set(_RESULTS))
    if unknown:
        message = f"“{unknown[0]}” is not an outcome."
        raise problem("unfit-value", "PL-U04", message, f"The outcomes are {', '.join(_RESULTS)}.")
    return wanted


def _facts(names: Sequence[str]) -> frozenset[str]:
    from policylang.casebook.record import facts
    from policylang.findings.nearest import did_you_mean

    for name in names:
        if name not in facts():
            known = did_you_mean(name, list(facts()), what="facts of a case record")
            raise problem("unfit-value", "PL-U04", f"A case record has no fact called “{name}”.", known)
    return frozenset(names)
