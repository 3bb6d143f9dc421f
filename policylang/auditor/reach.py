"""How far an extension may go under the permissions that a document gives."""

from __future__ import annotations

from datetime import date

from policylang.auditor.conditions import Conditions
from policylang.auditor.counting import Counter
from policylang.auditor.duty import Clock, Extension
from policylang.auditor.knowledge import Knowledge

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
            if holds is False or (holds is None and sure) or (plain and step.further):
                continue
            ends = []
            if step.limit is not None:
                ends.append(self.count.after(far if step.further else base, step.limit))
            if step.total is not None:
                start = self.start.first if sure else self.start.last
                ends.append(self.count.due(start, step.total) if start else (base if sure else EVER))
            far = max(far, min(ends, default=EVER))
        return far
