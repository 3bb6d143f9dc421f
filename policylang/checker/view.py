"""A policy as it is judged: its sentences by what they do, its stages by their place, under one way of reading it."""

from __future__ import annotations

from datetime import date, timedelta

from policylang.checker.choices import Choices
from policylang.checker.due_tables import never_later, total_inside
from policylang.checker.near import near
from policylang.checker.sayings import Saying, sayings_of
from policylang.model.calendar import Calendar, load_calendar
from policylang.model.conditions import Atom, Holds, Older, atoms
from policylang.model.document import Document
from policylang.model.duration import Duration, Unit
from policylang.model.norms import Kind
from policylang.model.vocabulary import Vocabulary, vocabulary

STANDING = "standing"
"""The key under which it is chosen whether checklists, templates and the like count beside the body."""
PREVAILS = "prevails"
"""The key under which it is chosen which of two figures prevails, a checklist's or the body's."""
WHOLE, BODY = "the whole document", "the body alone"
BARE_DAYS = "bare days"
HOURS = "working hours"
OCCURRED, KNOWN = "issue-occurred", "issue-known"
LATE = "late-complaint"


class Policy:
    """What is the same under every reading of a policy."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.words: Vocabulary = vocabulary()
        self.calendar = _calendar(document)
        self.places = _places(document)
        self.informal = any(s.informal or s.number == 0 for s in document.stages)
        # A stage that is one in one reading only is counted where stages are counted, and nowhere else.
        formal = {s.number for s in document.stages if not s.informal and s.number > 0 and s.reading is None}
        self.stages: tuple[int, ...] = tuple(sorted({self.place(n) or n for n in formal}))
        groups: dict[int, list[str]] = {}
        for reading in document.readings:
            groups.setdefault(reading.group, []).append(reading.name)
        self.alternatives = {name: tuple(groups[r.group]) for r in document.readings for name in [r.name]}
        ages = (a for n in document.norms for c in n.conditions for a in atoms(c.condition) if isinstance(a, Older))
        self.age_starts = frozenset(a.event for a in ages if a.event is not None)
        self.by_action: dict[str, list[Saying]] = {}
        for norm in document.norms:
            said = list(sayings_of(norm, self.place(norm.stage)))
            for saying in (*said, *near(said[0])):
                for action in self.words.wider(saying.action, "actions"):
                    self.by_action.setdefault(action, []).append(saying)

    def place(self, stage: int | None) -> int | None:
        """A stage's place in the process, whatever number the policy gives it."""
        return None if stage is None else self.places.get(stage, stage)


