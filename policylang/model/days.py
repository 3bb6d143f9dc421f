"""Days in words: how a date is printed for people, and how a date that a person typed is read."""

from __future__ import annotations

import re
import unicodedata
from datetime import date

from policylang.model.clock_error import UnreadDate

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)

_EXAMPLE = "Type the date as 2025-12-19, 19/12/2025 or “19 December 2025”."
_ISO = re.compile(r"([0-9]{4})([/.-])([0-9]{1,2})\2([0-9]{1,2})")
_UK = re.compile(r"([0-9]{1,2})([/.-])([0-9]{1,2})\2([0-9]+)")
_MONTH_NAMED = re.compile(
    r"(?:(?P<weekday>[a-z]+)[ ,]+)?"
    r"(?:(?P<day>[0-9]{1,2})(?:st|nd|rd|th)?(?: of)?[ ,-]*(?P<month>[a-z]+)\.?[ ,-]*"
    r"|(?P<us_month>[a-z]+) (?P<us_day>[0-9]{1,2})(?:st|nd|rd|th)?[ ,]+)"
    r"(?P<year>[0-9]+)"
)


def say_date(day: date) -> str:
    """``19 December 2025``: the same on every machine, whatever its language settings."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def say_day(day: date) -> str:
    """``Friday 19 December 2025``."""
    return f"{WEEKDAYS[day.weekday()]} {say_date(day)}"


def read_day(text: str) -> date:
    """The date that a person typed: ``2025-12-19``, ``19/12/2025`` (day first), ``19 December 2025``.

    A weekday may stand in front and then has to be right. Raises :class:`UnreadDate` (a ``ValueError``) saying what
    is wrong and what to type; nothing is guessed: no two-digit years, no month first in figures.
    """
    typed = " ".join(text.split()).strip("\"'“”‘’., ")
    if len(typed) > 60:
        raise UnreadDate(f"“{typed[:59]}…” is too long to be a date.", _EXAMPLE)
    plain = unicodedata.normalize("NFKC", typed).lower()
    if iso := _ISO.fullmatch(plain):
        return _day(typed, int(iso[1]), int(iso[3]), int(iso[4]))
    if uk := _UK.fullmatch(plain):
        return _from_figures(typed, int(uk[1]), int(uk[3]), uk[4])
    if words := _MONTH_NAMED.fullmatch(plain):
        return _from_words(typed, words)
    if not typed:
        raise UnreadDate("No date was given.", _EXAMPLE)
    raise UnreadDate(f"“{typed}” is not a whole date and nothing else: a day, a month and a year.", _EXAMPLE)


def _from_figures(typed: str, day: int, month: int, year: str) -> date:
    whole_year = _year(typed, year)
    if month > 12 and 1 <= day <= 12:
        raise UnreadDate(
            f"“{typed}” has no month {month}: dates in figures are read day first, then the month.",
            f"If {say_date(_day(typed, whole_year, day, month))} is meant, type {whole_year:04}-{day:02}-{month:02}.",
        )
    return _day(typed, whole_year, month, day)


def _from_words(typed: str, words: re.Match[str]) -> date:
    name = words["month"] or words["us_month"]
    month = _match(name, MONTHS)
    if month is None:
        raise UnreadDate(f"“{name}” in “{typed}” is not the name of a month.", _EXAMPLE)
    found = _day(typed, _year(typed, words["year"]), month + 1, int(words["day"] or words["us_day"]))
    if words["weekday"]:
        weekday = _match(words["weekday"], WEEKDAYS)
        if weekday is None:
            raise UnreadDate(f"“{words['weekday']}” in “{typed}” is not the name of a day of the week.", _EXAMPLE)
        if weekday != found.weekday():
            raise UnreadDate(
                f"{say_date(found)} is a {WEEKDAYS[found.weekday()]}, not a {WEEKDAYS[weekday]}.",
                "Correct the date, or leave the day of the week out.",
            )
    return found


def _match(name: str, among: tuple[str, ...]) -> int | None:
    """Which of the names starts like this: three letters are enough (``sept``, ``thurs``)."""
    if len(name) < 3:
        return None
    return next((n for n, full in enumerate(among) if full.lower().startswith(name)), None)


def _year(typed: str, digits: str) -> int:
    if len(digits) != 4:
        raise UnreadDate(f"“{typed}” needs its year in four figures.", _EXAMPLE)
    return int(digits)


def _day(typed: str, year: int, month: int, day: int) -> date:
    if year == 0:
        raise UnreadDate(f"“{typed}” is in the year 0, which does not exist.", _EXAMPLE)
    if not 1 <= month <= 12:
        raise UnreadDate(f"“{typed}” has no month {month}: months run from 1 to 12.", _EXAMPLE)
    try:
        return date(year, month, day)
    except ValueError:
        raise UnreadDate(f"“{typed}” does not exist: {MONTHS[month - 1]} {year} has no day {day}.", _EXAMPLE) from None
