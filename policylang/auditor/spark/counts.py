"""Counts on their way through Spark: rows that workers send, which Spark adds up and the driver makes totals of."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from policylang.auditor.columns.compile import CompiledAudit
    from policylang.auditor.columns.tally import Tally

SCHEMA = "what string, value string, file int, place int, code int, number long"
"""A row of counts. ``what`` is

- ``cases``: so many cases, with this ``value`` of the column counted by (null for all cases);
- ``outcomes``: so often the duty at ``place`` came to the reason ``code``, with this ``value``;
- ``file``: so many cases in the file of this number;
- ``layout`` and ``failed``: the file could not be judged, and ``value`` says why.
"""

Row = tuple[str, str | None, int | None, int | None, int | None, int]


def rows_of(totals: Mapping[str | None, Tally]) -> Iterable[Row]:
    """The rows of the totals of one task."""
    for value, tally in totals.items():
        yield "cases", value, None, None, None, tally.cases
        for (place, code), number in tally.counts.items():
            if number:
                yield "outcomes", value, None, place, code, number


def to_arrow(rows: Iterable[Row]) -> Any:
    """The rows as a record batch."""
    import pyarrow as pa

    kinds = (pa.string(), pa.string(), pa.int32(), pa.int32(), pa.int32(), pa.int64())
    names = [part.split()[0] for part in SCHEMA.split(", ")]
    columns = list(zip(*rows, strict=True)) or [() for _ in names]
    return pa.RecordBatch.from_arrays([pa.array(c, k) for c, k in zip(columns, kinds, strict=True)], names)


def added_up(rows: Any) -> list[Row]:
    """An RDD of rows added up by Spark; what comes back is as long as the totals are, however many cases there are."""
    parts = max(1, min(rows.getNumPartitions(), rows.context.defaultParallelism))
    found = rows.map(lambda row: (row[:5], row[5])).reduceByKey(lambda one, other: one + other, parts).collect()
    return [(*key, number) for key, number in found]


def added_up_dataframe(rows: Any) -> list[Row]:
    """The same of a DataFrame of rows."""
    from pyspark.sql import functions

    keys = [part.split()[0] for part in SCHEMA.split(", ")][:5]
    return [tuple(row) for row in rows.groupBy(*keys).agg(functions.sum("number")).collect()]


def totals_of(rows: Iterable[Row], compiled: CompiledAudit) -> dict[str | None, Tally]:
    """The totals that added-up rows come to: of all cases under None, and of each value counted by."""
    from policylang.auditor.columns.tally import Tally

    cases: Counter[str | None] = Counter({None: 0})
    counts: dict[str | None, Counter[tuple[int, int]]] = {}
    for what, value, _, place, code, number in rows:
        if what == "cases":
            cases[value] += number
        elif what == "outcomes" and place is not None and code is not None:
            counts.setdefault(value, Counter())[place, code] += number
    values = sorted(cases, key=lambda value: (value is not None, value or ""))
    return {value: Tally(compiled.columns, cases[value], counts.get(value, Counter())) for value in values}
