"""Commas, spaces, quotes and signs that are missing, too many, or not used here."""

from __future__ import annotations

import re
from collections.abc import Iterator

from policylang.language.mistakes.look import NAMES, SENTENCE_END, Look, Repair

_IN_WORDS = {
    "&": "and",
    "+": "and",
    "/": "or",
    "=": "means",
    "–": "-",
    "—": "-",
    "-": "",
    "!": "",
    "?": "",
    "…": "",
    "_": "-",
    "*": "",
    ".": "",
    "'": "",
    "’": "",
    "‘": "",
    "`": "",
    "·": "",
    "|": ",",
}


def comma_out_of_place(look: Look) -> Iterator[Repair]:
    """``must respond, within 10 days``; ``reasons, remedy, [3.4]``; ``reasons,, remedy``."""
    fault, previous = look.fault, look.previous
    for comma in (fault, previous):
        if comma.text != ",":
            continue
        before = next((t for t in reversed(look.tokens) if t.end <= comma.start), None)
        message = f"No comma belongs after “{before.text}” here." if before is not None else "No comma belongs here."
        if before is not None and before.text == ",":
            message = "There are two commas here."
        yield Repair(
            "comma-out-of-place", message, "Commas stand between the items of a list and nowhere else.",
            (comma.start, comma.end), (comma.start, comma.end), "",
        )  # fmt: skip


def comma_missing(look: Look) -> Iterator[Repair]:
    """``giving reasons remedy``, where both are words of the vocabulary."""
    first, second = look.previous, look.fault
    if first.plain in look.words and second.plain in look.words and NAMES.isdisjoint(look.expected):
        yield Repair(
            "comma-missing", f"A comma is missing between “{first.text}” and “{second.text}”.",
            f"Write {first.text}, {second.text}.",
            (first.start, second.end), (first.end, second.start), ", ",
        )  # fmt: skip


def space_missing(look: Look) -> Iterator[Repair]:
    """``receipt.must respond``, ``10working days``, ``10-working-days``, ``stage1``."""
    pattern = re.compile(r"(?<=[a-z\]]{2})\.(?=[a-z]{2})|(?<=\d)-?(?=[a-z])|(?<=\bstage)-?(?=\d)", re.I)
    for match in look.matches(pattern, reach=20):
        start, end = match.span()
        begin = start - len(look.text[:start].split()[-1])
        close = end + len(look.text[end:].split()[0])
        stop = match[0] == "."
        before = look.text[begin : start + stop]
        yield Repair(
            "space-missing", f"A space is missing after “{before}”.", f"Type a space after “{before}”.",
            (begin, close), match.span(), SENTENCE_END if stop else " ",
        )  # fmt: skip


def address(look: Look) -> Iterator[Repair]:
    """``www.example.org``, ``name@example.org``: an address is free text."""
    for match in look.matches(
        re.compile(r"(?:https?://|www\.)[^\s\"\]]+|[\w.+-]+@[\w-]+(?:\.[\w-]+)+", re.I), reach=80
    ):
        found = match[0].rstrip(".,;")
        span = (match.start(), match.start() + len(found))
        yield Repair(
            "quotes-missing", f"“{found}” is an address, and addresses are free text.", f'Write "{found}".',
            span, span, f'"{found}"',
        )  # fmt: skip


def all_in_quotes(look: Look) -> Iterator[Repair]:
    """``"must log complaint".``: what stands in quotes is free text, and nothing reads it."""
    match = re.fullmatch(r'\s*"(?P<inner>[^"]*)"\s*(?P<clauses>\[[^\[\]]*\])?\s*', look.text)
    if match is not None and not look.heading:
        inner = match["inner"].strip().rstrip(".").strip()
        new = f"{inner} {match['clauses']}" if match["clauses"] else inner
        yield Repair(
            "sentence-not-understood", "The whole sentence stands in quotes, as free text that nothing reads.",
            "Leave out the quotes; if it is only a remark, put note before it.", (0, len(look.text)),
            (0, len(look.text)), new,
        )  # fmt: skip
        yield Repair(
            "sentence-not-understood", "This is free text alone; it says nothing that can be read.",
            "Write note before it if it is a remark; if it is a promise, say who must do what, without quotes.",
            (0, len(look.text)), (0, 0), "note ",
        )  # fmt: skip


def single_quotes(look: Look) -> Iterator[Repair]:
    """``'Senior Manager'``: free text stands in double quotes."""
    for match in look.matches(re.compile(r"(?:''|``|[‘'`″＂])([^‘’'`″＂\"\n]{1,200})(?:''|[’'`″＂])"), reach=200):
        plain = "not single ones" if match[0][0] in "‘'`" and match[0][:2] not in ("''", "``") else "typed as one mark"
        yield Repair(
            "single-quotes", f"Free text stands in double quotes, {plain}.", f'Write "{match[1]}".',
            match.span(), match.span(), f'"{match[1]}"',
        )  # fmt: skip


def sign_not_used(look: Look) -> Iterator[Repair]:
    """Signs that are not part of the language, with what to type instead."""
    fault = look.fault if look.token(1).text != "%" else look.token(1)
    sign = next((c for c in fault.text if not (c.isalnum() or c in '"[](),;-')), None)
    if fault.text[:1] in ('"', "["):
        sign = None
    if sign is None:
        touching = look.text[max(0, look.at - 1) : look.at + 1]
        sign = next((c for c in touching if c in "/_'’‘–—"), None)
    if sign is None or re.fullmatch(r"\d+[.]\d+", fault.text):
        return
    at = look.text.find(sign, max(0, look.at - 1))
    if at < 0:
        return
    message = f"The sign “{sign}” is not used in sentences."
    if sign == "%":
        message, help = "The sign “%” is not used in sentences.", 'Put the figure in quotes: note "90 per cent".'
        yield Repair("sign-not-used", message, help, (at, at + 1))
        return
    instead = _IN_WORDS.get(sign)
    help = "Leave it out, or put the words with it in quotes."
    if instead is None:
        yield Repair("sign-not-used", message, help, (at, at + 1))
        return
    if sign in "/|":
        yield Repair("sign-not-used", message, "Put a comma or “or” between the two.", (at, at + 1), (at, at + 1), ", ")
        yield Repair(
            "sign-not-used", message, "Put a comma or “or” between the two.", (at, at + 1), (at, at + 1), " or "
        )
        return
    if sign in "'’" and look.text[at + 1 : at + 2] == "s":
        yield Repair(
            "sign-not-used", "Words have no apostrophes here.", "Leave out “’s”.", (at, at + 2), (at, at + 2), ""
        )
    if instead in ("and", "means"):
        yield Repair("sign-not-used", message, f"Write “{instead}”.", (at, at + 1), (at, at + 1), f" {instead} ")
    else:
        yield Repair("sign-not-used", message, help, (at, at + 1), (at, at + 1), instead)
    if sign in "–—" and look.index == 1 and look.text[at - 1 : at] == " ":
        yield Repair(
            "sign-not-used",
            message,
            "If it says what a word means, write “means”.",
            (at, at + 1),
            (at, at + 1),
            "means",
        )
    if sign in "–—-":
        yield Repair("sign-not-used", message, help, (at, at + 1), (at, at + 1), "")
        yield Repair("sign-not-used", message, help, (at, at + 1), (at, at + 1), SENTENCE_END)
