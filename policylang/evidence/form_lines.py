"""The rows of the form as they are printed: most forms have one a provision, some one answer for a whole section.

Where one answer stands for several provisions it is drawn from theirs by a rule that is printed with it, and each
provision that it rests on is named, with its own answer.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from policylang.evidence import narrative
from policylang.evidence.comply import Answer
from policylang.evidence.form import FormSection, FormTable
from policylang.evidence.join import ProvisionEvidence
from policylang.evidence.run import AssessInput
from policylang.evidence.totals import ControlTotals
from policylang.evidence.words import clauses, count, listed, sentence, shortened

RULE = (
    "Each row of this form is one answer for several provisions, which are named with it. No: where the answer to any "
    "of them is No, to a recommendation too. Yes: where the answer to every one of them is Yes. To be completed: "
    "everywhere else. A provision that only gives leave demands nothing and does not hold an answer up, unless a "
    "person answered it."
)
NO_DEMAND = frozenset({"may", "context"})
_EACH = 240  # characters on one provision; a cell of a workbook shows some 27 lines


@dataclass(frozen=True, slots=True)
class FormLine:
    """One printed row. ``texts`` are its cells by the key of the column; ``asked``: a person still has to say
    something; ``shown``: there is something to show as evidence. ``rests_on`` are the provisions that its answer is
    drawn from."""

    section: FormSection
    table: FormTable
    answer: Answer
    texts: Mapping[str, str]
    asked: bool
    verified: bool
    shown: bool
    rests_on: tuple[ProvisionEvidence, ...]


def form_lines(run: AssessInput, rows: Sequence[ProvisionEvidence], totals: ControlTotals) -> tuple[FormLine, ...]:
    """The rows of the form in their order."""
    if run.form.one_answer == "provision":
        return tuple(_of_provision(item, run, totals) for item in rows)
    tables = dict.fromkeys((item.section, item.table) for item in rows)
    return tuple(
        _of_table(section, table, tuple(i for i in rows if i.section is section and i.table is table))
        for section, table in tables
    )


def one_answer(items: Sequence[ProvisionEvidence]) -> Answer:
    """The answer for several provisions together (see :data:`RULE`)."""
    counted = [item for item in items if demands(item)]
    answers = {item.comply.answer for item in counted}
    if Answer.NO in answers:
        return Answer.NO
    return Answer.YES if answers == {Answer.YES} else Answer.BLANK


def demands(item: ProvisionEvidence) -> bool:
    """Whether a provision has a say in the answer of its row: one that only gives leave has none of its own."""
    return item.comply.answer is not Answer.BLANK or item.verdict is None or item.verdict.force not in NO_DEMAND


def _of_provision(item: ProvisionEvidence, run: AssessInput, totals: ControlTotals) -> FormLine:
    texts = narrative.form_texts(item, run, totals)
    shown = not texts["evidence"].startswith(narrative.TO_COMPLETE)
    return FormLine(
        item.section, item.table, item.comply.answer, texts, bool(item.comply.questions), item.verified, shown, (item,)
    )


def _of_table(section: FormSection, table: FormTable, items: tuple[ProvisionEvidence, ...]) -> FormLine:
    answer = one_answer(items)
    told = [_drawn(answer, items), *(_in_short(item) for item in items)]
    texts = {
        "provision": table.row or str(section.n),
        "question": "",
        "requirement": f"{section.title}. {sentence(table.title or section.title)}",
        "comply": answer.value,
        "evidence": "\n".join(told),
        "commentary": "\n".join(told),
        "evidence-commentary": "\n".join(told),
    }
    unsure = [item.provision for item in items if not item.verified]
    if unsure:
        texts["requirement"] += (
            f"\nOur paraphrase of {listed(unsure)} is unverified. Compare it with the official Code."
        )
    asked = any(item.comply.questions for item in items)
    return FormLine(section, table, answer, texts, asked, not unsure, True, items)


def _drawn(answer: Answer, items: Sequence[ProvisionEvidence]) -> str:
    """How the answer was drawn, with the provisions it rests on."""
    by_answer = {
        one: [item.provision for item in items if item.comply.answer is one and demands(item)] for one in Answer
    }
    parts = [f"{one.value}: {listed(p)}." for one, p in by_answer.items() if p]
    leave = [item.provision for item in items if not demands(item)]
    parts += [f"Only gives leave: {listed(leave)}."] if leave else []
    return " ".join((f"Rests on {count(len(items), 'provision')}.", *parts))


def _in_short(item: ProvisionEvidence) -> str:
    """One provision in a line or two: its answer, where the policy has it, why, or what a person is asked."""
    where = clauses(item.verdict.clauses) if item.verdict else ""
    force = " (recommended)" if item.verdict is not None and item.verdict.recommended else ""
    because = sentence(item.comply.because)
    # Each case once, whatever the number of recommendations here; the Provisions sheet has them one by one.
    judged = item.advice is not None and item.advice.arose
    figures = f"Of the cases in the log: {narrative.kept_words(item.advice)}." if item.advice and judged else ""
    if not demands(item):
        return f"{item.provision}, only gives leave, and demands nothing."
    *others, last = item.comply.questions or ("",)
    asked = " ".join((last, *others)).strip()  # the form's own question first, in case the rest is cut
    said = item.person.evidence if item.person is not None and not item.person_stale else ""
    # The policy is named above the table; on each of sixty provisions its title would push out what is said of it.
    parts = [f"Policy, {where}." if where else "", because, figures, sentence(said) if said else ""]
    told = " ".join(part for part in parts if part)
    if asked:
        told = f"{told} {narrative.TO_COMPLETE} {asked}"
    return f"{item.provision}{force}, {item.comply.answer.value}: {shortened(told, _EACH, 'Provisions sheet')}"
