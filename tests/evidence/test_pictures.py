"""The pictures: pure, well-formed, and drawn where the figures say."""

from __future__ import annotations

import re
from datetime import date, timedelta
from itertools import pairwise
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policylang.auditor.outcome import Late, Outcome, Result
from policylang.casebook.cases import CaseBook
from policylang.evidence.figures import grid_rows, practice_key
from policylang.evidence.form import load_form
from policylang.evidence.join import join
from policylang.evidence.one_case import clearest_breach, one_case
from policylang.evidence.pictures import bars, grid, histogram, svg, timeline
from policylang.evidence.pictures.histogram import Answered, Histogram
from policylang.evidence.pictures.svg import Picture
from policylang.evidence.pictures.timeline import Clock, Timeline
from policylang.evidence.response_times import response_times
from policylang.evidence.safe_text import legal
from policylang.evidence.tally import Tally
from policylang.findings.finding import Finding, Place, Severity
from tests.evidence import made_up
from tests.evidence.made_up import outcome, verdict

NS = "{http://www.w3.org/2000/svg}"


def parsed(picture: Picture) -> ElementTree.Element:
    root = ElementTree.fromstring(picture.svg)
    titles = [child for child in root if child.tag == f"{NS}title"]
    descs = [child for child in root if child.tag == f"{NS}desc"]
    assert len(titles) == len(descs) == 1
    assert titles[0].text == shown(picture.title)
    assert descs[0].text == shown(picture.desc)
    return root


def shown(text: str) -> str:
    """The text as XML can carry it."""
    return legal(text).replace("\r\n", "\n").replace("\r", "\n")


def tips(root: ElementTree.Element) -> list[str]:
    """What a pointer shows on the parts of a picture."""
    return [t.text or "" for t in root.iter(f"{NS}title")][1:]


def test_the_grid_has_a_cell_for_each_provision_and_says_what_the_rows_say() -> None:
    run = made_up.run()
    rows = join(run.form, run.verdicts, run.outcomes, run.comply_rule)
    picture = grid.draw("g", grid_rows(rows))
    root = parsed(picture)
    assert len(tips(root)) == 72
    assert len(picture.table.rows) == 72
    for item, line in zip(rows, picture.table.rows, strict=True):
        assert line[0].split(" ")[0] == item.provision
        assert ("(unverified)" in line[0]) is not item.verified
        assert line[4] == item.comply.answer.value
        if item.practice and item.practice.breached:
            assert line[3].startswith("breached")
            assert f"({item.practice.breached} case" in line[3]
    titles = [row.title for row in grid_rows(rows)]
    assert titles[5:7] == ["6 Complaints stages: Stage 1", "6 Complaints stages: Stage 2"]
    assert len(titles) == 10


RECOMMENDED = "recommended: respond at stage 1"


@pytest.mark.parametrize(
    ("reasons", "mark", "said"),
    [
        (["aim-kept", "aim-kept"], "K 2", "recommendation kept (2 cases)"),
        (["aim-kept", "aim-missed"], "M 1", "recommendation missed, which is no breach (1 case)"),
        (["aim-kept", "aim-unknown"], "? 1", "cannot be told on some case (1 case)"),
        (["aim-open"], "… 1", "not yet due on any case (1 case)"),
        (["complaint-refused"], "–", "no case to judge"),
    ],
)
def test_the_grid_says_what_became_of_a_recommendation(reasons: list[str], mark: str, said: str) -> None:
    code = load_form("lgsco-2024")
    given = tuple(_advised(f"C-{n}", reason) for n, reason in enumerate(reasons))
    rows = join(code, (verdict("6.3", force="should"),), given, code.comply_rule)
    picture = grid.draw("g", grid_rows(rows))
    (line,) = [line for line in picture.table.rows if line[0] == "6.3"]
    assert line[3] == said
    assert mark in {text.text for text in parsed(picture).iter(f"{NS}text")}


def test_a_recommendation_beside_duties_is_said_too_and_does_not_hide_them() -> None:
    code = load_form("lgsco-2024")
    broken = outcome("C-1", "respond", Result.BREACHED, document="lgsco-2024", provision="6.3")
    rows = join(code, (), (broken, _advised("C-2", "aim-missed")), code.comply_rule)
    (cell,) = [cell for row in grid_rows(rows) for cell in row.cells if cell.provision == "6.3"]
    assert (cell.practice, cell.cases, cell.advice) == ("breached", 1, "0 kept and 1 missed")
    (tip,) = [tip for tip in tips(parsed(grid.draw("g", grid_rows(rows)))) if tip.startswith("6.3 ")]
    assert "practice: breached (1 case); recommendations: 0 kept and 1 missed" in tip


