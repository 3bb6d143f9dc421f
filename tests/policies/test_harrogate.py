"""Harrogate's policy: what it says clause by clause, the constructs it needs, and the verdicts of a careful reader."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from policylang.checker.check import check as check_policy
from policylang.checker.lint._rule import lint
from policylang.checker.verdict import Verdict
from policylang.language.clauses import spread
from policylang.model.calendar import load_calendar
from policylang.model.conditions import All, AnyOf, Holds, InTime, Not, Older
from policylang.model.data import policies_dir
from policylang.model.document import Document
from policylang.model.duration import Duration, Unit, due
from policylang.model.facts import facts
from policylang.model.library import load_code, load_policy
from policylang.model.norms import Event, Extent, Force, Kind, Norm, Standing
from tests.documents import Example, check, examples, load
from tests.policies.test_clause_by_clause import line

PAGE = Path(__file__).with_name("harrogate.md")
VERDICTS = Path(__file__).with_name("harrogate-verdicts.md")
PROMISE, STANDARD_IS_AIM = "the service standard is a promise", "the service standard is the aim of 5.2.2"
FOLLOWS, INSTEAD = "panel follows the manager", "panel instead of the manager"
CHECKLIST = Standing("checklist")
TEMPLATE = Standing("template", "Housing Ombudsman")

DISAGREEMENTS: dict[str, str] = {}
"""Provision: why the tool is known to differ from the reader. Empty unless the reason is written down."""


def days(n: int) -> Duration:
    return Duration(n, Unit.WORKING_DAYS)


@cache
def policy() -> Document:
    loaded = load_policy(policies_dir() / "harrogate.policy")
    assert loaded.document is not None
    assert loaded.findings == []
    return loaded.document


def norms(clause: str, action: str, stage: int | None = None) -> list[Norm]:
    """What the policy says in a clause with an action, in the file's order."""
    return [n for n in policy().norms if clause in n.clauses and n.action == action and n.stage == stage]


def timed(clause: str, action: str, stage: int | None = None) -> list[tuple[Duration, Event]]:
    """The times of those sentences."""
    return [(n.within.duration, n.within.start) for n in norms(clause, action, stage) if n.within is not None]


# ------------------------------------------------------------------ clause by clause


@examples(PAGE)
def test_clause(example: Example) -> None:
    label = example.title.split(":")[0]
    check(example, "says", "\n".join(line(fact) for fact in facts(policy()) if label in fact["clauses"]))


def test_the_page_has_every_clause_of_which_the_policy_says_something() -> None:
    wanted = {label for fact in facts(policy()) for label in fact["clauses"]}
    assert {example.title.split(":")[0] for example in load(PAGE)} == wanted


# ------------------------------------------------------------------ constructs


class TestFrame:
    def test_dates_are_years_and_the_edition_is_uncertain(self) -> None:
        """Rows 1 and 6: the years 2021, 2024 and 2027; the Code changed within 2024."""
        assert [(d.role, d.when.text) for d in policy().dates] == [
            ("issued", "2021"),
            ("reviewed", "2024"),
            ("next review", "2027"),
        ]
        assert policy().governed_by == ("2022", "2024")

    def test_labels_jump_from_5_2_3_to_5_5(self) -> None:
        """Row 7."""
        labels = spread(policy().clause_labels)
        assert labels[labels.index("5.2.3") + 1] == "5.5"
        assert not {"5.3", "5.4"} & set(labels)

    def test_a_reference_to_the_wrong_clause_is_kept_as_printed(self) -> None:
        """Row 8: 5.2.3 sends the reader to 4.3, which is about time; behaviour is 4.5, to which 3.2 sends rightly."""
        assert [n.see for n in norms("5.2.3", "refuse", 2) if n.see] == [("4.3",)]
        assert [n.see for n in norms("3.2", "manage")] == [("4.5",)]

    def test_lower_standing_is_marked_and_the_letter_is_another_bodys(self) -> None:
        """Rows 12 and 13."""
        assert {n.standing for n in policy().norms if "10" in n.clauses} == {CHECKLIST}
        assert {n.standing for n in policy().norms if "11" in n.clauses} == {TEMPLATE}
        assert {n.clauses for n in policy().norms if n.standing is not None} == {("10",), ("11",)}

    def test_nothing_stands_under_the_heading_of_the_flowcharts(self) -> None:
        """Row 14."""
        assert [f.clauses for f in lint(policy()) if f.rule == "nothing-under-heading"] == [("9",)]


