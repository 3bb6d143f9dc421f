"""One case for the terminal: a line for every day on which something happened or was due, then what was missed and why.

Plain characters only: it reads the same without colour, in a file, and read aloud.
"""

from __future__ import annotations

import textwrap
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from policylang.auditor.audit import AuditResult
from policylang.auditor.dates_as_text import title_of
from policylang.auditor.duty import DutyKind
from policylang.auditor.event_words import deed, noun
from policylang.auditor.on_the_dates import on_the_dates
from policylang.auditor.outcome import Outcome, Result
from policylang.casebook.cases import Case, CaseBook, EntryState
from policylang.casebook.record import facts
from policylang.evidence.nearest_world import NearestWorld, in_order
from policylang.evidence.words import capital, count, lateness, listed
from policylang.model.calendar import Calendar, OutsideCalendar
from policylang.model.days import MONTHS, WEEKDAYS, say_date

_HAPPENED, _DUE, _LATE, _NOW = "o", "|", "X", "="
MOST_MISSING = 8
"""How many of the things that are not on record are named, those first that leave most open."""
_PLANNED = ("extended_to", "stage2_extended_to")


@dataclass(frozen=True, slots=True)
class _Line:
    day: date
    order: int
    mark: str
    text: str


def case_text(case: Case, result: AuditResult, world: NearestWorld, calendar: Calendar, *, across: int = 100) -> str:
    """The case as text, ``across`` columns wide. ``result`` is the audit of this case alone."""
    parts = [
        list(_head(case, result)),
        list(_timeline(case, result, calendar, across)),
        list(_missed(result, across)),
        list(_on_the_dates(case, result, across)),
        list(_world(world, across)),
        list(_open(case, result, across)),
    ]
    return "\n\n".join("\n".join(part) for part in parts if part)


def _head(case: Case, result: AuditResult) -> Iterator[str]:
    where = f" ({case.sheet}, row {case.row})" if case.sheet and case.row else ""
    yield f"{case.reference}{where}, as at {say_date(result.as_at)}"
    judging = {row["document"] for row in result.population["judged_by"] if row["reason"] is None}
    for document in result.documents.values():
        if document.id in judging:
            yield f"  judged under {document.title or document.id}, {document.version or document.edition or 'undated'}"
    for outcome in {o.reason: o for o in result.outcomes if o.reason in _NOT_JUDGED}.values():
        yield f"  {outcome.why}"
    counted = Counter(o.result for o in result.outcomes)
    yield "  " + ", ".join(f"{counted[r]} {r.value.replace('-', ' ')}" for r in Result)


_NOT_JUDGED = ("receipt-unknown", "no-edition-in-force", "policy-not-in-force")


def _timeline(case: Case, result: AuditResult, calendar: Calendar, across: int) -> Iterator[str]:
    lines = sorted([*_events(case, result), *_dues(case, result)], key=lambda line: (line.day, line.order, line.text))
    if any(o.result is Result.PENDING or o.reason == "not-done-and-due" for o in result.outcomes):
        lines.append(_Line(result.as_at, 9, _NOW, "as at"))
        lines.sort(key=lambda line: (line.day, line.order))
    shown: date | None = None
    for line in lines:
        if shown is not None and line.day > shown and (gap := _gap(shown, line.day, calendar)):
            yield f"{' ' * 17}:  {gap}"
        label = _day(line.day) if line.day != shown else ""
        shown = line.day
        yield from textwrap.wrap(
            line.text, across, initial_indent=f"{label:<17}{line.mark}  ", subsequent_indent=" " * 20
        )
    yield ""
    marks = {_HAPPENED: "happened", _DUE: "fell due", _LATE: "happened too late", _NOW: "the as-at date"}
    used = {line.mark for line in lines}
    yield " " * 17 + "   ".join(f"{mark} {word}" for mark, word in marks.items() if mark in used)


def _events(case: Case, result: AuditResult) -> Iterator[_Line]:
    late: defaultdict[str, list[Outcome]] = defaultdict(list)
    for outcome in result.of(Result.BREACHED):
        duty = result.duties[outcome.document, outcome.provision, outcome.duty]
        if outcome.late is not None and outcome.actual is not None and duty.event:
            late[duty.event].append(outcome)
    for name, fact in facts().items():
        entry = case.entry(name)
        if fact.kind != "event" or name in _PLANNED:
            continue
        where = f" ({entry.cell})" if entry.cell else ""
        if entry.state is EntryState.KNOWN and entry.date is not None:
            told = _late_words(late[name])
            yield _Line(entry.date, 1, _LATE if told else _HAPPENED, f"{_said(name)}{told}{where}")
        elif entry.state is EntryState.VAGUE and entry.earliest and entry.latest:
            text = f"{_said(name)} on some day up to {say_date(entry.latest)}{where}"
            yield _Line(entry.earliest, 1, _HAPPENED, text)


def _said(name: str) -> str:
    words = deed(name)
    return f"{words} at stage 2" if name.startswith("stage2_") else words


def _late_words(outcomes: Iterable[Outcome]) -> str:
    told: defaultdict[str, list[str]] = defaultdict(list)
    for outcome in outcomes:
        assert outcome.late is not None
        told[lateness(outcome.late)].append(_cite(outcome))
    return "".join(f": {words} ({listed(dict.fromkeys(cited))})" for words, cited in told.items())


