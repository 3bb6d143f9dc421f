"""Cases in a Spark DataFrame, wherever it comes from: their rows go through the compiled function in Arrow batches."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

from policylang.auditor.spark import faults
from policylang.auditor.spark.counts import SCHEMA, added_up_dataframe, to_arrow
from policylang.auditor.spark.expected import faults_of, in_words, kinds_of_spark, wanted
from policylang.auditor.spark.figures import Figures, figures_of
from policylang.auditor.spark.session import check_installed
from policylang.findings.problem import Problem

if TYPE_CHECKING:
    import polars as pl

    from policylang.auditor.columns.compile import CompiledAudit


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
    return _mapped(_chosen(cases, compiled), lambda batches: outcomes_of(batches, compiled), schema)


def count_dataframe(cases: Any, compiled: CompiledAudit, *, by: Sequence[str] = (), opened: bool = False) -> Figures:
    """How often each duty came to each reason, counted where the rows are and added up by Spark. ``by`` counts apart
    for each value of these columns too (``month`` is the month of receipt), ``opened`` what is open.

    Raises :class:`Problem` as :func:`audit_dataframe` does, and for a column of too many values.
    """
    chosen = _chosen(cases, compiled, by, opened=opened)
    counts = _mapped(chosen, lambda batches: counts_of(batches, compiled, by, opened=opened), SCHEMA)
    rows = added_up_dataframe(counts)
    for what, _, value, *_ in rows:
        if what == "values":
            from policylang.auditor.spark.watching import VALUES

            raise faults.too_many_values(value or "", VALUES)
    return figures_of(rows, compiled)


def outcomes_of(batches: Iterator[Any], compiled: CompiledAudit) -> Iterator[Any]:
    """Run by a worker: Arrow batches of cases to Arrow batches of outcomes."""
    import polars as pl
    import pyarrow as pa

    kinds = {"string": pa.string(), "short": pa.int16(), "date": pa.date32(), "int": pa.int32()}
    schema = pa.schema([(name, kinds[kind]) for name, kind in _fields(compiled)])
    for part in _frames(batches):
        table = compiled(part).to_arrow(compat_level=pl.CompatLevel.oldest())
        yield from table.select(schema.names).cast(schema).to_batches()


def counts_of(
    batches: Iterator[Any], compiled: CompiledAudit, by: Sequence[str] = (), *, opened: bool = False
) -> Iterator[Any]:
    """Run by a worker: Arrow batches of cases to one batch of their counts."""
    from policylang.auditor.spark.watching import TooManyValues, Watch

    watch = Watch(compiled, by, opened=opened)
    try:
        for part in _frames(batches):
            watch(part)
    except TooManyValues as column:
        yield to_arrow([("values", None, str(column), None, None, None, 1)])
        return
    yield to_arrow(watch.rows())


def _chosen(cases: Any, compiled: CompiledAudit, by: Sequence[str] = (), *, opened: bool = False) -> Any:
    """The cases with no more columns than the figures rest on: what is not sent costs nothing."""
    import polars as pl

    from policylang.auditor.spark.watching import MONTH, Watch

    check_installed("pyspark", "pyarrow", "pandas")  # pyspark's mapInArrow will not start without pandas
    kinds = kinds_of_spark(cases.schema)
    wrong = faults_of(kinds)
    wrong += [f"there is no column “{name}” to count by" for name in by if name != MONTH and name not in kinds]
    if wrong:
        raise Problem(faults.not_in_layout(None, in_words(wrong)))
    empty = pl.DataFrame(schema=[name for name in kinds if name in wanted() or name in by])
    looked_at = Watch(compiled, by, opened=opened).inputs(empty)
    return cases.select([f"`{name}`" for name in kinds if name in looked_at])


def _mapped(cases: Any, work: Callable[[Iterator[Any]], Iterator[Any]], schema: str) -> Any:
    try:
        return cases.mapInArrow(work, schema)
    except ImportError as error:  # pandas or pyarrow is older than this pyspark can use
        raise faults.not_loaded("pandas or pyarrow", str(error)) from error


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
