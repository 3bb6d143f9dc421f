"""The reference replay: what one duty came to on one case. This file is the definition; whatever is faster must agree.

It follows the design page "What the words decide", section Cases. An unknown day is a span of days; a duty is *met* or
*breached* only where every day of the span leads there (strong Kleene), so filling an unknown in cannot turn one into
the other. The five outcomes and every reason code are explained in docs/outcomes.md.
"""

from __future__ import annotations

from datetime import date

from policylang.auditor.conditions import Conditions, extended
from policylang.auditor.counting import Counter, counter_of
from policylang.auditor.duty import REFUSALS, Clock, Duty, DutyKind, Extension
from policylang.auditor.either_way import either_way
from policylang.auditor.explain import explain
from policylang.auditor.knowledge import Day, Knowledge
from policylang.auditor.outcome import Outcome, Result
from policylang.auditor.people import same_person
from policylang.auditor.reach import EVER, Reach
from policylang.auditor.refused import signs_of_refusal
from policylang.auditor.ruling import Ruling, Span
from policylang.auditor.settings import Settings
from policylang.auditor.telling import outcome
from policylang.casebook.cases import Case, EntryState
from policylang.model.calendar import Calendar, OutsideCalendar
from policylang.model.clock_error import ClockError

MET, BREACHED, PENDING = Result.MET, Result.BREACHED, Result.PENDING
CANNOT_TELL, NOT_APPLICABLE = Result.CANNOT_TELL, Result.NOT_APPLICABLE
_RECORDED = (EntryState.KNOWN, EntryState.VAGUE)


def replay(duty: Duty, case: Case, as_at: date, calendar: Calendar, settings: Settings | None = None) -> Outcome:
    """What ``duty`` came to on ``case`` as it stood on ``as_at``. Never raises for what a case holds."""
    return judge(duty, Knowledge(case, as_at, settings or Settings()), calendar)[0]


def judge(duty: Duty, case: Knowledge, calendar: Calendar) -> tuple[Outcome, tuple[str, ...]]:
    """The same, on a case whose facts are made out once; with it, which facts would decide where it cannot be told."""
    count = counter_of(duty, calendar, case.settings.day_one)
    ruling = rule(duty, case, count)
    return outcome(duty, ruling, case, count), ruling.unknown


def rule(duty: Duty, case: Knowledge, count: Counter) -> Ruling:
    """The decision, without its words."""
    reached = case.day(duty.root).done
    doubt = case.doubt(duty.reads) if duty.dated or reached is False else None
    try:
        if doubt is not None:
            ruling = Ruling(CANNOT_TELL, "contradictory", unknown=doubt, doubt=doubt)
            either_way(ruling, duty, case, count, lambda world: rule(duty, world, count))
        elif reached is False:
            ruling = Ruling(NOT_APPLICABLE, "stage-not-reached")
        else:
            ruling = _conditional(duty, case, count)
    except OutsideCalendar as fault:
        ruling = Ruling(CANNOT_TELL, "outside-calendar", detail=str(fault))
    except ClockError as fault:
        ruling = Ruling(CANNOT_TELL, "time-not-countable", detail=str(fault))
    ruling.read = (*duty.reads, *ruling.read)
    return ruling if duty.binding else as_aim(ruling)


def _conditional(duty: Duty, case: Knowledge, count: Counter) -> Ruling:
    """The decision with the conditions of the sentence weighed: ``when`` makes a duty arise, ``unless`` excuses it."""
    conditions = Conditions(case, duty.stage, count.calendar, lambda: _late(duty, case, count))
    held: bool | None = True
    excused: bool | None = False
    if duty.conditions:
        held, excused = conditions.hold(duty.conditions), conditions.excused(duty.conditions)
    if held is False:
        ruling = Ruling(NOT_APPLICABLE, "condition-not-met")
    else:
        ruling = _RULES[duty.kind](duty, case, count, conditions)
        open_when = ruling.result in (MET, BREACHED, PENDING) and held is None
        if ruling.result in (BREACHED, PENDING) and excused is True:
            ruling = Ruling(NOT_APPLICABLE, "excused")
        elif open_when or (ruling.result is BREACHED and excused is None):
            ruling.before, ruling.open_condition, ruling.unknown = ruling.reason, True, tuple(conditions.read)
            ruling.result, ruling.reason = CANNOT_TELL, "condition-unknown"
    ruling.read = (*ruling.read, *conditions.read)
    return ruling


