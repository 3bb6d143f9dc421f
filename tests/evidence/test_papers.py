"""The form for Word and the paper for the Board: the same figures as the workbook, real headings, marked blanks."""

from __future__ import annotations

import io
import re
from collections import Counter
from dataclasses import replace
from datetime import date
from typing import Any

import docx
import pytest

from policylang.auditor.outcome import Late, Result
from policylang.checker.verdict import Judgement
from policylang.evidence.assess import BOARD, BOARD_PAGE, FORM, PAGE, assess
from policylang.evidence.comply import Answer
from policylang.evidence.form import load_form
from policylang.evidence.paper.blocks import Blank, Heading, Items, Paper, Para, Table, cells
from policylang.evidence.paper.board_paper import BLANKS
from policylang.evidence.paper.to_docx import as_docx
from policylang.evidence.paper.to_html import page_of
from tests.evidence import made_up
from tests.evidence.made_up import outcome, verdict


@pytest.fixture(scope="module")
def made() -> Any:
    return assess(made_up.run())


def opened(data: bytes) -> Any:
    return docx.Document(io.BytesIO(data))


def test_the_form_has_every_row_once_with_its_answer(made: Any) -> None:
    document = opened(made.files[FORM])
    rows = [
        [cell.text for cell in row.cells] for table in document.tables for row in table.rows[1:] if len(row.cells) > 1
    ]
    assert [row[0] for row in rows] == [row.provision for row in made.rows]
    assert [row[2] for row in rows] == [row.comply.answer.value for row in made.rows]


def test_the_form_names_no_case(made: Any) -> None:
    document = opened(made.files[FORM])
    text = "\n".join(cell.text for table in document.tables for row in table.rows for cell in row.cells)
    references = {outcome.case for outcome in made_up.run().outcomes}
    assert references
    assert not [reference for reference in references if re.search(rf"\b{re.escape(reference)}\b", text)]


def test_headings_are_real_headings_and_repeat_on_every_page(made: Any) -> None:
    document = opened(made.files[FORM])
    headings = [p.text for p in document.paragraphs if p.style.name == "Heading 1"]
    assert headings == [f"{s.n} {s.title}" for s in dict.fromkeys(row.section for row in made.rows)]
    assert all(table.rows[0]._tr.trPr.xpath("./w:tblHeader") for table in document.tables if len(table.rows) > 1)


def test_the_board_paper_has_its_headings_in_order_and_each_blank_marked(made: Any) -> None:
    document = opened(made.files[BOARD])
    headings = [p.text for p in document.paragraphs if p.style.name == "Heading 1"]
    assert headings[:3] == ["Purpose", "Recommendation", "In short"]
    assert [h for h in headings if h in dict(BLANKS)] == [title for title, _ in BLANKS]
    blanks = [table.cell(0, 0).text for table in document.tables if len(table.rows) == 1]
    assert blanks == [f"To be written: {question}" for _, question in BLANKS]


def test_the_figures_of_the_board_paper_are_those_of_the_rows(made: Any) -> None:
    document = opened(made.files[BOARD])
    figures = {row.cells[0].text: row.cells[1].text for row in document.tables[0].rows[1:]}
    answers = [sum(row.comply.answer is a for row in made.rows) for a in Answer]
    yes, no, blank = answers
    assert figures[f"Answers to the {len(made.rows)} provisions"] == f"{yes} Yes, {no} No and {blank} to be completed"
    verdicts = Counter(row.verdict.judgement for row in made.rows)
    told = figures["What the policy's text comes to"]
    assert f"{verdicts[Judgement.BREACHES]} breached" in told
    assert sum(int(number) for number in re.findall(r"\d+", told)) == len(made.rows)
    assert figures["Complaints log"].startswith(f"{made.totals.judged} cases judged, {made.totals.set_aside} rows ")
    grid = document.tables[1]
    listed = [p for row in grid.rows[1:] for cell in row.cells[1:] for p in cell.text.split(", ") if p != "-"]
    assert sorted(listed) == sorted(row.provision for row in made.rows)


