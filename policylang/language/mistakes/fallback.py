"""A sentence that no rule about mistakes can mend: which word does not fit, and what could stand there."""

from __future__ import annotations

from policylang.language.mistakes.expected import in_words
from policylang.language.mistakes.look import Look

Explained = tuple[str, str, str, tuple[int, int]]
_SHOWN = 40


def explain(look: Look) -> Explained:
    """The rule, the message, the help and the words to underline."""
    rule = "heading-not-understood" if look.heading else "sentence-not-understood"
    kind = "heading" if look.heading else "sentence"
    word, before = look.fault, _words_before(look)
    could = in_words(look)
    help = (
        f"Here could stand {could}." if could else f"Say it in a {kind} of the language; docs/language.md lists them."
    )
    if not look.index and look.heading:
        help = "Headings are such as: stage 1, before stage 1, definitions, provision 6.2, from checklist."
    elif not look.index:
        help = (
            "A sentence begins with who does it, with a verb of duty (must, will, may), or with a word such as version."
        )
    if not word.text:
        last = look.previous
        return rule, f"This {kind} stops too soon, after “{_short(last.text)}”.", help, (last.start, last.end)
    if not before:
        return rule, f"A {kind} cannot begin with “{_short(word.text)}”.", help, (word.start, word.end)
    message = f"“{_short(word.text)}” does not fit after “{before}”."
    return rule, message, help, (word.start, word.end)


def _words_before(look: Look) -> str:
    """The last few words before the fault."""
    tokens = look.tokens[max(0, look.index - 3) : look.index]
    return _short(" ".join(look.text[tokens[0].start : tokens[-1].end].split())) if tokens else ""


def _short(text: str) -> str:
    return text if len(text) <= _SHOWN else f"{text[: _SHOWN - 1]}…"
