"""Cut a text into headings and sentences, keeping every offset and every comment.

A sentence ends at a full stop, a heading at a colon, when white space, a comment or the end of the text follows; inside
quotes, brackets and comments neither counts. Cutting first means that one fault never hides the next. The work grows
with the length of the text and no faster.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum

_OPENING = "\u201c\u201e\u201f\u00ab"
_CLOSING = "\u201d\u00bb"

# Word and the web put these in place of plain characters; each maps one to one, so offsets stay true.
LOOKALIKES = str.maketrans(
    dict.fromkeys(_OPENING + _CLOSING, '"')
    | dict.fromkeys("\u00a0\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000", " ")
    | dict.fromkeys("\ufeff\u2028\u2029\x0b\x0c\x85\t\r", " ")
    | dict.fromkeys("\u2010\u2011", "-")
    | {0xFF10 + digit: str(digit) for digit in range(10)}
    # The marks of an East Asian keyboard, and two signs that pass for colons.
    | dict(
        zip(
            map(ord, "\uff08\uff09\uff0c\uff0e\uff1a\uff1b\uff3b\uff3d\u3002\u3001\ua789\u2236"),
            "(),.:;[].,::",
            strict=True,
        )
    )
)
# Control characters, half pairs and marks that turn the direction of reading have no place in a policy, quotes or not.
FORBIDDEN = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]")
_LONE_RETURN = re.compile(r"\r(?!\n)")
_LINE_END = re.compile(r"\r\n|\r|\n")
_BLANK_LINE = re.compile(r"\n[ ]*\n")
_SPECIAL = re.compile(r'[#"\[]|[.:](?=\s|#|\Z)')
_BLACK = re.compile(r"\S")
_ANY_QUOTE = re.compile(f'["{_OPENING}{_CLOSING}]')
_OPENS = re.compile(f"[{_OPENING}]")
_MARKS = {
    "line": re.compile("\n"),
    "straight": re.compile('"'),
    "curly": re.compile(f"[{_CLOSING}]"),
    "[": re.compile(re.escape("[")),
    "]": re.compile("]"),
}


class Shape(StrEnum):
    """What a statement ends in."""

    SENTENCE = "sentence"
    HEADING = "heading"
    UNFINISHED = "unfinished"  # the text stopped before a full stop or colon


@dataclass(frozen=True, slots=True)
class Comment:
    """A comment as written (with its ``#``), its offset, and whether words stand before it on its line.

    ``line`` is its line in the source; 0 where there is no source.
    """

    text: str
    start: int
    trailing: bool
    line: int = 0


@dataclass(frozen=True, slots=True)
class Statement:
    """One heading or sentence: its text with comments blanked out, without the closing mark; offsets into the source.

    ``unclosed`` is the offset of a quote or bracket that never closes, if there is one.
    """

    shape: Shape
    text: str
    start: int
    end: int
    comments: tuple[Comment, ...] = ()
    unclosed: int | None = None


class Source:
    """A text with its name and the positions of its lines. Lines and columns count from 1."""

    def __init__(self, text: str, name: str = "<text>") -> None:
        self.name = name
        self.text = text
        self.clean = _LONE_RETURN.sub("\n", text).translate(LOOKALIKES)
        self._starts = [0, *(end.end() for end in _LINE_END.finditer(text))]

    def position(self, offset: int) -> tuple[int, int]:
        """Line and column of an offset."""
        line = bisect_right(self._starts, offset)
        return line, offset - self._starts[line - 1] + 1

    def lines(self, first: int, last: int) -> str:
        """The source lines from ``first`` to ``last``, without the final line break."""
        begin = self._starts[first - 1]
        end = self._starts[last] if last < len(self._starts) else len(self.text)
        return self.text[begin:end].rstrip("\r\n")


def cut(source: Source) -> tuple[list[Statement], list[Comment]]:
    """The statements of a text in order, and the comments that follow the last of them."""
    cutter = Cutter(source)
    return list(cutter.run()), cutter.comments


class Cutter:
    """Cuts one source. ``comments`` holds, once ``run`` is through, the comments after the last statement."""

    def __init__(self, source: Source) -> None:
        self.source, self.text = source, source.clean
        self.statements: list[Statement] = []
        self.comments: list[Comment] = []
        self.pieces: list[str] = []
        self.start: int | None = None
        self.found = dict.fromkeys(_MARKS, -1)
        self.blanks = [blank.start() for blank in _BLANK_LINE.finditer(self.text)]

    def run(self) -> Iterator[Statement]:
        """The statements one by one, each as soon as no comment can belong to it any more."""
        text, index = self.text, 0
        while index < len(text):
            if len(self.statements) > 1:
                yield self.statements.pop(0)
            if self.start is None:
                black = _BLACK.search(text, index)
                if black is None:
                    break
                index = black.start()
                if text[index] == "#":
                    index = self.comment(index)
                    continue
                self.start = index
            special = _SPECIAL.search(text, index)
            if special is None:
                self.pieces.append(text[index:])
                break
            at = special.start()
            self.pieces.append(text[index:at])
            mark = text[at]
            if mark == "#":
                index = self.comment(at)
            elif mark in ".:":
                index = at + 1
                self.finish(Shape.SENTENCE if mark == "." else Shape.HEADING, index)
            else:
                index = self.marked(at)
        self.finish(Shape.UNFINISHED, len(text))
        yield from self.statements

    def finish(self, shape: Shape, end: int, unclosed: int | None = None) -> None:
        if self.start is not None:
            body = "".join(self.pieces).rstrip()
            if shape is Shape.UNFINISHED:
                end = self.start + len(body)
            self.statements.append(Statement(shape, body, self.start, end, tuple(self.comments), unclosed))
            self.comments = []
        self.start, self.pieces = None, []

    def comment(self, at: int) -> int:
        """Take the comment at ``at``: to the statement that ended before it on its line, or to the one it precedes."""
        end = self.line_end(at)
        line = self.source.position(at)[0]
        text = self.source.text[at:end].rstrip()
        line_start = self.text.rfind("\n", 0, at) + 1
        trailing = _BLACK.search(self.text, line_start, at) is not None
        comment = Comment(text, at, trailing, line)
        if self.start is None and trailing and self.statements:
            last = self.statements[-1]
            self.statements[-1] = replace(last, comments=(*last.comments, comment))
        else:
            self.comments.append(comment)
        if self.start is not None:
            self.pieces.append(" " * (end - at))
        return end

    def marked(self, at: int) -> int:
        """Take the quote or bracket at ``at``; one that never closes ends its statement with its line."""
        close = self.quote_end(at) if self.text[at] == '"' else self.bracket_end(at)
        if close is None:
            end = self.line_end(at)
            self.pieces.append(self.text[at:end])
            self.finish(Shape.UNFINISHED, end, at)
            return end
        piece = self.text[at:close]
        if piece[0] == '"':
            # Quotes within quotes are only text: the grammar must not see them end the string.
            piece = '"' + piece[1:-1].replace('"', "'") + '"'
        self.pieces.append(piece)
        return close

    def next(self, mark: str, at: int) -> int:
        """Where the next mark of a kind is, from ``at`` on; the end of the text if there is none.

        The last answer is kept, so that no stretch of the text is searched twice for one kind of mark.
        """
        if self.found[mark] < at:
            match = _MARKS[mark].search(self.source.text if mark in ("straight", "curly") else self.text, at)
            self.found[mark] = len(self.text) if match is None else match.start()
        return self.found[mark]

    def line_end(self, at: int) -> int:
        return self.next("line", at)

    def paragraph_end(self, at: int) -> int:
        following = bisect_left(self.blanks, at)
        return self.blanks[following] if following < len(self.blanks) else len(self.text)

    def quote_end(self, at: int) -> int | None:
        """Just past the mark that closes the quote at ``at``: on its own line if it can be, never past a blank line.

        A curly quote is closed by a curly one and a straight by a straight, if there is one on the line.
        """
        raw, line = self.source.text, self.line_end(at)
        if raw[at] in _CLOSING:  # turned the wrong way; whatever comes next will do
            match = _ANY_QUOTE.search(raw, at + 1, line)
            return None if match is None else match.end()
        kind = "curly" if raw[at] in _OPENING else "straight"
        close = self.next(kind, at + 1)
        if close < line:
            return close + 1
        stray = self.next("straight", at + 1) if kind == "curly" else _unpaired(raw, at + 1, line)
        if stray < line:
            return stray + 1
        if close >= self.paragraph_end(line) or (kind == "curly" and _OPENS.search(raw, line, close)):
            return None
        # ` "W`: on a later line this opens the next quote, so the one at ``at`` was never closed.
        before, after = raw[close - 1], raw[close + 1 : close + 2].strip()
        return None if before.isspace() and after not in ("", ".", ",", ":", "]", ")", "[") else close + 1

    def bracket_end(self, at: int) -> int | None:
        """Just past the ``]`` for the bracket at ``at``; None if another opens, a sentence ends or a paragraph does."""
        line, end = self.line_end(at), self.next("]", at)
        if end >= self.paragraph_end(line) or end > self.next("[", at + 1):
            return None
        return None if end > line and re.search(r"[.:] *\n", self.text[at:end]) else end + 1


def _unpaired(text: str, begin: int, end: int) -> int:
    """Where a curly quote closes that none opened, between ``begin`` and ``end``; ``end`` if nowhere."""
    depth = 0
    for match in _ANY_QUOTE.finditer(text, begin, end):
        depth += 1 if match[0] in _OPENING else -1
        if depth < 0:
            return match.start()
    return end
