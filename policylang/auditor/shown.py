"""Which facts of a case record show which words of the language: letters, their contents, conditions, deeds.

A word that stands in none of these tables, and for which the vocabulary names no fact, is one that only the case file
itself can show.
"""

from __future__ import annotations

from functools import cache

from policylang.casebook.record import facts
from policylang.model.vocabulary import vocabulary

LETTERS = {
    "acknowledgement": "acknowledgement",
    "response": "response",
    "extension": "extension",
    "refusal": "refusal",
    "escalation-refusal": "escalation-refusal",
}
"""The event that sends each letter; ``<letter>-letter`` names the same."""

# Conditions that speak of an extension, by the flag that shows them; "not" before the flag: they hold where it is no.
_CONDITIONS = {
    "resident-agrees": "extension_agreed",
    "extension-agreed": "extension_agreed",
    "extension-not-agreed": "not extension_agreed",
    "good-reason": "extension_good_reason",
}
# Conditions that hold where an extension was notified: whoever extends expects the delay and says so.
EXTENDED = ("delay-expected", "extended", "extending", "extension", "not-possible-in-time", "response-extended")
# Conditions that hold where the response at the stage is late or overdue, whatever extension it had.
LATE = ("late", "response-late", "response-overdue")

# What a flag says was done: the action and its object.
_DEEDS = {
    ("agree", "update-intervals"): "update_intervals_agreed",
    ("require", "reasons-for-escalation"): "escalation_reasons_required",
}


def letter_event(letter: str, stage: int) -> str | None:
    """The case-record event that sends a letter at a stage."""
    if letter == "refusal" and stage == 2:
        letter = "escalation-refusal"
    return case_event(letter, stage)


def letter_flag(letter: str, item: str, stage: int) -> str | None:
    """The flag that says whether a letter at a stage contains an item, where the record has one."""
    item = item.replace("-", "_")
    if letter in ("refusal", "escalation-refusal"):
        name = f"{'escalation_' if stage == 2 else ''}refusal_{item}"
    else:
        name = f"{'stage2_' if stage == 2 else ''}{letter}_{item}"
    return name if name in facts() else None


def deed_flag(action: str, item: str, stage: int) -> str | None:
    """The flag that says whether something was done, where the record has one."""
    return _at(_DEEDS.get((action, item)), stage)


def case_event(word: str, stage: int) -> str | None:
    """The case-record event of an event word at stage 1 or 2."""
    entry = vocabulary().find(word, ("events",))
    name = entry.case_event(stage) if entry is not None and stage in (1, 2) else None
    return name if name in facts() else None


@cache
def condition_fact(word: str, stage: int) -> tuple[str, bool] | None:
    """The fact that shows a condition at a stage, and whether it must be so (True) or not so (False)."""
    entry = vocabulary().find(word, ("conditions",))
    named = entry.case_event(stage) if entry is not None else None
    if named in facts() and named is not None:
        return named, True
    if word in EXTENDED:
        event = case_event("extension", stage)
        return (event, True) if event else None
    name = _CONDITIONS.get(word)
    if name is None:
        return None
    flag = _at(name.removeprefix("not "), stage)
    return (flag, not name.startswith("not ")) if flag else None


def _at(flag: str | None, stage: int) -> str | None:
    if flag is None:
        return None
    return next((name for name in ((f"stage{stage}_{flag}", flag)[stage == 1 :]) if name in facts()), None)
