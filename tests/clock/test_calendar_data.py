"""The shipped bank holidays, against three sources that know nothing of each other.

The ``holidays`` package (whole span), the official list (2012 to 2028, ``official-list.md``), and the law: the Banking
and Financial Dealings Act 1971, the days kept by common law and by yearly proclamation, and the proclamations of
single years, worked out here from the rules (whole span).
"""

from __future__ import annotations

import importlib.util
import json
from datetime import date, datetime, timedelta
from pathlib import Path
from types import ModuleType

import holidays
import jsonschema
import pytest
import yaml

from policylang.model.calendar import (
    Calendar,
    DamagedCalendar,
    UnknownCalendar,
    calendar_ids,
    load_calendar,
    read_calendar,
)
from policylang.model.data import checks_dir
from tests.clock.tables import rows

SUBDIVISIONS = {"england-and-wales": ("ENG", "WLS"), "scotland": ("SCT",)}
PLACES = [(id, part) for id, parts in SUBDIVISIONS.items() for part in parts]


def test_what_is_shipped() -> None:
    assert calendar_ids() == ("england-and-wales", "scotland")
    for id in calendar_ids():
        calendar = load_calendar(id)
        assert (calendar.first, calendar.last) == (date(2010, 1, 1), date(2028, 12, 31))
        assert all(day.weekday() < 5 for day, _ in calendar.holidays)


@pytest.mark.parametrize(("id", "part"), PLACES)
def test_as_the_package_says(id: str, part: str) -> None:
    """A failure after an upgrade of ``holidays`` means a bank holiday was added or moved: scripts/make_calendars.py."""
    listed = holidays.country_holidays("GB", subdiv=part, years=range(2010, 2029))
    assert {day for day, _ in load_calendar(id).holidays} == {day for day in listed if day.weekday() < 5}


def test_the_package_needs_the_subdivision() -> None:
    """Why the generator always names one: without it Easter Monday would be a working day."""
    whole = holidays.country_holidays("GB", years=2024)
    assert date(2024, 4, 1) not in whole
    assert load_calendar("england-and-wales").why_skipped(date(2024, 4, 1)) == "Easter Monday"


@pytest.mark.parametrize("id", SUBDIVISIONS)
def test_as_the_official_list_says(id: str) -> None:
    official = {
        datetime.strptime(f"{day.strip()} {row['Year']}", "%d %b %Y").date()
        for row in rows("official-list.md", id)
        for day in row["Bank holidays"].split(",")
    }
    assert len({day.year for day in official}) == 17
    assert {day for day, _ in load_calendar(id).holidays if day.year >= 2012} == official


def easter(year: int) -> date:
    """Easter Sunday (Meeus, Jones and Butcher)."""
    a, (b, c) = year % 19, divmod(year, 100)
    (d, e), g = divmod(b, 4), (8 * b + 13) // 25
    h = (19 * a + b - d - g + 15) % 30
    (i, k), m = divmod(c, 4), (a + 11 * h) // 319
    r = (2 * e + 2 * i - k - h + m + 32) % 7
    month = (h - m + r + 90) // 25
    return date(year, month, (h - m + r + month + 19) % 32)


def monday(year: int, month: int, which: int) -> date:
    """The first (1) or last (-1) Monday of a month."""
    days = [date(year, month, n) for n in range(1, 32) if not (n == 31 and month in (4, 6, 9, 11))]
    mondays = [day for day in days if day.weekday() == 0]
    return mondays[0 if which == 1 else -1]


def substituted(days: list[date]) -> set[date]:
    """These days in order, each on a weekend or already taken moved to the next free weekday."""
    found: set[date] = set()
    kept = {day for day in days if day.weekday() < 5}
    for day in days:
        place = day
        while place.weekday() >= 5 or place in found or (place != day and place in kept):
            place += timedelta(days=1)
        found.add(place)
    return found


