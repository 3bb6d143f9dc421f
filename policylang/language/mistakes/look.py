"""What a rule about mistakes gets to see, and what it answers with."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from functools import cached_property

SENTENCE_END, HEADING_END = "\x1e", "\x1f"
"""Put into a repaired text where a full stop or a colon was missing. Neither can come from a source."""

TOKEN = re.compile(r'"[^"]*"|\[[^\[\]]*\]|\d[\w./-]*|[^\W\d_][\w-]*|[^\s\w]|\S')
WORD = re.compile(r"[a-z][a-z0-9-]*", re.IGNORECASE)
MODALS = frozenset({"MUST", "WILL", "SHOULD", "MAY", "AIMS", "HEDGE"})
NAMES = frozenset({"WORD", "STRING"})


@dataclass(frozen=True, slots=True)
class Word:
    """One word or mark of a sentence and its offsets."""

    text: str
    start: int
    end: int

    @property
    def plain(self) -> str:
        return self.text.lower()

    @property
    def is_word(self) -> bool:
        return WORD.fullmatch(self.text) is not None


@dataclass(frozen=True)
class Look:
    """A text that cannot be read beyond ``at``. It starts at the sentence that holds the fault.

    ``expected`` are the grammar's names for what may stand there; ``heading`` says that the text ends in a colon, and
    ``words`` are the words of the vocabulary, where the caller knows them.
    """

    text: str
    at: int
    expected: frozenset[str]
    heading: bool = False
    words: Collection[str] = ()

    @cached_property
    def tokens(self) -> list[Word]:
        """The words and marks of the text."""
        return [Word(m[0], m.start(), m.end()) for m in TOKEN.finditer(self.text)]

    @cached_property
    def index(self) -> int:
        """The index of the first token that does not fit; one past the last at the end of the text."""
        return next((n for n, token in enumerate(self.tokens) if token.end > self.at), len(self.tokens))

    def token(self, offset: int = 0) -> Word:
        """The token ``offset`` places from the one that does not fit; an empty one beyond either end."""
        n = self.index + offset
        if 0 <= n < len(self.tokens):
            return self.tokens[n]
        spot = len(self.text) if n >= 0 else 0
        return Word("", spot, spot)

    @cached_property
    def quoted(self) -> list[tuple[int, int]]:
        """Where free text and clauses stand: what is between their marks is nobody's wording."""
        return [(token.start, token.end) for token in self.tokens if token.text[0] in '"[' and len(token.text) > 1]

    @property
    def fault(self) -> Word:
        return self.token()

    @property
    def previous(self) -> Word:
        return self.token(-1)

    @property
    def can_end(self) -> bool:
        """Whether the sentence could have ended before the fault."""
        return "$END" in self.expected

    def matches(self, pattern: re.Pattern[str], *, reach: int = 60) -> Iterator[re.Match[str]]:
        """Where ``pattern`` occurs near the fault: the matches that touch it or lie at most ``reach`` before it."""
        begin = max(0, self.at - reach)
        end = self.fault.end if self.fault.text else len(self.text)
        for match in pattern.finditer(self.text, begin):
            if match.start() > end:
                return
            if not any(start < match.start() and match.end() < stop for start, stop in self.quoted):
                yield match


@dataclass(frozen=True, slots=True)
class Repair:
    """One fault and the change that mends it: ``text[cut]`` becomes ``new``, and ``at_end`` is added at the end.

    ``span`` is what to underline. ``new`` None explains without offering a change. ``help`` is said where no whole
    sentence can be shown; ``tail`` after one that is. A repair that is not ``sure`` never shows a sentence. One that is
    ``certain`` is made even where the word after it does not fit either. ``parts``, if there are any, are the stretches
    of the whole text in the order in which they should stand, with what to put between them.
    """

    rule: str
    message: str
    help: str
    span: tuple[int, int]
    cut: tuple[int, int] = (0, 0)
    new: str | None = None
    tail: str = ""
    sure: bool = True
    certain: bool = False
    at_end: str = ""
    parts: tuple[tuple[int, int] | str, ...] = ()


Rule = Callable[[Look], Iterator[Repair]]
