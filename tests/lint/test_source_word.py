"""Word documents: the numbers that Word makes are there to be cited, and what is not shown is not read."""

from __future__ import annotations

from pathlib import Path

import docx
import pytest
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from policylang.documents.clauses import labels
from policylang.documents.read import read_document
from policylang.documents.word_numbering import figure, roman
from policylang.findings.problem import Problem
from tests.lint import papers
from tests.lint.papers import level, listed, paragraph

OUTLINE = level(0, "%1") + level(1, "%1.%2") + level(2, "%1.%2.%3") + level(3, "%4)", "lowerLetter")
ONE_LIST = papers.numbering({7: OUTLINE}, {1: '<w:abstractNumId w:val="7"/>'})


def texts(path: Path) -> list[str]:
    return [p.text for p in read_document(path).paragraphs]


def test_an_outline_is_counted_as_word_counts_it(tmp_path: Path) -> None:
    rows = [("One", 0), ("A", 1), ("B", 1), ("B1", 2), ("x", 3), ("y", 3), ("B2", 2), ("Two", 0), ("C", 1)]
    body = "".join(paragraph(text, listed(1, at)) for text, at in rows)
    path = papers.word(tmp_path / "d.docx", body, {"word/numbering.xml": ONE_LIST})
    assert texts(path) == ["1 One", "1.1 A", "1.2 B", "1.2.1 B1", "a) x", "b) y", "1.2.2 B2", "2 Two", "2.1 C"]
    assert labels(read_document(path)) == ["1", "1.1", "1.2", "1.2.1", "1.2.1a", "1.2.1b", "1.2.2", "2", "2.1"]


def test_lists_of_one_definition_go_on_unless_one_starts_anew(tmp_path: Path) -> None:
    lists = {
        1: '<w:abstractNumId w:val="7"/>',
        2: '<w:abstractNumId w:val="7"/>',
        3: '<w:abstractNumId w:val="7"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/></w:lvlOverride>',
    }
    part = papers.numbering({7: OUTLINE}, lists)
    body = "".join(paragraph("x", listed(list_id)) for list_id in (1, 1, 2, 3, 3))
    assert texts(papers.word(tmp_path / "d.docx", body, {"word/numbering.xml": part})) == [
        "1 x",
        "2 x",
        "3 x",
        "5 x",
        "6 x",
    ]


def styles(*found: str) -> str:
    """``styles.xml`` with these styles."""
    return f'<w:styles xmlns:w="{papers.WORD}">{"".join(found)}</w:styles>'


def style(name: str, numbered: str = "", based_on: str = "") -> str:
    """One paragraph style: what its number properties hold, and the style it is based on."""
    parent = f'<w:basedOn w:val="{based_on}"/>' if based_on else ""
    properties = f"<w:pPr><w:numPr>{numbered}</w:numPr></w:pPr>" if numbered else ""
    return f'<w:style w:type="paragraph" w:styleId="{name}">{parent}{properties}</w:style>'


def styled(*names: str) -> str:
    return "".join(paragraph(name, f'<w:pStyle w:val="{name}"/>') for name in names)


def test_a_style_can_carry_the_number_and_inherit_it(tmp_path: Path) -> None:
    part = styles(
        style("Clause", '<w:numId w:val="1"/>'),
        style("Sub", '<w:ilvl w:val="1"/>', "Clause"),
        style("Plain", '<w:numId w:val="0"/>', "Clause"),
    )
    body = styled("Clause", "Sub", "Plain", "Sub", "Clause", "Gone")
    path = papers.word(tmp_path / "d.docx", body, {"word/numbering.xml": ONE_LIST, "word/styles.xml": part})
    assert texts(path) == ["1 Clause", "1.1 Sub", "Plain", "1.2 Sub", "2 Clause", "Gone"]


def test_a_level_can_be_tied_to_a_style(tmp_path: Path) -> None:
    tied = level(0, "%1.", more='<w:pStyle w:val="H1"/>') + level(1, "%1.%2.", more='<w:pStyle w:val="H2"/>')
    lists = papers.numbering({7: tied}, {1: '<w:abstractNumId w:val="7"/>'})
    part = styles(style("H1", '<w:numId w:val="1"/>'), style("H2", '<w:numId w:val="1"/>'))
    body = styled("H1", "H2", "H2", "H1")
    path = papers.word(tmp_path / "d.docx", body, {"word/numbering.xml": lists, "word/styles.xml": part})
    assert texts(path) == ["1. H1", "1.1. H2", "1.2. H2", "2. H1"]


def test_levels_can_go_on_counting_and_show_figures_for_letters(tmp_path: Path) -> None:
    on = level(0, "%1", "upperRoman") + level(1, "%1.%2", more='<w:lvlRestart w:val="0"/><w:isLgl/>')
    part = papers.numbering({7: on}, {1: '<w:abstractNumId w:val="7"/>'})
    body = "".join(paragraph("x", listed(1, at)) for at in (0, 1, 1, 0, 1))
    path = papers.word(tmp_path / "d.docx", body, {"word/numbering.xml": part})
    assert texts(path) == ["I x", "1.1 x", "1.2 x", "II x", "2.3 x"]


