"""``policylang mark``: a copy of the log with notes on the cells that decided a finding, and one sheet of findings."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from policylang.commands.documents import codes_named, policy_at
from policylang.commands.frame import DAY, INPUT_FILE, Exit, Progress, emit, overwrite_option, spare, whole_file


@click.command(short_help="Mark your own workbook where a cell decided a finding.")
@click.argument("policy", type=INPUT_FILE)
@click.argument("cases", type=INPUT_FILE)
@click.option("--as-at", type=DAY, required=True, help="The day on which cases are judged as they stood.")
@click.option("--out", type=click.Path(path_type=Path), required=True, help="The file for the marked copy.")
@click.option("--map", "mapping", type=INPUT_FILE, help="The mapping: which column of CASES holds what.")
@click.option("--sheet", help="The sheet of CASES to read, where there are several.")
@click.option("--code", help="A Code by its id.  [default: the edition in force for each case]")
@overwrite_option()
def mark(
    policy: Path,
    cases: Path,
    as_at: date,
    out: Path,
    mapping: Path | None,
    sheet: str | None,
    code: str | None,
    overwrite: bool,
) -> Exit:
    """Make a copy of CASES, an Excel workbook, with a note on each cell that decided a breach or a doubt.

    One sheet at the end lists every finding. Nothing else is changed: charts, formulas, pictures and your own notes
    stay byte for byte as they were. CASES itself is not touched.

    \b
    policylang mark my.policy log.xlsx --as-at 2026-10-31 --out marked.xlsx
    """
    spare((policy, cases, mapping), out)
    with whole_file(out, overwrite=overwrite) as draft:
        from policylang.auditor.audit import audit
        from policylang.casebook.load import load_cases
        from policylang.evidence.office.mark import mark as make

        document, codes = policy_at(policy), codes_named((code,) if code else ())
        read, faults = load_cases(cases, mapping, sheet)
        with Progress("Judging cases", total=len(read.casebook.cases)) as step:
            result = audit(document, codes, read.casebook, as_at, progress=step)
        known = {one.id: one.cited_as for one in codes}
        marked = make(
            cases,
            result.outcomes,
            dict.fromkeys([*faults, *read.findings, *result.data_quality]),
            lambda name, provision: f"{known.get(name) or name}-{provision}",
        )
        draft.write_bytes(marked.data)
    from policylang.evidence.words import count

    lines = [f"Written to {out}: {count(marked.rows, 'finding')} on the sheet “{marked.sheet}”, "
             f"{count(marked.cells, 'cell')} with a note."]  # fmt: skip
    if marked.kept:
        some = ", ".join(marked.kept[:5]) + (" …" if len(marked.kept) > 5 else "")
        lines.append(f"{count(len(marked.kept), 'cell')} had a note already and kept it: {some}.")
    if marked.beyond:
        lines.append(f"{count(marked.beyond, 'more cell')} got no note, because so many make a workbook slow.")
    emit("\n".join(lines))
    return Exit.FINDINGS if marked.rows else Exit.CLEAN
