"""Dates only roughly known, as people write them: ``mid May 2023``, ``around 12 March 2023``, two days in one cell.

Each is read as the days that it can mean, and rather too many than too few: whatever is decided has to hold on every
one of them. Early is the first half of a month, late the second, mid the 8th to the 23rd; around a day is a week to
either side. Two days in one cell (two requests, or a day between two) can be either of them or any day between.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta

Read = Callable[[str], "tuple[date, date] | None"]
"""Reads a plain text as a date: the first and the last day that it can mean."""

_WEEK = timedelta(days=7)
_AROUND = re.compile(
    r"(?:on or )?(?:around|about|approximately|approx\.?|circa|ca?\.|roughly|~) ?(?:the )?(.+)"
    r"|(.+?),? (?:\(?(?:approx\.?|approximately|circa|or so)\)?)"
)
_PART = re.compile(
    r"(?:in |the )*(early|start(?: of)?|beginning(?: of)?|mid|middle(?: of)?|late|end(?: of)?)[ -](?:in )?(.+)"
)
_HALVES = {"early": (1, 15), "start": (1, 15), "beginning": (1, 15), "mid": (8, 23), "middle": (8, 23)}
_WEEK_END = re.compile(r"(?:w/e|we|week ending)[ :]*(.+)")
_BETWEEN = re.compile(r"(?:between (.+) and|from (.+) (?:to|until)) (.+)")
_TWO = re.compile(
    r"(.+?)(?: ?(?:;|&|,) ?| (?:and|or|then|and then|to|-|/) | (?=\S+ \S+ \d{4}$)|-(?=\d{1,2} [a-z]))(.+)"
)
_DAY_ALONE = re.compile(r"\d{1,2}(?:st|nd|rd|th)?")
_MONTH_AND_YEAR = re.compile(r"\d{1,2}(?:st|nd|rd|th)?( [a-z]{3,9}\.? \d{4})")


def read_approximate(text: str, read: Read) -> tuple[date, date] | None:
    """The days that a text, made plain, can mean, or None where it is not of this kind. ``read`` reads its parts."""
    if m := _WEEK_END.fullmatch(text):
        found = read(m[1])
        if found is None or found[0] != found[1] or found[0].toordinal() <= 6:
            return None
        return found[0] - timedelta(days=6), found[1]
    if (m := _AROUND.fullmatch(text)) and (found := read(m[1] or m[2])):
        try:
            return found[0] - _WEEK, found[1] + _WEEK
        except OverflowError:
            return None  # no such day
    if (m := _PART.fullmatch(text)) and (found := read(m[2])):
        return _part(m[1].split()[0], *found)
    if m := _BETWEEN.fullmatch(text):
        return _two(m[1] or m[2], m[3], read, in_order=True)
    if m := _TWO.fullmatch(text):
        return _two(m[1], m[2], read, in_order=" to " in text)
    return None


def _part(which: str, first: date, last: date) -> tuple[date, date] | None:
    """The part of a month; None of anything else."""
    if first.day != 1 or (first.year, first.month) != (last.year, last.month) or first == last:
        return None
    start, end = _HALVES.get(which, (16, last.day))
    return first.replace(day=start), first.replace(day=end)


def _two(one: str, other: str, read: Read, *, in_order: bool) -> tuple[date, date] | None:
    tail = _MONTH_AND_YEAR.fullmatch(other)
    if tail and _DAY_ALONE.fullmatch(one):
        one += tail[1]  # “3 and 7 April 2023”
    first, second = read(one), read(other)
    if first is None or second is None or (in_order and first[0] > second[0]):
        return None
    return min(first[0], second[0]), max(first[1], second[1])
