"""The two replays side by side: every duty on every case by the reference, and by columns."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from itertools import chain

from policylang.auditor.audit import groups_of, working_calendar
from policylang.auditor.columns.codes import NAMES, RESULTS
from policylang.auditor.columns.compile import CompiledAudit
from policylang.auditor.columns.layout import columns_of
from policylang.auditor.counting import counter
from policylang.auditor.duties import duties
from policylang.auditor.duty import Duty
from policylang.auditor.knowledge import Knowledge
from policylang.auditor.not_governed import rule_out
from policylang.auditor.outcome import Result
from policylang.auditor.replay_reference import rule
from policylang.auditor.settings import Settings
from policylang.casebook.cases import Case
from policylang.model.document import Document

Key = tuple[str, str, str | None, str]
Told = tuple[str, str, date | None, int | None]


def by_reference(
    policy: Document | Sequence[Document],
    codes: Sequence[Document],
    cases: Sequence[Case],
    as_at: date,
    settings: Settings,
) -> dict[Key, Told]:
    """Outcome, reason, due date and lateness of every duty that judges a case; without the words, for speed."""
    found: dict[Key, Told] = {}
    groups = groups_of(policy, codes, settings)
    calendars = {d.id: working_calendar(d, settings) for group in groups for d in group.documents}
    for case in cases:
        known = Knowledge(case, as_at, settings)
        for group in groups:
            governing = group.governing(case, as_at)
            for duty in duties(governing.document):
                key = (case.reference, duty.document, duty.provision, duty.name)
                if governing.reason:
                    out = rule_out(duty, known, calendars[duty.document], governing)[0]
                    found[key] = (out.result.value, out.reason, out.due, None)
                    continue
                clock = duty.clock
                count = counter(
                    calendars[duty.document],
                    settings.day_one,
                    clock.bare_days if clock else None,
                    clock.hours_per_day if clock else None,
                )
                ruling = rule(duty, known, count)
                late = ruling.late if ruling.result is Result.BREACHED and ruling.within is not None else None
                found[key] = (ruling.result.value, ruling.reason, ruling.due, late)
    return found


def by_columns(compiled: CompiledAudit, cases: Sequence[Case], names: Sequence[str]) -> dict[Key, Told]:
    """The same, from the compiled function."""
    judged = compiled(columns_of(cases, names))
    found: dict[Key, Told] = {}
    references = judged["reference"].to_list()
    for column in compiled.columns:
        values = [
            judged[column.name(what)].to_list() if what in column.outputs else [None] * len(references)
            for what in ("outcome", "reason", "due", "late")
        ]
        duty = column.duty
        for reference, outcome, reason, due, late in zip(references, *values, strict=True):
            if reason is not None:
                told = (RESULTS[outcome].value, NAMES[reason], due, late)
                found[reference, duty.document, duty.provision, duty.name] = told
    return found


def left_out(compiled: CompiledAudit) -> set[tuple[str, str | None, str]]:
    """The duties that the columns leave to the reference."""
    return {(duty.document, duty.provision, duty.name) for duty, _ in compiled.not_compiled}


def disagreements(
    reference: dict[Key, Told], columns: dict[Key, Told], left: set[tuple[str, str | None, str]]
) -> list[tuple[Key, Told | None, Told | None]]:
    """Every duty on a case of which the two say different things, or of which only one says anything."""
    keys = dict.fromkeys(chain(reference, columns))
    return [
        (key, reference.get(key), columns.get(key))
        for key in keys
        if key[1:] not in left and reference.get(key) != columns.get(key)
    ]


def forms(found: Sequence[Duty]) -> set[tuple[str, bool, bool, bool]]:
    """What kinds of duty there are: the kind, whether it has conditions, an extension, a guard."""
    return {
        (duty.kind.value, bool(duty.conditions), duty.extension is not None, bool(duty.clock and duty.clock.guard))
        for duty in found
    }
