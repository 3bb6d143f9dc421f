"""What the histograms show: working days from acknowledgement to response at a stage, under the code."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from policylang.auditor.outcome import Outcome, Owed, Result
from policylang.auditor.population import is_aim
from policylang.casebook.cases import Case
from policylang.evidence.by_case import by_case_row, case_keys
from policylang.evidence.join import CODE, NOT_GOVERNED
from policylang.evidence.pictures.histogram import Answered, Histogram
from policylang.evidence.run import AssessInput, Limit

RESPOND = "respond"
EXTENDED = "in-extended-time"
# The events between which the days are counted, as a case record names them.
_EVENTS = {1: ("acknowledged", "responded"), 2: ("stage2_acknowledged", "stage2_responded")}


def response_times(run: AssessInput, stage: int) -> Histogram | None:
    """The working days of every case that was answered; ``None`` where nothing can be drawn.

    A case that was answered and of which it cannot be told whether in time (because a longer limit may have held) is
    drawn as open, at the days that its own dates give: to leave those out would hide the late ones.
    """
    responses = (group for group in run.by_owed if _is_response(group[0].owed, run.code.id, stage))
    theirs = [o for group in responses for o in group if o.reason not in NOT_GOVERNED]
    # The duty to respond in time, not what a response must contain: it has a due date wherever it was decided.
    timed = {(o.duty, o.provision) for o in theirs if o.due is not None}
    outcomes = [o for o in theirs if (o.duty, o.provision) in timed]
    limit = run.limits.get(stage)
    if not outcomes or run.working_days is None:
        return None
    cases = _cases(run)
    counted: Counter[tuple[int, str]] = Counter()
    unplaced = undone = 0
    for (reference, occurrence), group in by_case_row(outcomes).items():
        for outcome in group:
            if outcome.result is Result.BREACHED and outcome.actual is None:
                undone += 1
            elif outcome.result in (Result.MET, Result.BREACHED, Result.CANNOT_TELL):
                days = _days(run, outcome, cases.get((reference, occurrence)), stage)
                if days is None:
                    unplaced += 1
                else:
                    counted[days, _kind(outcome, days, limit)] += 1
    return Histogram(
        heading=f"Working days to respond at stage {stage}",
        start="acknowledgement",
        days=tuple(_answered(counted, {day for day, _ in counted})),
        limit=limit.days if limit else None,
        extension=limit.extension if limit else None,
        unplaced=unplaced,
        undone=undone,
    )


def _is_response(owed: Owed, code: str, stage: int) -> bool:
    return (
        owed.source == CODE
        and owed.document == code
        and owed.stage == stage
        and owed.action == RESPOND
        and not is_aim(owed)
    )


def _cases(run: AssessInput) -> dict[tuple[str, int], Case]:
    """Each case by its reference and how often that came before in the log."""
    cases = run.casebook.cases if run.casebook else []
    return dict(zip(case_keys(cases), cases, strict=True))


def _days(run: AssessInput, outcome: Outcome, case: Case | None, stage: int) -> int | None:
    start, end = outcome.start, outcome.actual
    if outcome.result is Result.CANNOT_TELL and case is not None:
        first, last = _EVENTS[stage]
        start, end = case.day(first), case.day(last)
    if run.working_days is None or start is None or end is None:
        return None
    days = run.working_days(start, end)
    return None if days is None or days < 0 else days


def _kind(outcome: Outcome, days: int, limit: Limit | None) -> str:
    if outcome.result is Result.CANNOT_TELL:
        return "open"
    if outcome.result is Result.BREACHED:
        return "late"
    return "extended" if outcome.reason == EXTENDED or (limit and days > limit.days) else "in_time"


def _answered(counted: Counter[tuple[int, str]], days: Iterable[int]) -> Iterable[Answered]:
    for day in sorted(days):
        yield Answered(day, *(counted[day, kind] for kind in ("in_time", "extended", "late", "open")))
