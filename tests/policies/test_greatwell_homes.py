"""Greatwell Homes' procedure: what it says clause by clause, the constructs that it needs, a careful reader's verdicts.

``pytest -n0 --regenerate tests/policies`` rewrites the blocks of the page; reading them is a person's work.
"""

from __future__ import annotations

from datetime import date
from functools import cache
from pathlib import Path

import pytest

from policylang.checker.lint._rule import lint
from policylang.findings.finding import Finding
from policylang.language.clauses import spread
from policylang.model.conditions import All, Holds, InTime, InWords
from policylang.model.data import policies_dir
from policylang.model.document import Document
from policylang.model.duration import Duration, Unit
from policylang.model.library import load_policy
from policylang.model.norms import Event, Extent, Force, Kind, Norm
from tests.documents import Example, check, examples, load
from tests.policies.test_clause_by_clause import clause, line, said
from tests.policies.test_one_housing import agrees, rows
from tests.policies.test_reviewed_verdicts import Row, judged

NAME = "greatwell-homes"
PAGE = Path(__file__).with_name("greatwell-homes.md")
VERDICTS = Path(__file__).with_name("greatwell-homes-verdicts.md")
PARENT = "Customer Concerns & Complaints Policy"

DISAGREEMENTS: dict[str, str] = {}
"""Provision: why the tool is known to differ from the reader. Empty unless the reason is written down."""


@cache
def document() -> Document:
    loaded = load_policy(policies_dir() / f"{NAME}.policy")
    assert loaded.document is not None
    assert loaded.findings == []
    return loaded.document


def norms(label: str, action: str, stage: int | None = None) -> list[Norm]:
    """What the procedure says in a clause with an action, in the file's order."""
    return [n for n in document().norms if label in n.clauses and n.action == action and n.stage == stage]


def working_days(n: int) -> Duration:
    return Duration(n, Unit.WORKING_DAYS)


def figure(norm: Norm) -> tuple[Duration, str]:
    """A sentence's period and the event that starts it."""
    assert norm.within is not None
    return norm.within.duration, norm.within.start.word


@cache
def faults() -> list[Finding]:
    return lint(document(), today=date(2026, 1, 1))


# ------------------------------------------------------------------ clause by clause


@examples(PAGE)
def test_clause(example: Example) -> None:
    of_clause = [fact for fact in said(NAME) if clause(example) in fact["clauses"]]
    check(example, "says", "\n".join(line(fact) for fact in of_clause))


def test_the_page_has_every_clause_of_which_the_procedure_says_something() -> None:
    assert sorted(clause(example) for example in load(PAGE)) == sorted(
        {x for fact in said(NAME) for x in fact["clauses"]}
    )


# ------------------------------------------------------------------ verdicts

REVIEWED = rows(VERDICTS)


@pytest.mark.parametrize("row", REVIEWED, ids=str)
def test_verdict(row: Row) -> None:
    found = judged(NAME)[row.provision]
    if row.provision in DISAGREEMENTS:
        assert not agrees(row, found), "no longer differs: take it out of DISAGREEMENTS"
        return
    assert agrees(row, found), f"{found.judgement.value}{', arguable' if found.arguable else ''}: {found.why}"


def test_every_provision_is_reviewed_once_and_explained() -> None:
    assert [row.provision for row in REVIEWED] == list(judged(NAME))
    assert len(REVIEWED) == 72
    assert {row.policy for row in REVIEWED} == {NAME}
    assert [str(row) for row in REVIEWED if not row.why.endswith(".")] == []
    assert set(DISAGREEMENTS) <= {row.provision for row in REVIEWED}


def test_what_it_leaves_open_the_policy_above_it_may_answer() -> None:
    silent = [v for v in judged(NAME).values() if v.judgement.value == "silent"]
    assert silent
    assert [
        v.provision for v in silent if f"“{PARENT}”, to which this document belongs, may answer it." not in v.why
    ] == []


# ------------------------------------------------------------------ constructs


