"""The words of a story for what a case record holds: events, what letters say, people.

A case-record name can be written with spaces (``stage 2 responded``), under any heading by which a log is sure to mean
it (``complaint received``), or, for an event, by the word of the vocabulary (``acknowledgement at stage 2``).
"""

from __future__ import annotations

import re
from functools import cache

from policylang.casebook.record import Fact, facts, heading_key, match_listed
from policylang.model.vocabulary import vocabulary

_STAGED = re.compile(r"(?P<word>[a-z][a-z-]*)(?: at stage (?P<stage>[12]))?")
LETTERS = {
    "acknowledgement": "acknowledgement_",
    "stage 2 acknowledgement": "stage2_acknowledgement_",
    "extension": "extension_",
    "stage 2 extension": "stage2_extension_",
    "response": "response_",
    "stage 2 response": "stage2_response_",
    "refusal": "refusal_",
    "stage 2 refusal": "escalation_refusal_",
}
"""The letters whose contents a case record can hold, and how the names of their flags begin."""

_NO_LETTER = ("agreed", "good_reason")  # flags about an extension that are no part of its letter


def fact_words(name: str) -> str:
    """A case-record name as a story writes it: ``stage 2 responded``, ``extension agreed``."""
    return name.replace("stage2_", "stage 2 ").replace("_", " ")


def find_fact(words: str, kinds: tuple[str, ...]) -> Fact | None:
    """The fact that words stand for; None where there is none of these kinds."""
    plain = " ".join(words.casefold().replace("_", " ").split())
    name = plain.replace("stage 1 ", "").replace("stage 2 ", "stage2_").replace("stage2 ", "stage2_")
    found = facts().get(re.sub(r"[ -]", "_", name)) or facts().get(plain.replace(" ", "_"))
    if found is None:
        sure = [m.fact for m in match_listed(heading_key(plain)) if m.sure]
        found = facts()[sure[0]] if sure else _vocabulary_event(plain)
    return found if found is not None and found.kind in kinds else None


def _vocabulary_event(plain: str) -> Fact | None:
    staged = _STAGED.fullmatch(plain)
    entry = vocabulary().find(staged["word"], ("events",)) if staged else None
    if staged is None or entry is None:
        return None
    name = entry.case_event(int(staged["stage"] or 1))
    return facts().get(name) if name else None


@cache
def known_words(*kinds: str) -> tuple[str, ...]:
    """How a story writes every fact of these kinds, for suggestions."""
    return tuple(fact_words(name) for name, fact in facts().items() if fact.kind in kinds and name != "reference")


@cache
def letter_items(letter: str) -> dict[str, str]:
    """What a case record can show of a letter: each item, as a story writes it, and its flag."""
    prefix = LETTERS[letter]
    return {
        name.removeprefix(prefix).replace("_", "-"): name
        for name, fact in facts().items()
        if fact.kind == "flag" and name.startswith(prefix) and name.removeprefix(prefix) not in _NO_LETTER
    }
