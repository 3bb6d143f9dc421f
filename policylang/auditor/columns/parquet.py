"""From Parquet files of cases to a Parquet file of outcomes and its totals, batch by batch.

However many cases there are, only a few batches of them are in memory at a time.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Protocol

import polars as pl
from polars.io.plugins import register_io_source

from policylang.auditor.columns.ahead import ahead
from policylang.auditor.columns.codes import NAMES, RESULTS
from policylang.auditor.columns.compile import Column
from policylang.auditor.columns.tally import Tally, groups

BATCH = 150_000
"""Cases judged at a time: fewer, and the expressions themselves take their time; more, and the memory grows."""

AHEAD = 2
"""How many batches may be read before they are judged."""


class Judge(Protocol):
    """What judges batches: a :class:`policylang.auditor.columns.compile.CompiledAudit`, or what does more with them."""

    @property
    def as_at(self) -> date: ...
    @property
    def columns(self) -> tuple[Column, ...]: ...
    def inputs(self, cases: pl.DataFrame, /) -> frozenset[str]: ...
    def __call__(self, cases: pl.DataFrame, /) -> pl.DataFrame: ...


def audit_parquet(
    compiled: Judge,
    cases: Path | Sequence[Path],
    out: Path | None = None,
    *,
    by: str | None = None,
    batch: int = BATCH,
    progress: Callable[[int], None] | None = None,
) -> dict[str | None, Tally]:
    """Judge every case in Parquet files of the layout of :mod:`policylang.auditor.columns.layout`.

    The outcomes go to ``out``, in the order of the cases (for its columns see
    :class:`~policylang.auditor.columns.compile.CompiledAudit`; what they mean stands in the file's own metadata, under
    ``policylang``); with None they are counted only. The totals are returned under None, with ``by`` also apart for
    each value of that column. ``progress`` is called with the number of cases after each batch, in another thread where
    there is an ``out``. ``out`` is complete or not there. Raises ``ValueError`` for an empty list of files, ``OSError``
    and Polars' own errors for files that cannot be read or written.
    """
    files = [cases] if isinstance(cases, Path) else list(cases)
    if not files:
        raise ValueError("There is no file to read: give at least one.")
    # Names are taken as they are: a “[” or a “*” in one is no pattern.
    empty = pl.DataFrame(schema=pl.scan_parquet(files, glob=False).collect_schema())
    wanted = compiled.inputs(empty) | {by}
    names = [name for name in empty.columns if name in wanted]
    totals: dict[str | None, Tally] = {None: Tally(compiled.columns)}

    def judged() -> Iterator[pl.DataFrame]:
        for part in _batches(files, names, batch):
            found = compiled(part)
            totals[None].add(found)
            if by is not None:
                for value, rows in groups(found, part[by]):
                    if value is not None:
                        totals.setdefault(value, Tally(compiled.columns)).add(rows)
            if progress is not None:
                progress(part.height)
            yield found

    if out is None:
        for _ in judged():
            pass
        return totals
    unfinished = out.with_name(f"{out.name}.part")

    def batches(
        with_columns: list[str] | None, predicate: pl.Expr | None, n_rows: int | None, batch_size: int | None
    ) -> Iterator[pl.DataFrame]:
        yield from ahead(judged())  # judging goes on while what is judged is written

    try:
        whole = register_io_source(batches, schema=compiled(empty).schema)
        whole.sink_parquet(unfinished, compression="lz4", statistics=False, metadata={"policylang": legend(compiled)})
        unfinished.replace(out)
    finally:
        unfinished.unlink(missing_ok=True)
    return totals


def _batches(files: Sequence[Path], names: Sequence[str], size: int) -> Iterator[pl.DataFrame]:
    """The cases in order, so many at a time. Left alone, the reader runs ahead by as much as a whole file."""
    for file in files:
        source = pl.scan_parquet(file, glob=False).select(names)
        number, read = source.select(pl.len()).collect().item(), 0
        for start in range(0, number, AHEAD * size):
            for part in source.slice(start, AHEAD * size).collect_batches(chunk_size=size, maintain_order=True):
                if not part.is_empty():
                    read += part.height
                    yield part
        if read != number:  # a reader that panics over a damaged page ends as if there were no more
            message = f"{file.name} is damaged: it says that it holds {number:,} cases, and {read:,} could be read"
            raise pl.exceptions.ComputeError(message)


def legend(compiled: Judge) -> str:
    """What the columns and codes of an outcomes file mean, as JSON."""
    duties = [
        {
            "columns": column.place,
            "document": column.duty.document,
            "provision": column.duty.provision,
            "clauses": list(column.duty.clauses),
            "duty": column.duty.name,
            "stage": column.duty.stage,
        }
        for column in compiled.columns
    ]
    return json.dumps(
        {
            "as_at": compiled.as_at.isoformat(),
            "duties": duties,
            "outcomes": {place: result.value for place, result in enumerate(RESULTS)},
            "reasons": dict(sorted(NAMES.items())),
        },
        ensure_ascii=False,
        sort_keys=True,
    )
