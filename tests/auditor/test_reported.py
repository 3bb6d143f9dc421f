"""The log's own Met and Missed are held against the outcomes, and never change one."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from policylang.auditor.audit import audit
from policylang.auditor.outcome import Result
from policylang.auditor.reported import compare, reported_findings, reported_text, says_met
from policylang.casebook.cases import Case, CaseBook, CellAddress, Entry, EntryState
from policylang.model.library import load_code

_LOADED = load_code("housing-ombudsman-2024").document
assert _LOADED is not None
CODE = _LOADED
AS_AT = date(2024, 9, 30)
RECEIVED = date(2024, 5, 7)


def case(reference: str, working_days: int | None, word: str, stage: int = 1) -> Case:
    """A case acknowledged on its day and answered so many days later, with the log's own verdict on it."""
    fact = "reported_in_time" if stage == 1 else "stage2_reported_in_time"
    entries = {
        "received": Entry(EntryState.KNOWN, RECEIVED),
        "acknowledged": Entry(EntryState.KNOWN, RECEIVED),
        "responded": Entry(EntryState.BLANK),
        "extension_notified": Entry(EntryState.NOT_DONE),
        fact: Entry(EntryState.KNOWN, word, word, CellAddress("Log", 7, "F", "In target")),
    }
    if working_days is not None:
        entries["responded"] = Entry(EntryState.KNOWN, RECEIVED + timedelta(days=working_days))
    return Case(reference, entries, "Log", 7)


def book(*cases: Case) -> CaseBook:
    return CaseBook(
        cases=list(cases), rows_read=len(cases), files=["log.xlsx"], columns={"reported_in_time": "In target"}
    )


@pytest.mark.parametrize(
    ("word", "met"),
    [
        ("Met", True),
        ("Yes", True),
        ("WITHIN TARGET", True),
        ("on-time", True),
        ("TRUE", True),
        ("Missed", False),
        ("No", False),
        ("Out of time", False),
        ("Not met", False),
        ("Not in time", False),
        ("Metropolitan", None),
        ("10", None),
        ("see notes", None),
    ],
)
def test_the_words_for_met_and_missed(word: str, met: bool | None) -> None:
    assert says_met(word) is met


def test_each_disagreement_is_a_finding_with_its_cell_and_both_sides() -> None:
    late, early = case("C-1", 30, "Met"), case("C-2", 3, "Missed")
    casebook = book(late, early, case("C-3", 3, "Met"), case("C-4", 30, "No"), case("C-5", None, "Met"))
    result = audit(None, [CODE], casebook, AS_AT)
    found = [f for f in result.data_quality if f.rule == "reported-otherwise"]
    assert [f.message.split(":")[0] for f in found] == ["Case C-1", "Case C-2"]
    first, second = found
    assert first.place is not None
    assert (first.place.sheet, first.place.cell, first.place.heading) == ("Log", "F7", "In target")
    # Ten working days from 7 May 2024, over the bank holiday of 27 May, end on 21 May; 6 June is 11 working days later.
    assert (first.expected, first.found) == ("met", "11 working days late under housing-ombudsman-2024 6.3")
    assert (second.expected, second.found) == ("missed", "in time under housing-ombudsman-2024 6.3")
    (stage,) = compare(result.outcomes, casebook)
    assert (stage.agree, stage.apart, stage.unread) == (2, 1, 0)


def test_a_verdict_on_what_is_not_due_yet_is_a_disagreement() -> None:
    waiting = case("C-1", None, "Met")
    waiting = replace(waiting, entries={**waiting.entries, "responded": Entry(EntryState.NOT_DONE)})
    result = audit(None, [CODE], book(waiting), RECEIVED + timedelta(days=2))
    (found,) = (f for f in result.data_quality if f.rule == "reported-otherwise")
    assert found.found == "not due yet under housing-ombudsman-2024 6.3"
    overdue = audit(None, [CODE], book(waiting), AS_AT)
    (found,) = (f for f in overdue.data_quality if f.rule == "reported-otherwise")
    assert found.found == "overdue under housing-ombudsman-2024 6.3"


def test_no_outcome_rests_on_the_verdict_of_the_log() -> None:
    results: list[list[Result]] = []
    for word in ("Met", "Missed", "whatever"):
        casebook = book(case("C-1", 30, word), case("C-2", None, word))
        results.append([outcome.result for outcome in audit(None, [CODE], casebook, AS_AT).outcomes])
    assert results[0] == results[1] == results[2]


def test_words_that_say_neither_are_counted_and_compared_with_nothing() -> None:
    casebook = book(case("C-1", 30, "see notes"))
    result = audit(None, [CODE], casebook, AS_AT)
    assert reported_findings(result.reported) == []
    assert reported_text(result.reported, casebook) == [
        "The log's own Met and Missed (never evidence)",
        "Stage 1, “In target”: 0 cases agree, 0 said to be met and not, 0 said to be missed and not",
        "Not compared: 0 whose outcome is not decided by the log, 1 that say neither",
    ]


def test_a_log_without_such_a_column_has_no_such_part() -> None:
    casebook = book(case("C-1", 30, "Met"))
    casebook.columns = {}
    assert reported_text(audit(None, [CODE], casebook, AS_AT).reported, casebook) == []
