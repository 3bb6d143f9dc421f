"""A paper as one self-contained page: it needs no network and no script, prints, and can be read by ear."""

from __future__ import annotations

from policylang.evidence.page_parts import html
from policylang.evidence.page_parts.html import Markup, tag
from policylang.evidence.page_parts.whole import whole_page
from policylang.evidence.paper.blocks import (
    TO_WRITE,
    Blank,
    Block,
    Cell,
    Drawing,
    Heading,
    Items,
    Paper,
    Para,
    Table,
    Tone,
)

_CLASS = {Tone.YES: "answer yes", Tone.NO: "answer no", Tone.OPEN: "answer open"}


def page_of(paper: Paper) -> str:
    """The paper as text, with Unix line ends."""
    return whole_page(
        paper.title,
        "paper.html",
        lede=html.join([paper.lede]),
        body=html.join(_block(block) for block in paper.blocks),
        footer=html.join([paper.footer]),
    )


def _block(block: Block) -> Markup:
    match block:
        case Heading(text, level):
            return tag(f"h{level + 1}", text)
        case Para(text, quiet):
            return tag("p", html.lines(text), class_="note" if quiet else None)
        case Items(items, numbered):
            return tag("ol" if numbered else "ul", *(tag("li", item) for item in items))
        case Table():
            return _table(block)
        case Blank(question):
            return tag("p", tag("strong", f"{TO_WRITE}: "), question, class_="blank")
        case Drawing(picture):
            return html.figure(picture)


def _table(block: Table) -> Markup:
    head = tag("tr", *(tag("th", text, scope="col") for text in block.headings))
    body = [
        tag("tr", tag("th", row[0].text, scope="colgroup", colspan=str(len(block.headings)), class_="within"))
        if len(row) == 1
        else tag("tr", tag("th", _cell(row[0]), scope="row"), *(tag("td", _cell(cell)) for cell in row[1:]))
        for row in block.rows
    ]
    inside = tag("table", tag("caption", block.caption), tag("thead", head), tag("tbody", *body))
    return tag("div", inside, class_="scroll", role="region", aria_label=block.caption, tabindex="0")


def _cell(cell: Cell) -> Markup:
    text = html.lines(cell.text)
    return tag("span", text, class_=_CLASS[cell.tone]) if cell.tone in _CLASS else text
