"""The answer to "Comply: Yes / No": each case of the rule as a document, and what no setting of it may ever do."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from itertools import product
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from policylang.auditor.outcome import Result
from policylang.checker.verdict import Judgement, Reading
from policylang.evidence.comply import Answer, ComplyRule, Kind, decide
from policylang.evidence.comply import kinds as kinds_of
from policylang.evidence.tally import Tally
from policylang.language.tree import Span
from policylang.model.document import Deviation
from tests.documents import Example, check, examples
from tests.evidence.made_up import verdict

ASK = "Were they?"


@examples(Path(__file__).with_name("comply.md"))
def test_the_rule_case_by_case(example: Example) -> None:
    said = dict(line.split(": ", 1) for line in example.block("situation").splitlines())
    readings = tuple(Reading(Judgement(word), "") for word in said.get("readings", "").split(", ") if word)
    judged = None
    if said["policy"] != "none":
        judged = verdict(judgement=Judgement(said["policy"]), arguable=bool(readings), readings=readings)
    tally = None
    if "cases" in said:
        numbers = [part.split(" ") for part in said["cases"].split(", ")]
        tally = Tally.of(Result(name) for number, name in numbers for _ in range(int(number)))
    settings = dict([said["rule"].split(" ")]) if "rule" in said else {}
    answer = decide(
        judged,
        tally,
        frozenset(Kind(kind) for kind in said["shown by"].split(", ")),
        ASK,
        ComplyRule(**settings),  # type: ignore[arg-type]
        verified=said.get("verified") != "no",
    )
    lines = [f"{answer.answer.value}. {answer.because}", *(f"? {question}" for question in answer.questions)]
    check(example, "expect", "\n".join(lines))


RULES = [
    ComplyRule(a, b, c, d)  # type: ignore[arg-type]
    for a, b, c, d in product(
        ("answer-no", "ask-a-person"), ("answer-yes", "ask-a-person"), ("ask-a-person", "policy-alone"),
        ("ask-a-person", "as-found"),
    )
]  # fmt: skip
few = st.integers(0, 3)
tallies = st.none() | st.builds(Tally, few, few, few, few, few)
judgements = st.sampled_from(list(Judgement))
kinds = st.frozensets(st.sampled_from(list(Kind)), min_size=1)
rules = st.sampled_from(RULES)


@given(judgements, tallies, kinds, rules, st.booleans(), st.booleans())
def test_nothing_unknown_and_no_breach_ever_makes_a_yes(
    judgement: Judgement, tally: Tally | None, shown_by: frozenset[Kind], rule: ComplyRule, sure: bool, arguable: bool
) -> None:
    judged = verdict(judgement=judgement, arguable=arguable)
    answer = decide(judged, tally, shown_by, ASK, rule, verified=sure).answer
    if judgement is not Judgement.COMPLIES or arguable:
        assert answer is not Answer.YES
    if tally is not None and (tally.breached or tally.cannot_tell):
        assert answer is not Answer.YES
    if not sure and rule.unverified == "ask-a-person":
        assert answer is Answer.BLANK
    if rule.not_seen == "ask-a-person" and shown_by - {Kind.POLICY, Kind.CASES}:
        assert answer is not Answer.YES
    if rule.not_seen == "ask-a-person" and Kind.CASES in shown_by and tally is None:
        assert answer is not Answer.YES
    assert decide(None, tally, shown_by, ASK, rule, verified=sure).answer is Answer.BLANK


@given(judgements, tallies, kinds, rules, st.booleans(), st.booleans())
def test_a_no_always_rests_on_something_known(
    judgement: Judgement, tally: Tally | None, shown_by: frozenset[Kind], rule: ComplyRule, sure: bool, arguable: bool
) -> None:
    answer = decide(verdict(judgement=judgement, arguable=arguable), tally, shown_by, ASK, rule, verified=sure)
    if answer.answer is Answer.NO:
        broken = tally is not None and tally.breached > 0
        assert broken or (judgement in (Judgement.PARTLY, Judgement.BREACHES) and not arguable)


@given(judgements, tallies, kinds, rules, st.booleans(), st.booleans())
def test_what_is_left_open_always_comes_with_a_question_and_nothing_else_does(
    judgement: Judgement, tally: Tally | None, shown_by: frozenset[Kind], rule: ComplyRule, sure: bool, arguable: bool
) -> None:
    answer = decide(verdict(judgement=judgement, arguable=arguable), tally, shown_by, ASK, rule, verified=sure)
    assert bool(answer.questions) == (answer.answer is Answer.BLANK)
    assert answer.because
    assert len(set(answer.questions)) == len(answer.questions)


@given(judgements, st.builds(Tally, few, few, few, few, few), kinds, rules, st.booleans())
def test_one_more_breach_never_improves_an_answer(
    judgement: Judgement, tally: Tally, shown_by: frozenset[Kind], rule: ComplyRule, arguable: bool
) -> None:
    judged = verdict(judgement=judgement, arguable=arguable)
    rank = {Answer.YES: 2, Answer.BLANK: 1, Answer.NO: 0}
    before = decide(judged, tally, shown_by, ASK, rule).answer
    after = decide(judged, tally + Tally(breached=1), shown_by, ASK, rule).answer
    assert rank[after] <= rank[before]


@given(judgements, tallies, kinds, st.booleans())
def test_the_rule_that_ships_is_the_strictest_on_a_yes(
    judgement: Judgement, tally: Tally | None, shown_by: frozenset[Kind], arguable: bool
) -> None:
    judged = verdict(judgement=judgement, arguable=arguable)
    if decide(judged, tally, shown_by, ASK, ComplyRule()).answer is Answer.YES:
        lenient = [r for r in RULES if r.duty_never_arose == "answer-yes"]
        assert all(decide(judged, tally, shown_by, ASK, rule).answer is Answer.YES for rule in lenient)


def test_the_printed_rule_says_each_setting() -> None:
    printed = {rule: " ".join(rule.statements()) for rule in RULES}
    assert len(set(printed.values())) == len(RULES)


def test_what_a_code_says_a_provision_is_shown_by() -> None:
    assert kinds_of(("policy", "cases")) == {Kind.POLICY, Kind.CASES}
    assert kinds_of(("policy", "hearsay")) == {Kind.POLICY, Kind.RECORDS}
    assert kinds_of(()) == {Kind.RECORDS}  # not said: then somebody has to look


def test_an_accepted_deviation_is_said_and_makes_no_yes() -> None:
    accepted = Deviation(
        "6.2", "two teams merge", "the Board", date(2026, 4, 1), date(2027, 3, 31), "recruit", Span(0, 1, 1, 1, 1, 2)
    )
    short = replace(verdict(judgement=Judgement.BREACHES), deviation=accepted)
    found = decide(short, None, frozenset({Kind.POLICY}), ASK, ComplyRule())
    assert found.answer is Answer.NO
    assert found.because == (
        "The policy breaches this provision. Accepted by the Board from 1 April 2026 until 31 March 2027, because: two "
        "teams merge. The plan: recruit."
    )


def test_nobody_breaches_a_recommendation() -> None:
    for judgement in Judgement:
        found = decide(
            replace(verdict(judgement=judgement), force="should"), None, frozenset({Kind.POLICY}), ASK, ComplyRule()
        )
        assert "breach" not in found.because