class TestFrame:
    def test_it_is_a_procedure_under_a_policy_of_another_name_in_its_text(self) -> None:
        assert (document().document_type, document().parent) == ("procedure", PARENT)
        found = [f for f in faults() if f.rule == "document-not-in-list"]
        assert {label for f in found for label in f.clauses} == {"1.1", "2.1.2", "5 ¶5", "2.5"}
        assert all(f"“{PARENT}” is meant" in f.message for f in found if f.clauses != ("2.5",))

    def test_its_dates_are_months_and_its_code_is_that_of_2022(self) -> None:
        dates = {d.role: (d.when.text, d.by) for d in document().dates}
        assert dates == {
            "approved": ("2023-07", ("Head of Customer Excellence",)),
            "in force": ("2023-07", ()),
            "next review": ("2026-07", ()),
        }
        assert document().governed_by == ("2022",)

    def test_a_paragraph_of_the_code_is_no_clause_of_the_document(self) -> None:
        [norm] = norms("4 ¶4", "follow")
        assert norm.objects.words == ("complaint-handling-code",)
        assert [(cited.label, cited.edition) for cited in norm.see_code] == [("7.3", "2022")]
        assert norm.see == ()
        assert "7.3" not in spread(document().clause_labels)

    def test_paragraphs_without_a_number_are_cited_by_their_place(self) -> None:
        labels = spread(document().clause_labels)
        counted = {number: sum(x.startswith(f"{number} ¶") for x in labels) for number in ("2.2", "2.3", "2.4", "2.7")}
        assert counted == {"2.2": 5, "2.3": 14, "2.4": 7, "2.7": 6}
        assert "2.2.1" not in labels


class TestConcern:
    def test_it_is_what_can_be_settled_in_three_working_days(self) -> None:
        [norm] = [n for n in document().norms if n.action == "mean" and n.actors.words == ("concern",)]
        [condition] = norm.when("when")
        assert isinstance(condition, All)
        assert condition.parts[0] == InTime("resolution-agreed", working_days(3), "start-not-stated")
        assert isinstance(condition.parts[1], InWords)
        assert norm.borrowed == "Customer Complaints & Concerns Policy"

    def test_it_becomes_a_complaint_in_four_ways(self) -> None:
        found = {n.when("when")[0]: n.manner for n in document().norms if n.kind is Kind.TRANSITION}
        assert found == {
            Holds("further-enquiries-needed"): ("automatically",),
            Holds("resident-wants-complaint"): ("on request",),
            InTime("concern-not-settled", working_days(3), "start-not-stated", 0): (),
        }
        [start] = norms("2.2 ¶5", "start", 0)
        assert (start.force, start.when("when")) == (Force.MUST, (Holds("concern-not-settled"),))

    def test_it_is_answered_in_three_working_days_and_handed_over_in_no_time(self) -> None:
        [answer], [told] = norms("2.2 ¶2", "respond", 0), norms("2.2 ¶4", "inform", 0)
        assert figure(answer) == (working_days(3), "start-not-stated")
        assert told.no_deadline
        for action in ("log", "acknowledge"):
            [norm] = norms("2.2 ¶4", action, 1)
            assert norm.no_deadline
            assert norm.within is None
            assert (norm.actors.words, norm.listed("via").words) == (("complaints-officer",), ("writing",))

    def test_as_soon_as_possible_is_no_figure_and_referring_has_no_owner(self) -> None:
        [aim], [referred] = norms("2.2 ¶1", "settle", 0), norms("2.2 ¶1", "pass-on", 0)
        assert (aim.force, aim.prompt, aim.within) == (Force.AIMS, "as soon as possible", None)
        assert not referred.actors

    def test_the_time_spent_on_it_counts_on_the_codes_clock(self) -> None:
        found = judged(NAME)["6.2"]
        assert found.judgement.value == "breaches"
        assert found.story is not None
        days = [event.date for event in found.story.events]
        assert (days[0], days[-1]) == (date(2024, 4, 2), date(2024, 4, 10))  # three working days and three more


