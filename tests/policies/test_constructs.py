"""Every construct without which a statement of the policies would be lost, and those at which facts are lost first.

``constructs.md`` shows each of the sixty-five on facts of the policies. The tests below it look closer at two of the
policies: each names what the source says and the clause that says it, and would fail if the language or the policy file
lost the figure, its start, the force or the condition. The other three policies have theirs beside their verdicts.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import pytest

from policylang.model.conditions import All, AnyOf, Holds, InTime, Not, Older
from policylang.model.data import policies_dir
from policylang.model.document import Document
from policylang.model.duration import Duration, Unit
from policylang.model.library import load_policy
from policylang.model.norms import NOT_STATED, Event, Extent, Force, Kind, Norm
from tests.documents import Example, examples, load
from tests.policies.constructs_shown import lines_of

PAGE = Path(__file__).with_name("constructs.md")
CONSTRUCTS = 65
SHOWN = re.compile(r"(?P<policy>[a-z-]+) \[(?P<clause>[^\]]+)\] (?P<fact>.+)")
DEMANDED_BY = {
    18: {"harrogate", "one-housing", "connect-housing"},
    26: {"housing-plus-group", "greatwell-homes", "harrogate", "connect-housing"},
    29: {"housing-plus-group", "one-housing", "greatwell-homes", "connect-housing"},
    33: {"housing-plus-group", "harrogate", "greatwell-homes", "connect-housing"},
    42: {"harrogate"},
    45: {"housing-plus-group", "harrogate", "greatwell-homes", "connect-housing"},
}
"""The constructs at which small languages lose facts, and the policies that cannot be written without them."""
EITHER_WAY = "may not: the complaint is barred", "may not: left to discretion"


@cache
def policy(name: str) -> Document:
    loaded = load_policy(policies_dir() / f"{name}.policy")
    assert loaded.document is not None
    return loaded.document


def connect(clause: str, action: str, stage: int | None = None) -> list[Norm]:
    """What Connect Housing's policy says in a clause with an action, in the file's order."""
    return [
        n for n in policy("connect-housing").norms if clause in n.clauses and n.action == action and n.stage == stage
    ]


def plus(clause: str, action: str, stage: int | None = None) -> list[Norm]:
    """The same of the Housing Plus Group's."""
    found = policy("housing-plus-group").norms
    return [n for n in found if clause in n.clauses and n.action == action and n.stage == stage]


def working_days(n: int) -> Duration:
    return Duration(n, Unit.WORKING_DAYS)


def row(example: Example) -> int:
    """The number of the construct that a heading of the page is about."""
    return int(example.title.split()[0])


def shown(example: Example) -> list[re.Match[str]]:
    """The facts under a heading of the page: policy, clause and what is said."""
    found = [SHOWN.fullmatch(text) for text in example.block("shown").splitlines()]
    assert None not in found, example.title
    return [match for match in found if match is not None]


@examples(PAGE)
def test_the_policies_say_what_the_page_shows(example: Example) -> None:
    facts = shown(example)
    assert facts
    for fact in facts:
        said = [text for clauses, text in lines_of(fact["policy"]) if fact["clause"] in clauses]
        assert fact["fact"] in said, f"{fact['policy']} {fact['clause']} says: {said}"


def test_every_construct_is_shown_once() -> None:
    assert [row(example) for example in load(PAGE)] == list(range(1, CONSTRUCTS + 1))


@pytest.mark.parametrize("number", DEMANDED_BY)
def test_where_facts_are_lost_first_every_policy_is_shown_that_needs_the_construct(number: int) -> None:
    [example] = [one for one in load(PAGE) if row(one) == number]
    assert {fact["policy"] for fact in shown(example)} == DEMANDED_BY[number]


class TestOneDutyTwice:
    """The same duty stated twice with different figures: both stand, in the order of the source."""

    def test_connect_has_two_windows_for_asking_for_stage_2(self) -> None:
        first, second = connect("3.8", "escalate", 2)
        assert first.within is not None
        assert second.within is not None
        assert first.within.duration == Duration(21, Unit.DAYS)  # the kind of day is left open
        assert first.within.start == Event("response-received", 1)
        assert (first.kind, first.force) == (Kind.PERMISSION, Force.MAY)
        assert second.within.duration == Duration(3, Unit.WEEKS)
        assert second.within.start == Event("response-dated", 1)
        assert (second.kind, second.force) == (Kind.DUTY, Force.MUST)
        assert [n.actors.words for n in (first, second)] == [("resident",), ("resident",)]


