"""The pages of this folder, row by row, and the examples of docs/time.md."""

from __future__ import annotations

import re
import shlex
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from policylang.commands.group import Commands, Listed
from policylang.model.calendar import load_calendar
from policylang.model.clock_error import ClockError, UnreadDate, UnreadDuration
from policylang.model.days import read_day, say_day
from policylang.model.duration import Duration, Unit, due, late_by, lateness, parse_duration, read_unit
from tests.clock.tables import Row, each
from tests.documents import Example, check, examples

PAGE = Path(__file__).parents[2] / "docs" / "time.md"


def settings(words: str) -> tuple[str, dict[str, Any]]:
    """The calendar and the keywords that a cell of the column "Settings" stands for."""
    calendar, found = "england-and-wales", dict[str, Any]()
    for word in filter(None, (part.strip() for part in words.split(","))):
        if word == "scotland":
            calendar = word
        elif word == "day 1":
            found["day_one"] = True
        elif hours := re.fullmatch(r"([0-9.]+) hours a day", word):
            found["hours_per_day"] = float(hours[1])
        elif bare := re.fullmatch(r"bare days are (.+)", word):
            found["bare_days"] = Unit(bare[1])
        else:
            raise ValueError(f"“{word}” is not a setting.")
    return calendar, found


@each("cases.md", "Deadlines")
def test_deadline(row: Row) -> None:
    calendar, keywords = settings(row["Settings"])
    start, within = read_day(row["Start"]), parse_duration(row["Within"])
    assert row["Why"]
    try:
        answer = say_day(due(start, within, load_calendar(calendar), **keywords))
    except ClockError as fault:
        answer = f"cannot tell ({fault.finding.rule})"
    assert answer == row["Due"]


@each("cases.md", "Lateness")
def test_lateness(row: Row) -> None:
    calendar, keywords = settings(row["Settings"])
    asked = (read_day(row["Due"]), read_day(row["Sent"]), Unit(row["Unit"]), load_calendar(calendar))
    assert row["Why"]
    assert late_by(*asked, **keywords) == int(row["Late"])
    assert lateness(*asked, **keywords) == row["In words"]


@each("typed.md", "Dates that are read")
def test_date_is_read(row: Row) -> None:
    assert say_day(read_day(row["Typed"])) == row["Date"]


@each("typed.md", "Dates that are not read")
def test_date_is_not_read(row: Row) -> None:
    with pytest.raises(UnreadDate) as refused:
        read_day(row["Typed"])
    finding = refused.value.finding
    assert row["Says"] in finding.message
    assert row["To do"] in (finding.help or "")
    assert (finding.rule, finding.code) == ("date-not-read", "PL-T01")


@each("typed.md", "Durations that are read")
def test_duration_is_read(row: Row) -> None:
    assert str(parse_duration(row["Typed"])) == row["Duration"]


@each("typed.md", "Durations that are not read")
def test_duration_is_not_read(row: Row) -> None:
    with pytest.raises(UnreadDuration) as refused:
        parse_duration(row["Typed"])
    finding = refused.value.finding
    assert row["Says"] in finding.message
    assert row["To do"] in (finding.help or "")
    assert (finding.rule, finding.code) == ("duration-not-read", "PL-T02")


@pytest.mark.parametrize(
    ("word", "unit"),
    [
        ("business day", Unit.WORKING_DAYS),
        ("Working  Days", Unit.WORKING_DAYS),
        ("working-hours", Unit.WORKING_HOURS),
        ("days", Unit.DAYS),
        ("month", Unit.MONTHS),
    ],
)
def test_unit_is_read(word: str, unit: Unit) -> None:
    assert read_unit(word) is unit
    with pytest.raises(UnreadDuration):
        read_unit(f"{word} x")


UP_TO_NINETEEN = [
    *["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"],
    *["thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"],
]
TENS = {20: "twenty", 30: "thirty", 40: "forty", 50: "fifty", 60: "sixty", 70: "seventy", 80: "eighty", 90: "ninety"}


@pytest.mark.parametrize("n", range(101))
def test_every_number_word(n: int) -> None:
    if n < 20:
        words = UP_TO_NINETEEN[n]
    elif n == 100:
        words = "one hundred"
    else:
        words = TENS[n - n % 10] + (f"-{UP_TO_NINETEEN[n % 10]}" if n % 10 else "")
    for typed in (words, words.replace("-", " "), f"{words} ({n})", f"{n} ({words})"):
        assert parse_duration(f"{typed} weeks") == Duration(n, Unit.WEEKS)


def test_a_fortnight_is_not_a_unit() -> None:
    """Read as weeks, its two weeks would become one."""
    with pytest.raises(UnreadDuration, match="how many weeks"):
        read_unit("fortnight")
    assert parse_duration("a fortnight").n == 2


def test_empty_and_endless_text() -> None:
    with pytest.raises(UnreadDate, match="No date was given"):
        read_day(" \u00a0")
    for read, error in ((read_day, UnreadDate), (parse_duration, UnreadDuration)):
        with pytest.raises(error) as refused:
            read("9" * 1_000_000)
        assert len(str(refused.value)) < 300
    assert read_day("19\u00a0December\u00a02025") == date(2025, 12, 19)


def test_nothing_at_the_end_of_a_long_text_is_lost() -> None:
    gap = " " * 1000
    with pytest.raises(UnreadDuration):
        parse_duration(f"10 working days{gap}or 3 years")
    with pytest.raises(UnreadDate):
        read_day(f"19 December 2025{gap}or 2026")
    with pytest.raises(UnreadDuration, match="too long"):
        parse_duration("10 working days, " * 50)
    with pytest.raises(UnreadDate, match="too long"):
        read_day("19 December 2025, " * 50)


@examples(PAGE)
def test_the_page_shows_what_the_command_says(example: Example) -> None:
    """Each console block of docs/time.md is run; the text block after it is what the command prints."""
    program, *words = shlex.split(example.block("console"))
    assert program == "policylang"
    group = Commands({"clock": Listed("clock", "clock", "")})
    result = CliRunner().invoke(group, words)
    check(example, "text", result.output)
