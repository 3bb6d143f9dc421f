"""What an audit counted, as tables for other programs: the outcomes as Parquet, the divisions and open cases as CSV."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Sequence
from typing import Any

from policylang.auditor.audit import AuditResult
from policylang.auditor.by_column import Division
from policylang.auditor.open_cases import OpenCases
from policylang.auditor.outcome import Outcome, Result
from policylang.evidence.outcomes_csv import OUTCOME_COLUMNS
from policylang.evidence.safe_text import for_csv

DIVISION_COLUMNS = (
    "column", "value", "cases", "duty", "source", "document", "provision", "clauses", "stage", "timed",
    *(result.value for result in Result), "share", "low", "high",
)  # fmt: skip
OPEN_COLUMNS = (
    "case", "stage", "waiting_since", "age", "overdue_by", "what", "duty", "source", "document", "provision", "clauses",
    "due", "overdue", "late_by", "late_unit",
)  # fmt: skip

_LISTS = ("clauses", "cells", "skipped")
_MARK = "\x1f"  # the unit separator, which no text that people write holds


def division_csv(divisions: Iterable[Division]) -> bytes:
    """One row a value and duty; a value that the log does not record is empty, as in every other cell."""
    return _csv(DIVISION_COLUMNS, (row for division in divisions for row in division.rows))


def open_csv(found: OpenCases) -> bytes:
    """One row for everything that is due or overdue on an open case, cases in their order; one for a case without."""
    rows = []
    for case in found.cases:
        mine = case.record()
        whole = {name: mine[name] for name in ("case", "stage", "waiting_since", "age", "overdue_by")}
        rows += [{**whole, "what": "waiting", **step} for step in (*mine["overdue"], *mine["next"])] or [
            {**whole, "what": "waiting"}
        ]
    rows += [{"case": name, "what": "not known whether open"} for name in found.unknown]
    return _csv(OPEN_COLUMNS, rows)


def outcomes_parquet(outcomes: Iterable[Outcome], result: AuditResult) -> bytes:
    """One row an outcome, with the columns of the CSV; dates are dates, numbers numbers, lists lists.

    The file's own metadata says under ``policylang`` as at which day, by which documents and conventions it was judged.
    """
    import polars as pl

    types: dict[str, Any] = dict.fromkeys(OUTCOME_COLUMNS, pl.String) | {"verified": pl.Boolean}
    types |= {"start": pl.Date, "due": pl.Date, "actual": pl.Date, "stage": pl.Int8, "late_by": pl.Int32}
    columns: dict[str, list[Any]] = {name: [] for name in OUTCOME_COLUMNS}
    for outcome in outcomes:
        for name, value in zip(OUTCOME_COLUMNS, _values(outcome), strict=True):
            columns[name].append(value)
    # Joined and taken apart again: polars takes twenty times as long over lists of Python's own.
    parts = [
        pl.when(pl.col(name) == "").then(pl.lit([], pl.List(pl.String))).otherwise(pl.col(name).str.split(_MARK))
        for name in _LISTS
    ]
    joined = [pl.Series(name, columns[name], types[name]) for name in OUTCOME_COLUMNS]
    table = pl.DataFrame(joined).with_columns(part.alias(name) for name, part in zip(_LISTS, parts, strict=True))
    about = {
        "as_at": result.as_at.isoformat(),
        "documents": [document.id for document in result.documents.values()],
        "day_one": result.settings.day_one,
        "not_done": sorted(result.settings.not_done),
        "any_date": result.settings.any_date,
    }
    out = io.BytesIO()
    table.write_parquet(out, metadata={"policylang": json.dumps(about, ensure_ascii=False, sort_keys=True)})
    return out.getvalue()


def _values(o: Outcome) -> tuple[Any, ...]:
    """The values of :data:`policylang.evidence.outcomes_csv.OUTCOME_COLUMNS`, those of lists joined."""
    late = (o.late.by, o.late.unit) if o.late else (None, None)
    skipped = [f"{day.isoformat()} {why}" for day, why in o.skipped]
    clauses, cells, days = (_MARK.join(part.replace(_MARK, " ") for part in p) for p in (o.clauses, o.cells, skipped))
    head = (o.case, o.duty, o.source, o.document, o.provision, clauses, o.stage, o.action, o.result.value)
    return (*head, o.reason, o.start, o.due, o.actual, *late, o.why, o.repair, cells, days, o.verified)


def _csv(columns: Sequence[str], rows: Iterable[dict[str, Any]]) -> bytes:
    """UTF-8 with the mark by which Excel knows it, text never a formula, lists joined, yes or no for a truth."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(columns)
    for row in rows:
        writer.writerow([_cell(row.get(name)) for name in columns])
    return out.getvalue().encode("utf-8-sig")


def _cell(value: object) -> object:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list):
        value = "; ".join(map(str, value))
    return for_csv(value) if isinstance(value, str) else value
