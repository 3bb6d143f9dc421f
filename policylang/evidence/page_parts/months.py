"""The pictures over months: the share in time, every duty by month, what complaints are about, what is still open."""

from __future__ import annotations

from collections.abc import Iterator

from policylang.evidence.over_time import (
    by_month,
    categories,
    heat,
    months_received,
    on_time,
    open_by_age,
    stages,
)
from policylang.evidence.over_time_state import as_they_stood
from policylang.evidence.page_parts import html
from policylang.evidence.page_parts.html import Markup, tag
from policylang.evidence.pictures import bars, run_chart
from policylang.evidence.pictures import heat as heat_map
from policylang.evidence.pictures import on_time as on_time_line
from policylang.evidence.pictures.svg import Picture
from policylang.evidence.run import AssessInput
from policylang.evidence.run_charts import days_to_answer, received


def month_by_month(run: AssessInput) -> Markup:
    """The section's markup; a sentence where there is nothing to draw."""
    drawn = list(pictures(run))
    if not drawn:
        return tag("p", "No complaint with a day of receipt was judged, so there is nothing to draw.")
    return html.join(part for picture in drawn for part in (tag("h3", picture.title), html.figure(picture)))


def pictures(run: AssessInput) -> Iterator[Picture]:
    """Every picture over months that the log has the figures for."""
    if run.casebook is None or not run.casebook.cases:
        return
    cases = run.casebook.cases
    duties = run.once("by month", lambda: by_month(run.by_owed, run.by_row, cases))
    months = months_received(run.casebook, run.as_at)
    for stage in (1, 2):
        data = on_time(duties, stage, months)
        if data is not None:
            yield on_time_line.draw(f"on-time-{stage}", data)
    by_duty = heat(duties, months)
    if by_duty is not None:
        yield heat_map.draw("duties-by-month", by_duty)
    volumes = received(cases, run.as_at)
    if volumes is not None:
        yield run_chart.draw("volumes", volumes)
    if run.working_days is not None:
        days = days_to_answer(cases, run.as_at, run.working_days)
        if days is not None:
            yield run_chart.draw("days-by-month", days)
    known = run.once("as they stood", lambda: as_they_stood(cases, run.as_at))
    yield bars.draw("steps", stages(known))
    kinds = categories(known)
    if kinds is not None:
        yield bars.draw("categories", kinds)
    if run.working_days is not None:
        yield bars.draw("ages", open_by_age(known, run.as_at, run.working_days))
