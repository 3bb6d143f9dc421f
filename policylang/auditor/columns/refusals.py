"""A refusal that is forbidden, or allowed on certain grounds only: ``_not_refused`` of the reference, over columns."""

from __future__ import annotations

import polars as pl

from policylang.auditor.columns import codes
from policylang.auditor.columns.codes import YES, Case, choose, is_reason
from policylang.auditor.columns.conditions import Conditions
from policylang.auditor.columns.counting import Counting
from policylang.auditor.columns.deadlines import base
from policylang.auditor.columns.knowledge import Knowledge
from policylang.auditor.columns.layout import KNOWN, NOT_DONE, UNREADABLE, VAGUE
from policylang.auditor.columns.verdict import NO_DAY, Verdict
from policylang.auditor.duty import REFUSALS, Duty
from policylang.auditor.refused import GROUND
from policylang.casebook.words import NO


def signs_of_refusal(case: Knowledge, stage: int) -> pl.Expr:
    """Whether something speaks for a refusal at a stage of which no day is recorded
    (:func:`policylang.auditor.refused.signs_of_refusal`)."""
    return case.sheet.keep(("signs of refusal", stage), lambda: _signs(case, stage))


def was_refused(case: Knowledge, stage: int) -> pl.Expr:
    """Whether a complaint was refused at a stage, on whatever day (:func:`policylang.auditor.refused.was_refused`)."""
    done = case.day(REFUSALS[stage]).done.fill_null(False)
    return pl.when(done | _grounds(case, stage)).then(YES).when(~signs_of_refusal(case, stage)).then(codes.NO)


def _signs(case: Knowledge, stage: int) -> pl.Expr:
    return (case.state(REFUSALS[stage]) == UNREADABLE) | _grounds(case, stage)


def _grounds(case: Knowledge, stage: int) -> pl.Expr:
    if not case.has(GROUND):
        return codes.NO
    said, other = case.state(REFUSALS[stage]), case.state(REFUSALS[3 - stage])
    escalated = case.state("escalation_requested").is_in([KNOWN, VAGUE])
    ground = pl.col(GROUND).is_not_null() & ~_denies(pl.col(GROUND)) & (escalated if stage == 2 else ~escalated)
    undated = ~said.is_in([KNOWN, VAGUE, NOT_DONE]) & ~other.is_in([KNOWN, VAGUE])
    return case.sheet.keep(("ground of refusal", stage), lambda: ground & undated)


def _denies(text: pl.Expr) -> pl.Expr:
    return text.str.strip_chars().str.strip_chars_end(".*!: ").str.to_lowercase().is_in(sorted(NO))


def not_refused(duty: Duty, case: Knowledge, count: Counting, conditions: Conditions) -> Verdict:
    """No refusal, but on a ground that the document gives; with a clock, of what was asked for in time."""
    assert duty.event is not None
    root, refused = case.day(duty.root), case.day(duty.event)
    cases: list[Case] = [(root.done.is_null(), "trigger-unknown")]
    window = None
    if duty.clock is not None:
        window = base(duty.clock, case, count)
        inside = (root.last <= window.span.first).fill_null(False)
        cases += [
            (window.never, "clock-not-started"),
            (window.fault.is_not_null(), window.fault),
            (root.first > window.span.last, "after-window"),
            (~inside & refused.done.fill_null(True), "start-unknown"),
        ]
    grounds = [conditions.allow(ground.conditions) for ground in duty.grounds]
    allowed = [YES if ground is None else ground for ground in grounds]
    permitted = pl.any_horizontal(allowed) if allowed else codes.NO  # true if any is, unknown if any may be
    cases += [
        (refused.done.is_null(), "deed-unknown"),
        (~refused.done, "not-done-as-required"),
        (permitted, "excused"),
        (permitted.is_null(), "ground-unknown"),
    ]
    code = case.sheet.keep(("refused", duty, count.key), lambda: choose(*cases, otherwise="refused"))
    if window is None:
        return Verdict(code, NO_DAY, NO_DAY)
    return Verdict(code, pl.when(is_reason(code, "after-window")).then(window.span.last), NO_DAY)
