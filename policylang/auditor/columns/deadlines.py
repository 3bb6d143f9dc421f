"""Deadlines before any extension, and a deed against its deadline, over columns."""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

from policylang.auditor.columns.codes import BREACHED, CANNOT_TELL, NO, came_to, choose, is_reason
from policylang.auditor.columns.counting import Counted, Counting, fault_code
from policylang.auditor.columns.days import earlier
from policylang.auditor.columns.knowledge import NOTHING, Day, Knowledge
from policylang.auditor.columns.sheet import name_of
from policylang.auditor.duty import Clock


@dataclass(frozen=True)
class Span:
    """The days between which a deadline falls; kept columns, null without bound."""

    first: pl.Expr
    last: pl.Expr


@dataclass(frozen=True)
class Base:
    """A deadline before any extension.

    ``never`` says where the clock is known never to have started; ``fault`` is the reason code where it could not be
    counted (null elsewhere).
    """

    span: Span
    never: pl.Expr
    fault: pl.Expr


def base(clock: Clock, case: Knowledge, count: Counting) -> Base:
    """Between which days the deadline falls before any extension (``_base`` of the reference)."""
    root, start = case.day(clock.root), case.day(clock.start)
    keep, key = case.sheet.keep, ("base", clock, count.key)
    if clock.guard is None or clock.start == clock.root:
        counted = count.due(start.first, clock.within)
        faults = [counted.fault]
        last = NOTHING
        if not clock.at_earliest:
            ended = count.due(start.last, clock.within)
            last, faults = ended.day, [ended.fault, counted.fault]
        return Base(
            Span(keep((*key, "first"), lambda: counted.day), keep((*key, "last"), lambda: last)),
            keep((*key, "never"), lambda: ~start.done.fill_null(True)),
            keep((*key, "fault"), lambda: fault_code(faults)),
        )
    lawful_first, guarded_first = _guarded(clock, root.first, count)
    lawful_last, guarded_last = _guarded(clock, root.last, count)
    undone = keep((*key, "undone"), lambda: ~start.done.fill_null(True))
    counted = count.due(start.first, clock.within)
    overdue = keep((*key, "overdue"), lambda: undone | (start.first > guarded_last.day).fill_null(False))
    # Never counted from later than the last lawful day; without one, from the start as it is.
    from_ = keep((*key, "from"), lambda: earlier(start.last, guarded_last.day))
    ended = count.due(from_, clock.within)
    bounded = guarded_first.day.is_not_null() & guarded_last.day.is_not_null()
    first = (
        pl.when(overdue).then(guarded_first.day)
        .when(~bounded).then(NOTHING)
        .when(start.last > guarded_first.day).then(earlier(counted.day, guarded_first.day))
        .otherwise(counted.day)
    )  # fmt: skip
    last = pl.when(overdue).then(guarded_last.day).otherwise(ended.day)
    # In the order of the reference: the guard, then the start itself, then the end of what is left open.
    faults = [
        lawful_first.fault, guarded_first.fault, lawful_last.fault, guarded_last.fault,
        (~undone & counted.fault[0], counted.fault[1]), (~overdue & ended.fault[0], ended.fault[1]),
    ]  # fmt: skip
    return Base(
        Span(keep((*key, "first"), lambda: first), keep((*key, "last"), lambda: last)),
        NO,
        keep((*key, "fault"), lambda: fault_code(faults)),
    )


def _guarded(clock: Clock, root: pl.Expr, count: Counting) -> tuple[Counted, Counted]:
    """The last day on which the start was lawful, and the deadline counted from it."""
    assert clock.guard is not None
    lawful = count.due(root, clock.guard)
    kept = lawful.day
    if not kept.meta.is_column():  # a guard that nobody can count
        kept = count.sheet.keep(("uncounted", name_of(root), clock.guard), lambda: lawful.day)
    return lawful, count.due(kept, clock.within)


def decide(deed: Day, due: Span, as_at: int) -> pl.Expr:
    """A deed against its deadline (``_decide``); every pair of days between their bounds must agree."""
    now = pl.lit(as_at, pl.Int32)
    too_late = deed.first > due.last
    undone = choose((now <= due.first, "not-yet-due"), (now > due.last, "not-done-and-due"), otherwise="start-unknown")
    done = choose((deed.last <= due.first, "in-time"), (too_late, "late"), otherwise="start-unknown")
    unknown = choose((too_late & (now > due.last), "late"), otherwise="deed-unknown")
    return choose((~deed.done, undone), (deed.done, done), otherwise=unknown)


def missing(code: pl.Expr, span: Span) -> pl.Expr:
    """The reason that says what would decide, where nothing is named yet (``_missing`` of ``explain``)."""
    unsure = span.first.is_null() | span.first.ne_missing(span.last)
    return choose(
        (is_reason(code, "start-unknown"), choose((unsure, "start-unknown"), otherwise="deed-unknown")), otherwise=code
    )


def unless_extended(code: pl.Expr, deed: Day, told: Day, span: Span, whole: Span, as_at: int) -> pl.Expr:
    """The same for what is behind its base deadline from every start: it hangs on an extension."""
    one = span.first.eq_missing(span.last)
    moved = whole.first.ne_missing(span.first) | whole.last.ne_missing(span.last)
    reached = pl.when(deed.done).then(deed.first).otherwise(pl.lit(as_at, pl.Int32))
    past = deed.done.is_not_null() & (reached > span.last)
    hinge = is_reason(code, "start-unknown") & moved & past & (one | ~told.done.fill_null(False))
    return choose((hinge, "extension-unknown"), otherwise=missing(code, span))


def due_of(code: pl.Expr, whole: Span) -> pl.Expr:
    """The deadline that a decision rests on: the most lenient for a breach, else the strictest."""
    strict = pl.when(~came_to(code, CANNOT_TELL)).then(whole.first)
    return pl.when(came_to(code, BREACHED)).then(whole.last).otherwise(strict)
