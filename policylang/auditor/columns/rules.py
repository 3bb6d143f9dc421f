"""One duty on every case: ``rule`` and ``_conditional`` of the reference, over columns."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import reduce

import polars as pl

from policylang.auditor.columns.codes import (
    BREACHED,
    CANNOT_TELL,
    MET,
    NO,
    NUMBERS,
    PENDING,
    YES,
    came_to,
    choose,
    is_reason,
    result_of,
)
from policylang.auditor.columns.conditions import Conditions, NotCompiled
from policylang.auditor.columns.contents import content, different_person
from policylang.auditor.columns.counting import LONGEST, Counting
from policylang.auditor.columns.editions import EVERYWHERE, Governed
from policylang.auditor.columns.extensions import extension_limit, extension_notified
from policylang.auditor.columns.knowledge import Knowledge
from policylang.auditor.columns.refusals import not_refused
from policylang.auditor.columns.timed import timed
from policylang.auditor.columns.verdict import NO_DAY, Verdict, plain
from policylang.auditor.duty import Duty, DutyKind
from policylang.model.calendar import Calendar
from policylang.model.conditions import InTime, Older, atoms
from policylang.model.duration import Duration

_RULES: dict[DutyKind, Callable[[Duty, Knowledge, Counting, Conditions], Verdict]] = {
    DutyKind.TIMED: timed,
    DutyKind.EXTENSION_NOTIFIED: extension_notified,
    DutyKind.EXTENSION_LIMIT: extension_limit,
    DutyKind.CONTENT: content,
    DutyKind.DIFFERENT_PERSON: different_person,
    DutyKind.NOT_REFUSED: not_refused,
}


def judge(duty: Duty, case: Knowledge, calendar: Calendar, governs: Governed = EVERYWHERE) -> Verdict:
    """What a duty came to in every case, and where its document does not judge, why not.

    Raises :class:`NotCompiled` for a form that has no translation.
    """
    check(duty)
    return rule(duty, case, _counting(duty, case, calendar), governs)


def _counting(duty: Duty, case: Knowledge, calendar: Calendar) -> Counting:
    clock = duty.clock
    return Counting(
        case.sheet,
        calendar,
        day_one=case.settings.day_one,
        bare_days=clock.bare_days if clock else None,
        hours_per_day=clock.hours_per_day if clock else None,
    )


def rule(duty: Duty, case: Knowledge, count: Counting, governs: Governed = EVERYWHERE) -> Verdict:
    """The decision, with the deadlines counted in the given way, where the document judges at all."""
    found = _conditional(duty, case, count)
    gate = _gate(duty, case, governs)
    code = found.code
    if not duty.binding:
        code = _as_aim(case.sheet.keep(("rule", duty, count.key), lambda: code))
    code = pl.when(gate.open).then(code).otherwise(gate.code)
    due = found.due if found.due is NO_DAY else pl.when(gate.open).then(found.due)
    late = NO_DAY if found.late is NO_DAY or not duty.binding else pl.when(gate.open).then(found.late)
    return Verdict(code, due, late)


@dataclass(frozen=True)
class _Gate:
    """Where a duty is decided on its own terms, and what it comes to elsewhere; the same for many duties."""

    open: pl.Expr
    code: pl.Expr


def _gate(duty: Duty, case: Knowledge, governs: Governed) -> _Gate:
    """A case under another document, a record that contradicts itself, and a stage that was not reached come first."""
    keep, key = case.sheet.keep, (duty.root, duty.dated, duty.reads)
    reached = case.day(duty.root).done
    doubt = case.doubt(duty.reads)
    if not duty.dated and doubt is not NO:
        doubt = doubt & ~reached
    stands = keep(("stands", *key), lambda: reached.fill_null(True) & ~doubt.fill_null(False))
    shut = choose((doubt, "contradictory"), (~reached, "stage-not-reached"), otherwise=pl.lit(None, pl.UInt8))
    if not duty.binding:
        shut = _as_aim(shut)
    shown = [(where, _ruled_out(reason, duty)) for where, reason in governs.shown]
    return _Gate(
        stands if governs is EVERYWHERE else keep(("open", *key, governs.key), lambda: stands & governs.judges),
        keep(
            ("shut", *key, governs.key, duty.binding),
            lambda: choose((governs.judges, shut), *shown, otherwise=pl.lit(None, pl.UInt8)),
        ),
    )


def _ruled_out(reason: str, duty: Duty) -> str:
    unknown = result_of(NUMBERS[reason]).value == "cannot-tell"
    return "aim-unknown" if unknown and not duty.binding else reason


def _conditional(duty: Duty, case: Knowledge, count: Counting) -> Verdict:
    """The decision with the conditions of the sentence weighed: ``when`` makes a duty arise, ``unless`` excuses it."""
    conditions = Conditions(case, duty.stage, count.calendar, lambda: _late(duty, case, count), duty.late_of)
    found = _RULES[duty.kind](duty, case, count, conditions)
    held, excused = conditions.hold(duty.conditions), conditions.excused(duty.conditions)
    if held is None and excused is None:
        return found
    keep = case.sheet.keep
    code = keep(("plain", duty, count.key), lambda: found.code)
    holds, excuses = YES if held is None else held, NO if excused is None else excused
    holds = keep(("held", duty, count.key), lambda: holds)
    excuses = keep(("excused", duty, count.key), lambda: excuses)
    broken, pending = came_to(code, BREACHED), came_to(code, PENDING)
    decided = came_to(code, MET) | broken | pending
    whole = keep(
        ("conditional", duty, count.key),
        lambda: choose(
            (~holds, "condition-not-met"),
            ((broken | pending) & excuses, "excused"),
            ((decided & holds.is_null()) | (broken & excuses.is_null()), "condition-unknown"),
            otherwise=code,
        ),
    )
    arose = ~is_reason(whole, "condition-not-met") & ~is_reason(whole, "excused")
    if found.due is NO_DAY:
        return plain(whole)
    return Verdict(whole, pl.when(arose).then(found.due), pl.when(came_to(whole, BREACHED)).then(found.late))


def _late(duty: Duty, case: Knowledge, count: Counting) -> pl.Expr:
    """Whether the response that this duty waits for is late or overdue in all its readings, each counted its way."""
    if not duty.late_of:
        return pl.lit(None, pl.Boolean)
    readings = (_late_by(reading, case, count.calendar) for reading in duty.late_of)
    return reduce(lambda one, other: pl.when(one == other).then(one), readings)


def _late_by(reading: Duty, case: Knowledge, calendar: Calendar) -> pl.Expr:
    count = _counting(reading, case, calendar)
    code = case.sheet.keep(("late of", reading, count.key), lambda: rule(reading, case, count).code)
    missed = came_to(code, BREACHED) | is_reason(code, "aim-missed")
    open_ = came_to(code, CANNOT_TELL) | is_reason(code, "aim-unknown")
    return pl.when(~open_).then(missed)


def _as_aim(code: pl.Expr) -> pl.Expr:
    """An aim binds nobody: it never counts as met or breached, but what became of it is said."""
    return choose(
        (came_to(code, MET), "aim-kept"),
        (came_to(code, BREACHED), "aim-missed"),
        (came_to(code, PENDING), "aim-open"),
        (came_to(code, CANNOT_TELL), "aim-unknown"),
        otherwise=code,
    )


def check(duty: Duty) -> None:
    """Raises :class:`NotCompiled` for a duty that columns cannot judge exactly as the reference does."""
    if duty.kind not in _RULES:
        raise NotCompiled(f"the kind {duty.kind}")
    clock, clauses = duty.clock, [*duty.conditions]
    lengths: list[Duration | None] = [clock.within, clock.guard] if clock else []
    steps = [*(duty.extension.steps if duty.extension else ()), *duty.grounds]
    for step in steps:
        lengths += [step.limit, step.total]
        clauses += step.conditions
    for clause in clauses:
        lengths += [atom.duration for atom in atoms(clause.condition) if isinstance(atom, Older | InTime)]
    for length in lengths:
        if length is not None and length.n is not None and length.n > LONGEST:
            raise NotCompiled(f"a time as long as {length}")
    if clock and clock.hours_per_day is not None and not 0 < clock.hours_per_day <= 24:
        raise NotCompiled(f"a working day of {clock.hours_per_day} hours")
    for waited_for in duty.late_of:
        check(waited_for)
