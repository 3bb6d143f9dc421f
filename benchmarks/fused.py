"""The bare Polars expressions and the columnar replay against a fused C kernel over the same look-ups.

    python benchmarks/fused.py --cases 1000000

Judging alone, of cases in memory: nothing is read or written. The kernel (fused.c) is one pass on one core; of the
others, whose expressions may run on several, the seconds of the processors count. Names are numbers to the kernel, and
its days have no bits beside them that say which are there: that preparation is not in its time. It is compiled on the
spot with ``cc``, and left out where there is none. First it is checked that all agree in every cell.
"""

from __future__ import annotations

import argparse
import ctypes
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
sys.path[:0] = [str(HERE), str(HERE.parent)]

import by_hand  # noqa: E402
import compare  # noqa: E402
import make_cases  # noqa: E402
import numpy as np  # noqa: E402
import polars as pl  # noqa: E402

from policylang.auditor.columns.codes import NUMBERS  # noqa: E402
from policylang.auditor.columns.parquet import BATCH  # noqa: E402
from policylang.auditor.columns.tables import EVER, deadlines, number, ordinals  # noqa: E402
from policylang.model.duration import Duration, Unit  # noqa: E402

NONE = -(2**31)
EVENTS = ["received", *by_hand.FIRST_STAGE, *by_hand.SECOND_STAGE, "extended_to", "stage2_extended_to", "closed"]
FLAGS = sorted(
    {shown_by for kind, *_, shown_by in by_hand.DUTIES if kind == "item"}
    | {"extension_good_reason", "stage2_extension_good_reason", "escalation_reasons_required"}
    | {"update_intervals_agreed", "stage2_update_intervals_agreed"}
)
LETTERS = sorted({(what, stage) for kind, stage, what, _ in by_hand.DUTIES if kind == "item"})


class Given(ctypes.Structure):
    _fields_ = [
        *((name, ctypes.c_void_p) for name in ("events", "states", "flags", "flag_states", "handler", "handler2")),
        *((name, ctypes.c_void_p) for name in ("within5", "within10", "within20", "ordinal")),
        *((name, ctypes.c_int32) for name in ("length", "before", "now", "far", "first_ever")),
    ]


class Found(ctypes.Structure):
    _fields_ = [(name, ctypes.c_void_p) for name in ("outcome", "reason", "due", "late")]


def numbers() -> str:
    """What fused.c takes for granted: which number each fact, reason and duty has."""
    lines = [f"#define E_{name.upper()} {n}" for n, name in enumerate(EVENTS)]
    lines += [f"#define F_{name.upper()} {n}" for n, name in enumerate(FLAGS)]
    lines += [f"#define R_{name.upper().replace('-', '_')} {n}" for name, n in NUMBERS.items()]
    ends = {"1": by_hand.FIRST_STAGE, "2": by_hand.SECOND_STAGE}
    for stage, names in ends.items():
        lines.append(f"#define E_FIRST_OF_{stage} {EVENTS.index(names[0])}")
        lines.append(f"#define E_LAST_OF_{stage} {EVENTS.index(names[-1])}")
    items, timed = [], {1: dict.fromkeys(("ack", "log", "answer", "told", "limit"), -1)}
    timed[2] = dict(timed[1])
    for place, (kind, stage, what, shown_by) in enumerate(by_hand.DUTIES):
        if kind == "timed":
            timed[stage][what] = place
        elif kind == "item":
            to = f"{by_hand.STAGES[stage]['p']}extended_to"
            date = EVENTS.index(to) if shown_by.endswith("extension_new_date") else -1
            items.append(f"{{{place}, {LETTERS.index((what, stage))}, {FLAGS.index(shown_by)}, {date}}}")
        else:
            lines.append(f"#define {kind.upper()}{f'_{stage}' if kind in ('grounds', 'intervals') else ''} {place}")
    counts = {"EVENTS": EVENTS, "LETTERS": LETTERS, "ITEMS": items, "DUTIES": by_hand.DUTIES}
    lines += [f"#define N_{name} {len(values)}" for name, values in counts.items()]
    sent = ", ".join(f"{{{EVENTS.index(name)}, {stage}}}" for name, stage in LETTERS)
    lines.append(f"static const struct {{ int event, stage; }} LETTERS[] = {{{sent}}};")
    rows = ", ".join("{" + ", ".join(map(str, places.values())) + "}" for places in timed.values())
    lines.append(f"static const int TIMED[2][5] = {{{rows}}};")
    lines.append(f"static const struct {{ int duty, letter, flag, date; }} ITEMS[] = {{{', '.join(items)}}};")
    return "\n".join(lines) + "\n"


def kernel(folder: Path) -> Any:
    """The compiled function. Raises ``OSError`` without a compiler."""
    compiler = shutil.which("cc")
    if compiler is None:
        raise OSError("There is no C compiler here (cc): the kernel is left out.")
    source, library = folder / "fused_here.c", folder / "fused.so"
    source.write_text(numbers() + (HERE / "fused.c").read_text(encoding="utf-8"), encoding="utf-8", newline="\n")
    call = [compiler, "-O3", "-march=native", "-shared", "-fPIC", "-o", str(library), str(source)]
    subprocess.run(call, check=True)
    return ctypes.CDLL(str(library)).judge


