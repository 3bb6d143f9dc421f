"""``policylang map``: what each column of a complaints log holds, proposed with reasons, for a person to confirm."""

from __future__ import annotations

from dataclasses import replace
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
    from policylang.casebook.proposal import Proposal, SeenWord


@click.command(short_help="Propose what each column of a workbook holds.")
@click.argument("log", type=INPUT_FILE)
@click.option("--out", type=click.Path(path_type=Path), help="Write the mapping to this file.")
@click.option("--sheet", help="The sheet of LOG to read, where there are several.")
@format_option("text", "json")
@overwrite_option()
def map_(log: Path, out: Path | None, sheet: str | None, format: str, overwrite: bool) -> Exit:
    """Propose what each column of LOG holds, a complaints log as .xlsx, .ods, .csv or .parquet.

    A log may have one row a case, or one row an event (case, event, date); and further sheets that say more of the same
    cases are found by their references. The counts that speak for each are shown.

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
    from policylang.casebook.questions import CONFIRM
    from policylang.casebook.reader import propose_mapping

    with Waiting(f"Reading {log.name}, {log.stat().st_size / 1e6:.1f} MB"):
        proposal, findings = propose_mapping(log, sheet=sheet)
    if proposal is None:
        raise Problem(findings)
    if out is not None:
        write_whole(out, mapping_text(proposal), overwrite=overwrite)
        done = f"Correct it in {out}, and give that file with --map."
        findings = [replace(one, help=one.help and one.help.replace(CONFIRM, done)) for one in findings]
    if format == "json":
        emit_json(_as_json(proposal, findings))
        return exit_for(findings)
    emit(mapping_text(proposal) if out is None else _summary(proposal, out))
    if findings:
        say(findings)
    return exit_for(findings)


def _summary(proposal: Proposal, out: Path) -> str:
    from policylang.casebook.mapping import Layout

    shown = [*proposal.columns.values(), *proposal.diary.values()]
    rows = [(p.fact, f"column {p.heading.letter}", p.heading.text, p.confidence) for p in shown]
    widths = [max((len(row[n]) for row in rows), default=0) for n in range(3)]
    lines = [f"Sheet “{proposal.sheet}”, headings in row {proposal.header.row}{_rows(proposal)}:"]
    lines += [
        "  " + "  ".join([*(text.ljust(w) for text, w in zip(row, widths, strict=False)), row[3]]) for row in rows
    ]
    likely, open_, missing = 0, 0, 0
    for one in (proposal, *(further.proposal for further in proposal.further if further.joined)):
        likely += len(one.likely) + (one.layout is Layout.EVENTS)
        open_ += sum(question.decides for question in one.questions) + bool(one.dates) + (one.layout is None)
        open_ += len(one.events.asked) + len(one.events.unknown) + len(one.events.rare)
        asked_for = {name for question in one.questions for name in question.facts}
        missing += len([name for name in one.missing if name not in asked_for])
    open_ += sum(not further.joined for further in proposal.further)
    for further in proposal.further:
        said = "to be joined" if further.joined else "perhaps to be joined"
        of = further.both + further.only_there
        lines.append(f"Sheet “{further.proposal.sheet}”, {said}: {further.both:,} of its {of:,} references match.")
    asked = f"To check: {likely} likely, {open_} open, {missing} missing."
    if proposal.certain and not proposal.dates:
        asked = "Every column is certain."
    return "\n".join([*lines, f"{asked} Written to {out}."])


def _rows(proposal: Proposal) -> str:
    if proposal.layout is None:
        return ", a row a case or an event (open)"
    return ", a row an event" if proposal.layout.value == "events" else ""


def _as_json(proposal: Proposal, findings: list[Finding]) -> dict[str, Any]:
    from policylang.findings.json_ import as_dict

    further = [
        {
            **_sheet(one.proposal),
            "joined": one.joined,
            "references": {"both": one.both, "only_here": one.only_there, "only_first": one.only_first},
        }
        for one in proposal.further
    ]
    return {**_sheet(proposal), "also": further, "findings": [as_dict(finding) for finding in findings]}


def _sheet(proposal: Proposal) -> dict[str, Any]:
    shown = [*proposal.columns.values(), *proposal.diary.values()]
    taken = {p.heading.column for p in shown}
    events = proposal.events
    return {
        "sheet": proposal.sheet,
        "header_row": proposal.header.row,
        "certain": proposal.certain,
        "layout": proposal.layout and proposal.layout.value,
        "layout_why": proposal.shape,
        "events": {
            "known": {name: [_word(one) for one in seen] for name, seen in events.known.items()},
            "asked": [{**_word(one.seen), "facts": list(one.facts), "why": one.why} for one in events.asked],
            "unknown": [_word(one) for one in events.unknown],
            "rare_rows": events.rare,
        },
        "columns": [
            {
                "fact": p.fact,
                "heading": p.heading.text,
                "letter": p.heading.letter,
                "confidence": p.confidence,
                "why": p.why,
            }
            for p in shown
        ],
        "questions": [
            {"facts": list(q.facts), "headings": [{"heading": h.text, "letter": h.letter} for h in q.headings]}
            for q in proposal.questions
        ],
        "missing": proposal.missing,
        "not_read": [h.text for h in proposal.header.headings if h.column not in taken],
    }


def _word(one: SeenWord) -> dict[str, Any]:
    return {"word": one.word, "rows": one.rows, "cases": one.cases, "on_several_days": one.repeated}
