"""Whether the conditions of a sentence hold: :mod:`policylang.auditor.conditions` over columns.

True, false and null are Kleene's three values, and Polars' ``&`` and ``|`` are Kleene's own.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable
from functools import reduce
from operator import and_, or_

import polars as pl

from policylang.auditor.columns.codes import NO, YES
from policylang.auditor.columns.counting import Counting
from policylang.auditor.columns.knowledge import Knowledge
from policylang.auditor.shown import LATE, condition_fact
from policylang.model.calendar import Calendar
from policylang.model.conditions import All, AnyOf, Atom, Condition, Holds, InTime, InWords, Not, Older
from policylang.model.norms import Clause

_WHEN = ("when", "only_when")
_ISSUE = {"issue-occurred": "issue_occurred", "issue-known": "issue_known"}
_UNKNOWN = pl.lit(None, pl.Boolean)


class NotCompiled(Exception):
    """A form of duty, or of a condition, that has no translation into columns; the reference judges it."""


class Conditions:
    """Judges conditions at one stage; ``late`` answers whether the response of the stage is late, and ``scope`` says
    in a key of which response."""

    def __init__(
        self,
        case: Knowledge,
        stage: int,
        calendar: Calendar,
        late: Callable[[], pl.Expr] = lambda: _UNKNOWN,
        scope: Hashable = None,
    ) -> None:
        self.case, self.stage, self.late, self.scope = case, stage, late, scope
        # Ages are counted without the document's conventions, as the reference counts them.
        self.count = Counting(case.sheet, calendar, day_one=False, bare_days=None, hours_per_day=None)

    def hold(self, clauses: Iterable[Clause]) -> pl.Expr | None:
        """Whether every ``when`` of a sentence holds; None where it has none."""
        values = [self.truth(clause.condition) for clause in clauses if clause.kind in _WHEN]
        return reduce(and_, values) if values else None

    def excused(self, clauses: Iterable[Clause]) -> pl.Expr | None:
        """Whether an ``unless`` of a sentence holds; None where it has none."""
        values = [self.truth(clause.condition) for clause in clauses if clause.kind == "unless"]
        return reduce(or_, values) if values else None

    def allow(self, clauses: tuple[Clause, ...]) -> pl.Expr | None:
        """Whether a permission under these conditions is there; None where it has none, and so always is."""
        held, barred = self.hold(clauses), self.excused(clauses)
        if barred is None:
            return held
        return ~barred if held is None else held & ~barred

    def truth(self, condition: Condition) -> pl.Expr:
        """Whether a condition holds; null where that cannot be told."""
        match condition:
            case Not(inner):
                return ~self.truth(inner)
            case All(parts):
                return reduce(and_, map(self.truth, parts), YES)
            case AnyOf(parts):
                return reduce(or_, map(self.truth, parts), NO)
            case _:
                return self._known(condition)

    def _known(self, atom: Atom) -> pl.Expr:
        match atom:
            case Holds(word):
                return self._holds(word)
            case Older():
                return self._older(atom)
            case InWords() | InTime():
                return _UNKNOWN
        raise NotCompiled(f"the condition {atom!r}")

    def _holds(self, word: str) -> pl.Expr:
        if word in LATE:
            return self.late()
        shown = condition_fact(word, self.stage)
        if shown is None:
            return _UNKNOWN
        name, wanted = shown
        if name.endswith("extension_notified"):
            return self.case.extended(self.stage)
        value = self.case.flag(name) if wanted else ~self.case.flag(name)
        if "extension_" in name:
            # Where nothing was extended there was nothing to agree or refuse.
            return pl.when(~self.case.extended(self.stage)).then(NO).otherwise(value)
        return value

    def _older(self, atom: Older) -> pl.Expr:
        if atom.subject != "issue":
            return _UNKNOWN
        starts = (_ISSUE[atom.event],) if atom.event in _ISSUE else tuple(_ISSUE.values())
        if not all(map(self.case.has, starts)):
            return _UNKNOWN  # without any day there is no age, and two ages that differ are none
        received = self.case.day("received").exact
        values = [received > self.count.after(self.case.day(name).exact, atom.duration).day for name in starts]
        if len(values) == 1:
            return values[0]
        return pl.when(values[0] == values[1]).then(values[0])
