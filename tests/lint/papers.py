"""Word and PDF documents made for tests: as small as they can be, and as odd as they have to be."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def word(path: Path, body: str, parts: Mapping[str, str] | None = None) -> Path:
    """A .docx file with this body, and other parts as they are."""
    document = f'<?xml version="1.0"?><w:document xmlns:w="{WORD}"><w:body>{body}</w:body></w:document>'
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("word/document.xml", document)
        for name, content in (parts or {}).items():
            package.writestr(name, content)
    return path


def paragraph(text: str, properties: str = "") -> str:
    """One paragraph of a Word document."""
    return f'<w:p><w:pPr>{properties}</w:pPr><w:r><w:t xml:space="preserve">{text}</w:t></w:r></w:p>'


def listed(list_id: int, level: int = 0) -> str:
    """The properties that put a paragraph on a level of a list."""
    return f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{list_id}"/></w:numPr>'


def level(at: int, text: str, form: str = "decimal", start: int = 1, more: str = "") -> str:
    """One level of a list definition."""
    shown = f'<w:numFmt w:val="{form}"/>{more}<w:lvlText w:val="{text}"/>'
    return f'<w:lvl w:ilvl="{at}"><w:start w:val="{start}"/>{shown}</w:lvl>'


def numbering(definitions: Mapping[int, str], lists: Mapping[int, str]) -> str:
    """``numbering.xml``: definitions by id, and what stands in each list (its definition first)."""
    abstract = "".join(f'<w:abstractNum w:abstractNumId="{i}">{x}</w:abstractNum>' for i, x in definitions.items())
    nums = "".join(f'<w:num w:numId="{i}">{x}</w:num>' for i, x in lists.items())
    return f'<w:numbering xmlns:w="{WORD}">{abstract}{nums}</w:numbering>'


def pdf(path: Path, pages: Sequence[Sequence[str]]) -> Path:
    """A PDF of the given lines, page by page; a page without lines has no text."""
    objects = ["<< /Type /Catalog /Pages 2 0 R >>", "", "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"]
    kids = []
    for lines in pages:
        shown = "".join(f"({_escaped(line)}) Tj 0 -14 Td " for line in lines)
        stream = f"BT /F1 11 Tf 50 780 Td {shown}ET"
        objects.append(f"<< /Length {len(stream)} >>\nstream\n{stream}\nendstream")
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents {len(objects)} 0 R "
            "/Resources << /Font << /F1 3 0 R >> >> >>"
        )
        kids.append(f"{len(objects)} 0 R")
    objects[1] = f"<< /Type /Pages /Kids [{' '.join(kids)}] /Count {len(kids)} >>"
    data, offsets = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, 1):
        offsets.append(len(data))
        data += f"{number} 0 obj\n{content}\nendobj\n".encode("latin-1")
    start = len(data)
    table = "".join(f"{offset:010} 00000 n \n" for offset in offsets)
    data += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}".encode()
    data += f"trailer\n<< /Size {len(objects) + 1} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n".encode()
    path.write_bytes(data)
    return path


def _escaped(line: str) -> str:
    return line.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)")
