"""The reason for an outcome, in one paragraph that counts aloud, and the one date or letter that would change it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date

from policylang.auditor.counted_words import counted, lateness, length, listed
from policylang.auditor.counting import Counter
from policylang.auditor.duty import REFUSALS, Duty, DutyKind
from policylang.auditor.event_words import cell, deed, missing, noun, undone
from policylang.auditor.knowledge import Knowledge
from policylang.auditor.outcome import Result
from policylang.auditor.ruling import Ruling
from policylang.auditor.undecided import undecided
from policylang.casebook.cases import EntryState
from policylang.model.days import say_date, say_day
from policylang.model.duration import settled_unit


def why(duty: Duty, ruling: Ruling, case: Knowledge, count: Counter) -> str:
    """The paragraph that a service manager reads."""
    said = PLAIN.get(ruling.reason)
    if said is not None:
        text = said.format(stage=duty.stage, what=duty.what)
    elif ruling.doubt is not None:
        text = _contradiction(ruling.doubt, case) + _either_way(duty, ruling, count)
    elif (ruling.within is not None and ruling.result is not Result.NOT_APPLICABLE) or ruling.reason.startswith("aim-"):
        text = " ".join(_timed(duty, ruling, case, count))
    else:
        text = " ".join(_other(duty, ruling, case))
    if ruling.open_condition:
        text += f" But it hangs on a condition that the log does not show: “{duty.text.rstrip('.')}”."
    if duty.reading and (ruling.result is not Result.NOT_APPLICABLE or ruling.reason.startswith("aim-")):
        text += f" (One reading of the sentence: {duty.reading}.)"
    if not duty.binding and ruling.reason.startswith("aim-"):
        kind = "a recommendation" if duty.source == "code" else "an aim"
        text += f" This is {kind} and no obligation, so it counts neither as met nor as breached."
    return text


# Reasons that need no figures.
PLAIN = {
    "stage-not-reached": "The complaint had not come to stage {stage} by the as-at date.",
    "condition-not-met": "The duty did not arise: its condition is known not to hold.",
    "excused": "An exception to the duty is known to hold.",
    "no-extension": "The response was not extended.",
    "no-new-date": "No new date was set, so the extension runs to its limit and not beyond.",
    "letter-not-sent": "The letter had not been sent by the as-at date, so there is nothing that it should have said.",
    "different-person": "The log names two different people for the two stages.",
    "same-person": "The log names the same person for both stages.",
    "stage-not-decided": "Stage {stage} had not been answered by the as-at date.",
}


def _contradiction(doubt: tuple[str, str], case: Knowledge) -> str:
    later, earlier = doubt
    first, second = (f"{noun(name)} ({cell(name, case)})" for name in doubt)
    if case.day(later).first is not None and case.day(earlier).first is not None:
        return (
            f"{_upper(first)} is dated before {second}. One of the two is wrong, so nothing that rests on them is told."
        )
    return f"{_upper(first)} and {second} cannot both be right, so nothing that rests on them is told."


def _either_way(duty: Duty, ruling: Ruling, count: Counter) -> str:
    """What is late all the same: the latest day on which it can have been due, and how far that is behind."""
    if ruling.past is None or ruling.lenient is None or ruling.within is None or duty.event is None:
        return ""
    unit = settled_unit(ruling.within.unit, count.bare_days)
    by = f" by at least {unit.counted(ruling.past)}" if ruling.past else ""
    unless = ", unless there was an extension that holds" if duty.extension else ""
    due = say_day(ruling.lenient)
    return f" Whichever it is, {noun(duty.event)} is late{by}{unless}: it was due by {due} at the latest."


# --------------------------------------------------------------- with a clock


def _timed(duty: Duty, ruling: Ruling, case: Knowledge, count: Counter) -> Iterator[str]:
    clock = duty.clock
    if clock is None or ruling.within is None:
        yield from _other(duty, ruling, case)
        return
    root = case.day(clock.root).exact
    if root is not None:
        yield f"{deed(clock.root)}{'' if clock.root == 'received' else ' on'} {say_day(root)}."
    yield from _deadline(duty, ruling, case, count)
    yield from _extension(duty, ruling, case, count)
    yield from _result(duty, ruling, case, count)
    yield from _both_deadlines(duty, ruling, case, count)


def _deadline(duty: Duty, ruling: Ruling, case: Knowledge, count: Counter) -> Iterator[str]:
    """From when to when the base period runs."""
    clock = duty.clock
    assert clock is not None
    start, base = case.day(clock.start), ruling.base
    if base is None:
        return
    if start.exact is not None and ruling.start == start.exact and _moved_back(ruling, start.exact, count):
        ends = say_day(count.due(start.exact, clock.within))
        yield (
            f"{_upper(length(clock.within))} after {noun(clock.start)} of {say_date(start.exact)} end on {ends}; if "
            f"that came too late to count from, the deadline was earlier, {say_day(base)} at the earliest."
        )
    elif start.exact is not None and ruling.start == start.exact:
        yield counted(start.exact, "" if clock.start == clock.root else clock.start, base, clock.within, count)
    elif ruling.guarded is not None and ruling.start == ruling.guarded[0]:
        due = (
            f"t was due by {say_date(ruling.guarded[0])} at the latest, and {length(clock.within)} counted from that "
            f"day end on {say_day(base)}."
        )
        if start.exact is None and start.done is not False:
            yield f"{missing(clock.start, case)} I{due}"
        else:
            came = f"came only on {say_day(start.exact)}" if start.exact else "did not come"
            yield f"{_upper(noun(clock.start))} {came}; i{due}"
    elif ruling.result is Result.MET and start.first is not None:
        yield (
            f"{missing(clock.start, case)} It cannot have been before {say_date(start.first)}; even so "
            f"{length(clock.within)} end only on {say_day(base)}."
        )
    elif ruling.result is Result.BREACHED or _unless_extended(ruling):
        yield f"{missing(clock.start, case)} On the most lenient view the deadline was {say_day(base)}."


def _unless_extended(ruling: Ruling) -> bool:
    return "extension-unknown" in (ruling.reason, ruling.before)


def _moved_back(ruling: Ruling, start: date, count: Counter) -> bool:
    """Whether the deadline may lie before the one counted from a known start, because that came too late to count."""
    within, base = ruling.within, ruling.base
    if ruling.reason != "start-unknown" or within is None or base is None:
        return False
    return base != count.due(start, within)


def _extension(duty: Duty, ruling: Ruling, case: Knowledge, count: Counter) -> Iterator[str]:
    """What became of an extension."""
    extension = duty.extension
    if extension is None or duty.kind is not DutyKind.TIMED or ruling.base is None:
        return
    if not ruling.extension:
        recorded = case.entry(extension.extended_to).date
        if recorded is not None and case.entry(extension.notified).state is EntryState.NOT_DONE:
            yield f"A new date is on record, {say_date(recorded)}, but no notice of an extension."
        return
    told, to = case.day(extension.notified).exact, case.entry(extension.extended_to)
    if told is None:
        if ruling.result is Result.BREACHED and ruling.due and ruling.due > ruling.base:
            yield f"{missing(extension.notified, case)} Even the longest there can be ends on {say_day(ruling.due)}."
        elif to.date is not None and to.date > ruling.base and _unless_extended(ruling):
            yield (
                f"A new date is on record, {say_date(to.date)}; it holds only if the resident was told of it on or "
                f"before {say_date(ruling.base)}."
            )
        return
    if ruling.extension == "too-late":
        yield f"{deed(extension.notified)} only on {say_day(told)}, after that deadline, which therefore stands."
    elif ruling.extension == "extended" and ruling.due is not None:
        new = f"to {say_date(to.date)}" if to.date else "without a new date on record"
        yield f"{deed(extension.notified)} on {say_day(told)}, in time, {new}."
        if to.date is None:
            yield f"The deadline is then the furthest that may be added: {say_day(ruling.due)}."
        elif to.date > ruling.due == ruling.base:
            yield "It is not one that is permitted here, so the deadline stays as it was."
        elif to.date > ruling.due:
            yield f"It may not go beyond {say_day(ruling.due)}, which is therefore the deadline."
        elif to.date < ruling.due:
            yield "That is no later than the deadline as it stood, which therefore stays."


def _result(duty: Duty, ruling: Ruling, case: Knowledge, count: Counter) -> Iterator[str]:
    event, within = duty.event, ruling.within
    assert within is not None
    if duty.kind is DutyKind.EXTENSION_LIMIT:
        yield from _limit(ruling, count)
        if ruling.result is Result.CANNOT_TELL:
            yield from (missing(name, case) for name in ruling.unknown)
        return
    assert event is not None
    underlying = ruling.before or ruling.reason
    due = ruling.due
    if underlying in ("in-time", "in-extended-time") and ruling.actual is not None:
        yield f"{deed(event)} on {say_day(ruling.actual)}: in time."
    elif underlying in ("in-time", "in-extended-time"):
        yield f"{missing(event, case)} Every day that can be meant is in time."
    elif underlying == "late" and ruling.actual is not None and ruling.late is not None:
        yield f"{deed(event)} on {say_day(ruling.actual)}: {lateness(ruling.late, within, count)}."
    elif underlying == "late":
        yield f"{missing(event, case)} Every day that can be meant is late."
    elif underlying == "not-done-and-due":
        overdue = "" if ruling.late is None else f": {lateness(ruling.late, within, count, 'overdue')}"
        yield f"{undone(event)} by {say_day(case.as_at)}{overdue}.{_later(event, case)}"
        refused = case.day(REFUSALS[duty.stage])
        if refused.exact and refused.name != event:
            yield f"{deed(refused.name)} on {say_day(refused.exact)}, when it was already overdue."
    elif underlying == "not-yet-due" and due is not None:
        yield f"{undone(event)} by {say_day(case.as_at)}; due by {say_day(due)}."
    else:
        yield from undecided(duty, ruling, case, count)


def _limit(ruling: Ruling, count: Counter) -> Iterator[str]:
    assert ruling.within is not None
    to = ruling.actual
    if ruling.result is Result.MET or ruling.reason == "aim-kept":
        far = f", and may go to {say_day(ruling.due)}" if ruling.due else ", and nothing limits it"
        yield f"Extended to {say_day(to)}{far}." if to else f"Every day that can be meant is within the limit{far}."
    elif (ruling.result is Result.BREACHED or ruling.reason == "aim-missed") and ruling.due is not None:
        by = "" if ruling.late is None else f": {lateness(ruling.late, ruling.within, count, 'too far')}"
        allowed = (
            "such an extension is not permitted here"
            if "extension-not-permitted" in (ruling.reason, ruling.before)
            else f"an extension may go to {say_day(ruling.due)}, and what going further needs is not there"
        )
        yield (
            f"Extended to {say_day(to)}{by}; {allowed}."
            if to
            else f"Every day that can be meant is too far; {allowed}."
        )
    else:
        yield "Whether the new date is within what may be added cannot be told."


def _later(event: str, case: Knowledge) -> str:
    entry = case.entry(event)
    if entry.state is EntryState.KNOWN and entry.date is not None and entry.date > case.as_at:
        return f" (The log dates it {say_date(entry.date)}, after the as-at date.)"
    return ""


def _both_deadlines(duty: Duty, ruling: Ruling, case: Knowledge, count: Counter) -> Iterator[str]:
    """A late start shifts its clock; the deadline from the last day on which it should have come is said as well."""
    clock = duty.clock
    if clock is None or ruling.guarded is None or duty.kind is not DutyKind.TIMED:
        return
    start, (lawful, from_lawful) = case.day(clock.start).exact, ruling.guarded
    if start is None or start <= lawful or ruling.start == lawful:
        return
    yield (
        f"{_upper(noun(clock.start))} itself was due by {say_day(lawful)}; counted from that day, the deadline would "
        f"have been {say_day(from_lawful)}."
    )


# ------------------------------------------------------------ without a clock


def _other(duty: Duty, ruling: Ruling, case: Knowledge) -> Iterator[str]:
    reason = ruling.before or ruling.reason
    writer = _WRITERS.get(reason)
    if writer is not None:
        yield writer(duty, ruling, case)
    elif ruling.detail:
        yield ruling.detail
    for name in ruling.unknown:
        yield missing(name, case)


def _letter(duty: Duty) -> str:
    return noun(duty.event) if duty.event else "the letter"


def _where(duty: Duty, case: Knowledge) -> str:
    return listed([cell(_shows(name, case), case) for name in duty.facts])


def _shows(name: str, case: Knowledge) -> str:
    """The fact that shows a flag: itself, or the new date of an extension where only that is recorded."""
    new_date = name.replace("extension_new_date", "extended_to")
    return name if case.flag(name) is not None else new_date


_Writer = Callable[[Duty, Ruling, Knowledge], str]
_WRITERS: dict[str, _Writer] = {
    "done": lambda d, r, c: (
        f"The log says yes ({_where(d, c)}): {d.what}."
        if d.kind is DutyKind.CONTENT
        else f"{deed(d.event or '')}{f' on {say_day(r.actual)}' if r.actual else ''}; no deadline is set."
    ),
    "no-deadline": lambda d, r, c: f"{undone(d.event or '')} by {say_day(c.as_at)}; no deadline is set.",
    "not-done-as-required": lambda d, r, c: (
        f"The log says that this did not happen ({_where(d, c)})."
        if d.facts
        else "According to the log, nothing was refused."
    ),
    "left-out": lambda d, r, c: f"The log says no ({_where(d, c)}): {d.what}.",
    "forbidden-done": lambda d, r, c: f"The log says that this happened ({_where(d, c)}), and it must not.",
    "refused": lambda d, r, c: (
        f"{deed(d.event or '')}{f' on {say_day(r.actual)}' if r.actual else ''}; the document gives no ground for that."
    ),
    "after-window": lambda d, r, c: (
        f"{_upper(noun(d.root))} came on {say_day(r.actual)}, after the time for it ended on {say_day(r.due)}."
        if r.actual and r.due
        else "The request came after the time for it had ended."
    ),
    "complaint-refused": lambda d, r, c: "The complaint was refused before the due date, so no answer was owed.",
    "clock-not-started": lambda d, r, c: (
        f"{undone(d.clock.start)} by {say_day(c.as_at)}, so that nothing had to come before."
        if d.clock and d.action == "close"
        else f"The clock starts with {noun(d.clock.start)}, which never came; nothing says by when it should have."
        if d.clock
        else "The clock never started."
    ),
    "trigger-unknown": lambda d, r, c: "Whether this duty arose cannot be told.",
    "deed-unknown": lambda d, r, c: "Whether it was done cannot be told.",
    "condition-unknown": lambda d, r, c: f"It hangs on a condition that the log does not show: “{d.text.rstrip('.')}”.",
    "content-unknown": lambda d, r, c: f"Whether it was done is not recorded: {d.what}.",
    "person-unknown": lambda d, r, c: (
        "Who decided is not recorded."
        if r.unknown
        else f"The log names a team or a role, or two forms of what may be one name ({_where(d, c)})."
    ),
    "ground-unknown": lambda d, r, c: (
        "The refusal is permitted on certain grounds only; whether one of them held is for a reader to judge."
    ),
    "start-unknown": lambda d, r, c: "The day from which to count is not known.",
    "extension-unknown": lambda d, r, c: "How far the response was extended is not known.",
}


def _upper(text: str) -> str:
    return text[:1].upper() + text[1:]
