"""Compiling: which duties a case record can show, under which names, and what is left for somebody to read."""

from __future__ import annotations

from pathlib import Path

import pytest

from policylang.auditor.duties import compile_document, duties, not_shown_by_cases
from policylang.auditor.duty import Duty, DutyKind
from policylang.auditor.sentences import is_duty, sentences
from policylang.casebook.record import facts
from policylang.model.library import code_ids, load_code, load_policy, policy_ids
from tests.architecture.source import ROOT
from tests.auditor.told import told_document
from tests.documents import Example, check, examples


@examples(Path(__file__).with_name("compiled.md"))
def test_page(example: Example) -> None:
    kind = "policy" if example.names("policy") else "code"
    compiled = compile_document(told_document(example.block(kind), kind))
    lines = [described(duty) for duty in compiled.duties]
    lines += ["----", *(f"{part.text}\n    {part.why}" for part in compiled.not_shown)]
    check(example, "expect", "\n".join(lines))


def described(duty: Duty) -> str:
    clock = duty.clock
    parts = [duty.kind.value]
    if duty.event:
        parts.append(f"event {duty.event}")
    if clock:
        guard = f", itself due in {clock.guard}" if clock.guard else ""
        parts.append(f"within {clock.within} of {clock.start}{guard}")
    if duty.facts:
        parts.append(f"shown by {', '.join(duty.facts)}")
    if duty.extension and duty.kind is DutyKind.TIMED:
        parts.append(f"may be extended under {len(duty.extension.steps)} sentence(s)")
    parts += [text for text, there in (("an aim", not duty.binding), ("unverified", not duty.verified)) if there]
    parts += [f"from {duty.standing}"] if duty.standing else []
    parts += ["waits for lateness"] if duty.late_of else []
    cited = duty.provision or ", ".join(duty.clauses)
    return f"[{cited}] {duty.name}\n    {'; '.join(parts)}"


def documents() -> list[str]:
    return [*code_ids(), *policy_ids()]


@pytest.fixture(params=documents())
def compiled(request: pytest.FixtureRequest) -> tuple[Duty, ...]:
    name = request.param
    loaded = load_code(name) if name in code_ids() else load_policy(ROOT / "policies" / f"{name}.policy")
    assert loaded.document is not None
    return duties(loaded.document)


def test_every_shipped_document_has_duties_with_names_of_their_own(compiled: tuple[Duty, ...]) -> None:
    assert compiled
    names = [(duty.provision, duty.name) for duty in compiled]
    assert len(set(names)) == len(names)


def test_every_fact_a_duty_reads_is_one_a_log_can_hold(compiled: tuple[Duty, ...]) -> None:
    for duty in compiled:
        for name in (*duty.reads, *duty.facts):
            assert name in facts(), (duty.name, name)
        assert duty.text, duty.name


def test_names_do_not_change_when_a_document_is_compiled_again() -> None:
    first = load_policy(ROOT / "policies" / "connect-housing.policy").document
    again = load_policy(ROOT / "policies" / "connect-housing.policy").document
    assert first is not None
    assert again is not None
    assert [duty.name for duty in duties(first)] == [duty.name for duty in duties(again)]


@pytest.mark.parametrize("name", documents())
def test_no_duty_of_a_document_is_lost(name: str) -> None:
    """Every sentence that binds the organisation is compiled, or listed with the reason why it cannot be."""
    loaded = load_code(name) if name in code_ids() else load_policy(ROOT / "policies" / f"{name}.policy")
    document = loaded.document
    assert document is not None
    kept = {duty.text for duty in duties(document)} | {part.text for part in not_shown_by_cases(document)}
    clauses = {duty.clauses for duty in duties(document)}
    for said in sentences(document):
        if is_duty(said.norm) and not said.by_resident and said.text not in kept:
            # Alike in every reading of its clause, it stands under the first of them.
            assert said.norm.reading, said.text
            assert said.clauses in clauses, said.text


def test_the_code_of_2024_shows_every_timed_provision() -> None:
    code = load_code("housing-ombudsman-2024").document
    assert code is not None
    timed = {(d.provision, d.name) for d in duties(code) if d.kind is DutyKind.TIMED}
    assert timed == {
        ("6.2", "acknowledge at stage 1"),
        ("6.2", "log at stage 1"),
        ("6.3", "respond at stage 1"),
        ("6.11", "acknowledge at stage 2"),
        ("6.11", "log at stage 2"),
        ("6.14", "respond at stage 2"),
    }
    others = {duty.provision for duty in duties(code) if duty.kind is not DutyKind.TIMED}
    assert {"2.4", "5.6", "5.7", "5.9", "5.11", "6.4", "6.5", "6.9", "6.12", "6.13", "6.15", "6.16", "6.19"} <= others
