"""Cases in a Spark DataFrame, wherever it comes from: their rows go through the compiled function in Arrow batches."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from policylang.auditor.spark import faults
from policylang.auditor.spark.counts import SCHEMA, added_up_dataframe, rows_of, to_arrow, totals_of
from policylang.auditor.spark.expected import faults_of, in_words, kinds_of_spark, wanted
from policylang.auditor.spark.session import check_installed
from policylang.findings.problem import Problem

if TYPE_CHECKING:
    import polars as pl

    from policylang.auditor.columns.compile import CompiledAudit
    from policylang.auditor.columns.tally import Tally


GATHERED = 50_000
"""So many cases at least are judged at a time, where there are so many."""


def audit_dataframe(cases: Any, compiled: CompiledAudit) -> Any:
    """The outcomes of a DataFrame of cases, as a DataFrame: a row a case, in the columns of
    :class:`policylang.auditor.columns.compile.CompiledAudit` (its small numbers as short integers, for Spark has no
    unsigned ones). Nothing runs until the outcomes are used.

    The columns are those of :mod:`policylang.auditor.columns.layout`; others are left behind. Every outcome passes
    through Spark, some twenty seconds for a million cases of forty duties: use :func:`count_dataframe` where the
    figures are enough. Raises :class:`Problem` where the columns are not those of the layout, or a library is missing.
    """
    schema = ", ".join(f"`{name}` {kind}" for name, kind in _fields(compiled))
    return _chosen(cases, compiled).mapInArrow(lambda batches: outcomes_of(batches, compiled), schema)


def count_dataframe(cases: Any, compiled: CompiledAudit, *, by: str | None = None) -> dict[str | None, Tally]:
    """How often each duty came to each reason, counted where the rows are and added up by Spark: of all cases under
    None, with ``by`` also for each value of that column. Raises :class:`Problem` as :func:`audit_dataframe` does.
    """
    counts = _chosen(cases, compiled, by).mapInArrow(lambda batches: counts_of(batches, compiled, by), SCHEMA)
    return totals_of(added_up_dataframe(counts), compiled)


def outcomes_of(batches: Iterator[Any], compiled: CompiledAudit) -> Iterator[Any]:
    """Run by a worker: Arrow batches of cases to Arrow batches of outcomes."""
    import polars as pl
    import pyarrow as pa

    kinds = {"string": pa.string(), "short": pa.int16(), "date": pa.date32(), "int": pa.int32()}
    schema = pa.schema([(name, kinds[kind]) for name, kind in _fields(compiled)])
    for part in _frames(batches):
        table = compiled(part).to_arrow(compat_level=pl.CompatLevel.oldest())
        yield from table.select(schema.names).cast(schema).to_batches()


def counts_of(batches: Iterator[Any], compiled: CompiledAudit, by: str | None = None) -> Iterator[Any]:
    """Run by a worker: Arrow batches of cases to one batch of their counts."""
    from policylang.auditor.columns.tally import Tally, groups

    totals: dict[str | None, Tally] = {None: Tally(compiled.columns)}
    for part in _frames(batches):
        judged = compiled(part)
        totals[None].add(judged)
        for value, rows in groups(judged, part[by]) if by is not None else ():
            if value is not None:
                totals.setdefault(value, Tally(compiled.columns)).add(rows)
    yield to_arrow(rows_of(totals))


def _chosen(cases: Any, compiled: CompiledAudit, by: str | None = None) -> Any:
    """The cases with no more columns than the outcomes rest on: what is not sent costs nothing."""
    import polars as pl

    check_installed("pyspark", "pyarrow", "pandas")  # pyspark's mapInArrow will not start without pandas
    kinds = kinds_of_spark(cases.schema)
    wrong = faults_of(kinds, by)
    if wrong:
        raise Problem(faults.not_in_layout(None, in_words(wrong)))
    empty = pl.DataFrame(schema=[name for name in kinds if name in wanted()])
    looked_at = compiled.inputs(empty) | {by}
    return cases.select([f"`{name}`" for name in kinds if name in looked_at])


def _frames(batches: Iterator[Any]) -> Iterator[pl.DataFrame]:
    """Arrow batches as frames of the layout, some gathered into one: a small batch takes nearly as long as a large one.

    A state that is not a small number stops the work.
    """
    import polars as pl

    from policylang.auditor.columns.layout import is_state

    def frame(gathered: list[pl.DataFrame]) -> pl.DataFrame:
        whole = pl.concat(gathered)
        return whole.with_columns(pl.col(name).cast(pl.UInt8) for name in whole.columns if is_state(name))

    waiting: list[pl.DataFrame] = []
    for batch in batches:
        part = pl.from_arrow(batch)
        assert isinstance(part, pl.DataFrame)
        waiting.append(part)
        if sum(one.height for one in waiting) >= GATHERED:
            yield frame(waiting)
            waiting = []
    if any(one.height for one in waiting):
        yield frame(waiting)


def _fields(compiled: CompiledAudit) -> list[tuple[str, str]]:
    """The columns of the outcomes with their types in Spark."""
    kinds = {"outcome": "short", "reason": "short", "due": "date", "late": "int"}
    judged = [(column.name(what), kinds[what]) for column in compiled.columns for what in column.outputs]
    return [("reference", "string"), *judged]
