"""What is known of one case on the as-at date: each event done, not done, or unknown, between which days; each flag.

Blank, unreadable and "no such column" all leave a fact unknown; only the mapping, or the settings, can make an empty
cell mean "not done". What happened after the as-at date had not been done on it.
"""

from __future__ import annotations

from collections.abc import Iterable
from copy import copy
from dataclasses import dataclass
from datetime import date
from functools import cache

from policylang.auditor.places import AnyRow, CasePlace
from policylang.auditor.settings import Settings
from policylang.casebook.cases import ABSENT, Case, Entry, EntryState
from policylang.casebook.record import facts as record_facts

_UNSAID = (EntryState.BLANK, EntryState.NO_COLUMN)
# Days that a letter sets for later: no deeds, so they show nothing about what was done.
PLANNED = frozenset({"extended_to", "stage2_extended_to"})


@dataclass(frozen=True, slots=True)
class Day:
    """What is known of an event. ``done`` is None where it cannot be told whether it happened by the as-at date.

    If it happened, it was on ``first`` at the earliest (None: no bound) and ``last`` at the latest (None: no bound).
    """

    name: str
    done: bool | None
    first: date | None
    last: date | None

    @property
    def exact(self) -> date | None:
        """The day, where it is known to have happened on this very day."""
        return self.first if self.done and self.first == self.last else None


class Knowledge:
    """One case as it stood on the as-at date."""

    def __init__(self, case: Case, as_at: date, settings: Settings) -> None:
        self.case, self.as_at, self.settings = case, as_at, settings
        self.place = CasePlace(case, settings.not_done)
        self._days: dict[str, Day] = {}
        self._doubts: dict[str, tuple[str, str]] | None = None
        self._entries = case.all_unplaced()  # looked at again and again, and each would be made anew by the case
        for name in settings.not_done:
            unsaid = self._entries.get(name, ABSENT)
            if unsaid.state in _UNSAID:
                self._entries[name] = Entry(EntryState.NOT_DONE, raw=unsaid.raw)

    def in_any_row(self) -> Knowledge:
        """The same, for words that hold of every case whose facts stand in the same columns."""
        if self.place.layout is None:
            return self
        other = copy(self)
        other.place = AnyRow(self.case, self.settings.not_done)
        return other

    def entry(self, name: str) -> Entry:
        """What an entry says as the settings read it: empty can have been said to mean "not done". Where it stands in
        the log is for :attr:`place` to say."""
        return self._entries.get(name, ABSENT)

    def day(self, name: str) -> Day:
        """What is known of an event."""
        found = self._days.get(name)
        if found is None:
            found = self._days[name] = self._day(name)
        return found

    def _day(self, name: str) -> Day:
        entry = self.entry(name)
        if entry.state is EntryState.NOT_DONE:
            return Day(name, False, None, None)
        first, last = _bounds(entry)
        after = self._not_before(name)
        if first is not None and last is not None:
            if first > self.as_at:
                return Day(name, False, None, None)
            if first == last:
                return Day(name, True, first, last)
            # What is known to the month only did not happen before its cause, nor after what it led to; where no day
            # is left, the entries contradict one another (see `doubt`).
            if after is not None and first < after <= last:
                first = after
            before = self._not_after(name)
            if before is not None and first <= before < last:
                last = before
            return Day(name, True if last <= self.as_at else None, first, last)
        # What cannot have come before it has been done, so it has been done too, whenever that was.
        if any(map(self._surely_done, effects(name))):
            return Day(name, True, after, None)
        # What it cannot precede was still to come on the as-at date, and so was it.
        return (
            Day(name, False, None, None) if after is not None and after > self.as_at else Day(name, None, after, None)
        )

    def _surely_done(self, name: str) -> bool:
        last = _bounds(self.entry(name))[1]
        return last is not None and last <= self.as_at

    def _not_before(self, name: str) -> date | None:
        """The latest day before which the event cannot have happened, from the events that it never precedes."""
        days = [first for cause in causes(name) if (first := _bounds(self.entry(cause))[0]) is not None]
        return max(days, default=None)

    def _not_after(self, name: str) -> date | None:
        """The earliest day after which the event cannot have happened, from the events that never precede it."""
        days = [last for effect in followers(name) if (last := _bounds(self.entry(effect))[1]) is not None]
        return min(days, default=None)

    def doubt(self, names: Iterable[str]) -> tuple[str, str] | None:
        """The first of the events that contradicts another: the two names, the effect first.

        Either an event is dated before its cause, or its cause is said never to have happened. One of the two cells is
        wrong, and nobody can tell which; so nothing that rests on either can be told.
        """
        if self._doubts is None:
            self._doubts = self._contradictions()
        if self._doubts:
            for name in names:
                if name in self._doubts:
                    return self._doubts[name]
        return None

    @property
    def clean(self) -> bool:
        """Whether the record nowhere contradicts itself."""
        if self._doubts is None:
            self._doubts = self._contradictions()
        return not self._doubts

    def _contradictions(self) -> dict[str, tuple[str, str]]:
        found: dict[str, tuple[str, str]] = {}
        entries = self._entries
        for name, before in _with_causes():
            entry = entries.get(name)
            last = None if entry is None else _bounds(entry)[1]
            if last is None:
                continue
            for cause in before:
                earlier = entries.get(cause)
                if earlier is None:
                    continue
                first = _bounds(earlier)[0]
                never = earlier.state is EntryState.NOT_DONE and name not in PLANNED and last <= self.as_at
                if never or (first is not None and last < first):
                    found.setdefault(name, (name, cause))
                    found.setdefault(cause, (name, cause))
        return found

    def flag(self, name: str) -> bool | None:
        """Whether a flag is yes; None where it is not known. What was "not done" is a no."""
        entry = self.entry(name)
        if entry.state is EntryState.NOT_DONE:
            return False
        return entry.value if entry.state is EntryState.KNOWN and isinstance(entry.value, bool) else None

    def text(self, name: str) -> str | None:
        """An attribute, where it is known."""
        entry = self.entry(name)
        return entry.value if entry.state is EntryState.KNOWN and isinstance(entry.value, str) else None


def _bounds(entry: Entry) -> tuple[date | None, date | None]:
    if entry.state is EntryState.KNOWN:
        return (entry.value, entry.value) if isinstance(entry.value, date) else (None, None)
    if entry.state is EntryState.VAGUE:
        return (entry.earliest, entry.latest)
    return (None, None)


@cache
def causes(name: str) -> tuple[str, ...]:
    """Every event that this one cannot precede, however many steps back (``checks/case-record.yaml``)."""
    known = record_facts()
    found: dict[str, None] = {}
    todo = list(known[name].never_before) if name in known else []
    while todo:
        cause = todo.pop(0)
        if cause not in found:
            found[cause] = None
            todo += known[cause].never_before
    return tuple(found)


@cache
def _with_causes() -> tuple[tuple[str, tuple[str, ...]], ...]:
    return tuple((name, found) for name in record_facts() if (found := causes(name)))


@cache
def effects(name: str) -> tuple[str, ...]:
    """Every event that cannot have happened unless this one had."""
    return tuple(other for other in followers(name) if other not in PLANNED)


@cache
def followers(name: str) -> tuple[str, ...]:
    """Every event that cannot precede this one."""
    return tuple(other for other in record_facts() if name in causes(other))