def _advised(case: str, reason: str) -> Outcome:
    return outcome(case, RECOMMENDED, Result.NOT_APPLICABLE, document="lgsco-2024", provision="6.3", reason=reason)


def test_long_numbers_titles_and_names_keep_out_of_each_others_way() -> None:
    """The councils' form numbers a provision 6.S2.acknowledge, and has sentences for titles."""
    names = ("6.S2.progress", "6.S2.acknowledge", "6.1")
    cells = tuple(grid.GridCell(name, "A duty", "silent", "none", "No") for name in names)
    title = "Complaints stages, the second of them: we acknowledge, answer and extend as the Code says, and say when"
    root = parsed(grid.draw("g", [grid.GridRow(title, cells), grid.GridRow("Next", cells[:1])]))
    texts = [(float(t.get("x", "0")), float(t.get("y", "0")), float(t.get("font-size", "0")), t.get("text-anchor"),
              t.text or "") for t in root.iter(f"{NS}text")]  # fmt: skip
    numbers = [(x - svg.text_width(said, size) / 2, x + svg.text_width(said, size) / 2)
               for x, _, size, _, said in texts if said in names][:3]  # fmt: skip
    assert all(first[1] < second[0] for first, second in pairwise(numbers))
    lines = [(y, said) for x, y, size, _, said in texts if x == 8 and size == 13.5]
    assert [said for _, said in lines][-1] == "Next"
    assert all(below - above >= 17 for (above, _), (below, _) in pairwise(lines))
    width = float(root.get("viewBox", "").split()[2])
    for x, _, size, anchor, said in texts:
        if anchor == "start":
            assert x + svg.text_width(said, size) <= (250 if x == 8 else width), said


def test_the_name_of_a_bar_is_not_cut_at_the_edge() -> None:
    name = "Communal heating and hot water that came back cold"
    root = parsed(bars.draw("b", bars.by_size("By category", "Category", "complaint", [(name, 3)], "not recorded")))
    for text in root.iter(f"{NS}text"):
        if text.get("text-anchor") == "end":
            assert svg.text_width(text.text or "", 13) <= float(text.get("x", "0"))


@pytest.mark.parametrize(
    ("tally", "key"),
    [
        (None, "none"),
        (Tally(not_applicable=4), "none"),
        (Tally(pending=4), "pending"),
        (Tally(pending=4, not_applicable=2), "pending"),
        (Tally(met=4), "met"),
        (Tally(met=4, cannot_tell=1), "unknown"),
        (Tally(met=4, cannot_tell=1, breached=1), "breached"),
    ],
)
def test_practice_in_one_mark(tally: Tally | None, key: str) -> None:
    assert practice_key(tally) == key


few = st.integers(0, 9)
days = st.builds(Answered, st.integers(0, 400), few, few, few, few)
histograms = st.builds(
    Histogram,
    heading=st.just("Days"),
    start=st.just("acknowledgement"),
    days=st.lists(days, max_size=12, unique_by=lambda a: a.days).map(tuple),
    limit=st.none() | st.integers(1, 60),
    extension=st.none() | st.integers(1, 40),
    unplaced=st.integers(0, 3),
    undone=st.integers(0, 3),
)


@given(histograms)
def test_the_bars_hold_every_case_once(data: Histogram) -> None:
    picture = histogram.draw("h", data)
    drawn = sum(
        int(found[1].replace(",", "")) for tip in tips(parsed(picture)) if (found := re.search(r": (\d+) case", tip))
    )
    assert drawn == sum(answered.total for answered in data.days)
    assert len(picture.table.rows) == len(data.days)


def test_bars_stand_in_place_and_in_proportion_with_the_limit_between_them() -> None:
    data = Histogram("Days", "acknowledgement", (Answered(9, in_time=4), Answered(11, late=2)), 10)
    root = parsed(histogram.draw("h", data))
    bars = [r for r in root.iter(f"{NS}rect") if r.find(f"{NS}title") is not None]
    first, second = sorted(bars, key=lambda r: float(r.get("x", "")))
    assert float(first.get("height", "")) == pytest.approx(2 * float(second.get("height", "")), abs=0.1)
    limit = next(line for line in root.iter(f"{NS}line") if line.get("stroke-width") == "2")
    x = float(limit.get("x1", ""))
    assert float(first.get("x", "")) + float(first.get("width", "")) < x < float(second.get("x", ""))
    words = [t.text for t in root.iter(f"{NS}text")]
    assert "limit: 10 working days" in words


