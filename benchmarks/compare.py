"""Compares the columnar replay with the same duties by hand, in SQL, and by the reference, on the same cases.

    python benchmarks/compare.py                        # 100,000 and 1,000,000 cases
    python benchmarks/compare.py --cases 10000000 --only columns,hand --rounds 1

Needs ``pip install -e '.[dev]' duckdb``. Every contender reads the same Parquet files and writes every outcome, reason,
due date and lateness to a Parquet file, and counts them by duty. Each runs in a process of its own, in turn, round
after round, so that a busy machine slows all of them alike; the best of the rounds counts. First it is checked that
all of them agree in every cell.
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
import tempfile
import time
from collections import Counter
from datetime import date
from pathlib import Path

HERE = Path(__file__).parent
sys.path[:0] = [str(HERE), str(HERE.parent)]

AS_AT = date(2026, 6, 30)
EDITION = "housing-ombudsman-2024"
CONTENDERS = ("columns", "hand", "sql", "reference")
SAMPLE = 2_000  # cases for the reference, whose time is then scaled


def columns(cases: list[Path], out: Path) -> None:
    """The columnar replay."""
    from policylang.auditor.columns.parquet import audit_parquet

    audit_parquet(_compiled(), cases, out)


def hand(cases: list[Path], out: Path) -> None:
    """The duties by hand, in the same batches, with the same reading, writing and counting."""
    import by_hand
    import polars as pl

    from policylang.auditor.columns.parquet import audit_parquet

    compiled = _compiled()

    class ByHand:
        columns, as_at, inputs = compiled.columns, compiled.as_at, compiled.inputs

        def __call__(self, batch: pl.DataFrame) -> pl.DataFrame:
            return by_hand.judge(batch, AS_AT)

    audit_parquet(ByHand(), cases, out)  # type: ignore[arg-type]


def sql(cases: list[Path], out: Path) -> None:
    """The duties as one query; the counts as a second over what it wrote."""
    import by_sql
    import duckdb
    import polars as pl

    db = duckdb.connect()
    for name, values in by_sql.tables().items():
        days = pl.Series(range(by_sql.BEFORE, by_sql.BEFORE + len(values)), dtype=pl.Int32)
        table = pl.DataFrame({"day": days, "value": pl.Series(values, dtype=pl.Int32)}).to_arrow()
        db.register("given", table)
        db.execute(f"CREATE TABLE {name} AS SELECT * FROM given")
    files = ", ".join(f"'{path}'" for path in cases)
    query = by_sql.query(f"read_parquet([{files}])", AS_AT)
    db.execute("SET preserve_insertion_order = false")
    db.execute(f"COPY ({query}) TO '{out}' (FORMAT parquet, COMPRESSION lz4)")
    counts = ", ".join(f'histogram("{place}.reason")' for place in range(len(by_sql.DUTIES)))
    db.execute(f"SELECT {counts} FROM read_parquet('{out}')").fetchall()


def reference(cases: list[Path], out: Path) -> None:
    """The decisions of the reference, without their words, on a sample, counted; nothing is written.

    To make the cases that it judges out of the rows is timed as well, and apart; start-up and compiling are not.
    """
    import polars as pl

    from policylang.auditor.audit import groups_of, working_calendar
    from policylang.auditor.counting import counter
    from policylang.auditor.duties import duties
    from policylang.auditor.knowledge import Knowledge
    from policylang.auditor.replay_reference import rule
    from policylang.auditor.settings import Settings
    from policylang.model.library import load_code

    code = load_code(EDITION).document
    assert code is not None
    settings, counts = Settings(), Counter[tuple[str, str]]()
    calendar = working_calendar(code, settings)
    group = groups_of(None, [code], settings)[0]
    rows = pl.scan_parquet(cases).head(SAMPLE).collect()
    start = time.perf_counter(), time.process_time()
    made = _cases(rows)
    read = time.perf_counter(), time.process_time()
    for case in made:
        known = Knowledge(case, AS_AT, settings)
        if not group.governing(case, AS_AT).reason:
            for duty in duties(code):
                clock = duty.clock
                bare, hours = (clock.bare_days, clock.hours_per_day) if clock else (None, None)
                counts[duty.name, rule(duty, known, counter(calendar, False, bare, hours)).reason] += 1
    done = time.perf_counter(), time.process_time()
    took = {"wall": done[0] - start[0], "cpu": done[1] - start[1]}
    print(json.dumps({**took, "decisions": done[0] - read[0], "decisions cpu": done[1] - read[1]}))


def _cases(frame):  # type: ignore[no-untyped-def]
    from policylang.auditor.columns.layout import STATES
    from policylang.casebook.cases import Case, Entry, EntryState

    # "Not recorded" stands for two states; either means the same to the replay.
    states = {number: state for state, number in STATES.items() if state is not EntryState.NO_COLUMN}
    names = [name for name in frame.columns if f"{name}__state" in frame.columns]
    found = []
    for row in frame.iter_rows(named=True):
        entries = {name: Entry(states[row[f"{name}__state"]], row[name]) for name in names}
        for name in ("handler", "stage2_handler"):
            state = EntryState.BLANK if row[name] is None else EntryState.KNOWN
            entries[name] = Entry(state, row[name])
        found.append(Case(row["reference"], entries))
    return found


def _compiled():  # type: ignore[no-untyped-def]
    from policylang.auditor.columns.compile import compile_audit
    from policylang.model.library import load_code

    code = load_code(EDITION).document
    assert code is not None
    return compile_audit(None, [code], AS_AT)


def check(folder: Path) -> None:
    """That all contenders agree in every cell of 100,000 cases, and the columns with the reference on a sample."""
    import make_cases
    import polars as pl

    cases = make_cases.write(100_000, folder / "cases-100000")
    outs = {}
    for name, run in (("columns", columns), ("hand", hand), ("sql", sql)):
        outs[name] = folder / f"check-{name}.parquet"
        run(cases, outs[name])
    found = {name: pl.read_parquet(out).sort("reference") for name, out in outs.items()}
    for name in ("hand", "sql"):
        wrong = [c for c in found["columns"].columns if not found["columns"][c].equals(found[name][c])]
        if wrong:
            raise SystemExit(f"{name} differs in {wrong}")
    _check_reference(pl.read_parquet(cases).head(SAMPLE))
    print(f"columns, hand and sql agree in all {found['hand'].width} columns of {found['hand'].height:,} cases;")
    print(f"columns and reference in every outcome of {SAMPLE:,} cases")


def _check_reference(frame) -> None:  # type: ignore[no-untyped-def]
    from policylang.model.library import load_code
    from tests.auditor.columns.comparing import by_columns, by_reference, disagreements

    code, made, compiled = load_code(EDITION).document, _cases(frame), _compiled()
    assert code is not None
    told = by_reference([], [code], made, AS_AT, compiled.settings)
    if disagreements(told, by_columns(compiled, made, sorted(made[0].entries)), set()):
        raise SystemExit("columns and reference differ")


def measure(name: str, cases: list[Path], out: Path) -> dict[str, float]:
    """One run in a process of its own: seconds on the clock and of the processors, and the most memory."""
    call = [sys.executable, __file__, "--run", name, "--out", str(out), *map(str, cases)]
    done = subprocess.run(call, capture_output=True, text=True, encoding="utf-8", check=True)
    found: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return found


def run(name: str, cases: list[Path], out: Path) -> None:
    """What the process of its own does; the imports and the compiling are in the time."""
    start = time.perf_counter()
    {"columns": columns, "hand": hand, "sql": sql, "reference": reference}[name](cases, out)
    if name != "reference":
        used = resource.getrusage(resource.RUSAGE_SELF)
        # The most memory that this process held; Linux counts what it was forked from into the other figure.
        status = Path("/proc/self/status")
        held = status.read_text(encoding="utf-8").split("VmHWM:") if status.exists() else []
        peak = int(held[1].split()[0]) if len(held) > 1 else used.ru_maxrss
        took = {"wall": time.perf_counter() - start, "cpu": used.ru_utime + used.ru_stime}
        print(json.dumps({**took, "peak": peak / 1024}))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--cases", default="100000,1000000")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--only", default=",".join(CONTENDERS))
    parser.add_argument("--folder", type=Path, help="where the cases are kept for the next time")
    parser.add_argument("--no-check", action="store_true")
    parser.add_argument("--run", help=argparse.SUPPRESS)
    parser.add_argument("--out", type=Path, help=argparse.SUPPRESS)
    parser.add_argument("files", nargs="*", type=Path, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.run:
        run(given.run, given.files, given.out)
        return
    with tempfile.TemporaryDirectory() as temporary:
        folder = given.folder or Path(temporary)
        if not given.no_check:
            check(folder)
        import make_cases

        for number in map(int, given.cases.split(",")):
            cases = make_cases.write(number, folder / f"cases-{number}")
            rounds: dict[str, list[dict[str, float]]] = {name: [] for name in given.only.split(",")}
            for _ in range(given.rounds):
                for name, found in rounds.items():
                    found.append(measure(name, cases, folder / "outcomes.parquet"))
            report(number, rounds)


def report(number: int, rounds: dict[str, list[dict[str, float]]]) -> None:
    """The best of the rounds, and how many times slower than the columns in the same rounds."""
    from by_hand import DUTIES

    print(f"\n{number:,} cases x {len(DUTIES)} duties")
    print(f"{'':12}{'seconds':>10}{'cpu s':>10}{'ns/outcome':>12}{'peak MB':>10}{'x columns':>11}{'(cpu)':>8}")
    base = {what: min(found[what] for found in rounds["columns"]) for what in ("wall", "cpu")}
    for name, found in rounds.items():
        scale = number / SAMPLE if name == "reference" else 1.0
        wall, cpu = (min(one[what] for one in found) * scale for what in ("wall", "cpu"))
        peak = max(one.get("peak", 0) for one in found)
        each = wall / number / len(DUTIES) * 1e9
        shown = f"{peak:10,.0f}" if peak else f"{'-':>10}"
        against = f"{wall / base['wall']:11.2f}{cpu / base['cpu']:8.2f}"
        print(f"{name:12}{wall:10.2f}{cpu:10.2f}{each:12.1f}{shown}{against}")
        if name == "reference":
            wall, cpu = (min(one[what] for one in found) * scale for what in ("decisions", "decisions cpu"))
            each, against = wall / number / len(DUTIES) * 1e9, f"{wall / base['wall']:11.2f}{cpu / base['cpu']:8.2f}"
            print(f"{'  decisions':12}{wall:10.2f}{cpu:10.2f}{each:12.1f}{'-':>10}{against}")


if __name__ == "__main__":
    main()
