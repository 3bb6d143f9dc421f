"""What is known of each case: :mod:`policylang.auditor.knowledge` over columns.

A day is whether the event has been done by the as-at date (null: cannot be told), and between which days.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import reduce
from operator import or_

import polars as pl

from policylang.auditor.columns.codes import NO, YES, choose
from policylang.auditor.columns.days import later
from policylang.auditor.columns.layout import KNOWN, NOT_DONE, UNREADABLE, UNSAID, VAGUE, latest, state
from policylang.auditor.columns.sheet import Sheet
from policylang.auditor.columns.tables import number
from policylang.auditor.knowledge import PLANNED, causes, effects, followers
from policylang.auditor.settings import Settings
from policylang.casebook.record import facts

NOTHING = pl.lit(None, pl.Int32)


@dataclass(frozen=True)
class Day:
    """What is known of an event, in kept columns; ``first`` and ``last`` are null without a bound."""

    name: str
    done: pl.Expr
    first: pl.Expr
    last: pl.Expr
    exact: pl.Expr


class Knowledge:
    """The facts of every case as they stood on the as-at date."""

    def __init__(self, sheet: Sheet, as_at: date, settings: Settings) -> None:
        self.sheet, self.as_at, self.settings = sheet, number(as_at), settings

    def has(self, name: str) -> bool:
        """Whether any case can record the fact."""
        return name in self.sheet.columns

    def state(self, name: str) -> pl.Expr:
        """The state of a fact as the settings read it."""
        if not self.has(name):
            return pl.lit(NOT_DONE if name in self.settings.not_done else UNSAID, pl.UInt8)
        return self.sheet.keep(("state", name), lambda: self._state(name))

    def _state(self, name: str) -> pl.Expr:
        event = facts()[name].kind == "event"
        complete = state(name) in self.sheet.complete
        if complete and not event:
            return self._settled(name, pl.col(state(name)))
        value = pl.col(name).is_not_null()
        vague = value & pl.col(latest(name)).is_not_null() if latest(name) in self.sheet.columns else NO
        said = plainly = choose((vague, VAGUE), (value, KNOWN), otherwise=UNSAID)
        if state(name) in self.sheet.columns:
            said = pl.col(state(name))
            if not complete:
                said = pl.coalesce(said, plainly)
            broken = said == VAGUE if vague is NO else (said == VAGUE) & ~vague
            if event:
                broken = broken | ((said == KNOWN) & ~value)
            said = choose((broken, UNREADABLE), otherwise=said)
        return self._settled(name, said)

    def _settled(self, name: str, said: pl.Expr) -> pl.Expr:
        if name not in self.settings.not_done:
            return said
        return pl.when(said == UNSAID).then(pl.lit(NOT_DONE, pl.UInt8)).otherwise(said)

    def recorded(self, name: str) -> pl.Expr:
        """Whether a date is recorded at all, exact or vague."""
        return self.bounds(name)[0].is_not_null()

    def bounds(self, name: str) -> tuple[pl.Expr, pl.Expr]:
        """The first and the last day that an entry can mean; null where it has none."""
        if not self.has(name):
            return NOTHING, NOTHING
        known = self.state(name)
        dated = (known == KNOWN) | (known == VAGUE)
        day = pl.col(name).cast(pl.Int32)
        first = self.sheet.keep(("first", name), lambda: pl.when(dated).then(day))
        if latest(name) not in self.sheet.columns:
            return first, first
        until = pl.col(latest(name)).cast(pl.Int32)
        last = self.sheet.keep(
            ("last", name), lambda: pl.when(known == VAGUE).then(until).when(known == KNOWN).then(day)
        )
        return first, last

    def day(self, name: str) -> Day:
        """What is known of an event."""
        keep = self.sheet.keep
        first, last = self.bounds(name)
        after = keep(("after", name), lambda: self._not_before(name))
        # A vague date did not happen before its cause, nor after what it led to, where a day is left at all.
        tight = pl.when((first < after) & (after <= last)).then(after).otherwise(first)
        from_ = keep(("tight first", name), lambda: tight) if first is not last else first
        to = last
        if first is not last:
            before = keep(("before", name), lambda: self._not_after(name))
            shorter = pl.when((from_ <= before) & (before < last)).then(before).otherwise(last)
            to = keep(("tight last", name), lambda: shorter)
        led_to = [self._past(effect) for effect in effects(name) if self.has(effect)]
        shown = first.is_null() & reduce(or_, led_to) if led_to else NO
        still_to_come = (after > self.as_at).fill_null(False) & first.is_null() & ~shown.fill_null(False)
        never = keep(
            ("never", name),
            lambda: (self.state(name) == NOT_DONE) | (first > self.as_at).fill_null(False) | still_to_come,
        )
        done = keep(
            ("done", name),
            lambda: pl.when(never).then(NO).when((to <= self.as_at) | shown).then(YES),
        )
        begins = keep(("day first", name), lambda: pl.when(~never).then(pl.coalesce(from_, after)))
        ends = keep(("day last", name), lambda: pl.when(~never).then(to))
        exact = keep(("exact", name), lambda: pl.when(done & (begins == ends)).then(begins))
        return Day(name, done, begins, ends, exact)

    def _past(self, name: str) -> pl.Expr:
        """Whether the event surely happened by the as-at date; null where it has no date."""
        return self.sheet.keep(("past", name), lambda: self.bounds(name)[1] <= self.as_at)

    def _not_before(self, name: str) -> pl.Expr:
        days = [self.bounds(cause)[0] for cause in causes(name) if self.has(cause)]
        return reduce(later, days) if days else NOTHING

    def _not_after(self, name: str) -> pl.Expr:
        days = [self.bounds(effect)[1] for effect in followers(name) if self.has(effect)]
        return pl.min_horizontal(days) if days else NOTHING

    def doubt(self, names: Iterable[str]) -> pl.Expr:
        """Whether one of the events contradicts another: dated before its cause, or its cause never happened."""
        wanted = tuple(sorted(set(names)))
        if not wanted:
            return NO
        return self.sheet.keep(("doubt", wanted), lambda: self._doubt(wanted))

    def _doubt(self, names: tuple[str, ...]) -> pl.Expr:
        pairs = {(n, cause) for n in names for cause in causes(n)} | {(f, n) for n in names for f in followers(n)}
        found = [self._contradicts(*pair) for pair in sorted(pairs) if self.has(pair[0])]
        return reduce(or_, found) if found else NO

    def _contradicts(self, effect: str, cause: str) -> pl.Expr:
        return self.sheet.keep(("contradicts", effect, cause), lambda: self._against(effect, cause))

    def _against(self, effect: str, cause: str) -> pl.Expr:
        last, first = self.bounds(effect)[1], self.bounds(cause)[0]
        early = (last < first).fill_null(False)
        if effect in PLANNED:
            return early
        return early | ((self.state(cause) == NOT_DONE) & self._past(effect)).fill_null(False)

    def flag(self, name: str) -> pl.Expr:
        """Whether a flag is yes; null where it is not known."""
        if not self.has(name):
            return pl.lit(False if name in self.settings.not_done else None, pl.Boolean)
        known = self.state(name)
        return self.sheet.keep(
            ("flag", name),
            lambda: pl.when(known == NOT_DONE).then(NO).when(known == KNOWN).then(pl.col(name)),
        )

    def text(self, name: str) -> pl.Expr:
        """An attribute; null where it is not known."""
        return pl.col(name) if self.has(name) else pl.lit(None, pl.String)

    def extended(self, stage: int) -> pl.Expr:
        """Whether the response at a stage was extended at all, told of or not (``conditions.extended``)."""
        prefix = "stage2_" if stage == 2 else ""
        notified, to = f"{prefix}extension_notified", f"{prefix}extended_to"
        untold = ~self.recorded(notified) & self.recorded(to)
        return self.sheet.keep(
            ("extended", stage), lambda: pl.when(untold).then(YES).otherwise(self.day(notified).done)
        )