def test_response_times_are_counted_from_the_outcomes() -> None:
    run = made_up.run()
    data = response_times(run, 1)
    assert data is not None
    assert (data.limit, data.extension) == (10, 10)
    theirs = [o for o in run.outcomes if o.source == "code" and o.provision == "6.3"]
    assert sum(a.in_time + a.extended for a in data.days) == sum(o.result is Result.MET for o in theirs)
    assert sum(a.late for a in data.days) == sum(o.result is Result.BREACHED and o.actual is not None for o in theirs)
    assert data.undone == sum(o.result is Result.BREACHED and o.actual is None for o in theirs)
    assert data.unplaced == sum(o.result is Result.CANNOT_TELL for o in theirs)  # no acknowledgement, so no days
    assert response_times(made_up.run(working_days=None), 1) is None
    assert response_times(made_up.run(outcomes=()), 1) is None


def test_an_answer_beyond_the_limit_that_was_met_was_extended() -> None:
    start = date(2025, 6, 2)
    met = made_up.timed("A", "respond at stage 1", "6.3", start, 20, made_up.plus(start, 15))
    assert met.result is Result.MET
    data = response_times(made_up.run(outcomes=(met,)), 1)
    assert data is not None
    assert data.days == (Answered(15, extended=1),)


def test_an_answer_that_may_have_been_extended_is_drawn_and_not_left_out() -> None:
    """To leave out what cannot be told would leave out the late ones: their dates are known, the extension is not."""
    start = date(2025, 6, 2)
    timed = made_up.timed("A", "respond at stage 1", "6.3", start, 10, made_up.plus(start, 3))
    unsure = outcome("B", "respond at stage 1", Result.CANNOT_TELL, provision="6.3", reason="extension-unknown")
    book = CaseBook([made_up.case_of("B", 2, {"acknowledged": start, "responded": made_up.plus(start, 17)})])
    data = response_times(made_up.run(outcomes=(timed, unsure), casebook=book), 1)
    assert data is not None
    assert data.days == (Answered(3, in_time=1), Answered(17, open=1))
    assert data.unplaced == 0


def test_what_a_letter_must_contain_is_no_response_time() -> None:
    content = outcome("A", "state the decision at stage 1", Result.CANNOT_TELL, action="respond", provision="6.9")
    start = date(2025, 6, 2)
    timed = made_up.timed("A", "respond at stage 1", "6.3", start, 10, made_up.plus(start, 3))
    data = response_times(made_up.run(outcomes=(content, timed)), 1)
    assert data is not None
    assert data.unplaced == 0


def test_a_day_outside_the_calendar_is_not_drawn_but_counted() -> None:
    early = outcome(
        "A", "respond at stage 1", provision="6.3", start=date(2001, 1, 1), due=date(2001, 1, 15),
        actual=date(2001, 1, 5),
    )  # fmt: skip
    data = response_times(made_up.run(outcomes=(early,)), 1)
    assert data is not None
    assert (data.days, data.unplaced) == ((), 1)


def test_the_timeline_shades_exactly_the_weekends_and_the_named_days() -> None:
    run = made_up.run()
    data = one_case(run)
    assert data is not None
    root = parsed(timeline.draw("t", data))
    shaded = [tip for tip in tips(root) if "not counted" in tip]
    assert len(shaded) == len(data.skipped)
    first, last = data.skipped[0][0], data.skipped[-1][0]
    span = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    assert [day for day, _ in data.skipped] == [day for day in span if not made_up.working(day)]


def test_the_drawn_case_is_the_latest_breach_that_leaves_nothing_open() -> None:
    start = date(2025, 6, 2)
    slow = made_up.timed("SLOW", "respond at stage 1", "6.3", start, 10, made_up.plus(start, 40))
    slower = made_up.timed("SLOWER", "respond at stage 1", "6.3", start, 10, made_up.plus(start, 60))
    unsure = made_up.timed("UNSURE", "respond at stage 2", "6.20", start, 10, made_up.plus(start, 90), verified=False)
    promise = made_up.timed("OWN", "respond at stage 1", "6.3", start, 10, made_up.plus(start, 99), source="policy")
    undone = made_up.timed("NEVER", "respond at stage 1", "6.3", start, 10, None)
    found = clearest_breach(made_up.run(outcomes=(slow, slower, unsure, promise, undone)))
    assert found is slower
    doubtful = Finding("odd", "X", Severity.WARNING, "Odd.", Place("log.xlsx", sheet="Log", row=3))
    book = CaseBook([made_up.case_of("SLOW", 2, {}), made_up.case_of("SLOWER", 3, {})])
    run = made_up.run(outcomes=(slow, slower), casebook=book, data_quality=(doubtful,))
    assert clearest_breach(run) is slow
    assert clearest_breach(made_up.run(outcomes=(undone,))) is undone
    assert clearest_breach(made_up.run(outcomes=(outcome("A"),))) is None


