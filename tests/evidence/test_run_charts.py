"""Run charts of a log: whole months in a row, every one counted from the cases."""

from __future__ import annotations

from collections import Counter
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from policylang.casebook.cases import Case, Entry, EntryState
from policylang.evidence.pictures import run_chart
from policylang.evidence.run_charts import LONGEST, days_to_answer, received
from tests.evidence.made_up import working_days

DAYS = st.dates(date(2024, 1, 1), date(2026, 6, 30))


def case(name: str, **days: date) -> Case:
    return Case(name, {fact: Entry(EntryState.KNOWN, day, day.isoformat()) for fact, day in days.items()})


@given(st.lists(DAYS, min_size=1, max_size=40), DAYS)
def test_every_whole_month_from_the_first_to_the_last_is_a_point_and_nothing_is_lost(
    days: list[date], on: date
) -> None:
    cases = [case(f"C-{n}", received=day) for n, day in enumerate(days)]
    chart = received(cases, on)
    counted = Counter(f"{day:%b %Y}" for day in days)
    if chart is None:
        assert all((day.year, day.month) >= (on.year, on.month) for day in days)
        return
    names = [point.name for point in chart.points]
    assert len(names) == len(set(names)) <= LONGEST
    assert [point.value for point in chart.points] == [counted[name] for name in names]
    left = len(days) - sum(point.value for point in chart.points)
    assert chart.note.startswith(f"Not drawn: {left} case") if left else chart.note == ""


def test_a_month_that_is_not_over_is_not_drawn_and_one_without_complaints_is() -> None:
    cases = [
        case("A", received=date(2025, 1, 9)),
        case("B", received=date(2025, 3, 9)),
        case("C", received=date(2025, 4, 2)),
    ]
    early = received(cases, date(2025, 4, 29))
    assert early is not None
    assert [(p.name, int(p.value)) for p in early.points] == [("Jan 2025", 1), ("Feb 2025", 0), ("Mar 2025", 1)]
    late = received(cases, date(2025, 4, 30))
    assert late is not None
    assert late.points[-1].name == "Apr 2025"
    assert received([case("X")], date(2025, 4, 30)) is None


def test_the_last_and_the_first_month_there_can_be_are_months_like_others() -> None:
    """31 December 9999 stands for “never” in many a housing system, and people type it as a date for “ever” too."""
    cases = [case("A", received=date(2025, 1, 9)), case("B", received=date.max), case("C", received=date.min)]
    chart = received(cases, date(2025, 2, 28))
    assert chart is not None
    assert chart.points[-1].name == "Feb 2025"
    ever = received(cases, date.max)
    assert ever is not None
    assert (ever.points[-1].name, int(ever.points[-1].value)) == ("Dec 9999", 1)
    assert received(cases, date.min) is None


def test_the_average_is_of_the_answers_of_the_month_and_a_gap_starts_the_chart_anew() -> None:
    cases = [
        case("A", received=date(2025, 1, 6), responded=date(2025, 1, 8)),  # an earlier month, before a gap
        case("B", received=date(2025, 3, 3), responded=date(2025, 3, 5)),
        case("C", received=date(2025, 3, 3), responded=date(2025, 3, 10)),
        case("D", received=date(2025, 4, 1), responded=date(2025, 4, 2)),
        case("E", received=date(2025, 4, 9), responded=date(2025, 4, 1)),  # answered before it came: no figure
    ]
    chart = days_to_answer(cases, date(2025, 6, 30), working_days)
    assert chart is not None
    assert [(p.name, float(p.value)) for p in chart.points] == [("Mar 2025", 3.5), ("Apr 2025", 1.0)]
    assert chart.note.startswith("Not drawn: 1 answer of other months")
    assert days_to_answer([case("A", received=date(2025, 1, 6))], date(2025, 6, 30), working_days) is None


def test_a_run_of_eight_months_above_the_mean_is_said_in_words() -> None:
    months = [(2024 + n // 12, n % 12 + 1) for n in range(20)]
    cases = [
        case(f"C-{n}-{k}", received=date(*month, 3))
        for n, month in enumerate(months)
        for k in range(3 if n < 10 else 9)
    ]
    chart = received(cases, date(2025, 12, 31))
    assert chart is not None
    picture = run_chart.draw("volumes", chart)
    assert "10 in a row, Jan 2024 to Oct 2024, are below the mean of 6." in picture.desc
    assert picture.table.headings[0] == "Month"
