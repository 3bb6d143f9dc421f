"""Words that people put in a cell instead of leaving it empty, and how much of a cell may be repeated in a message."""

from __future__ import annotations

import re
from functools import lru_cache

from policylang.casebook.dates import plain
from policylang.model.days import MONTHS, WEEKDAYS

_NOTHING = frozenset(
    [
        *("-", "--", "---", ".", "..", "...", "?", "??", "/"),
        *("n/a", "na", "n.a", "n/k", "nk", "not applicable", "not known", "unknown", "none", "nil", "null", "blank"),
        *("tbc", "tba", "tbd", "to be confirmed", "to be advised", "not recorded", "not provided", "not stated"),
        *("missing", "awaiting", "awaited"),
    ]
)
_FIGURE = re.compile("[0-9]")
_STILL_GOING = frozenset(
    ["ongoing", "on going", "on-going", "open", "pending", "in progress", "wip", "live", "due", "overdue", "not yet"]
)
_NEVER = re.compile(
    r"never|(?:not|never|none|nothing) (?:yet )?(?:done|sent|issued|given|made|received|acknowledged|answered|provided|"
    r"responded|replied|requested|escalated|extended|found|seen|recorded|logged|on file|on record)"
    r"|no (?:acknowledge?ment|ack|response|reply|answer|letter|extension|request|evidence|record|date)"
    r"(?: (?:was )?(?:sent|issued|seen|found|made|given|received|provided|on file|on record|recorded))?"
    r"|(?:did not|has not|had not|failed to) (?:acknowledged?|respond|responded|reply|replied|answer|answered)"
)
NO = frozenset({"no", "n", "false", "f", "0"})
"""The words that say no where a date or a ground belongs, as :func:`denies` compares them."""
_ERROR = re.compile(r"#(?:REF!|N/A|VALUE!|NAME\?|DIV/0!|NUM!|NULL!|SPILL!|CALC!)")
_MONTHS_AND_DAYS = "|".join(name[:3].lower() + "[a-z]{0,6}" for name in (*MONTHS, *WEEKDAYS))
_FIGURES = re.compile(rf"(?:(?:{_MONTHS_AND_DAYS}|st|nd|rd|th|of)\b|[\d\s/.,:*+()'-]){{1,24}}", re.IGNORECASE)


def core(text: str) -> str:
    """The text as words are compared: plain, without a closing stop, asterisk or colon."""
    return plain(text).rstrip(".*!: ") or plain(text)


def stands_for_nothing(text: str) -> bool:
    """Whether the text only says that there is nothing to say: ``-``, ``N/A``, ``TBC``, ``unknown`` …"""
    # None of these words has a figure in it, and nearly every reference has one.
    return not _FIGURE.search(text) and _says_nothing(text)


@lru_cache(maxsize=4096)
def _says_nothing(text: str) -> bool:
    return core(text) in _NOTHING or not plain(text)


def is_placeholder(text: str) -> bool:
    """Whether the text stands where a date or answer is still to come: as above, or ``ongoing``, ``pending`` …"""
    return stands_for_nothing(text) or core(text) in _STILL_GOING


def holds_no_date(text: str) -> bool:
    """Whether the text stands where a date belongs and says that there is none: a placeholder, or ``not sent``, ``no
    response`` … It does not say more than an empty cell: somebody has to say in the mapping that it means not done."""
    return is_placeholder(text) or _NEVER.fullmatch(core(text)) is not None


def denies(text: str) -> bool:
    """Whether the text says no: ``No``, ``N``, ``False`` …"""
    return core(text) in NO


def shows_error(text: str) -> bool:
    """Whether the text is a formula's error, as a text file keeps it: ``#REF!``, ``#N/A`` …"""
    return _ERROR.fullmatch(text.strip()) is not None


def same_word(text: str, word: str) -> bool:
    """Whether a cell says this word, case, spaces and a closing stop or asterisk apart."""
    return core(text) == core(word)


def shown(text: str) -> str | None:
    """The text in quotes if a message may repeat it; ``None`` if it may hold something about a person.

    Repeated are figures, names of months and weekdays, the usual words for nothing and for “not done”, and error
    values; never anything else that was typed.
    """
    text = " ".join(text.split())
    if (
        _FIGURES.fullmatch(text)
        or shows_error(text)
        or core(text) in _NOTHING | _STILL_GOING | {"yes", "no", "y", "n", "x"}
        or _NEVER.fullmatch(core(text))
    ):
        return f"“{text}”"
    return None
