"""An event by a day, or at all: ``_timed`` of the reference and what it calls, over columns."""

from __future__ import annotations

import polars as pl

from policylang.auditor.columns.codes import BREACHED, MET, came_to, choose, is_reason
from policylang.auditor.columns.conditions import Conditions
from policylang.auditor.columns.counting import Counting
from policylang.auditor.columns.deadlines import Span, base, decide, due_of, missing, unless_extended
from policylang.auditor.columns.extensions import extend
from policylang.auditor.columns.knowledge import Day, Knowledge
from policylang.auditor.columns.refusals import signs_of_refusal
from policylang.auditor.columns.verdict import Verdict, plain
from policylang.auditor.duty import REFUSALS, Clock, Duty


def timed(duty: Duty, case: Knowledge, count: Counting, conditions: Conditions) -> Verdict:
    """A dated event, with a deadline or without."""
    assert duty.event is not None
    deed, root = case.day(duty.event), case.day(duty.root)
    untold = root.done.is_null()
    if duty.clock is None:
        return plain(
            choose(
                (untold, "trigger-unknown"),
                (deed.done.is_null(), "deed-unknown"),
                (deed.done, "done"),
                otherwise="no-deadline",
            )
        )
    clock, keep, key = duty.clock, case.sheet.keep, ("timed", duty, count.key)
    due = base(clock, case, count)
    extended = extend(duty.extension, clock, case, count, conditions, due.span)
    plainly = keep((*key, "in base"), lambda: decide(deed, due.span, case.as_at))
    if duty.extension is None:
        whole, decided, fault = due.span, plainly, due.fault
    else:
        # Whatever an extension may do, an answer inside the base time is in time.
        astray = keep((*key, "astray"), lambda: extended.fault.is_not_null() & came_to(plainly, MET))
        whole = Span(
            keep((*key, "first"), lambda: pl.when(astray).then(due.span.first).otherwise(extended.span.first)),
            keep((*key, "last"), lambda: pl.when(astray).then(due.span.last).otherwise(extended.span.last)),
        )
        decided = keep((*key, "decided"), lambda: decide(deed, whole, case.as_at))
        fault = keep(
            (*key, "fault"), lambda: pl.coalesce(due.fault, pl.when(~came_to(plainly, MET)).then(extended.fault))
        )
    signs = signs_of_refusal(case, duty.stage)
    code = keep((*key, "refused"), lambda: _unless_refused(decided, case.day(REFUSALS[duty.stage]), deed, whole, signs))
    if duty.extension is None:
        code = missing(code, due.span)
    else:
        code = unless_extended(code, deed, case.day(duty.extension.notified), due.span, whole, case.as_at)
        moved = extended.became & ~astray & (deed.last > due.span.last)
        code = choose((is_reason(code, "in-time") & moved, "in-extended-time"), otherwise=code)
    never, limit = _never_started(clock, deed, root, count)
    code = keep(
        (*key, "code"),
        lambda: choose((untold, "trigger-unknown"), (due.never, never), (fault.is_not_null(), fault), otherwise=code),
    )
    day = pl.when(due.never).then(pl.when(is_reason(code, "in-time")).then(limit)).otherwise(due_of(code, whole))
    day = keep((*key, "due"), lambda: pl.when(~untold).then(day))
    return Verdict(code, day, late(duty, code, deed, day, case, count))


def late(duty: Duty, code: pl.Expr, deed: Day, due: pl.Expr, case: Knowledge, count: Counting) -> pl.Expr:
    """How late what was done late was, or what was not done is on the as-at date."""
    assert duty.clock is not None
    key, overdue = ("late", duty, count.key), is_reason(code, "not-done-and-due")
    done = pl.when(overdue).then(pl.lit(case.as_at, pl.Int32)).otherwise(deed.exact)
    actual = case.sheet.keep((*key, "actual"), lambda: pl.when(came_to(code, BREACHED)).then(done))
    return count.late(due, actual, duty.clock.within)


def _unless_refused(code: pl.Expr, refused: Day, deed: Day, due: Span, signs: pl.Expr) -> pl.Expr:
    """Whoever refuses a complaint in time owes it no answer; refusing after the due date undoes nothing."""
    if refused.name == deed.name:
        return code
    undated = refused.last.is_null()
    looked_at = came_to(code, BREACHED) | ~deed.done.fill_null(True)
    return choose(
        (~looked_at | (undated & ~signs), code),
        (undated, "trigger-unknown"),
        (refused.done & (refused.last <= due.first), "complaint-refused"),
        (refused.first > due.last, code),
        (refused.exact.is_null(), "trigger-unknown"),
        otherwise="start-unknown",
    )


def _never_started(clock: Clock, deed: Day, root: Day, count: Counting) -> tuple[pl.Expr, pl.Expr]:
    """The clock's start is known not to have come: the code, and the deadline from the first possible day."""
    looked_at = deed.done & deed.last.is_not_null() & root.first.is_not_null()
    limit = count.due(root.first, clock.within)
    where, fault = limit.fault
    code = choose(
        (looked_at & where, fault), (looked_at & (deed.last <= limit.day), "in-time"), otherwise="clock-not-started"
    )
    return code, limit.day
