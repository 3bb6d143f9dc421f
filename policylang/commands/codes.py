"""``policylang codes``: the Codes that come with the tool, with their dates and how far each was checked."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from policylang.commands.frame import Exit, emit, emit_json, format_option

if TYPE_CHECKING:
    from policylang.model.document import Document


@click.command(short_help="List the Codes that come with the tool.")
@format_option("text", "json")
def codes(format: str) -> Exit:
    """List the Codes that a policy can be held against, with the days on which each was in force.

    For each: its provisions, how many of them put demands on a policy's text, and how many are unverified (told from
    general knowledge of the Code, not read in a published source).

    \b
    policylang codes
    policylang codes --format json
    """
    from policylang.findings.finding import Severity
    from policylang.model.library import code_ids, load_code

    rows, faults = [], []
    for name in code_ids():
        loaded = load_code(name)
        faults += [f for f in loaded.findings if f.severity is Severity.ERROR]
        if loaded.document is not None:
            rows.append(_row(loaded.document))
    rows.sort(key=lambda row: (row["in_force_from"] or "", row["id"]))
    if format == "json":
        emit_json({"codes": rows})
    else:
        emit("\n\n".join(map(_entry, rows)) or "No Code comes with this installation.")
    if faults:
        from policylang.findings.render import render

        emit(render(faults, "text"), err=True)
        return Exit.MISUSE
    return Exit.CLEAN


def _row(code: Document) -> dict[str, Any]:
    first, last = code.in_force or (None, None)
    return {
        "id": code.id,
        "title": code.title,
        "edition": code.edition,
        "issuer": code.issuer,
        "cited_as": code.cited_as,
        "in_force_from": first.isoformat() if first else None,
        "in_force_until": last.isoformat() if last else None,
        "provisions": len(code.provisions),
        "judged": sum(bool(p.demands) for p in code.provisions),
        "corroborated": sum(p.verification == "corroborated" for p in code.provisions),
        "unverified": sum(not p.verified for p in code.provisions),
    }


def _entry(row: dict[str, Any]) -> str:
    from datetime import date

    from policylang.model.days import say_date

    def say(day: str) -> str:
        return say_date(date.fromisoformat(day))

    dates = "in force on days not stated"
    if row["in_force_from"]:
        dates = f"in force from {say(row['in_force_from'])}"
        dates += f" to {say(row['in_force_until'])}" if row["in_force_until"] else ""
    judged = f"{row['provisions']} provisions, {row['judged']} of them with demands on a policy's text"
    return "\n".join([
        row["id"],
        f"  {row['issuer']}, {row['title']}, edition {row['edition']} (cited as {row['cited_as']})",
        f"  {dates}",
        f"  {judged}; {row['unverified']} unverified",
    ])  # fmt: skip
