"""The workbook: the official form, numbers that are the outcomes' own, text that stays text, the same bytes twice."""

from __future__ import annotations

import io
import re
import zipfile
from collections import Counter
from dataclasses import replace
from datetime import date
from functools import cache
from xml.etree import ElementTree

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl.utils import get_column_letter, range_boundaries
from openpyxl.worksheet.worksheet import Worksheet

from policylang.auditor.outcome import Result
from policylang.casebook.cases import CaseBook, SetAside
from policylang.evidence.assess import WORKBOOK, assess
from policylang.evidence.comply import Answer
from policylang.evidence.narrative import UNVERIFIED
from policylang.evidence.run import AssessInput, DocumentFacts
from policylang.evidence.sheets import cases_sheet, findings_sheet, quality_sheet
from policylang.evidence.sheets.style import IN_PART, LEGIBLE, PAGE_WIDE, TALLEST, lines_needed, pages_across
from policylang.evidence.words import RESULT_WORDS
from policylang.evidence.workbook import SHEETS
from policylang.findings.finding import Finding, Place, Severity
from tests.evidence import made_up
from tests.evidence.made_up import outcome, verdict

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


def made(run: AssessInput) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(assess(run).files[WORKBOOK]))


@cache
def whole() -> openpyxl.Workbook:
    return made(made_up.run())


def records(sheet: Worksheet, header: int = 1) -> list[dict[str, object]]:
    """The rows of a sheet as dictionaries by heading."""
    rows = list(sheet.iter_rows(min_row=header, values_only=True))
    headings = [str(name) for name in rows[0]]
    wide = headings.index("None") if "None" in headings else len(headings)
    below = rows[1 : next((n for n, row in enumerate(rows) if row[0] is None), len(rows))]
    return [dict(zip(headings[:wide], row[:wide], strict=True)) for row in below]


def form_rows(book: openpyxl.Workbook) -> tuple[list[tuple[object, ...]], int]:
    """The rows of the form sheet below its headings, and the row of the headings."""
    rows = list(book["Self-assessment"].iter_rows(values_only=True))
    header = next(n for n, row in enumerate(rows) if row[0] == "Code provision")
    return [row[:5] for row in rows[header + 1 :]], header + 1


def test_the_form_has_the_official_columns_sections_and_all_72_rows_in_order() -> None:
    book = whole()
    assert book.sheetnames == list(SHEETS)
    rows, header = form_rows(book)
    headings = [cell.value for cell in book["Self-assessment"][header]]
    assert headings == [
        "Code provision",
        "Code requirement",
        "Comply: Yes / No",
        "Evidence",
        "Commentary / explanation",
    ]
    form = made_up.run().form
    wanted: list[str] = []
    for section in form.sections:
        wanted.append(f"{section.n} {section.title}")
        for table in section.tables:
            wanted += [table.title] if table.title else []
            wanted += [row.provision for row in table.rows]
    assert [row[0] for row in rows] == wanted
    provisions = [row for row in rows if re.fullmatch(r"\d+\.\d+", str(row[0]))]
    assert len(provisions) == 72
    assert {row[2] for row in provisions} == {"Yes", "No", "To be completed"}
    assert all(row[1] and row[3] and row[4] for row in provisions)


def test_rows_a_person_must_complete_say_so_in_words_with_a_question() -> None:
    rows, _ = form_rows(whole())
    for row in rows:
        if row[2] == "To be completed":
            assert "To be completed by a person:" in str(row[4])
        elif row[2] is not None:
            assert "To be completed" not in str(row[4])
    unverified = {str(row[0]) for row in rows if UNVERIFIED in str(row[1])}
    assert unverified == made_up.UNVERIFIED
    assert all(row[2] == "To be completed" for row in rows if str(row[0]) in unverified)


def test_the_published_form_names_no_case() -> None:
    references = {case.reference for case in (made_up.run().casebook or CaseBook()).cases}
    sheet = whole()["Self-assessment"]
    text = " ".join(str(cell.value) for row in sheet.iter_rows() for cell in row if cell.value)
    assert references
    assert not any(reference in text for reference in references)