def test_where_the_code_only_recommends_the_board_sees_what_was_kept_and_missed() -> None:
    """The paper said that no duty could be decided on any case, beside complaints held to recommendations."""
    code = load_form("lgsco-2024")
    duty = "recommended: respond at stage 1"
    reasons = ["aim-kept"] * 5 + ["aim-missed"] * 2 + ["aim-unknown"]
    given = tuple(
        outcome(f"C-{n}", duty, Result.NOT_APPLICABLE, document=code.code, provision="6.3", reason=reason,
                action="respond", due=date(2025, 6, 16))
        for n, reason in enumerate(reasons)
    )  # fmt: skip
    run = made_up.run(verdicts=(verdict("6.3", Judgement.BREACHES, force="should"),), outcomes=given)
    run = replace(run, form=code, code=replace(run.code, id=code.code, cited_as="LG24"))
    document = opened(assess(run).files[BOARD])
    tables = {table.rows[0].cells[0].text: table for table in document.tables}
    (row,) = tables["Recommendation (provision)"].rows[1:]
    assert [cell.text for cell in row.cells] == ["Respond at stage 1 (6.3)", "5", "2", "1", "62.5% to 75.0%"]
    key = {row.cells[0].text: row.cells[1].text for row in tables["Figure"].rows}
    assert key["Respond at stage 1 in time, as recommended"] == "5 kept, 2 missed and 1 cannot tell"
    text = "\n".join(paragraph.text for paragraph in document.paragraphs)
    assert "No duty of the Code could be decided" not in text
    assert "Direct that the policy be amended where it departs from a recommendation of the Code: LG24-6.3." in text
    assert "breaches the Code" not in text
    told = "The Code only recommends when to answer at stage 1, so no limit is drawn. Of the cases: 5 kept, 2 missed"
    assert told in assess(run).files[PAGE].decode("utf-8")
    assert "In time at stage 1, as recommended" in assess(run).files[PAGE].decode("utf-8").replace("Answered in", "In")


def test_what_is_late_unless_extended_is_no_case_in_breach_to_look_at() -> None:
    unsure = outcome("A", "respond at stage 1", Result.CANNOT_TELL, provision="6.3", reason="extension-unknown")
    broken = outcome("B", "respond at stage 1", Result.BREACHED, provision="6.3", late=Late(2, "working days"))
    document = opened(assess(made_up.run(verdicts=(verdict("6.3"),), outcomes=(unsure, broken))).files[BOARD])
    (risks,) = [table for table in document.tables if table.rows[0].cells[0].text == "Rank"]
    remedies = [row.cells[2].text for row in risks.rows[1:]]
    assert remedies[0] == "1 case to look at; the Findings sheet has each, with what would have kept it."
    assert remedies[1].startswith("Find the letters that extended the time")


def test_the_figures_are_said_to_be_of_the_time_the_edition_was_in_force() -> None:
    """The log of the made-up landlord starts before the edition below and goes on after it."""
    run = made_up.run()
    code = replace(run.code, in_force=date(2026, 2, 1), until=date(2026, 2, 28))
    said = [p.text for p in opened(assess(replace(run, code=code)).files[BOARD]).paragraphs if "edition of" in p.text]
    assert "complaints received 1 February 2026 to 28 February 2026, as at" in said[0]


def test_word_and_page_say_the_same(made: Any) -> None:
    page = made.files[BOARD_PAGE].decode("utf-8")
    plain = " ".join(re.sub(r"<[^>]+>", " ", page).split())
    document = opened(made.files[BOARD])
    for paragraph in document.paragraphs:
        words = " ".join(paragraph.text.replace("&", "&amp;").replace("'", "&#x27;").split())
        assert words in plain, words


def test_the_same_input_gives_the_same_bytes(made: Any) -> None:
    again = assess(made_up.run())
    for name in (FORM, BOARD, BOARD_PAGE):
        assert again.files[name] == made.files[name]


PAPER = Paper(
    "A & B <title>",
    "lede",
    (
        Heading("One", 1),
        Para("a < b\nc"),
        Items(("first", "second"), numbered=True),
        Items(("again first",), numbered=True),
        Table(("A", "B"), (cells(("within",)), cells(("x", "\x00y"))), "A table", (1, 1)),
        Blank("Who?"),
    ),
)


def test_every_numbered_list_begins_at_one() -> None:
    document = opened(as_docx(PAPER, made_up.AS_AT))
    numbers = [p._p.pPr.numPr.numId.val for p in document.paragraphs if p.style.name == "List Number"]
    assert numbers[0] == numbers[1] != numbers[2]


def test_text_is_text_in_both(made: Any) -> None:
    page = page_of(PAPER)
    assert "A &amp; B &lt;title&gt;" in page
    assert "a &lt; b<br>c" in page
    document = opened(as_docx(PAPER, made_up.AS_AT))
    assert document.paragraphs[0].text == "A & B <title>"
    assert "\ufffdy" in document.tables[0].cell(2, 1).text
    assert document.tables[0].cell(1, 0).text == "within"
