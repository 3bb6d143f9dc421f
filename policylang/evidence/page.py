"""One self-contained HTML page for a Board: it needs no network, no script, and prints."""

from __future__ import annotations

from collections.abc import Sequence

from policylang import __version__
from policylang.evidence import narrative
from policylang.evidence.assumptions import HEADINGS, assumption_row
from policylang.evidence.figures import grid_rows
from policylang.evidence.join import CODE, ProvisionEvidence
from policylang.evidence.method import PARAPHRASE, method
from policylang.evidence.one_case import one_case
from policylang.evidence.page_parts import html
from policylang.evidence.page_parts.breaches import breaches, quality
from policylang.evidence.page_parts.headline import headline, worst_list
from policylang.evidence.page_parts.html import Markup, tag
from policylang.evidence.page_parts.months import month_by_month
from policylang.evidence.page_parts.provisions import provisions
from policylang.evidence.page_parts.whole import whole_page
from policylang.evidence.pictures import grid, histogram, timeline
from policylang.evidence.response_times import RESPOND, response_times
from policylang.evidence.run import AssessInput
from policylang.evidence.totals import ControlTotals
from policylang.evidence.worst import Worst
from policylang.model.days import say_date

CAPTION = "If things were counted otherwise"
INTERNAL = "For the organisation's own use: this page names case references. Publish the self-assessment form instead."


def page(run: AssessInput, rows: Sequence[ProvisionEvidence], totals: ControlTotals, worst: Sequence[Worst]) -> str:
    """The whole page as text, with Unix line ends; the same input gives the same text."""
    owner = run.policy.organisation or run.policy.title
    against = f"{run.code.title}, {run.code.edition} edition" if run.code.edition else run.code.title
    return whole_page(
        f"{owner}: self-assessment as at {say_date(run.as_at)}",
        "page.html",
        heading=html.join([f"{owner}: policy and practice against the {against}"]),
        lede=html.join([f"{run.policy.named}, as at {say_date(run.as_at)}."]),
        note=html.join([INTERNAL if run.outcomes else "No complaints log was given: only the policy is judged."]),
        headline=headline(run, rows, totals),
        worst=worst_list(worst),
        grid=html.figure(grid.draw("grid-picture", grid_rows(rows))),
        months=month_by_month(run),
        days=_days(run, totals),
        case=_case(run),
        paraphrase=html.join([PARAPHRASE]),
        provisions=provisions(rows, run.source),
        breaches=breaches(run),
        quality=quality(run, totals),
        method=_method(run, rows),
        footer=html.join([f"Made by policylang {__version__}. manifest.json beside this page says from what."]),
    )


def _days(run: AssessInput, totals: ControlTotals) -> Markup:
    parts = []
    for stage in (1, 2):
        data = response_times(run, stage)
        parts.append(tag("h3", f"Stage {stage}"))
        if data is None:
            parts.append(tag("p", _no_days(run, totals, stage)))
        else:
            parts.append(html.figure(histogram.draw(f"days-{stage}", data)))
    return html.join(parts)


def _no_days(run: AssessInput, totals: ControlTotals, stage: int) -> str:
    advised = [
        aim.tally
        for aim in totals.aims
        if (aim.source, aim.document, aim.stage, aim.action) == (CODE, run.code.id, stage, RESPOND) and aim.tally.arose
    ]
    if not advised:
        return f"No stage {stage} response was judged, so there is nothing to draw."
    told = narrative.kept_words(advised[0])
    return f"The Code only recommends when to answer at stage {stage}, so no limit is drawn. Of the cases: {told}."


def _case(run: AssessInput) -> Markup:
    data = one_case(run)
    if data is None:
        return tag("p", "No case breached a dated duty of the Code, so there is none to draw.")
    words = "The clearest of the latest breaches: every date of it is recorded. Days that do not count are shaded."
    return html.join((tag("p", words), html.figure(timeline.draw("one-case", data))))


def _method(run: AssessInput, rows: Sequence[ProvisionEvidence]) -> Markup:
    parts = [(tag("dt", heading), tag("dd", html.lines(text))) for heading, text in method(run, rows)]
    told = tag("dl", *(part for pair in parts for part in pair), class_="method")
    if not run.assumptions:
        return told
    turned = ([html.lines(str(cell or "")) for cell in assumption_row(a)] for a in run.assumptions)
    words = "Each thing that nothing settles, turned the other way by itself, and what would then come out otherwise."
    return html.join((told, tag("h3", CAPTION), tag("p", words), html.table(HEADINGS, turned, CAPTION, numbers=(3, 4))))
