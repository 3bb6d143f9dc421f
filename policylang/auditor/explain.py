"""What the words of an outcome need beyond the decision: the days it rests on, how late, and what is missing."""

from __future__ import annotations

from policylang.auditor.counting import Counter
from policylang.auditor.duty import Duty, DutyKind
from policylang.auditor.knowledge import Day, Knowledge
from policylang.auditor.outcome import Result
from policylang.auditor.ruling import Ruling, Span
from policylang.casebook.cases import EntryState
from policylang.casebook.record import facts

_OPEN = (EntryState.UNREADABLE, EntryState.VAGUE)
_NONE = (EntryState.BLANK, EntryState.NO_COLUMN, EntryState.NOT_DONE)


def explain(
    ruling: Ruling,
    duty: Duty,
    case: Knowledge,
    count: Counter,
    base: Span,
    whole: Span,
    became: str,
    asked: tuple[str, ...] = (),
) -> None:
    """Fill in the start, due date, lateness and missing facts of a decision about a deadline. Where it cannot be told,
    ``ruling.lenient`` and ``past`` say what the dates show all the same.

    ``base`` is the deadline before any extension and ``whole`` after it; ``became`` is what came of the extension,
    and ``asked`` the facts that its conditions asked for.
    Where the start is only bounded, *met* rests on its earliest day and *breached* on its latest.
    """
    clock = duty.clock
    assert clock is not None
    start, root = case.day(clock.start), case.day(clock.root)
    late = ruling.result is Result.BREACHED
    ruling.within, ruling.start_event, ruling.extension = clock.within, clock.start, became
    ruling.start = start.exact or (start.last if late else start.first)
    ruling.base = base.last if late else base.first
    ruling.span = whole
    if ruling.result is not Result.CANNOT_TELL and ruling.due is None:
        ruling.due = whole.last if late else whole.first
    if clock.guard is not None and root.exact is not None and clock.start != clock.root:
        lawful = count.due(root.exact, clock.guard)
        ruling.guarded = (lawful, count.due(lawful, clock.within))
        if start.done is False or (start.exact is not None and start.exact > ruling.guarded[1]):
            ruling.start = lawful
    actual = case.as_at if ruling.reason == "not-done-and-due" else ruling.actual
    if late and ruling.due is not None and actual is not None and count.calendar.covers(actual):
        ruling.late = count.late(ruling.due, actual, clock.within)
    if ruling.result is Result.CANNOT_TELL and not ruling.unknown:
        ruling.unknown, ruling.reason = _missing(duty, case, base, whole, ruling.reason, asked)
    if ruling.result is Result.CANNOT_TELL and duty.kind is DutyKind.TIMED:
        _on_the_dates(ruling, duty, case, count, base)
    if duty.extension is not None and became != "":
        ruling.read = (*ruling.read, duty.extension.notified, duty.extension.extended_to)
    elif duty.extension is not None and ruling.result in (Result.BREACHED, Result.CANNOT_TELL):
        ruling.read = (*ruling.read, duty.extension.notified)


def _on_the_dates(ruling: Ruling, duty: Duty, case: Knowledge, count: Counter, base: Span) -> None:
    """How far the deadline is behind, whatever its start and without any extension."""
    ruling.lenient = base.last
    deed = case.day(duty.event or duty.root)
    # A deed dated only roughly, perhaps after the as-at date, was not done before the first of its days.
    dated = deed.first is not None and (deed.done or deed.last is not None)
    reached = deed.first if dated and deed.first is not None else case.as_at
    if base.last is None or min(reached, case.as_at) <= base.last:
        return
    if count.calendar.covers(reached) and count.calendar.covers(base.last) and ruling.within is not None:
        ruling.past = count.late(base.last, reached, ruling.within)
    if ruling.reason == "extension-unknown":
        start = case.day(ruling.start_event)
        ruling.base = base.last
        if start.exact is None and ruling.start != (ruling.guarded or (None,))[0]:
            ruling.start = start.last


def _past(deed: Day, base: Span, case: Knowledge) -> bool:
    """Whether a deed, done or still to do, is behind the base deadline wherever that falls."""
    if base.last is None or deed.done is None:
        return False
    return (deed.first is not None and deed.first > base.last) if deed.done else case.as_at > base.last


def _missing(
    duty: Duty, case: Knowledge, base: Span, whole: Span, reason: str, asked: tuple[str, ...]
) -> tuple[tuple[str, ...], str]:
    """Which facts would decide, and the reason code that says so."""
    assert duty.clock is not None
    clock, extension = duty.clock, duty.extension
    days = [clock.start, *((clock.root,) if clock.guard else ())]
    unsure = [name for name in days if case.day(name).exact is None and case.day(name).done is not False]
    open_flags = [name for name in asked if facts()[name].kind == "flag" and case.flag(name) is None]
    if reason == "condition-unknown":
        return tuple(open_flags), reason
    if reason == "deed-unknown":
        return (duty.event or duty.root, *unsure), reason
    one_deadline = base.first is not None and base.first == base.last
    timed = duty.kind is DutyKind.TIMED
    past = timed and _past(case.day(duty.event or duty.root), base, case)
    # Late from every start there can be: it hangs on an extension, whatever else is unknown.
    hinge = past and (one_deadline or (extension is not None and not case.day(extension.notified).done))
    if extension is not None and whole != base and (hinge or (one_deadline and not timed)):
        told, to = case.day(extension.notified).exact, case.entry(extension.extended_to).state
        names = [extension.notified] if told is None else open_flags
        limited = any(step.limit or step.total for step in extension.steps)
        names += [extension.extended_to] if to in _OPEN or (told and to in _NONE and not limited) else []
        return tuple(names), "extension-unknown"
    if not one_deadline:
        return tuple(unsure) or (clock.start,), "start-unknown"
    return (duty.event or duty.root,), "deed-unknown"