def test_bullets_and_lists_that_are_not_there_make_no_number(tmp_path: Path) -> None:
    part = papers.numbering({7: level(0, "•", "bullet")}, {1: '<w:abstractNumId w:val="7"/>'})
    body = paragraph("dot", listed(1)) + paragraph("lost", listed(9)) + paragraph("none", listed(0))
    assert texts(papers.word(tmp_path / "d.docx", body, {"word/numbering.xml": part})) == ["dot", "lost", "none"]
    assert texts(papers.word(tmp_path / "e.docx", body)) == ["dot", "lost", "none"]


def test_what_is_not_shown_is_not_read(tmp_path: Path) -> None:
    body = (
        "<w:p><w:r><w:t>kept </w:t></w:r><w:del><w:r><w:delText>deleted</w:delText><w:t>too</w:t></w:r></w:del>"
        "<w:ins><w:r><w:t>added</w:t></w:r></w:ins></w:p>"
        "<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>hidden</w:t></w:r><w:r><w:t>shown</w:t></w:r></w:p>"
        "<w:p><w:r><w:t>a</w:t><w:tab/><w:t>b</w:t><w:br/><w:t>c</w:t></w:r></w:p>"
        "<w:tbl><w:tr><w:tc><w:p><w:r><w:t>cell</w:t></w:r></w:p></w:tc></w:tr></w:tbl>"
        "<w:p><w:r><w:t>box</w:t></w:r><w:r><w:pict><w:txbxContent><w:p><w:r><w:t>inside</w:t></w:r></w:p>"
        "</w:txbxContent></w:pict></w:r></w:p>"
    )
    expected = ["kept added", "shown", "a\tb c", "cell", "inside", "box"]
    assert texts(papers.word(tmp_path / "d.docx", body)) == expected


def test_a_document_made_with_python_docx(tmp_path: Path) -> None:
    """Automatic numbering as Word's own templates have it: the labels stand nowhere in the text."""
    made = docx.Document()
    made.add_paragraph("The complaint is acknowledged.", style="List Number")
    made.add_paragraph("It is answered (see section 3.2).", style="List Number")
    numbered = made.add_paragraph("By letter.")
    properties = numbered._p.get_or_add_pPr()
    number = OxmlElement("w:numPr")
    for tag, value in (("w:ilvl", "0"), ("w:numId", "9999")):
        child = OxmlElement(tag)
        child.set(qn("w:val"), value)
        number.append(child)
    properties.append(number)
    made.save(str(tmp_path / "d.docx"))
    found = texts(tmp_path / "d.docx")
    assert found[:2] == ["1. The complaint is acknowledged.", "2. It is answered (see section 3.2)."]
    assert found[2] == "By letter."


@pytest.mark.parametrize(
    ("number", "form", "shown"),
    [
        (1, "lowerLetter", "a"), (27, "lowerLetter", "aa"), (26, "upperLetter", "Z"), (4, "lowerRoman", "iv"),
        (9, "upperRoman", "IX"), (3, "decimalZero", "03"), (12, "decimal", "12"), (12, "ordinal", "12"),
        (1, "bullet", ""),
    ],
)  # fmt: skip
def test_figures(number: int, form: str, shown: str) -> None:
    assert figure(number, form) == shown


def test_roman_figures_are_unlike_each_other() -> None:
    assert len({roman(n) for n in range(1, 4000)}) == 3999
    assert (roman(1994), roman(3999)) == ("MCMXCIV", "MMMCMXCIX")


def test_styles_that_are_based_on_each_other_end(tmp_path: Path) -> None:
    part = styles(style("A", based_on="B"), style("B", based_on="A"))
    assert texts(papers.word(tmp_path / "d.docx", styled("A"), {"word/styles.xml": part})) == ["A"]


def test_a_list_style_lends_its_levels(tmp_path: Path) -> None:
    definitions = {1: '<w:numStyleLink w:val="Legal"/>', 2: f'<w:styleLink w:val="Legal"/>{level(0, "%1.")}'}
    part = papers.numbering(definitions, {1: '<w:abstractNumId w:val="1"/>', 2: '<w:abstractNumId w:val="2"/>'})
    body = paragraph("x", listed(1)) + paragraph("y", listed(1))
    assert texts(papers.word(tmp_path / "d.docx", body, {"word/numbering.xml": part})) == ["1. x", "2. y"]


def refusal(path: Path) -> str:
    with pytest.raises(Problem) as raised:
        read_document(path)
    return raised.value.findings[0].rule


def test_no_document_type_and_no_bomb(tmp_path: Path) -> None:
    entity = '<!DOCTYPE x [<!ENTITY a "aaaa">]>'
    path = papers.word(tmp_path / "d.docx", "", {"word/numbering.xml": f"{entity}<x>&a;</x>"})
    assert refusal(path) == "document-unsafe"
    assert refusal(papers.word(tmp_path / "e.docx", f"<w:p>{' ' * 5_000_000}</w:p>")) == "document-too-large"
    assert refusal(papers.word(tmp_path / "f.docx", "<w:p>" * 80 + "</w:p>" * 80)) == "document-unsafe"
    assert refusal(papers.word(tmp_path / "g.docx", "<w:p>", {})) == "document-damaged"
    assert refusal(papers.word(tmp_path / "h.docx", paragraph("x"), {"word/vbaProject.bin": "x"})) == "document-unsafe"
