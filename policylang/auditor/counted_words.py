"""Counting aloud: a deadline in a sentence that names every day left out, and how late something was."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from policylang.auditor.counting import Counter
from policylang.auditor.event_words import noun
from policylang.model.days import MONTHS, WEEKDAYS, say_date, say_day
from policylang.model.duration import Duration, settled_unit

_NUMBERS = re.findall(
    r"\w+",
    "no one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen twenty",
)
_DAY = timedelta(days=1)


def counted(start: date, event: str, end: date, within: Duration, count: Counter) -> str:
    """``Ten working days after the acknowledgement of 2 January 2024 (skipping …) end on Tuesday 16 January 2024.``

    Without an ``event``: ``Ten working days after that day …``, where the day has just been named.
    """
    key = (start, event, end, within)
    said = count.said.get(key)
    if said is None:
        if within.n == 0:
            return f"It had to be done by {noun(event) if event else 'that day'}, on {say_day(end)}."
        left_out = skipping(count.skipped(start, end, within))
        verb = "ends" if within.n == 1 else "end"
        counting = "counting that day as day 1, " if count.day_one else ""
        note = f" ({counting}{left_out})" if left_out else (f" ({counting[:-2]})" if counting else "")
        origin = f"{noun(event)} of {say_date(start)}" if event else "that day"
        said = f"{_upper(length(within))} after {origin}{note} {verb} on {say_day(end)}."
        count.said[key] = said
    return said


def length(within: Duration) -> str:
    """``ten working days``; in figures above twenty."""
    if within.n is None or within.n >= len(_NUMBERS):
        return str(within)
    return str(within).replace(str(within.n), _NUMBERS[within.n], 1)


def skipping(days: Sequence[tuple[date, str]]) -> str:
    """Every day left out: weekends by their Saturday, bank holidays and closures by name; empty where there is none."""
    if not days:
        return ""
    reasons = dict(days)
    weekends, single = [], []
    for day, why in days:
        if why == "Saturday" and reasons.get(day + _DAY) == "Sunday":
            weekends.append(day)
        elif not (why == "Sunday" and reasons.get(day - _DAY) == "Saturday"):
            single.append(f"{_short(day)}" if why in WEEKDAYS else f"{_short(day)} ({why})")
    parts = []
    if weekends:
        parts.append(f"the weekend{'s' if len(weekends) > 1 else ''} of {_by_month(weekends)}")
    return f"skipping {listed([*parts, *single])}"


def _short(day: date) -> str:
    return f"{WEEKDAYS[day.weekday()]} {day.day} {MONTHS[day.month - 1]}"


def _by_month(days: Iterable[date]) -> str:
    months: dict[tuple[int, int], list[str]] = {}
    for day in days:
        months.setdefault((day.year, day.month), []).append(str(day.day))
    return listed([f"{listed(numbers)} {MONTHS[month - 1]}" for (_, month), numbers in months.items()])


def lateness(by: int, within: Duration, count: Counter, word: str = "late") -> str:
    """``12 working days late``; ``late, but by less than one full working day``."""
    unit = settled_unit(within.unit, count.bare_days)
    return f"{unit.counted(by)} {word}" if by else f"{word}, but by less than one full {unit.singular}"


def listed(parts: Sequence[str], last: str = "and") -> str:
    """``a``, ``a and b``, ``a, b and c``."""
    return f"{', '.join(parts[:-1])} {last} {parts[-1]}" if len(parts) > 1 else "".join(parts)


def _upper(text: str) -> str:
    return text[:1].upper() + text[1:]