def _late(duty: Duty, case: Knowledge, count: Counter) -> bool | None:
    """Whether the response that this duty waits for is late or overdue in all its readings, each counted its way."""
    rulings = [rule(each, case, counter_of(each, count.calendar, case.settings.day_one)) for each in duty.late_of]
    open_ = any(ruling.result is CANNOT_TELL or ruling.reason == "aim-unknown" for ruling in rulings)
    late = {ruling.result is BREACHED or ruling.reason == "aim-missed" for ruling in rulings}
    return None if open_ or len(late) != 1 else late.pop()


def as_aim(ruling: Ruling) -> Ruling:
    """An aim binds nobody: it never counts as met or breached, but what became of it is said."""
    kept = {MET: "aim-kept", BREACHED: "aim-missed", PENDING: "aim-open", CANNOT_TELL: "aim-unknown"}
    if ruling.result in kept:
        ruling.before = ruling.before or ruling.reason
        ruling.reason = kept[ruling.result]
        ruling.result = NOT_APPLICABLE
    return ruling


# ------------------------------------------------------------------ deadlines


def _timed(duty: Duty, case: Knowledge, count: Counter, conditions: Conditions) -> Ruling:
    assert duty.event is not None
    deed, root = case.day(duty.event), case.day(duty.root)
    if root.done is None:
        return Ruling(CANNOT_TELL, "trigger-unknown", unknown=(root.name,))
    if duty.clock is None:
        if deed.done is None:
            return Ruling(CANNOT_TELL, "deed-unknown", unknown=(deed.name,))
        return Ruling(MET, "done", actual=deed.exact) if deed.done else Ruling(PENDING, "no-deadline")
    base = _base(duty.clock, case, count)
    if base is None:
        return _never_started(duty.clock, deed, root, count)
    try:
        whole, became = _extended(duty.extension, duty.clock, case, count, conditions, base)
    except ClockError:
        # Whatever an extension may do, an answer inside the base time is in time.
        if _decide(deed, base, case.as_at).result is not MET:
            raise
        whole, became = base, ""
    ruling = _decide(deed, whole, case.as_at)
    ruling = _unless_refused(ruling, duty.stage, case, deed, whole)
    if ruling.result is MET and became and base.last is not None and (deed.last or base.last) > base.last:
        ruling.reason = "in-extended-time"
    explain(ruling, duty, case, count, base, whole, became, tuple(conditions.read))
    return ruling


def _decide(deed: Day, due: Span, as_at: date) -> Ruling:
    """A deed against its deadline; each is known only to lie between two days, and every pair of days must agree."""
    if deed.done is False:
        if due.first is not None and as_at <= due.first:
            return Ruling(PENDING, "not-yet-due")
        if due.last is not None and as_at > due.last:
            return Ruling(BREACHED, "not-done-and-due")
        return Ruling(CANNOT_TELL, "start-unknown")
    too_late = deed.first is not None and due.last is not None and deed.first > due.last
    if deed.done:
        if deed.last is not None and due.first is not None and deed.last <= due.first:
            return Ruling(MET, "in-time", actual=deed.exact)
        return Ruling(BREACHED, "late", actual=deed.exact) if too_late else Ruling(CANNOT_TELL, "start-unknown")
    # Not known whether it was done by now: too late if done, and overdue if not.
    if too_late and due.last is not None and as_at > due.last:
        return Ruling(BREACHED, "late")
    return Ruling(CANNOT_TELL, "deed-unknown")


