"""Forms made to do harm, or merely broken: each made when a test asks for it, none of them stored.

``FORMS`` is a table: what the file is, its name, what makes it, and the codes of the findings that filling it ends in
(``""`` for one that is filled all the same).
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import NamedTuple

import docx
import openpyxl
from docx.table import Table

HEADS = ("Code provision", "Code requirement", "Comply: Yes / No", "Evidence", "Commentary / explanation")
NUMBERS = ("5.1", "5.2", "5.9")
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_LOCKED = OLE + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le") + b"\0" * 600
_SHEET, _BODY = "xl/worksheets/sheet1.xml", "word/document.xml"
_DTD = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "b">]>'
Change = Callable[[bytes], bytes]


class Form(NamedTuple):
    """One file: what is wrong with it, its name, its content, and the code of the finding."""

    what: str
    name: str
    make: Callable[[], bytes]
    code: str


def good_workbook() -> bytes:
    """A form with headings and three provisions."""
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    for column, heading in enumerate(HEADS, start=1):
        sheet.cell(1, column, heading)
    for row, number in enumerate(NUMBERS, start=2):
        sheet.cell(row, 1, number)
    return _saved(book)


def good_document(change: Callable[[Table], object] | None = None) -> bytes:
    """The same as a Word document."""
    document = docx.Document()
    table = document.add_table(rows=1 + len(NUMBERS), cols=len(HEADS))
    for column, heading in enumerate(HEADS):
        table.cell(0, column).text = heading
    for row, number in enumerate(NUMBERS, start=1):
        table.cell(row, 0).text = number
    if change:
        change(table)
    return _saved(document)


def _saved(what: object) -> bytes:
    out = io.BytesIO()
    what.save(out)  # type: ignore[attr-defined]
    return out.getvalue()


def _changed(good: Callable[[], bytes], changes: Mapping[str, bytes | Change | None]) -> Callable[[], bytes]:
    """The good file with parts replaced, changed, added, or (``None``) left out."""

    def make() -> bytes:
        with zipfile.ZipFile(io.BytesIO(good())) as old:
            parts = {name: old.read(name) for name in old.namelist()}
        for name, change in changes.items():
            if change is None:
                del parts[name]
            else:
                parts[name] = change(parts[name]) if callable(change) else change
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
            for name, content in parts.items():
                new.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)
        return out.getvalue()

    return make


def _book(changes: Mapping[str, bytes | Change | None]) -> Callable[[], bytes]:
    return _changed(good_workbook, changes)


def _doc(changes: Mapping[str, bytes | Change | None]) -> Callable[[], bytes]:
    return _changed(good_document, changes)


def _put(after: bytes, text: bytes) -> Change:
    return lambda content: content.replace(after, after + text, 1)


def _before(mark: bytes, text: bytes) -> Change:
    return lambda content: content.replace(mark, text + mark, 1)


def _row(number: int, address: str) -> bytes:
    return f'<row r="{number}"><c r="{address}" t="inlineStr"><is><t>x</t></is></c></row>'.encode()


def _bad_checksum() -> bytes:
    content = bytearray(good_workbook())
    at = content.find(b"PK\x01\x02", content.find(_SHEET.encode(), len(content) // 2) - 60)
    content[at + 16] ^= 0xFF  # the checksum in the list of contents
    return bytes(content)


def _merged(area: str) -> Change:
    return _put(b"</sheetData>", f'<mergeCells><mergeCell ref="{area}"/></mergeCells>'.encode())


def _spanned(cells: int) -> Change:
    return _put(b"<w:tcPr>", f'<w:gridSpan w:val="{cells}"/>'.encode())


def _without_paragraph(table: Table) -> None:
    cell = table.cell(1, 2)._tc
    for paragraph in list(cell.p_lst):
        cell.remove(paragraph)


def _ragged(table: Table) -> None:
    row = table.rows[2]._tr
    row.remove(row.tc_lst[-1])


_SPACES = b" " * 30_000_000
_STRICT = (b"schemas.openxmlformats.org/spreadsheetml/2006/main", b"purl.oclc.org/ooxml/spreadsheetml/main")
_NO_ADDRESS = re.compile(rb' r="[A-Z]*[0-9]+"')

FORMS = [
    Form("nothing in it", "form.xlsx", lambda: b"", "PL-W01"),
    Form("nothing in it", "form.docx", lambda: b"", "PL-W01"),
    Form("one byte", "form.xlsx", lambda: b"P", "PL-W01"),
    Form("plain text", "form.xlsx", lambda: b"Provision,Comply\n5.1,\n", "PL-W01"),
    Form("plain text", "form.docx", lambda: b"5.1 Comply", "PL-W01"),
    Form("the format of before 2007", "form.xlsx", lambda: OLE + b"\0" * 600, "PL-W01"),
    Form("the format of before 2007", "form.docx", lambda: OLE + b"\0" * 600, "PL-W01"),
    Form("a password", "form.xlsx", lambda: _LOCKED, "PL-F22"),
    Form("a password", "form.docx", lambda: _LOCKED, "PL-F22"),
    Form("a Word document called a workbook", "form.xlsx", good_document, "PL-W09"),
    Form("a workbook called a Word document", "form.docx", good_workbook, "PL-W09"),
    Form("macros, and a name without", "form.xlsx", _book({"xl/vbaProject.bin": b"x"}), "DQ010"),
    Form("macros, and a name without", "form.docx", _doc({"word/vbaProject.bin": b"x"}), "PL-F27"),
    Form("macros", "form.xlsm", _book({"xl/vbaProject.bin": b"x"}), "PL-W09"),
    Form("macros", "form.docm", _doc({"word/vbaProject.bin": b"x"}), "PL-W09"),
    Form("another kind", "form.ods", lambda: b"PK", "PL-W09"),
    Form("a zip of something else", "form.xlsx", _book({"xl/workbook.xml": None}), "PL-W01"),
    Form("a bomb", "form.xlsx", _book({_SHEET: _put(b"</sheetData>", _SPACES)}), "DQ012"),
    Form("a bomb", "form.docx", _doc({_BODY: _put(b"<w:body>", _SPACES)}), "PL-F20"),
    Form("a bomb beside the form", "form.xlsx", _book({"xl/media/image1.bmp": _SPACES}), "DQ012"),
    Form("broken off", "form.xlsx", lambda: good_workbook()[:3000], "DQ008"),
    Form("broken off", "form.docx", lambda: good_document()[:9000], "PL-F21"),
    Form("a wrong checksum", "form.xlsx", _bad_checksum, "PL-W01"),
    Form("XML that stops", "form.xlsx", _book({_SHEET: lambda c: c[:200]}), "PL-W01"),
    Form("XML that stops", "form.docx", _doc({_BODY: lambda c: c[: len(c) // 2]}), "PL-W01"),
    Form("styles that stop", "form.xlsx", _book({"xl/styles.xml": b"<oops"}), "PL-W01"),
    Form("styles that stop", "form.docx", _doc({"word/styles.xml": b"<oops"}), "PL-W01"),
    Form("settings that stop", "form.docx", _doc({"word/settings.xml": b"<oops"}), "PL-W01"),
    Form("no list of kinds", "form.docx", _doc({"[Content_Types].xml": None}), "PL-W01"),
    Form("no list of links", "form.docx", _doc({"_rels/.rels": None}), "PL-W01"),
    Form("entities", "form.xlsx", _book({_SHEET: lambda c: _DTD + c[c.index(b"<worksheet") :]}), "PL-W01"),
    Form("entities", "form.docx", _doc({_BODY: lambda c: _DTD + c[c.index(b"<w:document") :]}), "PL-W01"),
    Form("a part that climbs out", "form.xlsx", _book({"../../evil": b"x"}), "DQ011"),
    Form("a part that climbs out", "form.docx", _doc({"../../evil": b"x"}), "PL-F27"),
    Form("nesting", "form.xlsx", _book({_SHEET: _before(b"<sheetData>", b"<a>" * 5_000)}), "PL-W01"),
    Form("nesting", "form.docx", _doc({_BODY: _put(b"<w:body>", b"<w:sdt>" * 5_000)}), "PL-W01"),
    Form("a table as wide as the memory", "form.docx", _doc({_BODY: _spanned(900_000_000)}), "PL-W01"),
    Form("a cell in no column", "form.xlsx", _book({_SHEET: lambda c: c.replace(b'"A2"', b'"ZZZZ2"')}), "PL-W01"),
    Form("a cell of another row", "form.xlsx", _book({_SHEET: lambda c: c.replace(b'"A2"', b'"A9"')}), "PL-W01"),
    Form("a row of no number", "form.xlsx", _book({_SHEET: lambda c: c.replace(b'r="2"', b'r="two"')}), "PL-W01"),
    Form("Strict Open XML", "form.xlsx", _book(dict.fromkeys(
        ("xl/workbook.xml", _SHEET), lambda c: c.replace(*_STRICT))), "PL-W01"),
    Form("a sheet outside the workbook", "form.xlsx", _book({"xl/_rels/workbook.xml.rels": lambda c: c.replace(
        b"/xl/worksheets/sheet1.xml", b"../../../etc/passwd")}), "PL-W02"),
    Form("no provision numbers", "form.xlsx", _book({_SHEET: lambda c: re.sub(rb"5\.[0-9]", b"five", c)}), "PL-W02"),
    Form("no headings", "form.xlsx", _book({_SHEET: lambda c: c.replace(b"Code provision", b"Row")}), "PL-W02"),
    Form("every cell merged into one", "form.xlsx", _book({_SHEET: _merged("A1:XFD1048576")}), "PL-W06"),
    Form("a far cell", "form.xlsx", _book({_SHEET: _before(b"</sheetData>", _row(1_048_576, "XFD1048576"))}), ""),
    Form("a stray cell far below", "form.xlsx", _book({
        _SHEET: _before(b"</sheetData>", _row(1_048_576, "A1048576"))}), ""),
    Form("a chart that is broken", "form.xlsx", _book({"xl/charts/chart1.xml": b"<oops"}), ""),
    Form("cells without addresses", "form.xlsx", _book({_SHEET: lambda c: _NO_ADDRESS.sub(b"", c)}), ""),
    Form("a cell without a paragraph", "form.docx", lambda: good_document(_without_paragraph), ""),
    Form("a row that is short", "form.docx", lambda: good_document(_ragged), ""),
]  # fmt: skip


def written(form: Form, folder: Path) -> Path:
    """The file in a folder."""
    path = folder / form.name
    path.write_bytes(form.make())
    return path
