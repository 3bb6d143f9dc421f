"""Makes complaints cases as Parquet files, in the layout of policylang/auditor/columns/layout.py.

    python benchmarks/make_cases.py 1000000 cases/           # a folder with one file for every million cases

Every case is made up from a seed: dates that mostly follow one another and sometimes do not, one cell in twelve not
recorded or not readable, one case in five extended, one in four at stage 2. No date is vague: a housing system's export
has none. The same number and seed give the same cases.
"""

from __future__ import annotations

import argparse
from datetime import date
from pathlib import Path

import numpy as np
import polars as pl

from policylang.casebook.record import facts

FIRST, AS_AT = date(2024, 4, 1), date(2026, 6, 30)
A_FILE = 1_000_000
ROW_GROUP = 100_000
_DAYS = {
    # how long after what it follows, in days, and in how many cases it comes about
    "logged": ("received", 8, 0.97),
    "acknowledged": ("received", 9, 0.95),
    "extension_notified": ("received", 18, 0.2),
    "extended_to": ("received", 45, 0.18),
    "responded": ("received", 26, 0.93),
    "refused": ("received", 12, 0.02),
    "escalation_requested": ("responded", 30, 0.25),
    "stage2_logged": ("escalation_requested", 8, 0.97),
    "stage2_acknowledged": ("escalation_requested", 9, 0.95),
    "stage2_extension_notified": ("escalation_requested", 35, 0.15),
    "stage2_extended_to": ("escalation_requested", 70, 0.13),
    "stage2_responded": ("escalation_requested", 36, 0.9),
    "escalation_refused": ("escalation_requested", 12, 0.03),
    "closed": ("responded", 30, 0.8),
}
_UNSAID, _KNOWN, _NOT_DONE, _UNREADABLE = range(4)


def make(number: int, seed: int) -> pl.DataFrame:
    """So many cases of a seed."""
    random = np.random.default_rng(seed)
    span = (AS_AT - FIRST).days
    epoch = (FIRST - date(1970, 1, 1)).days
    received = epoch + random.integers(0, span, number)
    days = {"received": received.astype(np.int32)}
    came = {"received": np.ones(number, dtype=bool)}
    columns: dict[str, pl.Series] = {"reference": pl.Series(np.arange(number), dtype=pl.Int64).cast(pl.String)}
    for name, (after, usual, share) in _DAYS.items():
        days[name] = (days[after] + random.gamma(3.0, usual / 3.0, number)).astype(np.int32)
        came[name] = came[after] & (random.random(number) < share) & (days[name] <= epoch + span + 30)
    for name, happened in came.items():
        dirt = random.random(number)
        state = np.where(happened, _KNOWN, _NOT_DONE)
        state = np.where(dirt < 0.05, _UNSAID, np.where(dirt < 0.08, _UNREADABLE, state)).astype(np.uint8)
        columns[name] = _where(state, pl.Series(days[name]).cast(pl.Date))
        columns[f"{name}__state"] = pl.Series(state)
    for name, fact in facts().items():
        if fact.kind == "flag":
            dirt = random.random(number)
            state = np.where(dirt < 0.05, _UNSAID, np.where(dirt < 0.08, _UNREADABLE, _KNOWN)).astype(np.uint8)
            columns[name] = _where(state, pl.Series(random.random(number) < 0.92))
            columns[f"{name}__state"] = pl.Series(state)
    for name in ("handler", "stage2_handler"):
        officers = pl.Series(random.integers(1, 200, number)).cast(pl.String)
        columns[name] = _where((random.random(number) < 0.95).astype(np.uint8), "Officer " + officers)
    return pl.DataFrame([series.alias(name) for name, series in columns.items()])


def _where(state: np.ndarray, values: pl.Series) -> pl.Series:
    frame = pl.DataFrame({"state": state, "value": values})
    return frame.select(pl.when(pl.col("state") == _KNOWN).then(pl.col("value")))["value"]


def write(number: int, folder: Path, seed: int = 1) -> list[Path]:
    """So many cases into files of a folder; what is there already is made again only if a file is missing."""
    folder.mkdir(parents=True, exist_ok=True)
    paths = []
    for place, start in enumerate(range(0, number, A_FILE)):
        path = folder / f"cases-{place:03d}.parquet"
        if not path.exists():
            part = make(min(A_FILE, number - start), seed + place)
            part.write_parquet(path, row_group_size=ROW_GROUP)
        paths.append(path)
    return paths


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("number", type=int)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    for path in write(given.number, given.folder, given.seed):
        print(path)
