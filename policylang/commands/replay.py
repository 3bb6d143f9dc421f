"""``policylang replay``: one case on a line of time, what was missed, and what would have kept it whole."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import click

from policylang.commands.documents import codes_named, policy_at
from policylang.commands.frame import DAY, INPUT_FILE, Exit, emit, emit_json, format_option, problem


@click.command(short_help="Show one case on a line of time, and what would have changed it.")
@click.argument("policy", type=INPUT_FILE)
@click.argument("cases", type=INPUT_FILE)
@click.argument("reference", metavar="CASE")
@click.option("--as-at", type=DAY, required=True, help="The day on which the case is judged as it stood.")
@click.option("--map", "mapping", type=INPUT_FILE, help="The mapping: which column of CASES holds what.")
@click.option("--sheet", help="The sheet of CASES to read, where there are several.")
@click.option("--answers", type=INPUT_FILE, help="A sample (see policylang sample) with its questions answered.")
@click.option("--code", "codes", multiple=True, help="A Code to judge under.  [default: the editions in force by date]")
@format_option("text", "json")
def replay(
    policy: Path,
    cases: Path,
    reference: str,
    as_at: date,
    mapping: Path | None,
    sheet: str | None,
    answers: Path | None,
    codes: tuple[str, ...],
    format: str,
) -> Exit:
    """Show what happened on CASE, day by day, beside what was due, and count every missed step aloud.

    Below stands the nearest compliant world: the earliest missed step, a breach or what the dates show late or missing,
    is put right by the one date or letter that it takes, the case is judged again, and so on until none is left.

    \b
    policylang replay my.policy log.xlsx CMP-1050 --as-at 2026-10-31

    Exit codes: 0 nothing is flagged; 1 a breach is on record, or the dates show a step late or missing; 2 no such case,
    or a file that cannot be read.
    """
    from policylang.auditor.on_the_dates import on_the_dates
    from policylang.casebook.load import load_cases
    from policylang.evidence.case_text import case_text
    from policylang.evidence.nearest_world import judged, nearest_world
    from policylang.model.calendar import load_calendar

    document, judging = policy_at(policy), codes_named(codes)
    read, _ = load_cases(cases, mapping, sheet, answers)
    found = [case for case in read.casebook.cases if case.reference == reference]
    if not found:
        from policylang.findings.nearest import did_you_mean

        known = [case.reference for case in read.casebook.cases]
        aside = next((row for row in read.casebook.set_aside if row.reference == reference), None)
        why = f" Row {aside.row} has it, and was set aside: {aside.why}." if aside else ""
        message = f"The log has no case “{reference}” that is judged.{why}"
        raise problem("no-such-case", "PL-U07", message, did_you_mean(reference, known, what="cases"), file=str(cases))
    worst = Exit.CLEAN
    texts, records = [], []
    for case in found:
        result = judged(case, document, judging, as_at)
        world = nearest_world(case, document, judging, as_at)
        shown = on_the_dates(result)
        if result.population["outcomes"]["breached"] or any(step.flagged for step in shown):
            worst = Exit.FINDINGS
        if format == "json":
            from policylang.auditor.as_json import audit_record

            tried = [
                {"repair": step.repair, "breaches_left": step.left, "late_or_missing_left": step.left_on_dates}
                for step in world.steps
            ]
            records.append({**audit_record(result, result.outcomes, steps=shown), "nearest_world": tried})
        else:
            across = max(80, min(120, shutil.get_terminal_size((100, 24)).columns))
            texts.append(case_text(case, result, world, load_calendar(document.calendar), across=across))
    if format == "json":
        emit_json(records)
    else:
        emit("\n\n".join(texts))
    return worst
