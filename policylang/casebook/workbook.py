"""Opening an .xlsx workbook: its sheets, shared texts, and which cell styles are dates. Cells are read in ``sheet.py``.

Written against ECMA-376 Part 1 (SpreadsheetML), both its transitional and its strict form. Only the parts needed are
read; pictures, links to other files and everything else in the archive are never opened.
"""

from __future__ import annotations

import posixpath
import re
from pathlib import Path

from policylang.casebook import limits
from policylang.casebook.archive import Archive, damaged, too_long
from policylang.casebook.grid import Book, Sheet
from policylang.casebook.markup import parse_all, unescape
from policylang.casebook.rules import stop
from policylang.casebook.sheet import SheetReader, Style
from policylang.findings.finding import Place


def open_workbook(path: Path, file: str, digest: str) -> Book:
    """The sheets of a workbook, in its order. Raises ``Problem`` for anything that cannot be read safely.

    Charts and macro sheets are left out. The file is opened afresh for each reading of a sheet.
    """
    with Archive(path, file) as archive:
        main = _main_part(archive)
        links = _links(archive, main)
        named, date_1904 = _sheet_list(archive, main)
        styles = _styles(archive, links)
        shared = _shared_texts(archive, links)
        sheets = []
        for name, link, hidden in named:
            kind, part = links.get(link, ("", ""))
            if kind == "worksheet":
                if part not in archive:
                    raise damaged(file, f"the sheet “{name}” is listed but missing")
                reader = SheetReader(path, file, part, name, shared, styles, date_1904)
                sheet = Sheet(name, reader.rows, hidden, reader.merges, reader.hidden_columns, reader.scan)
                sheets.append(sheet)
    return Book(file, sheets, digest)


def _main_part(archive: Archive) -> str:
    for kind, part in _links(archive, "").values():
        if kind == "officeDocument":
            return part
    return "xl/workbook.xml"


def _links(archive: Archive, part: str) -> dict[str, tuple[str, str]]:
    # What a part points to: the link's id -> (its kind, the part). Links out of the archive are left out.
    folder, name = posixpath.split(part)
    list_part = posixpath.join(folder, "_rels", f"{name}.rels")
    found: dict[str, tuple[str, str]] = {}

    def start(tag: str, attributes: dict[str, str]) -> None:
        if tag == "Relationship" and attributes.get("TargetMode") != "External":
            target = attributes.get("Target", "")
            full = target.lstrip("/") if target.startswith("/") else posixpath.join(folder, target)
            kind = attributes.get("Type", "").rpartition("/")[2]
            found[attributes.get("Id", "")] = (kind, posixpath.normpath(full))

    if list_part in archive:
        parse_all(archive, list_part, start)
    return found


def _sheet_list(archive: Archive, main: str) -> tuple[list[tuple[str, str, bool]], bool]:
    # Each sheet's name, link and whether it is hidden; and whether dates count from 1904.
    sheets: list[tuple[str, str, bool]] = []
    date_1904 = False

    def start(tag: str, attributes: dict[str, str]) -> None:
        nonlocal date_1904
        if tag == "sheet":
            link = next((value for key, value in attributes.items() if key.rpartition(":")[2] == "id"), "")
            sheets.append((attributes.get("name", ""), link, attributes.get("state", "visible") != "visible"))
        elif tag == "workbookPr":
            date_1904 = attributes.get("date1904", "0") in {"1", "true"}

    if main not in archive:
        raise damaged(archive.file, "the part that lists its sheets is missing")
    parse_all(archive, main, start)
    return sheets, date_1904


def _shared_texts(archive: Archive, links: dict[str, tuple[str, str]]) -> list[str]:
    part = next((part for kind, part in links.values() if kind == "sharedStrings"), "")
    texts: list[str] = []
    if part not in archive:
        return texts
    pieces: list[str] = []
    length = 0
    taking = phonetic = False

    def start(tag: str, _: dict[str, str]) -> None:
        nonlocal taking, phonetic, length
        if tag == "t":
            taking = not phonetic
        elif tag == "rPh":
            phonetic = True
        elif tag == "si":
            pieces.clear()
            length = 0

    def end(tag: str) -> None:
        nonlocal taking, phonetic
        if tag == "t":
            taking = False
        elif tag == "rPh":
            phonetic = False
        elif tag == "si":
            texts.append(unescape("".join(pieces)))

    def text(data: str) -> None:
        nonlocal length
        if taking:
            length += len(data)
            if length > limits.CELL_CHARACTERS:
                raise too_long(archive.file)
            pieces.append(data)

    # Counted before they are taken apart, which takes far longer: each ends in "</si>" or "</x:si>", or is "<si/>".
    chunks = archive.chunks(part, limits.SHARED_TEXT_BYTES)
    ends = (b"/si>", b":si>", b"si/>")
    if sum(chunk.count(end) for chunk in chunks for end in ends) > limits.SHARED_TEXTS:
        raise stop(
            "workbook-shared-text-too-large",
            f"The workbook holds more than {limits.SHARED_TEXTS:,} different texts.",
            "Delete the columns of text that the audit does not need (letters, notes), and save a new copy.",
            place=Place(file=archive.file),
        )
    parse_all(archive, part, start, end, text, limit=limits.SHARED_TEXT_BYTES)
    return texts


_BUILT_IN = (
    dict.fromkeys((14, 15, 16, 22, *range(27, 32), 36, *range(50, 55), 56, 57, 58), Style.DATE)
    | {17: Style.MONTH, 55: Style.MONTH}
    | dict.fromkeys((18, 19, 20, 21, *range(32, 36), 45, 46, 47), Style.TIME)
)
_NOT_SHOWN = re.compile(r'"[^"]*"|\\.|_.|\*.|\[(?!h+\]|m+\]|s+\])[^\]]*\]')


def style_of(code: str) -> Style:
    """What a number format shows: a date, a month without its day, a time, or neither.

    Only the first section of the format counts (the ones after ``;`` are for negative numbers and text).
    """
    shown = re.sub(r"s\.0+", "s", _NOT_SHOWN.sub("", code).split(";")[0].lower())
    if not re.search("[ymdhs]", shown) or re.search("[#?0]|general|standard", shown):
        return Style.OTHER
    if "d" in shown:
        return Style.DATE
    if "y" in shown:
        return Style.MONTH if "m" in shown else Style.DATE
    return Style.TIME if re.search("[hs]", shown) else Style.MONTH


def _styles(archive: Archive, links: dict[str, tuple[str, str]]) -> list[Style]:
    part = next((part for kind, part in links.values() if kind == "styles"), "")
    if part not in archive:
        return []
    custom: dict[int, Style] = {}
    found: list[Style] = []
    within = False

    def start(tag: str, attributes: dict[str, str]) -> None:
        nonlocal within
        if tag == "numFmt" and attributes.get("numFmtId", "").isdecimal():
            custom[int(attributes["numFmtId"])] = style_of(attributes.get("formatCode", ""))
        elif tag == "cellXfs":
            within = True
        elif tag == "xf" and within:
            number = attributes.get("numFmtId", "0")
            id = int(number) if number.isdecimal() else 0
            found.append(custom.get(id) or _BUILT_IN.get(id, Style.OTHER))

    def end(tag: str) -> None:
        nonlocal within
        if tag == "cellXfs":
            within = False

    parse_all(archive, part, start, end, limit=limits.STYLES_BYTES)
    return found
