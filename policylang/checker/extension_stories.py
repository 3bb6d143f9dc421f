"""The story of an extension that goes too far: told of in time, to a day that the policy permits and the code does not.

A permission is a breach of the code on the day on which an extension beyond the code's limit is told of, whenever the
answer comes. The limit counts from the end of the code's own period, as the auditor counts it.
"""

from __future__ import annotations

from datetime import date, timedelta

from policylang.checker.choices import Choices
from policylang.checker.clocks import everything, moment
from policylang.checker.complete import complete
from policylang.checker.deadlines import EIGHT_DAYS
from policylang.checker.demand import Demand, demands_of
from policylang.checker.logic import condition_words
from policylang.checker.plain import clauses_of, label
from policylang.checker.sayings import Saying
from policylang.checker.stories import Expectation, case_event, event_words, expectation_text
from policylang.checker.timelines import RECEIPT, Moment, Question, Refutation, admitted
from policylang.checker.verdict import Story, StoryEvent
from policylang.checker.view import View
from policylang.model.calendar import Calendar
from policylang.model.duration import Duration, due, late_by
from policylang.model.norms import Within

NOTIFIED = "extension"
TRIED = 800
"""Starting days tried for a limit that goes too far only now and then, as calendar days against working days do."""


def extension_story(view: View, demand: Demand, stage: int | None, said: Saying, cap: Duration) -> Story | None:
    """A case that takes the policy's permission ``said`` and breaks the code's limit ``cap``; None where no case record
    can show it, because the code sets no period to extend, or where none of the days tried does."""
    at = stage or 1
    base = _period(demand, at)
    if base is None or not demand.obliges or case_event(Moment(NOTIFIED, at)) is None:
        return None
    own = View(view.policy, Choices(view.choices.made))
    bounds = tuple(dict.fromkeys(everything(own, at)))
    start = moment(base.start.word, base.start.stage, at)
    if start.stage != at:
        return None
    asked = Question(
        Moment(NOTIFIED, at), start, base.duration, tuple(b for b in bounds if b.event.stage == at), (),
        view.policy.calendar, demand.calendar, *_since(view, demand, at),
    )  # fmt: skip
    for day in _starts(asked):
        try:
            told = _told(own, asked, day, said, cap)
        except ValueError:  # past the end of the calendar
            continue
        if told is not None:
            notified, reach, to = told
            dates = dict.fromkeys((Moment(RECEIPT, at), start), day) | {asked.event: notified}
            found = Refutation(tuple(dates.items()), notified, notified, False, ())
            full = complete(asked, found, bounds)
            late = late_by(reach, to, cap.unit, demand.calendar), cap.unit.value
            return _written(demand, at, said, full, to, late)
    return None


def _period(demand: Demand, at: int) -> Within | None:
    """The period that the code sets for the answer at a stage."""
    for provision in demand.code.provisions:
        for one in demands_of(provision, demand.code):
            if one.norm.action == "respond" and one.stage == at and one.norm.within is not None:
                return one.norm.within
    return None


def _since(view: View, demand: Demand, at: int) -> tuple[date | None, date | None]:
    """Since when the code is in force, and since when code and policy both are."""
    since = demand.code.in_force[0] if demand.code.in_force else None
    held = view.document.in_force[0] if view.document.in_force else None
    prefer = max((day for day in (since, held) if day is not None), default=None)
    return since, prefer + EIGHT_DAYS if prefer is not None and at > 1 else prefer


def _starts(asked: Question) -> list[date]:
    """The days to try: working days first, because a story that starts on one needs no explaining."""
    first = max(asked.calendar.first, asked.demanded.first, asked.prefer or date.min)
    days = [first + timedelta(days=n) for n in range(TRIED)]
    known = [day for day in days if asked.demanded.covers(day) and asked.calendar.covers(day)]
    return sorted(known, key=lambda day: not asked.demanded.is_working(day))


def _told(view: View, asked: Question, day: date, said: Saying, cap: Duration) -> tuple[date, date, date] | None:
    """The day on which the extension is told of, the last day that the code allows, and the later one it goes to; None
    where the policy does not let it go so far from this start. Raises ``ValueError`` past the end of the calendar."""
    period_ends = due(day, asked.within, asked.demanded)
    reach = due(period_ends, cap, asked.demanded)
    own_ends = admitted(asked, day)(Moment("response", asked.event.stage))
    to = _working_day_after(reach, asked.demanded)
    extent = said.norm.extent
    ends: list[date] = []
    if extent is not None and extent.limit is not None and (limit := view.settled(extent.limit)) is not None:
        ends.append(due(own_ends or period_ends, limit, asked.calendar))
    if extent is not None and extent.total is not None and (total := view.settled(extent.total)) is not None:
        ends.append(due(day, total, asked.calendar))
    if ends and min(ends) <= reach:
        return None
    return min(period_ends, own_ends or period_ends), reach, min([to, *ends])


def _working_day_after(day: date, calendar: Calendar) -> date:
    after = day + timedelta(days=1)
    while not calendar.is_working(after):
        after += timedelta(days=1)
    return after


def _written(
    demand: Demand, at: int, said: Saying, dates: tuple[tuple[Moment, date], ...], to: date, late: tuple[int, str]
) -> Story:
    cited = f"{demand.code.cited_as or demand.code.id}-{demand.provision.number}"
    clauses = clauses_of([said.norm])
    events: list[StoryEvent] = []
    lines = [f'story "Keeps {", ".join(clauses) or "the policy"}, breaks {cited}":']
    as_at = dict(dates)[Moment(NOTIFIED, at)]
    for told, day in dates:
        name = case_event(told)
        if name is None:
            lines.append(f"  # {day.isoformat()} {label(told.word)} at stage {told.stage}")
            continue
        events.append(StoryEvent(name, day))
        lines.append(f"  {day.isoformat()} {event_words(name)}.")
    name = case_event(Moment(NOTIFIED, at))
    assert name is not None
    events.append(StoryEvent(name.replace("extension_notified", "extended_to"), to))
    lines.append(f"  {to.isoformat()} {event_words(events[-1].event)}.")
    if said.guard is not None:
        lines.append(f"  # when {condition_words(said.guard, label)}")
    lines.append(f"  as at {as_at.isoformat()}.")
    found = Expectation("code", "breached", "extend", at, late, (cited,))
    lines.append(f"  {expectation_text(found)}")
    return Story(tuple(events), "\n".join(lines) + "\n", as_at)
