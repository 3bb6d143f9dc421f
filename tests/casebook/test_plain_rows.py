"""The quick way through a sheet's rows gives what the XML parser gives, cell for cell, or the same fault."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory
from unittest.mock import patch

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from policylang.casebook import plain_rows
from policylang.casebook.grid import Row
from policylang.casebook.open import open_log
from policylang.findings.problem import Problem
from tests.casebook.workbooks import MAIN, parts, zipped

_VALUES = [
    "45352",
    "1",
    "0",
    "-3",
    "1e3",
    "x",
    " 7 ",
    "&amp;",
    "a&#10;b",
    "9",
    "<b/>",
    "\r\n",
    "",
    "\x02",
    "é",
    "<!--x-->",
    '2"',
    '4"/>',
    '2" s="1"><v>5',
]
_TYPES = ["", ' t="n"', ' t="s"', ' t="str"', ' t="b"', ' t="e"', ' t="d"', ' t="inlineStr"', ' t="odd"']
_STYLES = ["", ' s="0"', ' s="1"', ' s="2"', ' s="99"', ' s="x"']
_FORMULAS = ["", "", "<f>A1+1</f>", "<f/>", '<f t="shared" si="0"/>', "<f>A1&amp;B1</f>", "<f>A1&B1</f>"]


@st.composite
def cells(draw: st.DrawFn) -> str:
    """A cell as a program, or a person with a text editor, might write it."""
    place = draw(
        st.sampled_from(
            ['r="A{n}" ', 'r="C{n}" ', 'r="AB{n}" ', "", 'r="B7" ', 'r="SG{n}" ', 'r="1" ', 'r="AA" ', 'r="B2{n}" ']
        )
    )
    head = f"<c {place}{draw(st.sampled_from(_STYLES)).strip()}{draw(st.sampled_from(_TYPES))}"
    value = draw(st.sampled_from(_VALUES))
    inside = draw(
        st.sampled_from(
            [
                "/>",
                "></c>",
                f">{draw(st.sampled_from(_FORMULAS))}<v>{value}</v></c>",
                f">{draw(st.sampled_from(_FORMULAS))}</c>",
                f"><is><t>{value}</t></is></c>",
                f'><is><t xml:space="preserve">{value}</t></is></c>',
                f"><is><r><t>{value}</t></r><rPh><t>aid</t></rPh></is></c>",
            ]
        )
    )
    return head.replace("<c  ", "<c ").rstrip() + inside


@st.composite
def sheets(draw: st.DrawFn) -> str:
    """Some rows, with and without numbers, hidden or not, empty, spaced out, or not rows at all."""
    made = []
    for n in range(1, draw(st.integers(0, 6)) + 1):
        head = draw(
            st.sampled_from(
                ['<row r="{n}">', "<row>", '<row r="{n}" spans="1:3" hidden="1">', '<row r="A">', '<row r="２">']
            )
        )
        body = "".join(draw(st.lists(cells(), max_size=4)))
        whole = draw(st.sampled_from([f"{head}{body}</row>", '<row r="{n}"/>', "<row/>", f"\n {head}{body}</row>"]))
        made.append(whole.replace("{n}", str(n * 2)))
    return "".join(made)


def read(path: Path) -> list[Row] | str:
    """The rows, or the rule that reading them ends in."""
    try:
        return list(open_log(path).sheets[0].rows())
    except Problem as problem:
        return problem.findings[0].rule


@given(sheets())
@example('<row><c t="s"><v>9</v></c></row>')
@example('<row><c r="A1"><v></v></c></row><row><c r="A1"><v>1</v></c></row>')
@example('<row r="2"><c r="B7"><v>2"/></row><row r="3"><c r="A3"><v>1</v></c></row>')
@example('<row r="A"><c r="AA"><v>1</v></c></row>')
@example('<row r="2"><c r="A2"><v>1</v></c><c r="A2"/><c r="B2" s="2"/></row>')
@example('<row r="4"/><row/><row><c r="A1"><v>1</v></c></row>')
@settings(max_examples=150, deadline=None)
def test_plain_rows_are_what_the_parser_reads(inner: str) -> None:
    made = parts({"Log": inner}, shared="<si><t>shared</t></si><si><t>other</t></si>")
    with TemporaryDirectory() as folder:
        path = zipped(Path(folder) / "log.xlsx", made)
        quick = read(path)
        with patch("policylang.casebook.sheet.preamble", lambda _: None):
            assert quick == read(path)


def test_the_quick_way_is_taken_for_a_plain_sheet_and_over_many_blocks(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    plain = '<row r="{n}"><c r="A{n}" s="1"><v>{n}</v></c></row>'
    other = '<row r="{n}"><c r="A{n}" s="1"><v>{n}</v></c><c r="C{n}"><v>x&amp;</v></c></row>'
    rows = "".join((plain if n % 9 else other).replace("{n}", str(n)) for n in range(1, 3000))
    path = zipped(tmp_path / "log.xlsx", parts({"Log": rows}))
    monkeypatch.setattr(plain_rows, "_BLOCK", 1000)
    quick = read(path)
    with patch("policylang.casebook.sheet.preamble", lambda _: None):
        assert quick == read(path)
    assert len(quick) == 2999


@pytest.mark.parametrize(
    "start",
    [
        f'<!DOCTYPE x><worksheet xmlns="{MAIN}"><sheetData>',
        '<?xml version="1.0" encoding="latin-1"?><worksheet><sheetData>',
        "\ufeff<worksheet><sheetData>",
        "<x:worksheet><x:sheetData>",
        "<worksheet><cols/>",
    ],
)
def test_a_sheet_that_begins_otherwise_is_left_to_the_parser(start: str) -> None:
    assert plain_rows.preamble(start.encode("utf-8")) is None
    assert plain_rows.preamble(b'<?xml version="1.0" encoding="UTF-8"?><worksheet><sheetData>') is not None
