"""The breaches, case by case, and what was wrong with the log."""

from __future__ import annotations

from collections import Counter

from policylang.auditor.outcome import Outcome, Result
from policylang.evidence.findings_order import findings_rows
from policylang.evidence.join import CODE
from policylang.evidence.page_parts.html import Inside, Markup, join, table, tag
from policylang.evidence.run import AssessInput
from policylang.evidence.totals import ControlTotals
from policylang.evidence.words import count, lateness
from policylang.findings.finding import Place
from policylang.model.days import say_date

SHOWN = 40  # the page is for reading; the workbook and outcomes.csv have every one


def breaches(run: AssessInput) -> Markup:
    """The first breaches in order of weight, and how many more there are."""
    if not run.outcomes:
        return tag("p", "No case was judged.")
    broken = [
        outcome
        for outcome, _, _ in run.once("findings", lambda: findings_rows(run.by_case))
        if outcome.result is Result.BREACHED
    ]
    unknown = [outcome.result for outcome in run.outcomes].count(Result.CANNOT_TELL)
    code = sum(outcome.source == CODE for outcome in broken)
    lead = tag(
        "p",
        f"{count(code, 'breach', 'breaches')} of the Code and {len(broken) - code:,} of the policy's own promises; "
        f"{count(unknown, 'outcome')} cannot be told. The Findings sheet of the workbook names the cells of each.",
    )
    if not broken:
        return lead
    kept = broken[:SHOWN]
    caption = f"The first {len(kept)} of {len(broken):,} breaches" if len(kept) < len(broken) else "Every breach"
    headings = ("Case", "Duty", "Rests on", "Due", "Done", "Late by")
    return join((lead, table(headings, (_row(outcome, run) for outcome in kept), caption)))


def _row(outcome: Outcome, run: AssessInput) -> tuple[Inside, ...]:
    if outcome.source == CODE:
        rests = (
            run.code.cite(outcome.provision or "")
            if outcome.document == run.code.id
            else f"{outcome.document} {outcome.provision or ''}"
        )
        rests += "" if outcome.verified else " (unverified)"
    else:
        rests = f"policy {', '.join(outcome.clauses)}".strip()
    done = say_date(outcome.actual) if outcome.actual else "not done" if outcome.due else "see the Findings sheet"
    late = lateness(outcome.late) if outcome.late else ""
    return (outcome.case, outcome.duty, rests, say_date(outcome.due) if outcome.due else "", done, late)


def quality(run: AssessInput, totals: ControlTotals) -> Markup:
    """The reconciliation of rows, the findings on the log by kind, and those on the policy."""
    return join((_of_log(run, totals), _of_policy(run)))


def _of_policy(run: AssessInput) -> Markup | None:
    """What to know of the policy, its accepted deviations and its own document; nothing where there is nothing."""
    if not run.policy_findings:
        return None
    rows = [(f.severity.value, f.message, f.help or "") for f in run.policy_findings]
    caption = "On the policy, its accepted deviations and its own document"
    return table(("Severity", "Finding", "What to do"), rows, caption)


def _of_log(run: AssessInput, totals: ControlTotals) -> Markup:
    if run.casebook is None:
        return tag("p", "No complaints log was given.")
    adds = f"{totals.rows_read:,} rows read = {totals.judged:,} judged + {totals.set_aside:,} set aside."
    if not totals.reconciles:
        adds = (
            f"The rows do not add up: {totals.rows_read:,} read, {totals.judged:,} judged, {totals.set_aside:,} aside."
        )
    parts: list[Inside] = [tag("p", adds, class_=None if totals.reconciles else "alarm")]
    if totals.set_aside_why:
        parts.append(
            table(
                ("Set aside because", "Rows"),
                ((w, f"{n:,}") for w, n in totals.set_aside_why),
                "Rows set aside",
                numbers=(1,),
            )
        )
    if run.data_quality:
        kinds = Counter((finding.rule, finding.severity.value) for finding in run.data_quality)
        first = {finding.rule: finding for finding in reversed(run.data_quality)}
        rows = [
            (rule, severity, f"{number:,}", first[rule].message, _where(first[rule].place))
            for (rule, severity), number in kinds.items()
        ]
        headings = ("Finding", "Severity", "How often", "For example", "Where")
        parts.append(table(headings, rows, "Findings on the complaints log", numbers=(2,)))
    else:
        parts.append(tag("p", "Nothing was found wrong with the log."))
    return join(parts)


def _where(place: Place | None) -> str:
    if place is None:
        return ""
    return " ".join(part for part in (place.sheet, place.cell or (f"row {place.row}" if place.row else "")) if part)
