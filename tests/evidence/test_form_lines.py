"""A form with one answer a section: the answer is drawn from those to its provisions, and each of them is named."""

from __future__ import annotations

import io
from dataclasses import replace
from itertools import product

import pytest
from docx import Document
from openpyxl import load_workbook

from policylang.auditor.outcome import Outcome, Result
from policylang.checker.verdict import Judgement, Verdict
from policylang.evidence.assess import FORM, WORKBOOK, assess
from policylang.evidence.comply import Answer, Comply
from policylang.evidence.form import load_form
from policylang.evidence.form_lines import RULE, FormLine, form_lines, one_answer
from policylang.evidence.join import join
from policylang.evidence.run import AssessInput
from policylang.evidence.totals import control_totals
from tests.evidence import made_up
from tests.evidence.made_up import outcome, verdict

LGSCO = load_form("lgsco-2024")
ROWS = ["1", "2", "3", "4", "5", "6 stage 1", "6 stage 2", "7", "8", "9"]


def run(outcomes: tuple[Outcome, ...] = (), **changed: Verdict) -> AssessInput:
    """Every provision complies by its text alone and is recommended, but for the ones that are named."""
    kept = {
        row.provision: verdict(row.provision, shown_by=("policy",), force="should", clauses=("2.1",))
        for row in LGSCO.rows
    }
    kept.update({name.strip("p_").replace("_", "."): given for name, given in changed.items()})
    return replace(made_up.run(verdicts=tuple(kept.values()), outcomes=outcomes), form=LGSCO)


def lines(given: AssessInput) -> dict[str, FormLine]:
    rows = join(given.form, given.verdicts, given.outcomes, given.comply_rule)
    found = form_lines(given, rows, control_totals(given.casebook, given.outcomes))
    return {line.texts["provision"]: line for line in found}


def test_the_form_has_its_own_ten_rows_each_with_its_provisions() -> None:
    found = lines(run())
    assert list(found) == ROWS
    assert [p.provision for line in found.values() for p in line.rests_on] == [row.provision for row in LGSCO.rows]
    assert {line.answer for line in found.values()} == {Answer.YES}
    assert found["4"].texts["evidence-commentary"].startswith("Rests on 3 provisions. Yes: 4.1, 4.2 and 4.3.")


@pytest.mark.parametrize("answers", list(product(Answer, repeat=3)), ids=lambda a: "-".join(x.name for x in a))
def test_one_no_makes_it_no_and_only_yes_throughout_makes_it_yes(answers: tuple[Answer, ...]) -> None:
    rows = join(LGSCO, run().verdicts, (), LGSCO.comply_rule)[:3]
    items = [replace(row, comply=Comply(answer, "Made up.")) for row, answer in zip(rows, answers, strict=True)]
    expected = Answer.NO if Answer.NO in answers else Answer.YES if set(answers) == {Answer.YES} else Answer.BLANK
    assert one_answer(items) is expected


def test_a_policy_that_departs_from_one_recommendation_makes_the_section_no_and_says_which() -> None:
    found = lines(run(p_4_3=verdict("4.3", Judgement.BREACHES, force="should")))
    assert found["4"].answer is Answer.NO
    told = found["4"].texts["evidence-commentary"]
    assert told.startswith("Rests on 3 provisions. Yes: 4.1 and 4.2. No: 4.3.")
    assert "4.3 (recommended), No: Policy, clause 3.2. The policy departs from this recommendation." in told
    assert {key for key, line in found.items() if line.answer is not Answer.YES} == {"4"}


def test_what_only_gives_leave_neither_holds_an_answer_up_nor_makes_one() -> None:
    leave = verdict("1.2", Judgement.NOT_JUDGED, force="may")
    found = lines(run(p_1_2=leave))
    assert found["1"].answer is Answer.YES
    assert "Only gives leave: 1.2." in found["1"].texts["evidence-commentary"]
    alone = join(LGSCO, [leave], (), LGSCO.comply_rule)[:1]
    assert one_answer(alone) is Answer.BLANK


def test_silence_leaves_the_section_open_with_the_question_of_the_form() -> None:
    line = lines(run(p_8_3=verdict("8.3", Judgement.SILENT, force="should")))["8"]
    assert (line.answer, line.asked) == (Answer.BLANK, True)
    ask = next(row.ask for row in LGSCO.rows if row.provision == "8.3")
    assert ask in line.texts["evidence-commentary"]


def aim(case: str, reason: str) -> Outcome:
    duty = "recommended: respond at stage 1"
    return outcome(case, duty, Result.NOT_APPLICABLE, document="lgsco-2024", provision="6.3", reason=reason)


TIMED = verdict("6.3", shown_by=("policy", "cases"), force="should")


@pytest.mark.parametrize(
    ("reasons", "answer", "said"),
    [
        (["aim-kept", "aim-kept"], Answer.YES, "2 cases in the log kept to it; none departed from it."),
        (["aim-kept", "aim-missed"], Answer.BLANK, "1 case in the log did not keep this recommendation"),
        (["aim-kept", "aim-unknown"], Answer.BLANK, "1 case in the log cannot be held against this recommendation"),
        (["complaint-refused"], Answer.YES, "the duty arose on no case in the log (1 case judged)"),
        ([], Answer.BLANK, "Which dates"),
    ],
)
def test_what_cases_show_of_a_recommendation_counts_and_never_as_a_breach(
    reasons: list[str], answer: Answer, said: str
) -> None:
    cases = tuple(aim(f"C-{n}", reason) for n, reason in enumerate(reasons))
    line = lines(run(cases, p_6_3=TIMED))["6 stage 1"]
    assert line.answer is answer
    assert said in line.texts["evidence-commentary"]


def test_workbook_and_word_have_the_ten_rows_and_the_rule() -> None:
    made = assess(run(p_4_3=verdict("4.3", Judgement.BREACHES, force="should")))
    sheets = load_workbook(io.BytesIO(made.files[WORKBOOK]))
    printed = [row for row in sheets["Self-assessment"].values if row[2] in {"Yes", "No", "To be completed"}]
    assert [(row[0], row[2]) for row in printed] == [(n, "No" if n == "4" else "Yes") for n in ROWS]
    assert RULE in {row[1] for row in sheets["Method"].values}
    assert len(list(sheets["Provisions"].values)) == len(LGSCO.rows) + 1  # every provision, in full
    (table,) = Document(io.BytesIO(made.files[FORM])).tables
    assert [row.cells[0].text for row in table.rows][1:] == ROWS
    assert [row.cells[2].text for row in table.rows][4] == "No"
