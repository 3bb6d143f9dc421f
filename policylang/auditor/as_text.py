"""An audit to read: control totals first, then every duty's figures, the worst breaches and why, what next."""

from __future__ import annotations

import re
import textwrap
from collections import Counter
from collections.abc import Sequence
from typing import Any

from policylang.auditor.audit import AuditResult
from policylang.auditor.by_column import Division
from policylang.auditor.cited import briefly, cited
from policylang.auditor.counted_words import listed
from policylang.auditor.dates_as_text import BRIEFLY, dates_text, flagged_text
from policylang.auditor.event_words import noun_at_stage
from policylang.auditor.on_the_dates import on_the_dates
from policylang.auditor.open_cases import OpenCases
from policylang.auditor.outcome import Outcome, Result
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
_STATED = re.compile(r"(.*\bstate )(.+)( in the .+)")
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
    steps = on_the_dates(result)
    parts = [
        _head(result, casebook, across),
        [*_totals(result, across), *flagged_text(result, steps, across)],
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
        _next(result, across, diary=bool(casebook.cases) and all(case.diary for case in casebook.cases)),
    ]
    return "\n\n".join("\n".join(part) for part in parts if part)


def _head(result: AuditResult, casebook: CaseBook, across: int) -> list[str]:
    from pathlib import PurePath

    files = ", ".join(PurePath(name).name for name in casebook.files) or "the case book"
    lines = [f"Audit of {files} as at {say_date(result.as_at)}"]
    for document in _used(result):
        lines += paragraph(_title(document), across)
    settings = result.settings
    said = []
    if settings.day_one:
        said.append("the day of the starting event counts as day 1")
    if settings.not_done:
        said.append(f"nothing recorded was said to mean not done for: {', '.join(sorted(settings.not_done))}")
    if settings.any_date:
        said.append("the policy judges every case, whether or not it was in force")
    return lines + [line for text in said for line in paragraph(f"Convention: {text}.", across)]


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


def _totals(result: AuditResult, across: int) -> list[str]:
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
    return [*lines, *paragraph(f"{sum(outcomes.values()):,} outcomes: {figures}", across)]


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
    title = textwrap.wrap(_title(document), across, subsequent_indent="  ", break_on_hyphens=False)
    if not arose:
        return [*title, "  No duty of it arose on any case."] if rows else []
    names = [_label(row) for row in shown]
    wide = min(max(map(len, names), default=24), max(across - 64, 16))
    lines = [*title, f"  {'duty':{wide}}     met  breached  pending  cannot  share met (range)"]
    for name, row in zip(names, shown, strict=True):
        first, *more = textwrap.wrap(name, wide, subsequent_indent="  ") or [""]
        figures = f"{row['met']:7,} {row['breached']:9,} {row['pending']:8,} {row['cannot-tell']:7,}"
        lines.append(f"  {first:{wide}} {figures}  {share(row)}")
        lines += [f"  {line}" for line in more]
    lines += _blind([row for row in arose if row not in shown], across)
    idle = len(rows) - len(arose)
    if idle:
        lines.append(f"  {count(idle, 'more duty', 'more duties')} arose on no case.")
    return lines


def _blind(rows: Sequence[dict[str, Any]], across: int) -> list[str]:
    """The duties of which the log shows nothing on any case, those on equally many cases together, and what one letter
    must state said once."""
    lines: list[str] = []
    for number in sorted({row["cannot-tell"] for row in rows}, reverse=True):
        told: dict[tuple[str, str], list[str]] = {}
        for row in rows:
            if row["cannot-tell"] == number:
                stated = _STATED.fullmatch(label := _label(row))
                lead, item, rest = stated.groups() if stated else (label, "", "")
                told.setdefault((lead, rest), []).append(item)
        said = "; ".join(f"{lead}{listed(items)}{rest}" for (lead, rest), items in told.items())
        lines += paragraph(f"Nothing in the log shows, on {count(number, 'case')}: {said}.", across)
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
    worst = worst_first(result.as_at)
    broken = sorted(result.outcomes.decided(Result.BREACHED), key=lambda found: worst(found[1]))
    if not broken:
        return ["Breaches", "  None found."]
    cases = len({outcome.case for _, outcome in broken})
    head = f"Breaches: {count(len(broken), 'breach', 'breaches')} on {count(cases, 'case')}"
    if len(broken) > HOW_MANY:
        head += f"; the {HOW_MANY} worst, the Code's first"
    lines = [head]
    alike: dict[tuple[object, ...], list[tuple[Any, Outcome]]] = {}
    for key, outcome in broken:
        alike.setdefault(_told_by(outcome), []).append((key, outcome))
    told = list(alike.values())
    for several in told[:HOW_MANY]:
        outcome = result.outcomes.at(several[0][0])
        who = cited(result, *(each for _, each in several))
        lines += paragraph(f"{outcome.case}, {who}: {outcome.why}", across)
        if outcome.repair:
            lines += paragraph(f"→ {outcome.repair}", across, indent=6)
    for several in told[HOW_MANY : HOW_MANY + BRIEFLY]:
        outcome, who = result.outcomes.at(several[0][0]), cited(result, *(each for _, each in several))
        lines += paragraph(f"{outcome.case}, {who}: {briefly(outcome)}", across)
    left = sum(map(len, told[HOW_MANY + BRIEFLY :]))
    if left:
        lines.append(f"  and {left:,} more; --only breached --format csv has them all.")
    return lines


def _told_by(outcome: Outcome) -> tuple[object, ...]:
    """What breaches of the same case have in common that are told together: the deed, the days and how late."""
    late = (outcome.late.by, outcome.late.unit) if outcome.late else None
    what = (outcome.action, outcome.stage) if outcome.due is not None else outcome.duty
    return outcome.case, what, outcome.reason, outcome.due, outcome.actual, late


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
    lines = reported_text(result.reported, casebook)
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


def _next(result: AuditResult, across: int, *, diary: bool) -> list[str]:
    """What would settle most of what cannot be told, and how to look at one case or at all of it.

    In a ``diary`` events have entries and no cells or columns of their own.
    """
    lines = ["What to do next"]
    missing = result.measures["missing"]
    empty = [row for row in missing if row["state"] == "blank"]
    absent = [row for row in missing if row["state"] == "no-column"]
    for row in empty[:3]:
        hang = "hangs on an empty cell" if row["outcomes"] == 1 else "hang on empty cells"
        means = "an empty cell means"
        if diary and facts()[row["fact"]].kind == "event":
            hang = f"{'hangs' if row['outcomes'] == 1 else 'hang'} on an entry that is not there,"
            means = "a case without one means"
        lines += paragraph(
            f"{count(row['outcomes'], 'outcome')} {hang} for {noun_at_stage(row['fact'])}. If {means} "
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
            f"{count(row['outcomes'], 'outcome')} cannot be told because the log has no "
            f"{'kind of entry' if diary and event else 'column'} for {noun_at_stage(row['fact'])}. {advice}",
            across,
        )
    lines += paragraph(
        "--format csv --out FILE writes every outcome with its reason, for Excel; --only breached leaves the rest out.",
        across,
    )
    return lines