def _unless_refused(ruling: Ruling, stage: int, case: Knowledge, deed: Day, due: Span) -> Ruling:
    """Whoever refuses a complaint in time owes it no answer; refusing after the due date undoes nothing. A refusal for
    which nothing speaks did not happen: a log without one would otherwise decide nothing."""
    refused = case.day(REFUSALS[stage])
    if refused.name == deed.name or (ruling.result is not BREACHED and deed.done is not False):
        return ruling
    if refused.last is None:
        signs = signs_of_refusal(case, stage)
        return Ruling(CANNOT_TELL, "trigger-unknown", read=signs, unknown=(refused.name,)) if signs else ruling
    if due.first is not None and refused.done and refused.last <= due.first:
        return Ruling(NOT_APPLICABLE, "complaint-refused", read=(refused.name,))
    if due.last is not None and refused.first is not None and refused.first > due.last:
        ruling.read = (*ruling.read, refused.name)
        return ruling
    if refused.exact is None:
        return Ruling(CANNOT_TELL, "trigger-unknown", read=(refused.name,), unknown=(refused.name,))
    return Ruling(CANNOT_TELL, "start-unknown", read=(refused.name,))


def _base(clock: Clock, case: Knowledge, count: Counter) -> Span | None:
    """Between which days the deadline falls before any extension; None where the clock is known never to have started.

    Where the start has a time limit of its own (``guard``), a start that did not come, or came when the deed itself
    was already due, is counted from the last day on which it was lawful.
    """
    root, start = case.day(clock.root), case.day(clock.start)
    if clock.guard is None or clock.start == clock.root:
        if start.done is False:
            return None
        last = None if clock.at_earliest or start.last is None else count.due(start.last, clock.within)
        return Span(None if start.first is None else count.due(start.first, clock.within), last)
    guarded_first, guarded_last = (_guarded(clock, day, count) for day in (root.first, root.last))
    if start.done is False:
        return Span(guarded_first, guarded_last)
    first = None if start.first is None else count.due(start.first, clock.within)
    if guarded_first is None or guarded_last is None:
        return Span(None, None if start.last is None else count.due(start.last, clock.within))
    if start.last is None:
        return Span(first, count.due(guarded_last, clock.within))
    assert start.first is not None
    assert first is not None
    if start.first > guarded_last:
        return Span(guarded_first, guarded_last)
    lowest = min(first, guarded_first) if start.last > guarded_first else first
    return Span(lowest, count.due(min(start.last, guarded_last), clock.within))


def _guarded(clock: Clock, root: date | None, count: Counter) -> date | None:
    """The deadline counted from the last day on which the start was lawful."""
    if root is None or clock.guard is None:
        return None
    return count.due(count.due(root, clock.guard), clock.within)


def _never_started(clock: Clock, deed: Day, root: Day, count: Counter) -> Ruling:
    """The clock's start is known not to have come, and had no time limit of its own."""
    if deed.done and deed.last is not None and root.first is not None:
        limit = count.due(root.first, clock.within)
        if deed.last <= limit:  # in time even had the clock started on the first possible day
            return Ruling(MET, "in-time", due=limit, actual=deed.exact, within=clock.within)
    return Ruling(NOT_APPLICABLE, "clock-not-started", unknown=(clock.start,))


# ----------------------------------------------------------------- extensions


def _extended(
    extension: Extension | None, clock: Clock, case: Knowledge, count: Counter, conditions: Conditions, base: Span
) -> tuple[Span, str]:
    """The deadline after an extension, and what became of that: ``""`` (none), ``too-late``, ``extended``, ``unknown``.
    Told of by the base deadline it moves it to the new date, or by the limit; never past what conditions allow."""
    if extension is None or case.day(extension.notified).done is False:
        return base, ""
    told, to = case.day(extension.notified), case.entry(extension.extended_to)
    doubt = case.doubt((extension.notified, extension.extended_to))
    if doubt is None and told.first is not None and base.last is not None and told.first > base.last:
        return base, "too-late"
    if to.state in _RECORDED:
        earliest, latest = _days(to.date or to.earliest), _days(to.date or to.latest)
        plain = False
    else:
        # No date recorded: the limit is the deadline. A date that cannot be read can be any.
        earliest, latest = date.min if to.state is EntryState.UNREADABLE else EVER, EVER
        plain = to.state is not EntryState.UNREADABLE and told.last is not None
    steps = Reach(extension, clock, case, count, conditions)
    first, last = base.first, base.last
    surely = doubt is None and told.done and told.last is not None and first is not None and told.last <= first
    if first is not None and surely:
        limit = steps.reach(first, sure=True, plain=plain)
        first = max(first, min(earliest, limit)) if min(earliest, limit) < EVER else first
    if last is not None:
        limit = min(EVER if doubt else latest, steps.reach(last, sure=False, plain=plain))
        last = None if limit == EVER else max(last, limit)
    return Span(first, last), "extended" if surely and first == last else "unknown"


