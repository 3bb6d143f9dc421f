"""``policylang annual``: the year's figures, and CH01 and CH02 with the range that the unknown allows.

The worked example is the one of the fact catalogue: 2,000 homes, 90 complaints at stage 1 of which 81 were answered in
time (4 of them within an extension that holds), 12 at stage 2 of which 9 were.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from policylang.commands import main
from policylang.evidence.annual.cases_of_year import Year
from policylang.evidence.annual.tsm import OUTSIDE, definitions, stock_of

POLICY = """policy "Complaints Policy".
organisation "Maple Homes".
in force from 2024-01-01.
calendar england-and-wales.

stage 1 "Stage 1":
  must respond within 10 working days of acknowledgement [1].
"""

MAPPING = """mapping: 1
columns:
  reference: Ref
  received: Received
  tenure: Tenure
  acknowledged: {column: Acknowledged, empty: not-done}
  extension_notified: {column: Extension letter sent, empty: not-done}
  extended_to: {column: Extended to, empty: not-done}
  responded: {column: Responded, empty: not-done}
  escalation_requested: {column: Stage 2 requested, empty: not-done}
  stage2_acknowledged: {column: Stage 2 acknowledged, empty: not-done}
  stage2_responded: {column: Stage 2 response sent, empty: not-done}
  refused: {column: Refused, empty: not-done}
  stage2_extension_notified: {column: Stage 2 extension letter sent, empty: not-done}