class TestStartNotStated:
    """A period whose first event the source does not name keeps the figure and no start."""

    def test_connect_attempts_an_answer_in_ten_working_days_of_nothing_said(self) -> None:
        [norm] = connect("3.3", "respond", 1)
        assert norm.within is not None
        assert norm.within.duration == working_days(10)
        assert norm.within.start.word == NOT_STATED.word
        assert not norm.within.start.stated
        assert norm.force is Force.AIMS

    def test_where_the_start_is_stated_it_is_kept(self) -> None:
        [norm] = connect("3.2", "acknowledge", 1)
        assert norm.within is not None
        assert (norm.within.duration, norm.within.start) == (working_days(5), Event("receipt", 1))


class TestNoDeadline:
    """A step that the source leaves without a time is written as one without a time, not as one in good time."""

    def test_connect_sets_out_the_complaint_at_stage_2(self) -> None:
        steps = [*connect("3.10", "acknowledge", 2), *connect("3.10", "set-out", 2)]
        assert len({n.reading for n in steps}) == 2
        for norm in steps:
            assert norm.no_deadline
            assert norm.within is None
            assert norm.prompt is None
            assert [w.event for w in norm.waits] == [Event("escalation", 2)]

    def test_plus_arranges_a_meeting(self) -> None:
        [norm] = plus("7.6.4", "arrange", 2)
        assert norm.no_deadline
        assert norm.within is None
        assert norm.actors.words == ("complaints-officer",)
        assert (norm.listed("via").words, norm.listed("via").joined) == (("phone", "in-person", "video"), "or")

    def test_plus_answers_comments(self) -> None:
        [norm] = plus("1.6", "respond-to-feedback")
        assert norm.no_deadline
        assert not norm.actors


class TestExtensions:
    """Trigger, reasons, cap or none, condition above the cap, what is told, and what follows without agreement."""

    def test_connect_stage_1_ten_days_by_agreement_and_more_for_good_reason(self) -> None:
        capped, further = connect("3.3", "extend", 1)
        assert capped.extent == Extent(working_days(10))
        assert capped.when("when") == (All((Holds("not-possible-in-time"), Holds("resident-agrees"))),)
        assert further.extent == Extent(further=True)
        assert further.when("only_when") == (All((Holds("exceptional-circumstances"), Holds("good-reason"))),)
        assert {n.kind for n in (capped, further)} == {Kind.PERMISSION}

    def test_connect_stage_2_ten_days_and_never_further(self) -> None:
        [norm] = connect("3.9", "extend", 2)
        assert norm.extent == Extent(working_days(10))
        assert norm.when("when") == (
            All((Holds("exceptional-circumstances"), Holds("not-possible-in-time"), Holds("resident-agrees"))),
        )

    def test_connect_without_agreement_gives_the_ombudsmans_details_and_goes_on(self) -> None:
        for clause, stage in (("3.3", 1), ("3.9", 2)):
            [details], [goes_on] = connect(clause, "give", stage), connect(clause, "continue", stage)
            assert details.objects.words == ("ombudsman-contact",)
            assert goes_on.objects.words == ("investigation",)
            for norm in (details, goes_on):
                assert norm.when("when") == (Holds("extension-not-agreed"),)
                assert (norm.kind, norm.force) == (Kind.DUTY, Force.WILL)

    def test_plus_has_no_cap_at_either_stage_and_tells_a_new_date_only(self) -> None:
        for clause, stage in (("7.4.3", 1), ("7.6.7", 2)):
            permitted, told = plus(clause, "extend", stage)
            assert permitted.extent is None
            assert told.extent is None
            assert permitted.kind is Kind.PERMISSION
            assert permitted.when("when") == (Holds("exceptional-circumstances"),)
            assert (told.kind, told.when("when")) == (Kind.DUTY, (Holds("delay-expected"),))
            assert told.listed("giving").words == ("new-date",)
            assert told.listed("via").words == ("letter",)

    def test_plus_exceptional_circumstances_cover_the_acknowledgement_at_stage_1_alone(self) -> None:
        assert plus("7.4.3", "extend", 1)[0].objects.words == ("acknowledgement", "response")
        assert plus("7.6.7", "extend", 2)[0].objects.words == ("response",)

    def test_plus_gives_four_reasons_for_either_stage(self) -> None:
        [norm] = plus("7.5.1", "extend")
        assert norm.any_stage
        assert norm.extent is None
        assert norm.when("when") == (
            AnyOf(
                (
                    Holds("information-needed-from-resident"),
                    Holds("resident-unavailable"),
                    Holds("staff-unavailable"),
                    Holds("third-party-unavailable"),
                )
            ),
        )


