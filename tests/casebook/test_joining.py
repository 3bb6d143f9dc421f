"""Several sheets about the same cases, joined by reference as the mapping says."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import openpyxl
import pytest

from policylang.casebook.cases import EntryState
from policylang.casebook.mapping_file import load_mapping
from policylang.casebook.reader import ReadResult, read_cases
from tests.casebook.told import book, findings

Rows = list[list[str | None]]
STAGE_1: Rows = [
    ["Reference", "Date received", "Responded"],
    ["C-1", "2024-03-01", "2024-03-11"],
    ["C-2", "2024-03-04", "2024-03-14"],
    ["C-3", "2024-03-05", None],
]
STAGE_2: Rows = [["Stage 1 ref", "Requested", "Final letter"], ["c-2", "2024-04-02", "2024-04-20"]]
MAPPING = """
mapping: 1
sheet: Stage 1
columns:
  reference: Reference
  received: Date received
  responded: Responded
also:
  - sheet: Stage 2
    columns:
      reference: Stage 1 ref
      escalation_requested: {column: Requested, empty: not-done}
      stage2_responded: Final letter
"""
READ = "read into its case, with the case's other rows"


def read(tmp_path: Path, sheets: dict[str, Rows], mapping: str = MAPPING) -> ReadResult:
    """What is read from a workbook of these sheets."""
    made = openpyxl.Workbook()
    assert made.active is not None
    made.remove(made.active)
    for name, rows in sheets.items():
        page = made.create_sheet(name)
        for row in rows:
            page.append(row)
    made.save(tmp_path / "log.xlsx")
    (tmp_path / "mapping.yaml").write_text(mapping, encoding="utf-8")
    told, wrong = load_mapping(tmp_path / "mapping.yaml")
    assert not wrong, findings(wrong)
    assert told is not None
    result = read_cases(tmp_path / "log.xlsx", told)
    assert result.casebook.reconciles
    return result


def test_stage_2_on_a_sheet_of_its_own_joins_its_cases(tmp_path: Path) -> None:
    result = read(tmp_path, {"Stage 1": STAGE_1, "Stage 2": STAGE_2, "Notes": [["x"]]})
    assert book(result.casebook) == [
        "read 4 = judged 3 + set aside 1",
        "C-1: received 2024-03-01, responded 2024-03-11, escalation_requested not-done, stage2_responded blank",
        "C-2: received 2024-03-04, responded 2024-03-14, escalation_requested 2024-04-02, stage2_responded 2024-04-20",
        "C-3: received 2024-03-05, responded blank, escalation_requested not-done, stage2_responded blank",
        f"row 2 set aside: {READ}",
    ]
    entry = result.casebook.cases[1].entry("stage2_responded")
    assert (entry.date, str(entry.cell)) == (date(2024, 4, 20), "Stage 2!C2")
    # What was read is not named as left out; what was not, is.
    said = [f.message for f in result.findings if f.rule == "other-sheets-not-read"]
    assert said == [
        "The cases were read from the sheet “Stage 1”; not read: “Notes”.",
        "The cases were read from the sheet “Stage 2”; not read: “Notes”.",
    ]


def test_a_row_of_no_case_leaves_open_what_all_others_lack(tmp_path: Path) -> None:
    result = read(tmp_path, {"Stage 1": STAGE_1, "Stage 2": [*STAGE_2, ["C-33", "2024-04-03", None]]})
    states = [case.entry("escalation_requested").state for case in result.casebook.cases]
    # C-33 may be a slip for C-3, so nobody can say that C-3, or C-1, was not escalated.
    assert states == [EntryState.BLANK, EntryState.KNOWN, EntryState.BLANK]
    assert "row-of-no-case" in [f.rule for f in result.findings]
    (aside,) = [a for a in result.casebook.set_aside if a.reference]
    assert (aside.sheet, aside.row, aside.why) == ("Stage 2", 3, "its case is not in the log")


def test_rows_that_contradict_each_other_leave_their_case_unreadable_and_not_undone(tmp_path: Path) -> None:
    result = read(tmp_path, {"Stage 1": STAGE_1, "Stage 2": [*STAGE_2, ["C-2", "2024-04-09", None]]})
    case = result.casebook.cases[1]
    assert case.entry("escalation_requested").state is EntryState.UNREADABLE
    assert result.casebook.cases[0].entry("escalation_requested").state is EntryState.NOT_DONE
    assert "duplicate-reference" in [f.rule for f in result.findings]


def test_rows_of_a_case_that_was_set_aside_are_set_aside_with_it(tmp_path: Path) -> None:
    twice = [*STAGE_1, ["C-2", "2024-03-06", None]]
    result = read(tmp_path, {"Stage 1": twice, "Stage 2": STAGE_2})
    assert [case.reference for case in result.casebook.cases] == ["C-1", "C-3"]
    assert "row-of-no-case" not in [f.rule for f in result.findings]
    assert "its case was set aside" in [a.why for a in result.casebook.set_aside]


def test_an_empty_further_sheet_says_nothing_and_stops_nothing(tmp_path: Path) -> None:
    result = read(tmp_path, {"Stage 1": STAGE_1, "Stage 2": STAGE_2[:1]})
    assert not result.stopped
    assert len(result.casebook.cases) == 3


def test_a_further_sheet_may_be_a_diary_of_events(tmp_path: Path) -> None:
    mapping = """
