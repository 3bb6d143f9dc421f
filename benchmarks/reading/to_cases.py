"""How long it takes from a log to its cases: the same made-up log as a workbook, as text and as Parquet.

    python -m benchmarks.reading.to_cases [ROWS] [ROUNDS]

The log has 25 columns, 19 of them mapped: nine of dates, of which one in twenty is blank or says "TBC", answers, and
words. ``read_cases`` is timed whole: opening, checking, finding the headings, reading, and what it finds. The least of
ROUNDS rounds (default 2) counts; the processor time of the process that reads Parquet is added to ours.
"""

from __future__ import annotations

import csv
import gc
import resource
import sys
from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

FIRST = date(2020, 1, 1)
MAPPED = {
    "reference": "Case ref",
    "received": "Date received",
    "logged": "Date logged",
    "category": "Category",
    "channel": "Channel",
    "team": "Team",
    "handler": "Stage 1 officer",
    "acknowledged": "Date acknowledged",
    "extension_notified": "Extension letter sent",
    "extended_to": "Extended to",
    "extension_reasons": "Extension reasons given",
    "responded": "Stage 1 response sent",
    "response_how_to_escalate": "Escalation rights given",
    "escalation_requested": "Stage 2 requested",
    "stage2_handler": "Stage 2 officer",
    "stage2_acknowledged": "Stage 2 acknowledged",
    "stage2_responded": "Stage 2 response sent",
    "closed": "Date closed",
    "status": "Status",
}
OTHERS = ("Notes", "Estate", "Ward", "Contractor", "Compensation", "Learning")
DATES = {"received": 0, "logged": 1, "acknowledged": 4, "extension_notified": 9, "extended_to": 25, "responded": 12,
         "escalation_requested": 30, "stage2_acknowledged": 34, "stage2_responded": 48, "closed": 50}  # fmt: skip
WORDS = ("Repairs", "Heating", "Damp and mould", "Rent", "Staff conduct", "Communal areas", "Noise")
Row = list[date | str | None]


def made_up(rows: int) -> list[Row]:
    """The cases, a value for each column."""
    return [_row(n) for n in range(rows)]


def _row(n: int) -> Row:
    day = FIRST + timedelta(days=n % 2000)
    found: Row = []
    for k, fact in enumerate(MAPPED):
        odd = (n * 7 + k * 13) % 20
        if fact == "reference":
            found.append(f"CMP-{n}")
        elif fact in DATES:
            dated = fact == "received" or odd > 0
            found.append(day + timedelta(days=DATES[fact] + n % 3) if dated else "TBC" if n % 2 else None)
        elif fact in ("extension_reasons", "response_how_to_escalate"):
            found.append("Yes" if odd < 15 else "No" if odd < 18 else None)
        else:
            found.append(f"{WORDS[(n + k) % len(WORDS)]} {k}")
    return [*found, f"note {n % 5000}", *(f"{WORDS[(n + k) % 7]} {n % 50}" for k in range(len(OTHERS) - 1))]


def write_workbook(path: Path, rows: list[Row]) -> None:
    """As an .xlsx workbook, dates as real dates."""
    import openpyxl

    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet("Log")
    sheet.append([*MAPPED.values(), *OTHERS])
    for row in rows:
        sheet.append(row)
    book.save(path)


def write_text(path: Path, rows: list[Row]) -> None:
    """As .csv, dates as 31/12/2024."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow([*MAPPED.values(), *OTHERS])
        for row in rows:
            writer.writerow([f"{v:%d/%m/%Y}" if isinstance(v, date) else v for v in row])


def write_parquet(path: Path, rows: list[Row]) -> None:
    """As Parquet, columns of dates as dates."""
    import polars as pl

    columns = {}
    for (name, fact), values in zip(
        [*((heading, fact) for fact, heading in MAPPED.items()), *((name, "") for name in OTHERS)],
        zip(*rows, strict=True),
        strict=True,
    ):
        kept = [v if isinstance(v, date) else None for v in values] if fact in DATES else values
        columns[name] = pl.Series(name, kept, pl.Date if fact in DATES else pl.String)
    pl.DataFrame(columns).write_parquet(path)


def processor_time() -> float:
    """Seconds of this process and of those that it has started and seen end."""
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in used)


def seconds(path: Path) -> float:
    """How long one reading takes. Raises ``AssertionError`` where the log was not read."""
    from policylang.casebook.mapping import Column, Mapping
    from policylang.casebook.reader import read_cases

    mapping = Mapping({fact: Column(fact, heading) for fact, heading in MAPPED.items()})
    gc.collect()
    start = processor_time()
    result = read_cases(path, mapping)
    took = processor_time() - start
    assert not result.stopped, result.findings
    return took


def main() -> None:
    """Make the logs, read them, print the table."""
    number = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    rounds = int(sys.argv[2]) if len(sys.argv) > 2 else 2
    with TemporaryDirectory() as folder:
        made = made_up(number)
        logs = {"log.xlsx": write_workbook, "log.csv": write_text, "log.parquet": write_parquet}
        for name, write in logs.items():
            write(Path(folder) / name, made)
        del made
        print(f"{number:,} rows to cases")
        for name in logs:
            took = min(seconds(Path(folder) / name) for _ in range(rounds))
            print(f"  {name:12}{took:8.2f} s   {took / number * 1e6:6.1f} µs a row")


if __name__ == "__main__":
    main()
