"""One Housing's policy: what it says clause by clause, the constructs that it needs, and a careful reader's verdicts.

``pytest -n0 --regenerate tests/policies`` rewrites the blocks of the page; reading them is a person's work.
"""

from __future__ import annotations

from datetime import date
from functools import cache
from pathlib import Path

import pytest

from policylang.checker.editions import AT_ADOPTION, edition_for
from policylang.checker.lint._rule import lint
from policylang.checker.verdict import Verdict
from policylang.findings.finding import Finding
from policylang.findings.problem import Problem
from policylang.model.conditions import All, AnyOf, Holds, Older
from policylang.model.data import policies_dir
from policylang.model.document import Document
from policylang.model.duration import Duration, Unit
from policylang.model.library import load_policy
from policylang.model.norms import Event, Extent, Force, Kind, Norm
from tests.documents import Example, check, examples, load
from tests.policies.test_clause_by_clause import clause, line, said
from tests.policies.test_reviewed_verdicts import Row, judged

NAME = "one-housing"
PAGE = Path(__file__).with_name("one-housing.md")
VERDICTS = Path(__file__).with_name("one-housing-verdicts.md")
NOT_ADVICE = "3.3 sets a limit"

DISAGREEMENTS: dict[str, str] = {}
"""Provision: why the tool is known to differ from the reader. Empty unless the reason is written down."""


def rows(page: Path) -> list[Row]:
    """The rows of one page of verdicts, under the id of its policy."""
    found: list[Row] = []
    policy = ""
    for text in page.read_text(encoding="utf-8").splitlines():
        if text.startswith("## "):
            policy = text[3:].strip()
        elif text.startswith("| ") and text[2].isdigit():
            number, judgement, clauses, why = (cell.strip() for cell in text.strip("|").split("|"))
            verdict, _, note = judgement.partition(", ")
            labels = tuple(filter(None, (label.strip() for label in clauses.split(","))))
            found.append(Row(policy, number, verdict, note == "arguable", labels, why))
    return found


def agrees(row: Row, found: Verdict) -> bool:
    """Whether the tool and the reader give the same verdict, as sure of it, on the same clauses."""
    same = (found.judgement.value, found.arguable) == (row.verdict, row.arguable)
    return same and set(row.clauses) <= set(found.clauses) and bool(row.clauses) == bool(found.clauses)


@cache
def document() -> Document:
    loaded = load_policy(policies_dir() / f"{NAME}.policy")
    assert loaded.document is not None
    assert loaded.findings == []
    return loaded.document


def norms(label: str, action: str, stage: int | None = None) -> list[Norm]:
    """What the policy says in a clause with an action, in the file's order."""
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


def test_the_page_has_every_clause_of_which_the_policy_says_something() -> None:
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


# ------------------------------------------------------------------ constructs


class TestDates:
    def test_a_full_day_and_a_month(self) -> None:
        assert {d.role: d.when.text for d in document().dates} == {"in force": "2020-02-17", "next review": "2020-12"}

    def test_no_edition_of_the_code_was_in_force_yet(self) -> None:
        with pytest.raises(Problem):
            edition_for(document(), AT_ADOPTION, date(2026, 1, 1))


