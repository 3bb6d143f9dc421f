"""Where every case of a batch stands: :mod:`policylang.auditor.standing` over columns."""

from __future__ import annotations

from datetime import date

import polars as pl

from policylang.auditor.columns.knowledge import Knowledge
from policylang.auditor.columns.refusals import was_refused
from policylang.auditor.columns.sheet import Sheet
from policylang.auditor.columns.tables import EPOCH
from policylang.auditor.duty import ROOTS
from policylang.auditor.settings import Settings
from policylang.auditor.standing import ANSWERS, Standing

_ESCALATED = "escalated"


def stand(sheet: Sheet, case: Knowledge) -> None:
    """Adds to a sheet, for each stage, the columns ``open 1``, ``maybe open 1`` and ``since 1`` (a day number)."""
    for stage, root in ROOTS.items():
        begun, answered = case.day(root), case.day(ANSWERS[stage]).done
        refused = was_refused(case, stage)
        ends = (answered, refused, case.day("closed").done)
        going = ~pl.any_horizontal(end.fill_null(False) for end in ends) & begun.done.fill_null(True)
        is_open = begun.done.is_not_null() & answered.is_not_null() & refused.is_not_null()
        sheet.output(f"open {stage}", going & is_open)
        sheet.output(f"maybe open {stage}", going & ~is_open)
        sheet.output(f"since {stage}", begun.exact.cast(pl.Int32))


def count_standing(standing: Standing, cases: pl.DataFrame, as_at: date, settings: Settings) -> None:
    """Adds the cases of a batch to those that are counted."""
    sheet = Sheet(frozenset(cases.columns))
    case = Knowledge(sheet, as_at, settings)
    sheet.output(_ESCALATED, case.day("escalation_requested").done)
    stand(sheet, case)
    seen = sheet.run(cases)
    for done, number in seen[_ESCALATED].value_counts().iter_rows():
        standing.escalated[done] += number
    for stage, mine in standing.waiting.items():
        mine.unknown += int(seen[f"maybe open {stage}"].sum())
        for day, number in seen.filter(pl.col(f"open {stage}"))[f"since {stage}"].value_counts().iter_rows():
            mine.since[None if day is None else date.fromordinal(EPOCH + day)] += number
