"""Cases in Parquet files on storage that the workers share: each task reads one file and writes its outcomes.

No case passes through Spark itself: it hands out the numbers of the files, and gets counts back.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from policylang.auditor.spark import faults
from policylang.auditor.spark.counts import Row, added_up, rows_of, totals_of
from policylang.findings.problem import Problem

if TYPE_CHECKING:
    from policylang.auditor.columns.compile import CompiledAudit
    from policylang.auditor.columns.tally import Tally


@dataclass(frozen=True)
class FilesJudged:
    """The totals (of all cases under None, and by each value counted by), and the cases that each file held."""

    totals: dict[str | None, Tally]
    files: dict[Path, int]


def outcomes_name(place: int, file: Path) -> str:
    """What the outcomes of the file at a place are called: numbered, for two folders may hold files of one name."""
    return f"{place:05}-{file.stem}.outcomes.parquet"


def audit_files(
    spark: Any, compiled: CompiledAudit, files: Sequence[Path], out: Path | None = None, *, by: str | None = None
) -> FilesJudged:
    """Judge the cases in these files, each in a task of its own with
    :func:`policylang.auditor.columns.parquet.audit_parquet`, which says what the outcomes look like.

    The names must be good on every worker. The outcomes of each file go into the folder ``out``, which is there, under
    :func:`outcomes_name`; with None they are counted only. ``by`` also counts apart for each value of that column.
    Raises ``ValueError`` for an empty list and for a file given twice, and :class:`Problem` with a finding for every
    file that could not be judged; what was written of the others by then is the caller's to remove.
    """
    if not files:
        raise ValueError("There is no file to read: give at least one.")
    if len(set(files)) < len(files):
        raise ValueError("A file is given twice, and its cases would be counted twice.")
    names = [str(file) for file in files]
    folder = None if out is None else str(out)

    # Broadcast, it is unpacked once for each worker, and keeps the expressions it has made from task to task.
    shared = spark.sparkContext.broadcast(compiled)

    def task(place: int) -> list[Row]:
        return list(_judge(shared.value, place, Path(names[place]), folder, by))

    places = spark.sparkContext.parallelize(range(len(names)), len(names))  # a file is a task
    rows = added_up(places.flatMap(task))
    failed = [
        (place or 0, faults.not_in_layout if what == "layout" else faults.not_judged, value or "")
        for what, value, place, _, _, _ in rows
        if what in ("layout", "failed")
    ]
    if failed:
        raise Problem(make(names[place], why) for place, make, why in sorted(failed, key=lambda one: one[0]))
    held = {place: number for what, _, place, _, _, number in rows if what == "file"}
    return FilesJudged(totals_of(rows, compiled), {file: held[place] for place, file in enumerate(files)})


def _judge(compiled: CompiledAudit, place: int, file: Path, out: str | None, by: str | None) -> Iterator[Row]:
    """Run by a worker: the file read, judged and its outcomes written; the rows of its counts, or what is wrong."""
    import polars as pl

    from policylang.auditor.columns.parquet import audit_parquet
    from policylang.auditor.spark.expected import faults_of, in_words, kinds_of_polars

    try:
        wrong = faults_of(kinds_of_polars(pl.read_parquet_schema(file)), by)
        if wrong:
            yield "layout", in_words(wrong), place, None, None, 1
            return
        written = None if out is None else Path(out) / outcomes_name(place, file)
        # Spark may run a task twice at a time: each attempt writes a file of its own, and the last one whole stays.
        draft = written and written.with_name(f".{written.name}.{os.urandom(4).hex()}")
        totals = audit_parquet(compiled, file, draft, by=by)
        if draft and written:
            os.replace(draft, written)
    except (OSError, pl.exceptions.PolarsError) as error:
        yield "failed", f"{type(error).__name__}: {error}", place, None, None, 1
        return
    yield "file", None, place, None, None, totals[None].cases
    yield from rows_of(totals)