class TestConcern:
    """A stage before stage 1 whose end depends on the outcome, with periods that follow one another."""

    def test_it_stands_before_the_one_formal_stage(self) -> None:
        stages = [(s.number, s.informal, s.later) for s in document().stages]
        assert stages == [(0, True, False), (1, False, False)]

    def test_it_is_promised_in_one_clause_and_aimed_at_in_another(self) -> None:
        [promise], [aim] = norms("3.1", "settle", 0), norms("5.1", "settle", 0)
        assert figure(promise) == figure(aim) == (working_days(3), "start-not-stated")
        assert (promise.force, aim.force) == (Force.WILL, Force.AIMS)
        assert promise.when("unless") == (Holds("exceptional-circumstances"),)
        assert aim.conditions == ()
        assert ["3.1", "5.1"] in [sorted(f.clauses) for f in faults() if f.rule == "promise-and-aim"]

    def test_it_becomes_a_complaint_by_the_exception_or_by_failure(self) -> None:
        [exception], [failure] = norms("3.1", "become", 0), norms("5.2", "become", 0)
        for norm in (exception, failure):
            assert norm.kind is Kind.TRANSITION
            assert (norm.actors.words, norm.objects.words) == (("concern",), ("complaint",))
            assert norm.manner == ("automatically",)
        assert exception.when("when") == (Holds("exceptional-circumstances"),)
        assert failure.when("when") == (AnyOf((Holds("still-dissatisfied"), Holds("concern-not-settled"))),)

    def test_nothing_times_the_hand_over(self) -> None:
        [norm] = norms("5.2", "pass-on", 0)
        assert norm.no_deadline
        assert norm.within is None
        assert [f.clauses for f in faults() if f.rule == "duty-without-deadline"] == [("5.2",)]

    def test_it_is_defined_twice(self) -> None:
        text, note = [n for n in document().norms if n.action == "mean" and n.actors.words == ("concern",)]
        assert (text.clauses, note.clauses) == (("after 2.1",), ("footnote",))
        assert note.objects.words == ("complaint",)
        assert text.objects.words == ()
        assert [f.clauses for f in faults() if f.rule == "two-definitions-of-one-term"] == [("after 2.1", "footnote")]

    def test_only_what_it_leaves_unresolved_is_a_complaint(self) -> None:
        [norm] = [n for n in document().norms if n.action == "mean" and n.actors.words == ("complaint",)]
        assert norm.objects.words == ("expression-of-dissatisfaction", "unresolved-complaint")

    def test_the_time_spent_on_it_counts_on_the_codes_clock(self) -> None:
        found = judged(NAME)["6.2"]
        assert (found.judgement.value, found.arguable) == ("breaches", True)
        assert found.story is not None
        assert found.story.events[0].event == "received"
        assert found.story.events[0].date < found.story.events[-1].date


class TestFormalComplaint:
    def test_the_periods_follow_one_another_without_named_starts(self) -> None:
        [acknowledged] = norms("5.3", "acknowledge", 1)
        [first] = norms("3.2", "respond", 1)
        again, long_stop = norms("5.3", "respond", 1)
        assert figure(acknowledged) == (working_days(2), "start-not-stated")
        assert figure(first) == figure(again) == (working_days(15), "start-not-stated")
        assert (first.actors.words, again.actors.words) == ((), ("responder",))
        assert figure(long_stop) == (Duration(30, Unit.CALENDAR_DAYS), "start-not-stated")
        assert {n.force for n in (acknowledged, first, again, long_stop)} == {Force.WILL}

    def test_the_long_stop_has_an_exception_of_its_own(self) -> None:
        long_stop = norms("5.3", "respond", 1)[1]
        assert long_stop.when("unless") == (Holds("later-date-agreed"),)
        assert long_stop.remarks == ("always",)

    def test_an_extension_is_told_and_agreed_up_to_the_long_stop(self) -> None:
        capped, further = norms("5.3", "extend", 1)
        assert capped.extent == Extent(total=Duration(30, Unit.CALENDAR_DAYS))
        assert capped.when("when") == (Holds("not-possible-in-time"),)
        assert capped.listed("giving").words == ("reasons", "new-date")
        assert further.extent == Extent(further=True)
        assert further.when("only_when") == (Holds("later-date-agreed"),)
        [agreed] = norms("5.3", "agree", 1)
        assert (agreed.objects.words, agreed.when("when")) == (("new-date",), (Holds("extended"),))

    def test_it_is_the_last_step_and_sending_the_answer_closes_it(self) -> None:
        [final], [closing] = norms("5.5", "be", 1), norms("5.5", "close")
        assert (final.objects.words, final.negated) == (("final",), False)
        assert closing.when("when") == (Holds("final-response-sent"),)
        [early] = norms("5.6", "close")
        assert (early.kind, early.when("when")) == (Kind.PERMISSION, (Holds("refuses-to-engage"),))

    def test_its_answer_tells_the_ombudsman_and_or_a_designated_person(self) -> None:
        [norm] = [n for n in norms("5.5", "state", 1) if n.objects.joined == "and/or"]
        assert norm.objects.words == ("ombudsman-rights",)
        assert len(norm.objects.texts) == 1


