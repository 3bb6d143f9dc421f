"""Reading a duration that a person typed or a document printed: ``10 working days``, ``ten business days``, ``2wk``."""

from __future__ import annotations

import re
import unicodedata

from policylang.model.clock_error import UnreadDuration
from policylang.model.units import Duration, Unit

MOST = 99_999
"""The largest figure that is read; anything longer is a slip of the keyboard."""

_LONGEST = 200
_HELP = "Type a number and a unit, such as “10 working days”, “15 calendar days”, “2 weeks” or “3 months”."

# Every accepted way of writing a unit, in the singular, and how many of the unit it stands for.
_UNITS = {
    "working day": (Unit.WORKING_DAYS, 1),
    "business day": (Unit.WORKING_DAYS, 1),
    "workday": (Unit.WORKING_DAYS, 1),
    "wd": (Unit.WORKING_DAYS, 1),
    "calendar day": (Unit.CALENDAR_DAYS, 1),
    "consecutive day": (Unit.CALENDAR_DAYS, 1),
    "cd": (Unit.CALENDAR_DAYS, 1),
    "day": (Unit.DAYS, 1),
    "d": (Unit.DAYS, 1),
    "week": (Unit.WEEKS, 1),
    "calendar week": (Unit.WEEKS, 1),
    "wk": (Unit.WEEKS, 1),
    "w": (Unit.WEEKS, 1),
    "fortnight": (Unit.WEEKS, 2),
    "month": (Unit.MONTHS, 1),
    "calendar month": (Unit.MONTHS, 1),
    "quarter": (Unit.QUARTERS, 1),
    "year": (Unit.YEARS, 1),
    "calendar year": (Unit.YEARS, 1),
    "yr": (Unit.YEARS, 1),
    "y": (Unit.YEARS, 1),
    "working hour": (Unit.WORKING_HOURS, 1),
    "business hour": (Unit.WORKING_HOURS, 1),
    "office hour": (Unit.WORKING_HOURS, 1),
}

# Units that policies do use and that dates alone cannot count, with what to say instead.
_UNCOUNTABLE = {
    "hour": "Say “working hours”, or give working days or calendar days: case records hold dates, not times.",
    "calendar hour": "Give calendar days instead: case records hold dates, not times.",
    "minute": "Give working days or calendar days: case records hold dates, not times.",
    "clear day": "Clear days leave out both ends. Give the last day allowed, in working days or calendar days.",
    "clear working day": "Clear days leave out both ends. Give the last day allowed, in working days.",
    "clear calendar day": "Clear days leave out both ends. Give the last day allowed, in calendar days.",
    "working week": "Say how many working days are meant, or give weeks.",
}

_SMALL = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
]
_TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
_NUMBERS = {
    **{word: n for n, word in enumerate(_SMALL)},
    **{ten: 10 * n for n, ten in enumerate(_TENS, 2)},
    **{f"{ten} {_SMALL[one]}": 10 * n + one for n, ten in enumerate(_TENS, 2) for one in range(1, 10)},
    "a": 1,
    "an": 1,
    "a hundred": 100,
    "one hundred": 100,
}

_OPENING = re.compile(r"(?:within|in|by up to|up to) ", re.IGNORECASE)
_PLACEHOLDER = re.compile(r"(\[[^\[\]]{0,20}\]|[xX]{1,3}(?= )|_{1,10}|\?{1,3}) ?(.+)")
_TOKEN = re.compile(r"\d+(?:[.,/⁄]\d+)+|\d+|[a-z]+|\S")
_DASHES = "-‐‑‒–—"


def parse_duration(text: str) -> Duration:
    """The duration in ``text``: digits or number words, then a unit in any accepted spelling, in capitals or not.

    Accepted: ``10 working days``, ``10 business days``, ``ten working days``, ``10wd``, ``ten (10) working days``,
    ``a week``, ``a fortnight``, ``48 working hours``, ``30, 60 or 90 days``, ``X days``; ``within`` may stand in front.
    Raises :class:`UnreadDuration` (a ``ValueError``) that says what is wrong and what to type.
    """
    typed, plain = _shown(text), _plain(text)
    if not plain:
        raise UnreadDuration("No duration was given.", _HELP)
    if len(plain) > _LONGEST:
        raise UnreadDuration(f"“{typed}” is too long to be a duration.", _HELP)
    if blank := _PLACEHOLDER.fullmatch(_OPENING.sub("", _tidy(text), count=1)):
        return Duration(None, read_unit(blank[2]), placeholder=blank[1].strip("[] ") or "…")
    tokens = _TOKEN.findall(plain)
    figures, at = _figures(tokens, typed)
    unit, times = _unit(" ".join(tokens[at:]), typed, figures[-1])
    if len(figures) > 1:
        return Duration(None, unit, choices=tuple(n * times for n in figures))
    return Duration(figures[0] * times, unit)


