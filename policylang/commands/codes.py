"""``policylang codes``: the Codes that come with the tool, with their dates and how far each was checked."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from policylang.commands.frame import Exit, emit, emit_json, format_option
from policylang.findings.words import count

if TYPE_CHECKING:
    from policylang.model.document import Document

_FORCES = {"musts": "must", "shoulds": "should", "mays": "may", "context": "context"}
"""How strongly provisions can speak: the key of their number, and the force."""


@click.command(short_help="List the Codes that come with the tool.")
@format_option("text", "json")
def codes(format: str) -> Exit:
    """List the Codes that a policy can be held against, with the days on which each was in force, the oldest first.

    For each: its provisions, how many are musts and how many shoulds (recommendations), how many put demands on a
    policy's text, and how many are unverified (told from general knowledge of the Code, not read in a published
    source). A “may” gives leave; “context” explains and asks for nothing.

    \b
    policylang codes
    policylang codes --format json
    policylang check my.policy --code housing-ombudsman-2022
    policylang diff housing-ombudsman-2022 housing-ombudsman-2024
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
        "in_force_from_stated": _stated(code),
        "calendar": code.calendar,
        "provisions": len(code.provisions),
        **{name: sum(p.force == force for p in code.provisions) for name, force in _FORCES.items()},
        "judged": sum(bool(p.demands) for p in code.provisions),
        "corroborated": sum(p.verification == "corroborated" for p in code.provisions),
        "unverified": sum(not p.verified for p in code.provisions),
    }


def _stated(code: Document) -> str | None:
    """The first day as precisely as the code gives it: ``2020-07`` where only the month is known."""
    role = code.role("in force")
    return role.when.text if role else None


def _entry(row: dict[str, Any]) -> str:
    forces = ", ".join(count(row[name], force, name) for name, force in _FORCES.items() if row[name])
    checked = f"{row['unverified']} unverified, {row['corroborated']} corroborated"
    return "\n".join([
        row["id"],
        f"  {row['issuer']}, {row['title']}, edition {row['edition']} (cited as {row['cited_as']})",
        f"  {_dates(row)}; calendar {row['calendar']}",
        f"  {count(row['provisions'], 'provision')}{': ' if forces else ''}{forces}",
        f"  {row['judged']} with demands on a policy's text; {checked}",
    ])  # fmt: skip


def _dates(row: dict[str, Any]) -> str:
    from datetime import date

    from policylang.model.days import MONTHS, say_date

    if not row["in_force_from"]:
        return "in force on days not stated"
    first = date.fromisoformat(row["in_force_from"])
    known = (row["in_force_from_stated"] or row["in_force_from"]).count("-")
    said = [f"some day of {first.year}", f"some day of {MONTHS[first.month - 1]} {first.year}", say_date(first)][known]
    until = f" to {say_date(date.fromisoformat(row['in_force_until']))}" if row["in_force_until"] else ""
    return f"in force from {said}{until}"
