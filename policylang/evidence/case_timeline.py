"""One case on a line of time for the terminal: a line for every day on which something happened or was due.

Plain characters only: it reads the same without colour, in a file, and read aloud.
"""

from __future__ import annotations

import textwrap
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from policylang.auditor.audit import AuditResult
from policylang.auditor.counting import counter_of
from policylang.auditor.duty import Duty, DutyKind
from policylang.auditor.event_words import deed, noun
from policylang.auditor.knowledge import Knowledge
from policylang.auditor.outcome import Late, Outcome, Result
from policylang.auditor.step import FLAGGED, Shown, Step
from policylang.casebook.cases import Case, EntryState
from policylang.casebook.dates import EARLIEST, LATEST
from policylang.casebook.record import facts
from policylang.evidence.words import count, lateness, listed
from policylang.model.calendar import Calendar, OutsideCalendar
from policylang.model.clock_error import ClockError
from policylang.model.days import MONTHS, WEEKDAYS, say_date

_HAPPENED, _DUE, _LATE, _DOUBT, _NOW = "o", "|", "X", "?", "="
_MARKS = {
    _HAPPENED: "happened",
    _DUE: "fell due",
    _LATE: "happened too late",
    _DOUBT: "late on the dates (see below)",
    _NOW: "the as-at date",
}
_TIED = "\N{NO-BREAK SPACE}"
_PLANNED = ("extended_to", "stage2_extended_to")
# How the deadline of a step that the dates show late or missing was counted.
_UNLESS = {
    Shown.LATE: " unless extended",
    Shown.EITHER: " unless extended",
    Shown.BEGUN: " if the clock started when it should have",
    Shown.NEAREST: " by the nearest edition or version",
}


@dataclass(frozen=True, slots=True)
class _Line:
    day: date
    order: int
    mark: str
    text: str


def timeline(case: Case, result: AuditResult, calendar: Calendar, across: int) -> Iterator[str]:
    """The lines of the case, ``across`` columns wide, and below them what their marks mean."""
    known = Knowledge(case, result.as_at, result.settings)
    steps = [step for _, step in result.steps if step.shown in FLAGGED]
    lines = [*_events(case, result, steps), *_dues(result, calendar), *_dues_of(steps, result, known)]
    if now := _now(result, steps):
        lines.append(_Line(result.as_at, 9, _NOW, now))
    lines.sort(key=lambda line: (line.day, line.order, line.text))
    before: date | None = None
    for line in lines:
        if before is not None and line.day > before and (gap := _gap(before, line.day, calendar)):
            yield f"{' ' * 17}:  {gap}"
        label = _day(line.day) if line.day != before else ""
        before = line.day
        yield from textwrap.wrap(
            line.text, across, initial_indent=f"{label:<17}{line.mark}  ", subsequent_indent=" " * 20
        )
    yield ""
    used = {line.mark for line in lines}
    told = "   ".join(f"{mark} {word}".replace(" ", _TIED) for mark, word in _MARKS.items() if mark in used)
    for row in textwrap.wrap(told, across, initial_indent=" " * 17, subsequent_indent=" " * 17):
        yield row.replace(_TIED, " ")


def cite(outcome: Outcome) -> str:
    """``Code 6.3``, ``policy 3.2, 3.3``."""
    if outcome.source == "code":
        return f"Code {outcome.provision}"
    return f"policy {', '.join(outcome.clauses)}" if outcome.clauses else "policy"


def _now(result: AuditResult, steps: Iterable[Step]) -> str:
    """What the line of the as-at date says; empty where nothing waits for it."""
    missing = dict.fromkeys(_duty(step.outcome, result).event or "" for step in steps if _missing(step))
    if missing:
        return f"as at; not on record: {listed([noun(event) for event in missing])}"
    waits = any(o.result is Result.PENDING or o.reason == "not-done-and-due" for o in result.outcomes)
    return "as at" if waits else ""


def _missing(step: Step) -> bool:
    return step.shown is Shown.MISSING


def _duty(outcome: Outcome, result: AuditResult) -> Duty:
    return result.duties[outcome.document, outcome.provision, outcome.duty]


# ------------------------------------------------------------ what happened


