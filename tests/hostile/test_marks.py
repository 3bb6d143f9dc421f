"""Logs whose notes are not as Excel writes them: marked all the same, or left alone with a finding; never a fault."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest

from tests.evidence.test_mark import log, mark

MAIN = b"http://schemas.openxmlformats.org/spreadsheetml/2006/main"
NOTES, DRAWING = "xl/comments/comment1.xml", "xl/drawings/commentsDrawing1.vml"
SHEET, LINKS, BOOK = "xl/worksheets/sheet1.xml", "xl/worksheets/_rels/sheet1.xml.rels", "xl/workbook.xml"
Change = bytes | Callable[[bytes], bytes] | None
MARKED: dict[str, dict[str, Change]] = {
    "no list of authors": {NOTES: b'<comments xmlns="' + MAIN + b'"><commentList/></comments>'},
    "no list of notes": {NOTES: b'<comments xmlns="' + MAIN + b'"><authors/></comments>'},
    "links that are gone": {LINKS: None},
    "a drawing that leads nowhere": {SHEET: lambda c: c.replace(b'legacyDrawing r:id="', b'legacyDrawing r:id="no')},
    "a sheet of the highest number": {BOOK: lambda c: c.replace(b'sheetId="2"', b'sheetId="65534"')},
}
LEFT_ALONE: dict[str, dict[str, Change]] = {
    "notes that stop": {NOTES: b"<oops"},
    "notes that are empty": {NOTES: b""},
    "notes that are gone": {NOTES: None},
    "notes with entities": {NOTES: b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "b">]><comments/>'},
    "a drawing that stops": {DRAWING: b"<oops"},
    "a drawing that is gone": {DRAWING: None},
    "links that stop": {LINKS: b"<oops"},
    "kinds that stop": {"[Content_Types].xml": b"<oops"},
}


def changed(path: Path, changes: dict[str, Change]) -> None:
    with zipfile.ZipFile(io.BytesIO(path.read_bytes())) as old:
        parts = {name: old.read(name) for name in old.namelist()}
    for name, change in changes.items():
        if change is None:
            del parts[name]
        else:
            parts[name] = change(parts[name]) if callable(change) else change
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as new:
        for name, content in parts.items():
            new.writestr(name, content)


@pytest.mark.parametrize("what", MARKED)
def test_it_is_marked_all_the_same(tmp_path: Path, what: str) -> None:
    changed(log(tmp_path, note="G3"), MARKED[what])
    done = mark(tmp_path)
    assert done.exit_code == 1, done.stderr
    book = openpyxl.load_workbook(tmp_path / "marked.xlsx")
    assert book.sheetnames == ["Log", "Charts", "Policylang findings"]
    notes = [cell.comment.text for row in book["Log"].iter_rows() for cell in row if cell.comment]
    assert any("breached" in note for note in notes)


@pytest.mark.parametrize("what", LEFT_ALONE)
def test_it_is_left_alone_with_a_finding(tmp_path: Path, what: str) -> None:
    path = log(tmp_path, note="G3")
    changed(path, LEFT_ALONE[what])
    before = path.read_bytes()
    done = mark(tmp_path)
    assert (done.exit_code, done.stdout) == (2, "")
    assert "(PL-W01)" in done.stderr
    assert not (tmp_path / "marked.xlsx").exists()
    assert path.read_bytes() == before


def test_the_pictures_of_a_header_are_not_taken_for_notes(tmp_path: Path) -> None:
    """The sheet has a drawing for its header and none for notes: these get one of their own, or nobody sees them."""
    path = log(tmp_path)
    header = b'<xml xmlns:v="urn:schemas-microsoft-com:vml"><v:shape id="LH"/></xml>'
    kind = b"http://schemas.openxmlformats.org/officeDocument/2006/relationships/vmlDrawing"
    link = b'<Relationship Id="rIdH" Type="' + kind + b'" Target="/xl/drawings/header.vml"/></Relationships>'
    relations = b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">' + link
    office = b'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
    mine = b"<legacyDrawingHF " + office + b' r:id="rIdH"/></worksheet>'
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("xl/drawings/header.vml", header)
        archive.writestr(LINKS, relations)
    changed(path, {SHEET: lambda content: content.replace(b"</worksheet>", mine)})
    assert mark(tmp_path).exit_code == 1
    with zipfile.ZipFile(tmp_path / "marked.xlsx") as archive:
        assert archive.read("xl/drawings/header.vml") == header
        assert b'ObjectType="Note"' in archive.read("xl/drawings/vmlDrawingPolicylang1.vml")
        sheet = archive.read(SHEET)
    assert sheet.index(b"<legacyDrawing ") < sheet.index(b"<legacyDrawingHF ")