class TestTimes:
    def test_the_acknowledgement_may_or_may_not_count_from_logging(self) -> None:
        first, second = norms("2.3 ¶6", "acknowledge", 1)
        assert figure(first) == (working_days(3), "logging")
        assert figure(second) == (working_days(3), "start-not-stated")
        assert first.reading != second.reading
        assert len(document().worlds()) == 2

    def test_the_response_counts_from_logging_which_has_no_time(self) -> None:
        [norm] = norms("2.3 ¶6", "respond", 1)
        assert figure(norm) == (working_days(10), "logging")
        assert not [n for n in document().norms if n.action == "log" and n.within is not None]
        found = judged(NAME)["6.3"]
        assert (found.judgement.value, found.arguable) == ("breaches", True)
        assert {r.judgement.value for r in found.readings} == {"breaches", "complies"}

    def test_the_acknowledgement_borrows_the_codes_times(self) -> None:
        [norm] = norms("2.1.2", "acknowledge", 1)
        assert (norm.borrowed, norm.within) == ("code times", None)

    def test_members_enquiries_borrow_those_of_complaints(self) -> None:
        borrowed = [n for n in norms("3 ¶4", "answer-enquiry") if n.borrowed]
        assert [n.borrowed for n in borrowed] == ["stage 1"]

    def test_stage_2_has_a_window_and_a_period_of_escalation(self) -> None:
        [window], [answer] = norms("2.4 ¶1", "escalate", 2), norms("2.4 ¶3", "respond", 2)
        assert window.within is not None
        assert (window.within.duration, window.within.start) == (working_days(20), Event("response", 1))
        assert window.when("when") == (Holds("dissatisfied-with-response"),)
        assert figure(answer) == (working_days(20), "escalation")
        assert judged(NAME)["6.14"].judgement.value == "complies"


class TestExtensions:
    """Trigger, cap and what it counts from, condition above the cap, what is told, the branch without agreement."""

    def test_stage_1_has_a_cap_as_an_addition_and_as_a_total(self) -> None:
        capped, further = norms("2.3 ¶6", "extend", 1)
        [total] = norms("2.3 ¶7", "extend", 1)
        assert capped.extent == Extent(Duration(10, Unit.DAYS))
        assert total.extent == Extent(total=working_days(20))
        for norm in (capped, total):
            assert norm.when("when") == (Holds("not-possible-in-time"),)
        assert capped.listed("giving").words == ("reasons",)
        assert further.extent == Extent(further=True)
        assert further.when("only_when") == (Holds("good-reason"),)

    def test_stage_2_has_one_cap_in_two_units(self) -> None:
        capped, further = norms("2.4 ¶4", "extend", 2)
        [again] = norms("2.4 ¶5", "extend", 2)
        assert capped.extent == Extent(Duration(10, Unit.DAYS))
        assert again.extent == Extent(working_days(10))
        assert {n.when("when") for n in (capped, again)} == {(Holds("exceptional-circumstances"),)}
        assert further.when("only_when") == (Holds("good-reason"),)

    def test_beyond_the_cap_agreement_is_sought_and_without_it_the_ombudsman_named(self) -> None:
        for label, stage in (("2.3 ¶7", 1), ("2.4 ¶5", 2)):
            [agreed], [details] = norms(label, "agree", stage), norms(label, "give", stage)
            assert (agreed.force, agreed.when("when")) == (Force.SHOULD, (Holds("extended-further"),))
            assert (details.force, details.when("when")) == (Force.WILL, (Holds("extension-not-agreed"),))
            assert details.objects.words == ("ombudsman-contact",)

    def test_at_stage_2_the_new_date_is_only_recommended(self) -> None:
        [norm] = norms("2.4 ¶4", "explain", 2)
        assert (norm.force, norm.listed("giving").words) == (Force.SHOULD, ("new-date",))

    def test_customers_hear_regularly_until_the_end(self) -> None:
        [norm] = norms("2.3 ¶6", "keep-informed", 1)
        assert norm.every is not None
        assert (norm.every.every, norm.every.words) == (None, "regularly")
        assert norm.when("until") == (InWords("the complaint is fully resolved"),)


