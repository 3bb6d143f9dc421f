"""From the tree back to text, in the house style; and ``format_text``, which does it for a text as it stands.

Sentences stand two spaces in under their heading, continuation lines four; a line breaks before a qualifier (each of a
definition's on a line of its own) or in a list; clause brackets line up in one column; a blank line stands before a
heading, and where the author left one; comments stay where they were (one inside a sentence moves to the line before
it). Line ends become ``\\n``.
"""

from __future__ import annotations

import re

from policylang.findings.finding import Finding
from policylang.language import tree as t
from policylang.language.statements import Comment
from policylang.language.words_of import Chunk, clause_text, sentence_text, statement_text, words

__all__ = ["format_text", "print_tree", "sentence_text", "statement_text"]

COLUMN = 77  # where clause brackets begin, counted from 0
WIDTH = COLUMN - 1  # words stop before the brackets
WIDEST = 110  # no line is longer, unless one word is
INDENT, CONTINUED = "  ", "    "
_SHORT = 30


def format_text(text: str, name: str = "<text>") -> tuple[str, list[Finding]]:
    """The text in the house style, and no findings; or the text untouched and the findings that stop it being read."""
    from policylang.language.parser import parse

    tree, findings = parse(text, name)
    return (text, findings) if findings else (print_tree(tree), [])


def print_tree(tree: t.Tree) -> str:
    """A tree as text. Blank lines are kept where the lines of the nodes show that there were some, one at a time."""
    printer = _Printer()
    for node in tree.nodes:
        printer.node(node)
    for comment in tree.comments:
        printer.comment(comment)
    return printer.text()


class _Printer:
    def __init__(self) -> None:
        self.lines: list[str] = []
        self.indent = ""
        self.last = 0  # the source line on which the last thing printed ended
        self.opened = False  # whether the last thing printed was a heading

    def node(self, node: t.Node) -> None:
        before = [c for c in node.comments if c.start < node.span.start]
        inside = [c for c in node.comments if node.span.start <= c.start < node.span.end]
        behind = [c for c in node.comments if c.start >= node.span.end]
        heading = isinstance(node, t.Heading)
        # Comments right above a heading are part of it; those a blank line away still belong to the section above.
        own = _adjoining(before, node.span.line) if heading else []
        for comment in before[: len(before) - len(own)]:
            self.comment(comment)
        if heading:
            self.indent, self.opened = "", False
        forced = heading
        for comment in own:
            self.put([comment.text], comment.line, comment.line, forced)
            forced = False
        for number, comment in enumerate(inside):
            self.put([self.indent + comment.text], node.span.line if not number else self.last, self.last, forced)
            forced = False
        lines = _heading(node) if isinstance(node, t.Heading) else _sentence(node, self.indent)
        lines[-1] += "".join(f"  {c.text}" for c in behind)
        self.put(lines, self.last if inside else node.span.line, node.span.end_line, forced)
        if heading:
            self.indent, self.opened = INDENT, True

    def comment(self, comment: Comment) -> None:
        self.put([self.indent + comment.text], comment.line, comment.line)

    def put(self, lines: list[str], first: int, last: int, forced: bool = False) -> None:
        """Print lines that stood on the lines ``first`` to ``last``; ``forced`` asks for a blank line before them."""
        if self.lines and not self.opened and (forced or first > self.last + 1):
            self.lines.append("")
        self.lines += [line.rstrip() for line in lines]
        self.last, self.opened = max(self.last, last), False

    def text(self) -> str:
        return "".join(f"{line}\n" for line in self.lines)


def _adjoining(comments: list[Comment], line: int) -> list[Comment]:
    """The comments at the end of the list that stand right above ``line``, with no blank line between."""
    taken = 0
    for comment in reversed(comments):
        if comment.line < line - 1:
            break
        line, taken = comment.line, taken + 1
    return comments[len(comments) - taken :]


def _heading(node: t.Heading) -> list[str]:
    lines = _fill(words(node), "", WIDEST - 1)
    return _with_clauses(lines, node.clauses, ":", column=0) if node.clauses is not None else _closed(lines, ":")


def _sentence(node: t.Sentence | t.Frame, indent: str) -> list[str]:
    chunks = words(node)
    if node.clauses is None:
        return _closed(_fill(chunks, indent, WIDEST - 1), ".")
    lines = _fill(chunks, indent, WIDTH)
    if len(lines) > 1 and isinstance(node, t.Sentence) and node.form == "definition":
        lines = _fill(chunks[:1], indent, WIDTH)
        for chunk in chunks[1:]:
            lines += _fill([chunk], CONTINUED, WIDTH)
    return _with_clauses(lines, node.clauses, ".", column=COLUMN)


def _closed(lines: list[str], mark: str) -> list[str]:
    return [*lines[:-1], lines[-1] + mark]


def _with_clauses(lines: list[str], clauses: t.Clauses, mark: str, column: int) -> list[str]:
    """The lines with the clause brackets: in their column, or right behind the words, or on lines of their own."""
    last, brackets = lines[-1], clause_text(clauses.labels) + mark
    for spread in (last.ljust(column), f"{last} "):
        if spread.endswith(" ") and len(spread) + len(brackets) <= WIDEST:
            return [*lines[:-1], spread + brackets]
    parts = re.split(r"(?<=,) ", brackets)
    if len(last) < _SHORT:  # a word or two before a long list of clauses
        return [*lines[:-1], *_fill([[f"{last} {parts[0]}", *parts[1:]]], "", WIDEST)]
    return [*lines, *_fill([parts], CONTINUED, WIDEST)]


def _fill(chunks: list[Chunk], indent: str, width: int) -> list[str]:
    """Lay chunks out in lines of at most ``width`` characters; the lines after the first are continuation lines.

    A chunk that fits on a line is not broken; one that does not is broken between its atoms, and quoted text, last of
    all, between its words.
    """
    lines, line, start = [], indent, indent
    room = width - len(CONTINUED)

    def add(text: str, fresh: bool = False) -> None:
        nonlocal line, start
        if line != start and (fresh or len(line) + 1 + len(text) > width):
            lines.append(line)
            line = start = CONTINUED
        line += text if line == start else f" {text}"

    for number, chunk in enumerate(chunks):
        whole = " ".join(chunk)
        if len(whole) <= room:
            add(whole)
            continue
        fresh = number > 0
        for atom in chunk:
            for word in _breakable(atom) if len(atom) > room else [atom]:
                add(word, fresh)
                fresh = False
    return [*lines, line]


def _breakable(atom: str) -> list[str]:
    """The words of a quoted text, which may be on several lines; other atoms and text with quotes in it stay whole."""
    plain = atom.startswith('"') and atom.count('"') == 2 and not any(mark in atom for mark in "“”„‟«»")
    return atom.split(" ") if plain else [atom]
