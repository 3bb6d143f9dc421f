"""Cut a file of stories into its fenced blocks, and these into statements, keeping the place of every word."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from policylang.findings.finding import Place

_FENCE = re.compile(r" {0,3}(?P<mark>`{3,}|~{3,})[ \t]*(?P<info>[^`\n]{0,200})")
_STARTS = re.compile(r"(?:story|expect|as\s+at)\b|[0-9]", re.IGNORECASE)
_LOOKALIKES = str.maketrans(
    {"“": '"', "”": '"', "„": '"', "\u00a0": " ", "\u202f": " ", "\ufeff": " ", "\t": " ", "‐": "-", "‑": "-", "–": "-"}
)


@dataclass(frozen=True, slots=True)
class Block:
    """The lines of a ``story`` block; ``first`` is the number of its first line, ``closed`` whether its fence ends."""

    first: int
    lines: tuple[str, ...]
    closed: bool


def blocks(text: str) -> Iterator[Block]:
    """The fenced blocks called ``story``, in order. Other blocks, and the prose between, are for the reader."""
    lines = text.splitlines()
    at = 0
    while at < len(lines):
        fence = _FENCE.fullmatch(lines[at].rstrip())
        at += 1
        if fence is None:
            continue
        first, mark = at, fence["mark"]
        while at < len(lines) and not _closes(lines[at], mark):
            at += 1
        words = fence["info"].split()
        if words and words[0].casefold() in ("story", "stories"):
            yield Block(first + 1, tuple(lines[first:at]), at < len(lines))
        at += 1


def _closes(line: str, mark: str) -> bool:
    plain = line.strip()
    return len(plain) >= len(mark) and plain == mark[0] * len(plain)


@dataclass(frozen=True, slots=True)
class Statement:
    """One heading or sentence of a story on one line, without its closing mark; ``mark`` is ``.``, ``:`` or empty.

    ``pieces`` are the lines that it stands on: the offset in ``text`` at which each begins, its number, the column
    of its first character, and the line itself as it was written.
    """

    text: str
    mark: str
    pieces: tuple[tuple[int, int, int, str], ...]

    @property
    def line(self) -> int:
        """The number of its first line."""
        return self.pieces[0][1]

    def place(self, file: str, heading: str | None, begin: int = 0, end: int | None = None) -> Place:
        """Where the characters from ``begin`` to ``end`` of its text stand."""
        end = len(self.text) if end is None else end
        first = max((p for p in self.pieces if p[0] <= begin), key=lambda p: p[0])
        last = max((p for p in self.pieces if p[0] < max(end, begin + 1)), key=lambda p: p[0])
        shown = "\n".join(p[3] for p in self.pieces if first[1] <= p[1] <= last[1])
        return Place(
            file, first[1], first[2] + begin - first[0], last[1], last[2] + end - last[0], heading, shown
        )  # fmt: skip


def statements(block: Block) -> Iterator[Statement]:
    """The statements of a block, in order. A comment ends with its line; a sentence may run over several lines."""
    pieces: list[tuple[int, int, int, str]] = []
    text = ""
    for number, raw in enumerate(block.lines, block.first):
        line = _without_comment(raw.translate(_LOOKALIKES)).rstrip()
        plain = line.lstrip()
        if not plain:
            continue
        if pieces and _STARTS.match(plain):  # the sentence before had no full stop
            yield Statement(text, "", tuple(pieces))
            pieces, text = [], ""
        if pieces:
            text += " "
        pieces.append((len(text), number, len(line) - len(plain) + 1, raw))
        text += plain
        if text[-1] in ".:":
            yield Statement(text[:-1].rstrip(), text[-1], tuple(pieces))
            pieces, text = [], ""
    if pieces:
        yield Statement(text, "", tuple(pieces))


def _without_comment(line: str) -> str:
    quoted = False
    for at, character in enumerate(line):
        if character == '"':
            quoted = not quoted
        elif character == "#" and not quoted:
            return line[:at]
    return line
