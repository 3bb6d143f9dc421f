"""``policylang facts``: what a policy says, one row a fact, as a table, CSV or JSON."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from policylang.commands.frame import INPUT_FILE, Exit, Problem, Severity, emit, emit_json, format_option


@click.command(short_help="Show what a policy says, as a table.")
@click.argument("policy", type=INPUT_FILE)
@click.option("--clause", help="Only what rests on this clause.")
@click.option("--stage", type=int, help="Only what belongs to this stage.")
@click.option("--kind", help="Only facts of this kind: duty, prohibition, permission, definition, reference …")
@format_option("text", "json", "csv")
def facts(policy: Path, clause: str | None, stage: int | None, kind: str | None, format: str) -> Exit:
    """Show everything POLICY says: clause, kind, force, stage, action, figures, conditions, lists.

    It is the policy as the tool has understood it: read it beside the document to see that nothing is lost.

    \b
    policylang facts policies/connect-housing.policy
    policylang facts policies/connect-housing.policy --clause 3.3
    policylang facts policies/connect-housing.policy --format json
    """
    from policylang.model.facts import facts as facts_of
    from policylang.model.library import load_policy

    loaded = load_policy(policy)
    errors = [f for f in loaded.findings if f.severity is Severity.ERROR]
    if loaded.document is None:
        raise Problem(loaded.findings)
    rows = [
        row
        for row in facts_of(loaded.document)
        if (clause is None or clause in row["clauses"])
        and (stage is None or row["stage"] == stage)
        and (kind is None or row["kind"] == kind)
    ]
    if format == "json":
        emit_json({"facts": rows})
    elif format == "csv":
        emit(_csv(rows))
    else:
        emit(_table(rows))
    if errors:
        # The table shows what was understood; what was not must not be overlooked.
        from policylang.findings.render import render

        emit(render(errors, "text"), err=True)
        return Exit.MISUSE
    return Exit.CLEAN


def _within(row: dict[str, Any]) -> str:
    parts = []
    if row["within"]:
        n = row["within"]["n"]
        figure = str(n) if n is not None else "/".join(map(str, row["within"].get("choices", ["?"])))
        parts.append(f"within {figure} {row['within']['unit']}" + (f" of {row['from']}" if row["from"] else ""))
    extent = row["extent"]
    if extent:
        for key, words in (("limit", "by up to"), ("total", "up to, in all,")):
            if extent[key]:
                parts.append(f"{words} {extent[key]['n']} {extent[key]['unit']}")
        if extent["further"]:
            parts.append("further")
    return ", ".join(parts)


def _cells(row: dict[str, Any]) -> list[str]:
    force = f"{row['force'] or ''}{' not' if row['negated'] and row['force'] else ''}"
    details = [_within(row), row["condition"] or "", ", ".join(row["items"]), row["note"] or ""]
    return [
        ", ".join(row["clauses"]),
        row["kind"],
        force,
        "" if row["stage"] is None else str(row["stage"]),
        row["action"] or "",
        "; ".join(part for part in details if part),
    ]


HEADINGS = ["Clause", "Kind", "Force", "Stage", "Action", "Details"]


def _table(rows: list[dict[str, Any]]) -> str:
    import shutil
    import textwrap

    cells = [_cells(row) for row in rows]
    widths = [min(18, max(len(line[i]) for line in [HEADINGS, *cells])) for i in range(5)]
    room = max(30, shutil.get_terminal_size((120, 24)).columns - sum(widths) - 10)
    lines = []
    for line in [HEADINGS, *cells]:
        columns = [textwrap.wrap(text, width) or [""] for text, width in zip(line, [*widths, room], strict=True)]
        for i in range(max(map(len, columns))):
            parts = [
                (column[i] if i < len(column) else "").ljust(width)
                for column, width in zip(columns, [*widths, room], strict=True)
            ]
            lines.append("  ".join(parts).rstrip())
    lines.append(f"{len(rows)} fact{'' if len(rows) == 1 else 's'}")
    return "\n".join(lines)


def _csv(rows: list[dict[str, Any]]) -> str:
    import csv
    import io

    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(HEADINGS)
    for row in rows:
        writer.writerow([f"'{cell}" if cell[:1] in "=+-@\t" and cell else cell for cell in _cells(row)])
    return out.getvalue()
