"""Characters that cannot be seen, or that look like others: named, with what to type instead."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from policylang.findings.finding import Finding
from policylang.language.mistakes.look import Look, Repair
from policylang.language.mistakes.report import finding, place
from policylang.language.statements import FORBIDDEN, Source

_HIDDEN = re.compile("[\u00ad\u200b-\u200f\u2060-\u2064\ufeff\ufe00-\ufe0f]+")
_FOREIGN = re.compile(r"[^\W\d_]+", re.UNICODE)
# The letters of other alphabets that pass for Latin ones.
_TWINS = str.maketrans(
    "АВЕЅІЈКМНОРСТХУаеѕіјкорсухһԁԛԝ" "ΑΒΕΖΗΙΚΜΝΟΡΤΥΧανορτυχι" "ı",
    "ABESIJKMHOPCTXYaesijkopcyxhdqw" "ABEZHIKMNOPTYXavoptuxi" "i",
)  # fmt: skip
_MOST = 20


def forbidden(source: Source) -> tuple[list[Finding], list[int]]:
    """A finding for each character that may not be in a policy at all (the first few), and the offsets of all."""
    offsets = [match.start() for match in FORBIDDEN.finditer(source.text)]
    found = []
    for at in offsets[:_MOST]:
        message = f"There is a character here that cannot be seen: {name(source.text[at])}."
        help = "Delete it: put the cursor behind the letter before it and press Delete once."
        found.append(finding("hidden-character", message, place(source, at, at + 1), help))
    return found, offsets


def name(char: str) -> str:
    """A character's name and number, in words: ``soft hyphen (U+00AD)``."""
    number = f"U+{ord(char):04X}"
    if "\ud800" <= char <= "\udfff":
        return f"half of a character, left by a bad conversion ({number})"
    known = unicodedata.name(char, "")
    return f"{known.lower()} ({number})" if known else f"a control character ({number})"


def hidden_in_word(look: Look) -> Iterator[Repair]:
    """A soft hyphen or a space of no width inside a word."""
    raw = look.text
    for match in _HIDDEN.finditer(raw, max(0, look.at - 40), look.fault.end + 1):
        yield Repair(
            "hidden-character",
            f"There is a character here that cannot be seen: {name(match[0][0])}.",
            "Delete it, or type the word anew.",
            (max(0, match.start() - 1), min(len(raw), match.end() + 1)), match.span(), "",
        )  # fmt: skip


def lookalike_letter(look: Look) -> Iterator[Repair]:
    """A Cyrillic or Greek letter in a word, or one with an accent."""
    for match in _FOREIGN.finditer(look.text, max(0, look.previous.start), max(look.fault.end, look.at + 1)):
        word = match[0]
        odd = next((c for c in word if not c.isascii()), None)
        if odd is None:
            continue
        plain = _plain(word)
        script = _script(odd)
        if plain.isascii():
            yield Repair(
                "lookalike-letter",
                f"The “{odd}” in “{word}” is {script}, not the plain letter “{_plain(odd)}”.",
                f"Type the word anew: {plain}.",
                match.span(), match.span(), plain,
            )  # fmt: skip
        else:
            yield Repair(
                "lookalike-letter",
                f"The “{odd}” in “{word}” is {script}; words of the language have the letters a to z only.",
                "Put the words in quotes if they are a name.",
                match.span(),
            )


def _plain(word: str) -> str:
    twins = word.translate(_TWINS)
    return "".join(c for c in unicodedata.normalize("NFKD", twins) if not unicodedata.combining(c))


def _script(char: str) -> str:
    first = unicodedata.name(char, "").split(" ", 1)[0].capitalize()
    if first == "Latin":
        return "a letter with an accent"
    return f"a {first} letter" if first in ("Cyrillic", "Greek") else "a letter of another alphabet"
