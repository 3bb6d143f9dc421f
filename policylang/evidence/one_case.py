"""What the timeline shows: the clearest breached case, its events, and every deadline that ran on it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from policylang.auditor.outcome import Outcome, Result
from policylang.casebook.cases import Case
from policylang.evidence.join import AIMS, CODE
from policylang.evidence.narrative import how_late
from policylang.evidence.pictures.timeline import Clock, Timeline
from policylang.evidence.run import AssessInput
from policylang.evidence.words import RESULT_WORDS, capital, clauses, event_words, lateness
from policylang.model.days import WEEKDAYS

MAX_CLOCKS = 8  # deadlines drawn on one case


def clearest_breach(run: AssessInput) -> Outcome | None:
    """The breach to draw: the latest of those that leave nothing open.

    Nothing open: verified, under the code, its start, due date and deed all known, and no finding on the log about
    the case. Where there is none, a breach with nothing done since its due date; else ``None``.
    """
    doubted = {finding.place.row for finding in run.data_quality if finding.place and finding.place.row is not None}
    rows = {case.reference: case.row for case in run.casebook.cases} if run.casebook else {}
    found = [
        o
        for o in run.outcomes
        if o.result is Result.BREACHED and o.source == CODE and o.start and o.due and o.document == run.code.id
    ]
    done = [o for o in found if o.actual is not None and o.actual > (o.due or o.actual)]
    pool = done or [o for o in found if o.actual is None]
    return max(
        pool,
        key=lambda o: (o.verified, rows.get(o.case) not in doubted, how_late(o), o.case, o.duty),
        default=None,
    )


def one_case(run: AssessInput) -> Timeline | None:
    """The clearest breached case on a calendar, with every deadline that ran on it; ``None`` where there is none."""
    chosen = clearest_breach(run)
    if chosen is None:
        return None
    mine = (o for (case, _), group in run.by_case.items() if case == chosen.case for o in group)
    theirs = [o for o in mine if o.start and o.due and _ran(o)]
    theirs.sort(key=lambda o: (o is not chosen, o.result is not Result.BREACHED, o.source != CODE))
    # Duties with the same clock and the same end, such as to acknowledge and to define, are drawn once.
    once = {(o.source, o.document, o.start, o.due, o.actual, o.result): o for o in reversed(theirs)}
    kept = sorted(
        [o for o in theirs if o in once.values()][:MAX_CLOCKS],
        key=lambda o: (o.start or run.as_at, o.due or run.as_at, o.source),
    )
    case = next((c for c in run.casebook.cases if c.reference == chosen.case), None) if run.casebook else None
    return Timeline(
        case=chosen.case,
        events=_events(case, kept),
        clocks=tuple(_clock(run, o) for o in kept),
        skipped=_skipped(run, kept),
        as_at=run.as_at,
    )


def _ran(outcome: Outcome) -> bool:
    return outcome.result in (Result.MET, Result.BREACHED, Result.PENDING) or outcome.reason in AIMS


def _clock(run: AssessInput, outcome: Outcome) -> Clock:
    assert outcome.start is not None
    assert outcome.due is not None
    if outcome.source == CODE:
        rests = run.code.cite(outcome.provision or "") if outcome.document == run.code.id else outcome.document
    else:
        rests = f"policy {clauses(outcome.clauses)}".strip()
    return Clock(
        words=capital(outcome.duty),
        rests_on=rests,
        start=outcome.start,
        due=outcome.due,
        done=outcome.actual,
        outcome=outcome.reason.replace("-", " ") if outcome.reason in AIMS else RESULT_WORDS[outcome.result],
        late=lateness(outcome.late) if outcome.late and outcome.result is Result.BREACHED else "",
    )


def _events(case: Case | None, outcomes: Iterable[Outcome]) -> tuple[tuple[date, str], ...]:
    """The dated events of the case; without a case record, the starts and deeds of the outcomes."""
    if case is not None:
        # A new due date is a promise, not something that happened.
        names = [name for name in case.entries if not name.endswith("extended_to")]
        found = [(day, event_words(name)) for name in names if (day := case.day(name))]
    else:
        found = [(o.actual, f"{o.duty}: done") for o in outcomes if o.actual]
    together: dict[date, list[str]] = {}
    for day, words in found:
        together.setdefault(day, []).append(words)
    return tuple((day, ", ".join(together[day])) for day in sorted(together))


def _skipped(run: AssessInput, outcomes: Iterable[Outcome]) -> tuple[tuple[date, str], ...]:
    """Every day within the picture that does not count: weekends, and the days the calendar or the outcomes name."""
    kept = list(outcomes)
    named = dict(run.calendar.named_days)
    for outcome in kept:
        named.update({day: why for day, why in outcome.skipped if day.weekday() < 5})
    days = [day for o in kept for day in (o.start, o.due, o.actual or run.as_at) if day]
    first, last = min(days) - timedelta(days=2), max(days) + timedelta(days=3)
    span = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    return tuple(
        (day, WEEKDAYS[day.weekday()] if day.weekday() >= 5 else named[day])
        for day in span
        if day.weekday() >= 5 or day in named
    )
