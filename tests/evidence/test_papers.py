"""The form for Word and the paper for the Board: the same figures as the workbook, real headings, marked blanks."""

from __future__ import annotations

import io
import re
from dataclasses import replace
from datetime import date
from typing import Any

import docx
import pytest

from policylang.evidence.assess import BOARD, BOARD_PAGE, FORM, assess
from policylang.evidence.comply import Answer
from policylang.evidence.paper.blocks import Blank, Heading, Items, Paper, Para, Table, cells
from policylang.evidence.paper.board_paper import BLANKS
from policylang.evidence.paper.to_docx import as_docx
from policylang.evidence.paper.to_html import page_of
from tests.evidence import made_up


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
    assert figures[f"Provisions answered Yes, No, to be completed (of {len(made.rows)})"] == ", ".join(
        map(str, answers)
    )
    grid = document.tables[1]
    listed = [p for row in grid.rows[1:] for cell in row.cells[1:] for p in cell.text.split(", ") if p != "-"]
    assert sorted(listed) == sorted(row.provision for row in made.rows)


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