class TestOneDutyTwice:
    """Row 18: the times of 5.2.2, 6.1 and the checklist stand side by side, each with its force."""

    def test_the_answer_is_an_aim_in_one_place_and_a_standard_in_another(self) -> None:
        aim, standard = norms("5.2.2", "respond", 1), norms("6.1", "respond", 1)
        assert [(n.force, n.hedge) for n in aim] == [(Force.AIMS, "aims to")]
        assert [(n.force, n.hedge) for n in standard] == [(Force.WILL, None), (Force.AIMS, "aims to")]
        assert [n.reading for n in standard] == [PROMISE, STANDARD_IS_AIM]
        assert timed("5.2.2", "respond", 1) == [(days(10), Event("receipt", 1))]
        assert timed("6.1", "respond", 1) == [(days(10), Event("start-not-stated", 1))] * 2
        assert standard[0].listed("via").words == ("writing",)

    def test_the_acknowledgement_has_days_in_the_body_and_hours_in_the_checklist(self) -> None:
        assert timed("5.2.2", "acknowledge", 1) == [(days(2), Event("start-not-stated", 1))]
        assert timed("10", "acknowledge", 1) == [
            (Duration(48, Unit.WORKING_HOURS), Event("start-not-stated", 1)),
        ]

    def test_the_linter_names_both_pairs(self) -> None:
        found = {(f.rule, f.clauses) for f in lint(policy())}
        assert ("promise-and-aim", ("6.1", "5.2.2")) in found
        assert ("two-figures-for-one-duty", ("5.2.2", "10")) in found

    def test_one_deadline_covers_logging_and_acknowledging(self) -> None:
        """Row 28: the first row of 6.1, under each of its two readings."""
        for action in ("log", "acknowledge"):
            assert timed("6.1", action, 1) == [(days(2), Event("receipt", 0)), (days(2), Event("receipt", 1))]

    def test_an_informal_complaint_is_defined_twice(self) -> None:
        """Row 24."""
        first, second = (n for n in policy().norms if n.action == "mean" and "informal complaint" in n.actors.texts)
        assert (first.clauses, second.clauses) == (("3.1",), ("5.2.1",))
        assert first.listed("with") != second.listed("with")
        assert ("3.1", "5.2.1") in {f.clauses for f in lint(policy()) if f.rule == "two-definitions-of-one-term"}


class TestUnits:
    """Row 25: every unit as printed, none turned into another."""

    def test_every_unit_is_as_printed(self) -> None:
        durations = [n.within.duration for n in policy().norms if n.within]
        durations += [w.duration for n in policy().norms for w in n.waits if w.duration]
        durations += [d for n in policy().norms if n.extent for d in (n.extent.limit, n.extent.total) if d]
        assert {d.unit for d in durations} == {Unit.WORKING_DAYS, Unit.WORKING_HOURS, Unit.DAYS, Unit.WEEKS}
        assert [n.when("when", "unless")[0] for n in norms("4.3", "investigate")] == [
            Older("issue", Duration(12, Unit.MONTHS))
        ]

    def test_closing_letters_have_weeks_at_stage_1_and_working_days_at_stage_2(self) -> None:
        [first], [second] = norms("10", "send", 1), [n for n in norms("10", "send", 2) if n.waits]
        assert [(w.duration, w.event.word) for w in first.waits] == [(Duration(2, Unit.WEEKS), "completion")]
        assert [(w.duration, w.event.word) for w in second.waits] == [(days(14), "completion")]

    def test_closure_by_silence_takes_fourteen_working_days(self) -> None:
        [closing] = norms("5.2.3", "close")
        silence = InTime("no-contact", days(14), "response", None)
        assert closing.when("when") == (
            AnyOf((Holds("resident-accepts-outcome"), silence, Holds("final-response-sent"))),
        )

    def test_forty_eight_working_hours_are_not_counted_without_the_length_of_a_day(self) -> None:
        assert policy().hours_per_day is None
        verdict = verdicts()["6.11"]
        assert verdict.arguable
        assert {r.judgement.value for r in verdict.readings} == {"breaches", "partly"}


