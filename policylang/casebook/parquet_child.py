"""The child's side of reading a Parquet file: its columns as text, some thousands of rows at a time.

Run by ``guarded.frames`` only. Frames: ``J`` the columns and what was left out, ``A`` rows as an Arrow stream,
``E`` the name of what stopped the reading and its particulars.
"""

from __future__ import annotations

import io
import json
import sys
from typing import TYPE_CHECKING, Any

from policylang.casebook import limits
from policylang.casebook.guarded import END, send

if TYPE_CHECKING:
    import polars as pl

_ROWS = 5_000
ZONE = "Europe/London"
"""A moment that carries a time zone is a day of this one: a letter of 00:30 British Summer Time is of that day."""


def main() -> None:
    """Send the file named by the first argument; ``"columns"`` as the second stops after the columns."""
    import polars as pl

    try:
        _send_file(pl, sys.argv[1], only_columns="columns" in sys.argv[2:])
    except Exception:
        # Polars has one error for each way in which a file can be wrong, and none of them is for the user's eyes.
        _stopped("damaged", 0)
    send(END)


def _send_file(pl: Any, path: str, *, only_columns: bool) -> None:
    # Nothing in the file's name is a pattern, and no folder's name is a column.
    whole = pl.scan_parquet(path, glob=False, hive_partitioning=False)
    schema = whole.collect_schema()
    rows = whole.select(pl.len()).collect().item()
    if len(schema) > limits.COLUMNS:
        _stopped("columns", len(schema))
        return
    kinds = [(name, kind_of(dtype)) for name, dtype in schema.items()]
    send(b"J", json.dumps({"columns": kinds, "rows": rows}).encode("utf-8"))
    if only_columns:
        return
    taken = [(n, name, schema[name], kind) for n, (name, kind) in enumerate(kinds) if kind != "other"]
    texts = [as_text(pl.col(name), dtype, kind).alias(str(n)) for n, name, dtype, kind in taken]
    for start in range(0, rows, _ROWS):
        batch = whole.slice(start, _ROWS).select(texts).collect()
        if _longest(batch) > limits.CELL_CHARACTERS:
            _stopped("cell", 0)
            return
        held = io.BytesIO()
        batch.write_ipc_stream(held)
        send(b"A", held.getvalue())


def _stopped(why: str, number: int) -> None:
    send(b"E", json.dumps([why, number]).encode("utf-8"))


def kind_of(dtype: pl.DataType) -> str:
    """What a column holds: ``date``, ``moment``, ``time``, ``answer``, ``number``, ``text``, or ``other``."""
    import polars as pl

    if dtype == pl.Date:
        return "date"
    if dtype == pl.Datetime:
        return "moment"
    if dtype == pl.Time:
        return "time"
    if dtype == pl.Boolean:
        return "answer"
    if dtype.is_numeric():
        return "number"
    if dtype in (pl.String, pl.Categorical, pl.Enum):
        return "text"
    # A column of type Null has nothing in it; lists, structures and bytes are nothing that a log's cell can hold.
    return "text" if dtype == pl.Null else "other"


def as_text(column: pl.Expr, dtype: pl.DataType, kind: str) -> pl.Expr:
    """The column as text that says all of it: dates year first, moments to the minute, numbers in full."""
    import polars as pl

    if kind == "moment":
        zone = getattr(dtype, "time_zone", None)
        column = column.dt.convert_time_zone(ZONE) if zone else column
        return column.dt.to_string("%Y-%m-%d %H:%M:%S")
    if kind == "date":
        return column.dt.to_string("%Y-%m-%d")
    if kind == "number" and dtype.is_float():
        # Data frames write a missing number as NaN.
        return column.fill_nan(None).cast(pl.String)
    return column.cast(pl.String)


def _longest(batch: pl.DataFrame) -> int:
    import polars as pl

    longest = batch.select(pl.all().str.len_chars().max()).row(0) if batch.width else ()
    return max((int(n) for n in longest if n is not None), default=0)
