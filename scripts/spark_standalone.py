"""Starts a standalone Spark master and worker on the loopback, runs an audit on them, compares it, and stops them.

    python scripts/spark_standalone.py                    # 20,000 cases in four files
    python scripts/spark_standalone.py --cases 1000000

Needs ``pip install -e '.[spark,dev]'`` and Java 17 or later. The audit is the command as a user types it, with
``--master spark://127.0.0.1:PORT``; the outcomes must be those of the columnar replay on this machine, cell for cell. A
second run has a master and no worker, and must end with the finding that says so. At the end no process of these may be
left (looked for on Linux only), nor a file where they keep their own.
"""

from __future__ import annotations

import argparse
import contextlib
import os
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import polars as pl

ROOT = Path(__file__).parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "benchmarks")]
AS_AT = "2026-06-30"
POLICY = ROOT / "policies" / "connect-housing.policy"
SCRATCH, MARK = "scratch", "POLICYLANG_STANDALONE"


def free_port() -> int:
    """A port that nothing listens on."""
    with contextlib.closing(socket.create_server(("127.0.0.1", 0))) as server:
        return int(server.getsockname()[1])


def surroundings(folder: Path) -> dict[str, str]:
    """The environment of every process here: on the loopback, its scratch files in a folder of ours, and marked."""
    scratch = folder / SCRATCH
    scratch.mkdir(exist_ok=True)
    own = {"TMPDIR": str(scratch), "SPARK_LOCAL_DIRS": str(scratch), "SPARK_LOCAL_IP": "127.0.0.1"}
    return {**os.environ, **own, MARK: str(folder), "PYSPARK_PYTHON": sys.executable}


def left_behind(folder: Path, seconds: float = 30) -> list[str]:
    """Processes and scratch files that are still there after so many seconds; some take a moment to end."""
    last = time.monotonic() + seconds
    while (found := [*_processes(folder), *(path.name for path in (folder / SCRATCH).iterdir())]) and (
        time.monotonic() < last
    ):
        time.sleep(0.5)
    return found


def _processes(folder: Path) -> Iterator[str]:
    mark = f"{MARK}={folder}".encode()
    for process in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):  # it has ended meanwhile, or is not ours
            if mark in (process / "environ").read_bytes().split(b"\0"):
                yield f"process {process.name}: {(process / 'comm').read_text().strip()}"


@contextlib.contextmanager
def running(what: str, *words: str, log: Path) -> Iterator[subprocess.Popen[bytes]]:
    """A part of Spark as a process of its own, ended with the block."""
    import pyspark

    home = Path(pyspark.__file__).parent
    command = [str(home / "bin" / "spark-class"), f"org.apache.spark.deploy.{what}", *words]
    environment = {**surroundings(log.parent), "PYTHONPATH": str(ROOT)}
    with log.open("wb") as out:
        process = subprocess.Popen(command, stdout=out, stderr=subprocess.STDOUT, env=environment)
    try:
        yield process
    finally:
        process.terminate()
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def until(text: str, log: Path, seconds: float = 120) -> None:
    """Waits until a log says something. Raises ``TimeoutError``."""
    last = time.monotonic() + seconds
    while text not in log.read_text(encoding="utf-8", errors="replace"):
        if time.monotonic() > last:
            raise TimeoutError(f"{log.name} did not come to “{text}”.")
        time.sleep(0.5)


def audit(master: str, cases: list[Path], out: Path) -> subprocess.CompletedProcess[str]:
    """The command, as a user types it."""
    files = [str(path) for path in cases]
    command = [sys.executable, str(ROOT / "cli.py"), "audit", str(POLICY), *files, "--as-at", AS_AT, "--any-date"]
    environment = surroundings(out.parent)
    return subprocess.run(
        [*command, "--engine", "spark", "--master", master, "--out", str(out)],
        capture_output=True, text=True, encoding="utf-8", env=environment, timeout=900, check=False,
    )  # fmt: skip


def compare(cases: list[Path], out: Path) -> int:
    """How many outcomes the workers wrote, having compared each with the columnar replay here."""
    import polars as pl

    from policylang.auditor.columns.compile import compile_audit
    from policylang.auditor.settings import Settings
    from policylang.auditor.spark.files import outcomes_name
    from policylang.model.library import editions, load_policy

    policy = load_policy(POLICY).document
    compiled = compile_audit(policy, editions(), date.fromisoformat(AS_AT), Settings(any_date=True))
    number = 0
    for place, path in enumerate(cases):
        wanted = compiled(pl.read_parquet(path))
        if not pl.read_parquet(out / outcomes_name(place, path)).equals(wanted):
            raise SystemExit(f"The outcomes of {path.name} are not those of the columnar replay.")
        number += sum(wanted[column.name("reason")].count() for column in compiled.columns)
    return number


def main() -> None:
    """Both runs."""
    from make_cases import make

    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--cases", type=int, default=20_000)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        both_runs(folder, given.cases, make)
        if left := left_behind(folder):
            raise SystemExit(f"Left behind: {'; '.join(left)}.")
    print("No process and no file of theirs is left.")


def both_runs(folder: Path, number: int, make: Callable[..., pl.DataFrame]) -> None:
    """The audit with a worker, whose outcomes are compared, and the one without."""
    cases = [folder / f"cases-{place}.parquet" for place in range(4)]
    for place, path in enumerate(cases):
        make(number // 4, seed=place).write_parquet(path)
    port, log = free_port(), folder / "master.log"
    master = f"spark://127.0.0.1:{port}"
    words = ("--host", "127.0.0.1", "--port", str(port), "--webui-port", "0")
    with running("master.Master", *words, log=log):
        until("Starting Spark master at", log)
        offer = ("--host", "127.0.0.1", "--cores", "2", "--memory", "2g", "--webui-port", "0")
        with running("worker.Worker", *offer, "--work-dir", str(folder / "work"), master, log=folder / "worker.log"):
            until("Successfully registered with master", folder / "worker.log")
            start = time.monotonic()
            found = audit(master, cases, folder / "outcomes")
            if found.returncode != 1:  # 1: breaches were found, and these cases have some
                raise SystemExit(f"The audit ended with {found.returncode}.\n{found.stdout}\n{found.stderr}")
            seconds = time.monotonic() - start
        compared = compare(cases, folder / "outcomes")
        print(f"{number:,} cases on {master}: {compared:,} outcomes, all as by columns here; {seconds:.1f} s in all.")
        alone = audit(master, cases, folder / "none")
        if alone.returncode != 2 or "no worker took up any work" not in alone.stderr or (folder / "none").exists():
            raise SystemExit(f"Without a worker the audit ended with {alone.returncode}.\n{alone.stderr}")
        print("Without a worker the audit ends with the finding that says so, and leaves nothing behind.")


if __name__ == "__main__":
    main()