class TestMustGiveOrIsAskedFor:
    """What a customer has to give before stage 2, against what they are only asked for."""

    def test_plus_makes_reasons_a_condition(self) -> None:
        [norm] = plus("7.6.2", "give", 2)
        assert norm.actors.words == ("resident",)
        assert (norm.kind, norm.force) == (Kind.DUTY, Force.MUST)
        assert norm.objects.words == ("reasons-for-escalation", "outcomes-sought")
        assert norm.when("when") == (Holds("escalating"),)

    def test_connect_only_asks(self) -> None:
        [norm] = connect("3.8", "ask-for", 2)
        assert not norm.actors
        assert norm.objects.words == ("unresolved-aspects",)
        assert not [n for n in policy("connect-housing").norms if n.action == "require" and not n.negated]

    def test_connect_asks_for_writing_and_does_not_require_it(self) -> None:
        [asked], [required] = connect("3.1", "ask-for", 1), connect("3.1", "require", 1)
        assert (asked.force, asked.hedge, asked.listed("via").words) == (Force.AIMS, "ideally", ("writing",))
        assert (required.kind, required.objects.words) == (Kind.PROHIBITION, ("written-complaint",))


class TestOpenTexts:
    """Where the source can be read in more ways than one, each way is written and neither is preferred."""

    def test_connect_may_not_is_a_bar_and_a_discretion(self) -> None:
        for clause in ("5.4", "5.5", "5.6", "5.7"):
            bar, leave = connect(clause, "refuse")
            assert (bar.kind, bar.reading) == (Kind.DUTY, EITHER_WAY[0])
            assert (leave.kind, leave.reading) == (Kind.PERMISSION, EITHER_WAY[1])
            assert bar.conditions == leave.conditions

    def test_connect_is_open_in_three_places(self) -> None:
        worlds = policy("connect-housing").worlds()
        assert len(worlds) == len(set(worlds)) == 2**3
        assert {name for world in worlds for name in world} >= set(EITHER_WAY)

    def test_the_stage_2_contents_stand_in_one_reading_only(self) -> None:
        document = policy("connect-housing")
        having = [
            w for w in document.worlds() if [n for n in document.norms_in(w) if n.action == "address" and n.stage == 2]
        ]
        assert len(having) * 2 == len(document.worlds())


class TestAgesAndCarveBacks:
    def test_six_months_run_from_the_issue_and_two_subjects_are_carved_out(self) -> None:
        six_months = Older("issue", Duration(6, Unit.MONTHS), "issue-occurred")
        for norm in (*connect("5.6", "refuse"), *plus("3.1c", "refuse")):
            assert norm.when("when") == (six_months,)
            [spared] = norm.when("unless")
            assert isinstance(spared, AnyOf)
            assert set(spared.parts) == {Holds("safeguarding"), Holds("health-and-safety")}

    def test_plus_takes_complaints_on_the_handling_of_what_it_excludes(self) -> None:
        spared = {n.when("when"): n.when("unless") for n in plus("3.1b", "refuse")}
        assert spared[(Holds("neighbour-antisocial-behaviour"),)] == (Holds("about-handling-of-report"),)
        assert spared[(Holds("new-build-defect"),)] == (Holds("about-delay"),)

    def test_connect_refuses_a_repeat_only_without_new_information(self) -> None:
        wanted = All((Holds("already-considered"), Not(Holds("new-information"))))
        assert {n.when("when") for n in connect("5.7", "refuse")} == {(wanted,)}


