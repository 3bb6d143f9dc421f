"""The top of the page: the figures a Board reads first, and the three worst things."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from policylang.checker.verdict import Judgement
from policylang.evidence.comply import Answer
from policylang.evidence.join import CODE, ProvisionEvidence
from policylang.evidence.page_parts.html import Markup, join, tag
from policylang.evidence.response_times import RESPOND
from policylang.evidence.run import AssessInput
from policylang.evidence.tally import Tally
from policylang.evidence.totals import ControlTotals
from policylang.evidence.words import count, percent
from policylang.evidence.worst import Worst


def headline(run: AssessInput, rows: Sequence[ProvisionEvidence], totals: ControlTotals) -> Markup:
    """The key figures as cards."""
    cards = [
        tag("div", tag("dt", name), tag("dd", tag("strong", figure), tag("span", words)), class_="card")
        for name, figure, words in (*_provisions(rows), *_practice(run, totals))
    ]
    return tag("dl", *cards, class_="cards")


def _provisions(rows: Sequence[ProvisionEvidence]) -> Iterator[tuple[str, str, str]]:
    answers = Counter(row.comply.answer for row in rows)
    whole = len(rows)
    yield "Comply: Yes", f"{answers[Answer.YES]}", f"of {whole} provisions: text and cases have been seen and agree"
    yield "Comply: No", f"{answers[Answer.NO]}", f"of {whole}: the policy or a case is known to fall short"
    yield "To be completed", f"{answers[Answer.BLANK]}", f"of {whole}: a person has to say, or to settle a doubt"
    verdicts = Counter(row.verdict.judgement for row in rows if row.verdict)
    short = verdicts[Judgement.BREACHES]
    advice = sum(r.verdict.recommended for r in rows if r.verdict and r.verdict.judgement is Judgement.BREACHES)
    partly, silent = verdicts[Judgement.PARTLY], verdicts[Judgement.SILENT]
    told = "provisions" if not advice else f"provisions, {'all' if advice == short else advice} of them recommendations"
    yield "The policy's own breaches", f"{short}", f"{told}; {partly} more met only partly, silent on {silent}"


def _practice(run: AssessInput, totals: ControlTotals) -> Iterator[tuple[str, str, str]]:
    if run.casebook is None and not run.outcomes:
        yield "Cases", "none", "no complaints log was given, so practice is not judged"
        return
    aside = f"{totals.rows_read:,} rows read, {totals.set_aside:,} set aside with reasons"
    if totals.not_governed:
        aside += f"; {totals.not_governed:,} received under no edition given"
    yield "Cases judged", f"{totals.judged:,}", aside
    for stage in (1, 2):
        # A Code may only recommend a time; what is binding comes first.
        for duty in (*totals.duties, *totals.aims):
            if (duty.source, duty.document, duty.stage, duty.action) != (CODE, run.code.id, stage, RESPOND):
                continue
            timed = any(outcome.due is not None for outcome in duty.outcomes)
            if timed and duty.tally.share_range is not None:
                advice = ", as recommended" if duty.aim else ""
                yield f"Answered in time at stage {stage}{advice}", *_share(duty.tally)
                break


def _share(tally: Tally) -> tuple[str, str]:
    """The share met as a figure and its explanation; where too much is unknown the figure is the range."""
    low, high = tally.share_range or (None, None)
    unknown = f"{tally.cannot_tell:,} of {count(tally.met + tally.breached + tally.cannot_tell, 'case')} cannot be told"
    if not tally.certain_enough:
        return f"{percent(low)} to {percent(high)}", f"{unknown}, so no single figure can be given"
    decided = f"of {count(tally.met + tally.breached, 'decided case')}"
    doubt = f"; {unknown}: between {percent(low)} and {percent(high)}" if tally.cannot_tell else ""
    return percent(tally.share_met), decided + doubt


def worst_list(worst: Sequence[Worst]) -> Markup:
    """The worst things, as a numbered list."""
    if not worst:
        return tag("p", "No breach was found and nothing was left that cannot be told.")
    return tag("ol", join(tag("li", thing.sentence) for thing in worst), class_="worst")