class TestPeople:
    def test_customers_are_asked_and_not_made_to_say(self) -> None:
        [norm] = norms("2.4 ¶2", "ask-for", 2)[:1]
        assert norm.objects.words == ("reasons-for-escalation", "unresolved-aspects", "outcomes-sought")
        assert not [n for n in document().norms if n.action == "require"]
        assert judged(NAME)["6.12"].judgement.value == "complies"

    def test_somebody_else_reviews_and_a_stand_in_answers(self) -> None:
        [review] = norms("2.4 ¶3", "review", 2)
        assert (review.not_same_person_as, review.actors.words) == (1, ("senior-manager",))
        [stand_in] = norms("2.3 ¶3", "respond", 1)
        assert (stand_in.actors.texts, stand_in.when("when")) == (("another officer",), (Holds("officer-absent"),))

    def test_a_talk_must_not_hold_the_letter_up(self) -> None:
        [bar], [talk] = norms("2.3 ¶11", "delay", 1), norms("2.3 ¶11", "discuss", 1)
        assert (bar.kind, bar.negated, bar.objects.words) == (Kind.PROHIBITION, True, ("response",))
        assert [(w.event.word, w.before) for w in talk.waits] == [("response", True)]

    def test_one_role_may_act_in_the_opinion_of_either_of_two_and_consults_one(self) -> None:
        for action in ("manage", "restrict"):
            [norm] = norms("2.7 ¶5", action)
            assert norm.kind is Kind.PERMISSION
            assert (norm.listed("opinion").texts, norm.listed("opinion").joined) == (
                ("Head of Service", "Operational Manager"),
                "or",
            )
        [letter] = norms("2.7 ¶6", "send")
        assert (letter.actors.words, letter.listed("with").texts) == (("complaints-manager",), ("Head of Service",))

    def test_access_to_the_process_may_be_refused_at_the_landlords_discretion(self) -> None:
        [norm] = norms("2.7 ¶3", "refuse")
        assert (norm.kind, norm.objects.words) == (Kind.PERMISSION, ("access-to-process",))
        assert norm.listed("opinion").words == ("organisation",)
        assert norm.when("when") == (Holds("categorised-vexatious"),)

    def test_only_some_may_read_what_is_on_record(self) -> None:
        found = [(n.clauses[0], n.actors.words, n.actors.mark) for n in document().norms if n.action == "read"]
        assert found == [
            ("3 ¶1", ("need-to-know-staff",), "only"),
            ("3 ¶3", ("complaints-officer",), "only"),
            ("5.1", ("complaints-officer", "line-manager"), "only"),
            ("5.1", ("line-manager",), "only"),
        ]


def test_examples_of_behaviour_stay_an_open_list() -> None:
    first, second = [n for n in document().norms if n.actors.words == ("unacceptable-behaviour",)]
    assert (first.objects.mark, second.objects.mark) == (None, "at least")


def test_what_falls_again_and_again() -> None:
    every = {
        (n.clauses[0], n.action): (n.every.every.n, n.every.every.unit)
        for n in document().norms
        if n.every is not None and n.every.every is not None
    }
    assert every == {
        ("2.2 ¶5", "monitor"): (1, Unit.CALENDAR_DAYS),
        ("2.3 ¶14", "monitor"): (1, Unit.CALENDAR_DAYS),
        ("4 ¶1", "review"): (1, Unit.WEEKS),
        ("4 ¶3", "review"): (6, Unit.WEEKS),
        ("4 ¶5", "report"): (1, Unit.QUARTERS),
        ("6.3", "report"): (1, Unit.MONTHS),
        ("6.3", "give"): (1, Unit.MONTHS),
        ("6.3", "ensure"): (1, Unit.MONTHS),
        ("9.1", "report"): (1, Unit.QUARTERS),
        ("9.2", "review"): (3, Unit.YEARS),
    }
    [yearly] = [n for n in norms("9.2", "review") if n.every is not None]
    assert yearly.every is not None
    assert yearly.every.at_least
