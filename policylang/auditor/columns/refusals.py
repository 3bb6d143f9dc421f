"""A refusal that is forbidden, or allowed on certain grounds only: ``_not_refused`` of the reference, over columns."""

from __future__ import annotations

import polars as pl

from policylang.auditor.columns.codes import NO, YES, Case, choose, is_reason
from policylang.auditor.columns.conditions import Conditions
from policylang.auditor.columns.counting import Counting
from policylang.auditor.columns.deadlines import base
from policylang.auditor.columns.knowledge import Knowledge
from policylang.auditor.columns.verdict import NO_DAY, Verdict
from policylang.auditor.duty import Duty


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
    permitted = pl.any_horizontal(allowed) if allowed else NO  # true if any is, unknown if any may be
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
