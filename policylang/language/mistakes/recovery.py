"""Mend a sentence that cannot be read, step by step, and say what had to be mended.

At the place where the grammar gives up, every rule about mistakes may propose a change. A change counts only if the
sentence can then be read further than the change itself; the one that lets the whole sentence be read wins, or else the
one that gets furthest. So no proposal is ever shown that would itself be a mistake. The effort is bounded, for one
sentence and for the whole text.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field

from policylang.findings.finding import Finding
from policylang.language.build_nodes import node_of
from policylang.language.mistakes import fallback, misreadings, rules
from policylang.language.mistakes.checks import Effort, after_reading, unfinished
from policylang.language.mistakes.draft import Draft, Piece
from policylang.language.mistakes.look import SENTENCE_END, Look, Repair
from policylang.language.mistakes.report import finding, place
from policylang.language.reading import Fault, read
from policylang.language.statements import Shape, Source, Statement, cut
from policylang.language.tree import Node
from policylang.language.words_of import statement_text

STEPS = 40  # changes to one statement (a whole section may have lost its full stops)
MENDED = 2_000  # characters: a longer sentence is explained as it stands

Stuck = tuple[Piece, Fault]
"""The piece of a draft that cannot be read, and where it stops."""
Change = tuple[Repair, Piece, Draft, Stuck | None]
"""A repair, the piece it is made in, the draft that it makes, and what is wrong with that."""
Applied = tuple[Repair, tuple[int, int], int]
"""A repair that was made, the stretch of the source that it is about, and the place in the source of its change."""


@dataclass(slots=True)
class Mended:
    """What became of a statement: the nodes that needed no change of words, the findings, and the whole statement as it
    should be, where that could be found out."""

    nodes: list[Node] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    written: str | None = None


def mend(source: Source, statement: Statement, effort: Effort, words: Collection[str], heading: str | None) -> Mended:
    """Say what is wrong with a statement that cannot be read, and read what can be."""
    return _Mender(source, statement, effort, words, heading).run()


def mend_across(
    source: Source, first: Statement, second: Statement, effort: Effort, words: Collection[str], heading: str | None
) -> Mended | None:
    """A sentence cut in two by a colon or by the full stop of an abbreviation. None if the two do not make one."""
    between = source.clean[first.start + len(first.text) : second.start]
    gap = "".join("\n" if sign == "\n" else " " for sign in between)
    both = Statement(second.shape, first.text + gap + second.text, first.start, second.end)
    mended = mend(source, both, effort, words, heading)
    if mended.written is None:
        return None
    if first.shape is Shape.HEADING:
        where = place(source, first.end - 1, first.end, heading)
        message = "This colon cuts the sentence in two; colons end headings and nothing else."
        mended.findings.insert(0, finding("colon-out-of-place", message, where, f"Write: {mended.written}"))
    mended.nodes = []
    return mended


class _Mender:
    def __init__(
        self, source: Source, statement: Statement, effort: Effort, words: Collection[str], heading: str | None
    ) -> None:
        self.source, self.statement, self.effort = source, statement, effort
        self.words, self.heading = words, heading
        self.known: dict[tuple[Shape, str], Fault | None] = {}
        self.meant: set[tuple[Shape, str]] = set()

    def run(self) -> Mended:
        draft = Draft.of(self.source, self.statement)
        applied: list[Applied] = []
        stuck = self.first_fault(draft)
        while len(applied) < STEPS and len(draft.text) <= MENDED:
            change = self.best(draft, *stuck) if stuck is not None else self.misread(draft)
            if change is None:
                break
            repair, piece, mended, left = change
            spot = draft.places[piece.start + repair.cut[0]]
            applied.append((repair, draft.in_source(_within(piece, repair.span)), spot))
            draft, stuck = mended, left
            if repair.new is None:
                break
        return self.result(draft, applied, stuck)

    def misread(self, draft: Draft) -> Change | None:
        """The repair of the first piece that can be read as it stands, but not as it was meant."""
        for piece in draft.pieces():
            text = draft.text[piece.start : piece.end]
            if (piece.shape, text) in self.meant:
                continue
            column = self.source.position(draft.places[piece.start])[1]
            node = node_of(Source(draft.raw[piece.start : piece.end]), text, 0, len(text), piece.shape)
            repair = misreadings.first(text, node, column, self.words)
            if repair is not None:
                mended = draft if repair.new is None else draft.changed(_within(piece, repair.cut), repair.new)
                return repair, piece, mended, self.first_fault(mended)
            self.meant.add((piece.shape, text))
        return None

    # -- reading

    def first_fault(self, draft: Draft) -> Stuck | None:
        """The first piece of a draft that cannot be read, and its fault."""
        for piece in draft.pieces():
            fault = self.fault(piece.shape, draft.text[piece.start : piece.end])
            if fault is not None:
                return piece, fault
        return None

    def fault(self, shape: Shape, text: str) -> Fault | None:
        key = (shape, text)
        if key not in self.known:
            self.effort.left -= len(text) + 40
            self.known[key] = read(text, shape)
        return self.known[key]

    def best(self, draft: Draft, piece: Piece, fault: Fault) -> Change | None:
        """The proposal that gets furthest."""
        text = draft.text[piece.start : piece.end]
        look = Look(text, fault.at, fault.expected(), piece.shape is Shape.HEADING, self.words)
        found: dict[str, Change] = {}
        fewest = len(draft.text) + 1
        for repair in self.proposals(look):
            if repair.new is None:
                found.setdefault("explained", (repair, piece, draft, (piece, fault)))
                continue
            cut = _within(piece, repair.cut)
            if repair.parts:
                mended = draft.rearranged(piece, repair.parts)
            else:
                mended = draft.with_end(piece, repair.at_end).changed(cut, repair.new)
            left = self.first_fault(mended)
            change = (repair, piece, mended, left)
            if left is None and repair.sure:
                return change
            at = len(mended.text) + 1 if left is None else left[0].start + left[1].at
            if at > _next_word(mended, cut[0] + len(repair.new)):
                if not repair.sure:
                    found.setdefault("unsure", change)
                elif len(mended.text) - at < fewest:
                    found["sure"], fewest = change, len(mended.text) - at
            elif repair.certain:
                found.setdefault("certain", change)
        return next((found[kind] for kind in ("sure", "certain", "unsure", "explained") if kind in found), None)

    def proposals(self, look: Look) -> Iterator[Repair]:
        for rule in rules.RULES_IN_ORDER:
            for repair in rule(look):
                if self.effort.left <= 0:
                    return
                yield repair

    # -- reporting

    def result(self, draft: Draft, applied: list[Applied], stuck: Stuck | None) -> Mended:
        mended = Mended()
        pieces = draft.pieces()
        # What comes before the piece that is stuck can be read, and so be shown as it should be.
        readable = [piece for piece in pieces if stuck is None or piece.start < stuck[0].start]
        texts = [self.written(draft, piece) for piece in readable]
        if stuck is None and all(repair.new is not None for repair, _, _ in applied):
            mended.written = " ".join(texts)
        sure = all(repair.sure and repair.new is not None for repair, _, _ in applied)
        sure = sure and not any(self.faulty(text) for text in texts)
        ends = [draft.places[piece.end] for piece in readable]
        for repair, (start, end), spot in applied:
            n = bisect_left(ends, spot)
            two = SENTENCE_END in (repair.new or "") and repair.rule != "full-stop-missing"
            shown = texts[n : n + 1 + two]
            help = f"Write: {' '.join(shown)}{f' {repair.tail}' if repair.tail else ''}"
            where = place(self.source, start, end, self.heading)
            mended.findings.append(finding(repair.rule, repair.message, where, help if sure and shown else repair.help))
        if stuck is not None and not (applied and applied[-1][0].new is None):
            mended.findings.append(self.unexplained(draft, *stuck))
        elif (
            mended.written is not None
            and self.statement.shape is Shape.UNFINISHED
            and pieces[-1].shape is not Shape.HEADING
            and self.statement.text[-1:] not in ("!", "?", "…")  # typed for the full stop, and said already
        ):
            mended.findings.append(unfinished(self.source, self.statement, texts[-1], self.heading))
        mended.nodes = self.nodes(draft, stuck[0] if stuck is not None else None)
        return mended

    def faulty(self, text: str) -> bool:
        """Whether a mended sentence has another fault still, such as brackets with nothing in them."""
        source = Source(text)
        statement = cut(source)[0][0]
        shape = Shape.HEADING if statement.shape is Shape.HEADING else Shape.SENTENCE
        node = node_of(source, statement.text, 0, len(text), shape)
        if misreadings.first(statement.text, node, 1, self.words) is not None:
            return True
        return any(True for _ in after_reading(source, statement, node, None))

    def unexplained(self, draft: Draft, piece: Piece, fault: Fault) -> Finding:
        text = draft.text[piece.start : piece.end]
        look = Look(text, fault.at, fault.expected(), piece.shape is Shape.HEADING, self.words)
        rule, message, help, span = fallback.explain(look)
        start, end = draft.in_source(_within(piece, span))
        return finding(rule, message, place(self.source, start, end, self.heading), help)

    def written(self, draft: Draft, piece: Piece) -> str:
        """One piece as it should be typed."""
        text = draft.text[piece.start : piece.end]
        source = Source(draft.raw[piece.start : piece.end])
        return statement_text(node_of(source, text, 0, len(text), piece.shape))

    def nodes(self, draft: Draft, stuck: Piece | None) -> list[Node]:
        """The pieces that can be read and in which nothing was changed."""
        found: list[Node] = []
        for piece in draft.pieces():
            text = draft.text[piece.start : piece.end]
            if stuck is not None and piece.start >= stuck.start:
                break
            if text.strip() and draft.untouched(piece):
                start, _ = draft.in_source((piece.start, piece.end))
                lead = len(text) - len(text.lstrip())
                found.append(
                    node_of(self.source, text.strip(), start + lead, start + lead + len(text.strip()), piece.shape)
                )
        return found


def _next_word(draft: Draft, after: int) -> int:
    """Where the first word after a change begins: a change that gets no further than that has mended nothing."""
    rest = draft.text[after:]
    return after + len(rest) - len(rest.lstrip())


def _within(piece: Piece, span: tuple[int, int]) -> tuple[int, int]:
    """A span of a piece as a span of the draft."""
    return piece.start + span[0], piece.start + span[1]