def test_the_figures_of_every_duty_are_those_of_the_outcomes() -> None:
    outcomes = made_up.run().outcomes
    sheet = whole()["Summary"]
    header = next(row[0].row for row in sheet.iter_rows() if row[0].value == "Duty")
    found = records(sheet, header)
    counted: dict[tuple[str, bool], Counter[Result]] = {}
    for o in outcomes:
        counted.setdefault((o.duty, o.source == "policy"), Counter())[o.result] += 1
    assert len(found) == len(counted)
    for line in found:
        own = line["Under"] == "The policy's own promise"
        results = counted[str(line["Duty"]), own]
        named = ("Met", "Breached", "Cannot tell", "Not yet due", "Did not arise")
        numbers = [line[name] for name in named]
        kinds = [Result.MET, Result.BREACHED, Result.CANNOT_TELL, Result.PENDING, Result.NOT_APPLICABLE]
        assert numbers == [results[kind] for kind in kinds]
        assert line["Cases judged"] == results.total()
        decided = results[Result.MET] + results[Result.BREACHED]
        if decided:
            assert line["Share met"] == pytest.approx(results[Result.MET] / decided, abs=0.0005)
        else:
            assert line["Share met"] is None


def test_summary_and_provisions_agree_with_the_form() -> None:
    rows, _ = form_rows(whole())
    answers = Counter(row[2] for row in rows if row[2])
    summary = {row[0].value: row[1].value for row in whole()["Summary"].iter_rows(max_col=2)}
    for answer in Answer:
        assert summary[f"Comply: {answer.value}"] == answers[answer.value]
    provisions = records(whole()["Provisions"])
    assert [(line["Provision"], line["Comply"]) for line in provisions] == [(r[0], r[2]) for r in rows if r[2]]
    run = made_up.run()
    assert run.casebook is not None
    assert (summary["Rows read"], summary["Cases judged"], summary["Rows set aside"]) == (122, 120, 2)
    assert summary["Outcomes"] == len(run.outcomes)
    assert str(summary["Rows reconcile"]).startswith("Yes")
    assert summary["Worst"]
    assert summary["Third worst"]


def test_every_breach_is_on_the_findings_sheet_once_and_leads_to_its_case() -> None:
    run, book = made_up.run(), whole()
    found = records(book["Findings"])
    broken = Counter((o.case, o.duty, o.source) for o in run.outcomes if o.result is Result.BREACHED)
    listed = Counter(
        (str(line["Case"]), str(line["Duty"]), "policy" if "policy" in str(line["Under"]) else "code")
        for line in found
        if line["Outcome"] == "breached"
    )
    assert listed == broken
    cases = book["Cases"]
    for row in book["Findings"].iter_rows(min_row=2, max_col=1):
        link = row[0].hyperlink
        if link is not None:
            assert link.target is None
            place = re.fullmatch(r"Cases!A(\d+)", link.location or "")
            assert place is not None
            assert cases.cell(int(place[1]), 1).value == row[0].value
    assert sum(row[0].hyperlink is not None for row in book["Findings"].iter_rows(min_row=2, max_col=1)) >= len(broken)


def test_what_no_column_records_makes_one_row_for_all_its_cases() -> None:
    found = [line for line in records(whole()["Findings"]) if line["Outcome"] == "cannot tell"]
    together = [line for line in found if "Ombudsman" in str(line["Duty"])]
    assert [line["Case"] for line in together] == ["120 cases"]
    assert [(line["Cells"], line["Due"]) for line in together] == [("no column: it", None)]
    own = [
        outcome(f"C{n}", result=Result.CANNOT_TELL, cells=(f"Log!D{n}",), repair=f"Fill in Log!D{n}.") for n in range(3)
    ]
    sheet = made(made_up.run(casebook=None, outcomes=tuple(own)))["Findings"]
    assert [line["Cells"] for line in records(sheet)] == ["Log!D0", "Log!D1", "Log!D2"]


