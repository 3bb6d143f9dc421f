"""Breaches as findings in eight parts, for whoever renders findings: narrated, SARIF, GitHub, JUnit, Markdown."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from policylang.auditor.audit import AuditResult
from policylang.auditor.cited import how_late
from policylang.auditor.on_the_dates import flagged_outcomes
from policylang.auditor.outcome import Outcome, Result
from policylang.casebook.cases import Case, CaseBook
from policylang.findings.finding import Finding, Place, Severity
from policylang.model.days import say_day

_SEVERITY = {
    Result.BREACHED: Severity.ERROR,
    Result.CANNOT_TELL: Severity.NOTE,
    Result.PENDING: Severity.NOTE,
    Result.NOT_APPLICABLE: Severity.NOTE,
    Result.MET: Severity.PASS,
}


def outcome_findings(result: AuditResult, casebook: CaseBook, outcomes: Iterable[Outcome]) -> Iterator[Finding]:
    """One finding for each outcome, a pass for what was met, a warning for what the dates show late or missing although
    it is no breach; then those on the data."""
    rows = {case.reference: case for case in casebook.cases}
    file = casebook.files[0] if casebook.files else ""
    flagged = {_key(outcome) for outcome in flagged_outcomes(result)}
    for outcome in outcomes:
        finding = _finding(result, outcome, rows.get(outcome.case), file)
        yield replace(finding, severity=Severity.WARNING) if _key(outcome) in flagged else finding
    yield from result.data_quality


def _key(outcome: Outcome) -> tuple[str, str, str | None, str]:
    return outcome.case, outcome.document, outcome.provision, outcome.duty


def _finding(result: AuditResult, outcome: Outcome, case: Case | None, file: str) -> Finding:
    document = result.documents[outcome.document]
    duty = result.duties.get((outcome.document, outcome.provision, outcome.duty))
    cited = f"{document.cited_as or document.id}-{outcome.provision}" if outcome.provision else document.id
    return Finding(
        rule=re.sub(r"[^a-z0-9]+", "-", outcome.duty.casefold()).strip("-"),
        code=cited,
        severity=_SEVERITY[outcome.result],
        message=f"Case {outcome.case}, {outcome.duty}: {outcome.result.value.replace('-', ' ')}. {outcome.why}",
        place=_place(outcome, case, file),
        rests_on=duty.text if duty else None,
        expected=f"by {say_day(outcome.due)}" if outcome.due else None,
        found=say_day(outcome.actual) if outcome.actual else None,
        out_by=how_late(outcome.late) if outcome.late else None,
        help=outcome.repair,
        page=cited if outcome.provision else outcome.action,
        clauses=outcome.clauses,
    )


def _place(outcome: Outcome, case: Case | None, file: str) -> Place:
    """The cell of the deed where one is known, else the row."""
    addresses = [entry.cell for entry in case.entries.values() if entry.cell] if case else []
    named = [address for address in addresses if str(address) in outcome.cells]
    if named:
        last = next(a for text in reversed(outcome.cells) for a in named if str(a) == text)
        return Place(file, heading=last.heading, sheet=last.sheet, row=last.row, cell=f"{last.column}{last.row}")
    return Place(file, sheet=case.sheet or None, row=case.row) if case else Place(file)
