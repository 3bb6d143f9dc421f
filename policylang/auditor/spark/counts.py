"""Counts on their way through Spark: rows that workers send, which Spark adds up and the driver makes totals of."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from policylang.auditor.columns.tally import Tally

SCHEMA = "what string, by string, value string, file int, place int, code int, number long"
"""A row of counts. ``what`` is

- ``cases``: so many cases, with this ``value`` of the column ``by`` (null and null for all cases);
- ``outcomes``: so often the duty at ``place`` came to the reason ``code``, with this ``value`` of that column;
- ``open``, ``maybe-open``, ``behind``, ``overdue``, ``due``: see :class:`policylang.auditor.spark.watching.Watch`, with
  the day as ``code``;
- ``file``: so many cases in the file of this number; ``columns``: the facts it has columns for, as ``value``;
- ``layout``, ``failed`` and ``values``: the file could not be judged, and ``value`` says why.
"""

Row = tuple[str, str | None, str | None, int | None, int | None, int | None, int]


def rows_of(by: str | None, totals: Mapping[str | None, Tally]) -> Iterable[Row]:
    """The rows of the totals of one task, of all cases or by the values of a column."""
    for value, tally in totals.items():
        yield "cases", by, value, None, None, None, tally.cases
        for (place, code), number in tally.counts.items():
            if number:
                yield "outcomes", by, value, None, place, code, number


def to_arrow(rows: Iterable[Row]) -> Any:
    """The rows as a record batch."""
    import pyarrow as pa

    kinds = (pa.string(), pa.string(), pa.string(), pa.int32(), pa.int32(), pa.int32(), pa.int64())
    names = [part.split()[0] for part in SCHEMA.split(", ")]
    columns = list(zip(*rows, strict=True)) or [() for _ in names]
    return pa.RecordBatch.from_arrays([pa.array(c, k) for c, k in zip(columns, kinds, strict=True)], names)


def added_up(rows: Any) -> list[Row]:
    """An RDD of rows added up by Spark; what comes back is as long as the totals are, however many cases there are."""
    parts = max(1, min(rows.getNumPartitions(), rows.context.defaultParallelism))
    found = rows.map(lambda row: (row[:-1], row[-1])).reduceByKey(lambda one, other: one + other, parts).collect()
    return [(*key, number) for key, number in found]


def added_up_dataframe(rows: Any) -> list[Row]:
    """The same of a DataFrame of rows."""
    from pyspark.sql import functions

    keys = [part.split()[0] for part in SCHEMA.split(", ")][:-1]
    return [tuple(row) for row in rows.groupBy(*keys).agg(functions.sum("number")).collect()]
