"""Laws of checking, on made-up policies and the shipped codes."""

from __future__ import annotations

import random
import re
from dataclasses import replace

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from policylang.checker.check import as_policy, check
from policylang.checker.verdict import Decided, Judgement, Verdict
from policylang.model.document import Document
from policylang.model.library import code_ids, load_code, load_text
from tests.checker.made_up import Line, policies, policy_text, stricter

ENOUGH = settings(max_examples=25)
# Each example is dozens of repairs and so of policies; shrinking a failure would take minutes.
FEW = settings(max_examples=60, phases=(Phase.explicit, Phase.reuse, Phase.generate))
HEADINGS = ("3.4", "5.3")  # these count the stages from their headings
UNRELATED = (
    'note "Nothing to see here" [88.1].',
    "will use compliments for good-practice [88.2].",
    "refers to housing-act-1996 [88.3].",
    "compliment means goodwill [88.4].",
    "will keep-confidential personal-details [88.5].",
)


def code() -> Document:
    found = load_code("housing-ombudsman-2024").document
    assert found is not None
    return found


def judged(lines: list[Line], more: str = "") -> list[Verdict]:
    return judged_text(policy_text(lines) + more)


def judged_text(text: str) -> list[Verdict]:
    loaded = load_text(text, "made-up.policy")
    assert loaded.document is not None
    assert not loaded.findings, [f.message for f in loaded.findings]
    return check(loaded.document, code())


@pytest.mark.parametrize("id", code_ids())
def test_a_code_read_as_a_policy_complies_with_itself(id: str) -> None:
    found = load_code(id).document
    assert found is not None
    for verdict in check(as_policy(found), found):
        wanted = Judgement.COMPLIES if verdict.limbs else Judgement.NOT_JUDGED
        assert (verdict.judgement, verdict.arguable) == (wanted, False), (verdict.provision, verdict.why)


@ENOUGH
@given(policies().flatmap(lambda lines: st.tuples(st.just(lines), stricter(lines))))
def test_a_stricter_policy_never_loses_a_complies(pair: tuple[list[Line], list[Line]]) -> None:
    """Nor does it fall from a verdict to a worse one."""
    rank = [Judgement.BREACHES, Judgement.SILENT, Judgement.PARTLY, Judgement.COMPLIES, Judgement.NOT_JUDGED]
    for before, after in zip(judged(pair[0]), judged(pair[1]), strict=True):
        # What is met by silence alone is met because nothing is said: saying more puts it to the test.
        if before.judgement is Judgement.COMPLIES and before.decided is not Decided.BY_SILENCE:
            assert after.judgement is Judgement.COMPLIES, (
                before.provision,
                policy_text(pair[0]),
                policy_text(pair[1]),
                after.why,
            )
        if before.judgement is not Judgement.BREACHES and before.decided is not Decided.BY_SILENCE:
            assert rank.index(after.judgement) >= rank.index(before.judgement), (before.provision, after.why)


@ENOUGH
@given(policies(), st.sampled_from(UNRELATED))
def test_an_unrelated_sentence_changes_nothing(lines: list[Line], sentence: str) -> None:
    assert judged(lines) == judged(lines, f"feedback:\n  {sentence}\n")


@ENOUGH
@given(policies(), st.integers(0, 10**6))
def test_the_order_of_sentences_does_not_matter(lines: list[Line], seed: int) -> None:
    shuffled = random.Random(seed).sample(lines, len(lines))
    for one, other in zip(judged(lines), judged(shuffled), strict=True):
        assert _gist(one) == _gist(other)


def _gist(verdict: Verdict) -> tuple[object, ...]:
    readings = sorted((r.name, r.judgement) for r in verdict.readings)
    return verdict.provision, verdict.judgement, verdict.arguable, verdict.decided, set(verdict.clauses), readings


@ENOUGH
@given(policies())
def test_every_verdict_can_be_defended(lines: list[Line]) -> None:
    """It has a reason; what falls short has a repair; what is arguable has readings that differ; what is met by words
    has clauses (but stages are counted from headings, and these have none here)."""
    for verdict in judged(lines):
        assert verdict.why.strip()
        assert "None" not in verdict.why
        if verdict.judgement in (Judgement.PARTLY, Judgement.BREACHES, Judgement.SILENT):
            assert verdict.repair
        if verdict.judgement in (Judgement.PARTLY, Judgement.BREACHES) and verdict.provision not in HEADINGS:
            assert verdict.clauses
        if (
            verdict.judgement is Judgement.COMPLIES
            and verdict.decided is not Decided.BY_SILENCE
            and verdict.provision not in HEADINGS
        ):
            assert verdict.clauses
        assert verdict.arguable == (len({r.judgement for r in verdict.readings}) > 1)
        names = [r.name for r in verdict.readings]
        assert all(names)
        assert len(set(names)) == len(names)
        if verdict.story:
            assert verdict.judgement is Judgement.BREACHES


@FEW
@given(policies())
def test_the_repairs_of_a_provision_make_it_comply(lines: list[Line]) -> None:
    """Each repair is carried out as it says: a sentence added, or put in the place of those of a clause. (Those of 5.3
    are about headings.)"""
    for verdict in judged(lines):
        if verdict.repair is None or verdict.provision == "5.3":
            continue
        text = repaired(policy_text(lines), verdict.repair)
        one = code()
        one = replace(one, provisions=[p for p in one.provisions if p.number == verdict.provision])
        loaded = load_text(text, "repaired.policy")
        assert loaded.document is not None
        assert not loaded.findings, [f.message for f in loaded.findings]
        after = check(loaded.document, one)[0]
        assert after.judgement is Judgement.COMPLIES, (verdict.provision, verdict.repair, text, after.why, after.repair)


def repaired(text: str, repair: str) -> str:
    """The policy with its repairs carried out: added at the end, or put where the sentence of the clause stood."""
    for line in repair.splitlines():
        what, _, sentence = line.partition(": ")
        clauses = re.findall(r"\d+\.\d+", what)
        for number, clause in enumerate(clauses):
            new = f"  {sentence.removesuffix('.')} [{clause}].\n" if sentence and number == 0 else ""
            found = re.compile(rf"(?m)^  [^\n]*\[{re.escape(clause)}\]\.\n")
            assert len(found.findall(text)) == 1, (repair, clause, text)
            text = found.sub(lambda _, new=new: new, text)  # type: ignore[misc]
        if not clauses:
            text += f"process:\n  {sentence.removesuffix('.')} [77.7].\n"
    return text