class TestFiguresOfOtherKinds:
    def test_plus_logs_and_acknowledges_under_one_deadline(self) -> None:
        [logs], [acknowledges] = plus("7.4.1", "log", 1), plus("7.4.1", "acknowledge", 1)
        assert logs.within == acknowledges.within
        assert logs.within is not None
        assert (logs.within.duration, logs.within.start) == (working_days(2), Event("receipt", 1))

    def test_plus_counts_the_window_from_the_issue_of_the_response(self) -> None:
        [norm] = plus("7.6.1", "escalate", 2)
        assert norm.within is not None
        assert (norm.within.duration, norm.within.start) == (working_days(20), Event("response", 1))

    def test_plus_makes_residents_wait_from_having_the_stage_2_response(self) -> None:
        [norm] = plus("9.1", "refer")
        [wait] = norm.waits
        assert (wait.duration, wait.event) == (Duration(8, Unit.WEEKS), Event("response-received", 2))

    def test_plus_chooses_among_three_review_periods(self) -> None:
        [norm] = plus("14.14.1", "review")
        assert norm.within is not None
        assert norm.within.duration.choices == (30, 60, 90)
        assert norm.within.duration.unit is Unit.DAYS
        assert norm.listed("opinion").words == ("organisation",)

    def test_plus_closes_after_a_silence(self) -> None:
        conditions = [c for n in plus("11.1", "close") for c in n.when("when")]
        assert InTime("no-contact", working_days(20), "response") in conditions

    def test_plus_borrows_the_times_of_stage_1(self) -> None:
        [norm] = plus("2.4", "answer-enquiry")
        assert (norm.borrowed, norm.force) == ("stage 1", Force.AIMS)

    def test_plus_appeals_have_a_right_a_window_and_an_answer_in_time(self) -> None:
        right, window = plus("14.14.3", "appeal")
        assert (right.kind, right.within) == (Kind.PERMISSION, None)
        assert window.force is Force.SHOULD
        assert window.within is not None
        assert (window.within.duration, window.within.start) == (working_days(20), Event("formal-letter"))
        [answer] = plus("14.14.5", "answer-appeal")
        assert answer.force is Force.WILL
        assert answer.within is not None
        assert (answer.within.duration, answer.within.start) == (working_days(15), Event("appeal-received"))
        [hearing] = plus("14.14.4", "arrange")
        assert hearing.listed("not_by").words == ("decision-maker",)


class TestDocumentFrame:
    def test_connect_keeps_two_dates_that_disagree_and_its_thirteen_versions(self) -> None:
        document = policy("connect-housing")
        dates = {d.role: (d.when.text, d.clauses) for d in document.dates}
        assert dates == {"in force": ("2022-09", ("version table",)), "approved": ("2021-06", ("closing line",))}
        rows = [(row.label, row.when.text if row.when else None) for row in document.history if row.summary]
        assert len(rows) == 13
        assert (rows[0], rows[-1]) == (("12", "2022-09"), ("1", "2006-02"))

    def test_plus_has_the_roles_and_bounds_of_its_dates(self) -> None:
        dates = {d.role: (d.when.text, d.when.bound) for d in policy("housing-plus-group").dates}
        assert dates == {
            "adopted": ("2020-11", False),
            "in force": ("2021-04", False),
            "next review": ("2024-04", True),
        }

    def test_connects_appendix_is_another_bodys_text(self) -> None:
        found = [n for n in policy("connect-housing").norms if "Appendix 1" in n.clauses]
        assert found
        for norm in found:
            assert norm.standing is not None
            assert (norm.standing.kind, norm.standing.of) == ("appendix", "Housing Ombudsman")

    def test_connects_reference_to_a_clause_that_is_not_there_is_kept(self) -> None:
        document = policy("connect-housing")
        assert [n.see for n in document.norms if n.objects.words == ("final-stage",)] == [("1.16",)]
