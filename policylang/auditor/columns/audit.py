"""The columnar replay as the engine of an audit: every duty on every case judged at once, and what came of it counted.

The words of an outcome, and the outcome itself, are made by the reference for whoever asks (:mod:`.ledger`).
"""

from __future__ import annotations

from dataclasses import replace

from policylang.auditor.audit import Judged, Work, by_reference
from policylang.auditor.case_by_case import Noted
from policylang.auditor.columns.compile import compile_groups
from policylang.auditor.columns.layout import columns_of, recorded
from policylang.auditor.columns.ledger import Block, Ledger, told
from policylang.auditor.columns.standing import count_standing
from policylang.auditor.columns.undecided import note
from policylang.auditor.counting import counter_of
from policylang.auditor.standing import Standing
from policylang.casebook.cases import Case, EntryState

AT_ONCE = 10_000
"""Cases that are judged at once."""


def by_columns(work: Work) -> Judged:
    """The engine that judges by columns. Where a document has a duty that columns cannot judge exactly as the reference
    does, the reference judges everything."""
    compiled = compile_groups(work.groups, work.calendars, work.as_at, work.settings)
    if compiled.not_compiled:
        return by_reference(work)
    judging = _judging(work)  # a duty of any other document comes up in no case
    arising = [column for column in compiled.columns if column.duty.document in judging]
    compiled = replace(compiled, columns=tuple(replace(column, place=n) for n, column in enumerate(arising)))
    counts = {
        column.place: counter_of(column.duty, work.calendars[column.duty.document], work.settings.day_one)
        for column in compiled.columns
    }
    cases = work.casebook.cases
    ledger = Ledger(compiled.columns, counts, cases, work.groups, work.calendars, work.as_at, work.settings)
    judged = Judged(ledger, Noted(), Standing())
    names = recorded(cases)
    wanted = [name for column in compiled.columns for name in told(column)]
    for first in range(0, len(cases), AT_ONCE):
        batch = cases[first : first + AT_ONCE]
        columns = columns_of(batch, names)
        block = Block(first, compiled(columns).select(wanted))
        ledger.blocks.append(block)
        note(ledger, block, judged.noted)
        count_standing(judged.standing, columns, work.as_at, work.settings)
        work.progress(len(batch))
    return judged


def _judging(work: Work) -> set[str]:
    """The documents under which any case is shown."""
    days: dict[int, Case] = {}
    unknown: list[Case] = []
    for case in work.casebook.cases:
        received = case.unplaced("received")
        if received.state in (EntryState.KNOWN, EntryState.VAGUE):
            days.setdefault(id(received), case)  # those of one day share the entry
        else:
            unknown.append(case)
    cases = (*days.values(), *unknown)
    return {group.governing(case, work.as_at).document.id for group in work.groups for case in cases}
