"""Logs as landlords export them: what is proposed is right or asked, and what is read is what was written."""

from __future__ import annotations

import json
from datetime import date, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner

from policylang.casebook.cases import EntryState
from policylang.casebook.mapping import Mapping
from policylang.casebook.mapping_file import load_mapping
from policylang.casebook.mapping_text import mapping_text
from policylang.casebook.proposal import EXACT, Proposal
from policylang.casebook.reader import propose_mapping, read_cases
from policylang.casebook.record import facts
from policylang.commands import main
from tests.casebook.exports import EXPORTS, Export
from tests.documents import Example, check, examples

DATED = (EntryState.KNOWN, EntryState.VAGUE)


@examples(Path(__file__).with_name("exports.md"))
def test_what_is_proposed_is_as_its_page_says(example: Example, tmp_path: Path) -> None:
    name = example.block("export").strip()
    EXPORTS[name](tmp_path / name)
    proposal, _ = propose_mapping(tmp_path / name)
    assert proposal is not None
    check(example, "proposed", told(proposal))


def told(proposal: Proposal) -> str:
    """What each step is read from and how sure that is, what is asked, and what is left out."""
    lines = [f"{one.fact} from “{one.heading.text}”: {one.confidence}" for one in proposal.columns.values()]
    for question in proposal.questions:
        headings = " or ".join(f"“{heading.text}”" for heading in question.headings)
        lines.append(f"asked: {' or '.join(question.facts)} from {headings}")
    lines += [f"what a row is: {proposal.shape}"] if proposal.shape else []
    lines += [f"to be ordered: {said[:60]}…" for said in proposal.dates]
    lines += [f"missing: {name}" for name in proposal.missing]
    taken = {one.heading.column for one in proposal.columns.values()}
    taken |= {heading.column for question in proposal.questions for heading in question.headings}
    left = [f"“{h.text}”" for h in proposal.header.headings if h.column not in taken]
    return "\n".join([*lines, f"not read: {', '.join(left)}"])


@pytest.mark.parametrize("name", EXPORTS)
def test_what_is_exact_is_true(tmp_path: Path, name: str) -> None:
    export = EXPORTS[name](tmp_path / name)
    proposal, _ = propose_mapping(tmp_path / name)
    assert proposal is not None
    steps = {step for case in export.truth.values() for step in case}
    exact = {one.fact for one in proposal.columns.values() if one.confidence == EXACT}
    assert {fact for fact in exact if facts()[fact].kind == "event"} <= steps


def answered(tmp_path: Path, name: str, export: Export) -> Mapping:
    """The proposed mapping with its questions answered, written down and read again."""
    proposal, _ = propose_mapping(tmp_path / name)
    assert proposal is not None
    text = mapping_text(proposal)
    for line, right in export.answers:
        assert line in text, line
        text = text.replace(line, right)
    (tmp_path / "mapping.yaml").write_text(text, encoding="utf-8")
    mapping, wrong = load_mapping(tmp_path / "mapping.yaml")
    assert mapping is not None, wrong
    return mapping


@pytest.mark.parametrize("name", EXPORTS)
def test_every_case_is_read_as_it_was_written_once_the_questions_are_answered(tmp_path: Path, name: str) -> None:
    export = EXPORTS[name](tmp_path / name)
    result = read_cases(tmp_path / name, answered(tmp_path, name, export))
    assert not result.stopped, [f.message for f in result.findings]
    assert result.casebook.reconciles
    assert len(result.casebook.set_aside) == export.aside
    events = [fact for fact in facts().values() if fact.kind == "event"]
    read = {
        case.reference: {
            fact.name: case.entry(fact.name).date for fact in events if case.entry(fact.name).state in DATED
        }
        for case in result.casebook.cases
    }
    assert read == export.truth


POLICY = """\
policy "Complaints Policy".
calendar england-and-wales.
in force from 2023-01-01.
stage 1 "Stage 1":
  must acknowledge within 5 working days of receipt [1].
  must respond within 10 working days of acknowledgement [2].
stage 2 "Stage 2":
  must respond within 20 working days of escalation [3].
"""
HOLIDAYS = {date(2024, 5, 6), date(2024, 5, 27), date(2024, 8, 26), date(2024, 12, 25), date(2024, 12, 26)}
"""The bank holidays of England and Wales in the months of these logs."""
PROMISES = (
    ("acknowledge at stage 1", "received", "acknowledged", 5),
    ("respond at stage 1", "acknowledged", "responded", 10),
    ("respond at stage 2", "escalation_requested", "stage2_responded", 20),
)


def due(start: date, days: int) -> date:
    """The day so many working days later, gone through day by day without the tool's calendar."""
    day = start
    while days:
        day += timedelta(days=1)
        days -= day.weekday() < 5 and day not in HOLIDAYS
    return day


@pytest.mark.parametrize("name", EXPORTS)
def test_every_case_is_judged_as_a_count_by_hand_would_judge_it(tmp_path: Path, name: str) -> None:
    export = EXPORTS[name](tmp_path / name)
    answered(tmp_path, name, export)
    (tmp_path / "my.policy").write_text(POLICY, encoding="utf-8")
    words = ["audit", tmp_path / "my.policy", tmp_path / name, "--map", tmp_path / "mapping.yaml"]
    done = CliRunner().invoke(main, [*map(str, words), "--as-at", "2025-06-30", "--format", "json"])
    found = {
        (one["duty"], one["case"]): one["outcome"]
        for one in json.loads(done.stdout)["outcomes"]
        if one["source"] == "policy"
    }
    for duty, start, end, days in PROMISES:
        for reference, case in export.truth.items():
            if start in case and end in case:
                in_time = case[end] <= due(case[start], days)
                assert found[duty, reference] == ("met" if in_time else "breached"), (duty, reference)
            else:
                assert found.get((duty, reference), "cannot-tell") != "met", (duty, reference)
