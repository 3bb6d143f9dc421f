"""What cannot be told of a deadline, in words: what is missing, what it hangs on, what the dates show all the same."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from policylang.auditor.conditions import Conditions
from policylang.auditor.counting import Counter
from policylang.auditor.duty import REFUSALS, Duty
from policylang.auditor.event_words import cell, deed, missing, noun, undone
from policylang.auditor.knowledge import Knowledge
from policylang.auditor.reach import EVER, Reach
from policylang.auditor.refused import GROUND, signs_of_refusal
from policylang.auditor.ruling import Ruling
from policylang.casebook.cases import EntryState
from policylang.casebook.words import holds_no_date
from policylang.model.clock_error import ClockError
from policylang.model.days import say_date, say_day
from policylang.model.duration import settled_unit


def undecided(duty: Duty, ruling: Ruling, case: Knowledge, count: Counter) -> Iterator[str]:
    """What is missing, and what it hangs on."""
    assert duty.event is not None
    reason = ruling.before or ruling.reason
    if reason == "trigger-unknown" and (signs := signs_of_refusal(case, duty.stage)):
        yield _perhaps_refused(signs, duty.stage, ruling, case)
    elif ruling.unknown:
        yield " ".join(missing(name, case) for name in ruling.unknown)
    elif reason == "extension-unknown" and duty.extension is not None:
        steps = duty.extension.steps
        asked = next((step.text for step in steps if step.conditions), steps[0].text)
        yield f"Whether an extension holds, or how far it may go, is left open here: “{asked.rstrip('.')}”."
    done = case.day(duty.event).exact
    if reason == "extension-unknown" and ruling.base is not None:
        yield from _unless_extended(duty, ruling, case, count)
    elif reason == "start-unknown" and case.day(duty.event).done:
        if done is not None:
            yield from _hinge(duty, ruling, case, count, done)
        yield from _begun_too_late(duty, case, count)
    elif reason == "deed-unknown" and is_roughly_dated(duty, ruling, case) and ruling.base is not None:
        yield from _unless_extended(duty, ruling, case, count)
    elif reason == "deed-unknown" and not_on_record(duty, ruling, case) and ruling.lenient is not None:
        yield from _time_is_over(duty, ruling, case, count)
    elif ruling.span is not None and ruling.span.first is not None and case.as_at <= ruling.span.first:
        yield f"It was not due before {say_day(ruling.span.first)}."


def _perhaps_refused(signs: tuple[str, ...], stage: int, ruling: Ruling, case: Knowledge) -> str:
    what, where = noun(REFUSALS[stage]), cell(signs[-1], case)
    if GROUND in signs:
        said = f"A ground of refusal is on record ({where}), but no day of {what}"
    else:
        said = f"What is written for {what} ({where}) is no date"
    due = ruling.span.first if ruling.span is not None else None
    if due is not None and case.as_at <= due:
        return f"{said}: once that is sent, this is owed no longer."
    return f"{said}: if that was sent in time, this was not owed; if not, it came too late or is overdue."


def from_lawful_start(duty: Duty, case: Knowledge, count: Counter) -> tuple[date, date] | None:
    """The last day on which the clock might lawfully start, and the deadline from it; None where nothing sets one."""
    clock = duty.clock
    if clock is None or clock.guard is None or clock.start == clock.root:
        return None
    root = case.day(clock.root).last
    try:
        lawful = None if root is None else count.due(root, clock.guard)
        return None if lawful is None else (lawful, count.due(lawful, clock.within))
    except ClockError:
        return None


def _begun_too_late(duty: Duty, case: Knowledge, count: Counter) -> Iterator[str]:
    """Where only a start that was itself late could make it in time."""
    assert duty.event is not None
    found, first = from_lawful_start(duty, case, count), case.day(duty.event).first
    if found is not None and duty.clock is not None and first is not None and first > found[1]:
        yield (
            f"But {noun(duty.clock.start)} was due by {say_day(found[0])}, and counted from that day the deadline was "
            f"{say_day(found[1])}: either {noun(duty.clock.start)} or {noun(duty.event)} came too late."
        )


def by_its_extension(duty: Duty, ruling: Ruling, case: Knowledge, count: Counter) -> bool:
    """Whether an extension is on record that was surely told of in time and may reach as far as the deed: how far it
    went, or whether what it rests on held, is all that is open, and no date shows the deed late."""
    extension, base = duty.extension, ruling.lenient
    if extension is None or duty.clock is None or base is None:
        return False
    told, done = case.day(extension.notified), case.day(duty.event or duty.root)
    if not told.done or told.last is None or told.last > base:
        return False
    steps = Reach(extension, duty.clock, case, count, Conditions(case, duty.stage, count.calendar))
    try:
        return (done.first if done.done and done.first else case.as_at) <= steps.reach(base, sure=False, plain=True)
    except ClockError:
        return False


def is_roughly_dated(duty: Duty, ruling: Ruling, case: Knowledge) -> bool:
    """Whether a deed is dated only roughly and perhaps after the as-at date: late if it was done, overdue if not."""
    done = case.day(duty.event or duty.root)
    return ruling.past is not None and done.done is None and done.first is not None and done.last is not None


def not_on_record(duty: Duty, ruling: Ruling, case: Knowledge) -> bool:
    """Whether the log has a place for the deed, no date stands there, and the time for it is over from every start.

    An answer sent within the time for acknowledging can be the acknowledgement too, so that none need be on record; and
    of what was refused no answer is owed.
    """
    if ruling.past is None or duty.event is None:
        return False
    entry = case.entry(duty.event)
    empty = entry.state is EntryState.BLANK or (entry.state is EntryState.UNREADABLE and holds_no_date(entry.raw or ""))
    return empty and not _in_one_letter(duty, ruling, case)


def _in_one_letter(duty: Duty, ruling: Ruling, case: Knowledge) -> bool:
    answer = {"acknowledged": "responded", "stage2_acknowledged": "stage2_responded"}.get(duty.event or "")
    if answer is None or ruling.lenient is None:
        return False
    answered = case.day(answer)
    return bool(answered.done and answered.first is not None and answered.first <= ruling.lenient)


def _time_is_over(duty: Duty, ruling: Ruling, case: Knowledge, count: Counter) -> Iterator[str]:
    """How long ago the time for something ended; with the day, where that has not been said yet."""
    assert ruling.lenient is not None
    by = ""
    if ruling.past and ruling.within is not None:
        by = f"{settled_unit(ruling.within.unit, count.bare_days).counted(ruling.past)} before {say_date(case.as_at)}"
    if ruling.base == ruling.lenient and duty.clock and case.day(duty.clock.start).exact == ruling.start:
        yield f"That day was {by}." if by else "That day is over."
    else:
        yield f"The time for it ended on {say_day(ruling.lenient)} at the latest{', ' if by else ''}{by}."
    refused = case.day(REFUSALS[duty.stage])
    if refused.exact is not None and refused.name != duty.event and refused.exact > ruling.lenient:
        yield f"{deed(refused.name)} only on {say_day(refused.exact)}, when it was already overdue."


def _unless_extended(duty: Duty, ruling: Ruling, case: Knowledge, count: Counter) -> Iterator[str]:
    """Late on the dates there are: by how much, and how far an extension would have had to reach."""
    assert duty.event is not None
    assert ruling.base is not None
    done = case.day(duty.event)
    dated = done.done or done.last is not None
    reached = done.exact or done.first if dated else case.as_at
    within = ruling.within
    by = ""
    if ruling.past and within is not None:
        by = f"{settled_unit(within.unit, count.bare_days).counted(ruling.past)} "
    if done.exact is not None:
        what = f"{deed(duty.event)} on {say_day(done.exact)}"
    elif dated and done.first is not None:
        what = f"{deed(duty.event)} on {say_day(done.first)} at the earliest"
    else:
        what = f"{undone(duty.event)} by {say_day(case.as_at)}"
    yield (
        f"{what}, {by}after the deadline of {say_date(ruling.base)}: late, unless there was an extension that holds "
        "and reaches so far."
    )
    if reached is not None:
        yield from _beyond_the_limit(duty, ruling.base, reached, case, count)


def _beyond_the_limit(duty: Duty, base: date, reached: date, case: Knowledge, count: Counter) -> Iterator[str]:
    """Where the furthest that an extension may go as a rule is not far enough: what going further would have needed."""
    extension, clock = duty.extension, duty.clock
    assert extension is not None
    assert clock is not None
    steps = Reach(extension, clock, case, count, Conditions(case, duty.stage, count.calendar))
    try:
        furthest = steps.reach(base, sure=False, plain=True)
    except ClockError:
        return
    further = next((step.text for step in extension.steps if step.further), None)
    if furthest == EVER or furthest <= base or reached <= furthest or further is None:
        return
    yield (
        f"The longest extension that needs nothing more would have ended on {say_day(furthest)}; going further "
        f"rests on this: “{further.rstrip('.')}”."
    )


def _hinge(duty: Duty, ruling: Ruling, case: Knowledge, count: Counter, done: date) -> Iterator[str]:
    """The first day of the start from which the deed was in time; where the start is known, that of its own cause."""
    clock = duty.clock
    assert clock is not None
    start = case.day(clock.start)
    unsure = case.day(clock.root) if start.exact is not None and clock.guard is not None else start
    day, last = unsure.first, unsure.last or done
    while day is not None and day <= last and count.calendar.covers(day):
        if _deadline_from(day, duty, start.exact, count) >= done:
            until = None if ruling.guarded is None or unsure is not start else ruling.guarded[1]
            if until is not None and day > until:
                break  # an acknowledgement that came so late is not what the answer is counted from
            when = _between(day, until, unsure.last)
            yield f"With {noun(unsure.name)} {when}, {noun(duty.event or '')} of {say_date(done)} was in time."
            return
        day += timedelta(days=1)
    if duty.extension is not None and case.day(duty.extension.notified).done is not False:
        said = f"Whenever that was, {noun(duty.event or '')} of {say_date(done)} was in time only with an extension"
        yield f"{said} that holds and reaches so far."


def _deadline_from(day: date, duty: Duty, start: date | None, count: Counter) -> date:
    """The deadline if the start was on this day; with a known start, if what brought the complaint here was."""
    clock = duty.clock
    assert clock is not None
    if start is None or clock.guard is None:
        return count.due(day, clock.within)
    guarded = count.due(count.due(day, clock.guard), clock.within)
    return guarded if start > guarded else count.due(start, clock.within)


def _between(first: date, until: date | None, last: date | None) -> str:
    """From the first of these days on, as far as it helps (``until``) and as it can have been (``last``)."""
    if until is None:
        return f"on {say_day(first)} or later"
    until = until if last is None else min(until, last)
    return f"on {say_day(first)}" if until == first else f"between {say_day(first)} and {say_day(until)}"
