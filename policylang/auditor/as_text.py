"""An audit to read: control totals first, then every duty's figures, the worst breaches and why, what next."""

from __future__ import annotations

import textwrap
from collections import Counter
from collections.abc import Sequence
from typing import Any

from policylang.auditor.audit import AuditResult
from policylang.auditor.by_column import Division
from policylang.auditor.cited import briefly, cited
from policylang.auditor.dates_as_text import BRIEFLY, dates_text, flagged_text
from policylang.auditor.event_words import noun
from policylang.auditor.on_the_dates import on_the_dates
from policylang.auditor.open_cases import OpenCases
from policylang.auditor.outcome import Result
from policylang.auditor.paragraphs import paragraph, share
from policylang.auditor.ranking import worst_first
from policylang.auditor.reported import reported_text
from policylang.auditor.tables_as_text import division_text, open_text
from policylang.casebook.cases import CaseBook
from policylang.casebook.record import facts
from policylang.findings.finding import Severity
from policylang.findings.words import count
from policylang.model.days import say_date
from policylang.model.document import Document

HOW_MANY = 10
"""How many breaches the text prints with their reasons; JSON and CSV have them all."""
_HEADS = ("met", "breached", "pending", "cannot-tell", "not-applicable")


def audit_text(
    result: AuditResult,
    casebook: CaseBook,
    mapped: Sequence[tuple[str, str, str]] = (),
    *,
    across: int = 100,
    by: Sequence[Division] = (),
    opened: OpenCases | None = None,
) -> str:
    """The audit as text ``across`` columns wide. ``mapped`` are the columns used: fact, heading, what empty means.

    ``by`` adds a part for each division; with ``opened`` every open case is listed and not only counted.
    """
    steps = on_the_dates(result, casebook)
    parts = [
        _head(result, casebook),
        [*_totals(result), *flagged_text(result, steps, across)],
        _mapping(mapped),
        *(_table(result, document, across) for document in result.documents.values()),
        *(division_text(result, division, across) for division in by),
        _aims(result, across),
        open_text(result, opened, across),
        _worst(result, across),
        *dates_text(result, casebook, steps, across),
        _boundary(result, across),
        _reported(result, casebook, across),
        _quality(result, across),
        _next(result, across),
    ]
    return "\n\n".join("\n".join(part) for part in parts if part)


def _head(result: AuditResult, casebook: CaseBook) -> list[str]:
    from pathlib import PurePath

    files = ", ".join(PurePath(name).name for name in casebook.files) or "the case book"
    lines = [f"Audit of {files} as at {say_date(result.as_at)}"]
    lines += [f"  {_title(document)}" for document in _used(result)]
    settings = result.settings
    said = []
    if settings.day_one:
        said.append("the day of the starting event counts as day 1")
    if settings.not_done:
        said.append(f"nothing recorded was said to mean not done for: {', '.join(sorted(settings.not_done))}")
    if settings.any_date:
        said.append("the policy judges every case, whether or not it was in force")
    return lines + [f"  Convention: {text}." for text in said]


def _used(result: AuditResult) -> list[Document]:
    """The policies, and the editions that judge at least one case; every edition where none judges any."""
    used = {row["document"] for row in result.population["judged_by"] if row["reason"] is None}
    documents = list(result.documents.values())
    codes = [d for d in documents if d.kind == "code"]
    judging = [d for d in codes if d.id in used] or codes
    return [d for d in documents if d.kind == "policy" or d in judging]


def _title(document: Document) -> str:
    kind = "Policy" if document.kind == "policy" else "Code"
    version = document.version or document.edition
    start = document.in_force
    since = f", in force from {say_date(start[0])}" if start else ""
    return f"{kind}: {document.title or document.id}{f', {version}' if version else ''}{since} ({document.id})"


def _totals(result: AuditResult) -> list[str]:
    found = result.population
    lines = [
        "Control totals",
        f"  {count(found['rows_read'], 'row')} read = {count(found['judged'], 'case')} judged + "
        f"{found['set_aside']:,} set aside{'' if found['reconciles'] else '  (these do not add up)'}",
    ]
    lines += [f"    set aside: {number:,} {why}" for why, number in found["set_aside_why"].items()]
    if found["hidden_rows"]:
        lines.append(f"    {count(found['hidden_rows'], 'hidden row')} read like any other")
    received = found["received"]
    if received["first"]:
        unknown = f"; day not known for {received['unknown']:,}" if received["unknown"] else ""
        lines.append(f"  received {received['first']} to {received['last']}{unknown}")
    for row in found["judged_by"]:
        under = f"under {row['document']}"
        reason = {None: "judged", "receipt-unknown": "of no known day of receipt, so not judged"}.get(
            row["reason"], "received when it was not in force, so not judged"
        )
        lines.append(f"  {count(row['cases'], 'case')} {reason} {under}")
    outcomes = found["outcomes"]
    figures = ", ".join(f"{outcomes[name]:,} {name.replace('-', ' ')}" for name in _HEADS)
    return [*lines, f"  {sum(outcomes.values()):,} outcomes: {figures}"]


def _mapping(mapped: Sequence[tuple[str, str, str]]) -> list[str]:
    if not mapped:
        return []
    wide = max(len(name) for name, _, _ in mapped)
    lines = [f"  {name.ljust(wide)}  from “{heading}”{empty}" for name, heading, empty in mapped]
    return ["Columns used", *lines]


