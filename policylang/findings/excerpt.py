"""The lines a finding is about, with its words underlined: right for tabs, wide and combining letters, and long lines.

What a file holds is shown, never obeyed: control characters, which could steer a terminal, become visible signs.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass

from policylang.findings.finding import Place

TAB = 4
MOST_LINES = 6
WIDEST = 100


@dataclass(frozen=True, slots=True)
class Row:
    """One line to show: its number, its text, and the line of carets below it (empty if no word of it is meant)."""

    number: int | None
    text: str
    carets: str


def visible(text: str, *, keep: str = "\n") -> str:
    """``text`` with every control, bidirectional and unpaired character made visible, except those in ``keep``."""
    return "".join(c if c in keep else _shown(c) for c in text)


def width(text: str) -> int:
    """How many columns of a terminal ``text`` takes: two for wide letters, none for combining ones."""
    return len(text) if _plain(text) else sum(_columns(c) for c in text)


def _plain(text: str) -> bool:
    """Whether each character is as wide as it is printed: nearly every line there is."""
    return text.isascii() and text.isprintable()


def rows(place: Place, *, widest: int = WIDEST) -> list[Row]:
    """The excerpt of ``place`` ready to print, at most :data:`MOST_LINES` lines, none wider than ``widest`` columns.

    Columns of a place count characters from 1; ``end_column`` is the column after the last underlined character.
    """
    if place.excerpt is None:
        return []
    lines = _lines(place.excerpt)
    shown = [_row(place, lines, at, widest) for at in range(min(len(lines), MOST_LINES))]
    if len(lines) > MOST_LINES:
        dots = Row(None, f"… {len(lines) - MOST_LINES} more lines …", "")
        shown = [*shown[:-1], dots, _row(place, lines, len(lines) - 1, widest)]
    return shown


def underlined(place: Place, *, most: int = 200) -> str:
    """The words that are meant, on one line, cut after ``most`` characters; empty if the place names no words."""
    if place.excerpt is None or place.column is None:
        return ""
    lines = _lines(place.excerpt)
    spans = [_span(place, lines, at) for at in range(len(lines))]
    words = " ".join(" ".join(line[a:b].split()) for line, (a, b) in zip(lines, spans, strict=True) if b > a)
    words = visible(words.strip(), keep="")
    return words if len(words) <= most else words[: most - 1].rstrip() + "…"


def _lines(excerpt: str) -> list[str]:
    return excerpt.replace("\r\n", "\n").rstrip("\n").split("\n")


def _span(place: Place, lines: list[str], at: int) -> tuple[int, int]:
    """The underlined characters of line ``at`` of the excerpt, from and up to (counted from 0)."""
    line = lines[at]
    last = (place.end_line or place.line or 0) - (place.line or 0)
    if place.column is None or at > max(last, 0):
        return (0, 0)
    indent = len(line) - len(line.lstrip())
    start = min(max(place.column - 1, 0), len(line)) if at == 0 else indent
    if at < last:
        end = len(line.rstrip())
    elif place.end_column is None:
        end = start + 1
    else:
        end = min(place.end_column - 1, len(line))
    return (start, max(end, start + (last <= 0)))


def _row(place: Place, lines: list[str], at: int, widest: int) -> Row:
    number = None if place.line is None else place.line + at
    start, end = _span(place, lines, at)
    line, start, end = _crop(lines[at].rstrip(), start, end, widest)
    cells = _expand(line)
    text = "".join(cells)
    before, under = width("".join(cells[:start])), width("".join(cells[start:end]))
    carets = " " * before + "^" * max(under, 1) if end > start else ""
    return Row(number, text, carets)


def _crop(line: str, start: int, end: int, widest: int) -> tuple[str, int, int]:
    """A piece of a long line around its underlined words, with “…” where it was cut."""
    if len(line) <= widest and width(line) <= widest:
        return line, start, end
    room = widest // 2  # letters may be two columns wide
    first = max(0, min(start - room // 4, len(line) - room))
    piece = line[first : first + room]
    left, right = "…" if first else "", "…" if first + room < len(line) else ""
    start, end = start - first + len(left), end - first + len(left)
    return left + piece + right, start, min(end, len(left) + len(piece)) if end > start else end


def _expand(line: str) -> list[str]:
    """Each character of ``line`` as it is shown: tabs as spaces up to the next stop, control characters as signs."""
    if _plain(line):
        return list(line)
    cells: list[str] = []
    column = 0
    for char in line:
        cell = " " * (TAB - column % TAB) if char == "\t" else _shown(char)
        column += width(cell)
        cells.append(cell)
    return cells


def _shown(char: str) -> str:
    code = ord(char)
    if code < 0x20:
        return chr(0x2400 + code)
    if code == 0x7F:
        return "\u2421"
    # Cc: C1 controls; Cs: half of a pair; bidirectional marks reorder what is read.
    if (
        unicodedata.category(char) in {"Cc", "Cs"}
        or char in "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
    ):
        return "\ufffd"
    if char in "\u2028\u2029":
        return "\u2424"
    return char


def _columns(char: str) -> int:
    if char < "\u0300":
        return 0 if char == "\u00ad" else 1
    if unicodedata.combining(char) or unicodedata.category(char) in {"Mn", "Me", "Cf"}:
        return 0
    return 2 if unicodedata.east_asian_width(char) in {"W", "F"} else 1