class Kernel:
    """The kernel with its look-up tables, its cases as plain arrays, and room for what it finds."""

    def __init__(self, judge: Any, cases: pl.DataFrame) -> None:
        self.judge, self.rows = judge, cases.height
        self.held: list[Any] = []
        names = pl.concat([cases["handler"], cases["stage2_handler"]]).unique().drop_nulls()
        people = [
            self._days(cases[name].cast(pl.Enum(names)).to_physical().cast(pl.Int32))
            for name in ("handler", "stage2_handler")
        ]
        within = [deadlines(by_hand.CALENDAR, Duration(n, Unit.WORKING_DAYS), False, None, None) for n in (5, 10, 20)]
        tables = [self._days(table) for table in (*within, ordinals(by_hand.CALENDAR))]
        now, first = number(compare.AS_AT), number(compare.date.min)
        self.given = Given(
            self._all([self._days(cases[name].cast(pl.Int32)) for name in EVENTS]),
            self._all([self._small(cases[f"{name}__state"]) for name in EVENTS]),
            self._all([self._small(cases[name].cast(pl.UInt8)) for name in FLAGS]),
            self._all([self._small(cases[f"{name}__state"]) for name in FLAGS]),
            *people, *tables, within[0].len(), by_hand.BEFORE, now, EVER, first,
        )  # fmt: skip
        self.made: dict[str, list[Any]] = {
            what: [np.zeros(self.rows, dtype) for _ in by_hand.DUTIES]
            for what, dtype in (("outcome", np.uint8), ("reason", np.uint8), ("due", np.int32), ("late", np.int32))
        }
        self.found = Found(*(self._all([self._at(array) for array in arrays]) for arrays in self.made.values()))

    def __call__(self) -> None:
        self.judge(ctypes.c_int64(self.rows), ctypes.byref(self.given), ctypes.byref(self.found))

    def frame(self) -> pl.DataFrame:
        """What it found, as the others give it."""
        found: dict[str, pl.Series] = {}
        for place, (kind, *_) in enumerate(by_hand.DUTIES):
            for what in ("outcome", "reason", "due", "late") if kind == "timed" else ("outcome", "reason"):
                values = pl.Series(self.made[what][place])
                if what in ("due", "late"):
                    values = pl.select(pl.when(values != NONE).then(values)).to_series()
                found[f"{place}.{what}"] = values.cast(pl.Date) if what == "due" else values
        return pl.DataFrame(found)

    def _days(self, values: pl.Series) -> int:
        return self._at(values.fill_null(NONE).to_numpy().astype(np.int32))

    def _small(self, values: pl.Series) -> int:
        return self._at(values.fill_null(0).to_numpy().astype(np.uint8))

    def _at(self, array: Any) -> int:
        self.held.append(array)
        return int(array.ctypes.data)

    def _all(self, pointers: list[int]) -> int:
        return self._at(np.array(pointers, dtype=np.uintp))


def best(run: Callable[[], object], rounds: int) -> tuple[float, float]:
    """The least seconds on the clock, and of the processors."""
    took = []
    for _ in range(rounds):
        start = time.perf_counter(), time.process_time()
        run()
        took.append((time.perf_counter() - start[0], time.process_time() - start[1]))
    return min(wall for wall, _ in took), min(cpu for _, cpu in took)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--cases", type=int, default=1_000_000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--folder", type=Path, help="where the cases are kept for the next time")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        folder = given.folder or Path(temporary)
        cases = pl.read_parquet(make_cases.write(given.cases, folder / f"cases-{given.cases}"))
        compiled = compare._compiled()
        parts = [cases.slice(start, BATCH).rechunk() for start in range(0, given.cases, BATCH)]
        try:
            in_c = Kernel(kernel(Path(temporary)), cases)
        except OSError as why:
            print(why)
            return
        in_c()
        found = in_c.frame()
        for name, judge in (("columns", compiled), ("hand", lambda part: by_hand.judge(part, compare.AS_AT))):
            told = pl.concat([judge(part) for part in parts]).drop("reference")
            wrong = [column for column in told.columns if not told[column].equals(found[column])]
            if wrong:
                raise SystemExit(f"the kernel and {name} differ in {wrong}")
        print(f"kernel, columns and hand agree in all {found.width} columns of {given.cases:,} cases\n")
        runs: dict[str, Callable[[], object]] = {
            "kernel": in_c,
            "hand": lambda: [by_hand.judge(part, compare.AS_AT) for part in parts],
            "columns": lambda: [compiled(part) for part in parts],
        }
        times = {name: best(run, given.rounds) for name, run in runs.items()}
        print(f"{'':10}{'seconds':>9}{'cpu s':>9}{'ns/outcome':>12}{'x kernel (cpu)':>16}")
        for name, (wall, cpu) in times.items():
            each = cpu / given.cases / len(by_hand.DUTIES) * 1e9
            print(f"{name:10}{wall:9.2f}{cpu:9.2f}{each:12.2f}{cpu / times['kernel'][1]:16.1f}")


if __name__ == "__main__":
    main()
