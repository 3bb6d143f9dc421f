"""``annual --before``: last year as it was reported; and the screen of ``--suppress-under``, which prints no more than
the documents do."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from tests.evidence.test_annual import annual, worked_example


@pytest.fixture(scope="module")
def reported(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a report on 2025/26."""
    folder = tmp_path_factory.mktemp("last year")
    done = annual(folder, list(worked_example()), "--out", str(folder / "out"))
    assert done.exit_code == 0, done.stderr
    return folder / "out"


def next_year(folder: Path, before: Path, *more: str) -> Any:
    """The same complaints a year later, one fewer: 2 June 2026 is a Tuesday, and the log does not reach back."""
    rows = [re.sub("2025", "2026", row) for row in list(worked_example())[1:]]
    return annual(folder, rows, "--before", str(before), *more, "--year", "2026-04-01")


def test_last_years_figures_stand_beside_this_years_on_the_screen_and_in_every_file(
    reported: Path, tmp_path: Path
) -> None:
    done = next_year(tmp_path, reported / "figures.json", "--out", str(tmp_path / "out"))
    assert done.exit_code == 0, done.stderr
    assert "The year before is as it was reported then (figures.json, made by policylang " in done.stdout
    first = done.stdout.index("Received at stage 1")
    assert re.search(r"Complaints +89\n +the year before +90\n", done.stdout[first:])
    record = json.loads((tmp_path / "out" / "figures.json").read_text(encoding="utf-8"))
    then = json.loads((reported / "figures.json").read_text(encoding="utf-8"))
    assert record["year_before"] == then["figures"]
    assert "figures.json" in record["inputs"]
    page = (tmp_path / "out" / "annual-report.html").read_text(encoding="utf-8")
    assert "2025/26" in page
    assert "as it was reported then" in page


def test_the_same_as_data(reported: Path, tmp_path: Path) -> None:
    done = next_year(tmp_path, reported / "figures.json", "--format", "json")
    then = json.loads((reported / "figures.json").read_text(encoding="utf-8"))
    assert json.loads(done.stdout)["year_before"] == then["figures"]


def changed(reported: Path, tmp_path: Path, **keys: object) -> Path:
    data = json.loads((reported / "figures.json").read_text(encoding="utf-8"))
    path = tmp_path / "changed.json"
    path.write_text(json.dumps({**data, **keys}), encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("keys", "code"),
    [
        ({"year": {"first": "2024-04-01", "last": "2025-03-31"}}, "PL-Y02"),
        ({"year": None}, "PL-Y01"),
        ({"figures": "none"}, "PL-Y01"),
        ({"figures": [{"key": "stage1.received"}]}, "PL-Y01"),
        ({"figures": [1]}, "PL-Y01"),
        ({"suppressed_under": "5"}, "PL-Y01"),
        ({"tool": None}, "PL-Y01"),
        ({"organisation": 7}, "PL-Y01"),
        ({"organisation": "Elm Homes"}, "PL-Y04"),
    ],
)
def test_figures_that_do_not_fit_are_a_finding(
    reported: Path, tmp_path: Path, keys: dict[str, object], code: str
) -> None:
    done = next_year(tmp_path, changed(reported, tmp_path, **keys))
    assert (done.exit_code, done.stdout) == (2, "")
    assert f"({code})" in done.stderr


@pytest.mark.parametrize(
    "content", [b"", b"[]", b"{", b"\xff\xfe\x00", b"[" * 100_000, b'{"figures": NaN}', b'{"tool": 1, "tool": 1}']
)
def test_what_is_no_file_of_figures_is_a_finding(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "figures.json").write_bytes(content)
    done = next_year(tmp_path, tmp_path / "figures.json")
    assert (done.exit_code, "(PL-Y01)" in done.stderr) == (2, True)


def test_a_file_of_before_the_landlord_was_written_down_is_read(reported: Path, tmp_path: Path) -> None:
    path = changed(reported, tmp_path)
    data = json.loads(path.read_text(encoding="utf-8"))
    assert data.pop("organisation") == "Maple Homes"
    path.write_text(json.dumps(data), encoding="utf-8")
    assert next_year(tmp_path, path).exit_code == 0


def test_small_numbers_of_last_year_may_not_slip_in_beside_suppressed_ones(reported: Path, tmp_path: Path) -> None:
    done = next_year(tmp_path, reported / "figures.json", "--suppress-under", "5")
    assert (done.exit_code, "(PL-Y03)" in done.stderr) == (2, True)
    safe = tmp_path / "safe"
    (tmp_path / "then").mkdir()
    annual(tmp_path / "then", list(worked_example()), "--out", str(safe), "--suppress-under", "5")
    done = next_year(tmp_path, safe / "figures.json", "--suppress-under", "5")
    assert done.exit_code == 0, done.stderr
    assert "suppressed" in done.stdout


@pytest.mark.parametrize("form", ["text", "json"])
def test_the_screen_prints_no_more_than_the_documents(tmp_path: Path, form: str) -> None:
    """Nine of ninety answers were late and three of twelve at stage 2: below ten nothing of it may be printed."""
    out = tmp_path / "out"
    more = ("--suppress-under", "10", "--out", str(out), "--format", form)
    done = annual(tmp_path, list(worked_example()), *more)
    assert done.exit_code == 0, done.stderr
    record = json.loads((out / "figures.json").read_text(encoding="utf-8"))
    gone = {figure["key"] for figure in record["figures"] if figure["suppressed"]}
    assert {"stage1.responded.late", "stage2.responded.late", "CH02-2.LCRA.late"} <= gone
    if form == "json":
        assert json.loads(done.stdout)["figures"] == record["figures"]
        assert "W-1" not in done.stdout  # no case is named either
        return
    lines = [line for line in done.stdout.splitlines() if "late, or not at all" in line]
    assert [line.split()[-1] for line in lines].count("suppressed") >= 2
    assert "9 of 90" not in done.stdout
    assert "of 12" not in done.stdout
    alone = annual(tmp_path, list(worked_example()), "--suppress-under", "10")
    assert alone.stdout == done.stdout
