"""Opening an OpenDocument spreadsheet (.ods): its sheets and which of its styles matter. Cells are read in
``ods_sheet.py``.

Written against OpenDocument 1.3 Part 3. Everything is in one part, ``content.xml``; scripts, pictures, links to other
files and the copies kept of them are never read.
"""

from __future__ import annotations

from pathlib import Path

from policylang.casebook import limits
from policylang.casebook.archive import Archive, damaged, needs_password, not_a_log
from policylang.casebook.grid import Book, Sheet
from policylang.casebook.markup import parse_all
from policylang.casebook.ods_sheet import CONTENT, OdsSheetReader
from policylang.casebook.rules import stop
from policylang.findings.finding import Place

_MANIFEST = "META-INF/manifest.xml"
_SPREADSHEET = b"application/vnd.oasis.opendocument.spreadsheet"
_OTHERS = {
    b"application/vnd.oasis.opendocument.text": "an OpenDocument text",
    b"application/vnd.oasis.opendocument.presentation": "an OpenDocument presentation",
}
_MOST_PARENTS = 20


def open_ods(archive: Archive, path: Path, digest: str) -> Book:
    """The sheets of an OpenDocument spreadsheet, in its order. Raises ``Problem`` for what cannot be read safely."""
    file = archive.file
    kind = b"".join(archive.chunks("mimetype", 200)).strip() if "mimetype" in archive else _SPREADSHEET
    if not kind.startswith(_SPREADSHEET):
        said = next((said for start, said in _OTHERS.items() if kind.startswith(start)), "an OpenDocument file")
        raise not_a_log(file, said, "Copy the log's table into a new spreadsheet and save it as .ods or .xlsx.")
    if _is_encrypted(archive):
        raise needs_password(file)
    if archive.has_folder("Basic/") or archive.has_folder("Scripts/"):
        raise stop(
            "workbook-has-macros",
            "The spreadsheet contains macros (small programs), so it was not read.",
            "Open it in its own program and save it as .xlsx, which leaves the macros out, and give that copy.",
            place=Place(file=file),
        )
    styles = _Styles()
    if "styles.xml" in archive:
        parse_all(archive, "styles.xml", styles.start, styles.end, limit=limits.STYLES_BYTES)
    tables = _Tables(styles)
    parse_all(archive, CONTENT, tables.start, tables.end, limit=limits.INFLATED_BYTES)
    if not tables.is_spreadsheet:
        raise damaged(file, "the part content.xml holds no spreadsheet")
    months, calculated = styles.months(), _writes_no_empty_text(archive)
    book = Book(file, [], digest)
    for n, (name, style) in enumerate(tables.found):
        # The values that were last seen in other files are kept as sheets that are named after those files.
        if not name.startswith("'file:"):
            reader = OdsSheetReader(path, file, n, name, months, calculated=calculated)
            hidden = style in styles.hidden_tables
            book.sheets.append(Sheet(name, reader.rows, hidden, reader.merges, reader.hidden_columns))
    return book


def _is_encrypted(archive: Archive) -> bool:
    if "encrypted-package" in archive:
        return True
    found = False

    def start(tag: str, attributes: dict[str, str]) -> None:
        nonlocal found
        found = found or tag == "encryption-data"

    if _MANIFEST in archive:
        parse_all(archive, _MANIFEST, start)
    return found


def _writes_no_empty_text(archive: Archive) -> bool:
    # LibreOffice calculates whatever it saves, and writes a formula whose result is an empty text without a result.
    said: list[str] = []
    within = False

    def start(tag: str, attributes: dict[str, str]) -> None:
        nonlocal within
        within = tag == "generator"

    def text(data: str) -> None:
        if within:
            said.append(data)

    if "meta.xml" in archive:
        parse_all(archive, "meta.xml", start, text=text)
    return "".join(said).startswith("LibreOffice/")


class _Styles:
    """Which cell styles show a month without its day, and which table styles hide a sheet."""

    def __init__(self) -> None:
        self.hidden_tables: set[str] = set()
        self._formats: dict[str, set[str]] = {}  # a date's format -> what it shows
        self._cells: dict[str, tuple[str, str]] = {}  # a cell's style -> its format and the style it builds on
        self._format: set[str] | None = None
        self._style = ""

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        if tag == "style":
            self._style = attributes.get("style:name", "")
            if attributes.get("style:family") == "table-cell":
                self._cells[self._style] = (
                    attributes.get("style:data-style-name", ""),
                    attributes.get("style:parent-style-name", ""),
                )
        elif tag == "date-style":
            self._format = self._formats.setdefault(attributes.get("style:name", ""), set())
        elif tag == "table-properties" and attributes.get("table:display") == "false":
            self.hidden_tables.add(self._style)
        elif self._format is not None:
            self._format.add(tag)

    def end(self, tag: str) -> None:
        if tag == "date-style":
            self._format = None

    def months(self) -> frozenset[str]:
        """The cell styles under which a date is seen as a month without its day."""
        months = {name for name, shown in self._formats.items() if "month" in shown and "day" not in shown}
        return frozenset(name for name in self._cells if self._format_of(name) in months)

    def _format_of(self, style: str) -> str:
        for _ in range(_MOST_PARENTS):
            own, parent = self._cells.get(style, ("", ""))
            if own:
                return own
            style = parent
        return ""


class _Tables:
    """The sheets that ``content.xml`` lists, with the name of each one's style."""

    def __init__(self, styles: _Styles) -> None:
        self.found: list[tuple[str, str]] = []
        self.is_spreadsheet = False
        self._styles = styles
        self._path: list[str] = []

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        depth = len(self._path)
        if depth == 2 and tag == "spreadsheet":
            self.is_spreadsheet = True
        elif depth == 3 and tag == "table" and self._path[2] == "spreadsheet":
            self.found.append((attributes.get("table:name", ""), attributes.get("table:style-name", "")))
        elif depth >= 2 and self._path[1] == "automatic-styles":
            self._styles.start(tag, attributes)
        self._path.append(tag)

    def end(self, tag: str) -> None:
        self._path.pop()
        if len(self._path) >= 2 and self._path[1] == "automatic-styles":
            self._styles.end(tag)
