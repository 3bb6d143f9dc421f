"""How long the evidence and the audit of a log take: `python benchmarks/evidence/measure.py [CASES] [ROUNDS]`.

Makes a log of CASES rows (default 10,000) and assesses it in a process of its own, start-up included, ROUNDS times
(default 3), with the memory that takes; and audits it as often, by columns and case by case. The least time counts, as
anything else on the machine only ever adds to it.
"""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import time
from datetime import date
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory

ROOT = Path(__file__).resolve().parents[2]
POLICY = ROOT / "policies" / "connect-housing.policy"
AS_AT = "2026-09-30"


def one(folder: Path) -> None:
    """One assessment in this process; prints its stages as JSON."""
    marks = [("start", time.perf_counter(), time.process_time())]

    def mark(name: str) -> None:
        marks.append((name, time.perf_counter(), time.process_time()))

    from policylang.evidence.assess import assess
    from policylang.evidence.gather import gather

    mark("starting")
    log = folder / "log.xlsx"
    run = gather(POLICY, log, as_at=date.fromisoformat(AS_AT), mapping=folder / "log.mapping.yaml")
    mark("checking, reading and judging")
    made = assess(run)
    mark("form, workbook, report, Board paper, outcomes")
    made.write_into(folder)
    mark("writing")
    stages = [(name, wall - before[1], cpu - before[2]) for before, (name, wall, cpu) in pairwise(marks)]
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps({"stages": stages, "outcomes": len(run.outcomes), "peak_mb": peak}))


def main() -> None:
    """Make the log, assess it several times, print the best."""
    cases = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    rounds = int(sys.argv[2]) if len(sys.argv) > 2 else 3
    with TemporaryDirectory() as name:
        folder = Path(name)
        make = [sys.executable, str(ROOT / "cli.py"), "example", "cases", "--seed", "7", "--rows", str(cases)]
        subprocess.run([*make, "--out", str(folder / "log.xlsx")], check=True, capture_output=True)
        found = []
        for _ in range(rounds):
            began = time.perf_counter()
            done = subprocess.run(
                [sys.executable, __file__, "--one", name], check=True, capture_output=True, text=True, cwd=ROOT
            )
            found.append((time.perf_counter() - began, json.loads(done.stdout)))
        audited = {e: min(audit(folder, e) for _ in range(rounds)) for e in ("columns", "reference")}
    wall, best = min(found, key=lambda pair: pair[0])
    cpu = sum(stage[2] for stage in best["stages"])
    print(f"{cases:,} cases, {best['outcomes']:,} outcomes: {wall:.1f} s, {cpu:.1f} s of processor time, "
          f"{best['peak_mb']:.0f} MB at most")  # fmt: skip
    for stage, seconds, processor in best["stages"]:
        print(f"  {stage:48}{seconds:7.1f} s{processor:7.1f} s of processor time")
    for engine, (seconds, processor) in audited.items():
        print(f"policylang audit, as text, --engine {engine}: {seconds:.1f} s, {processor:.1f} s of processor time")


def audit(folder: Path, engine: str) -> tuple[float, float]:
    """One whole `policylang audit` of the log, its text thrown away: seconds by the clock and of the processor."""
    call = [sys.executable, str(ROOT / "cli.py"), "audit", str(POLICY), str(folder / "log.xlsx"), "--as-at", AS_AT]
    before, began = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    done = subprocess.run(
        [*call, "--map", str(folder / "log.mapping.yaml"), "--engine", engine], check=False, capture_output=True
    )
    seconds, after = time.perf_counter() - began, resource.getrusage(resource.RUSAGE_CHILDREN)
    assert done.returncode == 1, done.stderr
    return seconds, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


if __name__ == "__main__":
    sys.path.insert(0, str(ROOT))
    one(Path(sys.argv[2])) if sys.argv[1:2] == ["--one"] else main()
