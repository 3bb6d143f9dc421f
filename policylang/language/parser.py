"""Text to syntax tree. Every heading and sentence is parsed by itself, so one run reports every fault."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Collection, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from policylang.findings.finding import Finding
from policylang.language.build_nodes import NodeBuilder
from policylang.language.mistakes import checks, misreadings
from policylang.language.reading import Fault, parsed
from policylang.language.statements import FORBIDDEN, Cutter, Shape, Source, Statement
from policylang.language.tables import grammar
from policylang.language.tree import Heading, Node, Tree
from policylang.language.words_of import heading_name

if TYPE_CHECKING:
    from policylang.language.mistakes.recovery import Mended

__all__ = ["grammar", "parse"]

TEXT_LIMIT = 1_000_000  # characters of one policy or code
SENTENCES = 5_000  # the longest policy has some five hundred
FAULTS = 200  # statements that cannot be read, after which the rest is not looked at
FOREIGN = 25  # statements for which no sentence can be offered either, in a text of which hardly anything can be read
_DUTY = re.compile(r"(?<![\w-])(?:must|will|shall|should|may|is|are|means|has|aims)(?![\w-])", re.I)

_LABEL = re.compile(
    r"\s*(?:policy|code|organi[sz]ation|issuer|version|calendar|note|requirement|in\s+force(?:\s+from)?|adopted|approved|issued"
    r"|reviewed|next\s+review(?:\s+by|\s+date)?|effective(?:\s+from)?|published|known\s+as|clauses|(?:linked|related)\s+policies|title"
    r"|document\s+is|review\s+date|refers\s+to|shown\s+by)\s*",
    re.I,
)
"""What a cover sheet puts before a colon: ``Version: 12``."""
_ABBREVIATED = re.compile(r"(?<![\w.])(?:e\.g|i\.e|etc|incl|approx)\Z", re.I)


def parse(text: str, name: str = "<text>", words: Collection[str] = ()) -> tuple[Tree, list[Finding]]:
    """The tree of a policy or code, and a finding for every statement that could not be read.

    What could be read is in the tree whatever else is wrong. ``name`` is the file name that findings print; ``words``
    are the words of the vocabulary, where the caller knows them: findings then know which words belong together.
    """
    source = Source(text, name)
    if len(text) > TEXT_LIMIT:
        return Tree(name, ()), [checks.text_too_long(source, TEXT_LIMIT)]
    return _Parser(source, frozenset(words)).run()


class _Parser:
    def __init__(self, source: Source, words: Collection[str]) -> None:
        self.source, self.words = source, words
        self.cutter = Cutter(source)
        self.nodes: list[Node] = []
        self.findings: list[Finding] = []
        self.heading: str | None = None
        self.faulty = self.foreign = 0
        self.effort = checks.Effort()
        self.waiting: list[Statement] = []

    def run(self) -> tuple[Tree, list[Finding]]:
        statements = self.readable(self.cutter.run())
        while (statement := self.next(statements)) is not None:
            if self.faulty >= FAULTS or (self.foreign >= FOREIGN and len(self.nodes) < self.foreign):
                self.findings.append(checks.too_many_faults(self.source, statement, self.faulty))
                break
            if len(self.nodes) >= SENTENCES:
                self.findings.append(checks.too_many_sentences(self.source, statement, SENTENCES))
                break
            self.statement(statement, statements)
        self.findings.sort(key=_where)
        return Tree(self.source.name, tuple(self.nodes), tuple(self.cutter.comments)), self.findings

    def next(self, statements: Iterator[Statement]) -> Statement | None:
        return self.waiting.pop() if self.waiting else next(statements, None)

    def readable(self, statements: Iterator[Statement]) -> Iterator[Statement]:
        """The statements but those that hold a character that may not be there, which have findings of their own."""
        if FORBIDDEN.search(self.source.text) is None:
            return statements
        from policylang.language.mistakes.characters import forbidden

        self.findings, offsets = forbidden(self.source)
        return (s for s in statements if bisect_left(offsets, s.start) == bisect_left(offsets, s.end))

    def statement(self, statement: Statement, following: Iterator[Statement]) -> None:
        """Read one statement, or say what is wrong with it; ``following`` has the next one, should it be needed."""
        problem = checks.before_reading(self.source, statement, self.heading)
        if problem is not None:
            self.refuse(statement, problem)
            return
        result = parsed(statement.text, _shape(statement))
        if isinstance(result, Fault):
            self.mend(statement, following)
            return
        node = NodeBuilder(self.source, statement.start, statement.end).node(result)
        if statement.comments:
            node = replace(node, comments=statement.comments)
        if misreadings.first(statement.text, node, node.span.column, self.words) is not None:
            self.mend(statement, following)
            return
        if isinstance(node, Heading) and node.kind == "topic" and _LABEL.fullmatch(statement.text):
            mended = self.across(statement, following)
            if mended is not None:
                self.faulty += 1
                self.findings += mended.findings
                return
        self.findings += checks.after_reading(self.source, statement, node, self.heading)
        self.add(node)

    def add(self, node: Node) -> None:
        self.nodes.append(node)
        if isinstance(node, Heading):
            self.heading = heading_name(node)

    def refuse(self, statement: Statement, problem: Finding) -> None:
        self.faulty += 1
        self.findings.append(problem)
        self.open_section(statement)

    def open_section(self, statement: Statement) -> None:
        """A heading that cannot be read still says where the sentences below it stand."""
        if statement.shape is Shape.HEADING:
            self.heading = " ".join(statement.text[:80].split())

    def mend(self, statement: Statement, following: Iterator[Statement]) -> None:
        from policylang.language.mistakes.recovery import mend

        self.faulty += 1
        mended = self.across(statement, following) or mend(
            self.source, statement, self.effort, self.words, self.heading
        )
        self.findings += mended.findings
        if not mended.nodes:
            self.foreign += not any((found.help or "").startswith("Write: ") for found in mended.findings)
            self.open_section(statement)
        for node in mended.nodes:
            self.add(node)

    def across(self, statement: Statement, following: Iterator[Statement]) -> Mended | None:
        """``must give the following: reasons, remedy.`` and ``must give records, e.g. reasons.`` are one sentence."""
        from policylang.language.mistakes.endings import ends_in_heading
        from policylang.language.mistakes.recovery import mend_across

        cut = _DUTY if statement.shape is Shape.HEADING else _ABBREVIATED
        labelled = statement.shape is Shape.HEADING and _LABEL.fullmatch(statement.text)
        if not (cut.search(statement.text) or labelled) or ends_in_heading(statement.text):
            return None
        second = self.next(following)
        if second is not None and second.unclosed is None and second.shape is not Shape.HEADING:
            mended = mend_across(self.source, statement, second, self.effort, self.words, self.heading)
            if mended is not None:
                return mended
        if second is not None:
            self.waiting.append(second)
        return None


def _shape(statement: Statement) -> Shape:
    return Shape.HEADING if statement.shape is Shape.HEADING else Shape.SENTENCE


def _where(finding: Finding) -> tuple[int, int]:
    where = finding.place
    return (0, 0) if where is None else (where.line or 0, where.column or 0)