def by_law(id: str, year: int) -> set[date]:
    """The bank holidays of one year from the rules."""
    good_friday = easter(year) - timedelta(days=2)
    may, spring = monday(year, 5, 1), monday(year, 5, -1)
    may = {2020: date(2020, 5, 8)}.get(year, may)
    spring = {2012: date(2012, 6, 4), 2022: date(2022, 6, 2)}.get(year, spring)
    special = {
        2011: {date(2011, 4, 29)},
        2012: {date(2012, 6, 5)},
        2022: {date(2022, 6, 3), date(2022, 9, 19)},
        2023: {date(2023, 5, 8)},
    }.get(year, set())
    days = {good_friday, may, spring} | special | substituted([date(year, 12, 25), date(year, 12, 26)])
    if id == "england-and-wales":
        return days | {easter(year) + timedelta(days=1), monday(year, 8, -1)} | substituted([date(year, 1, 1)])
    days |= substituted([date(year, 1, 1), date(year, 1, 2)]) | substituted([date(year, 11, 30)])
    return days | {monday(year, 8, 1)} | ({date(2026, 6, 15)} if year == 2026 else set())


@pytest.mark.parametrize("id", SUBDIVISIONS)
@pytest.mark.parametrize("year", range(2010, 2029))
def test_as_the_law_says(id: str, year: int) -> None:
    assert {day for day, _ in load_calendar(id).holidays if day.year == year} == by_law(id, year)


@pytest.mark.parametrize(
    ("day", "why"),
    [
        (date(2011, 4, 29), "Royal wedding bank holiday"),
        (date(2012, 5, 28), None),
        (date(2012, 6, 4), "Spring bank holiday (moved from 28 May)"),
        (date(2012, 6, 5), "Diamond Jubilee bank holiday"),
        (date(2015, 12, 28), "Boxing Day (substitute day)"),
        (date(2020, 5, 4), None),
        (date(2020, 5, 8), "Early May bank holiday (VE Day, moved from 4 May)"),
        (date(2021, 12, 27), "Christmas Day (substitute day)"),
        (date(2021, 12, 28), "Boxing Day (substitute day)"),
        (date(2022, 1, 3), "New Year's Day (substitute day)"),
        (date(2022, 5, 30), None),
        (date(2022, 6, 2), "Spring bank holiday (moved from 30 May)"),
        (date(2022, 6, 3), "Platinum Jubilee bank holiday"),
        (date(2022, 9, 19), "Bank holiday for the State Funeral of Queen Elizabeth II"),
        (date(2022, 12, 26), "Boxing Day"),
        (date(2022, 12, 27), "Christmas Day (substitute day)"),
        (date(2023, 5, 8), "Bank holiday for the coronation of King Charles III"),
        (date(2021, 12, 25), "Saturday"),
        (date(2025, 12, 25), "Christmas Day"),
        (date(2025, 12, 24), None),
    ],
)
def test_days_everybody_remembers(day: date, why: str | None) -> None:
    assert load_calendar("england-and-wales").why_skipped(day) == why


@pytest.mark.parametrize(
    ("day", "why"),
    [
        (date(2017, 1, 2), "2nd January"),
        (date(2017, 1, 3), "New Year's Day (substitute day)"),
        (date(2024, 4, 1), None),
        (date(2024, 8, 5), "Summer bank holiday"),
        (date(2024, 8, 26), None),
        (date(2024, 12, 2), "St Andrew's Day (substitute day)"),
        (date(2026, 6, 15), "World Cup bank holiday"),
    ],
)
def test_scotland_differs(day: date, why: str | None) -> None:
    assert load_calendar("scotland").why_skipped(day) == why


