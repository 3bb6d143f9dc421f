"""What a list in a word processor leaves behind: bullets, paragraph numbers, abbreviations."""

from __future__ import annotations

import re
from collections.abc import Iterator

from policylang.language.mistakes.brackets import LABEL
from policylang.language.mistakes.look import Look, Repair

SIGN = r"""[^\w\s"'“”‘’„«»\[\](){}<#%£&@+=.,:;!?/…]"""
"""A sign that can stand before a list item: bullets, dashes, arrows, ticks, what Word's symbol fonts leave behind."""
_BULLET = re.compile(
    rf"\s*(?:(?P<sign>{SIGN}|[oØ](?=\s))|\(?(?P<label>{LABEL}|[a-z]|[ivx]{{1,4}})\)|(?P<plain>\d+(?:\.\d+)+)\.?(?=\s))"
    r"\s*",
    re.I,
)
_ABBREVIATION = re.compile(r",?\s*(?<![\w.])(e\.g\.?|i\.e\.?|etc\.?|incl\.?|approx\.?)(?![\w.]),?", re.I)
_ABBREVIATIONS = {
    "e.g": (" including", "Write “including” instead."),
    "incl": (" including", "Write “including” instead."),
    "i.e": (" only", "Write “only” instead, or leave it out."),
    "etc": ("", "Leave it out; a list that is open says so with “including”."),
    "approx": ("", "Leave it out, and give the figure."),
}


def list_mark(look: Look) -> Iterator[Repair]:
    """A bullet or a number left from a word processor at the start: its number may be the clause."""
    match = _BULLET.match(look.text)
    if match is None or look.at > match.end() + 20:
        return
    label = match["label"] or match["plain"]
    shown = match[0].strip()
    rest = look.text[match.end() :].rstrip()
    if not rest:
        return
    message = f"“{shown}” at the start of a sentence is a mark from a list."
    help = f"Leave out “{shown}”; the clause goes in square brackets at the end."
    span = (match.end() - len(match[0].lstrip()), match.start() + len(match[0].rstrip()))
    cut = (match.start(), match.end())
    if label is not None and label[0].isdigit() and not rest.endswith("]"):
        yield Repair("list-mark", message, help, span, cut, "", certain=True, at_end=f" [{label}]")
    yield Repair("list-mark", message, help, span, cut, "", certain=True)


def bullet_between(look: Look) -> Iterator[Repair]:
    """Items of a list each on a line with a bullet: ``- decision⏎ - reasons``; they are one list with commas."""
    pattern = re.compile(
        rf"\s*[;,]?\s*(?:(?:and|or)(?=\s*\n))?\s*\n\s*(?:{SIGN}|o(?=\s)|\(?(?:[a-z]|[ivx]{{1,4}}|\d{{1,2}})[).])\s*",
        re.I,
    )
    match = pattern.match(look.text, look.previous.end)
    if match is None or not look.previous.text or look.at > match.end():
        return
    for joint in (" ", ", "):
        yield Repair(
            "list-mark", "This is an item of a list; items stand one after another with commas between them.",
            "Leave out the marks and put commas between the items.",
            (look.fault.start, match.start() + len(match[0].rstrip())), match.span(), joint,
        )  # fmt: skip


def number_alone(look: Look) -> Iterator[Repair]:
    """``3.`` or ``(a).``, which are all that is left of a numbered paragraph up to its first full stop."""
    if not look.text.strip():
        yield Repair("sign-not-used", "This full stop stands by itself.", "Leave it out.", (0, len(look.text) + 1))
    elif re.fullmatch(rf"\(?(?:{LABEL}|[a-z]|[ivx]{{1,4}})\)?", look.text.strip(), re.I) and not look.heading:
        label = look.text.strip()
        yield Repair(
            "list-mark",
            f"“{label}.” stands alone, like the number of a paragraph.",
            f"Leave it out, or put it at the end of the sentence it belongs to: [{label.strip('()')}].",
            (0, len(look.text)),
        )  # fmt: skip


def abbreviation(look: Look) -> Iterator[Repair]:
    """``e.g.``, ``etc.``: their full stops would end the sentence."""
    for match in look.matches(_ABBREVIATION, reach=12):
        short = match[1].lower().rstrip(".")
        new, advice = _ABBREVIATIONS[short]
        span = (match.start(1), match.end(1))
        message = f"“{short}.” is an abbreviation, and its full stop would end the sentence."
        yield Repair("abbreviation", message, advice, span, match.span(), new, sure=bool(new))
        yield Repair("abbreviation", message, advice, span)
