"""How the figures came about, in paragraphs that a second auditor can follow: for the workbook and the page."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from policylang import __version__
from policylang.evidence.form_lines import RULE
from policylang.evidence.join import ProvisionEvidence
from policylang.evidence.run import AssessInput, DocumentFacts
from policylang.evidence.words import count, listed
from policylang.model.days import say_date

PARAPHRASE = "The requirements are paraphrased in our own words. The official form preprints the Code's text: compare."


def method(run: AssessInput, rows: Sequence[ProvisionEvidence]) -> tuple[tuple[str, str], ...]:
    """Headings and paragraphs, in the order in which they are printed."""
    return tuple(
        (heading, text)
        for heading, text in (
            *_documents(run),
            *_judging(run),
            *run.conventions,
            *_reading(run),
            *_sample(run),
            ("How Comply is answered", "\n".join(run.comply_rule.statements())),
            *_form(run, rows),
            ("Tool", f"policylang {__version__}. The versions and SHA-256 of everything used are in manifest.json."),
        )
        if text
    )


def _documents(run: AssessInput) -> Iterator[tuple[str, str]]:
    yield "Policy", _named(run.policy)
    if run.source is not None:
        own = run.source
        yield (
            "The policy's own document",
            f"{own.file} (SHA-256 {own.digest[:16]}…), given to quote from. Of {count(own.looked_up, 'clause')} that "
            f"the policy file cites by number {own.printed:,} are printed in it. Each quotation is what stands under "
            "the number, cut after some words; the verdicts rest on the policy file.",
        )
    yield "Code", _named(run.code)
    if run.other_codes:
        others = listed(_named(code) for code in run.other_codes)
        yield "Other editions", f"{others}. Each case is judged under the edition in force on the day it was received."
    yield "As at", f"Everything is judged as it stood on {say_date(run.as_at)}."


def _named(facts: DocumentFacts) -> str:
    owner = f"{facts.organisation}: " if facts.organisation else ""
    word = "version" if facts.id != "" and not facts.cited_as else "edition"
    edition = f", {word} {facts.edition}" if facts.edition else ""
    digest = f" (SHA-256 {facts.digest[:16]}…)" if facts.digest else ""
    return f"{owner}{facts.title}{edition}{digest}"


def _judging(run: AssessInput) -> Iterator[tuple[str, str]]:
    calendar = run.calendar
    if calendar.id:
        span = (
            f" from {say_date(calendar.first)} to {say_date(calendar.last)}" if calendar.first and calendar.last else ""
        )
        yield (
            "Working days",
            f"Monday to Friday less the bank holidays of the calendar {calendar.id}{span}. A date outside it cannot be "
            "told. The day of an event is day 0: within 5 working days ends with the fifth working day after it.",
        )
    yield (
        "Policy verdicts",
        "Deadlines are proved or refuted over every date of the calendar; a refutation comes with a dated story. Other "
        "sentences are matched by what they say. Complies by silence: the policy does not do what is ruled out.",
    )
    if run.casebook is not None or run.outcomes:
        yield (
            "Outcomes",
            "Each duty on each case is met, breached, not yet due, cannot tell, or not applicable. What is not "
            "recorded is never a pass: it is cannot tell, and the missing cells are named.",
        )
        yield (
            "Shares",
            "Share met: met among those met or breached. The range counts every cannot tell as a breach for the lowest "
            "figure and as met for the highest. On a row of the form each case counts once, by its worst duty there.",
        )


def _reading(run: AssessInput) -> Iterator[tuple[str, str]]:
    book = run.casebook
    if book is None:
        yield "Complaints log", "None was given, so practice is not judged."
        return
    files = listed(f"{name} (SHA-256 {digest[:16]}…)" for name, digest in sorted(book.digests.items()))
    mapping = f" Columns as the mapping {run.mapping[0]} says." if run.mapping[0] else ""
    yield "Complaints log", f"{files or listed(book.files)}.{mapping} Only mapped columns are read; free text is not."


def _sample(run: AssessInput) -> Iterator[tuple[str, str]]:
    if run.answers[0]:
        yield (
            "Answers of a reader",
            f"{run.answers[0]} (SHA-256 {run.answers[1][:16]}…): a sample that somebody read and filled in. An answer "
            "fills in what the log leaves open, and never changes what the log says.",
        )
    if run.sample is not None:
        from policylang.evidence.sheets.sample_book import ALLOCATION, DRAW, READ_BACK

        drawn = run.sample
        strata = "; ".join(f"{s.name}: {s.drawn:,} of {s.population:,}" for s in drawn.strata)
        yield (
            "Sample for a reader",
            f"{count(len(drawn.cases), 'case')} of {drawn.population:,} drawn with seed {drawn.seed} "
            f"({drawn.asked_for:,} asked for), on the sheet Sample. Strata by the last stage reached and by what the "
            f"audit found: {strata}. "
            f"{ALLOCATION} {DRAW} {READ_BACK}",
        )


def _form(run: AssessInput, rows: Sequence[ProvisionEvidence]) -> Iterator[tuple[str, str]]:
    form = run.form
    yield (
        "The form",
        f"{form.title}, {form.edition} edition ({form.where}): {count(len(form.rows), 'row')}. To be completed by "
        f"{form.completed_by}, reviewed and approved by {form.approved_by}, {form.how_often}. "
        f"Then: {listed(form.then)}. {PARAPHRASE}",
    )
    if form.one_answer == "table":
        yield "One answer a section", RULE
    unsure = [row.provision for row in rows if not row.verified]
    if unsure:
        yield (
            "Unverified provisions",
            f"Our paraphrase of {listed(unsure)} was not checked against a published source. Compare these rows with "
            "the official Code before relying on them.",
        )
    yield (
        "The worst things",
        "Ranked: breaches of the Code in practice (most cases, then the latest), the policy's own breaches of the Code "
        "(always at least one of the three, where there is one), the policy's own promises that were not kept, what is "
        "late unless an extension held, recommendations that cases or the policy depart from (first of all where the "
        "Code makes no duty), what is met only partly, and what cannot be told.",
    )
