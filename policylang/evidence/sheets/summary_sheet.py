"""The Summary sheet: what was judged, the answers, the three worst things, and the control totals duty by duty."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from policylang.checker.verdict import Judgement
from policylang.evidence.comply import Answer
from policylang.evidence.join import CODE, DutyPractice, ProvisionEvidence
from policylang.evidence.narrative import JUDGEMENT_WORDS, log_words
from policylang.evidence.run import AssessInput
from policylang.evidence.sheets import cases_sheet, findings_sheet, looks, months_part, quality_sheet, style
from policylang.evidence.tally import Tally
from policylang.evidence.totals import ControlTotals
from policylang.evidence.words import RESULT_WORDS, count, listed
from policylang.evidence.worst import Worst
from policylang.model.days import say_date

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

HEADINGS = (
    "Duty", "Under", "Provision or clauses", "Cases judged", "Met", "Breached", "Cannot tell", "Not yet due",
    "Did not arise", "Share met", "Lowest", "Highest",
)  # fmt: skip

PRINTING = (
    f"For the screen, and printed in part: Findings (the first {findings_sheet.PRINTED} breaches), Cases (the first "
    f"{cases_sheet.PRINTED} rows, without the duties), Data quality (the first {quality_sheet.PRINTED} rows), "
    "Provisions (without what a person is asked). To print all of one: Page Layout, Print Area, Clear."
)

AIM_HEADINGS = (
    "Aim or recommendation", "Under", "Provision or clauses", "Cases judged", "Kept", "Missed", "Cannot tell",
    "Not yet due", "Did not arise",
)  # fmt: skip


def write(
    sheet: Worksheet, run: AssessInput, rows: Sequence[ProvisionEvidence], totals: ControlTotals, worst: Sequence[Worst]
) -> None:
    """Fill the sheet."""
    style.put(sheet, 1, 1, "Summary", looks.TITLE)
    row = 3
    told = (*_facts(run, totals), *_answers(rows), *_worst(worst), *_totals(totals), ("Printing", PRINTING))
    for label, value in told:
        style.put(sheet, row, 1, label, looks.LABEL)
        style.put(sheet, row, 2, value, looks.COUNT if isinstance(value, int) else looks.TEXT)
        row += 1
    row += 1
    style.put(sheet, row, 1, "Every duty over all cases", looks.SECTION)
    breaks = [row]
    header = row + 1
    style.header_row(sheet, header, HEADINGS)
    row = header
    for duty in totals.duties:
        row += 1
        _duty(sheet, row, duty, run)
    if not totals.duties:
        row += 1
        style.put(sheet, row, 1, "No complaints log was given." if run.casebook is None else "No case was judged.")
    style.as_table(sheet, "Duties", header, row, HEADINGS)
    if totals.aims:
        row = _aims(sheet, row + 2, run, totals)
    last = months_part.write(sheet, row + 2, run)
    if last > row + 2:
        breaks.append(row + 2)
    style.widths(sheet, 36, 62, 18, 9, 9, 9, 9, 9, 9, 9, 9, 9)
    style.fit_heights(sheet, 3, max(row, last))
    style.for_print(sheet, None, f"{run.policy.organisation or run.policy.title}: summary", breaks=breaks)
    sheet.freeze_panes = "B3"


def _aims(sheet: Worksheet, row: int, run: AssessInput, totals: ControlTotals) -> int:
    """The aims and recommendations, apart, as they are neither met nor breached; gives the last row."""
    style.put(sheet, row, 1, "Aims and recommendations", looks.SECTION)
    header = row + 1
    style.header_row(sheet, header, AIM_HEADINGS)
    row = header
    for aim in totals.aims:
        row += 1
        under, where = duty_source(aim, run)
        tally = aim.tally
        for n, text in enumerate((aim.duty, under, where), start=1):
            style.put(sheet, row, n, text)
        figures = (tally.population, tally.met, tally.breached, tally.cannot_tell, tally.pending, tally.not_applicable)
        for n, figure in enumerate(figures, start=4):
            style.put(sheet, row, n, figure, looks.FIGURE)
    style.as_table(sheet, "Aims", header, row, AIM_HEADINGS)
    return row


def _facts(run: AssessInput, totals: ControlTotals) -> Iterator[tuple[str, str | int]]:
    if run.policy.organisation:
        yield "Organisation", run.policy.organisation
    yield "Policy", run.policy.named
    yield "Code", f"{run.code.title}, {run.code.edition} edition" if run.code.edition else run.code.title
    yield "As at", say_date(run.as_at)
    if run.casebook is None:
        yield "Complaints log", "None was given: practice is not judged."
    else:
        yield "Complaints log", f"{listed(run.casebook.files) or 'one file'}: {log_words(run, totals)}"


def _answers(rows: Sequence[ProvisionEvidence]) -> Iterator[tuple[str, str | int]]:
    answers = Counter(row.comply.answer for row in rows)
    for answer in Answer:
        yield f"Comply: {answer.value}", answers[answer]
    verdicts = Counter(row.verdict.judgement if row.verdict else None for row in rows)
    for judgement in Judgement:
        yield f"Policy: {JUDGEMENT_WORDS[judgement]}", verdicts[judgement]
    yield "Unverified provisions", sum(not row.verified for row in rows)


def _worst(worst: Sequence[Worst]) -> Iterator[tuple[str, str | int]]:
    names = ("Worst", "Second worst", "Third worst")
    for n, thing in enumerate(worst):
        yield names[n] if n < len(names) else f"Number {n + 1}", thing.sentence
    if not worst:
        yield "Worst", "No breach was found and nothing was left that cannot be told."


def _totals(totals: ControlTotals) -> Iterator[tuple[str, str | int]]:
    yield "Rows read", totals.rows_read
    yield "Cases judged", totals.judged
    if totals.not_governed:
        yield "   received under no edition given", totals.not_governed
    yield "Rows set aside", totals.set_aside
    for why, number in totals.set_aside_why:
        yield f"   set aside: {why}", number
    if totals.reconciles is not None:
        agrees = "Yes: rows read are the cases judged and the rows set aside."
        differs = "NO: rows read differ from the cases judged and the rows set aside. Do not rely on these figures."
        yield "Rows reconcile", agrees if totals.reconciles else differs
    yield "Hidden rows (included)", totals.hidden_rows
    yield "Outcomes", totals.outcome_count
    for result, words in RESULT_WORDS.items():
        yield f"   {words}", totals.outcomes.number(result)
    if totals.received_unknown:
        yield "Date of receipt not known", count(totals.received_unknown, "case")


def _duty(sheet: Worksheet, row: int, duty: DutyPractice, run: AssessInput) -> None:
    under, where = duty_source(duty, run)
    style.put(sheet, row, 1, duty.duty)
    style.put(sheet, row, 2, under)
    style.put(sheet, row, 3, where)
    for n, value in enumerate(tally_figures(duty.tally)):
        style.put(sheet, row, 4 + n, value, looks.FIGURE if n < 6 else looks.SHARE)


def duty_source(duty: DutyPractice, run: AssessInput) -> tuple[str, str]:
    """The document a duty comes from, and the provision or the clauses."""
    if duty.source == CODE:
        provision = duty.outcomes[0].provision or ""
        if duty.document == run.code.id:
            return f"{run.code.title}, {run.code.edition} edition", run.code.cite(provision)
        other = next((code for code in run.other_codes if code.id == duty.document), None)
        return (
            (f"{other.title}, {other.edition} edition", other.cite(provision)) if other else (duty.document, provision)
        )
    return "The policy's own aim" if duty.aim else "The policy's own promise", ", ".join(duty.clauses)


def tally_figures(tally: Tally) -> tuple[style.Value, ...]:
    """Population, the five results, the share met and its range."""
    low, high = tally.share_range or (None, None)
    return (
        tally.population,
        tally.met,
        tally.breached,
        tally.cannot_tell,
        tally.pending,
        tally.not_applicable,
        tally.share_met,
        low,
        high,
    )
