"""What can be wrong with a file of stories: one function a fault, each with what to write instead."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date

from policylang.findings.finding import Finding, Place, Severity
from policylang.findings.nearest import did_you_mean

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_NUMBERS = re.compile(r"([0-9]{1,4})[-/. ]([0-9]{1,2})[-/. ]([0-9]{1,4})")
_NAMED = re.compile(r"([0-9]{1,2})(?:st|nd|rd|th)? ([a-z]{3,9}),? ([0-9]{4})")


def not_read(place: Place, words: str, help: str) -> Finding:
    """A line that is no part of the notation."""
    shown = words if len(words) <= 80 else f"{words[:77]}…"
    return Finding("story-not-read", "PL-C01", Severity.ERROR, f"“{shown}” is not a line of a story.", place, help=help)


def no_full_stop(place: Place) -> Finding:
    """A sentence that ends without its full stop."""
    message = "This sentence of a story does not end with a full stop."
    return Finding("story-not-read", "PL-C01", Severity.ERROR, message, place, help="Put a full stop at its end.")


def unknown_fact(place: Place, words: str, known: Iterable[str], what: str) -> Finding:
    """A word for an event, a letter or some other fact that no case record has. ``what`` is its plural."""
    message = f"A case record has no {what.removesuffix('s')} called “{words}”."
    help = did_you_mean(words, list(known), what=what)
    return Finding("story-fact-unknown", "PL-N01", Severity.ERROR, message, place, help=help)


def unknown_item(place: Place, words: str, known: Iterable[str], letter: str) -> Finding:
    """A word for what a letter says that a case record has no place for."""
    message = f"A case record does not show whether the {letter} says “{words}”."
    help = did_you_mean(words, list(known), what="things that it can show")
    return Finding("story-fact-unknown", "PL-N01", Severity.ERROR, message, place, help=help)


def wrong_date(place: Place, words: str) -> Finding:
    """A date that is not in the calendar, or not written year first."""
    meant = " or ".join(day.isoformat() for day in _meant(words))
    if re.fullmatch(r"[0-9]{4}-[0-9]{2}(-[0-9]{2})?", words):
        message, help = f"There is no day {words} in the calendar.", "Write a day that there is, such as 2025-12-31."
    else:
        message = f"“{words}” is not a date written year-month-day."
        help = f"Write {meant}." if meant else "Write the year, the month and the day, as in 2025-12-31."
    return Finding("story-date-wrong", "PL-N02", Severity.ERROR, message, place, help=help)


def month_only(place: Place, words: str) -> Finding:
    """A month where a day is needed."""
    message = f"A story is judged as at one day, and “{words}” is a month."
    return Finding(
        "story-date-wrong", "PL-N02", Severity.ERROR, message, place, help=f"Write a day of it, such as {words}-28."
    )


def after_as_at(place: Place, words: str, as_at: date) -> Finding:
    """An event that is dated after the day on which the story ends, and so never counts."""
    message = f"“{words}” is after {as_at.isoformat()}, the day as at which the story is judged, so it never counts."
    help = "Move “as at” to that day or later, or leave the event out."
    return Finding("story-date-wrong", "PL-N02", Severity.ERROR, message, place, help=help)


def told_twice(place: Place, what: str, help: str, first: Place) -> Finding:
    """A title, or a fact within one story, that is there already."""
    return Finding("story-told-twice", "PL-N03", Severity.ERROR, f"{what}.", place, help=help, related=(first,))


def incomplete(place: Place, message: str, help: str) -> Finding:
    """A story that lacks something without which it shows nothing."""
    return Finding("story-incomplete", "PL-N04", Severity.ERROR, message, place, help=help)


def too_many(place: Place, message: str, help: str) -> Finding:
    """More than a file of stories may hold."""
    return Finding("stories-too-many", "PL-N05", Severity.ERROR, message, place, help=help)


def none_here(file: str) -> Finding:
    """A file without a story in it."""
    message = "There is no story in this file."
    help = "A story stands in a fenced block that begins with ```story; see docs/stories.md."
    return Finding("no-stories", "PL-N06", Severity.ERROR, message, Place(file, 1), help=help)


def unknown_duty(place: Place, message: str, help: str) -> Finding:
    """An expectation about a duty that neither the policy nor the code has."""
    return Finding("story-duty-unknown", "PL-N07", Severity.ERROR, message, place, help=help)


def _meant(words: str) -> list[date]:
    """The days that a date in another order can mean."""
    plain = words.casefold().strip()
    orders: list[tuple[int, int, int]] = []
    if match := _NUMBERS.fullmatch(plain):
        a, b, c = (int(part) for part in match.groups())
        orders = [(a, b, c)] if len(match[1]) == 4 else [(c, b, a), (c, a, b)]
    elif (match := _NAMED.fullmatch(plain)) and match[2][:3] in _MONTHS:
        orders = [(int(match[3]), _MONTHS.index(match[2][:3]) + 1, int(match[1]))]
    found: list[date] = []
    for year, month, day in orders:
        try:
            found.append(date(year + 2000 if year < 100 else year, month, day))
        except ValueError:
            continue
    return list(dict.fromkeys(found))
