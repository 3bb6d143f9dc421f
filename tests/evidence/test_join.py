"""Policy and practice joined by provision: every case once, only this edition, the policy's own promises beside it."""

from __future__ import annotations

from policylang.auditor.outcome import Outcome, Result
from policylang.checker.verdict import Verdict
from policylang.evidence import narrative
from policylang.evidence.by_case import by_case_row, by_owed
from policylang.evidence.comply import Answer, ComplyRule
from policylang.evidence.form import load_form
from policylang.evidence.join import ProvisionEvidence, case_tally, join
from policylang.evidence.narrative import own_words
from policylang.evidence.tally import Tally
from tests.evidence import made_up
from tests.evidence.made_up import CODE_ID, outcome, verdict

FORM = load_form(CODE_ID)


def row(provision: str, verdicts: list[Verdict], outcomes: list[Outcome]) -> ProvisionEvidence:
    found = [item for item in join(FORM, verdicts, outcomes, ComplyRule()) if item.provision == provision]
    assert len(found) == 1
    return found[0]


def test_there_is_one_row_for_each_row_of_the_form_in_its_order_even_with_nothing_to_show() -> None:
    rows = join(FORM, [], [], ComplyRule())
    assert [item.provision for item in rows] == [r.provision for r in FORM.rows]
    assert {item.comply.answer for item in rows} == {Answer.BLANK}
    assert all(item.practice is None and item.verdict is None for item in rows)


def test_a_case_that_owes_two_duties_counts_once_by_the_worse() -> None:
    outcomes = [
        outcome("A", "acknowledge at stage 1", Result.MET),
        outcome("A", "define the complaint at stage 1", Result.BREACHED),
        outcome("B", "acknowledge at stage 1", Result.MET),
        outcome("B", "define the complaint at stage 1", Result.CANNOT_TELL),
        outcome("C", "acknowledge at stage 1", Result.MET),
        outcome("C", "define the complaint at stage 1", Result.MET),
    ]
    item = row("6.2", [verdict("6.2")], outcomes)
    assert item.practice == Tally(met=1, breached=1, cannot_tell=1)
    assert [(duty.duty, duty.tally) for duty in item.duties] == [
        ("acknowledge at stage 1", Tally(met=3)),
        ("define the complaint at stage 1", Tally(met=1, breached=1, cannot_tell=1)),
    ]
    assert item.comply.answer is Answer.NO


def test_two_rows_of_the_log_with_one_reference_are_two_cases() -> None:
    outcomes = [outcome("A", result=Result.MET), outcome("B"), outcome("A", result=Result.BREACHED)]
    assert case_tally(by_owed(outcomes)) == Tally(met=2, breached=1)
    assert set(by_case_row(outcomes)) == {("A", 0), ("B", 0), ("A", 1)}


def test_a_case_judged_under_another_edition_says_nothing_about_this_one() -> None:
    other = outcome("A", result=Result.BREACHED, document="housing-ombudsman-2022", provision="6.2")
    item = row("6.2", [verdict("6.2")], [other, outcome("B")])
    assert item.practice == Tally(met=1)
    assert item.comply.answer is Answer.YES


def test_a_broken_promise_of_the_policy_is_shown_and_is_no_breach_of_the_code() -> None:
    promise = outcome("A", result=Result.BREACHED, source="policy", document="maple", provision=None, clauses=("3.2",))
    item = row("6.2", [verdict("6.2", clauses=("3.2",))], [outcome("A"), promise])
    assert [duty.tally for duty in item.own_promises] == [Tally(breached=1)]
    assert item.practice == Tally(met=1)
    assert item.comply.answer is Answer.YES


def test_a_promise_under_the_same_clause_on_another_matter_is_left_out() -> None:
    other = outcome("A", "respond at stage 1", source="policy", document="maple", provision=None, clauses=("3.2",))
    assert row("6.2", [verdict("6.2", clauses=("3.2",))], [outcome("A"), other]).own_promises == ()
    elsewhere = outcome("A", source="policy", document="maple", provision=None, clauses=("9.9",))
    assert row("6.2", [verdict("6.2", clauses=("3.2",))], [outcome("A"), elsewhere]).own_promises == ()
    named = outcome("A", source="policy", document="maple", provision="6.2", clauses=("9.9",))
    assert len(row("6.2", [verdict("6.2")], [outcome("A"), named]).own_promises) == 1


def test_an_unverified_outcome_makes_the_row_unverified() -> None:
    item = row("6.2", [verdict("6.2")], [outcome("A", verified=False)])
    assert not item.verified
    assert item.comply.answer is Answer.BLANK
    assert not row("6.2", [verdict("6.2", verified=False)], []).verified


def test_provision_counts_agree_with_the_outcomes_of_a_whole_run() -> None:
    run = made_up.run()
    for item in join(run.form, run.verdicts, run.outcomes, run.comply_rule):
        theirs = [o for o in run.outcomes if o.source == "code" and o.provision == item.provision]
        assert (item.practice.population if item.practice else 0) == len({o.case for o in theirs})
        assert sum(duty.tally.population for duty in item.duties) == len(theirs)


def test_a_recommendation_is_no_duty_and_a_case_that_no_edition_governs_shows_nothing() -> None:
    """Both come out as not applicable, which must not pass for "the duty never arose"."""
    advice = outcome("A", "recommended: respond", Result.NOT_APPLICABLE, reason="aim-kept")
    early = outcome("B", result=Result.NOT_APPLICABLE, reason="no-edition-in-force")
    item = row("6.2", [verdict("6.2")], [advice, early])
    assert item.practice is None
    assert item.comply.answer is Answer.BLANK
    assert row("6.2", [verdict("6.2")], [advice, early, outcome("C")]).practice == Tally(met=1)


def test_an_aim_of_the_policy_is_told_as_kept_and_missed() -> None:
    more = {"source": "policy", "document": "maple", "clauses": ("3.2",), "action": "acknowledge"}
    aims = [
        outcome(str(n), "aim: acknowledge at stage 1", Result.NOT_APPLICABLE, reason=reason, **more)
        for n, reason in enumerate(("aim-kept", "aim-kept", "aim-missed", "aim-unknown", "aim-open"))
    ]
    item = row("6.2", [verdict("6.2")], [outcome("0"), *aims])
    (aim,) = item.own_promises
    assert aim.aim
    assert own_words(aim) == (
        "The policy's aim (clause 3.2), acknowledge at stage 1: 2 kept, 1 missed, 1 cannot tell and 1 not yet due."
    )


def test_practice_names_every_duty_once_and_those_nothing_can_be_told_of_together() -> None:
    """On a log of letters without dates each row told forty duties one by one of which nothing was known."""
    told = outcome("A", "acknowledge at stage 1", Result.BREACHED)
    blind = [outcome("A", f"state part {n} in the letter", Result.CANNOT_TELL) for n in range(3)]
    aim = outcome("A", "recommended: log at once", Result.NOT_APPLICABLE, reason="aim-missed")
    given = (told, *blind, aim)
    (item,) = [row for row in join(made_up.run().form, (), given, made_up.run().comply_rule) if row.provision == "6.2"]
    assert list(narrative.practice_lines(item)) == [
        "Acknowledge at stage 1: 1 case, 0 met and 1 breached (0.0% met).",
        "Cannot be told from what the log records: state part 0 in the letter, state part 1 in the letter and "
        "state part 2 in the letter (1 case each).",
        "Recommendation, log at once: 0 kept and 1 missed.",
    ]