def _days(day: date | None) -> date:
    assert day is not None
    return day


def _extension_notified(duty: Duty, case: Knowledge, count: Counter, conditions: Conditions) -> Ruling:
    assert duty.extension is not None
    assert duty.clock is not None
    told, was = case.day(duty.extension.notified), extended(case, duty.stage)
    if was is None or case.day(duty.root).done is None:
        return Ruling(CANNOT_TELL, "trigger-unknown", unknown=(told.name,))
    if not was:
        return Ruling(NOT_APPLICABLE, "no-extension")
    base = _base(duty.clock, case, count)
    if base is None:
        return Ruling(NOT_APPLICABLE, "clock-not-started", unknown=(duty.clock.start,))
    ruling = _decide(told, base, case.as_at)
    explain(ruling, duty, case, count, base, base, "")
    return ruling


def _extension_limit(duty: Duty, case: Knowledge, count: Counter, conditions: Conditions) -> Ruling:
    assert duty.extension is not None
    assert duty.clock is not None
    extension, was = duty.extension, extended(case, duty.stage)
    to = case.entry(extension.extended_to)
    if was is None or case.day(duty.root).done is None:
        return Ruling(CANNOT_TELL, "trigger-unknown", unknown=(extension.notified,))
    if not was:
        return Ruling(NOT_APPLICABLE, "no-extension")
    if to.state is EntryState.NOT_DONE:
        return Ruling(NOT_APPLICABLE, "no-new-date")
    if to.state not in _RECORDED:
        return Ruling(CANNOT_TELL, "extension-unknown", unknown=(extension.extended_to,))
    base = _base(duty.clock, case, count)
    if base is None:
        return Ruling(NOT_APPLICABLE, "clock-not-started", unknown=(duty.clock.start,))
    steps = Reach(extension, duty.clock, case, count, conditions)
    earliest, latest = _days(to.date or to.earliest), _days(to.date or to.latest)
    ruling = Ruling(CANNOT_TELL, "extension-unknown")
    if base.first is not None and latest <= (reach := steps.reach(base.first, sure=True)):
        ruling = Ruling(MET, "within-limit", due=None if reach == EVER else reach, actual=to.date)
    elif base.last is not None and earliest > (reach := steps.reach(base.last, sure=False)):
        ruling = Ruling(BREACHED, "beyond-limit", due=reach, actual=to.date)
        if reach == base.last:
            ruling.reason = "extension-not-permitted"
    elif base.first == base.last and to.date is not None:
        ruling = Ruling(CANNOT_TELL, "condition-unknown")
    explain(ruling, duty, case, count, base, Span(ruling.due, ruling.due), "", tuple(conditions.read))
    return ruling


# ------------------------------------------------- letters, people, refusals


