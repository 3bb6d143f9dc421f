"""The official self-assessment form as a paper: its sections, rows and columns, filled as far as evidence goes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from policylang.evidence.comply import Answer
from policylang.evidence.form_lines import RULE, FormLine, form_lines
from policylang.evidence.join import ProvisionEvidence
from policylang.evidence.method import PARAPHRASE
from policylang.evidence.paper.blocks import Blank, Block, Cell, Heading, Paper, Para, Table, Tone
from policylang.evidence.run import AssessInput
from policylang.evidence.totals import ControlTotals
from policylang.model.days import say_date

_WIDTHS = {
    "provision": 9,
    "question": 26,
    "requirement": 26,
    "comply": 12,
    "evidence": 30,
    "commentary": 34,
    "evidence-commentary": 54,
}
_TONES = {Answer.YES: Tone.YES, Answer.NO: Tone.NO, Answer.BLANK: Tone.OPEN}


def form_paper(run: AssessInput, rows: Sequence[ProvisionEvidence], totals: ControlTotals) -> Paper:
    """The form; no case is named in it, so that it can be published."""
    owner = f"{run.policy.organisation}: " if run.policy.organisation else ""
    return Paper(
        f"{owner}self-assessment against the {run.code.title}, {run.code.edition} edition",
        f"Policy judged: {run.policy.named}. Position as at {say_date(run.as_at)}.",
        tuple(_blocks(run, rows, totals)),
        f"{run.policy.organisation or run.policy.title}: self-assessment as at {say_date(run.as_at)}.",
        wide=True,
    )


def _blocks(run: AssessInput, rows: Sequence[ProvisionEvidence], totals: ControlTotals) -> Iterator[Block]:
    yield Para(f"{PARAPHRASE} Provisions marked Unverified need that first of all.", quiet=True)
    yield Para(
        f"Comply answers policy and practice together. “{Answer.BLANK}” marks what neither the policy's text nor the "
        "complaints log can show; the question stands beside it.",
        quiet=True,
    )
    widths = tuple(_WIDTHS[key] for key in run.form.keys)
    lines = form_lines(run, rows, totals)
    if run.form.one_answer == "table":
        yield Para(RULE, quiet=True)
        yield Table(run.form.headings, tuple(_row(line, run) for line in lines), "The self-assessment", widths)
        lines = ()
    for section in dict.fromkeys(line.section for line in lines):
        yield Heading(f"{section.n} {section.title}")
        mine = [line for line in lines if line.section is section]
        for table in dict.fromkeys(line.table for line in mine):
            if table.title:
                yield Heading(table.title, 2)
            yield Table(
                run.form.headings,
                tuple(_row(line, run) for line in mine if line.table is table),
                f"Section {section.n}: {table.title or section.title}",
                widths,
            )
    if run.form.also_asks:
        yield Heading("The form also asks")
        for question in run.form.also_asks:
            yield Blank(question)


def _row(line: FormLine, run: AssessInput) -> tuple[Cell, ...]:
    tones = {"comply": _TONES[line.answer]}
    return tuple(Cell(line.texts[key], tones.get(key, Tone.PLAIN)) for key in run.form.keys)
