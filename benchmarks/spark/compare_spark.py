"""The same cases by the columnar replay in one process and on Spark: identical outcomes, and what Spark costs.

    python benchmarks/spark/compare_spark.py --folder cases/ --cases 1000000 --master "local[2]"

The cases are those of benchmarks/make_cases.py in eight files; the duties those of the Code of 2024. Both read the
files, judge, write the outcomes (lz4) and count them. The outcomes of each file are compared by a hash over all cells,
in the order of the references. Starting Spark is timed apart: it is the same for one case and for a hundred million.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import shutil
import sys
import time
from datetime import date
from importlib.util import find_spec
from pathlib import Path

sys.path[:0] = [str(Path(__file__).parents[2]), str(Path(__file__).parents[1])]
FILES = 8


def digest(path: Path) -> str:
    """A hash over every cell of an outcomes file, its rows in the order of their references."""
    import polars as pl

    frame = pl.read_parquet(path).sort("reference")
    found = hashlib.sha256()
    for series in frame:
        found.update(f"{series.name} {series.dtype}".encode())
        found.update(series.hash(seed=1).to_numpy().tobytes())
    return found.hexdigest()


def processor_seconds() -> float:
    """What this process and all that it started have used so far; on Linux only (elsewhere 0)."""
    parents: dict[int, int] = {}
    used: dict[int, float] = {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = stat.read_text(encoding="utf-8", errors="replace").rpartition(")")[2].split()
        except OSError:  # it ended meanwhile
            continue
        number = int(stat.parent.name)
        parents[number], used[number] = int(fields[1]), sum(map(int, fields[11:15])) / os.sysconf("SC_CLK_TCK")
    ours = {os.getpid()}
    while more := {number for number, parent in parents.items() if parent in ours} - ours:
        ours |= more
    return sum(used.get(number, 0.0) for number in ours)


def main() -> None:
    """One run of each contender."""
    import polars as pl
    from make_cases import make

    from policylang.auditor.columns.compile import compile_audit
    from policylang.auditor.columns.parquet import audit_parquet
    from policylang.auditor.spark.dataframes import count_dataframe
    from policylang.auditor.spark.files import audit_files, outcomes_name
    from policylang.auditor.spark.session import session
    from policylang.model.library import load_code

    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--folder", type=Path, required=True)
    parser.add_argument("--cases", type=int, default=1_000_000)
    parser.add_argument("--master", default="local[2]")
    given = parser.parse_args()

    files = []
    for place in range(FILES):
        path = given.folder / f"cases-{given.cases}-{place}.parquet"
        given.folder.mkdir(parents=True, exist_ok=True)
        if not path.exists():
            make(given.cases // FILES, seed=place).write_parquet(path)
        files.append(path)
    code = load_code("housing-ombudsman-2024").document
    assert code is not None
    compiled = compile_audit(None, [code], date(2026, 6, 30))
    outs = {name: given.folder / name for name in ("by-columns", "on-spark")}
    for out in outs.values():
        shutil.rmtree(out, ignore_errors=True)
        out.mkdir()
    times: dict[str, float] = {}
    cpu: dict[str, float] = {}

    start, used = time.perf_counter(), processor_seconds()
    here = [
        audit_parquet(compiled, file, outs["by-columns"] / outcomes_name(place, file))[None]
        for place, file in enumerate(files)
    ]
    times["columns, one process"] = time.perf_counter() - start
    cpu["columns, one process"] = processor_seconds() - used
    start, used = time.perf_counter(), processor_seconds()
    with session(given.master) as spark:
        times["starting Spark"] = time.perf_counter() - start
        cpu["starting Spark"] = processor_seconds() - used
        start, used = time.perf_counter(), processor_seconds()
        judged = audit_files(spark, compiled, files, outs["on-spark"])
        times["Spark, by file names"] = time.perf_counter() - start
        cpu["Spark, by file names"] = processor_seconds() - used
        start, used = time.perf_counter(), processor_seconds()
        more = audit_files(spark, compiled, files, by=["month"], opened=True)
        times["by month and open, not written"] = time.perf_counter() - start
        cpu["by month and open, not written"] = processor_seconds() - used
        assert list(more.totals.reasons()) == list(judged.totals.reasons()), "The totals differ."
        if find_spec("pandas"):
            start, used = time.perf_counter(), processor_seconds()
            counted = count_dataframe(spark.read.parquet(*map(str, files)), compiled)
            times["Spark, a DataFrame, counted only"] = time.perf_counter() - start
            cpu["Spark, a DataFrame, counted only"] = processor_seconds() - used
            assert list(counted.whole.reasons()) == list(judged.totals.reasons()), "The DataFrame's totals differ."
    whole = sum(here[1:], start=here[0])
    assert list(whole.reasons()) == list(judged.totals.reasons()), "The totals differ."
    for place, file in enumerate(files):
        one, other = (digest(out / outcomes_name(place, file)) for out in outs.values())
        assert one == other, f"The outcomes of {file.name} differ."
    duties, cases = len(compiled.columns), judged.totals.cases
    print(f"{cases:,} cases, {duties} duties, {FILES} files, {given.master}, {os.cpu_count()} cores, Polars "
          f"{pl.__version__}: outcomes and totals identical")  # fmt: skip
    for name, seconds in times.items():
        print(f"{name:36} {seconds:7.1f} s {cpu[name]:9.1f} s of processor time")
    cost = [(took["Spark, by file names"] - took["columns, one process"]) / cases * 1e6 for took in (times, cpu)]
    print(f"{'overhead per million cases':36} {cost[0]:7.1f} s {cost[1]:9.1f} s, without starting Spark")


if __name__ == "__main__":
    main()
