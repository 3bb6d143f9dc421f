"""Statements that the grammar can read, but not as their author meant them."""

from __future__ import annotations

import re
from collections.abc import Collection

from policylang.language import tree as t
from policylang.language.mistakes.look import HEADING_END, SENTENCE_END, Repair
from policylang.language.mistakes.misread_verbs import allowed_time, done, tried
from policylang.language.reading import read
from policylang.language.statements import Shape

_HEADING = re.compile(r"(?:(?:before|after)\s+)?stage\s+\d|reading\s|section\s+\d|provision\s|from\s+[\w-]+\s*$", re.I)
_TOPIC = re.compile(r'[a-z][a-z0-9-]*(?:\s+"[^"]*")?\s*(?:\[[^\[\]]*\])?', re.I)
_WORDS = re.compile(r'"[^"]*"|[a-z][\w-]*', re.I)
_LONGEST = 5
_NUMBERED = {"stage": "number", "section": "number", "provision": "number", "reading": "name in quotes"}
_SHOWN = {"stage": "stage 1", "section": "section 6", "provision": "provision 6.2", "reading": 'reading "…"'}
_ONCE = {
    "within": "deadlines",
    "extent": "limits to the extension",
    "total_extent": "limits in all",
    "every": "frequencies",
    "at_least_every": "frequencies",
    "lasting": "lengths",
}


def first(text: str, node: t.Node, column: int, words: Collection[str] = ()) -> Repair | None:
    """What has to change in a statement that can be read, so that it says what it was meant to; None if nothing does.

    ``text`` is the statement without its closing mark, ``column`` where it begins on its line, counted from 1;
    ``words`` are the words of the vocabulary, where they are known.
    """
    if isinstance(node, t.Heading):
        return _sentence_with_colon(text, node) or _number_missing(text, node) or _clauses_joined(node)
    if "\n" in text:
        swallowed = _swallowed_heading(text, column)
        if swallowed is not None:
            return swallowed
    for before, after in zip(node.qualifiers, node.qualifiers[1:], strict=False):
        repair = _start_of_another_word(text, node, before, after)
        if repair is not None:
            return repair
    said = _bullet(text) or _clauses_joined(node)
    if said is None and isinstance(node, t.Sentence):
        said = tried(text, node) or allowed_time(text, node) or (done(text, node, words) if words else None)
    if said is not None:
        return said
    twice = _two_of_a_kind(node) if len(node.qualifiers) > 1 else None
    return twice or (_name_taken_apart(text, words) if words else None)


def _sentence_with_colon(text: str, node: t.Heading) -> Repair | None:
    """``version "12":`` would be a section called “version”."""
    if node.kind != "topic" or node.title is None or read(text, Shape.SENTENCE) is not None:
        return None
    end = len(text)
    return Repair(
        "colon-out-of-place", "This sentence ends with a colon, as only headings do.", "End it with a full stop.",
        (0, end), (end, end), SENTENCE_END,
    )  # fmt: skip


def _number_missing(text: str, node: t.Heading) -> Repair | None:
    """``stage "One":`` would be a section called “stage”."""
    joined = re.match(r"(stage|section)-?(\d{1,2})\Z", node.key) if node.kind == "topic" else None
    if joined is not None:
        return Repair(
            "space-missing", f"A space is missing after “{joined[1]}”.", f"Write {joined[1]} {joined[2]}.",
            (0, len(node.key)), (0, len(node.key)), f"{joined[1]} {joined[2]}",
        )  # fmt: skip
    if node.kind != "topic" or node.key not in _NUMBERED:
        return None
    title = f' "{node.title}"' if node.title is not None else ""
    return Repair(
        "heading-not-understood", f"The heading “{node.key}” has no {_NUMBERED[node.key]}.",
        f"Write it with its {_NUMBERED[node.key]}, as in: {_SHOWN[node.key]}{title}:", (0, len(text)),
    )  # fmt: skip


def _bullet(text: str) -> Repair | None:
    """``o`` and a space or a tab: Word's bullet of the second level, which would be who acts."""
    match = re.match(r"o\s+(?=\S)", text)
    if match is None:
        return None
    return Repair(
        "list-mark", "“o” at the start of a sentence is a mark from a list.", "Leave out “o”.", (0, 1), match.span(), ""
    )