def _dues(case: Case, result: AuditResult) -> Iterator[_Line]:
    found: defaultdict[tuple[date, str], list[Outcome]] = defaultdict(list)
    for outcome in result.outcomes:
        duty = result.duties[outcome.document, outcome.provision, outcome.duty]
        dated = duty.kind in (DutyKind.TIMED, DutyKind.EXTENSION_NOTIFIED) and duty.event is not None
        if outcome.due is None or (outcome.result is Result.NOT_APPLICABLE and not outcome.reason.startswith("aim-")):
            continue
        if dated and duty.event is not None and (duty.kind is DutyKind.TIMED):
            found[outcome.due, duty.event].append(outcome)
    for (day, event), outcomes in found.items():
        cited = listed(
            dict.fromkeys(f"{_cite(o)}{' aims at it' if o.reason.startswith('aim-') else ''}" for o in outcomes)
        )
        yield _Line(day, 2, _DUE, f"due: {_noun(event)} ({cited})")


def _noun(event: str) -> str:
    return noun(event).removeprefix("the ").strip("“”").lower()


def _cite(outcome: Outcome) -> str:
    if outcome.source == "code":
        return f"Code {outcome.provision}"
    return f"policy {', '.join(outcome.clauses)}" if outcome.clauses else "policy"


def _gap(first: date, last: date, calendar: Calendar) -> str:
    try:
        days = calendar.working_days_after(first, last)
    except OutsideCalendar:
        return count((last - first).days, "calendar day")
    return count(days, "working day") if days else "no working day"


def _day(day: date) -> str:
    return f"{WEEKDAYS[day.weekday()][:3]} {day.day} {MONTHS[day.month - 1][:3]} {day.year}"


def _missed(result: AuditResult, across: int) -> Iterator[str]:
    breaches = in_order(result)
    if not breaches:
        yield "No breach is on record."
        return
    yield "What was missed, the earliest step first"
    alike: defaultdict[tuple[str, str, str | None], list[Outcome]] = defaultdict(list)
    for breach in breaches:
        alike[breach.duty, breach.why, breach.repair].append(breach)
    for n, ((duty, why, repair), same) in enumerate(alike.items(), start=1):
        cited = listed(dict.fromkeys(map(_cite, same)))
        yield from _wrapped(f"{n}. {capital(duty)} ({cited}). {why}", across, "  ", "     ")
        if repair:
            yield from _wrapped(repair, across, "     ", "     ")


def _on_the_dates(case: Case, result: AuditResult, across: int) -> Iterator[str]:
    """What the dates show late or missing although it is no breach: an audit flags it, so it is told here as well."""
    steps = [step for step in on_the_dates(result, CaseBook(cases=[case], rows_read=1)) if step.flagged]
    if steps:
        yield "Late or missing on the dates, though no breach"
    for n, step in enumerate(steps, start=1):
        cited = listed(dict.fromkeys(map(_cite, (step.outcome, *step.others))))
        text = f"{n}. {capital(step.outcome.duty)} ({cited}): {title_of(step.shown).lower()}. {step.outcome.why}"
        yield from _wrapped(text, across, "  ", "     ")
        if step.outcome.repair:
            yield from _wrapped(step.outcome.repair, across, "     ", "     ")


def _world(world: NearestWorld, across: int) -> Iterator[str]:
    if not world.steps and world.reached:
        return
    yield "The nearest compliant world (each step was tried, and the case judged again)"
    for n, step in enumerate(world.steps, start=1):
        left = "leaves no breach" if not step.left else f"leaves {count(step.left, 'breach', 'breaches')}"
        text = f"{n}. {capital(step.breach.duty)}: {step.breach.repair or 'done as asked.'} That {left}."
        yield from _wrapped(text, across, "  ", "     ")
    if world.stuck is not None:
        text = f"No single date or letter puts this right: {world.stuck.duty} ({_cite(world.stuck)})."
        yield from _wrapped(text, across, "  ", "     ")


def _open(case: Case, result: AuditResult, across: int) -> Iterator[str]:
    pending = sorted((o for o in result.of(Result.PENDING) if o.due), key=lambda o: o.due or date.max)
    for outcome in pending:
        assert outcome.due is not None
        yield from _wrapped(f"Due next, {say_date(outcome.due)}: {outcome.duty} ({_cite(outcome)}).", across)
    unknown = result.of(Result.CANNOT_TELL)
    if unknown:
        missing = Counter(cell for o in unknown for cell in o.cells if _unsaid(case, cell))
        told = "; ".join(f"{_place(cell)} ({n})" for cell, n in missing.most_common(MOST_MISSING))
        if len(missing) > MOST_MISSING:
            told += f"; and {len(missing) - MOST_MISSING} more"
        text = f"{count(len(unknown), 'outcome')} cannot be told. " + (f"Not on record: {told}." if told else "")
        yield from _wrapped(text, across)


def _place(cell: str) -> str:
    return f"“{cell.removeprefix('no column: ')}”, no column" if cell.startswith("no column: ") else cell


def _unsaid(case: Case, cell: str) -> bool:
    if cell.startswith("no column: "):
        return True
    entries = {str(e.cell): e for e in case.entries.values() if e.cell is not None}
    return cell in entries and entries[cell].state not in (EntryState.KNOWN, EntryState.NOT_DONE)


def _wrapped(text: str, across: int, first: str = "", rest: str = "  ") -> Sequence[str]:
    return textwrap.wrap(text, across, initial_indent=first, subsequent_indent=rest, break_long_words=False)
