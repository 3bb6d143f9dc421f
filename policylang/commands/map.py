"""``policylang map``: what each column of a complaints log holds, proposed with reasons, for a person to confirm."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from policylang.commands.frame import (
    INPUT_FILE,
    Exit,
    Finding,
    Problem,
    emit,
    emit_json,
    exit_for,
    format_option,
    overwrite_option,
    say,
    write_whole,
)
from policylang.commands.waiting import Waiting

if TYPE_CHECKING:
    from policylang.casebook.propose import Proposal


@click.command(short_help="Propose what each column of a workbook holds.")
@click.argument("log", type=INPUT_FILE)
@click.option("--out", type=click.Path(path_type=Path), help="Write the mapping to this file.")
@click.option("--sheet", help="The sheet of LOG to read, where there are several.")
@format_option("text", "json")
@overwrite_option()
def map_(log: Path, out: Path | None, sheet: str | None, format: str, overwrite: bool) -> Exit:
    """Propose what each column of LOG holds, a complaints log as .xlsx, .ods, .csv or .parquet.

    The proposal is a mapping: a text file that says which column is which, with the reason for each. Check it, correct
    it, and give it to audit or assess with --map. Nothing is guessed between two columns that fit alike: the mapping
    then holds the question.

    \b
    policylang map complaints.xlsx
    policylang map complaints.xlsx --out mapping.yaml
    policylang audit my.policy complaints.xlsx --map mapping.yaml --as-at 2026-10-31

    Exit code 1 says that something in the mapping needs your word.
    """
    from policylang.casebook.mapping_text import mapping_text
    from policylang.casebook.reader import propose_mapping

    with Waiting(f"Reading {log.name}, {log.stat().st_size / 1e6:.1f} MB"):
        proposal, findings = propose_mapping(log, sheet=sheet)
    if proposal is None:
        raise Problem(findings)
    if out is not None:
        write_whole(out, mapping_text(proposal), overwrite=overwrite)
    if format == "json":
        emit_json(_as_json(proposal, findings))
        return exit_for(findings)
    emit(mapping_text(proposal) if out is None else _summary(proposal, out))
    if findings:
        say(findings)
    return exit_for(findings)


def _summary(proposal: Proposal, out: Path) -> str:
    rows = [(p.fact, f"column {p.heading.letter}", p.heading.text, p.confidence) for p in proposal.columns.values()]
    widths = [max((len(row[n]) for row in rows), default=0) for n in range(3)]
    lines = [f"Sheet “{proposal.sheet}”, headings in row {proposal.header.row}:"]
    lines += [
        "  " + "  ".join([*(text.ljust(w) for text, w in zip(row, widths, strict=False)), row[3]]) for row in rows
    ]
    likely, questions = len(proposal.likely), sum(question.decides for question in proposal.questions)
    if proposal.certain:
        asked = "Every column is certain."
    else:
        asked = f"To check: {likely} likely, {questions} open, {len(proposal.missing)} missing."
    return "\n".join([*lines, f"{asked} Written to {out}."])


def _as_json(proposal: Proposal, findings: list[Finding]) -> dict[str, Any]:
    from policylang.findings.json_ import as_dict

    taken = {p.heading.column for p in proposal.columns.values()}
    return {
        "sheet": proposal.sheet,
        "header_row": proposal.header.row,
        "certain": proposal.certain,
        "columns": [
            {
                "fact": p.fact,
                "heading": p.heading.text,
                "letter": p.heading.letter,
                "confidence": p.confidence,
                "why": p.why,
            }
            for p in proposal.columns.values()
        ],
        "questions": [
            {"facts": list(q.facts), "headings": [{"heading": h.text, "letter": h.letter} for h in q.headings]}
            for q in proposal.questions
        ],
        "missing": proposal.missing,
        "not_read": [h.text for h in proposal.header.headings if h.column not in taken],
        "findings": [as_dict(finding) for finding in findings],
    }