@pytest.mark.parametrize("id", SUBDIVISIONS)
def test_fits_its_schema(id: str) -> None:
    schema = json.loads((checks_dir() / "schemas" / "calendar.schema.json").read_text(encoding="utf-8"))
    content = yaml.safe_load((checks_dir() / "calendars" / f"{id}.yaml").read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator(schema).validate(json.loads(json.dumps(content, default=str)))


@pytest.mark.parametrize("id", SUBDIVISIONS)
def test_the_generator_still_makes_the_shipped_file(id: str) -> None:
    script = _script()
    made: Calendar = script.make(id)
    shipped = load_calendar(id)
    assert made.holidays == shipped.holidays
    assert made.digest == shipped.digest
    assert yaml.safe_load(script.text(made))["digest"] == shipped.digest


def _script() -> ModuleType:
    path = Path(__file__).parents[2] / "scripts" / "make_calendars.py"
    spec = importlib.util.spec_from_file_location("make_calendars", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


# -- a file that was changed by hand is refused, whatever was changed


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("  - {date: 2023-05-08,", "  - {date: 2023-05-09,"),
        ("Bank holiday for the coronation of King Charles III", "Coronation"),
        ('  - {date: 2024-12-25, name: "Christmas Day"}\n', ""),
        ("last: 2028-12-31", "last: 2029-12-31"),
        ("first: 2010-01-01", "first: 2009-01-01"),
        ("name: England and Wales", "name: England"),
        ("digest: ", "digest: 0"),
    ],
)
def test_an_edited_file_is_refused(tmp_path: Path, before: str, after: str) -> None:
    original = (checks_dir() / "calendars" / "england-and-wales.yaml").read_text(encoding="utf-8")
    assert before in original
    path = tmp_path / "england-and-wales.yaml"
    path.write_text(original.replace(before, after), encoding="utf-8")
    with pytest.raises(DamagedCalendar, match="does not match its digest") as refused:
        read_calendar(path)
    assert "make_calendars.py" in (refused.value.finding.help or "")
    assert refused.value.finding.rule == "calendar-damaged"


GOOD_YEAR = "id: x, name: x, first: 2010-01-01, last: 2010-12-31, source: x, digest: x"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[",
        "just words",
        "id: x",
        "- a\n- b",
        "{id: x, name: x, first: today, last: never, source: x, digest: x, bank_holidays: []}",
        f"{{{GOOD_YEAR}, bank_holidays: 3}}",
        f"{{{GOOD_YEAR}, bank_holidays: [2010-01-01]}}",
        f"{{{GOOD_YEAR}, bank_holidays: [{{date: 2009-01-01, name: outside the span}}]}}",
        f"{{{GOOD_YEAR}, bank_holidays: [{{date: 2010-01-04, name: b}}, {{date: 2010-01-01, name: a}}]}}",
    ],
)
def test_a_broken_file_is_refused(tmp_path: Path, text: str) -> None:
    path = tmp_path / "x.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(DamagedCalendar, match=r"x\.yaml is not as it was generated"):
        read_calendar(path)


def test_a_missing_or_unreadable_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(DamagedCalendar):
        read_calendar(tmp_path / "none.yaml")
    (tmp_path / "latin.yaml").write_bytes(b"id: \xe9\xff")
    with pytest.raises(DamagedCalendar):
        read_calendar(tmp_path / "latin.yaml")


def test_a_file_under_another_name_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "scotland.yaml"
    path.write_bytes((checks_dir() / "calendars" / "england-and-wales.yaml").read_bytes())
    with pytest.raises(DamagedCalendar, match="it holds the calendar “england-and-wales”"):
        read_calendar(path)


def test_a_file_with_windows_line_ends_is_the_same_calendar(tmp_path: Path) -> None:
    path = tmp_path / "scotland.yaml"
    original = (checks_dir() / "calendars" / "scotland.yaml").read_bytes()
    path.write_bytes(original.replace(b"\n", b"\r\n"))
    assert read_calendar(path) == load_calendar("scotland")


@pytest.mark.parametrize("id", ["england", "../schemas/calendar", "", "England-And-Wales", "/etc/passwd"])
def test_an_unknown_id_says_what_there_is(id: str) -> None:
    with pytest.raises(UnknownCalendar) as refused:
        load_calendar(id)
    assert "england-and-wales" in (refused.value.finding.help or "")
    assert id in refused.value.finding.message


def test_loading_twice_is_one_calendar() -> None:
    assert load_calendar("scotland") is load_calendar("scotland")
    assert load_calendar() is load_calendar("england-and-wales")
