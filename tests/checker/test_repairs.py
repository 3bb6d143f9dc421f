"""The law of repairs: whatever falls short is met once its repair has been carried out, or says why no sentence can."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

from policylang.checker.check import check
from policylang.checker.edits import edited
from policylang.checker.findings import finding_code
from policylang.checker.repair import Deed, steps
from policylang.checker.verdict import Judgement, Limb, Verdict
from policylang.model.data import policies_dir
from policylang.model.document import Document
from policylang.model.library import load_code, load_policy, load_text, policy_ids

HONEST = ("headed", "Add a heading", "No time at stage 1 would do", "No time would do")
"""How the steps begin, or what they name, that no sentence of the language can take."""
EVERY = 8
"""Each repair that changes or takes out a sentence is tried; of those that only add one, every eighth."""


def loaded(policy: str) -> tuple[Document, Document]:
    document, code = (
        load_policy(policies_dir() / f"{policy}.policy").document,
        load_code("housing-ombudsman-2024").document,
    )
    assert document is not None
    assert code is not None
    return document, code


def short(verdicts: list[Verdict]) -> Iterator[tuple[Verdict, int, Limb]]:
    for verdict in verdicts:
        for number, limb in enumerate(verdict.limbs):
            if limb.judgement is not Judgement.COMPLIES:
                yield verdict, number, limb


@pytest.mark.parametrize("policy", policy_ids())
def test_every_demand_that_is_not_met_has_a_repair(policy: str) -> None:
    """Nearly always a sentence to paste; what only a person can do is said in words."""
    document, code = loaded(policy)
    found = list(short(check(document, code)))
    assert found
    sentences = 0
    for verdict, _, limb in found:
        todo = steps(limb.repairs)
        assert todo, (verdict.provision, limb.why)
        by_hand = [step for step in todo if step.deed is Deed.BY_HAND]
        assert all(any(word in step.told for word in HONEST) for step in by_hand), [step.told for step in by_hand]
        assert all(step.sentence or step.deed in (Deed.BY_HAND, Deed.TAKE_OUT) for step in todo)
        sentences += not by_hand
    assert sentences >= 0.95 * len(found)


@pytest.mark.parametrize("policy", policy_ids())
def test_carried_out_a_repair_meets_its_demand(policy: str) -> None:
    document, code = loaded(policy)
    tried = skipped = 0
    for verdict, number, limb in short(check(document, code)):
        deeds = {step.deed for step in steps(limb.repairs)}
        if Deed.BY_HAND in deeds:
            continue
        if deeds == {Deed.ADD}:
            skipped += 1
            if skipped % EVERY:
                continue
        cited = finding_code(code, verdict.provision)
        text = edited(document, [(cited, repair) for repair in limb.repairs])
        again = load_text(text, document.name, id=document.id)
        assert again.document is not None
        assert not again.findings, [f.message for f in again.findings]
        one = replace(code, provisions=[p for p in code.provisions if p.number == verdict.provision])
        after = check(again.document, one)[0].limbs[number]
        assert after.judgement is Judgement.COMPLIES, (cited, limb.demand, limb.repair, after.why)
        tried += 1
    assert tried >= 10


@pytest.mark.parametrize("policy", policy_ids())
def test_the_words_at_fault_are_words_of_the_clauses_relied_on(policy: str) -> None:
    document, code = loaded(policy)
    for verdict, _, limb in short(check(document, code)):
        if {step.deed for step in steps(limb.repairs)} <= {Deed.ADD, Deed.BY_HAND}:
            assert limb.words == (), verdict.provision
            continue
        for place in limb.words:
            assert place.file == document.name
            inside = [
                norm
                for norm in document.norms
                if (norm.span.line, norm.span.column) <= (place.line or 0, place.column or 0)
                and (place.end_line or 0, place.end_column or 0) <= (norm.span.end_line, norm.span.end_column)
            ]
            assert inside, (verdict.provision, place)


CLOSED = """policy "Complaints Policy".
in force from 2024-04-01.
calendar england-and-wales.
closed from 2025-12-29 to 2025-12-29 "Office closed".

stage 1 "Stage 1":
  must respond within 10 working days of acknowledgement [2].
"""


def test_a_policy_with_closure_days_is_offered_the_longest_time_that_keeps_the_code() -> None:
    """One closed day makes ten of its working days end a day after the Code's; nine never do, and no calendar moves."""
    policy = load_text(CLOSED, "maple.policy").document
    code = load_code("housing-ombudsman-2024").document
    assert policy is not None
    assert code is not None
    (verdict,) = [verdict for verdict in check(policy, code) if verdict.provision == "6.3"]
    assert verdict.judgement is Judgement.BREACHES
    assert verdict.repair is not None
    assert "within 9 working days of acknowledgement" in verdict.repair
