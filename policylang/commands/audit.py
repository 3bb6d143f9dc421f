"""``policylang audit``: judge past cases under a policy and under the Code in force when each was received."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from policylang.commands.documents import codes_named, policy_at
from policylang.commands.frame import (
    DAY,
    FINDING_FORMATS,
    INPUT_FILE,
    Exit,
    Progress,
    emit,
    exit_for,
    format_option,
    overwrite_option,
    problem,
    pseudonyms_option,
    strict_unknown_option,
    write_whole,
)

if TYPE_CHECKING:
    from policylang.auditor.audit import AuditResult
    from policylang.auditor.outcome import Outcome, Result
    from policylang.casebook.cases import CaseBook
    from policylang.casebook.mapping import Mapping
    from policylang.casebook.reader import ReadResult

_RESULTS = ("met", "breached", "pending", "cannot-tell", "not-applicable")


@click.command(short_help="Judge past cases under a policy and the Code.")
@click.argument("policy", type=INPUT_FILE)
@click.argument("cases", type=INPUT_FILE)
@click.option("--as-at", type=DAY, required=True, help="The day on which every case is judged as it stood.")
@click.option("--map", "mapping", type=INPUT_FILE, help="The mapping: which column of CASES holds what.")
@click.option("--sheet", help="The sheet of CASES to read, where there are several.")
@click.option("--code", "codes", multiple=True, help="A Code to judge under.  [default: the editions in force by date]")
@click.option(
    "--only",
    help="Print only these outcomes, such as “breached,cannot-tell”. Totals stay whole. "
    "As findings (narrated, sarif, …) only breaches are printed unless this names more.",
)
@click.option("--answers", type=INPUT_FILE, help="A sample (see policylang sample) with its questions answered.")
@click.option("--not-done", "not_done", multiple=True, help="A fact for which nothing recorded means not done.")
@click.option("--day-one", is_flag=True, help="Count the day the clock starts as day 1 (normally it is day 0).")
@click.option("--any-date", is_flag=True, help="Judge every case under POLICY, in force or not (to try a draft).")
@click.option(
    "--engine",
    type=click.Choice(["reference", "columns"]),
    default="reference",
    show_default=True,
    help="Judge case by case, or by columns: the same outcomes, faster on long logs where few of them are shown.",
)
@click.option("--out", type=click.Path(path_type=Path), help="Write the result to this file.")
@format_option("text", "csv", *(form for form in FINDING_FORMATS if form != "text"))
@pseudonyms_option()
@overwrite_option()
@strict_unknown_option()
def audit(
    policy: Path,
    cases: Path,
    as_at: date,
    mapping: Path | None,
    sheet: str | None,
    codes: tuple[str, ...],
    only: str | None,
    answers: Path | None,
    not_done: tuple[str, ...],
    day_one: bool,
    any_date: bool,
    engine: str,
    out: Path | None,
    pseudonyms: Path | None,
    format: str,
    overwrite: bool,
    strict_unknown: bool,
) -> Exit:
    """Judge every case in CASES under POLICY, and under the edition of the Code in force on its day of receipt.

    CASES is a complaints log, a workbook or a CSV file. Every duty on every case comes to met, breached, pending,
    cannot tell or not applicable, with the reason counted out. What the log does not record is never taken for done,
    nor for not done: the mapping says, column by column, what an empty cell means.

    \b
    policylang audit my.policy log.xlsx --as-at 2026-10-31
    policylang audit my.policy log.xlsx --map log.mapping.yaml --as-at 2026-10-31 --format csv --out outcomes.csv
    """
    from policylang.auditor.audit import audit as judge
    from policylang.auditor.settings import Settings
    from policylang.casebook.load import load_cases

    wanted = _wanted(only)
    settings = Settings(day_one=day_one, any_date=any_date, not_done=_facts(not_done))
    document, judging = policy_at(policy), codes_named(codes)
    read, faults = load_cases(cases, mapping, sheet, answers, pseudonyms)
    if not wanted and format not in ("text", "json", "csv"):
        wanted = {"breached"}  # as findings, the rest would drown them
    with Progress("Judging cases", total=len(read.casebook.cases)) as step:
        replay = None
        if engine == "columns":
            from policylang.auditor.columns.audit import ColumnReplay

            shown = _with_words(format, wanted)
            replay = ColumnReplay(document, judging, read.casebook.cases, as_at, settings, shown)
        result = judge(document, judging, read.casebook, as_at, settings, progress=step, replay=replay)
    result.data_quality = list(dict.fromkeys([*faults, *read.findings, *result.data_quality]))
    outcomes = [o for o in result.outcomes if not wanted or o.result.value in wanted]
    if out is None:
        emit(_printed(result, read, outcomes, format))
    else:
        write_whole(out, _written(result, read, outcomes, format), overwrite=overwrite)
        emit(f"Written to {out}.", err=True)
    return _exit(result, strict_unknown)


def _with_words(format: str, wanted: set[str]) -> list[Result]:
    """The outcomes whose reasons are printed: breaches in the text, and otherwise those that were asked for."""
    from policylang.auditor.outcome import Result

    if format == "text":
        return [Result.BREACHED]
    return [result for result in Result if not wanted or result.value in wanted]


def _exit(result: AuditResult, strict_unknown: bool) -> Exit:
    """1 for a breach, or a fault in the data; 3 where something cannot be told and ``--strict-unknown`` was given."""
    counted = result.population["outcomes"]
    if counted["breached"]:
        return Exit.FINDINGS
    return exit_for(result.data_quality, undecided=strict_unknown and bool(counted["cannot-tell"]))


def _printed(result: AuditResult, read: ReadResult, outcomes: Sequence[Outcome], format: str) -> str:
    if format == "json":
        import json

        from policylang.auditor.as_json import audit_record

        return json.dumps(audit_record(result, outcomes), ensure_ascii=False, indent=2)
    if format == "csv":
        from policylang.evidence.records import outcomes_csv

        return outcomes_csv(outcomes).decode("utf-8-sig").replace("\r\n", "\n")
    if format != "text":
        from policylang.auditor.as_findings import outcome_findings
        from policylang.findings.render import render

        return render(list(outcome_findings(result, read.casebook, outcomes)), format)
    from policylang.auditor.as_text import audit_text

    across = max(80, min(120, shutil.get_terminal_size((100, 24)).columns))
    return audit_text(result, read.casebook, _columns(read.casebook, read.mapping), across=across)


def _written(result: AuditResult, read: ReadResult, outcomes: Sequence[Outcome], format: str) -> str | bytes:
    if format == "csv":
        from policylang.evidence.records import outcomes_csv

        return outcomes_csv(outcomes)
    return _printed(result, read, outcomes, format).rstrip("\n") + "\n"


def _columns(casebook: CaseBook, mapping: Mapping | None) -> list[tuple[str, str, str]]:
    """Which column each fact was read from, and what its empty cells mean, where somebody has said."""
    columns = mapping.columns if mapping else {}
    said = {name: column.empty.value for name, column in columns.items()}
    return [
        (name, heading, "; empty means not done" if said.get(name) == "not-done" else "")
        for name, heading in casebook.columns.items()
    ]


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