def _content(duty: Duty, case: Knowledge, count: Counter, conditions: Conditions) -> Ruling:
    letter = case.day(duty.event) if duty.event is not None else case.day(duty.root)
    read = (letter.name, *duty.facts)
    flags = [_said(name, duty, case) for name in duty.facts]
    if "contradictory" in flags:
        doubt = (duty.facts[flags.index("contradictory")], _new_date(duty))
        return Ruling(CANNOT_TELL, "contradictory", read=(*read, doubt[1]), unknown=doubt, doubt=doubt)
    right = sum(flag is duty.wanted for flag in flags)
    unknown = tuple(name for name, flag in zip(duty.facts, flags, strict=True) if flag is None)
    if letter.done is False:
        if right and duty.wanted and case.entry(letter.name).state is EntryState.NOT_DONE:
            doubt = (duty.facts[flags.index(True)], letter.name)
            return Ruling(CANNOT_TELL, "contradictory", read=read, unknown=doubt, doubt=doubt)
        return Ruling(NOT_APPLICABLE, "letter-not-sent", read=read)
    # A flag shows its letter, unless the letter is dated and may still have been to come on the as-at date.
    sent = letter.done or (duty.wanted and letter.last is None)
    if right >= duty.needed and sent:
        return Ruling(MET, "done" if duty.wanted else "not-done-as-required", read=read)
    if right + len(unknown) >= duty.needed:
        return Ruling(CANNOT_TELL, "content-unknown", read=read, unknown=unknown or (letter.name,))
    if letter.done is None:
        return Ruling(CANNOT_TELL, "trigger-unknown", read=read, unknown=(letter.name,))
    return Ruling(BREACHED, "left-out" if duty.wanted else "forbidden-done", read=read)


def _said(name: str, duty: Duty, case: Knowledge) -> bool | str | None:
    """A flag; a new date that is recorded shows by itself that one was given."""
    flag = case.flag(name)
    if name.endswith("extension_new_date") and case.entry(_new_date(duty)).state in _RECORDED:
        return "contradictory" if flag is False and case.entry(name).state is EntryState.KNOWN else True
    return flag


def _new_date(duty: Duty) -> str:
    return "stage2_extended_to" if duty.stage == 2 else "extended_to"


def _different_person(duty: Duty, case: Knowledge, count: Counter, conditions: Conditions) -> Ruling:
    assert duty.event is not None
    root, decided = case.day(duty.root), case.day(duty.event)
    if root.done is None:
        return Ruling(CANNOT_TELL, "trigger-unknown", read=duty.facts, unknown=(root.name,))
    if decided.done is False:
        return Ruling(PENDING, "stage-not-decided", read=duty.facts)
    same = same_person(*(case.text(name) for name in duty.facts))
    if same is None or decided.done is None:
        unknown = tuple(name for name in duty.facts if case.text(name) is None)
        return Ruling(CANNOT_TELL, "person-unknown", read=duty.facts, unknown=unknown)
    if same:
        return Ruling(BREACHED, "same-person", read=duty.facts)
    return Ruling(MET, "different-person", read=duty.facts)


def _not_refused(duty: Duty, case: Knowledge, count: Counter, conditions: Conditions) -> Ruling:
    assert duty.event is not None
    root, refused = case.day(duty.root), case.day(duty.event)
    if root.done is None:
        return Ruling(CANNOT_TELL, "trigger-unknown", unknown=(root.name,))
    if duty.clock is not None:
        window = _base(duty.clock, case, count)
        if window is None:
            return Ruling(NOT_APPLICABLE, "clock-not-started", unknown=(duty.clock.start,))
        if window.last is not None and root.first is not None and root.first > window.last:
            return Ruling(NOT_APPLICABLE, "after-window", due=window.last, actual=root.exact)
        inside = root.last is not None and window.first is not None and root.last <= window.first
        if not inside and refused.done is not False:
            return Ruling(CANNOT_TELL, "start-unknown", unknown=(duty.clock.start,))
    if refused.done is None:
        return Ruling(CANNOT_TELL, "deed-unknown", unknown=(refused.name,))
    if refused.done is False:
        return Ruling(MET, "not-done-as-required")
    grounds = [conditions.allow(ground.conditions) for ground in duty.grounds]
    if True in grounds:
        return Ruling(NOT_APPLICABLE, "excused")
    if None in grounds:
        return Ruling(CANNOT_TELL, "ground-unknown", unknown=("refusal_reason",))
    return Ruling(BREACHED, "refused", actual=refused.exact)


_RULES = {
    DutyKind.TIMED: _timed,
    DutyKind.EXTENSION_NOTIFIED: _extension_notified,
    DutyKind.EXTENSION_LIMIT: _extension_limit,
    DutyKind.CONTENT: _content,
    DutyKind.DIFFERENT_PERSON: _different_person,
    DutyKind.NOT_REFUSED: _not_refused,
}
