"""The Provisions sheet: policy and practice side by side, in full, one row a provision."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from policylang.evidence import narrative
from policylang.evidence.comply import KIND_WORDS, Answer, Kind
from policylang.evidence.join import DutyPractice, ProvisionEvidence
from policylang.evidence.run import AssessInput
from policylang.evidence.sheets import looks, style
from policylang.evidence.sheets.summary_sheet import tally_figures
from policylang.evidence.words import capital, listed, sentence
from policylang.model.days import say_date

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

HEADINGS = (
    "Provision", "Section", "Title", "Policy", "Decided", "Clauses", "Cases judged", "Met", "Breached", "Cannot tell",
    "Not yet due", "Did not arise", "Share met", "Lowest", "Highest", "Recommendations", "Comply", "Why",
    "Demand by demand", "Smallest change that would comply", "A case that keeps the policy and not the Code",
    "For a person", "What can show it", "Verified",
)  # fmt: skip
PRINTED = HEADINGS.index("For a person")  # columns: the form asks the questions, and they are on the screen here
_ANSWER_STYLE = {Answer.YES: looks.YES, Answer.NO: looks.NO, Answer.BLANK: looks.OPEN}


def write(sheet: Worksheet, run: AssessInput, rows: Sequence[ProvisionEvidence]) -> None:
    """Fill the sheet."""
    style.header_row(sheet, 1, HEADINGS)
    for n, item in enumerate(rows, start=2):
        _row(sheet, n, item, run)
    style.as_table(sheet, "Provisions", 1, len(rows) + 1, HEADINGS)
    sheet.freeze_panes = "D2"
    style.widths(
        sheet, 10, 16, 22, 11, 13, 10, 8, 7, 9, 8, 8, 8, 8, 8, 8, 20, 13, 46, 46, 34, 30, 40, 18, 10
    )  # fmt: skip
    style.fit_heights(sheet, 1, len(rows) + 1)
    style.for_print(sheet, 1, f"{run.policy.organisation or run.policy.title}: provisions", repeat=3, columns=PRINTED)


def _row(sheet: Worksheet, row: int, item: ProvisionEvidence, run: AssessInput) -> None:
    verdict = item.verdict
    heading = f"{item.section.n} {item.section.title}" + (f", {item.table.title}" if item.table.title else "")
    style.put(sheet, row, 1, item.provision, looks.LABEL)
    texts = (
        heading,
        verdict.title if verdict else "",
        narrative.verdict_words(verdict),
        _decided(item),
        ", ".join(verdict.clauses) if verdict else "",
    )
    for n, text in enumerate(texts, start=2):
        style.put(sheet, row, n, text or None)
    figures = tally_figures(item.practice) if item.practice else (None,) * 9
    for n, value in enumerate(figures):
        style.put(sheet, row, 7 + n, value, looks.FIGURE if n < 6 else looks.SHARE)
    style.put(sheet, row, 16, "\n".join(map(_advised, item.followed)) or None)
    style.put(sheet, row, 17, item.comply.answer.value, _ANSWER_STYLE[item.comply.answer])
    style.put(sheet, row, 18, _why(item) or None)
    style.put(sheet, row, 19, _limbs(item) or None)
    style.put(sheet, row, 20, (verdict.repair if verdict else None) or None)
    style.put(sheet, row, 21, narrative.story_words(verdict.story) if verdict and verdict.story else None)
    asked = narrative.person(item)
    style.put(sheet, row, 22, asked or None, looks.ASK if asked else looks.TEXT)
    style.put(sheet, row, 23, listed(KIND_WORDS[kind] for kind in Kind if kind in item.shown_by))
    style.put(sheet, row, 24, "verified" if item.verified else "unverified", looks.TEXT if item.verified else looks.ASK)


def _advised(duty: DutyPractice) -> str:
    return f"{capital(duty.duty.removeprefix('recommended: '))}: {narrative.kept_words(duty.tally)}"


def _decided(item: ProvisionEvidence) -> str:
    verdict = item.verdict
    if verdict is None:
        return ""
    words = narrative.DECIDED_WORDS[verdict.decided]
    if verdict.proof_range:
        words += f", for {say_date(verdict.proof_range[0])} to {say_date(verdict.proof_range[1])}"
    return words


def _why(item: ProvisionEvidence) -> str:
    verdict = item.verdict
    if verdict is None:
        return item.comply.because
    parts = [item.comply.because, sentence(verdict.why)]
    if verdict.arguable:
        parts += [
            f"Read “{reading.name or 'one way'}”: {narrative.JUDGEMENT_WORDS[reading.judgement]}. "
            f"{sentence(reading.why)}"
            for reading in verdict.readings
        ]
    return "\n".join(parts)


def _limbs(item: ProvisionEvidence) -> str:
    if item.verdict is None:
        return ""
    return "\n".join(
        f"{narrative.JUDGEMENT_WORDS[limb.judgement]}: {limb.demand}"
        + (f" [{', '.join(limb.clauses)}]" if limb.clauses else "")
        + (f": {sentence(limb.why)}" if limb.why else "")
        for limb in item.verdict.limbs
    )
