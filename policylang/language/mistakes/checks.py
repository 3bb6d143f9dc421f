"""What is looked at without or beside the grammar: lengths, nesting, marks that never close, brackets with nothing
in them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from policylang.findings.finding import Finding
from policylang.language import tree as t
from policylang.language.build_nodes import node_of
from policylang.language.mistakes import misreadings
from policylang.language.mistakes.report import finding, place
from policylang.language.reading import read
from policylang.language.statements import Shape, Source, Statement
from policylang.language.words_of import statement_text

SENTENCE_LIMIT = 20_000  # characters
NESTING_LIMIT = 64
_EFFORT = 150_000
_QUOTED = re.compile(r'"[^"]*"|\[[^\[\]]*\]')
_CLAUSES_LAST = re.compile(r"\s*(\[[^\[\]]*\])\s*\.?\Z")
_NEST = re.compile(r"[()]|(?<![\w-])not(?![\w-])|[^\s()]+", re.I)


@dataclass(slots=True)
class Effort:
    """How many characters of one text may still be read over again to find out what is wrong with its sentences."""

    left: int = _EFFORT


def text_too_long(source: Source, limit: int) -> Finding:
    """The whole text is longer than any policy."""
    message = f"This text has {len(source.text):,} characters; a policy may have up to {limit:,}."
    help = "Check that this is a .policy or .code file and not another kind of document."
    return finding("text-too-long", message, place(source, 0, 1), help)


def too_many_sentences(source: Source, statement: Statement, limit: int) -> Finding:
    """More sentences than any policy has."""
    message = f"This text has more than {limit:,} sentences; the rest was not looked at."
    help = "Check that this is one policy or code and not several joined together."
    return finding("text-too-long", message, place(source, statement.start, statement.start + 1), help)


def too_many_faults(source: Source, statement: Statement, shown: int) -> Finding:
    """So much cannot be read that going on would not help anybody: very many sentences, or most of the first ones."""
    message = f"{shown:,} sentences before this place cannot be read; the rest was not looked at."
    help = (
        "Mend those first. If most of the text is ordinary English, see docs/language.md for how policies are written."
    )
    return finding("too-many-faults", message, place(source, statement.start, statement.start + 1), help)


def before_reading(source: Source, statement: Statement, heading: str | None) -> Finding | None:
    """What keeps a statement from being read at all."""
    start, text = statement.start, statement.text
    if len(text) > SENTENCE_LIMIT:
        message = f"There is no full stop or colon in {len(text):,} characters; a sentence may have {SENTENCE_LIMIT:,}."
        end = start + len(text[:60].split("\n", 1)[0])
        return finding(
            "sentence-too-long", message, place(source, start, end, heading), "End each sentence with a full stop."
        )
    if statement.unclosed is not None:
        return _unclosed(source, statement, heading)
    deep = _too_deep(text)
    if deep is not None:
        message = f"Brackets and “not” are nested more than {NESTING_LIMIT} deep here."
        help = "Say the condition in several sentences."
        return finding("nesting-too-deep", message, place(source, start + deep, start + deep + 1, heading), help)
    return None


def _unclosed(source: Source, statement: Statement, heading: str | None) -> Finding:
    at = statement.unclosed or statement.start
    quote = source.clean[at] == '"'
    name, mark = ("quotation mark", '"') if quote else ("square bracket", "]")
    text = statement.text.rstrip()
    help = f"Type {mark} where the {'quoted words' if quote else 'clauses'} end."
    cited = _CLAUSES_LAST.search(text) if quote else None
    first = [(text[: cited.start()], cited[1], Shape.SENTENCE)] if cited is not None else []
    for body, clauses, shape in (
        *first,
        (text.rstrip(" ."), "", Shape.SENTENCE),
        (text.removesuffix(":").rstrip(), "", Shape.HEADING),
        (text, "", Shape.SENTENCE),
    ):
        whole = Source(f"{body}{mark} {clauses}".rstrip())
        if (shape is Shape.HEADING) != text.endswith(":") or read(whole.clean, shape) is not None:
            continue
        node = node_of(whole, whole.clean, 0, len(whole.text), shape)
        if misreadings.first(whole.clean, node, 1) is None:
            help = f"Write: {statement_text(node)}"
            break
    where = place(source, at, at + 1, heading)
    return finding("mark-never-closed", f"This {name} opens and is never closed.", where, help)


def _too_deep(text: str) -> int | None:
    """Where brackets and ``not`` nest deeper than the limit."""
    if text.count("(") + text.lower().count("not") <= NESTING_LIMIT:
        return None
    depth, negations = 0, 0
    for match in _NEST.finditer(_QUOTED.sub(lambda quoted: " " * len(quoted[0]), text)):
        if match[0] == "(":
            depth += 1
        elif match[0] == ")":
            depth = max(0, depth - 1)
        negations = negations + 1 if match[0].lower() == "not" else 0 if match[0] not in "()" else negations
        if depth + negations > NESTING_LIMIT:
            return match.start()
    return None


def after_reading(source: Source, statement: Statement, node: t.Node, heading: str | None) -> Iterator[Finding]:
    """Faults of a statement that can be read: no full stop, brackets with no clause."""
    if statement.shape is Shape.UNFINISHED:
        yield unfinished(source, statement, statement_text(node), heading)
    brackets = [node.clauses.span] if node.clauses is not None and not node.clauses.labels else []
    brackets += [q.span for q in getattr(node, "qualifiers", ()) if q.kind == "see" and not q.clauses]
    for empty in brackets:
        where = place(source, empty.start, empty.end, heading)
        help = "Type the clause of the document between them, or leave the brackets out."
        yield finding("brackets-empty", "These brackets hold no clause.", where, help)


def unfinished(source: Source, statement: Statement, written: str, heading: str | None) -> Finding:
    """The last sentence of a text, without its full stop; ``written`` is the sentence as it should be."""
    last = statement.start + max(statement.text.rfind(" "), statement.text.rfind("\n")) + 1
    where = place(source, last, statement.start + len(statement.text), heading)
    message = "This sentence has no full stop at its end."
    return finding("full-stop-missing", message, where, f"Write: {written}")
