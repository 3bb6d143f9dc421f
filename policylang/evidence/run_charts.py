"""What the run charts of a log show: complaints received, and working days to the answer, month by month.

A run chart tells ordinary ups and downs from a change. It needs whole months in a row: one that is not over would look
quiet, and one that is left out would bring its neighbours together.
"""

from __future__ import annotations

from calendar import monthrange
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from fractions import Fraction

from policylang.casebook.cases import Case
from policylang.evidence.annual.words import month_name
from policylang.evidence.pictures.run_chart import Point, RunChart
from policylang.evidence.words import count

LONGEST = 24
"""Months drawn at most, the latest: what is older says little of today."""
WorkingDays = Callable[[date, date], int | None]
_Month = tuple[int, int]


def received(cases: Sequence[Case], as_at: date) -> RunChart | None:
    """Complaints received in each whole month; ``None`` where no month is whole."""
    days = [day for case in cases if (day := case.day("received"))]
    counted = Counter((day.year, day.month) for day in days)
    months = _whole(counted, as_at)
    if not months:
        return None
    points = tuple(Point(month_name(*month), Fraction(counted[month])) for month in months)
    drawn = sum(counted[month] for month in months)
    return RunChart("Complaints received in each month", "Complaints", points, _left_out(len(cases) - drawn))


def days_to_answer(cases: Sequence[Case], as_at: date, working_days: WorkingDays) -> RunChart | None:
    """Average working days from receipt to the stage 1 answer, by the month of the answer; ``None`` without answers.

    Only the months from the last one without any answer on are drawn, so that the points stand in a row.
    """
    by_month: defaultdict[_Month, list[int]] = defaultdict(list)
    for case in cases:
        first, last = case.day("received"), case.day("responded")
        if first is not None and last is not None and last >= first:
            days = working_days(first, last)
            if days is not None:
                by_month[last.year, last.month].append(days)
    months = _whole({month: len(days) for month, days in by_month.items()}, as_at)
    gap = max((n for n, month in enumerate(months) if not by_month[month]), default=-1)
    drawn = [month for month in months[gap + 1 :] if by_month[month]]
    if not drawn:
        return None
    points = tuple(Point(month_name(*m), Fraction(sum(by_month[m]), len(by_month[m]))) for m in drawn)
    left = sum(map(len, by_month.values())) - sum(len(by_month[month]) for month in drawn)
    heading = "Average working days from receipt to the stage 1 answer, by the month of the answer"
    return RunChart(heading, "Working days", points, _left_out(left, "answer"))


def _whole(counted: dict[_Month, int], as_at: date) -> list[_Month]:
    """Every month from the first to the last with anything in it that is over on the day, the latest ones."""
    known = [month for month, number in counted.items() if number]
    if not known:
        return []
    year, now = as_at.year, as_at.month
    over = (year, now) if as_at.day == monthrange(year, now)[1] else (year - (now == 1), now - 1 or 12)
    return list(_months(min(known), min(max(known), over)))[-LONGEST:]


def _months(first: _Month, last: _Month) -> Iterator[_Month]:
    for n in range(first[0] * 12 + first[1] - 1, last[0] * 12 + last[1]):
        yield n // 12, n % 12 + 1


def _left_out(number: int, what: str = "case") -> str:
    return f"Not drawn: {count(number, what)} of other months, or of none that is recorded or over." if number else ""