def test_the_timeline_tells_every_clock_that_ran_on_the_case() -> None:
    start = date(2025, 12, 19)
    code = made_up.timed("A", "respond at stage 1", "6.3", start, 10, date(2026, 1, 20))
    own = made_up.timed(
        "A", "respond at stage 1", "6.3", start, 15, date(2026, 1, 20), source="policy", clauses=("3.3",)
    )
    data = one_case(made_up.run(outcomes=(code, own), casebook=None))
    assert data is not None
    assert [(c.rests_on, c.due) for c in data.clocks] == [("HO24-6.3", code.due), ("policy clause 3.3", own.due)]
    picture = timeline.draw("t", data)
    assert "Christmas Day" in picture.desc
    assert [row[0] for row in picture.table.rows if row[1].startswith("due")] == [
        "Wednesday 7 January 2026",
        "Wednesday 14 January 2026",
    ]


dates = st.dates(date(2024, 1, 1), date(2027, 12, 31))


@st.composite
def timelines(draw: st.DrawFn) -> Timeline:
    clocks = []
    for _ in range(draw(st.integers(1, 5))):
        start, due, done = draw(dates), draw(dates), draw(st.none() | dates)
        clocks.append(Clock("Respond <&>", "HO24-6.3", min(start, due), max(start, due), done, "breached", ""))
    events = tuple(sorted(draw(st.lists(st.tuples(dates, st.text(max_size=30)), max_size=6))))
    return Timeline(draw(st.text(min_size=1, max_size=20)), events, tuple(clocks), (), draw(dates))


@given(timelines())
def test_any_case_can_be_drawn(data: Timeline) -> None:
    root = parsed(timeline.draw("t", data))
    for box in root.iter(f"{NS}rect"):
        assert float(box.get("width", "0")) >= 0
        assert float(box.get("height", "0")) >= 0


words = st.lists(st.text("abcdefghij", min_size=1, max_size=14), min_size=1, max_size=9).map(" ".join)


@given(st.lists(st.tuples(words, words), min_size=1, max_size=5), st.lists(st.tuples(dates, words), max_size=6))
def test_no_word_beside_a_clock_or_an_event_is_cut_or_runs_into_another(
    clocks: list[tuple[str, str]], events: list[tuple[date, str]]
) -> None:
    """A duty such as “keep an extension within its limit at stage 1 (clause 5.2.2)” was cut in the middle."""
    start = date(2025, 6, 2)
    made = tuple(
        Clock(duty, rests, start, made_up.plus(start, 10), made_up.plus(start, 14), "breached", "4 working days late")
        for duty, rests in clocks
    )
    root = parsed(timeline.draw("t", Timeline("C-1", tuple(sorted(events)), made, (), date(2026, 3, 31))))
    beside = [(float(t.get("y", "")), t) for t in root.iter(f"{NS}text") if t.get("x") == "8"]
    said = " ".join(t.text or "" for _, t in sorted(beside, key=lambda pair: pair[0]))
    at = 0
    for clock in made:
        for part in (clock.words, f"{clock.rests_on}: 4 working days late"):
            assert part in said[at:]
            at = said.index(part, at) + len(part)
    for _, text in beside:
        assert 8 + svg.text_width(text.text or "", float(text.get("font-size", ""))) <= 270
    lines = [float(text.get("y", "")) for _, text in beside]
    assert all(below - above >= 14.9 for above, below in pairwise(sorted(lines)))
    boxes = [r for r in root.iter(f"{NS}rect") if r.get("height") == "17" and r.get("fill-opacity")]
    drawn = [tuple(float(box.get(key, "")) for key in ("x", "y", "width")) for box in boxes]
    for n, (x, y, wide) in enumerate(drawn):
        assert x >= 268
        assert x + wide <= 1020
        assert not any(y == other_y and x < other + w and other < x + wide for other, other_y, w in drawn[:n])


def test_numbers_are_short_and_text_is_escaped() -> None:
    assert svg.number(1.0) == "1"
    assert svg.number(1.239) == "1.24"
    assert svg.number(-0.0) == "0"
    assert svg.label(1, 2, "<&>").endswith("&lt;&amp;&gt;</text>")
    late = outcome("A", result=Result.BREACHED, late=Late(0, "working days"))
    assert late.late is not None