def test_answers_that_are_late_unless_extended_are_listed_one_by_one() -> None:
    more = {"reason": "extension-unknown", "repair": "Add a column.", "why": "Late unless extended."}
    late = [outcome(f"C{n}", "respond at stage 1", Result.CANNOT_TELL, **more) for n in range(3)]
    sheet = made(made_up.run(casebook=None, outcomes=tuple(late)))["Findings"]
    assert [line["Case"] for line in records(sheet)] == ["C0", "C1", "C2"]


def test_aims_stand_apart_and_are_neither_met_nor_breached() -> None:
    kept, missed = (
        outcome(c, "aim: respond at stage 1", Result.NOT_APPLICABLE, reason=r, source="policy", clauses=("3.3",))
        for c, r in (("A", "aim-kept"), ("B", "aim-missed"))
    )
    book = made(made_up.run(casebook=None, outcomes=(kept, missed, outcome("A"), outcome("B"))))
    sheet = book["Summary"]
    header = next(row[0].row for row in sheet.iter_rows() if row[0].value == "Aim or recommendation")
    (line,) = records(sheet, header)
    assert (line["Kept"], line["Missed"], line["Cases judged"]) == (1, 1, 2)
    assert [line["Policy: aim: respond at stage 1"] for line in records(book["Cases"])] == ["aim kept", "aim missed"]
    assert [line["Breaches"] for line in records(book["Cases"])] == [0, 0]


def test_every_case_has_a_row_with_the_outcome_of_every_duty() -> None:
    run = made_up.run()
    found = {str(line["Case"]): line for line in records(whole()["Cases"])}
    assert run.casebook is not None
    assert list(found) == [case.reference for case in run.casebook.cases]
    for o in run.outcomes:
        under = "Policy" if o.source == "policy" else f"HO24-{o.provision}"
        assert found[o.case][f"{under}: {o.duty}"] == RESULT_WORDS[o.result]
    for reference, line in found.items():
        theirs = [o.result for o in run.outcomes if o.case == reference]
        assert line["Breaches"] == theirs.count(Result.BREACHED)
        assert line["Cannot tell"] == theirs.count(Result.CANNOT_TELL)


def test_data_quality_lists_findings_and_every_row_set_aside() -> None:
    found = records(whole()["Data quality"])
    assert [line["Kind"] for line in found] == ["Finding", "Finding", "Row set aside", "Row set aside"]
    assert found[0]["Cell"] == "C9"
    book = made_up.log(4)[0]
    book.rows_read += 1
    broken = made(made_up.run(4, casebook=book))
    assert records(broken["Data quality"])[0]["Kind"] == "Rows do not add up"
    summary = {row[0].value: row[1].value for row in broken["Summary"].iter_rows(max_col=2)}
    assert str(summary["Rows reconcile"]).startswith("NO")


def test_the_sheets_are_set_up_for_reading_and_for_print() -> None:
    book = whole()
    for sheet in book:
        assert not sheet.merged_cells.ranges
        assert sheet.freeze_panes
        assert sheet.page_setup.orientation == "landscape"
        assert sheet.page_setup.paperSize in (9, "9")
        if sheet.title == "Summary":
            # Fitted to pages, its breaks would be passed over and its charts be cut in two.
            assert (sheet.page_setup.scale or 0) >= 65
            assert len(sheet.row_breaks.brk) == 2
        else:
            assert sheet.sheet_properties.pageSetUpPr is not None
            assert sheet.sheet_properties.pageSetUpPr.fitToPage
            assert sheet.page_setup.fitToHeight == 0
            assert on_one_page(sheet) <= PAGE_WIDE / LEGIBLE + 1
        for dimension in sheet.row_dimensions.values():
            assert dimension.height is None or dimension.height <= TALLEST
    form = book["Self-assessment"]
    _, header = form_rows(book)
    assert form.print_title_rows == f"${header}:${header}"
    assert form.auto_filter.ref == f"A{header}:E{form.max_row}"
    for name in ("Summary", "Provisions", "Findings", "Cases", "Data quality"):
        (table,) = book[name].tables.values()
        first = [cell.value for cell in book[name][table.ref][0]]
        assert [column.name for column in table.tableColumns] == first
        assert len({str(heading).lower() for heading in first}) == len(first)
        assert table.autoFilter is not None


