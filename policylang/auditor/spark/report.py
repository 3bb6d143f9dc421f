"""What a run on Spark came to, for people and for other programs: control totals and the figures of every duty."""

from __future__ import annotations

import csv
import io
from collections.abc import Collection, Iterable, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from policylang.auditor.columns.codes import NAMES, result_of
from policylang.auditor.duty import ROOTS
from policylang.auditor.outcome import Result
from policylang.auditor.rates import rate
from policylang.auditor.spark.figures import open_record
from policylang.auditor.tables_as_text import ages_in_words
from policylang.findings.words import count
from policylang.model.days import say_date

if TYPE_CHECKING:
    from policylang.auditor.by_column import Division
    from policylang.auditor.columns.compile import CompiledAudit
    from policylang.auditor.columns.tally import Tally
    from policylang.auditor.spark.files import FilesJudged

HEADS = ("document", "provision", "clauses", "duty", "stage", "outcome", "reason", "cases")
"""The columns of the totals as CSV."""
OPEN_HEADS = ("stage", "what", "age_from", "age_to", "document", "provision", "duty", "cases")
"""The columns of the open cases as CSV; ages are in working days."""


def record(
    compiled: CompiledAudit,
    judged: FilesJudged,
    out: Path | None = None,
    *,
    by: Sequence[Division] = (),
    opened: bool = False,
    only: Sequence[str] = (),
) -> dict[str, Any]:
    """The run as plain data: control totals, then for each duty its outcomes, its share met with the range, and how
    often it came to each reason. ``out`` is the folder with the outcomes of each case, where they were written; ``by``
    and ``opened`` add the figures by columns and of open cases, and ``only`` says what of it is shown."""
    from policylang.auditor.spark.files import outcomes_name

    whole = judged.totals
    files = [
        {"cases": str(file), "judged": number, "outcomes": outcomes_name(place, file) if out else None}
        for place, (file, number) in enumerate(judged.files.items())
    ]
    return {
        "as_at": compiled.as_at.isoformat(),
        "judged": whole.cases,
        "reconciles": whole.cases == sum(judged.files.values()),
        **({"only": list(only)} if only else {}),
        "files": files,
        "duties": duty_rows(whole),
        **({"by": [division.record() for division in by]} if by else {}),
        **({"open": open_record(judged.figures, compiled)} if opened else {}),
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


def as_csv(totals: Tally, only: Collection[str] = ()) -> str:
    """How many cases came to each reason, a row for each duty and reason, under :data:`HEADS`; with ``only`` the rows
    of these outcomes."""
    outcomes = {name: result_of(number).value for number, name in NAMES.items()}
    rows = []
    for column, reason, number in totals.reasons():
        duty = column.duty
        if not only or outcomes[reason] in only:
            clauses = ", ".join(duty.clauses)
            found = outcomes[reason]
            rows.append((duty.document, duty.provision, clauses, duty.name, duty.stage, found, reason, number))
    return _csv(HEADS, rows)


def open_csv(found: dict[str, Any]) -> str:
    """The open cases of a :func:`record`, under :data:`OPEN_HEADS`: for each stage how many wait, by age, and how many
    have something overdue; then for each duty on how many it is overdue and due next."""
    rows: list[tuple[object, ...]] = []
    for stage in ROOTS:
        row = found["open"][f"stage_{stage}"]
        rows += [
            (stage, "waiting", band["from"], band["to"], None, None, None, band["cases"]) for band in row["by_age"]
        ]
        rows.append((stage, "waiting, of an age that cannot be counted", *[None] * 5, row["age_unknown"]))
        rows.append((stage, "not known whether open", *[None] * 5, row["unknown"]))
        rows.append((stage, "something overdue", *[None] * 5, row["overdue"]))
    for duty in found["open"]["duties"]:
        named = (duty["document"], duty["provision"], duty["duty"])
        for what, name in (("overdue", "overdue"), ("due next", "due_next")):
            if duty[name]:
                rows.append((duty["stage"], what, None, None, *named, duty[name]))
    return _csv(OPEN_HEADS, rows)


def _csv(heads: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    made = io.StringIO()
    writer = csv.writer(made, lineterminator="\r\n")
    writer.writerow(heads)
    writer.writerows(["" if value is None else value for value in row] for row in rows)
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
    if "only" in found:
        lines += ["", *_reasons(every, found["only"])]
    if "open" in found:
        lines += ["", *_open(found["open"], as_at)]
    return "\n".join(lines) + "\n"


def _reasons(rows: list[dict[str, Any]], only: Sequence[str]) -> list[str]:
    """Why the duties came to these outcomes, the commonest reason of each first."""
    numbers = {name: result_of(number).value for number, name in NAMES.items()}
    lines = [f"Reasons, of the outcomes {', '.join(name.replace('-', ' ') for name in only)}"]
    for row in rows:
        why = {reason: number for reason, number in row["reasons"].items() if numbers[reason] in only}
        if why:
            said = ", ".join(f"{why[name]:,} {name}" for name in sorted(why, key=lambda name: (-why[name], name)))
            lines.append(f"  {row['document']}: {_label(row)}: {said}")
    return lines if len(lines) > 1 else [*lines, "  There are none."]


def _open(found: dict[str, Any], as_at: str) -> list[str]:
    lines = [f"Open cases as at {as_at}"]
    for stage in ROOTS:
        row = found[f"stage_{stage}"]
        late = f"; {row['overdue']:,} of them with something overdue" if row["waiting"] else ""
        lines.append(f"  Stage {stage}: {ages_in_words(row)}{late}.")
    for duty in found["duties"]:
        said = [
            f"{duty[name]:,} {word}" for name, word in (("overdue", "overdue"), ("due_next", "due next")) if duty[name]
        ]
        lines.append(f"    {duty['document']}: {_label(duty)}: {', '.join(said)}")
    return lines


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
