"""The pictures over months and kinds: every number in them counted again from the outcomes and the cases."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from fractions import Fraction
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policylang.auditor.outcome import Result
from policylang.casebook.cases import Case, CaseBook, Entry, EntryState
from policylang.evidence.over_time import (
    categories,
    duties_by_month,
    heat,
    months_received,
    on_time,
    open_by_age,
    stages,
)
from policylang.evidence.over_time_state import Refusal, as_they_stood
from policylang.evidence.page_parts.months import pictures
from policylang.evidence.pictures import bars, run_chart, svg
from policylang.evidence.pictures import heat as heat_map
from policylang.evidence.pictures import on_time as on_time_line
from policylang.evidence.pictures.bars import by_size
from policylang.evidence.pictures.on_time import Month, OnTime
from policylang.evidence.pictures.run_chart import Point, RunChart, limits, signals
from policylang.evidence.run import AssessInput
from policylang.evidence.tally import Tally
from policylang.evidence.words import percent
from tests.evidence import made_up
from tests.evidence.test_pictures import NS, parsed, tips

RUN = made_up.run(200)
ROOT = {"6.2": "received", "6.3": "received", "6.11": "escalation_requested", "6.14": "escalation_requested"}


def book(run: AssessInput = RUN) -> CaseBook:
    assert run.casebook is not None
    return run.casebook


def recount(provision: str, month: str) -> Counter[Result]:
    """What a duty came to on the cases of a month, the plainest way."""
    began = {case.reference: case.day(ROOT[provision]) for case in book().cases}
    theirs = [o for o in RUN.outcomes if o.source == "code" and o.provision == provision]
    return Counter(o.result for o in theirs if (day := began[o.case]) and f"{day:%b %Y}" == month)


@pytest.mark.parametrize(("stage", "provision"), [(1, "6.3"), (2, "6.14")])
def test_the_share_in_time_of_each_month(stage: int, provision: str) -> None:
    duties, months = duties_by_month(RUN.outcomes, book().cases), months_received(book(), RUN.as_at)
    data = on_time(duties, stage, months)
    assert data is not None
    picture = on_time_line.draw("p", data)
    shown = 0
    for month, met, late, unknown, pending, share, low, high in picture.table.rows:
        again = recount(provision, month)
        results = (Result.MET, Result.BREACHED, Result.CANNOT_TELL, Result.PENDING)
        assert [int(n) for n in (met, late, unknown, pending)] == [again[result] for result in results]
        whole = int(met) + int(late) + int(unknown)
        if whole:
            assert low == percent(Fraction(int(met), whole))
            assert high == percent(Fraction(int(met) + int(unknown), whole))
            certain = int(unknown) * 20 <= whole
            assert share == (percent(Fraction(int(met), int(met) + int(late))) if certain else "no figure")
            shown += certain
    circles = list(parsed(picture).iter(f"{NS}circle"))
    assert len([c for c in circles if c.find(f"{NS}title") is not None]) == shown > 0


def test_a_point_stands_where_its_share_is_and_the_range_around_it() -> None:
    sure, unsure = (
        Month("May 2026", Tally(met=15, breached=5)),
        Month("Jun 2026", Tally(met=4, breached=4, cannot_tell=2)),
    )
    root = parsed(on_time_line.draw("p", OnTime("Share", (sure, unsure), Fraction(9, 10), "the landlord's own")))
    lines = {t.text: float(t.get("y", "")) - 4 for t in root.iter(f"{NS}text") if (t.text or "").endswith("%")}
    top, bottom = lines["100%"], lines["0%"]

    def share(y: float) -> float:
        return (bottom - y) / (bottom - top)

    (circle,) = (c for c in root.iter(f"{NS}circle") if c.find(f"{NS}title") is not None)
    assert share(float(circle.get("cy", ""))) == pytest.approx(0.75, abs=0.001)
    (box,) = (r for r in root.iter(f"{NS}rect") if r.find(f"{NS}title") is not None)
    y, height = float(box.get("y", "")), float(box.get("height", ""))
    assert (share(y + height), share(y)) == pytest.approx((0.4, 0.6), abs=0.001)
    dashed = next(line for line in root.iter(f"{NS}line") if line.get("stroke-dasharray") == "8 4")
    assert share(float(dashed.get("y1", ""))) == pytest.approx(0.9, abs=0.001)
    assert "target 90.0% (the landlord's own)" in [t.text for t in root.iter(f"{NS}text")]


def test_the_heat_map_has_each_duty_and_month_once() -> None:
    duties, months = duties_by_month(RUN.outcomes, book().cases), months_received(book(), RUN.as_at)
    data = heat(duties, months)
    assert data is not None
    table = heat_map.draw("h", data).table
    found = {row[0]: row[1:] for row in table.rows}
    names = {"6.2": "Acknowledge at stage 1", "6.3": "Respond at stage 1", "6.14": "Respond at stage 2"}
    for provision, name in names.items():
        for month, cell in zip(table.headings[1:], found[name], strict=True):
            again = recount(provision, month)
            met, breached = again[Result.MET], again[Result.BREACHED]
            if met + breached + again[Result.CANNOT_TELL]:
                assert cell.startswith(f"{met} met, {breached} breached")
            else:
                assert cell == "none"
    assert len(tips(parsed(heat_map.draw("h", data)))) == len(data.rows) * len(months)


def test_months_end_with_the_last_complaint_and_are_at_most_twelve() -> None:
    days = [date(2024, 1, 5), date(2025, 12, 30), date(2026, 2, 1), date(2026, 6, 1)]
    log = CaseBook([made_up.case_of(f"C-{n}", n, {"received": day}) for n, day in enumerate(days)])
    assert months_received(log, date(2026, 4, 1)) == [(2025, m) for m in range(3, 13)] + [(2026, 1), (2026, 2)]
    assert months_received(CaseBook(), date(2026, 4, 1)) == []


def with_words(reference: str, **words: str | None) -> Case:
    entries = {n: Entry(EntryState.KNOWN if w else EntryState.BLANK, w) for n, w in words.items()}
    return Case(reference, {**made_up.case_of(reference, 2, {"received": date(2026, 1, 5)}).entries, **entries})


def test_categories_are_sorted_by_size_with_what_is_not_recorded_last() -> None:
    cases = [with_words(f"C-{n}", category=word) for n, word in enumerate(["Heat", "Damp", "Damp", None, None, None])]
    data = categories(as_they_stood(cases, RUN.as_at))
    assert data is not None
    picture = bars.draw("c", data)
    assert picture.table.rows == (("Damp", "2", "33.3%"), ("Heat", "1", "16.7%"), ("not recorded", "3", "50.0%"))
    wide = [float(r.get("width", "")) for r in parsed(picture).iter(f"{NS}rect") if r.find(f"{NS}title") is not None]
    assert wide[0] == pytest.approx(2 * wide[1], abs=0.02)
    assert wide[2] == pytest.approx(3 * wide[1], abs=0.03)
    assert categories(as_they_stood(book().cases, RUN.as_at)) is None


def test_a_suppressed_bar_has_no_length_and_no_share() -> None:
    picture = bars.draw("c", by_size("Kinds", "Kind", "complaint", [("Damp", None), ("Heat", 12)], "not recorded"))
    assert picture.table.rows == (("Heat", "12", "-"), ("Damp", "suppressed", "-"))
    assert "suppressed" in tips(parsed(picture))[1]


def test_the_steps_and_the_ages_are_counted_from_the_cases() -> None:
    cases = book().cases
    rows = {row[0]: int(row[1]) for row in bars.draw("s", stages(as_they_stood(cases, RUN.as_at))).table.rows}
    assert rows["received and not refused"] == len(cases)
    assert rows["answered at stage 1"] == sum(case.day("responded") is not None for case in cases)
    assert rows["stage 2 asked for"] == sum(case.day("escalation_requested") is not None for case in cases)
    assert rows["answered at stage 2"] == sum(case.day("stage2_responded") is not None for case in cases)
    table = ages_of(unanswered_said(cases))
    still = [case for case in cases if case.day("responded") is None]
    old = [made_up.working_days(day, RUN.as_at) or 0 for case in still if (day := case.day("received"))]
    assert [int(row[1]) for row in table] == [
        sum(n <= 10 for n in old),
        sum(10 < n <= 20 for n in old),
        sum(20 < n <= 40 for n in old),
        sum(n > 40 for n in old),
    ]
    # An empty cell says nothing of whether there was an answer: no such case is called open, nor left out.
    assert [row for row in ages_of(cases) if row[1] != "0"] == [("cannot be told whether open", str(len(still)), "-")]


def ages_of(cases: Iterable[Case]) -> tuple[tuple[str, ...], ...]:
    known = as_they_stood(cases, RUN.as_at)
    return bars.draw("a", open_by_age(known, RUN.as_at, made_up.working_days)).table.rows


def unanswered_said(cases: Iterable[Case]) -> list[Case]:
    """The same cases, in a log where an empty cell says that there was no answer."""
    return [with_entries(case, responded=NOT_DONE) if case.day("responded") is None else case for case in cases]


def with_entries(case: Case, **entries: Entry) -> Case:
    return Case(case.reference, {**case.entries, **entries}, case.sheet, case.row)


NOT_DONE = Entry(EntryState.NOT_DONE)
GROUND = Entry(EntryState.KNOWN, "Over 12 months old")


@pytest.mark.parametrize(
    ("entries", "told"),
    [
        ({"refused": Entry(EntryState.KNOWN, date(2026, 1, 8))}, Refusal.DATED),
        ({"refused": Entry(EntryState.KNOWN, date(2026, 1, 8)), "refusal_reason": GROUND}, Refusal.DATED),
        ({"refusal_reason": GROUND}, Refusal.DAY_UNKNOWN),
        ({"refused": Entry(EntryState.UNREADABLE, raw="TBC"), "refusal_reason": GROUND}, Refusal.DAY_UNKNOWN),
        # The log says that it was not refused, or a later day than the one on which everything is judged.
        ({"refused": NOT_DONE, "refusal_reason": GROUND}, Refusal.NONE),
        ({"refused": Entry(EntryState.KNOWN, date(2026, 4, 8)), "refusal_reason": GROUND}, Refusal.NONE),
        ({"refused": Entry(EntryState.UNREADABLE, raw="letter on file")}, Refusal.UNCLEAR),
        ({"refused": Entry(EntryState.UNREADABLE, raw="TBC")}, Refusal.NONE),
        # Refused, and answered: one of the two is wrong.
        ({"refusal_reason": GROUND, "responded": Entry(EntryState.KNOWN, date(2026, 1, 9))}, Refusal.UNCLEAR),
        ({}, Refusal.NONE),
    ],
)
def test_whether_a_complaint_was_refused_is_one_thing_everywhere(entries: dict[str, Entry], told: Refusal) -> None:
    case = with_entries(made_up.case_of("C-1", 2, {"received": date(2026, 1, 5)}), **entries)
    (stood,) = as_they_stood([case], RUN.as_at)
    assert stood.refused is told
    steps = {row[0]: int(row[1]) for row in bars.draw("s", stages([stood])).table.rows}
    assert steps["received and not refused"] == (not told.refused)
    assert not (told.refused and stood.waits is not False)


def test_what_came_after_the_day_has_not_happened_on_it() -> None:
    case = made_up.case_of("C-1", 2, {"received": date(2026, 1, 5), "responded": date(2026, 4, 2)})
    later = made_up.case_of("C-2", 3, {"received": date(2026, 4, 1)})
    stood = as_they_stood([case, later], RUN.as_at)
    assert [row[1] for row in bars.draw("s", stages(stood)).table.rows] == ["1", "0", "0", "0"]
    assert [one.waits for one in stood] == [True, False]


numbers = st.lists(st.integers(0, 60).map(Fraction), min_size=8, max_size=30)


@given(numbers, st.integers(0, 20))
def test_limits_move_with_the_values_and_hold_the_mean(values: list[Fraction], more: int) -> None:
    here, there = limits(values), limits([value + more for value in values])
    assert here is not None
    assert there is not None
    assert there.mean == here.mean + more
    assert there.upper == here.upper + more
    assert here.lower <= here.mean <= here.upper
    assert sum(value - here.mean for value in values) == 0


@given(numbers)
def test_every_point_outside_the_limits_is_a_signal_and_no_other(values: list[Fraction]) -> None:
    points = [Point(f"M{n}", value) for n, value in enumerate(values)]
    within = limits(values)
    assert within is not None
    single = {signal.points[0] for signal in signals(points) if len(signal.points) == 1}
    assert single == {n for n, value in enumerate(values) if not within.lower <= value <= within.upper}


def test_limits_by_hand_and_signals_in_words() -> None:
    values = [10, 12, 10, 12, 10, 12, 10, 12, 10, 30]
    points = tuple(Point(f"M{n}", Fraction(v)) for n, v in enumerate(values))
    within = limits([point.value for point in points])
    assert within is not None
    # The mean is 128 / 10; nine moves: eight of 2 and one of 20, so 36 / 9 = 4; 12.8 ± 2.66 × 4.
    assert (within.mean, within.upper, within.lower) == (Fraction("12.8"), Fraction("23.44"), Fraction("2.16"))
    told = [signal.words for signal in signals(points)]
    assert told == [
        "M9 (30) is above the upper limit of 23.4.",
        "9 in a row, M0 to M8, are below the mean of 12.8.",
    ]
    picture = run_chart.draw("r", RunChart("Volumes", "Complaints", points))
    assert all(words in picture.desc for words in told)
    assert "eight or more in a row on one side of the mean" in picture.desc
    assert [row[1] for row in picture.table.rows] == [str(v) for v in values]
    assert {row[2] for row in picture.table.rows} == {"signal"}


def test_seven_in_a_row_or_on_the_mean_are_no_signal_and_seven_points_have_no_limits() -> None:
    seven = [Point(f"M{n}", Fraction(v)) for n, v in enumerate([9, 9, 9, 9, 9, 9, 9, 16, 16, 15, 3, 3, 2])]
    assert [s for s in signals(seven) if len(s.points) > 1] == []
    flat = [Point(f"M{n}", Fraction(7)) for n in range(12)]
    assert signals(flat) == ()
    few = RunChart("Volumes", "Complaints", tuple(flat[:7]))
    assert limits([p.value for p in few.points]) is None
    assert run_chart.draw("r", few).desc == "7 points are too few for limits, which need 8."


def test_nothing_to_draw_draws_nothing() -> None:
    assert list(pictures(replace(RUN, casebook=None))) == []
    assert list(pictures(replace(RUN, casebook=CaseBook(), outcomes=()))) == []


def test_no_picture_over_months_names_a_case_and_none_is_told_by_colour_alone() -> None:
    made = list(pictures(RUN))
    assert [picture.title.split(",")[0] for picture in made] == [
        "Answered in time at stage 1",
        "Answered in time at stage 2",
        "Each dated duty of the Code",
        "Complaints received in each month",
        "Average working days from receipt to the stage 1 answer",
        "From the complaint to the last answer",
        "Complaints open at stage 1",
    ]
    for picture in made:
        assert not re.search(r"C-\d{4}", picture.svg + picture.desc + repr(picture.table))
        root: ElementTree.Element = parsed(picture)
        assert root.get("role") == "img"
        assert picture.table.rows


def test_long_names_are_wrapped_and_lose_no_word() -> None:
    text = "Notify an extension in time at stage 1 of the complaints procedure"
    assert " ".join(svg.wrapped(text, 20)) == text
    assert max(map(len, svg.wrapped(text, 20))) < 20
