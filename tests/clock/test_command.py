"""``policylang clock`` as people and scripts use it."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from policylang.commands.group import Commands, Listed

ROOT = Path(__file__).parents[2]
GROUP = Commands({"clock": Listed("clock", "clock", "When a deadline ends.")})


def clock(*words: str) -> Result:
    return CliRunner().invoke(GROUP, ["clock", *words], prog_name="policylang")


def answer(*words: str) -> dict[str, Any]:
    result = clock(*words, "--format", "json")
    assert (result.exit_code, result.stderr) == (0, "")
    found: dict[str, Any] = json.loads(result.stdout)
    return found


def refusal(*words: str) -> str:
    """What is said on stderr, as one line; nothing goes to stdout and the exit code is 2."""
    result = clock(*words)
    assert (result.exit_code, result.stdout) == (2, "")
    assert "Traceback" not in result.stderr
    return " ".join(result.stderr.split())


def test_the_contract() -> None:
    assert answer("2025-12-19", "5 working days") == {
        "from": "2025-12-19",
        "within": "5 working days",
        "due": "2025-12-30",
        "calendar": "england-and-wales",
        "skipped": [
            {"date": "2025-12-20", "why": "Saturday"},
            {"date": "2025-12-21", "why": "Sunday"},
            {"date": "2025-12-25", "why": "Christmas Day"},
            {"date": "2025-12-26", "why": "Boxing Day"},
            {"date": "2025-12-27", "why": "Saturday"},
            {"date": "2025-12-28", "why": "Sunday"},
        ],
    }


@pytest.mark.parametrize(
    "words",
    [
        ("19/12/2025", "five business days"),
        ("19 December 2025", "5wd"),
        ("19", "December", "2025", "5", "working", "days"),
        ("Friday 19 December 2025", "within 5 working days"),
        ("2025-12-19", "5", "working", "days"),
    ],
)
def test_the_same_question_in_other_words(words: tuple[str, ...]) -> None:
    assert answer(*words) == answer("2025-12-19", "5 working days")


def test_settings() -> None:
    assert answer("2024-03-28", "5 working days", "--calendar", "scotland")["due"] == "2024-04-05"
    assert answer("2025-12-19", "5 working days", "--day-one")["due"] == "2025-12-29"
    assert answer("2025-12-19", "21 days", "--bare-days", "calendar")["due"] == "2026-01-09"
    assert answer("2025-12-19", "21 days", "--bare-days", "working")["due"] == "2026-01-22"
    assert answer("2025-12-18", "48 working hours", "--hours-per-day", "7.5")["due"] == "2025-12-31"


def test_the_picture() -> None:
    lines = clock("2025-12-19", "5 working days").stdout.splitlines()
    assert lines[0] == "5 working days from Friday 19 December 2025 end on Tuesday 30 December 2025."
    assert lines[2].split() == ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]
    assert lines[3].split() == ["Dec", "2025", "19", "start", "20", "-", "21", "-"]
    assert lines[4].split() == ["22", "(1)", "23", "(2)", "24", "(3)", "25", "*", "26", "*", "27", "-", "28", "-"]
    assert lines[5].split() == ["29", "(4)", "30", "[5]"]
    # Each day stands under the name of its weekday.
    assert lines[5].index("29") == lines[2].index("Mon")
    assert lines[3].index("19 start") == lines[2].index("Fri")


def test_every_skipped_day_is_in_the_text() -> None:
    text = clock("2025-12-19", "30 working days").stdout
    skipped = answer("2025-12-19", "30 working days")["skipped"]
    listed = text.split("Not counted:")[1]
    for name in ("Christmas Day", "Boxing Day", "New Year's Day"):
        assert name in listed
    assert sum(line.count("Saturday") + line.count("Sunday") for line in listed.splitlines()[1:-3]) == len(
        [day for day in skipped if day["why"] in ("Saturday", "Sunday")]
    )
    assert "Saturday 31 January 2026 and Sunday 1 February 2026" in listed


def test_a_long_picture_leaves_out_the_middle_and_no_reason() -> None:
    text = clock("2025-01-01", "400 working days").stdout
    assert "weeks more, not drawn" in text
    assert len(text.split("Not counted:")[0].splitlines()) < 22
    skipped = answer("2025-01-01", "400 working days")["skipped"]
    weekends = sum(day["why"] == "Saturday" for day in skipped)
    assert text.count("weekend\n") == weekends
    assert all(day["why"] in text for day in skipped)


def test_nothing_needs_colour_or_letters_a_console_lacks() -> None:
    for words in (["2025-12-19", "5 working days"], ["2025-12-19", "3 months"], ["2025-12-19", "2 weeks", "--day-one"]):
        text = clock(*words).stdout
        assert text.isascii()
        assert "\x1b" not in text
        assert max(map(len, text.splitlines())) <= 120


def test_the_other_convention_is_always_told() -> None:
    assert "the last day would be Monday 29 December 2025" in clock("2025-12-19", "5 working days").stdout
    assert "the last day would be Tuesday 30 December 2025" in clock("2025-12-19", "5 working days", "--day-one").stdout
    assert "the last day is the same" in clock("2025-12-20", "5 working days").stdout
    saturday = clock("2025-12-20", "1 working day", "--day-one").stdout
    assert "Saturday 20 December 2025 is not a working day; day 1 is Monday 22 December 2025." in saturday


def test_where_the_other_convention_cannot_be_told_the_answer_stands() -> None:
    text = clock("2028-12-29", "1 working day", "--day-one").stdout
    assert "ends on Friday 29 December 2028" in text
    assert "the other way" not in text


def test_a_deadline_on_a_day_off_stays_there_and_says_so() -> None:
    assert "The last day is a weekend day." in clock("2025-12-19", "15 calendar days").stdout
    assert "a bank holiday (New Year's Day)" in clock("2025-12-18", "2 weeks").stdout
    assert "does not move" not in clock("2025-12-19", "20 calendar days").stdout


def test_dates_far_from_any_calendar() -> None:
    assert answer("1066-10-14", "2 weeks")["due"] == "1066-10-28"
    assert "ends on" in clock("9999-12-30", "1 calendar day").stdout
    assert clock("0001-01-01", "1 week").exit_code == 0


def test_hours_are_explained() -> None:
    text = clock("2025-12-18", "48 working hours", "--hours-per-day", "7.5").stdout
    assert text.startswith(
        "48 working hours (7 working days, at 7.5 hours a day) from Thursday 18 December 2025 end on"
    )
    assert clock("2025-12-19", "21 days", "--bare-days", "calendar").stdout.startswith(
        "21 days (read as calendar days)"
    )


@pytest.mark.parametrize(
    ("words", "says", "advice"),
    [
        (("10 working days", "2025-12-19"), "The date comes first", 'policylang clock 2025-12-19 "10 working days"'),
        (("31/02/2025", "5 working days"), "February 2025 has no day 31", "19/12/2025"),
        (("tomorrow", "5 working days"), "“tomorrow” is not a whole date", "19/12/2025"),
        (("2025-12-19", "5 wroking days"), "is not a unit of time", "Type “5 working days”."),
        (("2025-12-19", "21 days"), "working days or as calendar days", "--bare-days working"),
        (("2025-12-19", "8 working hours"), "how many hours a working day has", "--hours-per-day 7.5"),
        (("2025-12-19", "X days"), "does not give one figure", "which number is meant"),
        (("2029-01-02", "5 working days"), "2 January 2029 is outside the calendar", "31 December 2028"),
        (("2028-12-20", "30 working days"), "1 January 2029 is outside the calendar", "31 December 2028"),
        (("9999-12-31", "1 week"), "goes past the year 9999", "Check the date"),
        (("2025-12-19", "5 working days", "--calendar", "scotlnd"), "no calendar called “scotlnd”", "scotland"),
        (("2025-12-19", "5 working days", "--hours-per-day", "0"), "--hours-per-day", "--help"),
        (("2025-12-19", "5 working days", "--bare-days", "clear"), "--bare-days", "--help"),
        (("2025-12-19",), "DURATION", "policylang clock"),
    ],
)
def test_refusals_say_what_to_type(words: tuple[str, ...], says: str, advice: str) -> None:
    said = refusal(*words)
    assert says in said
    assert advice in said


def test_nothing_slow_is_imported() -> None:
    """The clock starts quickly: no parser, no spreadsheet reader, no schema checker, no generator of holidays."""
    code = (
        "import sys; from policylang.commands.group import Commands, Listed\n"
        "try: Commands({'clock': Listed('clock', 'clock', '')})(['clock', '2025-12-19', '5 working days'])\n"
        "except SystemExit as leaving: assert leaving.code == 0\n"
        "slow = {'lark', 'openpyxl', 'polars', 'holidays', 'jsonschema', 'numpy'} & set(sys.modules)\n"
        "sys.exit(f'imported: {slow}' if slow else 0)"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
