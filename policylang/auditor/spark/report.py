"""What a run on Spark came to, for people and for other programs: control totals and the figures of every duty."""

from __future__ import annotations

import csv
import io
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from policylang.auditor.columns.codes import NAMES, result_of
from policylang.auditor.outcome import Result
from policylang.auditor.population import rate
from policylang.findings.words import count
from policylang.model.days import say_date

if TYPE_CHECKING:
    from policylang.auditor.columns.compile import CompiledAudit
    from policylang.auditor.columns.tally import Tally
    from policylang.auditor.spark.files import FilesJudged

HEADS = ("document", "provision", "clauses", "duty", "stage", "outcome", "reason", "cases")
"""The columns of the totals as CSV."""


def record(compiled: CompiledAudit, judged: FilesJudged, out: Path | None = None) -> dict[str, Any]:
    """The run as plain data: control totals, then for each duty its outcomes, its share met with the range, and how
    often it came to each reason. ``out`` is the folder with the outcomes of each case, where they were written."""
    from policylang.auditor.spark.files import outcomes_name

    whole = judged.totals[None]
    files = [
        {"cases": str(file), "judged": number, "outcomes": outcomes_name(place, file) if out else None}
        for place, (file, number) in enumerate(judged.files.items())
    ]
    return {
        "as_at": compiled.as_at.isoformat(),
        "judged": whole.cases,
        "reconciles": whole.cases == sum(judged.files.values()),
        "files": files,
        "duties": duty_rows(whole),
        "not_judged": [
            {"duty": duty.name, "document": duty.document, "why": why} for duty, why in compiled.not_compiled
        ],
    }


def duty_rows(totals: Tally) -> list[dict[str, Any]]:
    """A row a duty, in the order of the documents."""
    reasons: dict[int, dict[str, int]] = {column.place: {} for column in totals.columns}
    for column, reason, number in totals.reasons():
        reasons[column.place][reason] = number
    rows = []
    for column in totals.columns:
        duty, counted = column.duty, totals.outcomes(column)
        row = {
            "document": duty.document,
            "provision": duty.provision,
            "clauses": list(duty.clauses),
            "duty": duty.name,
            "stage": duty.stage,
            "binding": duty.binding,
            **{result.value: counted[result] for result in Result},
            **rate(counted[Result.MET], counted[Result.BREACHED], counted[Result.CANNOT_TELL]),
            "reasons": reasons[column.place],
        }
        rows.append(row)
    return rows


def as_csv(totals: Tally) -> str:
    """How many cases came to each reason, a row for each duty and reason, under :data:`HEADS`."""
    made = io.StringIO()
    writer = csv.writer(made, lineterminator="\r\n")
    writer.writerow(HEADS)
    outcomes = {name: result_of(number).value for number, name in NAMES.items()}
    for column, reason, number in totals.reasons():
        duty = column.duty
        clauses = ", ".join(duty.clauses)
        row = (duty.document, duty.provision, clauses, duty.name, duty.stage, outcomes[reason], reason, number)
        writer.writerow(["" if value is None else value for value in row])
    return made.getvalue()


def as_text(found: dict[str, Any]) -> str:
    """A :func:`record` to read."""
    every = found["duties"]
    sums = {result: sum(row[result.value] for row in every) for result in Result}
    figures = ", ".join(f"{number:,} {result.value.replace('-', ' ')}" for result, number in sums.items())
    as_at = say_date(date.fromisoformat(found["as_at"]))
    lines = [
        f"Audit of {count(len(found['files']), 'file')} of cases as at {as_at}, on Spark",
        "",
        "Control totals",
        f"  {count(found['judged'], 'case')} judged{'' if found['reconciles'] else '  (the files do not add up)'}",
        f"  {sum(sums.values()):,} outcomes: {figures}",
    ]
    for document in dict.fromkeys(row["document"] for row in every):
        lines += ["", *_table(document, [row for row in every if row["document"] == document])]
    return "\n".join(lines) + "\n"


def _table(document: str, rows: list[dict[str, Any]]) -> list[str]:
    binding = [row for row in rows if row["binding"]]
    arose = [row for row in binding if any(row[name] for name in ("met", "breached", "pending", "cannot-tell"))]
    lines = [document]
    if arose:
        wide = max(len(_label(row)) for row in arose)
        lines.append(f"  {'duty':{wide}}        met   breached    pending     cannot  share met (range)")
    for row in arose:
        numbers = " ".join(f"{row[name]:10,}" for name in ("met", "breached", "pending", "cannot-tell"))
        lines.append(f"  {_label(row):{wide}} {numbers}  {_share(row)}")
    for row in rows:
        if not row["binding"]:
            aims = ("aim-kept", "kept"), ("aim-missed", "missed"), ("aim-open", "open"), ("aim-unknown", "cannot tell")
            said = ", ".join(f"{row['reasons'].get(reason, 0):,} {word}" for reason, word in aims)
            if any(row["reasons"].get(reason) for reason, _ in aims):
                lines.append(f"  {_label(row)}: {said} (missing an aim is no breach)")
    idle = len(binding) - len(arose)
    if idle:
        lines.append(
            f"  {count(idle, 'more duty', 'more duties') if arose else count(idle, 'duty', 'duties')} arose on no case."
        )
    return lines


def _label(row: dict[str, Any]) -> str:
    cited = row["provision"] or ", ".join(row["clauses"])
    return f"{cited} {row['duty']}" if cited else str(row["duty"])


def _share(row: dict[str, Any]) -> str:
    if row["low"] is None:
        return "nothing decided yet"
    between = f"{row['low']:.1%} to {row['high']:.1%}"
    return between if row["share"] is None else f"{row['share']:.1%} ({between})"