def _clauses_joined(node: t.Node) -> Repair | None:
    """``[3.2; 3.3]``, ``[3.2 and 3.3]``, ``[clause 3.2]``: labels as printed, with commas between them."""
    if node.clauses is None:
        return None
    labels = ", ".join(node.clauses.labels)
    plain = re.sub(r"\s*(?:;|&|(?<=\d)\s+and(?=\s+\d))\s*", ", ", labels)
    plain = re.sub(r"(?<![\w-])(?:clauses?|paragraphs?|paras?\.?|§+)\s*(?=\d)", "", plain, flags=re.I)
    if plain == labels:
        return None
    span = (node.clauses.span.start - node.span.start, node.clauses.span.end - node.span.start)
    return Repair(
        "clause-without-brackets", "In the brackets stand the labels of clauses as printed, with commas between them.",
        f"Write [{plain}].", span, span, f"[{plain}]",
    )  # fmt: skip


def _name_taken_apart(text: str, words: Collection[str]) -> Repair | None:
    """``how to escalate`` can be read as “how”, to somebody called “escalate”; ``how-to-escalate`` is a known name."""
    tokens = list(_WORDS.finditer(text))
    for begin, token in enumerate(tokens):
        if token[0][0] == '"' or token[0].lower() in words:
            continue
        for end in range(min(len(tokens), begin + _LONGEST), begin + 1, -1):
            run = tokens[begin:end]
            joined = "-".join(word[0].lower() for word in run)
            between = text[token.start() : run[-1].end()]
            if joined in words and not re.search(r"[^\w\s-]", between):
                span = (token.start(), run[-1].end())
                shown = " ".join(between.split())
                return Repair(
                    "words-not-joined", f"“{shown}” is one name of several words, and those are joined with hyphens.",
                    f"Write {joined}.", span, span, joined,
                )  # fmt: skip
    return None


def _swallowed_heading(text: str, column: int) -> Repair | None:
    """The repair of a text that can be read as one sentence, but whose first line is a heading that lost its colon.

    ``stage 1 "Stage 1"`` and ``exclusions`` alone on a line would otherwise be taken for who does what follows.
    ``column`` is where the text begins on its line, counted from 1. None if it is simply a sentence.
    """
    first, newline, rest = text.partition("\n")
    first = first.rstrip()
    if not newline or len(first) > 200:
        return None
    second = rest.lstrip("\n").partition("\n")[0]
    deeper = len(second) - len(second.lstrip()) >= column
    if not (_HEADING.match(first) or (_TOPIC.fullmatch(first) and deeper)):
        return None
    start = len(text) - len(rest.lstrip())
    if read(first, Shape.HEADING) is not None or read(text[start:], Shape.SENTENCE) is not None:
        return None
    name = " ".join(first.split())
    return Repair(
        "colon-missing",
        f"“{name}” stands alone on its line like a heading, but has no colon.",
        f"If it is a heading, write: {name}: If it is who does what follows, put both on one line.",
        (0, len(first)), (len(first), start), HEADING_END, sure=False,
    )  # fmt: skip


def _start_of_another_word(
    text: str, node: t.Sentence | t.Frame, before: t.Qualifier, after: t.Qualifier
) -> Repair | None:
    """``within 10 working days from receipt`` would be a deadline without a start, and something that comes from
    “receipt”; so would ``after receipt``."""
    open_time = before.kind == "within" and before.event is None
    older = _last(before.condition)
    if not (open_time or (isinstance(older, t.Older) and older.event is None)):
        return None
    event = after.kind == "after" or (after.kind == "from_" and after.terms is not None and len(after.terms.items) == 1)
    if not event or (after.terms is not None and after.terms.items[0].quoted):
        return None
    start = after.span.start - node.span.start
    word = re.match(r"[a-z]+\s+", text[start:], re.I)
    if word is None:
        return None
    lead = word[0].strip()
    return Repair(
        "start-event-without-of",
        f"The event that starts the clock is named with “of”, not with “{lead}”.",
        f"Write “of” instead of “{lead}”.",
        (start, start + len(lead)), (start, start + len(lead)), "of",
    )  # fmt: skip


def _last(condition: t.Condition | None) -> t.Condition | None:
    while isinstance(condition, t.All | t.Any_):
        condition = condition.parts[-1]
    return condition


def _two_of_a_kind(node: t.Sentence | t.Frame) -> Repair | None:
    """Two deadlines in one sentence: nobody can tell which of them holds."""
    seen: set[str] = set()
    for qualifier in node.qualifiers:
        if qualifier.kind in _ONCE and qualifier.kind in seen:
            start = qualifier.span.start - node.span.start
            return Repair(
                "several-figures",
                f"This sentence gives two {_ONCE[qualifier.kind]}; nobody can tell which of them holds.",
                "Give each its own sentence.",
                (start, qualifier.span.end - node.span.start),
            )
        seen.add(qualifier.kind)
    return None
