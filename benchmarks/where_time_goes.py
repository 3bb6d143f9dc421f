"""Where the time of the columnar replay goes, stage by stage, as a table and a picture; and what the floor is.

    python benchmarks/where_time_goes.py --cases 1000000

Seconds of the processors, best of the rounds, each stage by itself in one process and one after the other. What kinds
of duties have in common (the facts, the clocks) counts with the first that needs it. The floor is what nobody gets
below: to read the bytes of the files and do nothing with them, and one subtraction of two days and one comparison of
the result for each outcome.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

HERE = Path(__file__).parent
sys.path[:0] = [str(HERE), str(HERE.parent)]

if TYPE_CHECKING:
    import polars as pl

KINDS = {
    "what letters say": ("content",),
    "who decided, refusals": ("different-person", "not-refused"),
    "deadlines": ("timed",),
    "extensions": ("extension-notified", "extension-limit"),
}
FLOOR = ("floor: the bytes", "floor: Polars", "floor: numpy")
PICTURE = HERE / "where-time-goes.svg"


class Clock:
    """Seconds of the processors by stage, in their order; the least of several."""

    def __init__(self) -> None:
        self.took: dict[str, float] = {}

    @contextmanager
    def of(self, stage: str) -> Iterator[None]:
        start = time.process_time()
        yield
        took = time.process_time() - start
        self.took[stage] = min(took, self.took.get(stage, took))

    def best(self, stage: str, rounds: int, work: Callable[[], object]) -> None:
        for _ in range(rounds):
            with self.of(stage):
                work()


def measure(number: int, folder: Path, rounds: int) -> tuple[dict[str, float], int]:
    """The stages, and how many duties there were. What can be done but once in a process is measured once."""
    clock = Clock()
    with clock.of("start: Polars"):
        import polars as pl
    with clock.of("start: the package"):
        from policylang.auditor.columns.compile import compile_audit
        from policylang.auditor.columns.parquet import BATCH, _batches
        from policylang.auditor.columns.tally import Tally
        from policylang.model.library import load_code
    import compare
    import make_cases

    files = make_cases.write(number, folder / f"cases-{number}")
    with clock.of("read the Code"):
        code = load_code(compare.EDITION).document
    assert code is not None
    empty = pl.DataFrame(schema=pl.scan_parquet(files).collect_schema())
    with clock.of("compile"):
        compiled = compile_audit(None, [code], compare.AS_AT)
        wanted = compiled.inputs(empty)
    names = [name for name in empty.columns if name in wanted]

    parts: list[pl.DataFrame] = []

    def read() -> None:
        parts[:] = _batches(files, names, BATCH)

    clock.best("read", rounds, read)
    before, so_far = 0.0, list[str]()
    for shown, kinds in KINDS.items():
        so_far += kinds
        some = replace(compiled, columns=tuple(c for c in compiled.columns if c.duty.kind.value in so_far), _sheets={})
        some(parts[0])  # its expressions are made the first time
        clock.best(f"judge: {shown}", rounds, lambda some=some: [some(part) for part in parts])
        whole = clock.took[f"judge: {shown}"]
        clock.took[f"judge: {shown}"], before = max(0.0, whole - before), max(before, whole)
    judged = [compiled(part) for part in parts]

    def count() -> None:
        tally = Tally(compiled.columns)
        for part in judged:
            tally.add(part)

    clock.best("count", rounds, count)
    outcomes = pl.concat(judged, rechunk=False).lazy()
    clock.best(
        "write", rounds, lambda: outcomes.sink_parquet(folder / "o.parquet", compression="lz4", statistics=False)
    )
    _floor(clock, rounds, files, parts, len(compiled.columns))
    return clock.took, len(compiled.columns)


def _floor(clock: Clock, rounds: int, files: list[Path], parts: list[pl.DataFrame], duties: int) -> None:
    import numpy as np
    import polars as pl

    def the_bytes() -> None:
        for file in files:
            with file.open("rb") as source:
                while source.read(1 << 20):
                    pass

    clock.best(FLOOR[0], rounds, the_bytes)
    days = [part.select(pl.col("received", "closed").cast(pl.Int32)) for part in parts]
    each = [((pl.col("closed") - pl.col("received")) > n).alias(str(n)) for n in range(duties)]
    clock.best(FLOOR[1], rounds, lambda: [part.select(each) for part in days])
    arrays = [(part["received"].fill_null(0).to_numpy(), part["closed"].fill_null(0).to_numpy()) for part in days]

    def in_numpy() -> None:
        for received, closed in arrays:
            between, late = np.empty_like(closed), np.empty(len(closed), dtype=bool)
            for n in range(duties):
                np.subtract(closed, received, out=between)
                np.greater(between, n, out=late)

    clock.best(FLOOR[2], rounds, in_numpy)


def picture(took: dict[str, float], number: int, duties: int) -> str:
    """A bar for each stage, one under the other, each beginning where the one before it ends."""
    from policylang.evidence.pictures.svg import INK, MUTED, element, label, line, rect

    stages = {name: seconds for name, seconds in took.items() if name not in FLOOR}
    whole = sum(stages.values())
    left, width, row, top = 210, 520, 26, 64
    height = top + row * len(took) + 64
    title = f"Where {whole:.1f} seconds go: {number:,} cases x {duties} duties"
    parts = [
        element("title", {}, title),
        element("desc", {}, "; ".join(f"{name} {seconds:.2f} s" for name, seconds in took.items())),
        rect(0, 0, left + width + 110, height, "#ffffff"),
        label(16, 28, title, 17),
        label(16, 48, "Seconds of the processors; each stage begins where the one before it ends.", 13, fill=MUTED),
    ]
    reached, y = 0.0, top
    for name, seconds in took.items():
        start = 0.0 if name in FLOOR else reached
        x, long = left + start / whole * width, max(1.0, seconds / whole * width)
        fill = "#ffffff" if name in FLOOR else "#3d6a8a" if name.startswith("judge") else "#8fa9bb"
        parts += [
            label(left - 10, y + 17, name, 13, "end"),
            rect(x, y + 4, long, row - 8, fill, stroke=INK),
            label(x + long + 6, y + 17, f"{seconds:.2f} s", 13),
        ]
        reached, y = (reached, y + row) if name in FLOOR else (reached + seconds, y + row)
    parts.append(line(left, top, left, y, MUTED))
    parts.append(label(16, y + 26, "Dark: judging. Light: all else. Open: what nobody gets below.", 13, fill=MUTED))
    size = {"width": left + width + 110, "height": height, "viewBox": f"0 0 {left + width + 110} {height}"}
    return element("svg", {"xmlns": "http://www.w3.org/2000/svg", "role": "img", **size, **FONT}, *parts) + "\n"


FONT = {"font-family": "Segoe UI, Helvetica, Arial, sans-serif"}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--cases", type=int, default=1_000_000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--folder", type=Path, help="where the cases are kept for the next time")
    parser.add_argument("--picture", type=Path, default=PICTURE)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        took, duties = measure(given.cases, given.folder or Path(temporary), given.rounds)
    whole = sum(seconds for name, seconds in took.items() if name not in FLOOR)
    print("| stage | cpu s | share | ns per outcome |\n|---|---:|---:|---:|")
    for name, seconds in took.items():
        share = "" if name in FLOOR else f"{seconds / whole:.0%}"
        print(f"| {name} | {seconds:.3f} | {share} | {seconds / given.cases / duties * 1e9:.2f} |")
    print(f"| all but the floor | {whole:.2f} | 100% | {whole / given.cases / duties * 1e9:.2f} |")
    given.picture.write_text(picture(took, given.cases, duties), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
