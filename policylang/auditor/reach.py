"""How far an extension may go under the permissions that a document gives."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from policylang.auditor.conditions import Conditions
from policylang.auditor.counting import Counter
from policylang.auditor.duty import Clock, Extension
from policylang.auditor.knowledge import Knowledge
from policylang.model.duration import Duration, Unit

EVER = date.max
"""Stands for "no limit" among days."""


class Reach:
    """How far the permissions to extend reach, for those that surely hold or for those that may."""

    def __init__(
        self, extension: Extension, clock: Clock, case: Knowledge, count: Counter, conditions: Conditions
    ) -> None:
        self.steps = [(step, conditions.allow(step.conditions)) for step in extension.steps]
        self.count, self.start = count, case.day(clock.start)

    def reach(self, base: date, *, sure: bool, plain: bool = False) -> date:
        """The last day allowed when the base deadline is ``base``; ``base`` itself where no permission holds.

        ``plain`` leaves out permissions to go further: they need a new date to go to.
        """
        far = base
        for step, holds in sorted(self.steps, key=lambda item: item[0].further):
            if holds is False or (holds is None and sure) or (plain and step.further) or far == EVER:
                continue
            ends = []
            if step.limit is not None:
                ends.append(self._end(far if step.further else base, step.limit, base, sure, self.count.after))
            if step.total is not None:
                start = self.start.first if sure else self.start.last
                ends.append(self._end(start, step.total, base, sure, self.count.due))
            far = max(far, min(ends, default=EVER))
        return far

    def _end(
        self, start: date | None, length: Duration, base: date, sure: bool, add: Callable[[date, Duration], date]
    ) -> date:
        """The last day of a limit; where its words or its start leave it open, the least or the most that it can be."""
        if start is None or length.n is None:
            return base if sure else EVER
        lengths = [length]
        if length.unit is Unit.DAYS and self.count.bare_days is None:
            lengths = [replace(length, unit=unit) for unit in (Unit.WORKING_DAYS, Unit.CALENDAR_DAYS)]
        if length.unit is Unit.WORKING_HOURS and self.count.hours_per_day is None:
            return base if sure else EVER
        return (min if sure else max)(add(start, each) for each in lengths)
