"""Refused, and no day on record: what an audit, its list of open cases and the yearly figures make of it."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from policylang.auditor.audit import AuditResult, audit
from policylang.auditor.columns.audit import by_columns
from policylang.auditor.knowledge import Knowledge
from policylang.auditor.open_cases import open_cases
from policylang.auditor.refused import GROUND, signs_of_refusal, was_refused
from policylang.auditor.settings import Settings
from policylang.casebook.cases import CaseBook
from policylang.casebook.reader import read_cases
from policylang.evidence.over_time_state import refusal, waits
from policylang.model.library import editions

AS_AT = date(2025, 6, 30)
LOG = """Case ref,Date received,Complaint refused,Reason refused,Stage 1 response sent,Stage 2 requested,Stage 2 refused
dated,2025-06-02,2025-06-05,Over 12 months old,no response,,
ground,2025-06-02,,Over 12 months old,no response,,
word,2025-06-02,see letter,,no response,,
word and ground,2025-06-02,Yes,Over 12 months old,no response,,
says N/A,2025-06-02,N/A,N/A,no response,,
denied,2025-06-02,No,No,no response,,
nothing,2025-06-02,,,no response,,
stage 2,2025-03-03,,Considered before,2025-03-10,2025-03-24,
stage 2 dated,2025-03-03,,Considered before,2025-03-10,2025-03-24,2025-03-26
"""
MAPPING = "mapping: 1\ncolumns:\n" + "".join(
    f"  {fact}: {column}\n"
    for fact, column in {
        "reference": "Case ref",
        "received": "Date received",
        "refused": "Complaint refused",
        "refusal_reason": "Reason refused",
        "responded": '{column: Stage 1 response sent, empty: not-done, not-done-words: ["no response"]}',
        "escalation_requested": "{column: Stage 2 requested, empty: not-done}",
        "escalation_refused": "Stage 2 refused",
    }.items()
)


@pytest.fixture
def book(tmp_path: Path) -> CaseBook:
    from policylang.casebook.mapping_file import load_mapping

    (tmp_path / "log.csv").write_text(LOG, encoding="utf-8")
    (tmp_path / "log.yaml").write_text(MAPPING, encoding="utf-8")
    mapping, findings = load_mapping(tmp_path / "log.yaml")
    assert not findings
    return read_cases(tmp_path / "log.csv", mapping).casebook


def known(book: CaseBook) -> dict[str, Knowledge]:
    return {case.reference: Knowledge(case, AS_AT, Settings()) for case in book.cases}


def test_what_speaks_for_a_refusal(book: CaseBook) -> None:
    found = {name: signs_of_refusal(case, 1) for name, case in known(book).items()}
    assert found == {
        "dated": (),
        "ground": ("refused", GROUND),
        "word": ("refused",),
        "word and ground": ("refused", GROUND),
        "says N/A": (),
        "denied": (),
        "nothing": (),
        "stage 2": (),
        "stage 2 dated": (),
    }
    assert signs_of_refusal(known(book)["stage 2"], 2) == ("escalation_refused", GROUND)
    assert signs_of_refusal(known(book)["stage 2 dated"], 2) == ()


def test_a_ground_closes_and_a_word_leaves_open_whether(book: CaseBook) -> None:
    opened = open_cases(audit(None, editions(), book, AS_AT), book)
    assert {case.case for case in opened.cases} == {"says N/A", "denied", "nothing"}
    assert opened.unknown == ("word",)


@pytest.mark.parametrize("engine", [None, by_columns], ids=["reference", "columns"])
def test_the_measures_count_what_the_list_lists(book: CaseBook, engine: object) -> None:
    result: AuditResult = audit(None, editions(), book, AS_AT, engine=engine)  # type: ignore[arg-type]
    stage_1, stage_2 = (result.measures["open"][f"stage_{stage}"] for stage in (1, 2))
    assert (stage_1["waiting"], stage_1["unknown"]) == (3, 1)
    # Both requests for stage 2 were refused, the one by its ground and the other on a day.
    assert (stage_2["waiting"], stage_2["unknown"]) == (0, 0)


def test_the_yearly_figures_take_it_the_same_way(book: CaseBook) -> None:
    for name, case in known(book).items():
        for stage in (1, 2):
            assert refusal(case, stage).refused is (was_refused(case, stage) is True), name
            if was_refused(case, stage) is True:
                assert waits(case, stage) is False
            elif was_refused(case, stage) is None:
                assert waits(case, stage) is None


def test_nothing_is_called_overdue_where_a_refusal_may_have_been_in_time(book: CaseBook) -> None:
    outcomes = audit(None, editions(), book, AS_AT).outcomes
    answers = {o.case: o.reason for o in outcomes if o.duty == "respond at stage 1" and o.provision == "6.3"}
    assert answers["dated"] == "complaint-refused"
    assert answers["ground"] == answers["word"] == answers["word and ground"] == "trigger-unknown"
    assert answers["nothing"] == answers["denied"] == answers["says N/A"]
    assert answers["nothing"] != "trigger-unknown"