mapping: 1
sheet: Stage 1
columns: {reference: Reference, received: Date received, responded: Responded}
also:
  - sheet: Letters
    layout: events
    columns: {reference: Case, event: Letter, date: Sent}
    events:
      acknowledged: {words: [Acknowledgement], empty: not-done}
"""
    letters: Rows = [["Case", "Letter", "Sent"], ["C-1", "Acknowledgement", "2024-03-05"]]
    result = read(tmp_path, {"Stage 1": STAGE_1, "Letters": letters}, mapping)
    acknowledged = [case.entry("acknowledged") for case in result.casebook.cases]
    assert [entry.date for entry in acknowledged] == [date(2024, 3, 5), None, None]
    assert [entry.state for entry in acknowledged][1:] == [EntryState.NOT_DONE] * 2


@pytest.mark.parametrize(
    ("changed", "rule"),
    [
        (("sheet: Stage 2", "sheet: Stage two"), "sheet-not-found"),
        (("Final letter", "Last letter"), "mapping-column-missing"),
    ],
)
def test_what_is_wrong_with_a_further_sheet_stops_the_reading(
    tmp_path: Path, changed: tuple[str, str], rule: str
) -> None:
    result = read(tmp_path, {"Stage 1": STAGE_1, "Stage 2": STAGE_2}, MAPPING.replace(*changed))
    assert result.stopped
    (found,) = [f for f in result.findings if f.rule == rule]
    assert found.place is not None
    assert rule == "sheet-not-found" or found.place.line == 13


def test_a_fact_on_two_sheets_is_refused_with_its_line(tmp_path: Path) -> None:
    (tmp_path / "mapping.yaml").write_text(MAPPING.replace("stage2_responded:", "responded:"), encoding="utf-8")
    mapping, found = load_mapping(tmp_path / "mapping.yaml")
    assert mapping is None
    (one,) = found
    assert one.rule == "mapping-column-used-twice"
    assert one.place is not None
    assert one.place.line == 13


def test_a_text_file_has_no_further_sheets(tmp_path: Path) -> None:
    (tmp_path / "log.csv").write_text("Reference,Date received,Responded\nC-1,2024-03-01,\n", encoding="utf-8")
    (tmp_path / "mapping.yaml").write_text(MAPPING, encoding="utf-8")
    mapping, _ = load_mapping(tmp_path / "mapping.yaml")
    result = read_cases(tmp_path / "log.csv", mapping)
    assert result.stopped
    assert [f.rule for f in result.findings] == ["sheet-not-found"]
