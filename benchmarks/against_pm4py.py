"""One timed check, the columnar replay against pm4py: was each complaint acknowledged within a time of its receipt?

    python -m venv /tmp/pm4py-venv
    /tmp/pm4py-venv/bin/pip install pm4py
    python benchmarks/against_pm4py.py --pm4py /tmp/pm4py-venv/bin/python --cases 100000

pm4py is a library for process mining under the AGPL. It is no dependency of ours and must not become one; it has an
environment of its own, and in_pm4py.py is what runs there. Both are given the same events, each in memory and in the
form that it works on (a log of events in pandas; a row for each case in Polars), and both must find the same cases
late; so refusals, after which nothing is owed, are left out for both. Reading is timed apart. pm4py sees only the two
events that matter, which spares it all other pairs.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
import time
from datetime import date, timedelta
from pathlib import Path

HERE = Path(__file__).parent
sys.path[:0] = [str(HERE), str(HERE.parent)]

import make_cases  # noqa: E402
import polars as pl  # noqa: E402

from policylang.auditor.columns.codes import NUMBERS  # noqa: E402
from policylang.auditor.columns.compile import CompiledAudit, compile_audit  # noqa: E402
from policylang.model.calendar import load_calendar  # noqa: E402
from policylang.model.library import load_text  # noqa: E402

AS_AT = date(2026, 6, 30)
CHECKS = {"calendar": "7 calendar days", "working": "5 working days"}
POLICY = """policy "One check".
stage 1 "Stage 1":
  must acknowledge within {within} of receipt.
"""
EVENTS = [name for name in make_cases._DAYS if not name.endswith(("extended_to", "refused"))]


def log(cases: pl.DataFrame) -> pl.DataFrame:
    """The events in rows, as they stood on the as-at date.

    A complaint is taken to come at the end of its day and all else at the beginning: so the time between two events has
    as many days as are counted, and the last of them is not over when the time is up.
    """
    rows = [
        cases.filter(pl.col(name) <= AS_AT).select(
            "reference", event=pl.lit(name), day=pl.col(name).cast(pl.Datetime("us"))
        )
        for name in ("received", *EVENTS)
    ]
    end = pl.col("day") + pl.when(pl.col("event") == "received").then(timedelta(days=1)).otherwise(timedelta())
    return pl.concat(rows).with_columns(day=end).sort("reference", "day")


def ours(within: str) -> CompiledAudit:
    policy = load_text(POLICY.format(within=within)).document
    assert policy is not None
    compiled = compile_audit(policy, [], AS_AT)
    assert len(compiled.columns) == 1
    return compiled


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pm4py", type=Path, required=True, help="the python of an environment that has pm4py")
    parser.add_argument("--cases", type=int, default=100_000)
    parser.add_argument("--rounds", type=int, default=3)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        files = make_cases.write(given.cases, folder / "cases")
        events = log(pl.read_parquet(files))
        events.write_csv(folder / "log.csv")
        calendar = load_calendar("england-and-wales")
        days = [calendar.first + timedelta(days=n) for n in range(len(calendar.ordinals))]
        closed = [day.isoformat() for day in days if day.weekday() < 5 and not calendar.is_working(day)]
        (folder / "holidays.json").write_text(json.dumps(closed), encoding="utf-8")
        call = [str(given.pm4py), str(HERE / "in_pm4py.py"), str(folder), str(given.rounds)]
        subprocess.run(call, check=True)
        theirs = json.loads((folder / "found.json").read_text(encoding="utf-8"))
        print(f"{given.cases:,} cases, {events.height:,} events, pm4py {theirs['version']}\n")
        print(f"{'':34}{'late':>9}{'pm4py cpu s':>13}{'ours cpu s':>12}{'times':>8}")
        for name, within in CHECKS.items():
            compiled = ours(within)
            read, judged, cases = [], [], pl.DataFrame()
            for _ in range(given.rounds):
                start = time.process_time()
                source = pl.scan_parquet(files).drop("refused", "refused__state")
                wanted = compiled.inputs(pl.DataFrame(schema=source.collect_schema()))
                cases = source.select(sorted(wanted)).collect()
                read.append(time.process_time() - start)
            for _ in range(given.rounds + 2):
                start = time.process_time()
                made = compiled(cases)
                judged.append(time.process_time() - start)
            late = made.filter(pl.col("0.reason") == NUMBERS["late"])["reference"].to_list()
            for way, told in theirs["checks"][name].items():
                if sorted(told["late"]) != sorted(late):
                    raise SystemExit(f"{way} and the columns differ over {set(told['late']) ^ set(late)}")
                shown = f"{within}, {way}"
                print(f"{shown:34}{len(late):9,}{told['cpu']:13.2f}{min(judged):12.4f}{told['cpu'] / min(judged):8.0f}")
            print(f"{'  reading':34}{'':9}{theirs['read']:13.2f}{min(read):12.4f}{theirs['read'] / min(read):8.0f}")


if __name__ == "__main__":
    main()
