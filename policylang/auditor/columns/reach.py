"""How far an extension may go: :class:`policylang.auditor.reach.Reach` over columns."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import reduce

import polars as pl

from policylang.auditor.columns.conditions import Conditions
from policylang.auditor.columns.counting import Counting, Fault
from policylang.auditor.columns.days import earlier, later
from policylang.auditor.columns.knowledge import Knowledge
from policylang.auditor.columns.sheet import name_of
from policylang.auditor.columns.tables import EVER
from policylang.auditor.duty import Clock, Extension
from policylang.model.duration import Duration, Unit

_EVER = pl.lit(EVER, pl.Int32)


@dataclass(frozen=True)
class Reached:
    """The last day allowed, and where it could not be counted, in the order of counting."""

    day: pl.Expr
    faults: tuple[Fault, ...]


class Reach:
    """How far the permissions to extend reach, for those that surely hold or for those that may."""

    def __init__(
        self, extension: Extension, clock: Clock, case: Knowledge, count: Counting, conditions: Conditions
    ) -> None:
        self.steps = [(step, conditions.allow(step.conditions)) for step in extension.steps]
        self.scope = (extension, conditions.stage, conditions.scope)
        self.count, self.case, self.start = count, case, case.day(clock.start)

    def reach(self, base: pl.Expr, *, sure: bool, plain: pl.Expr | None = None) -> Reached:
        """The last day allowed when the base deadline is ``base``, a kept column; ``base`` where no permission holds.

        ``plain`` leaves out permissions to go further: they need a new date to go to.
        """
        far, faults = base, []
        for place, (step, holds) in enumerate(sorted(self.steps, key=lambda item: item[0].further)):
            applies = far < EVER
            if holds is not None:
                applies = applies & (holds.fill_null(False) if sure else holds.fill_null(True))
            if step.further and plain is not None:
                applies = applies & ~plain.fill_null(False)
            applies = self._keep("applies", base, sure, plain, place, applies)
            ends = []
            if step.limit is not None:
                ends.append(self._end(far if step.further else base, step.limit, base, sure, total=False))
            if step.total is not None:
                start = self.start.first if sure else self.start.last
                ends.append(self._end(start, step.total, base, sure, total=True))
            faults += [(applies & where, code) for end in ends for where, code in end.faults]
            days = [self._keep(f"end {n}", base, sure, plain, place, end.day) for n, end in enumerate(ends)]
            end = self._keep("end", base, sure, plain, place, reduce(earlier, days)) if days else _EVER
            further = pl.when(applies).then(later(far, end)).otherwise(far)
            far = self._keep("far", base, sure, plain, place, further)
        return Reached(far, tuple(faults))

    def _keep(self, what: str, base: pl.Expr, sure: bool, plain: pl.Expr | None, place: int, made: pl.Expr) -> pl.Expr:
        told = plain is not None and name_of(plain)
        key = (what, name_of(base), self.start.name, self.scope, self.count.key, sure, told, place)
        return self.case.sheet.keep(key, lambda: made)

    def _end(self, start: pl.Expr, length: Duration, base: pl.Expr, sure: bool, *, total: bool) -> Reached:
        """The last day of a limit; where its words or its start leave it open, the least or the most that it can be."""
        open_ = base if sure else _EVER
        hours = length.unit is Unit.WORKING_HOURS and self.count.hours_per_day is None
        if length.n is None or hours:
            return Reached(open_, ())
        lengths = [length]
        if length.unit is Unit.DAYS and self.count.bare_days is None:
            lengths = [replace(length, unit=unit) for unit in (Unit.WORKING_DAYS, Unit.CALENDAR_DAYS)]
        counted = [(self.count.due if total else self.count.after)(start, each) for each in lengths]
        days = [each.day for each in counted]
        end = reduce(earlier if sure else later, days)
        return Reached(pl.when(start.is_not_null()).then(end).otherwise(open_), tuple(each.fault for each in counted))
