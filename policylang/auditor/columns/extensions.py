"""What an extension does to a deadline, and the duties that it brings: the same functions of the reference."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import polars as pl

from policylang.auditor.columns.codes import NO, choose, is_reason
from policylang.auditor.columns.conditions import Conditions
from policylang.auditor.columns.counting import Counting, fault_code
from policylang.auditor.columns.days import earlier, later
from policylang.auditor.columns.deadlines import Span, base, decide, due_of, missing
from policylang.auditor.columns.knowledge import Knowledge
from policylang.auditor.columns.layout import KNOWN, NOT_DONE, UNREADABLE
from policylang.auditor.columns.reach import Reach
from policylang.auditor.columns.sheet import name_of
from policylang.auditor.columns.tables import EVER, number
from policylang.auditor.columns.verdict import Verdict
from policylang.auditor.duty import Clock, Duty, Extension

_EVER, _FIRST_EVER = pl.lit(EVER, pl.Int32), pl.lit(number(date.min), pl.Int32)


@dataclass(frozen=True)
class Extended:
    """A deadline after what an extension did to it; ``became`` says whether it is anything to speak of."""

    span: Span
    became: pl.Expr
    fault: pl.Expr


def extend(
    extension: Extension | None, clock: Clock, case: Knowledge, count: Counting, conditions: Conditions, base: Span
) -> Extended:
    """The deadline with what an extension did to it (``_extended``): told of on or before the base deadline it moves
    the deadline to the new date, or by the limit where none is recorded; never past what the conditions allow."""
    if extension is None:
        return Extended(base, NO, pl.lit(None, pl.UInt8))
    told, state = case.day(extension.notified), case.state(extension.extended_to)
    steps = Reach(extension, clock, case, count, conditions)
    keep, key = case.sheet.keep, ("extended", steps.scope, name_of(base.first), name_of(base.last), clock, count.key)
    doubt = case.doubt((extension.notified, extension.extended_to))
    none = ~told.done.fill_null(True)
    too_late = ~doubt & (told.first > base.last).fill_null(False)
    asked = keep((*key, "asked"), lambda: ~none & ~too_late)
    to_first, to_last = case.bounds(extension.extended_to)
    recorded = to_first.is_not_null()
    unreadable = state == UNREADABLE
    earliest = pl.when(recorded).then(to_first).when(unreadable).then(_FIRST_EVER).otherwise(_EVER)
    latest = pl.when(recorded & ~doubt).then(to_last).otherwise(_EVER)
    no_date = keep((*key, "plain"), lambda: ~recorded & ~unreadable & told.last.is_not_null())
    surely = keep((*key, "surely"), lambda: asked & ~doubt & told.done & (told.last <= base.first))
    least = steps.reach(base.first, sure=True, plain=no_date)
    most = steps.reach(base.last, sure=False, plain=no_date)
    earliest, latest = keep((*key, "earliest"), lambda: earliest), keep((*key, "latest"), lambda: latest)
    moved = keep((*key, "moved"), lambda: earlier(earliest, least.day))
    first = pl.when(surely & (moved < EVER)).then(later(base.first, moved)).otherwise(base.first)
    bound = keep((*key, "bound"), lambda: pl.when(base.last.is_not_null()).then(earlier(latest, most.day)))
    last = pl.when(bound < EVER).then(later(base.last, bound))
    faults = [(surely & where, code) for where, code in least.faults]
    faults += [(asked & base.last.is_not_null() & where, code) for where, code in most.faults]
    return Extended(
        Span(
            keep((*key, "first"), lambda: first),
            keep((*key, "last"), lambda: pl.when(asked).then(last).otherwise(base.last)),
        ),
        ~none,
        keep((*key, "fault"), lambda: fault_code(faults)),
    )


def extension_notified(duty: Duty, case: Knowledge, count: Counting, conditions: Conditions) -> Verdict:
    """Told of in time (``_extension_notified``)."""
    from policylang.auditor.columns.timed import late

    assert duty.extension is not None
    assert duty.clock is not None
    told, was = case.day(duty.extension.notified), case.extended(duty.stage)
    due = base(duty.clock, case, count)
    keep, key = case.sheet.keep, ("notified", duty, count.key)
    decided = missing(decide(told, due.span, case.as_at), due.span)
    code = keep(
        (*key, "code"),
        lambda: choose(
            (was.is_null() | case.day(duty.root).done.is_null(), "trigger-unknown"),
            (~was, "no-extension"),
            (due.never, "clock-not-started"),
            (due.fault.is_not_null(), due.fault),
            otherwise=decided,
        ),
    )
    counted = was & ~due.never
    day = keep((*key, "due"), lambda: pl.when(counted).then(due_of(code, due.span)))
    return Verdict(code, day, late(duty, code, told, day, case, count))


def extension_limit(duty: Duty, case: Knowledge, count: Counting, conditions: Conditions) -> Verdict:
    """No further than may be, or with what going further needs (``_extension_limit``)."""
    assert duty.extension is not None
    assert duty.clock is not None
    extension, was = duty.extension, case.extended(duty.stage)
    state = case.state(extension.extended_to)
    earliest, latest = case.bounds(extension.extended_to)
    due = base(duty.clock, case, count)
    steps = Reach(extension, duty.clock, case, count, conditions)
    keep, key = case.sheet.keep, ("limit", duty, count.key)
    least, most = steps.reach(due.span.first, sure=True), steps.reach(due.span.last, sure=False)
    fault_least = keep((*key, "fault least"), lambda: fault_code(least.faults))
    fault_most = keep((*key, "fault most"), lambda: fault_code(most.faults))
    one = due.span.first.eq_missing(due.span.last)
    unsure = due.span.first.is_null() | ~one
    decided = choose(
        (due.span.first.is_not_null() & fault_least.is_not_null(), fault_least),
        (latest <= least.day, "within-limit"),
        (due.span.last.is_not_null() & fault_most.is_not_null(), fault_most),
        ((earliest > most.day) & (most.day == due.span.last), "extension-not-permitted"),
        (earliest > most.day, "beyond-limit"),
        (one & (state == KNOWN), "condition-unknown"),
        (unsure, "start-unknown"),
        otherwise="extension-unknown",
    )
    code = keep(
        (*key, "code"),
        lambda: choose(
            (was.is_null() | case.day(duty.root).done.is_null(), "trigger-unknown"),
            (~was, "no-extension"),
            (state == NOT_DONE, "no-new-date"),
            (earliest.is_null(), "extension-unknown"),
            (due.never, "clock-not-started"),
            (due.fault.is_not_null(), due.fault),
            otherwise=decided,
        ),
    )
    beyond = is_reason(code, "beyond-limit") | is_reason(code, "extension-not-permitted")
    within = pl.when(is_reason(code, "within-limit") & (least.day < EVER)).then(least.day)
    day = keep((*key, "due"), lambda: pl.when(beyond).then(most.day).otherwise(within))
    actual = keep((*key, "actual"), lambda: pl.when(beyond & (state == KNOWN)).then(earliest))
    return Verdict(code, day, count.late(day, actual, duty.clock.within))