def _table(result: AuditResult, document: Document, across: int) -> list[str]:
    rows = [row for row in result.measures["duties"] if row["document"] == document.id]
    arose = [row for row in rows if any(row[name] for name in _HEADS[:4])]
    shown = [row for row in arose if row["met"] or row["breached"] or row["pending"]]
    if not arose:
        return [_title(document), "  No duty of it arose on any case."] if rows else []
    names = [_label(row) for row in shown]
    wide = min(max(map(len, names), default=24), max(across - 58, 24))
    lines = [_title(document), f"  {'duty':{wide}}     met  breached  pending  cannot  share met (range)"]
    for name, row in zip(names, shown, strict=True):
        first, *more = textwrap.wrap(name, wide, subsequent_indent="  ") or [""]
        figures = f"{row['met']:7,} {row['breached']:9,} {row['pending']:8,} {row['cannot-tell']:7,}"
        lines.append(f"  {first:{wide}} {figures}  {share(row)}")
        lines += [f"  {line}" for line in more]
    blind = [f"{_label(row)} ({count(row['cannot-tell'], 'case')})" for row in arose if row not in shown]
    if blind:
        lines += paragraph(f"Nothing in the log shows: {'; '.join(blind)}.", across)
    idle = len(rows) - len(arose)
    if idle:
        lines.append(f"  {count(idle, 'more duty', 'more duties')} arose on no case.")
    return lines


def _label(row: dict[str, Any]) -> str:
    cited = row["provision"] or ", ".join(row["clauses"])
    return f"{cited} {row['duty']}" if cited else row["duty"]


def _aims(result: AuditResult, across: int) -> list[str]:
    rows = [row for row in result.measures["aims"] if row["kept"] or row["missed"] or row["unknown"] or row["open"]]
    lines: list[str] = []
    for row in rows:
        figures = (
            f"kept {row['kept']:,}, missed {row['missed']:,}, open {row['open']:,}, cannot tell {row['unknown']:,}"
        )
        lines += paragraph(f"{_label(row)}: {figures}.", across)
    return ["Aims and recommendations (missing one is no breach)", *lines] if lines else []


def _worst(result: AuditResult, across: int) -> list[str]:
    broken = worst_first(result.of(Result.BREACHED), result.as_at)
    if not broken:
        return ["Breaches", "  None found."]
    cases = len({outcome.case for outcome in broken})
    head = f"Breaches: {count(len(broken), 'breach', 'breaches')} on {count(cases, 'case')}"
    if len(broken) > HOW_MANY:
        head += f"; the {HOW_MANY} worst, the Code's first"
    lines = [head]
    for outcome in broken[:HOW_MANY]:
        lines += paragraph(f"{outcome.case}, {cited(result, outcome)}: {outcome.why}", across)
        if outcome.repair:
            lines += paragraph(f"→ {outcome.repair}", across, indent=6)
    for outcome in broken[HOW_MANY : HOW_MANY + BRIEFLY]:
        lines += paragraph(f"{outcome.case}, {cited(result, outcome)}: {briefly(outcome)}", across)
    if len(broken) > HOW_MANY + BRIEFLY:
        lines.append(f"  and {len(broken) - HOW_MANY - BRIEFLY:,} more; --only breached --format csv has them all.")
    return lines


def _boundary(result: AuditResult, across: int) -> list[str]:
    if not result.boundary_cases:
        return []
    by_why = Counter((found.document, found.why) for found in result.boundary_cases)
    lines = ["Cases on the boundary between editions or versions"]
    for (document, why), number in sorted(by_why.items()):
        cases = [f.case for f in result.boundary_cases if (f.document, f.why) == (document, why)]
        named = ", ".join(cases[:8]) + (f" and {number - 8} more" if number > 8 else "")
        lines += paragraph(f"{count(number, 'case')} ({named}): {why}", across)
    return lines


def _reported(result: AuditResult, casebook: CaseBook, across: int) -> list[str]:
    lines = reported_text(result.outcomes, casebook)
    return [*lines[:1], *(part for line in lines[1:] for part in paragraph(line, across))]


def _quality(result: AuditResult, across: int) -> list[str]:
    found = [finding for finding in result.data_quality if finding.severity is not Severity.PASS]
    if not found:
        return []
    lines = [f"Data quality: {count(len(found), 'finding')}"]
    for finding in found[:HOW_MANY]:
        lines += paragraph(f"{finding.code} {finding.rule}: {finding.message}", across)
    if len(found) > HOW_MANY:
        lines.append(f"  and {len(found) - HOW_MANY:,} more; --format json has them all.")
    return lines


def _next(result: AuditResult, across: int) -> list[str]:
    """What would settle most of what cannot be told, and how to look at one case or at all of it."""
    lines = ["What to do next"]
    missing = result.measures["missing"]
    empty = [row for row in missing if row["state"] == "blank"]
    absent = [row for row in missing if row["state"] == "no-column"]
    for row in empty[:3]:
        hang = "hangs on an empty cell" if row["outcomes"] == 1 else "hang on empty cells"
        lines += paragraph(
            f"{count(row['outcomes'], 'outcome')} {hang} for {noun(row['fact'])}. If an empty cell means "
            f"that it was not done, say so in the mapping (“{row['fact']}: {{…, empty: not-done}}”).",
            across,
        )
    if absent:
        # Before anybody says that what has no column was not done: it may stand on a sheet that was not read.
        for left in result.data_quality:
            if left.rule == "other-sheets-not-read" and left.help:
                lines += paragraph(left.help, across)
    for row in absent[:3]:
        event = facts()[row["fact"]].kind == "event"
        advice = f"If none recorded means none, add --not-done {row['fact']}." if event else "Record it from now on."
        lines += paragraph(
            f"{count(row['outcomes'], 'outcome')} cannot be told because the log has no column for "
            f"{noun(row['fact'])}. {advice}",
            across,
        )
    lines += paragraph(
        "--format csv --out FILE writes every outcome with its reason, for Excel; --only breached leaves the rest out.",
        across,
    )
    return lines
