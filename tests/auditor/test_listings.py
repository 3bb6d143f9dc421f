"""The parts of an audit that list: shares by column, and open cases. The page of this folder, and laws of their own."""

from __future__ import annotations

from collections import Counter
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from policylang.auditor.audit import AuditResult, audit
from policylang.auditor.by_column import COLUMNS, divided
from policylang.auditor.open_cases import open_cases
from policylang.auditor.outcome import Result
from policylang.auditor.population import is_aim
from policylang.auditor.settings import Settings
from policylang.auditor.tables_as_text import division_text, open_text
from policylang.casebook.cases import Case, CaseBook, Entry, EntryState
from policylang.casebook.reader import read_cases
from policylang.commands.audit import BY
from tests.auditor import strategies as made
from tests.auditor.told import told_document
from tests.documents import Example, check, examples

PAGE = Path(__file__).with_name("listings.md")
FEW = settings(max_examples=max((settings.default or settings()).max_examples // 5, 5))
_EVENTS = ("acknowledged", "responded", "refused", "closed", "escalation_requested", "stage2_responded")


@examples(PAGE)
def test_listing(example: Example, tmp_path: Path) -> None:
    log = tmp_path / "log.csv"
    log.write_text(example.block("log"), encoding="utf-8")
    read = read_cases(log)
    assert not read.stopped, [finding.message for finding in read.findings]
    options = example.options("expect")
    not_done = frozenset() if options.get("empty") == "not-recorded" else frozenset(_EVENTS)
    policy = told_document(example.block("policy"), "policy")
    as_at = date.fromisoformat(options.get("as-at", "2025-06-27"))
    result = audit(policy, [], read.casebook, as_at, Settings(not_done=not_done))
    check(example, "expect", "\n".join(listed(result, read.casebook, options)))


def listed(result: AuditResult, casebook: CaseBook, options: dict[str, str]) -> list[str]:
    if "by" in options:
        return division_text(result, divided(result, casebook, [options["by"]])[0], 100)
    opened = open_cases(result, casebook) if options["open"] == "list" else None
    return open_text(result, opened, 100)


def test_the_command_offers_every_column_there_is() -> None:
    assert BY == COLUMNS


def test_an_unknown_column_is_refused() -> None:
    with pytest.raises(ValueError, match="colour"):
        divided(audit(None, [], CaseBook(), date(2025, 6, 27)), CaseBook(), ["colour"])


@st.composite
def books(draw: st.DrawFn) -> CaseBook:
    """A few dirty cases, each with a team, an empty cell for it, or something that cannot be read."""
    cases = []
    for number in range(draw(st.integers(1, 6))):
        case = draw(made.cases())
        team = draw(
            st.sampled_from(
                [
                    Entry(EntryState.KNOWN, "Repairs"),
                    Entry(EntryState.KNOWN, " repairs "),
                    Entry(EntryState.KNOWN, "Housing"),
                    Entry(EntryState.BLANK),
                    Entry(EntryState.UNREADABLE, raw="?"),
                ]
            )
        )
        cases.append(Case(f"C-{number}", {**case.entries, "team": team}, "Cases", number + 2))
    return CaseBook(cases, rows_read=len(cases))


def audited(book: CaseBook, as_at: date) -> AuditResult:
    code, policy, _ = made.documents()
    return audit(policy, [code], book, as_at)


@FEW
@given(books(), made.as_at(), st.sampled_from(COLUMNS))
def test_the_parts_add_up_to_the_whole(book: CaseBook, as_at: date, column: str) -> None:
    result = audited(book, as_at)
    (division,) = divided(result, book, [column])
    assert sum(division.values.values()) == len(book.cases)
    whole = {(row["document"], row["provision"], row["duty"]): row for row in result.measures["duties"]}
    for name in Result:
        parts: Counter[tuple[str, str | None, str]] = Counter()
        for row in division.rows:
            parts[row["document"], row["provision"], row["duty"]] += row[name.value]
        assert +parts == +Counter({key: row[name.value] for key, row in whole.items()})
    every = sum(sum(row[name.value] for name in Result) for row in division.rows)
    assert every == sum(not is_aim(outcome) for outcome in result.outcomes)
    for row in division.rows:
        if row["share"] is not None:
            assert row["low"] <= row["share"] <= row["high"]


@FEW
@given(books(), made.as_at())
def test_open_cases_are_those_that_the_measures_count(book: CaseBook, as_at: date) -> None:
    result = audited(book, as_at)
    found = open_cases(result, book)
    for stage in (1, 2):
        assert sum(case.stage == stage for case in found.cases) == result.measures["open"][f"stage_{stage}"]["waiting"]
    assert not {case.case for case in found.cases if case.stage == 1} & set(found.unknown) - {
        case.case for case in found.cases if case.stage == 2
    }


@FEW
@given(books(), made.as_at())
def test_what_is_overdue_is_a_breach_and_what_is_next_is_pending(book: CaseBook, as_at: date) -> None:
    result = audited(book, as_at)
    told = {(o.case, o.document, o.provision, o.duty): o for o in result.outcomes}
    for case in open_cases(result, book).cases:
        for step in case.overdue:
            outcome = told[case.case, step.document, step.provision, step.duty]
            assert outcome.result is Result.BREACHED or outcome.reason == "aim-missed"
            assert step.due < as_at
            assert step.overdue is None or step.overdue >= 0
        for step in case.next:
            outcome = told[case.case, step.document, step.provision, step.duty]
            assert outcome.result is Result.PENDING or outcome.reason == "aim-open"
            assert step.due >= as_at
