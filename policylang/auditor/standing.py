"""How many cases went to stage 2, and how many wait for an answer at each stage, counted one case after another."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from policylang.auditor.duty import ROOTS
from policylang.auditor.knowledge import Knowledge
from policylang.auditor.rates import rate
from policylang.auditor.refused import was_refused
from policylang.model.calendar import Calendar

ANSWERS = {1: "responded", 2: "stage2_responded"}
"""The event that answers each stage."""
AGES = ((0, 10), (11, 20), (21, 40), (41, None))
"""The ages of open cases, in working days, first and last included."""


@dataclass(slots=True)
class Waiting:
    """Cases that wait at one stage, by the day since when (None: not known), and how many perhaps do."""

    since: Counter[date | None] = field(default_factory=Counter)
    unknown: int = 0


@dataclass(slots=True)
class Standing:
    """Where cases stand on the as-at date. ``escalated`` counts them by whether they did; None: not known."""

    escalated: Counter[bool | None] = field(default_factory=Counter)
    waiting: dict[int, Waiting] = field(default_factory=lambda: {stage: Waiting() for stage in ROOTS})

    def add(self, case: Knowledge) -> None:
        """One more case."""
        self.escalated[case.day("escalation_requested").done] += 1
        for stage, mine in self.waiting.items():
            begun, answered = case.day(ROOTS[stage]), case.day(ANSWERS[stage]).done
            refused = was_refused(case, stage)
            if begun.done is False or answered or refused or case.day("closed").done:
                continue
            if begun.done is None or answered is None or refused is None:
                mine.unknown += 1
            else:
                mine.since[begun.exact] += 1

    def escalation(self) -> dict[str, Any]:
        """The share of cases that went to stage 2, as plain data."""
        yes, no, unknown = self.escalated[True], self.escalated[False], self.escalated[None]
        return {"escalated": yes, "not_escalated": no, "unknown": unknown, **rate(yes, no, unknown)}

    def open(self, stage: int, as_at: date, calendar: Calendar | None) -> dict[str, Any]:
        """Cases that wait for their answer at a stage, by age in working days, as plain data."""
        mine = self.waiting[stage]
        ages: Counter[int | None] = Counter()
        for since, number in mine.since.items():
            ages[age_of(since, as_at, calendar)] += number
        return {"waiting": ages.total(), **by_age(ages), "unknown": mine.unknown}


def by_age(ages: Counter[int | None]) -> dict[str, Any]:
    """Open cases by their age in working days, in the bands of :data:`AGES`; ``None`` is an age that is not known."""
    bands = [
        {
            "from": low,
            "to": high,
            "cases": sum(n for age, n in ages.items() if age is not None and low <= age <= (high or age)),
        }
        for low, high in AGES
    ]
    return {"by_age": bands, "age_unknown": ages[None]}


def age_of(since: date | None, as_at: date, calendar: Calendar | None) -> int | None:
    """Working days since a day; None where that day, or the calendar, is not known."""
    if since is None or calendar is None or not (calendar.covers(since) and calendar.covers(as_at)):
        return None
    return calendar.working_days_after(since, as_at)