def _events(case: Case, result: AuditResult, steps: Iterable[Step]) -> Iterator[_Line]:
    late: defaultdict[str, dict[Outcome, Late]] = defaultdict(dict)
    for outcome in result.of(Result.BREACHED):
        event = _duty(outcome, result).event
        if outcome.late is not None and outcome.actual is not None and event:
            late[event][outcome] = outcome.late
    doubted: defaultdict[str, dict[Outcome, Late]] = defaultdict(dict)
    for step in steps:
        event = _duty(step.outcome, result).event
        if step.late is not None and event and step.flagged and not _missing(step):
            doubted[event][step.outcome] = step.late
    for name, fact in facts().items():
        entry = case.entry(name)
        if fact.kind != "event" or name in _PLANNED:
            continue
        told, perhaps = _late_words(late[name], "late"), _late_words(doubted[name], "past its time")
        mark = _LATE if told else (_DOUBT if perhaps else _HAPPENED)
        where = f" ({entry.cell})" if entry.cell else ""
        if entry.state is EntryState.KNOWN and entry.date is not None:
            yield _Line(entry.date, 1, mark, f"{_said(name)}{told}{perhaps}{where}")
        elif entry.state is EntryState.VAGUE and entry.earliest and entry.latest:
            day, when = _vague(entry.earliest, entry.latest)
            yield _Line(day, 1, mark, f"{_said(name)} {when}{told}{perhaps}{where}")


def _vague(first: date, last: date) -> tuple[date, str]:
    """On which day of the line a rough date stands, and what is said of it."""
    if first == EARLIEST:
        return last, "on this day or before"
    if last == LATEST:
        return first, "on this day or later"
    return first, f"on some day up to {say_date(last)}"


def _said(name: str) -> str:
    words = deed(name)
    return f"{words} at stage 2" if name.startswith("stage2_") else words


def _late_words(late: dict[Outcome, Late], word: str) -> str:
    told: defaultdict[str, list[str]] = defaultdict(list)
    for outcome, by in late.items():
        told[lateness(by).replace("late", word)].append(cite(outcome))
    return "".join(f": {words} ({listed(dict.fromkeys(cited))})" for words, cited in told.items())


# ---------------------------------------------------------------- what was due


def _dues(result: AuditResult, calendar: Calendar) -> Iterator[_Line]:
    found: defaultdict[tuple[date, str, str], list[str]] = defaultdict(list)
    for outcome in result.outcomes:
        duty = _duty(outcome, result)
        if outcome.due is None or duty.kind is not DutyKind.TIMED or duty.event is None:
            continue
        aims = outcome.reason.startswith("aim-")
        if aims or outcome.result is not Result.NOT_APPLICABLE:
            how = "due, extension included" if _is_extended(outcome, duty, result, calendar) else "due"
            found[outcome.due, duty.event, how].append(f"{cite(outcome)}{' aims at it' if aims else ''}")
    for (day, event, how), cited in found.items():
        yield _Line(day, 2, _DUE, f"{how}: {_noun(event)} ({listed(dict.fromkeys(cited))})")


def _is_extended(outcome: Outcome, duty: Duty, result: AuditResult, calendar: Calendar) -> bool:
    """Whether a deadline lies behind the one without any extension: that of an extension on record, or of the longest
    that there can have been."""
    if duty.extension is None or duty.clock is None or outcome.start is None or outcome.due is None:
        return False
    try:
        return outcome.due > counter_of(duty, calendar, result.settings.day_one).due(outcome.start, duty.clock.within)
    except ClockError:
        return False


def _dues_of(steps: Iterable[Step], result: AuditResult, known: Knowledge) -> Iterator[_Line]:
    """The deadlines of what the dates show late or missing: the latest days on which they can have fallen."""
    found: defaultdict[tuple[date, str, str], list[str]] = defaultdict(list)
    for step in steps:
        duty = _duty(step.outcome, result)
        if step.due is None or duty.event is None or duty.clock is None or step.outcome.due is not None:
            continue
        settled = known.day(duty.clock.start).exact is not None and step.shown is not Shown.EITHER
        sure = settled or step.shown is Shown.BEGUN
        how = f"due{'' if sure else ' at the latest'}{_UNLESS.get(step.shown, '')}"
        aims = " aims at it" if step.outcome.reason.startswith("aim-") else ""
        found[step.due, duty.event, how].append(f"{cite(step.outcome)}{aims}")
    for (day, event, how), cited in found.items():
        yield _Line(day, 2, _DUE, f"{how}: {_noun(event)} ({listed(dict.fromkeys(cited))})")


def _noun(event: str) -> str:
    return noun(event).removeprefix("the ").strip("“”").lower()


def _gap(first: date, last: date, calendar: Calendar) -> str:
    try:
        days = calendar.working_days_after(first, last)
    except OutsideCalendar:
        return count((last - first).days, "calendar day")
    return count(days, "working day") if days else "no working day"


def _day(day: date) -> str:
    return f"{WEEKDAYS[day.weekday()][:3]} {day.day} {MONTHS[day.month - 1][:3]} {day.year}"
