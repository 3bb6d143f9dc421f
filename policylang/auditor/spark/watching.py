"""Counting as the judging goes on, in the worker: by the values of a column, and what is open, due and overdue.

A :class:`Watch` stands in the place of the compiled function. It gives the same outcomes, and beside them counts what
:mod:`policylang.auditor.by_column` and :mod:`policylang.auditor.open_cases` work out case by case on one machine.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING

import polars as pl

from policylang.auditor.columns.codes import BREACHED, NO, PENDING, came_to, is_reason
from policylang.auditor.columns.knowledge import Knowledge
from policylang.auditor.columns.sheet import Sheet
from policylang.auditor.columns.standing import stand
from policylang.auditor.columns.tally import Tally, groups
from policylang.auditor.duty import ROOTS
from policylang.auditor.spark.counts import Row, rows_of

if TYPE_CHECKING:
    from policylang.auditor.columns.compile import Column, CompiledAudit

MONTH = "month"
_RECEIVED = "month of receipt"
VALUES = 1_000
"""So many values of a column are counted apart; more, and it is no column to count by."""


class TooManyValues(Exception):
    """A column to count by holds more than :data:`VALUES` values; the argument is its name."""


class Watch:
    """The compiled function, counting what it judges.

    ``by`` are the columns to count apart by (``month`` is the month of receipt), ``opened`` counts what is open too.
    With ``only``, the numbers of outcomes, the cases that came to none of them are left out of what is given back,
    after they were counted. Raises :class:`TooManyValues` when called.
    """

    def __init__(
        self, compiled: CompiledAudit, by: Sequence[str] = (), *, opened: bool = False, only: Collection[int] = ()
    ) -> None:
        self.compiled, self.opened, self.only = compiled, opened, tuple(only)
        self.by = tuple(dict.fromkeys(by))
        self.whole = Tally(compiled.columns)
        self.apart: dict[str, dict[str | None, Tally]] = {name: {} for name in self.by}
        self.open: dict[tuple[str, int, int | None], int] = {}
        """How many cases: ``("open", stage, day since)``, ``("maybe-open", stage, None)``, ``("behind", stage, None)``
        of open cases with something overdue, ``("overdue", place of the duty, None)`` and ``("due", place, None)``."""
        self._looks: dict[frozenset[str], Sheet] = {}

    @property
    def columns(self) -> tuple[Column, ...]:
        """The duties, as the compiled function has them."""
        return self.compiled.columns

    @property
    def as_at(self) -> date:
        """The day as at which everything is judged."""
        return self.compiled.as_at

    def inputs(self, cases: pl.DataFrame) -> frozenset[str]:
        """Those columns of a batch that outcomes and counts rest on."""
        mine = self._look(cases).inputs() if self._looks_further else frozenset[str]()
        return self.compiled.inputs(cases) | mine | (set(self.by) & set(cases.columns))

    def __call__(self, cases: pl.DataFrame) -> pl.DataFrame:
        """The outcomes of a batch."""
        found = self.compiled(cases)
        self.whole.add(found)
        seen = self._look(cases).run(cases) if self._looks_further else cases
        for name in self.by:
            self._divide(name, found, seen[_RECEIVED] if name == MONTH else cases.get_column(name, default=None))
        if self.opened:
            self._count_open(found, seen)
        if not self.only:
            return found
        reasons = [pl.col(column.name("reason")) for column in self.columns]
        shown = [came_to(code, result).fill_null(False) for code in reasons for result in self.only]
        return found.filter(pl.any_horizontal(shown)) if shown else found.clear()

    def rows(self) -> Iterator[Row]:
        """Everything counted."""
        yield from rows_of(None, {None: self.whole})  # also of no case at all
        for name, tallies in self.apart.items():
            yield from rows_of(name, tallies)
        for (what, place, day), number in self.open.items():
            yield what, None, None, None, place, day, number

    @property
    def _looks_further(self) -> bool:
        return self.opened or MONTH in self.by

    def _divide(self, name: str, found: pl.DataFrame, values: pl.Series | None) -> None:
        tallies = self.apart[name]
        if values is None:  # a file without the column: of every case the value is not known
            tallies.setdefault(None, Tally(self.columns)).add(found)
            return
        for value, rows in groups(found, values):
            tallies.setdefault(value, Tally(self.columns)).add(rows)
            if len(tallies) > VALUES:
                raise TooManyValues(name)

    def _count_open(self, found: pl.DataFrame, seen: pl.DataFrame) -> None:
        whole = pl.concat([found, seen.drop("reference", strict=False)], how="horizontal")
        for stage in ROOTS:
            whole_of_stage = whole.filter(pl.col(f"open {stage}"))
            for day, number in whole_of_stage[f"since {stage}"].value_counts().iter_rows():
                self._more("open", stage, number, day)
            self._more("maybe-open", stage, int(whole[f"maybe open {stage}"].sum()))
            overdue = {c.place: _overdue(c) for c in self._dated(stage)}
            coming = {c.place: ~overdue[c.place] & _coming(c) for c in self._dated(stage)}
            if not overdue:
                continue
            sums = whole_of_stage.select(
                pl.any_horizontal(overdue.values()).sum().alias("behind"),
                *(expr.sum().alias(f"overdue {place}") for place, expr in overdue.items()),
                *(expr.sum().alias(f"due {place}") for place, expr in coming.items()),
            )
            for key, number in sums.row(0, named=True).items():
                what, _, place = key.partition(" ")
                self._more(what, int(place or stage), int(number))

    def _more(self, what: str, place: int, number: int, day: int | None = None) -> None:
        if number:
            self.open[what, place, day] = self.open.get((what, place, day), 0) + number

    def _dated(self, stage: int) -> list[Column]:
        return [c for c in self.columns if c.duty.stage == stage and "due" in c.outputs]

    def _look(self, cases: pl.DataFrame) -> Sheet:
        columns = frozenset(cases.columns)
        found = self._looks.get(columns)
        if found is None:
            found = self._looks[columns] = self._looked(columns)
        return found

    def _looked(self, columns: frozenset[str]) -> Sheet:
        """What has to be known of each case: the month of its receipt, whether it is open, and what is not done."""
        sheet = Sheet(columns)
        case = Knowledge(sheet, self.compiled.as_at, self.compiled.settings)
        if MONTH in self.by:
            first, last = (bound.cast(pl.Date).dt.to_string("%Y-%m") for bound in case.bounds("received"))
            sheet.output(_RECEIVED, pl.when(first == last).then(first))
        if self.opened:
            stand(sheet, case)
        for stage in ROOTS if self.opened else ():
            for column in self._dated(stage):
                event = column.duty.event
                undone = ~case.day(event).done.fill_null(True) if event else NO
                sheet.output(f"undone {column.place}", undone)
        return sheet


def _overdue(column: Column) -> pl.Expr:
    code = pl.col(column.name("reason"))
    missed = came_to(code, BREACHED) | is_reason(code, "aim-missed")
    return (missed & pl.col(f"undone {column.place}") & pl.col(column.name("due")).is_not_null()).fill_null(False)


def _coming(column: Column) -> pl.Expr:
    code = pl.col(column.name("reason"))
    ahead = came_to(code, PENDING) | is_reason(code, "aim-open")
    return (ahead & pl.col(column.name("due")).is_not_null()).fill_null(False)