class TestExtensions:
    """Rows 33 and 34: trigger, cap as extra and as total, the condition above the cap, and what is told."""

    def test_ten_working_days_more_are_also_twenty_days_in_all(self) -> None:
        [capped] = [n for n in norms("5.2.2", "extend", 1) if n.reading is None]
        assert capped.extent == Extent(limit=days(10), total=Duration(20, Unit.DAYS))
        assert capped.when("when") == (Holds("exceptional-circumstances"),)
        assert capped.kind is Kind.PERMISSION

    def test_beyond_twenty_working_days_agreement_is_needed(self) -> None:
        alone, both = (n for n in norms("5.2.2", "extend", 1) if n.reading is not None)
        assert alone.extent == both.extent == Extent(further=True)
        assert alone.when("only_when") == (Holds("resident-agrees"),)
        assert both.when("only_when") == (All((Holds("resident-agrees"), Holds("exceptional-circumstances"))),)
        beyond = InTime("unanswered", days(20), "start-not-stated", 1)
        [agreed] = norms("5.2.2", "agree", 1)
        assert (agreed.objects.words, agreed.when("when")) == (("extension",), (beyond,))

    def test_the_ombudsmans_details_are_given_both_times(self) -> None:
        first, later = norms("5.2.2", "give", 1)
        assert first.objects.words == ("progress", "reasons", "ombudsman-contact")
        assert first.when("when") == (Holds("extended"),)
        assert later.objects.words == ("ombudsman-contact",)

    def test_stage_2_has_no_cap_in_the_body_and_ten_bare_days_in_the_checklist(self) -> None:
        [body], [ticked] = norms("5.2.3", "extend", 2), norms("10", "extend", 2)
        assert (body.extent, body.when("when")) == (None, (Holds("not-possible-in-time"),))
        assert ticked.extent == Extent(limit=Duration(10, Unit.DAYS))
        assert [n.objects.words for n in norms("5.2.3", "give", 2) if n.when("when") == (Holds("extended"),)] == [
            ("reasons", "new-date")
        ]


class TestPanel:
    """Rows 31 and 42: the panel may follow the manager's review or take its place; both are written."""

    def of(self, reading: str) -> list[Norm]:
        return [n for n in policy().norms if n.reading == reading]

    def test_the_two_readings_are_alternatives(self) -> None:
        groups = {r.name: r.group for r in policy().readings}
        assert groups[FOLLOWS] == groups[INSTEAD]
        assert list(groups.values()).count(groups[FOLLOWS]) == 2
        assert len(policy().worlds()) == 16

    def test_in_sequence_three_periods_of_ten_working_days_follow_one_another(self) -> None:
        chain = [(n.action, n.within.duration, n.within.start.word) for n in self.of(FOLLOWS) if n.within]
        assert chain == [
            ("answer-review", days(10), "start-not-stated"),
            ("respond", days(10), "start-not-stated"),
            ("convene", days(10), "review-answer"),
            ("respond", days(10), "panel-hearing"),
        ]

    def test_the_worst_case_of_the_sequence_is_thirty_working_days(self) -> None:
        """The refutation's own dates: each period ends ten working days after the one before it."""
        story = verdicts()["6.14"].story
        assert story is not None
        calendar = load_calendar("england-and-wales")
        start = next(e.date for e in story.events if e.event == "escalation_requested")
        answered = next(e.date for e in story.events if e.event == "stage2_responded")
        assert due(start, days(30), calendar) == answered

    def test_as_an_alternative_the_manager_answers_unless_the_panel_does(self) -> None:
        manager, panel = (n for n in self.of(INSTEAD) if n.action == "respond")
        asked = All((Holds("panel-requested"), Holds("tenancy-matter")))
        assert manager.when("unless") == (asked,)
        assert panel.when("when") == (asked,)

    def test_14_of_the_code_is_arguable(self) -> None:
        assert verdicts()["6.14"].arguable


