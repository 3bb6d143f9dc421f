"""The parts of an audit's text that list: the share in time by a column of the log, and the open cases."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from policylang.auditor.audit import AuditResult
from policylang.auditor.by_column import Division
from policylang.auditor.open_cases import OpenCase, OpenCases, Step
from policylang.auditor.paragraphs import paragraph, share
from policylang.findings.words import count
from policylang.model.days import say_date
from policylang.model.document import Document

_FIGURES = ("met", "breached", "pending", "cannot-tell")
_STARTED = {1: "received", 2: "stage 2 requested"}


def division_text(result: AuditResult, division: Division, across: int) -> list[str]:
    """A table for each duty with a deadline of which anything can be told; the JSON and the CSV have all duties."""
    title = f"In time, by {'month of receipt' if division.column == 'month' else division.column}"
    if not division.recorded:
        return [title, *paragraph(f"The log has no column for it that was read: {division.column}.", across)]
    names = {value: "not recorded" if value is None else value for value in division.values}
    wide = min(max(map(len, names.values()), default=12), max(across - 62, 24))
    rows: dict[tuple[Any, ...], list[dict[str, Any]]] = {}
    for row in division.rows:
        if row["timed"] and any(row[name] for name in _FIGURES):
            rows.setdefault((row["document"], row["provision"], row["duty"]), []).append(row)
    rows = {key: mine for key, mine in rows.items() if any(row[name] for row in mine for name in _FIGURES[:3])}
    if not rows:
        return [title, "  Of no duty with a deadline can anything be told on any case."]
    lines = [title, f"    {'':{wide}}   cases     met  breached  pending  cannot  share met (range)"]
    for mine in rows.values():
        first = mine[0]
        cited = _cited(result, first["document"], first["provision"], first["clauses"])
        lines += paragraph(f"{cited} {first['duty']}", across)
        for row in mine:
            name = names[row["value"]]
            name = name if len(name) <= wide else name[: wide - 1] + "…"
            met, breached, pending, cannot = (row[figure] for figure in _FIGURES)
            figures = f"{row['cases']:8,} {met:7,} {breached:9,} {pending:8,} {cannot:7,}"
            lines.append(f"    {name:{wide}}{figures}  {share(row)}")
    return lines


def open_text(result: AuditResult, found: OpenCases | None, across: int) -> list[str]:
    """How many cases wait at each stage and how old they are; with ``found`` every one of them."""
    ages = [(stage, result.measures["open"][f"stage_{stage}"]) for stage in (1, 2)]
    if not found and not any(row["waiting"] or row["unknown"] for _, row in ages):
        return []
    lines = [f"Open cases as at {say_date(result.as_at)}"]
    for stage, row in ages:
        lines += paragraph(f"Stage {stage}: {ages_in_words(row)}.", across)
    if found is None:
        return lines if not any(row["waiting"] for _, row in ages) else [*lines, "  --open lists them."]
    late = [case for case in found.cases if case.overdue]
    coming = [case for case in found.cases if not case.overdue and case.next]
    rest = [case for case in found.cases if not case.overdue and not case.next]
    for title, cases in (("Overdue", late), ("Due next", coming)):
        if cases:
            lines.append(f"  {title}: {count(len(cases), 'case')}")
            for case in cases:
                lines += paragraph(f"{_who(case)}: {_steps(result, case)}.", across, indent=4)
    for title, names in (
        ("Open, with nothing due on a known day", [case.case for case in rest]),
        ("Not known whether open", list(found.unknown)),
    ):
        if names:
            lines += paragraph(f"{title}: {count(len(names), 'case')}: {', '.join(names)}.", across)
    return lines


def ages_in_words(row: dict[str, Any]) -> str:
    """How many cases wait at a stage and how old they are (a stage of the open cases in the measures)."""
    said = f"{count(row['waiting'], 'case')} waiting"
    bands = [f"{band['cases']:,} of {_band(band)}" for band in row["by_age"] if band["cases"]]
    bands += [f"{row['age_unknown']:,} of an age that cannot be counted"] if row["age_unknown"] else []
    said += f" ({', '.join(bands)})" if bands else ""
    return said + (f"; of {row['unknown']:,} more it cannot be told" if row["unknown"] else "")


def _band(band: dict[str, Any]) -> str:
    if band["to"] is None:
        return f"{band['from']} working days and more"
    return f"{band['from']} to {band['to']} working days"


def _who(case: OpenCase) -> str:
    since = f", {_STARTED[case.stage]} {say_date(case.since)}" if case.since else ""
    age = f", {count(case.age, 'working day')} old" if case.age is not None else ""
    return f"{case.case}, stage {case.stage}{since}{age}"


def _steps(result: AuditResult, case: OpenCase) -> str:
    late = [f"{_step(result, step)} was due on {say_date(step.due)}, {_overdue(step)}" for step in case.overdue]
    return "; ".join([*late, *(f"{_step(result, step)} is due on {say_date(step.due)}" for step in case.next)])


def _step(result: AuditResult, step: Step) -> str:
    return f"{step.duty} [{_cited(result, step.document, step.provision, step.clauses)}]"


def _overdue(step: Step) -> str:
    if step.overdue is None:
        return "overdue by more than the calendar counts"
    return (
        "overdue by less than one working day"
        if step.overdue == 0
        else (f"{count(step.overdue, 'working day')} overdue")
    )


def _cited(result: AuditResult, document: str, provision: str | None, clauses: Iterable[str]) -> str:
    """``HO24-6.3`` of a code; ``policy 7.1`` of a policy, with its version where the audit has several."""
    found = result.documents[document]
    if provision:
        return f"{found.cited_as or found.id}-{provision}"
    labels: Sequence[str] = list(clauses)
    return " ".join([_policy(result, found), *([", ".join(labels)] if labels else [])])


def _policy(result: AuditResult, document: Document) -> str:
    several = sum(other.kind == "policy" for other in result.documents.values()) > 1
    return document.id if several else "policy"
