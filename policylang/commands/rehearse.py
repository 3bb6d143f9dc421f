"""``policylang rehearse``: the same cases under two documents, to see what a draft would change."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from policylang.commands.documents import codes_named, policy_at
from policylang.commands.frame import (
    DAY,
    INPUT_FILE,
    Exit,
    Progress,
    emit,
    emit_json,
    format_option,
    problem,
)

if TYPE_CHECKING:
    from policylang.model.document import Document


@click.command(short_help="Judge the same cases under two documents and compare.")
@click.argument("before")
@click.argument("after")
@click.argument("cases", type=INPUT_FILE)
@click.option("--as-at", type=DAY, required=True, help="The day on which every case is judged as it stood.")
@click.option("--map", "mapping", type=INPUT_FILE, help="The mapping: which column of CASES holds what.")
@click.option("--sheet", help="The sheet of CASES to read, where there are several.")
@format_option("text", "json")
def rehearse(
    before: str, after: str, cases: Path, as_at: date, mapping: Path | None, sheet: str | None, format: str
) -> Exit:
    """Judge every case in CASES under BEFORE and under AFTER, and say what changes, for whom, and by how much.

    BEFORE and AFTER are policy files, or Codes by their ids: the policy in force and a draft, two versions, a policy
    and the Code, two editions. Every case is judged under both, whatever their dates. A duty that only one of them has
    is shown as such.

    \b
    policylang rehearse now.policy draft.policy log.xlsx --as-at 2026-10-31
    policylang rehearse housing-ombudsman-2022 housing-ombudsman-2024 log.xlsx --as-at 2026-10-31

    Exit codes: 0 no case is newly in breach under AFTER; 1 some are; 2 a file that cannot be read.
    """
    from policylang.casebook.load import load_cases
    from policylang.evidence.rehearsal_text import rehearsal_record, rehearsal_text
    from policylang.evidence.rehearse import rehearse as compare

    old, new = _document(before), _document(after)
    read, _ = load_cases(cases, mapping, sheet)
    with Progress("Judging cases", total=2 * len(read.casebook.cases)) as step:
        result = compare(old, new, read.casebook, as_at, progress=step)
    if format == "json":
        emit_json(rehearsal_record(result, old, new))
    else:
        across = max(80, min(120, shutil.get_terminal_size((100, 24)).columns))
        emit(rehearsal_text(result, old, new, across=across))
    return Exit.FINDINGS if any(duty.newly_breached for duty in result.duties) else Exit.CLEAN


def _document(named: str) -> Document:
    from policylang.model.library import code_ids

    if named in code_ids():
        return codes_named([named])[0]
    if Path(named).exists():
        return policy_at(INPUT_FILE.convert(named, None, None))
    message = f"“{named}” is neither a policy file nor the id of a Code."
    raise problem("no-such-file", "PL-F01", message, f"The Codes are {', '.join(code_ids())}.", file=named)
