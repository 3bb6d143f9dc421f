"""Made-up limits on extensions and windows of residents, with the verdict worked out day by day.

The companion of :mod:`tests.checker.pairs` for the two other comparisons of time: how far a permission to extend goes,
from every day on which the period it extends can end; and whether a window is never shorter than the code's.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from policylang.model.calendar import Calendar
from policylang.model.duration import Duration
from tests.checker.brute_force import DAY, last_day
from tests.checker.pairs import FIRST, UNITS, make_calendar

Time = tuple[int, str]


@dataclass(frozen=True)
class LimitPair:
    """What the checker reads, the calendar, and the verdict it has to come to."""

    policy: str
    code: str
    calendar: Calendar
    wanted: str


def limit_pairs(seed: random.Random, count: int) -> Iterator[LimitPair]:
    """So many pairs; the same for the same seed."""
    for number in range(count):
        days = make_calendar(seed, f"limit {number} {seed.random()}", holidays=7)
        yield seed.choice((_extension, _extension, _window))(seed, days)


def _extension(seed: random.Random, days: Calendar) -> LimitPair:
    period, cap = _time(seed, 5), _time(seed, 6)
    limit = _time(seed, 6) if seed.random() < 0.6 else None
    total = _time(seed, 12) if limit is None or seed.random() < 0.2 else None
    extent = " ".join(
        part
        for part in (f"by up to {_said(limit)}" if limit else "", f"up to {_said(total)} in all" if total else "")
        if part
    )
    inside = []
    if limit is not None:
        ends = {last_day(day, _period(period), days) for day in _days(days)}
        inside.append(all(_no_longer(day, limit, last_day(day, _period(cap), days), days) for day in sorted(ends)))
    if total is not None:
        inside.append(
            all(
                _no_longer(day, total, last_day(last_day(day, _period(period), days), _period(cap), days), days)
                for day in _days(days)
            )
        )
    policy = (
        f'stage 1 "First":\n  must respond within {_said(period)} of receipt [1.1].\n'
        f"  may extend response {extent} [1.2].\n"
    )
    code = f"stage 1 may extend response by up to {_said(cap)}."
    # Of a limit and a total the nearer one ends it.
    return LimitPair(policy, _code(code), days, "complies" if any(inside) else "breaches")


def _window(seed: random.Random, days: Calendar) -> LimitPair:
    asked, given = _time(seed, 6), _time(seed, 8)
    long_enough = all(_no_longer(day, asked, last_day(day, _period(given), days), days) for day in _days(days))
    policy = f'stage 2 "Second":\n  resident may escalate within {_said(given)} of response [2.1].\n'
    code = f"resident may escalate within {_said(asked)} of response."
    return LimitPair(policy, _code(code), days, "complies" if long_enough else "breaches")


def _days(days: Calendar) -> list[date]:
    return [FIRST + n * DAY for n in range((days.last - FIRST).days + 1)]


def _no_longer(start: date, one: Time, other_ends: date, days: Calendar) -> bool:
    """Nothing is known of what ends after the calendar does."""
    return other_ends > days.last or last_day(start, _period(one), days) <= other_ends


def _time(seed: random.Random, most: int) -> Time:
    unit = seed.choice(("working days", "working days", "calendar days", "weeks"))
    return seed.randint(
        1, max(1, most // 5) if unit == "weeks" else most + 2 if unit == "calendar days" else most
    ), unit


def _period(time: Time) -> Duration:
    return Duration(time[0], UNITS[time[1]])


def _said(time: Time) -> str:
    return f"{time[0]} {time[1].removesuffix('s') if time[0] == 1 else time[1]}"


def _code(demand: str) -> str:
    return f'code "Test Code" edition "1".\nin force from {FIRST}.\nprovision 1.1 "Provision":\n  {demand}\n'
