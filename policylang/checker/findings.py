"""Verdicts as findings, for the renderers that all commands share (SARIF, JUnit, GitHub, narrated …)."""

from __future__ import annotations

import re
from collections.abc import Iterable

from policylang.checker.stories import parse_story
from policylang.checker.verdict import Judgement, Verdict
from policylang.findings.finding import Finding, Severity
from policylang.model.document import Document

SEVERITIES = {
    Judgement.BREACHES: Severity.ERROR,
    Judgement.PARTLY: Severity.WARNING,
    Judgement.SILENT: Severity.NOTE,
    Judgement.NOT_JUDGED: Severity.NOTE,
    Judgement.COMPLIES: Severity.PASS,
}
SENTENCES = {
    Judgement.COMPLIES: "The policy complies with {0}",
    Judgement.PARTLY: "The policy meets {0} only partly",
    Judgement.BREACHES: "The policy breaches {0}",
    Judgement.SILENT: "The policy is silent on {0}",
    Judgement.NOT_JUDGED: "A policy text cannot show {0}",
}
UNVERIFIED = "The wording of this provision is unverified: it was not read in a published source."


def verdict_findings(verdicts: Iterable[Verdict], code: Document) -> list[Finding]:
    """One finding for each verdict, passes included: by the code of the provision (``HO24-6.3``) and its name.

    A breach that depends on how the text is read is a warning, not an error.
    """
    return [_finding(verdict, code) for verdict in verdicts]


def finding_code(code: Document, provision: str) -> str:
    """``HO24-6.3``: how a provision is cited everywhere."""
    return f"{code.cited_as or code.id}-{provision}"


def rule_name(verdict: Verdict) -> str:
    """The provision's title as a name: ``respond-at-stage-1``."""
    return re.sub(r"[^a-z0-9]+", "-", verdict.title.lower().replace("’", "").replace("'", "")).strip("-")


def _finding(verdict: Verdict, code: Document) -> Finding:
    cited = finding_code(code, verdict.provision)
    severity = SEVERITIES[verdict.judgement]
    if verdict.arguable and severity is Severity.ERROR:
        severity = Severity.WARNING
    head = SENTENCES[verdict.judgement].format(f"{cited} “{verdict.title}”")
    arguable = ", on one reading" if verdict.arguable else ""
    marks = f" {UNVERIFIED}" if not verdict.verified else ""
    falls_short = verdict.judgement in (Judgement.BREACHES, Judgement.PARTLY)
    return Finding(
        rule=rule_name(verdict),
        code=cited,
        severity=severity,
        message=f"{head}{arguable}. {verdict.why}",
        place=verdict.place,
        rests_on=f"{code.title} {code.edition}, {verdict.provision}: {verdict.requirement}{marks}",
        expected="; ".join(limb.demand for limb in verdict.limbs) or None,
        found=f"{verdict.judgement.value} ({verdict.decided.value})",
        out_by=lateness_of(verdict) if falls_short else None,
        help=verdict.repair,
        page=cited,
        clauses=verdict.clauses,
    )


def lateness_of(verdict: Verdict) -> str | None:
    """How late the story's answer is, in the code's unit: ``5 working days``."""
    if verdict.story is None:
        return None
    expected = next((e for e in parse_story(verdict.story.text).expectations if e.late is not None), None)
    if expected is None or expected.late is None:
        return None
    by, unit = expected.late
    return f"{by} {unit.removesuffix('s') if by == 1 else unit}"
