"""Columns that are headed as the day of a step and may be its deadline: “Response date” beside “Actual response”.

"Responded" and "Response sent" say that something was done. "Response date" and "Ack date" do not: where another column
may be the day it was done, or the dates keep one distance from the start as deadlines do, a person is asked.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from policylang.casebook.counts import between_columns, days_of
from policylang.casebook.grid import Row
from policylang.casebook.headings import Heading
from policylang.casebook.proposal import EXACT, LIKELY, Proposal, ProposedColumn, Question
from policylang.findings.words import count
from policylang.model.calendar import OutsideCalendar, load_calendar

_STARTS = {
    "acknowledged": ("received", "logged"),
    "responded": ("received", "logged", "acknowledged"),
    "stage2_acknowledged": ("escalation_requested", "stage2_logged"),
    "stage2_responded": ("escalation_requested", "stage2_logged", "stage2_acknowledged"),
}
_DONE = frozenset(
    ["sent", "issued", "responded", "acknowledged", "ackd", "replied", "given", "made", "completed", "actual", "posted"]
)
_ROWS = 10  # with both dates, before a distance that they all keep says anything
_ALL = 0.95
_LEAST = 3  # days: an acknowledgement may well go out by itself, on the same day or the next


def doubt_deadlines(made: Proposal, candidates: Mapping[str, Sequence[ProposedColumn]], rows: Sequence[Row]) -> None:
    """Ask about, or have confirmed, what may be a deadline among the columns proposed for steps."""
    for fact, starts in _STARTS.items():
        column = made.columns.get(fact)
        if column is None or not _DONE.isdisjoint(column.heading.key.split()):
            continue
        taken = {one.heading.column for one in made.columns.values()}
        taken |= {h.column for question in made.questions for h in question.headings}
        others = [one.heading for one in candidates.get(fact, ()) if one.heading.column not in taken]
        rivals = [h for h in others if _differ(column.heading, h, rows)]
        if rivals:
            del made.columns[fact]
            asked = (column.heading, *rivals)
            made.questions.append(Question((fact,), asked, between_columns(asked, rows)))
        elif said := _distance(made, column, starts, rows):
            made.columns[fact] = replace(column, confidence=LIKELY, why=_why(column, said))


def _why(column: ProposedColumn, said: str) -> str:
    return said if column.confidence == EXACT else f"{column.why}; {said}"


def _differ(one: Heading, other: Heading, rows: Sequence[Row]) -> bool:
    first, second = days_of(one, rows), days_of(other, rows)
    both = first.keys() & second.keys()
    return bool(second) and (not both or any(first[row] != second[row] for row in both))


def _distance(made: Proposal, column: ProposedColumn, starts: Sequence[str], rows: Sequence[Row]) -> str:
    # The distance from a start that nearly all rows keep, as somebody or some system would have counted it.
    days = days_of(column.heading, rows)
    for heading in _headings(made, starts):
        begun = days_of(heading, rows)
        both = [(begun[row], days[row]) for row in days.keys() & begun.keys()]
        if len(both) < _ROWS:
            continue
        for unit, apart in (("day", _calendar), ("weekday", _weekdays), ("working day", _working_days)):
            distance, often = Counter(apart(first, last) for first, last in both).most_common(1)[0]
            if distance >= _LEAST and often >= _ALL * len(both):
                return (
                    f"on {often} of {count(len(both), 'row')} it is {count(distance, unit)} after “{heading.text}”, as "
                    "a deadline would be, and its heading does not say that anything was done"
                )
    return ""


def _headings(made: Proposal, facts: Sequence[str]) -> list[Heading]:
    found = [made.columns[name].heading for name in facts if name in made.columns]
    return found + [h for q in made.questions if set(q.facts) & set(facts) for h in q.headings]


def _calendar(first: date, last: date) -> int:
    return (last - first).days


def _weekdays(first: date, last: date) -> int:
    # The days after the first, up to and with the last, that are no Saturday and no Sunday.
    return _weekdays_to(last.toordinal()) - _weekdays_to(first.toordinal())


def _weekdays_to(ordinal: int) -> int:
    weeks, days = divmod(ordinal, 7)  # day 1 of the calendar was a Monday
    return 5 * weeks + min(days, 5)


def _working_days(first: date, last: date) -> int:
    calendar = load_calendar()
    try:
        return calendar.working_days_after(first, last)
    except OutsideCalendar:
        return 0
