"""How many outcomes two ways of counting days tell apart, by columns: what counts no days is not judged at all."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import polars as pl

from policylang.auditor.columns.codes import RESULTS
from policylang.auditor.columns.compile import CompiledAudit, compile_audit
from policylang.auditor.columns.layout import columns_of, recorded
from policylang.auditor.outcome import Result
from policylang.auditor.settings import Settings
from policylang.casebook.cases import Case
from policylang.model.document import Document

_AT_ONCE = 5_000


def recounted_by_columns(
    policy: Document | Sequence[Document] | None,
    codes: Sequence[Document],
    cases: Sequence[Case],
    as_at: date,
    one: Settings,
    other: Settings,
) -> Counter[tuple[Result, Result]] | None:
    """How many outcomes differ under two settings, by both results. None where columns cannot judge every duty exactly
    as the reference does."""
    audits = [_counting_days(compile_audit(policy, codes, as_at, settings)) for settings in (one, other)]
    if any(audit.not_compiled for audit in audits):
        return None
    found: Counter[tuple[Result, Result]] = Counter()
    names = recorded(cases)
    for first in range(0, len(cases), _AT_ONCE):
        batch = columns_of(cases[first : first + _AT_ONCE], names)
        now, then = (audit(batch) for audit in audits)
        for name in (column.name("outcome") for column in audits[0].columns):
            both = pl.DataFrame({"now": now.get_column(name), "then": then.get_column(name)})
            for a, b, number in both.filter(pl.col("now") != pl.col("then")).group_by("now", "then").len().iter_rows():
                found[RESULTS[a], RESULTS[b]] += number
    return found


def _counting_days(audit: CompiledAudit) -> CompiledAudit:
    return replace(audit, columns=tuple(column for column in audit.columns if column.duty.counts_days), _sheets={})
