"""Verdicts as findings, for the renderers that all commands share (SARIF, JUnit, GitHub, narrated …)."""

from __future__ import annotations

import re
from collections.abc import Iterable

from policylang.checker.plain import deviation_words
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
"""How serious falling short of an obligation is. A recommendation is never more than a note."""
SENTENCES = {
    Judgement.COMPLIES: "The policy complies with {0}",
    Judgement.PARTLY: "The policy meets {0} only partly",
    Judgement.BREACHES: "The policy breaches {0}",
    Judgement.SILENT: "The policy is silent on {0}",
    Judgement.NOT_JUDGED: "A policy text cannot show {0}",
}
RECOMMENDED = {
    Judgement.COMPLIES: "The policy follows the recommendation {0}",
    Judgement.PARTLY: "The policy follows the recommendation {0} only in part",
    Judgement.BREACHES: "The policy departs from the recommendation {0}",
    Judgement.SILENT: "The policy is silent on the recommendation {0}",
    Judgement.NOT_JUDGED: "A policy text cannot show {0}",
}
UNVERIFIED = "The wording of this provision is unverified: it was not read in a published source."


def verdict_findings(verdicts: Iterable[Verdict], code: Document, *, strict: bool = False) -> list[Finding]:
    """One finding for each verdict, passes included: by the code of the provision (``HO24-6.3``) and its name.

    A breach that depends on how the text is read is a warning, not an error. What departs from a recommendation, and
    what an accepted deviation covers, is a note; with ``strict`` it is as serious as if it were not.
    """
    return [_finding(verdict, code, strict) for verdict in verdicts]


def severity_of(verdict: Verdict, *, strict: bool = False) -> Severity:
    """How serious a verdict is; ``strict`` as in :func:`verdict_findings`."""
    severity = SEVERITIES[verdict.judgement]
    if verdict.arguable and severity is Severity.ERROR:
        severity = Severity.WARNING
    if not verdict.falls_short:
        return severity
    if verdict.recommended:
        return Severity.WARNING if strict else Severity.NOTE
    return Severity.NOTE if verdict.deviation is not None and not strict else severity


def finding_code(code: Document, provision: str) -> str:
    """``HO24-6.3``: how a provision is cited everywhere."""
    return f"{code.cited_as or code.id}-{provision}"


def rule_name(verdict: Verdict) -> str:
    """The provision's title as a name: ``respond-at-stage-1``."""
    return re.sub(r"[^a-z0-9]+", "-", verdict.title.lower().replace("’", "").replace("'", "")).strip("-")


def _finding(verdict: Verdict, code: Document, strict: bool) -> Finding:
    cited = finding_code(code, verdict.provision)
    head = (RECOMMENDED if verdict.recommended else SENTENCES)[verdict.judgement].format(f"{cited} “{verdict.title}”")
    accepted = f" Accepted {deviation_words(verdict.deviation)}" if verdict.deviation is not None else ""
    departs = verdict.recommended and verdict.judgement is Judgement.BREACHES
    found = "departs" if departs else verdict.judgement.value
    words = list(dict.fromkeys(place for limb in verdict.limbs for place in limb.words))
    arguable = ", on one reading" if verdict.arguable else ""
    marks = f" {UNVERIFIED}" if not verdict.verified else ""
    return Finding(
        rule=rule_name(verdict),
        code=cited,
        severity=severity_of(verdict, strict=strict),
        message=f"{head}{arguable}. {verdict.why}{accepted}",
        place=words[0] if words else verdict.place,
        rests_on=f"{code.title} {code.edition}, {verdict.provision}: {verdict.requirement}{marks}",
        expected=" ".join(limb.demand for limb in verdict.limbs) or None,
        found=f"{found} ({verdict.decided.value})",
        out_by=lateness_of(verdict) if verdict.falls_short else None,
        help=verdict.repair,
        page=cited,
        clauses=verdict.clauses,
        related=tuple(words[1:]),
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
