"""Reading what people type as dates, and deciding for a whole column whether its figures put day or month first.

Nothing is guessed. A column whose figures can be read both ways is one only a person can settle; a two-digit year is
of this century; a weekday that does not belong to its date makes both doubtful, so neither is used.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import lru_cache
from typing import NamedTuple

from policylang.casebook.approximate import read_approximate
from policylang.model.days import MONTHS, WEEKDAYS

EARLIEST = date(1980, 1, 1)
LATEST = date(2099, 12, 31)
"""A date outside these is a slip or the ghost of an empty cell (year 0, 1900, 9999), never the date of a complaint."""


class Order(StrEnum):
    """Which figure of ``03/04/2024`` is the day.

    ``ISO`` says that the column's dates start with the year; ``MIXED`` that it holds both orders, so that only dates
    which can be read in one way are read.
    """

    DAY_FIRST = "day-first"
    MONTH_FIRST = "month-first"
    ISO = "iso"
    MIXED = "mixed"


class Span(NamedTuple):
    """The days that a text can mean: one day, or the first and last of a month, a week or a year."""

    first: date
    last: date


_CLOCK = r"(?:(?:,? +(?:at )?|t)\d{1,2}[:.]\d{2}(?:[:.]\d{2}(?:[.,]\d+)?)? ?(?:am|pm|z|[+-]\d{2}:?\d{2})?)?"
_ISO = re.compile(rf"(\d{{4}})([-/.])(\d{{1,2}})\2(\d{{1,2}}){_CLOCK}")
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})")
_FIGURES = re.compile(rf"(\d{{1,2}})([-/. ])(\d{{1,2}})\2(\d{{4}}|\d{{2}}){_CLOCK}")
_SHORT_YEAR = re.compile(r"\d{1,2}[-/. ]\d{1,2}[-/. ]\d{2}(?!\d)")
_NAMED = re.compile(
    r"(?:(?P<weekday>[a-z]{3,9})\.?,? )?"
    r"(?:(?P<day>\d{1,2})(?:st|nd|rd|th)?(?: of)?[-/. ]?(?P<month>[a-z]{3,9})\.?,?[-/ ]?"
    r"|(?P<us_month>[a-z]{3,9})\.?[- ](?P<us_day>\d{1,2})(?:st|nd|rd|th)?(?:, ?|[- ]))"
    rf"(?P<year>\d{{4}}|\d{{2}}){_CLOCK}"
)
_MONTH_NAMED = re.compile(r"([a-z]{3,9})\.?(?:[ -/]?(\d{4})|[-/](\d{2})| ?'(\d{2}))")
_MONTH_FIGURES = re.compile(r"(\d{1,2})[/.-](\d{4})")
_MONTH_ISO = re.compile(r"(\d{4})-(\d{1,2})")
_YEAR = re.compile(r"(19[89]\d|20\d\d)")
_LONGEST = 60  # characters; whatever is longer is a remark, not a date
_WEEK = re.compile(r"(?:w/c|wc|w/b|week commencing|week beginning)[ :]*(.+)")


def plain(text: str) -> str:
    """The text in lower case, with its spaces, quotes and dashes made ordinary."""
    text = " ".join(text.replace("\u200b", "").replace("\ufeff", "").split()).casefold()
    return text.translate({0x2010: "-", 0x2011: "-", 0x2012: "-", 0x2013: "-", 0x2014: "-", 0x2212: "-", 0x2019: "'"})


def figures(text: str) -> tuple[int, int, int] | None:
    """The three figures of a date such as ``3/4/2024`` whose order is open: first, second, year; else ``None``."""
    m = _FIGURES.fullmatch(plain(text)) if len(text) <= _LONGEST else None
    return (int(m[1]), int(m[3]), _year(m[4])) if m else None


@lru_cache(maxsize=8192)
def read_date(text: str, order: Order | None) -> Span | None:
    """The day or days that a text means; ``None`` if it is not a date, or no such day exists.

    ``order`` decides figures such as ``03/04/2024``; with ``None``, or with ``Order.ISO``, such figures are not read.
    """
    if len(text) > _LONGEST:
        return None
    text = plain(text)
    if m := _ISO.fullmatch(text):
        return _one(int(m[1]), int(m[3]), int(m[4]))
    if m := _COMPACT.fullmatch(text):
        return _one(int(m[1]), int(m[2]), int(m[3]))
    if m := _FIGURES.fullmatch(text):
        first, second, year = int(m[1]), int(m[3]), _year(m[4])
        return _ordered(first, second, year, order)
    if (m := _NAMED.fullmatch(text)) and (found := _named(m)):
        return found
    if (m := _MONTH_NAMED.fullmatch(text)) and (month := _among(m[1], MONTHS)) is not None:
        return _month(_year(m[2] or m[3] or m[4]), month + 1)
    if m := _MONTH_FIGURES.fullmatch(text):
        return _month(int(m[2]), int(m[1]))
    if m := _MONTH_ISO.fullmatch(text):
        return _month(int(m[1]), int(m[2]))
    if m := _YEAR.fullmatch(text):
        return Span(date(int(m[1]), 1, 1), date(int(m[1]), 12, 31))
    if m := _WEEK.fullmatch(text):
        start = read_date(m[1], order)
        if start and start.first == start.last and start.last < date.max - timedelta(days=6):
            return Span(start.first, start.first + timedelta(days=6))
        return None
    roughly = read_approximate(text, lambda part: read_date(part, order), EARLIEST, LATEST)
    return Span(*roughly) if roughly else None


def _ordered(first: int, second: int, year: int, order: Order | None) -> Span | None:
    day_first, month_first = _one(year, second, first), _one(year, first, second)
    if order is Order.DAY_FIRST:
        return day_first
    if order is Order.MONTH_FIRST:
        return month_first
    if order is Order.MIXED and (day_first is None or month_first is None or day_first == month_first):
        return day_first or month_first
    return None


@dataclass(frozen=True, slots=True)
class Evidence:
    """What the figures of one column show about their order: how many cells can only be read in one way.

    ``either`` can be read both ways, with different days; ``same`` comes to one day both ways (``03/03/2024``).
    ``year_first`` says that the figures look like ``24/03/18`` for 18 March 2024: the last one runs through more years
    than a log does, and the first one does not.
    """

    day_first: int = 0
    month_first: int = 0
    either: int = 0
    same: int = 0
    year_first: bool = False

    @property
    def order(self) -> Order | None:
        """The order that is proved, or that makes no difference; ``None`` where a person must say."""
        if self.year_first:
            return None
        if self.day_first and not self.month_first:
            return Order.DAY_FIRST
        if self.month_first and not self.day_first:
            return Order.MONTH_FIRST
        return Order.DAY_FIRST if not (self.day_first or self.month_first or self.either) else None


def weigh(texts: Iterable[str] | Mapping[str, int]) -> Evidence:
    """Count what the texts of one column show about the order of their figures; texts of other kinds do not count.

    The texts one by one, or how often there is each.
    """
    day_first = month_first = either = same = 0
    short: list[tuple[int, int]] = []
    for text, times in Counter(texts).items():
        parts = figures(text)
        if parts is None:
            continue
        first, second, year = parts
        if _SHORT_YEAR.match(plain(text)):
            short.append((first, year))
        one, other = _one(year, second, first), _one(year, first, second)
        if one and other:
            same, either = (same + times, either) if one == other else (same, either + times)
        elif one:
            day_first += times
        elif other:
            month_first += times
    return Evidence(day_first, month_first, either, same, _years_come_first(short))


_MOST_YEARS = 12


def _years_come_first(short: list[tuple[int, int]]) -> bool:
    # Of dates with a two-digit year: does the first figure keep together as years do, and the last one not?
    firsts, lasts = [first for first, _ in short], [last for _, last in short]
    return bool(short) and max(firsts) - min(firsts) <= _MOST_YEARS < max(lasts) - min(lasts)


def _year(digits: str) -> int:
    return int(digits) if len(digits) == 4 else 2000 + int(digits)


def _one(year: int, month: int, day: int) -> Span | None:
    try:
        found = date(year, month, day)
    except ValueError:
        return None
    return Span(found, found)


def _month(year: int, month: int) -> Span | None:
    if not (1 <= month <= 12 and 1 <= year <= 9998):
        return None
    following = date(year + month // 12, month % 12 + 1, 1)
    return Span(date(year, month, 1), following - timedelta(days=1))


def _named(m: re.Match[str]) -> Span | None:
    month = _among(m["month"] or m["us_month"], MONTHS)
    if month is None:
        return None
    found = _one(_year(m["year"]), month + 1, int(m["day"] or m["us_day"]))
    if found and m["weekday"] and _among(m["weekday"], WEEKDAYS) != found.first.weekday():
        return None
    return found


def _among(name: str, names: tuple[str, ...]) -> int | None:
    return next((n for n, full in enumerate(names) if full.lower().startswith(name)), None)