class TestScope:
    def test_six_months_are_advice_or_a_limit(self) -> None:
        first, second = norms("3.3", "complain")
        assert {n.reading for n in (first, second)} == {"3.3 only advises customers", NOT_ADVICE}
        for norm in (first, second):
            assert (norm.force, norm.hedge) == (Force.SHOULD, "normally")
            assert figure(norm) == (Duration(6, Unit.MONTHS), "issue-occurred")
        [limit] = norms("3.3", "refuse")
        assert (limit.kind, limit.reading) == (Kind.PERMISSION, NOT_ADVICE)
        assert limit.when("when") == (Older("issue", Duration(6, Unit.MONTHS), "issue-occurred"),)
        assert len(document().worlds()) == 4  # with the two readings of “legal action”

    def test_legal_action_is_a_claim_at_court_or_takes_in_the_steps_before_one(self) -> None:
        found = {n.reading: n.when("when") for n in norms("4.3", "refuse") if n.reading}
        assert found == {
            "legal action is a claim at court": (Holds("court-proceedings-in-place"),),
            "legal action takes in the steps before a claim": (Holds("legal-action"),),
        }

    def test_three_exclusions_have_carve_backs(self) -> None:
        spared = {n.when("when"): n.when("unless") for n in norms("4.3", "refuse") if n.when("unless")}
        assert spared == {
            (Holds("neighbour-antisocial-behaviour"),): (
                All((Holds("about-handling-of-report"), Holds("case-concluded"))),
            ),
            (Holds("rent-or-service-charge"),): (Holds("process-not-followed"),),
            (Holds("new-home-defect"),): (All((Holds("about-handling-of-report"), Holds("fault-found"))),),
        }

    def test_three_kinds_are_not_covered_and_dealt_with_all_the_same(self) -> None:
        found = {n.when("when")[0]: n.borrowed for n in norms("4.3", "handle-differently")}
        assert found == {
            Holds("not-customer"): None,
            Holds("serious-incident"): "Incident Management policy",
            Holds("safeguarding"): "Safeguarding policy",
        }
        [anonymous] = norms("3.6", "pass-on")
        assert anonymous.when("when") == (Holds("anonymous"),)
        assert anonymous.listed("to").words == ("senior-manager",)

    def test_documents_are_held_against_the_policys_own_list(self) -> None:
        found = [f.message for f in faults() if f.rule == "document-not-in-list"]
        assert len(found) == 4
        [misspelt] = [message for message in found if "“Rents & Service Charge policy”" in message]
        assert "“Rent & Service Charge Policy” is meant" in misspelt

    def test_complaints_are_made_into_one_and_groups_have_one_contact(self) -> None:
        [merged], [told] = norms("3.5", "merge"), norms("3.5", "inform")
        assert merged.kind is Kind.PERMISSION
        assert (told.force, told.when("when")) == (Force.WILL, (Holds("complaints-merged"),))
        [asked] = norms("5.8", "ask-for")
        assert (asked.objects.words, asked.listed("from").words) == (("single-contact",), ("group",))
        [handled] = norms("5.8", "handle")
        assert handled.objects.words == ("petition", "group-complaint")

    def test_an_advocate_needs_leave_told_in_writing(self) -> None:
        [right], [told] = (
            [n for n in norms("4.2", "complain") if n.conditions[0].kind == "only_when"],
            norms("4.2", "inform"),
        )
        assert right.when("only_when") == (Holds("authorised"),)
        assert (told.actors.words, told.force) == (("resident",), Force.MUST)
        assert told.listed("via").words == ("writing",)


class TestRoutes:
    def test_the_ombudsman_after_eight_weeks_of_the_date_of_the_decision(self) -> None:
        [norm] = [n for n in norms("5.7", "refer") if "housing-ombudsman" in n.listed("to").words]
        [wait] = norm.waits
        assert (wait.duration, wait.event) == (Duration(8, Unit.WEEKS), Event("response-dated", 1))
        assert norm.kind is Kind.PERMISSION
        assert [f.clauses for f in faults() if f.rule == "eight-week-wait"] == [("5.7",)]

    def test_an_elected_member_at_any_point_a_designated_person_at_the_end(self) -> None:
        [involved], [formal] = norms("5.7", "involve"), norms("5.7", "hold")
        assert involved.conditions == ()
        assert formal.when("only_when") == (Holds("final-response-sent"),)

    def test_care_and_councils_have_their_own(self) -> None:
        found = {n.listed("to").words: n.when("when") for n in norms("5.7", "refer")}
        assert found[("social-care-ombudsman",)] == (Holds("care-service"),)
        assert found[("care-quality-commission",)] == (Holds("care-service"),)
        assert found[("local-authority",)] == (Holds("service-for-council"),)


def test_a_heading_with_nothing_under_it() -> None:
    assert [f.clauses for f in faults() if f.rule == "nothing-under-heading"] == [("process map",)]


def test_reports_are_regular_with_no_figure_and_examples_stay_examples() -> None:
    [report] = norms("6.2", "report")
    assert report.every is not None
    assert (report.every.every, report.every.words) == (None, "regularly")
    assert report.listed("to").texts == ("Executive",)
    [behaviour] = [n for n in document().norms if n.actors.words == ("unacceptable-behaviour",)]
    assert behaviour.objects.mark == "at least"