def on_one_page(sheet: Worksheet) -> float:
    """The width in characters of what stands on one page across, columns that are repeated counted each time."""
    right = range_boundaries(sheet.print_area.split("!")[1])[2] if sheet.print_area else sheet.max_column
    wide = [sheet.column_dimensions[get_column_letter(n)].width for n in range(1, (right or 1) + 1)]
    again = sum(wide[: ord(sheet.print_title_cols[-1]) - ord("A") + 1]) if sheet.print_title_cols else 0
    return (sum(wide) - again) / (sheet.page_setup.fitToWidth or 1) + again


def test_sheets_of_data_print_in_part_and_say_so() -> None:
    """A log of 400 cases made 1,302 pages, 1,150 of them of what cannot be told."""
    book = whole()
    broken = sum(row["Outcome"] == "breached" for row in records(book["Findings"]))
    assert broken > 0
    assert book["Findings"].print_area == f"'Findings'!$A$1:$M${1 + min(broken, findings_sheet.PRINTED)}"
    assert [cell.value for cell in book["Findings"][1]][12] == "Why"
    rows = min(book["Cases"].max_row, cases_sheet.PRINTED)
    assert book["Cases"].print_area == f"'Cases'!$A$1:$F${rows}"
    for name in book.sheetnames:
        in_part = name in {"Findings", "Cases", "Provisions"}
        footer = book[name].oddFooter
        assert footer is not None
        assert footer.center is not None
        assert (footer.center.text == IN_PART) is in_part, name
    summary = {row[0].value: row[1].value for row in book["Summary"].iter_rows(max_col=2)}
    for number in (findings_sheet.PRINTED, cases_sheet.PRINTED, quality_sheet.PRINTED):
        assert f"the first {number} " in str(summary["Printing"])


@given(st.lists(st.floats(5, 90), min_size=1, max_size=60), st.integers(0, 3))
def test_as_many_pages_across_as_keep_the_text_legible_and_no_more(wide: list[float], repeat: int) -> None:
    repeat = min(repeat, len(wide)) if sum(wide[:repeat]) < 100 else 0
    again, rest, pages = sum(wide[:repeat]), sum(wide[repeat:]), pages_across(wide, repeat)
    assert again + rest / pages <= PAGE_WIDE / LEGIBLE + 1e-6
    assert pages == 1 or again + rest / (pages - 1) > PAGE_WIDE / LEGIBLE - 1e-6


def test_no_row_of_the_form_is_too_tall_for_its_text() -> None:
    """A row can be 409 points tall at most; what does not fit would be cut off without a word."""
    long = "word " * 400
    verdicts = [
        verdict(row.provision, verdict(judgement=v).judgement, why=long, repair=long, requirement="word " * 60)
        for row, v in zip(made_up.run().form.rows, [v.judgement for v in made_up.verdicts()], strict=True)
    ]
    sheet = made(made_up.run(verdicts=tuple(verdicts)))["Self-assessment"]
    for letter in "BDE":
        width = sheet.column_dimensions[letter].width
        for cell in sheet[letter]:
            assert lines_needed(cell.value, width) * 13.2 < TALLEST


EVIL = [
    "=1+1",
    "+1",
    "-1",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    "  =1",
    "=cmd|' /C calc'!A0",
    "＝1+1",
    "#N/A",
    "1e5",
    "=",
    "TRUE",
]


