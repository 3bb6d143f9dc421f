"""What is said of a case without judging it must be what judging it says: on dirty cases, outcome by outcome."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import settings as limit
from hypothesis import strategies as st

from policylang.auditor.audit import audit, groups_of, working_calendar
from policylang.auditor.duties import duties
from policylang.auditor.knowledge import Knowledge
from policylang.auditor.not_governed import rule_out
from policylang.auditor.outcome import Outcome
from policylang.auditor.replay_reference import judge
from policylang.auditor.settings import Settings
from policylang.casebook.cases import Case, CaseBook, CellAddress, Entry, EntryState
from policylang.casebook.load import load_cases
from policylang.casebook.record import facts
from policylang.casebook.row_entries import RowEntries
from policylang.model.document import Document
from policylang.model.library import editions, load_policy

ROOT = Path(__file__).resolve().parents[2]
AS_AT = date(2026, 3, 31)
POLICIES = {path.stem: path for path in sorted((ROOT / "policies").glob("*.policy"))}
CODES = editions("housing-ombudsman")


@cache
def shipped(name: str) -> Document:
    """A policy that ships."""
    document = load_policy(POLICIES[name]).document
    assert document is not None
    return document


days = st.dates(date(2023, 12, 1), date(2026, 6, 1))
unsaid = st.sampled_from([EntryState.BLANK, EntryState.NOT_DONE, EntryState.UNREADABLE])


@st.composite
def entries(draw: st.DrawFn) -> dict[str, Entry]:
    """A row of a log: half of its columns missing, of the others half empty, some "not done" or unreadable."""
    found = {"received": Entry(EntryState.KNOWN, draw(days), cell=CellAddress("Log", 2, "B", "Received"))}
    for n, (name, fact) in enumerate(facts().items()):
        if name == "received" or draw(st.booleans()):
            continue
        cell = CellAddress("Log", 2, f"C{chr(65 + n % 26)}", name)
        if draw(st.booleans()):
            found[name] = Entry(draw(unsaid), cell=cell)
        else:
            of_kind: dict[str, st.SearchStrategy[date | bool]] = {"event": days, "flag": st.booleans()}
            value = draw(of_kind[fact.kind]) if fact.kind in of_kind else draw(st.sampled_from(["A", "B"]))
            found[name] = Entry(EntryState.KNOWN, value, cell=cell)
    return found


def one_by_one(case: Case, policy: str, settings: Settings) -> tuple[list[Outcome], Counter[tuple[str, str]]]:
    """Every duty judged by itself, with what would have decided it."""
    document = shipped(policy)
    known = Knowledge(case, AS_AT, settings)
    found: list[Outcome] = []
    missing: Counter[tuple[str, str]] = Counter()
    for group in groups_of(document, CODES, settings):
        governing = group.governing(case, AS_AT)
        calendar = working_calendar(governing.document, settings)
        for duty in duties(governing.document):
            if governing.reason:
                found.append(rule_out(duty, known, calendar, governing)[0])
                continue
            outcome, unknown = judge(duty, known, calendar)
            found.append(outcome)
            if outcome.result.value == "cannot-tell":
                missing.update((name, known.entry(name).state.value) for name in unknown)
    return found, missing


@pytest.mark.parametrize("policy", POLICIES)
@limit(max_examples=15)
@given(st.lists(entries(), min_size=1, max_size=4), st.sampled_from([frozenset(), frozenset({"extension_notified"})]))
def test_an_audit_says_what_judging_each_duty_says(
    policy: str, rows: list[dict[str, Entry]], not_done: frozenset[str]
) -> None:
    settings = Settings(not_done=not_done)
    cases = [Case(f"C-{n}", row, "Log", n + 2) for n, row in enumerate(rows)]
    document = load_policy(POLICIES[policy]).document
    result = audit(
        document, editions("housing-ombudsman"), CaseBook(cases=cases, rows_read=len(cases)), AS_AT, settings
    )
    expected: list[Outcome] = []
    missing: Counter[tuple[str, str]] = Counter()
    for case in cases:
        theirs, unknown = one_by_one(case, policy, settings)
        expected += theirs
        missing += unknown
    assert list(result.outcomes) == expected
    assert {(row["fact"], row["state"]): row["outcomes"] for row in result.measures["missing"]} == dict(missing)


@pytest.mark.parametrize("policy", POLICIES)
def test_words_shared_by_rows_name_the_row_of_each(policy: str) -> None:
    """Cases whose facts stand in one row of a sheet share words; the same cases without that are told one by one."""
    book = load_cases(ROOT / "examples" / "complaints-log.xlsx")[0].casebook
    assert all(isinstance(case.entries, RowEntries) for case in book.cases)
    alone = replace(book, cases=[replace(case, entries=dict(case.entries)) for case in book.cases])
    together, apart = (audit(shipped(policy), CODES, each, AS_AT).outcomes for each in (book, alone))
    assert list(together) == list(apart)
    assert [o.why for o in together] == [o.why for o in apart]
    assert len({id(o.said) for o in together}) < len({id(o.said) for o in apart})
