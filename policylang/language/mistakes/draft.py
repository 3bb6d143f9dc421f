"""A sentence while it is being mended: its text, and for every character the place in the source it stands for."""

from __future__ import annotations

import re
from dataclasses import dataclass

from policylang.language.mistakes.look import HEADING_END, SENTENCE_END
from policylang.language.statements import Shape, Source, Statement

_END = re.compile(f"[{SENTENCE_END}{HEADING_END}]")
_ENDS = {SENTENCE_END: Shape.SENTENCE, HEADING_END: Shape.HEADING}


@dataclass(frozen=True, slots=True)
class Piece:
    """One sentence or heading of a draft: ``draft.text[start:end]``."""

    shape: Shape
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Draft:
    """``text`` as the grammar reads it, ``raw`` as it was written, ``places`` the offset of each character in the
    source (one more than there are characters), ``own`` whether the character was there from the start."""

    text: str
    raw: str
    places: tuple[int, ...]
    own: tuple[bool, ...]
    shape: Shape

    @staticmethod
    def of(source: Source, statement: Statement) -> Draft:
        """The draft of a statement as it stands. An unfinished one is taken for a sentence."""
        text, start = statement.text, statement.start
        written = source.text[start : start + len(text)]
        # Comments are blank in the statement and must stay so.
        raw = "".join(" " if plain == " " else typed for plain, typed in zip(text, written, strict=True))
        shape = Shape.HEADING if statement.shape is Shape.HEADING else Shape.SENTENCE
        return Draft(text, raw, tuple(range(start, start + len(text) + 1)), (True,) * len(text), shape)

    def changed(self, cut: tuple[int, int], new: str) -> Draft:
        """The draft with ``text[cut]`` replaced by ``new``; the new characters stand where the old ones began."""
        start, end = cut
        spot = self.places[start]
        return Draft(
            self.text[:start] + new + self.text[end:],
            self.raw[:start] + new + self.raw[end:],
            self.places[:start] + (spot,) * len(new) + self.places[end:],
            self.own[:start] + (False,) * len(new) + self.own[end:],
            self.shape,
        )

    def rearranged(self, piece: Piece, parts: tuple[tuple[int, int] | str, ...]) -> Draft:
        """The draft with the parts of a piece in another order; each keeps its place in the source."""
        end = self.places[piece.end]
        whole = Draft(self.text[: piece.start], self.raw[: piece.start], self.places[: piece.start],
                      self.own[: piece.start], self.shape)  # fmt: skip
        for part in parts:
            if isinstance(part, str):
                spot = whole.places[-1] if whole.places else end
                whole = whole.plus(part, part, (spot,) * len(part), (False,) * len(part))
            else:
                cut = slice(piece.start + part[0], piece.start + part[1])
                whole = whole.plus(self.text[cut], self.raw[cut], self.places[cut], self.own[cut])
        rest = slice(piece.end, None)
        return whole.plus(self.text[rest], self.raw[rest], self.places[rest], self.own[rest])

    def plus(self, text: str, raw: str, places: tuple[int, ...], own: tuple[bool, ...]) -> Draft:
        """The draft with more text behind it."""
        return Draft(self.text + text, self.raw + raw, self.places + places, self.own + own, self.shape)

    def with_end(self, piece: Piece, added: str) -> Draft:
        """The draft with ``added`` at the end of a piece."""
        end = piece.start + len(self.text[piece.start : piece.end].rstrip())
        return self.changed((end, end), added) if added else self

    def pieces(self) -> list[Piece]:
        """The sentences and headings of the draft, cut where a full stop or a colon has been put in."""
        found: list[Piece] = []
        start = 0
        for end in _END.finditer(self.text):
            found.append(Piece(_ENDS[end[0]], start, end.start()))
            start = end.end()
        if not found or self.text[start:].strip():
            found.append(Piece(self.shape, start, len(self.text)))
        return found

    def in_source(self, span: tuple[int, int]) -> tuple[int, int]:
        """The stretch of the source that a stretch of the draft stands for."""
        start, end = span
        if end > len(self.text):  # nothing but the closing mark
            return self.places[start], self.places[start] + 1
        if end <= start:
            return self.places[start], self.places[start]
        return self.places[start], self.places[end - 1] + self.own[end - 1]

    def untouched(self, piece: Piece) -> bool:
        """Whether the piece is the author's own, with nothing put in and nothing left out."""
        places = self.places[piece.start : piece.end]
        whole = not places or places == tuple(range(places[0], places[0] + len(places)))
        return whole and all(self.own[piece.start : piece.end])
