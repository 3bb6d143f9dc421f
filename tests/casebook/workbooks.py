"""Workbooks made for tests: tidy ones by openpyxl, and ones written part by part, for what openpyxl would not write."""

from __future__ import annotations

import zipfile
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_LINKS = "http://schemas.openxmlformats.org/package/2006/relationships"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"

# Styles 0 to 4: general, dd/mm/yyyy, mmm-yy, h:mm, a text format with quoted letters.
STYLES = f"""<styleSheet xmlns="{MAIN}"><numFmts count="2"><numFmt numFmtId="164" formatCode="dd/mm/yyyy;@"/>
<numFmt numFmtId="165" formatCode='0.0" days"'/></numFmts><cellXfs count="5"><xf numFmtId="0"/><xf numFmtId="164"/>
<xf numFmtId="17"/><xf numFmtId="20"/><xf numFmtId="165"/></cellXfs></styleSheet>"""


def workbook(path: Path, rows: Iterable[Sequence[Any]], *, sheet: str = "Log") -> Path:
    """A workbook of one sheet with these rows, as openpyxl writes it."""
    import openpyxl

    book = openpyxl.Workbook()
    page = book.active
    assert page is not None
    page.title = sheet
    for row in rows:
        page.append(list(row))
    book.save(path)
    return path


def parts(
    sheets: Mapping[str, str], *, shared: str | None = None, styles: str | None = STYLES, workbook_pr: str = ""
) -> dict[str, str]:
    """The parts of a workbook whose sheets hold the given XML inside ``sheetData``."""
    listed = "".join(f'<sheet name="{name}" sheetId="{n}" r:id="rId{n}"/>' for n, name in enumerate(sheets, 1))
    links = "".join(
        f'<Relationship Id="rId{n}" Type="{_OFFICE}/worksheet" Target="worksheets/sheet{n}.xml"/>'
        for n, _ in enumerate(sheets, 1)
    )
    if shared is not None:
        links += f'<Relationship Id="s" Type="{_OFFICE}/sharedStrings" Target="sharedStrings.xml"/>'
    if styles is not None:
        links += f'<Relationship Id="y" Type="{_OFFICE}/styles" Target="styles.xml"/>'
    made = {
        "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>',
        "_rels/.rels": f'<Relationships xmlns="{_LINKS}"><Relationship Id="a" Type="{_OFFICE}/officeDocument" '
        'Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{_OFFICE}">{workbook_pr}'
        f"<sheets>{listed}</sheets></workbook>",
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{_LINKS}">{links}</Relationships>',
    }
    for n, xml in enumerate(sheets.values(), 1):
        made[f"xl/worksheets/sheet{n}.xml"] = f'<worksheet xmlns="{MAIN}"><sheetData>{xml}</sheetData></worksheet>'
    if shared is not None:
        made["xl/sharedStrings.xml"] = f'<sst xmlns="{MAIN}">{shared}</sst>'
    if styles is not None:
        made["xl/styles.xml"] = styles
    return made


def zipped(path: Path, made: Mapping[str, str | bytes]) -> Path:
    """These parts as one file."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in made.items():
            archive.writestr(name, content)
    return path


def text(ref: str, value: str) -> str:
    """A cell with its own text."""
    return f'<c r="{ref}" t="inlineStr"><is><t>{value}</t></is></c>'


def row(number: int, *cells: str, hidden: bool = False) -> str:
    """A row of cells."""
    mark = ' hidden="1"' if hidden else ""
    return f'<row r="{number}"{mark}>{"".join(cells)}</row>'


def log(*rows: str, shared: str | None = None, workbook_pr: str = "", more: str = "") -> dict[str, str]:
    """A log with Reference, Date received and Acknowledged over columns A to C, and these rows from row 2."""
    head = row(1, text("A1", "Reference"), text("B1", "Date received"), text("C1", "Acknowledged"))
    made = parts({"Log": head + "".join(rows)}, shared=shared, workbook_pr=workbook_pr)
    made["xl/worksheets/sheet1.xml"] = made["xl/worksheets/sheet1.xml"].replace("</sheetData>", f"</sheetData>{more}")
    return made
