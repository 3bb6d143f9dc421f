"""A paper as a Word document: real headings, real lists, tables whose headings repeat, the same bytes every time."""

from __future__ import annotations

import io
from datetime import date, datetime
from typing import TYPE_CHECKING

from policylang.evidence.package import settled
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
    cells,
)
from policylang.evidence.pictures.svg import Picture
from policylang.evidence.safe_text import legal
from policylang.evidence.words import shortened

if TYPE_CHECKING:
    from docx.document import Document
    from docx.table import Table as WordTable
    from docx.table import _Cell as WordCell

_FONT = "Arial"
_LONGEST_PROPERTY = 255
_SHADE = {Tone.YES: "DCEFE2", Tone.NO: "F7D9DD", Tone.OPEN: "FFF6D6", Tone.HEAD: "1F3A4D"}
_PORTRAIT_MM, _LANDSCAPE_MM, _MARGIN_MM = (210, 297), (297, 210), 18


def as_docx(paper: Paper, as_at: date) -> bytes:
    """The paper as the bytes of a .docx file."""
    import docx as word
    from docx.enum.section import WD_ORIENT
    from docx.shared import Mm

    document = word.Document()
    section = document.sections[0]
    wide, high = _LANDSCAPE_MM if paper.wide else _PORTRAIT_MM
    section.orientation = WD_ORIENT.LANDSCAPE if paper.wide else WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = Mm(wide), Mm(high)
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = Mm(_MARGIN_MM)
    _styles(document)
    document.add_paragraph(legal(paper.title), style="Title")
    document.add_paragraph(legal(paper.lede), style="Subtitle")
    for block in paper.blocks:
        _block(document, block, wide - 2 * _MARGIN_MM)
    section.footer.paragraphs[0].text = legal(paper.footer)
    _page_number(section.footer.paragraphs[0])
    properties = document.core_properties
    properties.title = shortened(legal(paper.title), _LONGEST_PROPERTY)
    properties.author, properties.comments = "policylang", ""
    properties.language = "en-GB"
    moment = datetime(as_at.year, as_at.month, as_at.day)
    properties.created = properties.modified = moment
    raw = io.BytesIO()
    document.save(raw)
    return settled(raw.getvalue(), as_at)


def _styles(document: Document) -> None:
    from docx.oxml.ns import qn
    from docx.shared import Pt, RGBColor

    looks = (
        ("Normal", 10, False, "1B1F24"),
        ("Title", 20, True, "1F3A4D"),
        ("Subtitle", 11, False, "4D5761"),
        ("Heading 1", 14, True, "1F3A4D"),
        ("Heading 2", 12, True, "1F3A4D"),
        ("Heading 3", 11, True, "1F3A4D"),
        ("Caption", 9, False, "4D5761"),
    )
    for name, size, bold, colour in looks:
        style = document.styles[name]
        style.font.name, style.font.size, style.font.bold = _FONT, Pt(size), bold
        style.font.italic = False
        style.font.color.rgb = RGBColor.from_string(colour)
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        for kind in ("w:ascii", "w:hAnsi", "w:cs", "w:eastAsia"):
            fonts.set(qn(kind), _FONT)
        # A theme font would win over the name.
        for kind in ("w:asciiTheme", "w:hAnsiTheme", "w:cstheme", "w:eastAsiaTheme"):
            fonts.attrib.pop(qn(kind), None)


def _block(document: Document, block: Block, room: int) -> None:
    match block:
        case Heading(text, level):
            document.add_heading(legal(text), level)
        case Para(text, quiet):
            document.add_paragraph(legal(text), style="Caption" if quiet else "Normal")
        case Items(items, numbered):
            own = _numbering(document) if numbered else None
            for item in items:
                paragraph = document.add_paragraph(legal(item), style="List Number" if numbered else "List Bullet")
                if own is not None:
                    paragraph._p.get_or_add_pPr().get_or_add_numPr().get_or_add_numId().val = own
        case Table():
            _table(document, block, room)
        case Blank(question):
            table = document.add_table(rows=1, cols=1, style="Table Grid")
            _fill(table.cell(0, 0), Cell(f"{TO_WRITE}: {question}", Tone.OPEN))
            _unbroken(table)
            document.add_paragraph()
        case Drawing(picture):
            document.add_paragraph(legal(picture.desc))
            _table(document, _data(picture), room)


