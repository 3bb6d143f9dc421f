"""The pictures of an annual report. None of them names a case."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from policylang.auditor.audit import AuditResult
from policylang.casebook.cases import CaseBook
from policylang.evidence.annual.cases_of_year import Handled, Year, handled
from policylang.evidence.annual.figures import Figure
from policylang.evidence.annual.performance import NOT_RECORDED, WorkingDays, tally
from policylang.evidence.annual.words import month_name
from policylang.evidence.over_time import MonthKey, duties_by_month, heat, on_time_heading, stages
from policylang.evidence.pictures import bars, on_time, run_chart
from policylang.evidence.pictures import heat as heat_map
from policylang.evidence.pictures.bars import Bar, Bars
from policylang.evidence.pictures.on_time import Month, OnTime
from policylang.evidence.pictures.run_chart import Point, RunChart
from policylang.evidence.pictures.svg import Picture


@dataclass(frozen=True, slots=True)
class YearData:
    """What the pictures of a year are drawn from; ``target`` is the share to be answered in time."""

    result: AuditResult
    casebook: CaseBook
    year: Year
    working_days: WorkingDays
    figures: Mapping[str, Figure]
    before: Mapping[str, Figure]
    suppressed: bool
    target: Fraction = Fraction(1)
    target_words: str = "the Code: every one"


def drawings(data: YearData) -> Iterator[Picture]:
    """Every picture that the figures allow. Where small numbers are suppressed there are none of months by result:
    most of their numbers are small, and each could be worked out from the others."""
    if not data.suppressed:
        months = [month for month in data.year.months() if month <= (data.result.as_at.year, data.result.as_at.month)]
        for stage in (1, 2):
            yield from _on_time(data, stage, months)
        by_duty = heat(duties_by_month(list(data.result.outcomes), data.casebook.cases), months)
        if by_duty is not None:
            yield heat_map.draw("duties-by-month", by_duty)
        sure = [one.stood for one in handled(data.result, data.casebook, data.year, 1) if one.sure]
        yield bars.draw("steps", stages(sure))
    yield from _volumes(data)
    if not data.suppressed:
        yield from _days(data)
    kinds = [(f.name, _whole(f)) for key, f in data.figures.items() if key.startswith("category.")]
    if any(number is not None for _, number in kinds):
        heading = "Stage 1 complaints by category"
        yield bars.draw("categories", bars.by_size(heading, "Category", "complaint", kinds, NOT_RECORDED))
    ages = tuple(Bar(f.name, _whole(f)) for key, f in data.figures.items() if key.startswith("age."))
    if any(bar.number is not None for bar in ages):
        heading = "Complaints of the year still open at stage 1, by working days since receipt"
        yield bars.draw("ages", Bars(heading, "Open for", "complaint", ages))


def _whole(figure: Figure) -> int | None:
    return None if figure.value is None else int(figure.value)


def _on_time(data: YearData, stage: int, months: Sequence[MonthKey]) -> Iterator[Picture]:
    found = [o for o in handled(data.result, data.casebook, data.year, stage) if o.sure]
    by_month: defaultdict[MonthKey | None, list[Handled]] = defaultdict(list)
    for one in found:
        by_month[(one.entered.year, one.entered.month) if one.entered else None].append(one)
    drawn = tuple(Month(month_name(*m), tally(one.respond for one in by_month[m])) for m in months)
    if not any(month.tally.share_range for month in drawn):
        return
    undated = len(by_month[None])
    note = f"Not drawn, because the day is known only roughly: {undated}." if undated else ""
    heading = on_time_heading(stage)
    yield on_time.draw(f"on-time-{stage}", OnTime(heading, drawn, data.target, data.target_words, note))


def _volumes(data: YearData) -> Iterator[Picture]:
    """A run chart of complaints received in each whole month, from the year before on where the log has it."""
    points = [*_points(data.year.before, data.before, data), *_points(data.year, data.figures, data)]
    first = next((n for n, (_, value) in enumerate(points) if value), len(points))
    known = [(name, value) for name, value in points[first:] if value is not None]
    if not known or len(known) < len(points) - first:
        return  # a month that is suppressed would be read off its neighbours' limits
    chart = RunChart("Stage 1 complaints received in each month", "Complaints", tuple(Point(*pair) for pair in known))
    yield run_chart.draw("volumes", chart)


def _points(year: Year, figures: Mapping[str, Figure], data: YearData) -> Iterator[tuple[str, Fraction | None]]:
    for y, m in year.months():
        figure = figures.get(f"stage1.month.{m:02d}")
        if figure is not None and _over(y, m, data.result.as_at):
            yield month_name(y, m), figure.value


def _over(year: int, month: int, as_at: date) -> bool:
    """Whether the whole month is past; half a month would look like a quiet one."""
    return date.fromordinal(as_at.toordinal() + 1) >= date(year + month // 12, month % 12 + 1, 1)


def _days(data: YearData) -> Iterator[Picture]:
    """A run chart of the average working days from receipt to the answer, by the month of the answer."""
    by_month: defaultdict[MonthKey, list[int]] = defaultdict(list)
    for year in (data.year.before, data.year):
        for one in handled(data.result, data.casebook, year, 1):
            if one.sure and not one.refused.refused and one.entered and one.answered and one.answered >= one.entered:
                days = data.working_days(one.entered, one.answered)
                if days is not None:
                    by_month[one.answered.year, one.answered.month].append(days)
    months = sorted(month for month in by_month if _over(*month, data.result.as_at))
    points = tuple(Point(month_name(*m), Fraction(sum(by_month[m]), len(by_month[m]))) for m in months)
    if points:
        heading = "Average working days from receipt to the stage 1 answer, by the month of the answer"
        yield run_chart.draw("days-by-month", RunChart(heading, "Working days", points))
