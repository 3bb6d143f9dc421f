"""The quick way through the rows of a workbook's sheet: plain cells by one pattern, everything else by the XML parser.

Spreadsheet programs write nearly all cells in one shape. Text that has exactly that shape means to an XML parser what
it means here; a row with anything else in it (a formula, an escape, a tag that is not expected) goes to the parser.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Generator, Iterator

from policylang.casebook import limits
from policylang.casebook.archive import Archive, damaged
from policylang.casebook.grid import Cell, FilledRow, column_number
from policylang.findings.problem import Problem

_PREAMBLE = 1 * limits.MB
_BLOCK = 1 << 18
_LONGEST_ROW = 64 * limits.MB
_CELLS_KEPT = 200_000
_OPEN, _CLOSE, _END = b"<sheetData>", b"</sheetData>", b"</row>"
# What must be left to the parser: declarations, comments, sections, and characters that XML does not have.
_NOT_PLAIN = (("!", "<!"), ("?", "<?"), ("]", "]]>"), ("\ufffe", "\ufffe"), ("\uffff", "\uffff"))
_CONTROLS = bytes([*range(9), 11, 12, *range(14, 32)])
_HEAD = re.compile(r'<row((?: [A-Za-z:0-9]+="[^"<&]*")*)(/?)>')
_ATTRIBUTE = re.compile(r' ([A-Za-z:0-9]+)="([^"<&]*)"')
_CELL = '<c r="'
_LETTERS = re.compile("[A-Z]{1,3}")
_FORMULA = r"<f(?: [a-zA-Z0-9]+=\"[^\"<&]*\")*(?:/>|>(?:[^<&]|&(?:amp|lt|gt|quot|apos);)*</f>)"
# A cell without its place: style, type, and what is in it. A formula counts as plain if its result follows it.
_INSIDE = re.compile(
    r'(?: s="(?P<style>[0-9]{1,6})")?(?: t="(?P<kind>[a-zA-Z]{1,9})")?'
    rf"(?:/>|></c>|>(?:{_FORMULA})?<v>(?P<value>[^<&\r]+)</v></c>"
    r"|><is><t(?: xml:space=\"preserve\")?>(?P<inline>[^<&\r]*)</t></is></c>)"
)

Read = Callable[[str, str, str], Cell | None]
"""A plain cell from its type, its style and its text; ``None`` for an empty one. May raise ``Problem``."""
Parse = Callable[[bytes, int], Generator[FilledRow, None, int]]
"""Some rows by the XML parser, and the last number; given the number of the row before. May raise ``Problem``."""


def preamble(start: bytes) -> bytes | None:
    """What stands before the first row, if the sheet begins as one that can be read this way; ``None`` otherwise."""
    head, found, _ = start.partition(_OPEN)
    if not found or b"<!" in head or head.count(b"<?") > 1 or b"<worksheet" not in head:
        return None
    if head[:3] == b"\xef\xbb\xbf" or not head.isascii():
        return None
    declared = re.match(rb"<\?xml[^>]*encoding=[\"']([^\"']*)", head)
    return head + _OPEN if declared is None or declared[1].lower() == b"utf-8" else None


def plain_rows(
    archive: Archive, part: str, chunks: Iterator[bytes], held: bytes, read: Read, parse: Parse
) -> Iterator[FilledRow]:
    """The rows of a sheet: ``held`` is what was read beyond the preamble, ``chunks`` the rest. Raises ``Problem``."""
    reading = _Plain(read, parse)
    pieces, size, ended = [held], len(held), False
    while not ended:
        for chunk in chunks:
            pieces.append(chunk)
            size += len(chunk)
            if size >= _BLOCK:
                break
        else:
            ended = True
        whole = b"".join(pieces)
        close = whole.find(_CLOSE)
        if close >= 0:
            yield from reading.block(whole[:close])
            return
        cut = whole.rfind(_END) + len(_END)
        if cut < len(_END):
            # No row with cells ends here: before the last that begins there can only be rows without any.
            cut = whole.rfind(b"<row")
        if cut <= 0:
            if len(whole) > _LONGEST_ROW:
                raise damaged(archive.file, f"the part {part} holds a row that does not end")
            pieces, size = [whole], 0
            continue
        yield from reading.block(whole[:cut])
        pieces = [whole[cut:]]
        size = len(pieces[0])
    raise damaged(archive.file, f"the part {part} breaks off within its rows")


class _NotPlain(Exception):
    """Something in a row is for the parser, which then says what it is."""


class _Columns(dict[str, int]):
    """The columns (from 0) of their letters."""

    def __missing__(self, name: str) -> int:
        column = column_number(name) if _LETTERS.fullmatch(name) else -1
        if not 0 <= column < limits.COLUMNS:
            raise _NotPlain
        self[name] = column
        return column


class _Cells(dict[str, Cell | None]):
    """The cells of what is written in them; they recur, so each is made once."""

    def __init__(self, read: Read) -> None:
        super().__init__()
        self._read = read

    def __missing__(self, inside: str) -> Cell | None:
        parts = _INSIDE.fullmatch(inside)
        if parts is None:
            raise _NotPlain
        style, kind, value, inline = parts.groups(default="")
        text = value or inline
        if len(text) > limits.CELL_CHARACTERS or (inline and kind != "inlineStr"):
            raise _NotPlain
        try:
            cell = self._read(kind or "n", style, text)
        except Problem:
            raise _NotPlain from None
        if len(self) >= _CELLS_KEPT:
            self.clear()
        self[inside] = cell
        return cell


class _Plain:
    """The rows of block after block."""

    def __init__(self, read: Read, parse: Parse) -> None:
        self._parse = parse
        self._number = 0
        self._columns = _Columns()
        self._cells = _Cells(read)

    def block(self, content: bytes) -> Iterator[FilledRow]:
        """The rows of some whole rows."""
        text = _plain(content)
        if text is None:
            self._number = yield from self._parse(content, self._number)
            return
        *pieces, rest = text.split("</row>")
        for piece in pieces:
            at = 0
            head = _HEAD.match(piece)
            while head and head[2]:  # rows without cells before the one that ends here
                self._number = _number(dict(_ATTRIBUTE.findall(head[1])), self._number)
                at = head.end()
                head = _HEAD.match(piece, at)
            row = self._row(head[1], piece[head.end() :]) if head else None
            if row is None:
                self._number = yield from self._parse(f"{piece[at:]}</row>".encode(), self._number)
                continue
            self._number = row.number
            if row.cells:
                yield row
        if rest:
            self._number = yield from self._parse(rest.encode("utf-8"), self._number)

    def _row(self, attributes: str, body: str) -> FilledRow | None:
        # None where something in the row is not plain.
        said = dict(_ATTRIBUTE.findall(attributes)) if attributes else {}
        number = said.get("r", "")
        first, *written = body.split(_CELL)
        if first or not (number.isascii() and number.isdecimal()):
            return None
        # A cell's letters end where the row's own number begins; what is behind it is looked up whole. The place of an
        # empty cell is looked up too: what is in no column is not plain.
        mark = f'{number}"'
        columns, known = self._columns, self._cells
        try:
            cells = {
                column: cell
                for name, _, inside in [one.partition(mark) for one in written]
                if (column := columns[name]) is not None and (cell := known[inside]) is not None
            }
        except _NotPlain:
            return None
        return FilledRow(_number(said, self._number), cells, said.get("hidden", "0") in {"1", "true"})


def _plain(content: bytes) -> str | None:
    # The text of some rows if there is nothing in it that only the parser may judge.
    if len(content.translate(None, _CONTROLS)) != len(content):
        return None
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError:
        return None
    # One letter is looked for far faster than several, and most sheets have none of these.
    return None if any(letter in text and mark in text for letter, mark in _NOT_PLAIN) else text


def _number(attributes: dict[str, str], before: int) -> int:
    written = attributes.get("r", "")
    return int(written) if written.isdecimal() and len(written) < 9 else before + 1