def _data(picture: Picture) -> Table:
    """The data of a picture, the first column twice as wide as the others."""
    data = picture.table
    shares = (2, *(1 for _ in data.headings[1:]))
    return Table(data.headings, tuple(map(cells, data.rows)), picture.title, shares)


def _table(document: Document, block: Table, room: int) -> None:
    from docx.shared import Mm

    document.add_paragraph(legal(block.caption), style="Caption").paragraph_format.keep_with_next = True
    table = document.add_table(rows=len(block.rows) + 1, cols=len(block.headings), style="Table Grid")
    table.autofit = False
    whole = sum(block.widths)
    grid = [list(row.cells) for row in table.rows]  # looked up once: each look-up walks the whole table
    for n, share in enumerate(block.widths):
        table.columns[n].width = Mm(room * share / whole)
        for row in grid:
            row[n].width = Mm(room * share / whole)
    for cell, text in zip(grid[0], block.headings, strict=True):
        _fill(cell, Cell(text, Tone.HEAD))
    _unbroken(table, heads=True)
    for row, theirs in zip(grid[1:], block.rows, strict=True):
        if len(theirs) == 1:
            _fill(row[0].merge(row[-1]), theirs[0], bold=True)
            continue
        for n, (cell, what) in enumerate(zip(row, theirs, strict=True)):
            _fill(cell, what, bold=n == 0)
    document.add_paragraph()


def _fill(cell: WordCell, what: Cell, *, bold: bool = False) -> None:
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn
    from docx.shared import Pt, RGBColor

    lines = legal(what.text).split("\n")
    cell.text = ""
    for n, line in enumerate(lines):
        paragraph = cell.paragraphs[0] if n == 0 else cell.add_paragraph()
        paragraph.paragraph_format.space_after = Pt(2)
        run = paragraph.add_run(line)
        run.font.size = Pt(9)
        run.bold = bold or what.tone in (Tone.HEAD, Tone.YES, Tone.NO)
        run.italic = what.tone is Tone.OPEN
        if what.tone is Tone.HEAD:
            run.font.color.rgb = RGBColor(0xFF, 0xFF, 0xFF)
    if what.tone in _SHADE:
        shade = OxmlElement("w:shd")
        for name, value in (("val", "clear"), ("color", "auto"), ("fill", _SHADE[what.tone])):
            shade.set(qn(f"w:{name}"), value)
        cell._tc.get_or_add_tcPr().append(shade)


def _unbroken(table: WordTable, *, heads: bool = False) -> None:
    """No row breaks across two pages; with ``heads`` the first row stands on every page."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    for n, row in enumerate(table.rows):
        properties = row._tr.get_or_add_trPr()
        for tag in ("w:cantSplit", *(["w:tblHeader"] if heads and n == 0 else [])):
            mark = OxmlElement(tag)
            mark.set(qn("w:val"), "true")
            properties.append(mark)


def _numbering(document: Document) -> int:
    """A numbering of its own for a list, so that it begins at 1; gives its number."""
    numbering = document.part.numbering_part.element
    style = document.styles["List Number"].element
    used = style.pPr.numPr.numId.val
    abstract = next(num.abstractNumId.val for num in numbering.num_lst if num.numId == used)
    new = numbering.add_num(abstract)
    new.add_lvlOverride(ilvl=0).add_startOverride(1)
    return int(new.numId)


def _page_number(paragraph: object) -> None:
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    run = paragraph.add_run("   Page ")  # type: ignore[attr-defined]
    for kind, text in (("begin", None), (None, "PAGE"), ("end", None)):
        if kind:
            mark = OxmlElement("w:fldChar")
            mark.set(qn("w:fldCharType"), kind)
        else:
            mark = OxmlElement("w:instrText")
            mark.text = text
        run._r.append(mark)