def read_unit(text: str) -> Unit:
    """The unit that ``text`` names, in the singular or the plural. Raises :class:`UnreadDuration`.

    A fortnight is refused: it is not a unit of its own but two weeks, and the two must not be lost.
    """
    typed = _shown(text)
    unit, times = _unit(_plain(text), typed, None)
    if times != 1:
        raise UnreadDuration(f"“{typed}” is not counted by itself.", f"Say how many {unit} are meant.")
    return unit


def _tidy(text: str) -> str:
    # NFKC turns no-break spaces and full-width figures into plain ones.
    return " ".join(unicodedata.normalize("NFKC", text).split()).strip("\"'“”‘’.;, ")


def _plain(text: str) -> str:
    lower = re.sub(rf"(?<=[a-z0-9])[{_DASHES}](?=[a-z])", " ", _tidy(text).lower())
    return _OPENING.sub("", lower, count=1)


def _shown(text: str) -> str:
    typed = " ".join(text.split())
    return typed if len(typed) <= 60 else typed[:59] + "…"


def _figures(tokens: list[str], typed: str) -> tuple[list[int], int]:
    # One number, or several joined by commas and "or"; each may be repeated in brackets, as contracts do: ten (10).
    figures: list[int] = []
    at = 0
    while True:
        n, at = _number(tokens, at, typed)
        if tokens[at : at + 1] == ["("]:
            again, at = _number(tokens, at + 1, typed)
            if again != n:
                raise UnreadDuration(f"“{typed}” gives two figures, {n} and {again}.", "Keep the one that is meant.")
            at += tokens[at : at + 1] == [")"]
        figures.append(n)
        joined = at
        while tokens[joined : joined + 1] in ([","], ["or"]):
            joined += 1
        if joined == at:
            return figures, at
        at = joined


def _number(tokens: list[str], at: int, typed: str) -> tuple[int, int]:
    for words in (2, 1):
        phrase = " ".join(tokens[at : at + words])
        if phrase in _NUMBERS and len(tokens) >= at + words:
            return _NUMBERS[phrase], at + words
    token = tokens[at] if at < len(tokens) else ""
    if token and token in _DASHES:
        raise UnreadDuration(f"“{typed}” has a minus sign; a duration counts forward.", _HELP)
    if re.fullmatch(r"\d+(?:[.,/⁄]\d+)+", token):
        raise UnreadDuration(f"“{typed}” needs a whole number, written in figures only.", _HELP)
    if not re.fullmatch(r"[0-9]+", token):
        raise UnreadDuration(f"“{typed}” does not start with a number.", _HELP)
    if len(token.lstrip("0")) > len(str(MOST)):
        raise UnreadDuration(f"“{typed}” is longer than any deadline can be.", _HELP)
    return int(token), at + 1


def _unit(phrase: str, typed: str, figure: int | None) -> tuple[Unit, int]:
    singular = phrase.removesuffix("s")
    if singular in _UNITS:
        return _UNITS[singular]
    if singular in _UNCOUNTABLE:
        raise UnreadDuration(f"“{typed}” is in {singular}s, which cannot be counted here.", _UNCOUNTABLE[singular])
    if phrase[:1] and phrase[0] in _DASHES:
        raise UnreadDuration(f"“{typed}” is a range.", "Give one number: the longest time allowed.")
    if not phrase:
        raise UnreadDuration(f"“{typed}” has no unit.", f"Say what is counted, such as “{typed} working days”.")
    known = _leading_unit(phrase)
    if known and figure is not None:
        rest = phrase[len(known) :].strip()
        # Only the starting event may be left out without a change of meaning; anything else could matter.
        event = re.match(r"(of|from|after|following) ", rest) and not re.search(r"\d", rest)
        unit, times = _UNITS[known.removesuffix("s")]
        advice = f"Type “{unit.counted(figure * times)}”." if event else "Give one number and one unit."
        raise UnreadDuration(f"“{typed}” says more than a number and a unit: “{rest}”.", advice)
    return _not_a_unit(phrase, singular, typed, figure)


def _leading_unit(phrase: str) -> str:
    words = phrase.split(" ")
    starts = (" ".join(words[:n]) for n in (2, 1))
    return next((start for start in starts if start.removesuffix("s") in _UNITS), "")


def _not_a_unit(phrase: str, singular: str, typed: str, figure: int | None) -> tuple[Unit, int]:
    from policylang.findings.nearest import nearest

    advice = _HELP
    if near := nearest(singular, [word for word in _UNITS if len(word) > 2], most=1):
        unit, times = _UNITS[near[0]]
        advice = f"Type “{unit.counted(figure * times) if figure is not None else unit.value}”."
    raise UnreadDuration(f"“{phrase}” in “{typed}” is not a unit of time.", advice)
