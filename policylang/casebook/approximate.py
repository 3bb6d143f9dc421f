"""Dates only roughly known, as people write them: ``mid May 2023``, ``by 3 June 2023``, two days in one cell.

Each is read as the days that it can mean, and rather too many than too few: whatever is decided has to hold on every
one of them. Early is the first half of a month or year, late the second, mid the 8th to the 23rd, or April to
September; around a day is a week to either side; by a day is that day or any before. Two days in one cell (two
requests, a chaser, or a day between two) can be either of them or any day between.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta

Read = Callable[[str], "tuple[date, date] | None"]
"""Reads a plain text as a date: the first and the last day that it can mean."""

_DAY, _WEEK, _MONTH = timedelta(days=1), timedelta(days=7), timedelta(days=31)
_SET = re.compile(r"^\s*(?:by|until|till|to|no later than|not later than|on or before)\s+", re.IGNORECASE)
_AROUND = re.compile(
    r"(?:on or )?(?:around|about|approximately|approx\.?|circa|ca?\.|roughly|~) ?(?:the )?(.+)"
    r"|(.+?),? (?:\(?(?:approx\.?|approximately|circa|or so)\)?)"
)
_PART = re.compile(
    r"(?:in |the )*(early|start(?: of)?|beginning(?: of)?|mid|middle(?: of)?|late|end(?: of)?)[ -](?:in )?(.+)"
)
_HALVES = {"early": (1, 15), "start": (1, 15), "beginning": (1, 15), "mid": (8, 23), "middle": (8, 23)}
_WEEK_END = re.compile(r"(?:w/e|we|week ending)[ :]*(.+)")
# Every date has a year or two figures in a row, a month, or a season: what has none of these is looked at no further.
_NAMES_A_DAY = re.compile(
    r"(?:19|20)\d\d|\d[./ -]\d|\d.*(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)"
    r"|(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec).*\d"
)
_WITHIN = re.compile(r"(?:in|during|some ?time in) (?:the )?(.+)")
_WEEK_OF = re.compile(r"(?:in )?(?:the )?week of (?:the )?(.+)")
_UNTIL = re.compile(
    r"(?:on or before|by|no later than|not later than|up to) (?:the )?(.+)"
    r"|(.+?),? \(?(?:at the latest|or earlier|or before|or sooner)\)?"
)
_BEFORE = re.compile(r"(?:some ?time )?(?:before|prior to) (?:the )?(.+)")
_FROM = re.compile(
    r"(?:on or after|not before|no earlier than|not earlier than) (?:the )?(.+)"
    r"|(.+?),? \(?(?:at the earliest|or later|or after|onwards)\)?"
)
_AFTER = re.compile(r"(?:some ?time )?after (?:the )?(.+)")
_SEASON = re.compile(r"(?:in )?(?:the )?(?:(early|mid|late)[ -])?(spring|summer|autumn)(?: of)? (\d{4})")
_SEASONS = {"spring": (2, 6), "summer": (5, 9), "autumn": (8, 12)}
_BETWEEN = re.compile(r"(?:between (.+) and|from (.+) (?:to|until)) (.+)")
_CHASED = re.compile(
    r"(.+?),? \(?(?:and |then )?(?:chased|chaser|again|repeated|re-?sent|re-?issued|revised|followed up)"
    r"(?: up)?(?: sent)?(?: on)? (.+?)\)?"
)
_TWO = re.compile(
    r"(.+?)( ?(?:;|&|,) ?| (?:and|or|then|and then|to|-|/) |(?<=[a-z])[-/](?=[a-z])"
    r"|[-/](?=\d{1,2}(?:st|nd|rd|th)? [a-z]))(.+)"
)
_TWO_BARE = re.compile(r"(.+?) (?=\S+ \S+ \d{4}$)(.+)")
_RUN = frozenset({"to", "-", "/"})  # the signs between two days that are the ends of one time
_DAY_ALONE = re.compile(r"\d{1,2}(?:st|nd|rd|th)?|early|mid|late")
_MONTH_AND_YEAR = re.compile(r"(?:\d{1,2}(?:st|nd|rd|th)?|early|mid|late)( [a-z]{3,9}\.? \d{4})")
_NO_YEAR = re.compile(r"(?:(?:early|mid|late)[ -]|\d{1,2}(?:st|nd|rd|th)?(?: of)? ?)?[a-z]{3,9}\.?")
_YEAR = re.compile(r"\b\d{4}\b")
# How it came or went: the only remarks behind a date that leave the date what it is.
_HOW = re.compile(
    r"(.+?),? ?(?:[(\[]|- ?| )(?:sent |by |via |in |over |through |on |from )?(?:an? |the )?"
    r"(?:e-?mail|phone|phone call|telephone|telephone call|letter|post|text|text message|sms|portal|website|web ?form|"
    r"online|online form|person|in person|visit|home visit|verbally|social media|app|live chat|web ?chat|"
    r"housing ombudsman|ombudsman|hos)[)\]]?"
)


def read_approximate(text: str, read: Read, earliest: date, latest: date) -> tuple[date, date] | None:
    """The days that a text, made plain, can mean, or None where it is not of this kind. ``read`` reads its parts;
    ``earliest`` and ``latest`` stand for a bound that the text does not give."""
    if not _NAMES_A_DAY.search(text):
        return None
    if (m := _WITHIN.fullmatch(text)) and (found := read(m[1])) and found[0] != found[1]:
        return found
    if (m := _HOW.fullmatch(text)) and (found := read(m[1])):
        return found
    if (m := _UNTIL.fullmatch(text)) and (found := read(m[1] or m[2])):
        return _unless_empty(earliest, found[1])
    if (m := _BEFORE.fullmatch(text)) and (found := read(m[1])) and found[0] > earliest:
        return earliest, found[0] - _DAY
    if (m := _FROM.fullmatch(text)) and (found := read(m[1] or m[2])):
        return _unless_empty(found[0], latest)
    if (m := _AFTER.fullmatch(text)) and (found := read(m[1])) and found[1] < latest:
        return found[1] + _DAY, latest
    return _rough(text, read)


def deadline(text: str) -> str:
    """What is left of ``by 3 June 2023`` where the day is one that was set: the day itself."""
    return _SET.sub("", text)


def _unless_empty(first: date, last: date) -> tuple[date, date] | None:
    return (first, last) if first <= last else None


def _rough(text: str, read: Read) -> tuple[date, date] | None:
    """A time within which it was: a week, a part of a month, a season, two days and what lies between."""
    if (m := _WEEK_OF.fullmatch(text)) and (found := read(m[1])) and found[0] == found[1]:
        return _either_side(*found, _WEEK - _DAY)
    if m := _WEEK_END.fullmatch(text):
        found = read(m[1])
        if found is None or found[0] != found[1] or found[0].toordinal() <= 6:
            return None
        return found[0] - timedelta(days=6), found[1]
    if (m := _AROUND.fullmatch(text)) and (found := read(m[1] or m[2])):
        return _either_side(*found, _WEEK)
    if (m := _PART.fullmatch(text)) and (found := read(m[2])) and (part := _part(m[1].split()[0], *found)):
        return part
    if m := _SEASON.fullmatch(text):
        first, last = (read(f"{int(m[3]):04}-{month:02}") for month in _SEASONS[m[2]])
        return (first[0], last[1]) if first and last else None
    if m := _BETWEEN.fullmatch(text):
        return _two(m[1] or m[2], m[3], read, in_order=True)
    if (m := _CHASED.fullmatch(text)) and (found := _two(m[1], m[2], read, in_order=True)):
        return found
    if (m := _TWO.fullmatch(text)) and (found := _two(m[1], m[3], read, in_order=m[2].strip() in _RUN)):
        return found
    if m := _TWO_BARE.fullmatch(text):
        return _two(m[1], m[2], read, in_order=False)
    return None


def _either_side(first: date, last: date, by: timedelta) -> tuple[date, date] | None:
    try:
        return first - by, last + by
    except OverflowError:
        return None  # no such day


def _part(which: str, first: date, last: date) -> tuple[date, date] | None:
    """The part of a month or of a year; None of anything else."""
    if first.day != 1 or first.year != last.year or first == last:
        return None
    if first.month == last.month:
        start, end = _HALVES.get(which, (16, last.day))
        return first.replace(day=start), first.replace(day=end)
    if (first.month, last.month, last.day) != (1, 12, 31):
        return None
    from_, to = {"mid": (4, 9), "middle": (4, 9)}.get(which, (1, 6) if which in _HALVES else (7, 12))
    return first.replace(month=from_), last.replace(month=to, day=31 if to == 12 else 30)


def _two(one: str, other: str, read: Read, *, in_order: bool) -> tuple[date, date] | None:
    """Either of two days, or any between them. A month or year that the first leaves out is that of the second: of two
    ends of one time, the year before it where the first would come after the second (``December/January 2024``)."""
    tail = _MONTH_AND_YEAR.fullmatch(other)
    if tail and _DAY_ALONE.fullmatch(one):
        one += tail[1]  # “3 and 7 April 2023”
    first, second, year = read(one), read(other), _YEAR.search(other)
    if second is None or (first is None and year is None):
        return None
    if first is None and year is not None:
        first = _of_year(one, int(year[0]), read)
        if first and first[0] > second[0]:
            first = _of_year(one, int(year[0]) - 1, read) if in_order else None
    if first is None or (in_order and first[0] > second[0]):
        return None
    return min(first[0], second[0]), max(first[1], second[1])


def _of_year(text: str, year: int, read: Read) -> tuple[date, date] | None:
    """A day or a month, or a part of one, that is written without its year."""
    found = read(f"{text} {year:04}") if _NO_YEAR.fullmatch(text) else None
    return found if found and found[1] - found[0] < _MONTH else None