def evil_run(text: str) -> AssessInput:
    """A run with the same text in every place that text can come from."""
    book = CaseBook(files=[text], digests={text: "00"}, rows_read=2)
    book.cases.append(made_up.case_of(text, 2, {"received": date(2025, 6, 2)}))
    book.set_aside.append(SetAside(text, 3, text))
    bad = outcome(
        text, text, Result.BREACHED, clauses=(text,), why=text, repair=text, cells=(text,), due=date(2025, 6, 9),
        start=date(2025, 6, 2), action=text,
    )  # fmt: skip
    unknown = outcome(text, text + "2", Result.CANNOT_TELL, why=text, cells=(text,), source="policy", provision=None)
    judged = verdict("6.2", title=text, requirement=text, why=text, repair=text, clauses=(text,))
    odd = Finding(text, text, Severity.WARNING, text, Place(text, sheet=text, cell=text, heading=text), help=text)
    return made_up.run(
        casebook=book,
        outcomes=(bad, unknown),
        verdicts=(judged,),
        policy=DocumentFacts(text, text, text, text, text, "00"),
        data_quality=(odd,),
        mapping=(text, "00"),
        conventions=((text, text),),
    )


@pytest.mark.parametrize("text", EVIL)
def test_text_never_becomes_a_formula_an_error_or_a_number(text: str) -> None:
    data = assess(evil_run(text)).files[WORKBOOK]
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for name in archive.namelist():
            if name.startswith("xl/worksheets/sheet"):
                root = ElementTree.fromstring(archive.read(name))
                assert not list(root.iter(f"{MAIN}f"))
                kinds = {cell.get("t") for cell in root.iter(f"{MAIN}c")}
                assert kinds <= {None, "n", "s", "inlineStr", "d"}
    book = openpyxl.load_workbook(io.BytesIO(data))
    cell = book["Cases"]["A2"]
    shown = text.replace("\r", "\n")
    assert (cell.value, cell.data_type) == (shown, "s")
    if text.strip()[0] in "=+-@＝":
        assert cell.quotePrefix


@settings(max_examples=30)
@given(st.text(max_size=40))
def test_any_text_at_all_can_be_written_and_read_back(text: str) -> None:
    book = made(evil_run(text))
    allowed = re.sub("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]", "\ufffd", text)
    expected = allowed.replace("\r\n", "\n").replace("\r", "\n")
    found = book["Cases"]["A2"].value
    assert (found or "") == expected


def test_lone_surrogates_and_controls_do_not_stop_the_writing() -> None:
    book = made(evil_run("a\x00b\x1b\ud800c\uffff"))
    assert book["Cases"]["A2"].value == "a\ufffdb\ufffd\ufffdc\ufffd"


def test_text_longer_than_a_cell_is_cut_with_a_remark() -> None:
    long = "x" * 40_000
    value = str(made(evil_run(long))["Cases"]["A2"].value)
    assert len(value) <= 32_767
    assert value.endswith("(cut short)")


def test_two_runs_give_the_same_bytes_and_nothing_of_the_moment() -> None:
    one, two = assess(made_up.run()).files[WORKBOOK], assess(made_up.run()).files[WORKBOOK]
    assert one == two
    with zipfile.ZipFile(io.BytesIO(one)) as archive:
        assert {info.date_time for info in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        core = archive.read("docProps/core.xml").decode("utf-8")
    assert core.count("2026-03-31T00:00:00Z") == 2
    assert date(2026, 3, 31) == made_up.AS_AT


def test_without_a_log_the_workbook_says_that_practice_is_not_judged() -> None:
    book = made(made_up.run(casebook=None, outcomes=(), data_quality=()))
    rows, _ = form_rows(book)
    answered = {str(row[0]) for row in rows if row[2] == "Yes"}
    policy_only = {v.provision for v in made_up.verdicts() if v.shown_by == ("policy",)}
    assert answered
    assert answered <= policy_only
    assert book["Cases"]["A2"].value == "No case was judged."
    assert book["Data quality"]["A2"].value == "No complaints log was given."


def test_the_period_of_a_row_starts_no_earlier_than_the_edition() -> None:
    code = replace(made_up.CODE, in_force=date(2025, 10, 1))
    rows, _ = form_rows(made(made_up.run(code=code)))
    (shown,) = [str(row[3]) for row in rows if row[0] == "6.2"]
    assert "complaints received 1 October 2025 to " in shown