class View:
    """One policy under one run of choices."""

    def __init__(self, policy: Policy, choices: Choices) -> None:
        self.policy, self.choices = policy, choices
        self.document, self.words = policy.document, policy.words

    # -- sentences

    def sayings(self, action: str, stage: int | None = None, *, exact: bool = False) -> list[Saying]:
        """Everything the policy says with this action (or one that implies it) that can hold at the stage.

        A sentence of no particular stage holds at each. With ``exact`` only sentences of the stage itself.
        """
        found = []
        for saying in self.policy.by_action.get(action, ()):
            at = saying.stage
            if stage is not None and at != stage and (exact or (at is not None or saying.norm.kind is Kind.STRUCTURE)):
                continue
            if self.holds(saying):
                found.append(saying)
        return found

    def holds(self, saying: Saying) -> bool:
        """Whether the sentence belongs to the reading under judgement."""
        norm = saying.norm
        if not self.under(norm.reading):
            return False
        if norm.standing is not None and norm.standing.of is None:
            return self.choices.choose(STANDING, (WHOLE, BODY)) == WHOLE
        return True

    def under(self, reading: str | None) -> bool:
        """Whether what stands under a heading of this reading (None: under none) is part of the text as it is read."""
        if reading is None:
            return True
        names = self.policy.alternatives.get(reading, (reading,))
        return len(names) <= 1 or self.choices.choose(f"reading: {' / '.join(names)}", names) == reading

    # -- words

    def says(self, said: str, asked: str) -> bool:
        """Whether who says ``said`` has said ``asked``; the plural of a thing says the thing."""
        return self.words.says(said, asked) or said == f"{asked}s" or asked == f"{said}s"

    def atom_implies(self, first: Atom, second: Atom) -> bool:
        """Whether one condition implies another by the meaning of their words."""
        if isinstance(first, Holds) and isinstance(second, Holds):
            return first.word != second.word and second.word in self.words.wider(first.word, "conditions")
        if isinstance(first, Older) and isinstance(second, Older) and first.subject == second.subject:
            return self.no_longer(second.duration, first.duration) and self._runs_from(first.event, second.event)
        return False

    def _runs_from(self, start: str | None, asked: str | None) -> bool:
        """Whether an age counted from ``start`` is at least the age counted from ``asked``.

        Nobody learns of an issue before it occurs, so an age since then is the shorter one. An age whose start is not
        said is read as since the issue occurred and as since the resident knew of it.
        """
        if asked in (None, OCCURRED) or start == asked:
            return True
        if start is None:
            stated = self.policy.age_starts
            if len(stated) == 1:
                return asked in stated  # said elsewhere in the policy
            options = (
                "an issue’s age counts from when it occurred",
                "an issue’s age counts from when the resident knew",
            )
            return self.choices.choose("age of the issue", options) == options[1]
        if asked == KNOWN and self._considers_late_complaints():
            options = (
                "late knowledge is no circumstance for which late complaints are considered",
                "late knowledge is a circumstance for which late complaints are considered",
            )
            return self.choices.choose("late knowledge", options) == options[1]
        return False

    def _considers_late_complaints(self) -> bool:
        """Whether the policy keeps a discretion that could serve whoever learns of an issue late."""
        said = self.sayings("consider")
        return any(s.promises and not s.foreign and LATE in s.norm.objects.words for s in said)

    # -- times

    def no_longer(self, one: Duration, other: Duration, *, after: Duration | None = None) -> bool:
        """Whether ``one`` never ends later than ``other``, counted from the same day; False where a figure is open.

        With ``after``, only from the days on which that period ends.
        """
        a, b = self.settled(one), self.settled(other)
        period = None if after is None else self.settled(after)
        return a is not None and b is not None and never_later(a, b, self.policy.calendar, after=period)

    def total_inside(self, total: Duration, period: Duration, more: Duration) -> bool:
        """Whether ``total`` never ends later than ``period`` with ``more`` after it; False where a figure is open."""
        a, b, c = (self.settled(one) for one in (total, period, more))
        return a is not None and b is not None and c is not None and total_inside(a, b, c, self.policy.calendar)

    def settled(self, within: Duration) -> Duration | None:
        """A duration that can be counted: bare days and hours read, of a choice the longest; None for a placeholder."""
        n = max(within.choices) if within.choices else within.n
        if n is None:
            return None
        unit = within.unit
        if unit is Unit.DAYS:
            unit = self.document.bare_days or Unit(
                self.choices.choose(BARE_DAYS, (Unit.WORKING_DAYS.value, Unit.CALENDAR_DAYS.value))
            )
        if unit is Unit.WORKING_HOURS:
            hours = self.document.hours_per_day or int(self.choices.choose(HOURS, ("7", "24")))
            return Duration(-(-n // hours), Unit.WORKING_DAYS)
        return Duration(n, unit)


def _calendar(document: Document) -> Calendar:
    """The calendar of the document's own clock, its declared closure days taken out."""
    calendar = load_calendar(document.calendar)
    closed: dict[date, str] = {}
    for closure in document.closures:
        days = (closure.first + timedelta(days=n) for n in range((closure.last - closure.first).days + 1))
        closed.update({day: closure.name for day in days if calendar.covers(day)})
    return calendar.with_closures(closed.items()) if closed else calendar


def _places(document: Document) -> dict[int, int]:
    """Formal stages counted from 1 in their order, where the policy numbers them otherwise; steps before them are 0."""
    formal = sorted({s.number for s in document.stages if not s.informal and s.number > 0 and s.reading is None})
    return {number: place for place, number in enumerate(formal, 1)} if len(formal) > 1 else {}
