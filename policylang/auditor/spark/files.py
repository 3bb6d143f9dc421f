"""Cases in Parquet files on storage that the workers share: each task reads one file and writes its outcomes.

No case passes through Spark itself: it hands out the numbers of the files, and gets counts back.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from policylang.auditor.spark import faults
from policylang.auditor.spark.counts import Row, added_up, rows_of
from policylang.auditor.spark.figures import Figures, figures_of
from policylang.findings.finding import Finding
from policylang.findings.problem import Problem

if TYPE_CHECKING:
    from policylang.auditor.columns.compile import CompiledAudit
    from policylang.auditor.columns.tally import Tally


@dataclass(frozen=True)
class FilesJudged:
    """The figures, the cases that each file held, and the facts of a case record that each has columns for."""

    figures: Figures
    files: dict[Path, int]
    columns: dict[Path, frozenset[str]] = field(default_factory=dict)

    @property
    def totals(self) -> Tally:
        """The counts of all cases."""
        return self.figures.whole

    def lacking(self) -> dict[Path, tuple[str, ...]]:
        """The files that lack columns which others have, each with the facts that it has no column for."""
        every = frozenset[str]().union(*self.columns.values())
        return {file: tuple(sorted(every - held)) for file, held in self.columns.items() if every - held}


def outcomes_name(place: int, file: Path) -> str:
    """What the outcomes of the file at a place are called: numbered, for two folders may hold files of one name."""
    return f"{place:05}-{file.stem}.outcomes.parquet"


def audit_files(
    spark: Any,
    compiled: CompiledAudit,
    files: Sequence[Path],
    out: Path | None = None,
    *,
    by: Sequence[str] = (),
    opened: bool = False,
    only: Collection[int] = (),
) -> FilesJudged:
    """Judge the cases in these files, each in a task of its own with
    :func:`policylang.auditor.columns.parquet.audit_parquet`, which says what the outcomes look like.

    The names must be good on every worker. The outcomes of each file go into the folder ``out``, which is there, under
    :func:`outcomes_name`; with None they are counted only. ``by``, ``opened`` and ``only`` are those of
    :class:`policylang.auditor.spark.watching.Watch`. Raises ``ValueError`` for an empty list and for a file given
    twice, and :class:`Problem` with a finding for every file that could not be judged, or for a column of too many
    values; what was written of the others by then is the caller's to remove.
    """
    if not files:
        raise ValueError("There is no file to read: give at least one.")
    if len(set(files)) < len(files):
        raise ValueError("A file is given twice, and its cases would be counted twice.")
    names = [str(file) for file in files]
    folder = None if out is None else str(out)
    asked = {"by": tuple(by), "opened": opened, "only": tuple(only)}

    # Broadcast, it is unpacked once for each worker, and keeps the expressions it has made from task to task.
    shared = spark.sparkContext.broadcast(compiled)

    def task(place: int) -> list[Row]:
        return list(_judge(shared.value, place, Path(names[place]), folder, asked))

    places = spark.sparkContext.parallelize(range(len(names)), len(names))  # a file is a task
    rows = added_up(places.flatMap(task))
    _raise_faults(rows, names)
    held = {place: number for what, _, _, place, _, _, number in rows if what == "file"}
    columns = {place: value or "" for what, _, value, place, _, _, _ in rows if what == "columns"}
    return FilesJudged(
        figures_of(rows, compiled),
        {file: held[place] for place, file in enumerate(files)},
        {file: frozenset(columns[place].split()) for place, file in enumerate(files)},
    )


def _raise_faults(rows: Sequence[Row], names: Sequence[str]) -> None:
    """Raises a finding for every file that could not be judged, in the order of the files."""
    from policylang.auditor.spark.watching import VALUES

    made: dict[str, Callable[[str, str], Finding]] = {"layout": faults.not_in_layout, "failed": faults.not_judged}
    failed = sorted(
        (place or 0, made[what](names[place or 0], value or ""))
        for what, _, value, place, _, _, _ in rows
        if what in made
    )
    if failed:
        raise Problem(finding for _, finding in failed)
    for what, _, value, _, _, _, _ in rows:
        if what == "values":
            raise faults.too_many_values(value or "", VALUES)


def _judge(compiled: CompiledAudit, place: int, file: Path, out: str | None, asked: dict[str, Any]) -> Iterator[Row]:
    """Run by a worker: the file read, judged and its outcomes written; the rows of its counts, or what is wrong."""
    import polars as pl

    from policylang.auditor.columns.parquet import audit_parquet
    from policylang.auditor.spark.expected import faults_of, in_words, kinds_of_polars, recorded
    from policylang.auditor.spark.watching import TooManyValues, Watch

    watch = Watch(compiled, **asked) if any(asked.values()) else None
    try:
        schema = pl.scan_parquet(file, glob=False).collect_schema()
        wrong = faults_of(kinds_of_polars(schema))
        if wrong:
            yield "layout", None, in_words(wrong), place, None, None, 1
            return
        written = None if out is None else Path(out) / outcomes_name(place, file)
        # Spark may run a task twice at a time: each attempt writes a file of its own, and the last one whole stays.
        draft = written and written.with_name(f".{written.name}.{os.urandom(4).hex()}")
        totals = audit_parquet(watch or compiled, file, draft)
        if draft and written:
            os.replace(draft, written)
    except TooManyValues as column:
        yield "values", None, str(column), place, None, None, 1
        return
    except (OSError, MemoryError, pl.exceptions.PolarsError, pl.exceptions.PanicException) as error:
        # A panic is what Polars comes to over some damaged files; it is no Exception.
        yield "failed", None, _why(error), place, None, None, 1
        return
    rows = list(watch.rows() if watch else rows_of(None, totals))
    yield "file", None, None, place, None, None, watch.whole.cases if watch else totals[None].cases
    yield "columns", None, " ".join(recorded(schema)), place, None, None, 1
    yield from rows


def _why(error: BaseException) -> str:
    if isinstance(error, MemoryError):
        return "the worker has too little memory for it"
    if isinstance(error, OSError):
        return error.strerror or str(error)
    # What a panic says is about the reader's own program.
    return str(error) if isinstance(error, Exception) else "it is damaged, and its reader gave up over it"
