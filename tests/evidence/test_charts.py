"""The charts of Excel's own: they draw the cells beside them, and those are counted from the cases."""

from __future__ import annotations

import io
from collections import Counter
from datetime import date

import openpyxl
from openpyxl.worksheet.worksheet import Worksheet

from policylang.auditor.outcome import Result
from policylang.casebook.cases import Case, CaseBook, Entry, EntryState
from policylang.evidence.assess import WORKBOOK, assess
from policylang.evidence.over_time import months_received
from policylang.evidence.run import AssessInput
from tests.evidence import made_up


def with_categories() -> AssessInput:
    run = made_up.run(90)
    assert run.casebook is not None
    words = ("Repairs", "Repairs", "Damp and mould")
    cases = [
        Case(case.reference, {**case.entries, "category": Entry(EntryState.KNOWN, words[n % 3])}, case.sheet, case.row)
        for n, case in enumerate(run.casebook.cases)
    ]
    book = CaseBook(cases, run.casebook.set_aside, run.casebook.rows_read, run.casebook.files)
    return made_up.run(90, casebook=book)


def summary(run: AssessInput) -> Worksheet:
    sheet = openpyxl.load_workbook(io.BytesIO(assess(run).files[WORKBOOK]))["Summary"]
    assert isinstance(sheet, Worksheet)
    return sheet


def drawn(sheet: Worksheet, place: int) -> tuple[list[object], list[object]]:
    """The names and the numbers that a chart refers to."""
    chart = sheet._charts[place]  # type: ignore[attr-defined]
    series = chart.series[0]
    areas = (series.cat.numRef or series.cat.strRef).f, series.val.numRef.f
    found = []
    for area in areas:
        name, _, cells = area.rpartition("!")
        assert name == "'Summary'"
        found.append([row[0].value for row in sheet[cells.replace("$", "")]])
    return found[0], found[1]


def test_the_chart_of_months_draws_the_complaints_received() -> None:
    run = with_categories()
    assert run.casebook is not None
    sheet = summary(run)
    names, numbers = drawn(sheet, 0)
    months = months_received(run.casebook, run.as_at)
    received = Counter((d.year, d.month) for case in run.casebook.cases if (d := case.day("received")))
    assert names == [f"{date(*month, 1):%b %Y}" for month in months]
    assert numbers == [received[month] for month in months]


def test_the_table_beside_it_counts_the_answers() -> None:
    run = with_categories()
    assert run.casebook is not None
    sheet = summary(run)
    top = next(cell.row for cell in sheet["A"] if cell.value == "Month")
    began = {case.reference: case.day("received") for case in run.casebook.cases}
    for row in sheet.iter_rows(min_row=top + 1, max_row=top + 12, values_only=True):
        theirs = Counter(
            o.result
            for o in run.outcomes
            if o.source == "code" and o.provision == "6.3" and (d := began[o.case]) and f"{d:%b %Y}" == row[0]
        )
        assert row[4:7] == tuple(theirs[r] for r in (Result.MET, Result.BREACHED, Result.CANNOT_TELL))


def test_where_the_code_judges_no_answer_the_table_has_the_complaints_only() -> None:
    """A code that only recommends an answer breaches nobody: noughts would read as if none was in time."""
    run = with_categories()
    sheet = summary(made_up.run(90, casebook=run.casebook, outcomes=()))
    top = next(cell.row for cell in sheet["A"] if cell.value == "Month")
    assert [cell.value for cell in sheet[top] if cell.value] == ["Month", "Cases"]
    assert sheet.cell(top - 1, 1).value == "Complaints by month"


def test_a_long_reference_and_a_long_sheet_name_fit_their_columns() -> None:
    run = made_up.run(90)
    assert run.casebook is not None
    named = [Case(f"A-LONG-REFERENCE-{n:04d}", c.entries, "Complaints register 24-26", c.row)
             for n, c in enumerate(run.casebook.cases)]  # fmt: skip
    book = CaseBook(named, [], len(named), run.casebook.files)
    sheet = openpyxl.load_workbook(io.BytesIO(assess(made_up.run(90, casebook=book, outcomes=())).files[WORKBOOK]))[
        "Cases"
    ]
    assert sheet.column_dimensions["A"].width > len("A-LONG-REFERENCE-0000")
    assert sheet.column_dimensions["B"].width > len("Complaints register 24-26")


def test_the_chart_of_answers_stacks_the_three_columns_of_the_table_each_with_its_own_pattern() -> None:
    sheet = summary(with_categories())
    chart = sheet._charts[1]  # type: ignore[attr-defined]
    top = next(cell.row for cell in sheet["A"] if cell.value == "Month")
    assert [s.tx.strRef.f.replace("$", "") for s in chart.series] == [f"'Summary'!{letter}{top}" for letter in "EFG"]
    assert [s.val.numRef.f for s in chart.series] == [f"'Summary'!${c}${top + 1}:${c}${top + 12}" for c in "EFG"]
    patterns = [s.spPr.pattFill.prst if s.spPr.pattFill else "plain" for s in chart.series]
    assert len(set(patterns)) == 3
    assert chart.grouping == "stacked"


def test_the_chart_of_categories_is_sorted_and_a_log_without_them_has_none() -> None:
    sheet = summary(with_categories())
    assert drawn(sheet, 2) == (["Repairs", "Damp and mould"], [60, 30])
    assert len(summary(made_up.run(20))._charts) == 2  # type: ignore[attr-defined]
    assert summary(made_up.run(casebook=None, outcomes=()))._charts == []  # type: ignore[attr-defined]


def test_every_bar_has_its_name() -> None:
    """LibreOffice left every other month out under the narrow chart, and the figures stood above the lying bars."""
    months, answers, kinds = summary(with_categories())._charts  # type: ignore[attr-defined]
    assert {chart.x_axis.tickLblSkip for chart in (months, answers, kinds)} == {1}
    assert answers.x_axis.txPr.bodyPr.rot == -5_400_000
    assert kinds.x_axis.scaling.orientation == "maxMin"
    assert kinds.y_axis.crosses == "max"


def test_charts_do_not_change_from_run_to_run() -> None:
    run = with_categories()
    assert assess(run).files[WORKBOOK] == assess(run).files[WORKBOOK]
