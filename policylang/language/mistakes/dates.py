"""Dates written otherwise than year-month-day."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from policylang.language.mistakes.look import Look, Repair

_MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
_MONTH = (
    r"(?P<month>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?"
    r"|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)"
)
_DAY, _YEAR = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?", r"(?P<year>\d{4})(?![\w-])"
_DATES = [
    re.compile(r"(?<![\w.-])(?P<day>\d{1,2})[./-](?P<number>\d{1,2})[./-](?P<year>\d{4}|\d{2})(?![\w-])"),
    re.compile(r"(?<![\w.-])(?P<year>\d{4})[./-](?P<number>\d{1,2})(?:[./-](?P<day>\d{1,2}))?(?![\w-])"),
    re.compile(r"(?<![\w./-])(?P<number>\d{1,2})[./-](?P<year>\d{4})(?![\w-])"),
    re.compile(rf"(?<![\w.-])(?:the\s+)?{_DAY}\s+(?:of\s+)?{_MONTH},?\s+{_YEAR}", re.I),
    re.compile(rf"(?<![\w-]){_MONTH}\s+{_DAY},?\s+{_YEAR}", re.I),
    re.compile(rf"(?<![\w-]){_MONTH}\s+{_YEAR}", re.I),
]


def date_written_otherwise(look: Look) -> Iterator[Repair]:
    """``01/04/2024``, ``1 April 2024``, ``April 2024``."""
    for pattern in _DATES:
        for match in pattern.finditer(look.text):
            read = _iso(match)
            if read is None:
                continue
            iso, other = read
            if match[0] == iso:
                continue  # it is written as it should be; the fault is another
            also = f" If the month comes first, it is {other}." if other else ""
            yield Repair(
                "date-written-otherwise",
                f"Dates are written year-month-day; “{match[0]}” is not.",
                f"Write {iso}.{also}",
                match.span(),
                match.span(),
                iso,
                certain=True,
                tail=f"(read as day, month, year; if the month comes first, {other})" if other else "",
            )


def _iso(match: re.Match[str]) -> tuple[str, str | None] | None:
    """The date year-month-day, and the other reading where day and month could be swapped."""
    parts = match.groupdict()
    year = int(parts["year"]) + (2000 if len(parts["year"]) == 2 else 0)
    named = parts.get("month")
    month = _MONTHS.index(named[:3].lower()) + 1 if named else int(parts["number"])
    if parts.get("day") is None:
        return (f"{year:04}-{month:02}", None) if 1 <= month <= 12 else None
    day = int(parts["day"])
    readings = [(month, day)]
    if not named and match.start("day") < match.start("number"):
        readings.append((day, month))
    found = []
    for m, d in readings:
        try:
            found.append(date(year, m, d).isoformat())
        except ValueError:
            continue
    found = list(dict.fromkeys(found))
    return (found[0], found[1] if len(found) > 1 else None) if found else None
