"""How long reading takes: our readers against bare ones on the same files, in turns within one run.

    python -m benchmarks.reading.compare [ROWS] [ROUNDS]

A workbook of ROWS x 25 (default 100,000) is read whole, addresses and pre-checks included, by our streaming reader; and
row by row, doing nothing with the cells, by python-calamine and by openpyxl's read-only mode. A text file of ten times
as many rows is read by the standard library's csv module and by our reader: once row by row, with the cells there for
whoever asks for one, and once with every cell taken. The least of ROUNDS rounds (default 3) counts, as anything else on
the machine only ever adds to it; the slowest, openpyxl, takes one.
"""

from __future__ import annotations

import csv
import gc
import sys
import time
from collections.abc import Callable
from datetime import date, datetime, timedelta
from datetime import time as time_of_day
from pathlib import Path
from tempfile import TemporaryDirectory

COLUMNS = 25
FIRST = date(2020, 1, 1)


def write_workbook(path: Path, rows: int) -> None:
    """A log: references, nine columns of dates, and texts and figures, as a housing system would export it."""
    import openpyxl
    from openpyxl.cell import WriteOnlyCell

    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet("Log")
    sheet.append([f"Heading {n}" for n in range(COLUMNS)])
    for n in range(rows):
        day = FIRST + timedelta(days=n % 2000)
        cells: list[object] = [f"CMP-{n}"]
        for k in range(9):
            cell = WriteOnlyCell(sheet, datetime.combine(day + timedelta(days=k), time_of_day()))
            cell.number_format = "dd/mm/yyyy"
            cells.append(cell)
        cells += [f"Team {n % 12}" for _ in range(5)] + ["Yes" if n % 3 else "No" for _ in range(5)]
        cells += [n % 97 + k for k in range(5)]
        sheet.append(cells)
    book.save(path)


def write_text(path: Path, rows: int) -> None:
    """The same as text, with eight columns."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow([f"Heading {n}" for n in range(8)])
        for n in range(rows):
            day = FIRST + timedelta(days=n % 2000)
            writer.writerow([f"CMP-{n}", day, day, day, "", f"Team {n % 12}", "Yes", "No"])


def ours(path: Path) -> int:
    """Every row of the first sheet, as cells with kinds, values and texts; opening and checking included."""
    from policylang.casebook.open import open_log

    return sum(len(row.cells) for row in open_log(path).sheets[0].rows())


def ours_by_rows(path: Path) -> int:
    """Every row, checked and numbered; of a text, a cell is made when it is asked for, and here nobody asks."""
    from policylang.casebook.open import open_log

    return sum(row.number > 0 for row in open_log(path).sheets[0].rows())


def by_calamine(path: Path) -> int:
    """Bare iteration."""
    from python_calamine import CalamineWorkbook

    return sum(len(row) for row in CalamineWorkbook.from_path(path).get_sheet_by_index(0).iter_rows())


def by_openpyxl(path: Path) -> int:
    """Bare iteration in read-only mode."""
    import openpyxl

    book = openpyxl.load_workbook(path, read_only=True)
    return sum(len(row) for row in book.worksheets[0].iter_rows(values_only=True))


def by_csv(path: Path) -> int:
    """Bare iteration."""
    with path.open(encoding="utf-8", newline="") as file:
        return sum(len(row) for row in csv.reader(file))


def timed(read: Callable[[Path], int], path: Path) -> float:
    """Seconds of this process for one reading: other work on the machine is left out."""
    gc.collect()
    gc.disable()
    start = time.process_time()
    read(path)
    took = time.process_time() - start
    gc.enable()
    return took


def compared(readers: dict[str, Callable[[Path], int]], path: Path, rounds: int) -> dict[str, float]:
    """The least time of each reader over the rounds, in turns; a slow one (ten seconds) gets no second round."""
    best: dict[str, float] = {}
    for _ in range(rounds):
        for name, read in readers.items():
            if best.get(name, 0) < 10:
                best[name] = min(best.get(name, float("inf")), timed(read, path))
    return best


def main() -> None:
    """Make the files, read them, print the table."""
    rows = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    rounds = int(sys.argv[2]) if len(sys.argv) > 2 else 3
    with TemporaryDirectory() as folder:
        workbook, text = Path(folder) / "log.xlsx", Path(folder) / "log.csv"
        write_workbook(workbook, rows)
        write_text(text, rows * 10)
        ours(workbook)  # what is imported once is imported before anything is timed
        sheets: dict[str, Callable[[Path], int]] = {"ours": ours, "openpyxl": by_openpyxl}
        try:
            by_calamine(workbook)
            sheets["calamine"] = by_calamine
        except ImportError:
            print("python-calamine is not installed: left out")
        texts: dict[str, Callable[[Path], int]] = {
            "ours": ours_by_rows,
            "each cell": ours,
            "csv module": by_csv,
        }
        for title, readers, path in (
            (f"workbook, {rows:,} x {COLUMNS}", sheets, workbook),
            (f"text, {rows * 10:,} x 8", texts, text),
        ):
            best = compared(readers, path, rounds)
            print(f"{title} ({path.stat().st_size / 1e6:.1f} MB)")
            for name, seconds in sorted(best.items(), key=lambda item: item[1]):
                print(f"  {name:12}{seconds:8.2f} s   ours is {best['ours'] / seconds:5.2f} times this")


if __name__ == "__main__":
    main()