class TestProcess:
    def test_a_placeholder_stays_open(self) -> None:
        """Row 38."""
        [window] = norms("11", "escalate")
        assert window.within is not None
        assert (window.within.duration.n, window.within.duration.placeholder) == (None, "X")
        assert [f.clauses for f in lint(policy()) if f.rule == "figure-never-filled-in"] == [("11",)]

    def test_new_information_loops_back_to_stage_1(self) -> None:
        """Row 43: asked for at the Review stage, done as part of the Resolution stage."""
        [back] = norms("5.2.3", "investigate", 1)
        assert back.section == "Formal Complaints – Review Stage"
        assert (back.kind, back.objects.words) == (Kind.PERMISSION, ("new-information",))
        assert back.when("when") == (All((Holds("escalating"), Holds("new-information"))),)

    def test_reasons_have_to_be_given_for_a_review(self) -> None:
        """Row 45: given, not asked for; without them the review can be refused."""
        [must] = [n for n in norms("5.2.3", "give", 2) if n.actors.words == ("resident",)]
        assert (must.kind, must.force, must.objects.words) == (Kind.DUTY, Force.MUST, ("reasons-for-escalation",))
        assert Holds("reasons-not-given") in [n.when("when")[0] for n in norms("5.2.3", "refuse", 2)]

    def test_exclusions_keep_their_carve_backs(self) -> None:
        """Row 47."""
        refused = {n.when("when"): n for n in norms("3.2", "refuse")}
        assert len(refused) == 15  # thirteen bullets: surveys are no ground, courts give two, other redress three
        assert refused[(Holds("neighbour-dispute"),)].when("unless") == (Holds("about-handling-of-report"),)
        assert refused[(Holds("insurance-claim"),)].when("until") == (Holds("other-route-exhausted"),)
        assert [n.kind for n in norms("3.2", "investigate")] == [Kind.PERMISSION]

    def test_what_is_not_settled_by_the_managers_actions_moves_on(self) -> None:
        moves = [n.when("when") for n in norms("5.2.3", "become", 2)]
        assert moves == [(Not(Holds("resident-accepts-actions")),)]


# ------------------------------------------------------------------ verdicts


@cache
def verdicts() -> dict[str, Verdict]:
    code = load_code("housing-ombudsman-2024").document
    assert code is not None
    return {verdict.provision: verdict for verdict in check_policy(policy(), code)}


def reviewed() -> list[tuple[str, str, tuple[str, ...], str]]:
    """Provision, verdict, clauses and reason of every row of the page."""
    found = []
    for text in VERDICTS.read_text(encoding="utf-8").splitlines():
        if text.startswith("| ") and text[2].isdigit():
            provision, verdict, clauses, why = (cell.strip() for cell in text.strip("|").split("|"))
            found.append((provision, verdict, tuple(filter(None, clauses.split(", "))), why))
    return found


@pytest.mark.parametrize(("provision", "verdict", "clauses", "why"), reviewed())
def test_verdict(provision: str, verdict: str, clauses: tuple[str, ...], why: str) -> None:
    found = verdicts()[provision]
    told = f"{found.judgement.value}{', arguable' if found.arguable else ''}"
    if provision in DISAGREEMENTS:
        assert told != verdict, "no longer differs: take it out of DISAGREEMENTS"
        return
    assert told == verdict, found.why
    assert set(clauses) <= set(found.clauses)
    assert why.endswith(".")


def test_every_provision_is_reviewed_once() -> None:
    assert [row[0] for row in reviewed()] == list(verdicts())
    assert len(reviewed()) == 72
    assert set(DISAGREEMENTS) <= set(verdicts())