"""
HEAD = (
    "Ref,Received,Tenure,Acknowledged,Extension letter sent,Extended to,Responded,Stage 2 requested,"
    "Stage 2 acknowledged,Stage 2 response sent,Refused,Stage 2 extension letter sent"
)


def worked_example() -> Iterator[str]:
    """Received on Monday 2 June 2025 and acknowledged the next day: ten working days end on Tuesday 17 June."""
    for n in range(90):
        extended = "2025-06-16,2025-06-24" if n < 4 else ","
        answered = "2025-06-24" if n < 4 else "2025-06-17" if n < 81 else "2025-06-18"
        # Twenty working days after an acknowledgement on 1 July end on 29 July.
        stage2 = f"2025-06-30,2025-07-01,{'2025-07-29' if n < 21 else '2025-07-30'}" if 12 <= n < 24 else ",,"
        yield f"W-{n},2025-06-02,Social rent,2025-06-03,{extended},{answered},{stage2},,"


def annual(folder: Path, rows: list[str], *more: str) -> Result:
    (folder / "maple.policy").write_text(POLICY, encoding="utf-8")
    (folder / "map.yaml").write_text(MAPPING, encoding="utf-8")
    (folder / "log.csv").write_text("\n".join([HEAD, *rows]) + "\n", encoding="utf-8")
    files = [str(folder / "maple.policy"), str(folder / "log.csv"), "--map", str(folder / "map.yaml")]
    return CliRunner().invoke(main, ["annual", *files, "--year", "2025-04-01", "--homes", "LCRA=2,000", *more])


def figures(folder: Path, rows: list[str], *more: str) -> dict[str, Any]:
    done = annual(folder, rows, "--format", "json", *more)
    assert done.exit_code == 0, done.stderr
    record: dict[str, Any] = json.loads(done.stdout)
    return record


def measure(record: dict[str, Any], name: str, stock: str = "LCRA") -> dict[str, Any]:
    found: dict[str, Any] = next(m for m in record["measures"] if (m["measure"], m["stock"]) == (name, stock))
    return found


def test_the_worked_example_of_the_catalogue(tmp_path: Path) -> None:
    record = figures(tmp_path, list(worked_example()))
    assert measure(record, "CH01-1")["value"] == 45.0
    assert measure(record, "CH01-2")["value"] == 6.0
    assert measure(record, "CH02-1")["value"] == 0.9
    assert round(measure(record, "CH02-1")["without_extensions"] * 100, 1) == 85.6
    assert measure(record, "CH02-2")["value"] == 0.75
    assert all(measure(record, name)["reportable"] for name in ("CH01-1", "CH01-2", "CH02-1", "CH02-2"))
    assert measure(record, "CH02-1", "LCHO")["value"] is None


def test_a_cell_that_is_missing_widens_the_range_and_is_named(tmp_path: Path) -> None:
    rows = list(worked_example())
    rows[50] = rows[50].replace("2025-06-17", "TBC")
    record = figures(tmp_path, rows)
    share = measure(record, "CH02-1")
    assert share["unknown"] == 1
    assert (share["lowest"], share["highest"]) == (round(80 / 90, 6), 0.9)
    assert share["value"] == round(80 / 89, 6)
    assert [m["case"] for m in record["movers"]] == ["W-50"]
    assert "log.csv!G52" in record["movers"][0]["cells"]


def test_a_tenure_that_is_missing_may_be_of_either_stock(tmp_path: Path) -> None:
    rows = list(worked_example())
    rows[40] = rows[40].replace("Social rent", "")
    record = figures(tmp_path, rows)
    assert measure(record, "CH01-1")["value"] == 44.5
    assert measure(record, "CH01-1")["highest"] == 45.0
    assert measure(record, "CH01-1", "LCHO")["unknown"] == 1
    # It was answered in time: it can only raise the share, not lower it.
    assert measure(record, "CH02-1")["lowest"] == measure(record, "CH02-1")["value"]


def test_more_than_a_twentieth_unknown_is_not_reportable(tmp_path: Path) -> None:
    rows = [row.replace("2025-06-17", "TBC") if n > 80 - 6 else row for n, row in enumerate(worked_example())]
    done = annual(tmp_path, rows)
    assert "CH02-1 LCRA  not reportable: 83.3% to 90.0%" in done.stdout
    record = figures(tmp_path, rows)
    assert not measure(record, "CH02-1")["reportable"]
    assert len(record["movers"]) == 6


def test_what_was_refused_is_no_stage_1_complaint_and_is_told_apart(tmp_path: Path) -> None:
    rows = [*worked_example(), "R-1,2025-06-02,Social rent,2025-06-03,,,,,,,2025-06-05,"]
    record = figures(tmp_path, rows)
    assert measure(record, "CH01-1")["numerator"] == 90
    assert record["performance"]["stages"][0]["received"] == 91
    assert record["performance"]["stages"][0]["refused"] == 1


def test_a_ground_of_refusal_without_a_day_is_a_refusal_that_leaves_the_measures_open(tmp_path: Path) -> None:
    """A log with a column of reasons and none of days: it was refused, and whether in time, so that it is no stage 1
    complaint of the measures, cannot be told."""
    rows = [*worked_example(), "R-1,2025-06-02,Social rent,2025-06-03,,,,,,,,"]
    (tmp_path / "reasons.yaml").write_text(
        MAPPING.replace("  refused: {column: Refused, empty: not-done}\n", "  refusal_reason: Why refused\n"),
        encoding="utf-8",
    )
    figures(tmp_path, rows)
    lines = [HEAD + ",Why refused", *(f"{row}," for row in rows[:-1]), f"{rows[-1]},Over 12 months old"]
    (tmp_path / "reasons.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    files = [str(tmp_path / name) for name in ("maple.policy", "reasons.csv")]
    more = ["--map", str(tmp_path / "reasons.yaml"), "--year", "2025-04-01", "--homes", "LCRA=2,000"]
    done = CliRunner().invoke(main, ["annual", *files, *more, "--format", "json"])
    record = json.loads(done.stdout)
    volume = measure(record, "CH01-1")
    assert (volume["numerator"], volume["unknown"]) == (90, 1)
    stage = record["performance"]["stages"][0]
    assert (stage["received"], stage["refused"], stage["refused_without_a_day"]) == (91, 1, 1)
    assert record["performance"]["refusals"] == {"Over 12 months old": 1}
    assert record["performance"]["open_by_age"] == {}
    told = CliRunner().invoke(main, ["annual", *files, *more]).stdout
    assert "Refused: 1 (Over 12 months old 1); 1 of them with a ground and no day on record" in told
    assert volume["lowest"] == 45
    assert volume["highest"] == 45.5


def test_an_open_case_stays_in_its_year_and_widens_the_range(tmp_path: Path) -> None:
    rows = [*worked_example(), "O-1,2026-03-30,Social rent,2026-03-31,,,,,,,,"]
    share = measure(figures(tmp_path, rows), "CH02-1")
    assert share["unknown"] == 1
    assert share["lowest"] == round(81 / 91, 6)
    assert share["highest"] == round(82 / 91, 6)


def test_a_complaint_belongs_to_the_year_it_was_received_in_and_stage_2_to_the_year_of_its_request(
    tmp_path: Path,
) -> None:
    rows = [
        "A-1,2025-03-31,Social rent,2025-04-01,,,2025-04-10,2025-04-20,2025-04-22,2025-05-01,,",
        "A-2,2025-04-01,Social rent,2025-04-02,,,2025-04-10,,,,,",
        "A-3,2026-03-31,Social rent,2026-04-01,,,2026-04-10,2026-04-20,2026-04-22,2026-05-01,,",
        "A-4,2026-04-01,Social rent,2026-04-02,,,2026-04-10,,,,,",
    ]
    record = figures(tmp_path, rows, "--as-at", "2026-10-31")
    assert measure(record, "CH01-1")["numerator"] == 2
    assert measure(record, "CH01-2")["numerator"] == 1
    assert record["year_before"]["stages"][0]["received"] == 1


def test_the_rules_that_nobody_verified_are_printed_with_the_figures(tmp_path: Path) -> None:
    done = annual(tmp_path, list(worked_example()))
    recalled = [rule["rule"] for rule in definitions()["rules"] if rule["verification"] == "recalled"]
    assert recalled
    assert all(rule in done.stdout for rule in recalled)


def test_a_tenure_that_nobody_has_placed_is_named_with_what_to_type(tmp_path: Path) -> None:
    rows = [row.replace("Social rent", "Almshouse") for row in worked_example()]
    done = annual(tmp_path, rows)
    assert "Tenures that nobody has said the stock of: Almshouse (90). Say it: --tenure “Almshouse=LCRA”" in done.stdout
    placed = annual(tmp_path, rows, "--tenure", "Almshouse=LCRA")
    assert "CH01-1 LCRA  45.0 (90 complaints)" in placed.stdout


def test_stock_by_tenure() -> None:
    assert stock_of("Social  Rent", {}) == "LCRA"
    assert stock_of("Shared ownership", {}) == "LCHO"
    assert stock_of("Leasehold", {}) == OUTSIDE
    assert stock_of("Almshouse", {}) is None
    assert stock_of("Leasehold", {"leasehold": "LCHO"}) == "LCHO"


def test_years() -> None:
    year = Year.from_start(date(2025, 4, 1))
    assert (year.last, year.name, len(year.months())) == (date(2026, 3, 31), "2025/26", 12)
    assert year.before == Year(date(2024, 4, 1), date(2025, 3, 31))
    assert Year.from_start(date(2024, 2, 29)).last == date(2025, 2, 27)
    assert Year.from_start(date(2025, 1, 1)).name == "2025"


@pytest.mark.parametrize(
    ("option", "value", "said"),
    [
        ("--homes", "2000", "LCRA=2000 or LCHO=2000"),
        ("--homes", "LCHO=many", "“many” is not a number of homes."),
        ("--homes", "HOMES=20", "LCRA=2000"),
        ("--homes", "LCRA=3000", "“LCRA” is given twice."),
        ("--year", "0001-01-01", "The year 1 is none that a complaints log has."),
        ("--year", "9999-04-01", "The year 9999 is none that a complaints log has."),
        ("--as-at", "9999-12-31", "Type a day such as 2025-04-01 for --as-at."),
        ("--tenure", "Almshouse", "Extra care=LCRA"),
        ("--tenure", "Almshouse=LCR", "LCRA, LCHO, outside"),
    ],
)
def test_wrong_use_is_answered_in_words(tmp_path: Path, option: str, value: str, said: str) -> None:
    done = annual(tmp_path, [], option, value)
    assert done.exit_code == 2
    assert said in " ".join(done.stderr.split())
