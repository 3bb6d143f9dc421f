"""A log kept as a Parquet file is read as the same log kept as a spreadsheet."""

from __future__ import annotations

import subprocess
from collections.abc import Generator
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from policylang.casebook import guarded
from policylang.casebook.cases import EntryState
from policylang.casebook.grid import Cell, Kind
from policylang.casebook.mapping import Column, Empty, Mapping
from policylang.casebook.open import open_log
from policylang.casebook.reader import read_cases
from tests.casebook.told import book as told


def written(path: Path, **columns: Any) -> Path:
    """A Parquet file of these columns."""
    pl.DataFrame(columns).write_parquet(path)
    return path


def test_values_arrive_with_their_types_and_addresses(tmp_path: Path) -> None:
    far = pl.Series([4_000_000]).cast(pl.Int32).cast(pl.Date)
    path = written(
        tmp_path / "x.parquet",
        day=[date(2024, 3, 1)],
        moment=[datetime(2024, 3, 1, 9, 30)],
        midnight=[datetime(2024, 3, 1)],
        # Half past eleven in the evening, UTC, is half past midnight of the next day in a British summer.
        zoned=[datetime(2024, 6, 1, 23, 30, tzinfo=UTC)],
        far=far,
        time=[time(9, 30)],
        yes=[True],
        whole=[1001],
        big=[2**62],
        broken=[12.5],
        missing=[float("nan")],
        infinite=[float("inf")],
        words=["TBC"],
        spaces=["  "],
        kinds=pl.Series(["a"], dtype=pl.Categorical),
        nothing=[None],
    )
    (sheet,) = open_log(path).sheets
    head, row = sheet.rows()
    assert [cell.text for cell in head.cells.values()][:2] == ["day", "moment"]
    assert (head.number, row.number, sheet.name) == (1, 2, "x.parquet")
    found = {head.cells[n].text: cell for n, cell in row.cells.items()}
    assert found == {
        "day": Cell(Kind.DATE, date(2024, 3, 1), "2024-03-01"),
        "moment": Cell(Kind.DATE, date(2024, 3, 1), "2024-03-01 09:30"),
        "midnight": Cell(Kind.DATE, date(2024, 3, 1), "2024-03-01"),
        "zoned": Cell(Kind.DATE, date(2024, 6, 2), "2024-06-02 00:30"),
        "far": Cell(Kind.BAD_DATE, "+12921-08-18", "+12921-08-18"),
        "time": Cell(Kind.TIME, "09:30:00", "09:30:00"),
        "yes": Cell(Kind.YES_NO, True, "TRUE"),
        "whole": Cell(Kind.NUMBER, 1001.0, "1001"),
        "big": Cell(Kind.NUMBER, float(2**62), str(2**62)),
        "broken": Cell(Kind.NUMBER, 12.5, "12.5"),
        "infinite": Cell(Kind.ERROR, "inf", "inf"),
        "words": Cell(Kind.TEXT, "TBC", "TBC"),
        "kinds": Cell(Kind.TEXT, "a", "a"),
    }


def test_a_log_as_parquet_gives_the_cases_of_the_same_log_as_text(tmp_path: Path) -> None:
    number = 45_000  # more than are sent at once
    frame = pl.DataFrame(
        {
            "Reference": [f"C-{n}" for n in range(number)],
            "Date received": ["TBC" if n % 97 == 0 else f"2024-03-{n % 28 + 1:02}" for n in range(number)],
            "Response": [None if n % 5 else f"2024-04-{n % 28 + 1:02}" for n in range(number)],
        }
    )
    frame.write_parquet(tmp_path / "log.parquet")
    frame.write_csv(tmp_path / "log.csv")
    mapping = Mapping(
        {
            "reference": Column("reference", "Reference"),
            "received": Column("received", "Date received"),
            "responded": Column("responded", "Response", empty=Empty.NOT_DONE),
        }
    )
    parquet = read_cases(tmp_path / "log.parquet", mapping).casebook
    assert told(parquet) == told(read_cases(tmp_path / "log.csv", mapping).casebook)
    last = parquet.cases[-1].entry("responded")
    assert (str(last.cell), last.state) == ("log.parquet!C45001", EntryState.NOT_DONE)


def test_columns_of_lists_are_left_out_and_said(tmp_path: Path) -> None:
    path = written(
        tmp_path / "log.parquet",
        **{"Reference": ["C-1"], "Acknowledged": [[date(2024, 3, 2)]], "Date received": [date(2024, 3, 1)]},
    )
    result = read_cases(path)
    (said,) = [f for f in result.findings if f.rule == "columns-not-read"]
    assert "“Acknowledged”" in said.message
    assert result.casebook.cases[0].entry("acknowledged").state is EntryState.NO_COLUMN
    assert str(result.casebook.cases[0].entry("received").cell) == "log.parquet!C2"


def test_a_name_that_looks_like_a_pattern_is_only_a_name(tmp_path: Path) -> None:
    folder = tmp_path / "Team=North"
    folder.mkdir()
    path = written(folder / "log[1]*.parquet", **{"Reference": ["C-1"], "Date received": [date(2024, 3, 1)]})
    result = read_cases(path)
    assert list(result.casebook.columns) == ["reference", "received"]


def test_a_child_that_dies_or_falls_silent_is_a_failure_and_not_an_end(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    children = {
        "dying": "import os\ndef main(): os.abort()\n",
        "greedy": "def main(): bytearray(10**10)\n",
        "silent": "import time\ndef main(): time.sleep(60)\n",
        "lying": "import sys\ndef main(): sys.stdout.buffer.write(b'A' + b'\\xff' * 4 + b'x')\n",
    }
    monkeypatch.syspath_prepend(str(tmp_path))
    monkeypatch.setattr("policylang.casebook.limits.CHILD_SECONDS", 5)
    for name, program in children.items():
        (tmp_path / f"child_{name}.py").write_text(program, encoding="utf-8")
        with pytest.raises(guarded.ChildFailed):
            list(guarded.frames(f"child_{name}"))


def test_a_reading_that_is_broken_off_leaves_no_process_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    started: list[subprocess.Popen[bytes]] = []

    class Recorded(subprocess.Popen[bytes]):
        def __init__(self, *arguments: Any, **more: Any) -> None:
            super().__init__(*arguments, **more)
            started.append(self)

    path = written(tmp_path / "log.parquet", Reference=[f"C-{n}" for n in range(30_000)])
    (sheet,) = open_log(path).sheets
    monkeypatch.setattr(subprocess, "Popen", Recorded)
    rows = sheet.rows()
    assert isinstance(rows, Generator)
    assert [next(rows).number for _ in range(3)] == [1, 2, 3]
    with pytest.raises(KeyboardInterrupt):
        rows.throw(KeyboardInterrupt())
    (child,) = started
    assert child.returncode is not None
    assert [file.name for file in tmp_path.iterdir()] == ["log.parquet"]
