"""Whether a set of deadlines can let an event fall later than a demanded deadline: proof or refutation, exact.

A timeline gives each event a date, or never. A policy bounds events from above (``E no later than D after S``) and the
world orders them (nothing of a stage comes before the stage's receipt; an earlier stage comes before a later one). A
demand ``E within D of T`` holds if no timeline that keeps all bounds has E later than D after T.

Why trying the earliest T is enough: due days never fall as their start rises, so the timelines that keep the bounds are
closed under taking the later of two dates event by event. For a given T there is therefore one latest timeline, found
by following the bounds. If some timeline breaks the demand with its T after its receipt, then the timeline whose
receipt is moved up to that T keeps all bounds too and breaks the demand as well. So it is enough to let T fall on the
day of its receipt, for every day of the calendar, and everything else as late as its bounds admit.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from policylang.checker.due_tables import BEYOND, NEVER, Span, Table, chain, common_span, due_table
from policylang.model.calendar import Calendar
from policylang.model.duration import Duration

RECEIPT = "receipt"


@dataclass(frozen=True, slots=True)
class Moment:
    """An event of the process at a stage (0: an informal step before stage 1)."""

    word: str
    stage: int


@dataclass(frozen=True, slots=True)
class Bound:
    """``event`` falls no later than ``within`` after ``start``, if ``start`` happens."""

    event: Moment
    start: Moment
    within: Duration


@dataclass(frozen=True, slots=True)
class Order:
    """``earlier`` is never after ``later``."""

    earlier: Moment
    later: Moment


@dataclass(frozen=True, slots=True)
class Question:
    """A demand against a policy's bounds: is ``event`` always within ``within`` of ``start``?

    ``calendar`` counts the policy's periods (its own closure days taken out, where it says so), ``demanded`` the
    code's. A refutation before ``since``, the day the code came into force, does not count; one from ``prefer`` on,
    the day the policy did, makes the better story.
    """

    event: Moment
    start: Moment
    within: Duration
    bounds: tuple[Bound, ...]
    orders: tuple[Order, ...]
    calendar: Calendar
    demanded: Calendar
    since: date | None = None
    prefer: date | None = None


@dataclass(frozen=True, slots=True)
class Proof:
    """The demand holds for every start from ``first`` to ``last``."""

    first: date
    last: date


@dataclass(frozen=True, slots=True)
class Refutation:
    """A timeline that keeps the bounds and breaks the demand.

    ``dates`` are the events that show it, in order; ``unlimited`` says that nothing bounds the event, so that the
    date it has here is only the first that is too late. ``bounds`` are those that admit it.
    """

    dates: tuple[tuple[Moment, date], ...]
    due: date
    actual: date
    unlimited: bool
    bounds: tuple[Bound, ...]


class TooShort(ValueError):
    """The calendars have no day in common, or end before the demanded period does."""


@lru_cache(maxsize=4096)
def decide(question: Question) -> Proof | Refutation:
    """Prove or refute. Raises :class:`TooShort`."""
    return _Search(question).run()


def broken_days(question: Question) -> tuple[tuple[date, ...], tuple[date, ...]]:
    """The starting days for which the calendar can tell, and those of them from which the demand can be broken."""
    search = _Search(question)
    known, broken = search.broken()
    return tuple(map(search.span.day, known)), tuple(map(search.span.day, broken))


def admitted(question: Question, start: date) -> Callable[[Moment], date | None]:
    """The latest timeline that keeps the bounds when the demand's start falls on ``start``: the date of each event.

    None for an event that nothing limits, or whose limit is past the calendar.
    """
    search = _Search(question)
    tables = {bound: due_table(question.calendar, bound.within, search.span) for bound in question.bounds}

    def latest(moment: Moment, open_: frozenset[Moment]) -> int:
        # The same as the search does for all days at once, for one.
        if moment == question.start:
            return search.span.number(start)
        inside = open_ | {moment}
        days = [latest(o.later, inside) for o in search.orders if o.earlier == moment and o.later not in inside]
        for bound, table in tables.items():
            if bound.event == moment and bound.start not in inside:
                day = latest(bound.start, inside)
                days.append(table[day] if day < BEYOND else day)
        return min(days, default=NEVER)

    def date_of(moment: Moment) -> date | None:
        day = latest(moment, frozenset())
        return search.span.day(day) if day < BEYOND else None

    return date_of


class _Search:
    def __init__(self, question: Question) -> None:
        self.q = question
        self.span = common_span(question.calendar, question.demanded)
        self.orders = question.orders + _natural_orders(question)
        self.found: dict[Moment, Table] = {question.start: tuple(range(len(self.span)))}
        self.open: set[Moment] = set()
        self.due = due_table(question.demanded, question.within, self.span)

    def run(self) -> Proof | Refutation:
        known, broken = self.broken()
        if not known:
            raise TooShort("The calendar is too short for this deadline.")
        begin = self.span.number(self.q.since) if self.q.since else 0
        if begin > known[-1]:
            begin = 0  # the code starts after the calendar ends: every day counts
        # What only happens before the code was in force is no breach of it.
        counted = [n for n in broken if n >= begin]
        if counted:
            return self.refutation(self.best(counted))
        first = max(begin, known[0]) if broken else known[0]
        return Proof(self.span.day(first), self.span.day(known[-1]))

    def best(self, days: list[int]) -> int:
        """The day to tell the story with: the first working day on which the policy is in force, where there is one."""
        wanted = self.span.number(self.q.prefer) if self.q.prefer else 0

        def first(days: Iterable[int]) -> int | None:
            return next((n for n in days if self.q.demanded.is_working(self.span.day(n))), None)

        later = first(n for n in days if n >= wanted)
        found = first(days) if later is None else later
        return days[0] if found is None else found

    def broken(self) -> tuple[list[int], list[int]]:
        """The days for which the calendar can tell, and those of them on which the demand can be broken."""
        due, latest = self.due, self.latest(self.q.event)
        # An event without a limit, or with one past the calendar, needs one more day of it to be late on.
        room = len(self.span) - 1
        known = [n for n, end in enumerate(due) if end < BEYOND and (latest[n] < BEYOND or end < room)]
        return known, [n for n in known if latest[n] > due[n]]

    def latest(self, moment: Moment) -> Table:
        """For every day on which the demand's start can fall, the latest admitted day of ``moment``.

        A bound that leads back to a moment under way is left out: no period ends before it starts, so it cannot make
        anything earlier.
        """
        if moment in self.found:
            return self.found[moment]
        self.open.add(moment)
        tables = [
            chain(self.latest(b.start), due_table(self.q.calendar, b.within, self.span))
            for b in self.q.bounds
            if b.event == moment and b.start not in self.open
        ]
        tables += [self.latest(o.later) for o in self.orders if o.earlier == moment and o.later not in self.open]
        self.open.discard(moment)
        table: Table = tuple(map(min, *tables)) if len(tables) > 1 else tables[0] if tables else _never(self.span)
        if not self.open:
            self.found[moment] = table
        return table

    def refutation(self, number: int) -> Refutation:
        """The story that starts on day ``number``: the events that lead to the latest date, and nothing else."""
        start, event = self.q.start, self.q.event
        last = self.latest(event)[number]
        dates: dict[Moment, int] = {start: number}
        if start.word != RECEIPT:
            dates[Moment(RECEIPT, start.stage)] = number
        used: list[Bound] = []
        if last >= BEYOND:
            actual = self.after(self.due[number])
            for bound in self.q.bounds:
                if bound.event == event:
                    used.append(bound)
                    # A start without a limit of its own falls on the day of the late event.
                    limit = self.latest(bound.start)[number]
                    dates.setdefault(bound.start, min(limit, actual))
            dates[event] = actual
        else:
            self.follow(event, number, dates, used)
            actual = dates[event]
        told = sorted(
            dates.items(), key=lambda item: (item[1], item[0] == event, item[0].stage, item[0].word != RECEIPT)
        )
        return Refutation(
            tuple((moment, self.span.day(day)) for moment, day in told),
            self.span.day(self.due[number]), self.span.day(actual), last == NEVER, tuple(used),
        )  # fmt: skip

    def follow(self, moment: Moment, number: int, dates: dict[Moment, int], used: list[Bound]) -> None:
        """Note the bounds that fix the latest day of ``moment``, back to an event that is already dated."""
        if moment in dates:
            return
        day = self.latest(moment)[number]
        dates[moment] = day
        for bound in self.q.bounds:
            if bound.event == moment:
                table = due_table(self.q.calendar, bound.within, self.span)
                start = self.latest(bound.start)[number]
                if start < BEYOND and table[start] == day:
                    used.append(bound)
                    self.follow(bound.start, number, dates, used)
                    return
        held = [o.later for o in self.orders if o.earlier == moment and self.latest(o.later)[number] == day]
        # Held by the start itself, or by an event that is told already: nothing more is needed to show it.
        if held and not any(later in dates for later in held):
            self.follow(held[0], number, dates, used)

    def after(self, due: int) -> int:
        """The first working day after the due day, or the day after it where the calendar ends too soon."""
        days = range(due + 1, len(self.span))
        return next((n for n in days if self.q.demanded.is_working(self.span.day(n))), due + 1)


def _never(span: Span) -> Table:
    return (NEVER,) * len(span)


def _natural_orders(question: Question) -> tuple[Order, ...]:
    """What is so whatever a policy says: a stage begins with its receipt, and one stage comes before the next."""
    moments = {question.event, question.start}
    for bound in question.bounds:
        moments |= {bound.event, bound.start}
    for order in question.orders:
        moments |= {order.earlier, order.later}
    moments |= {Moment(RECEIPT, m.stage) for m in moments}
    orders = {
        Order(receipt, moment)
        for receipt in moments
        if receipt.word == RECEIPT
        for moment in moments
        if moment != receipt and moment.stage == receipt.stage
    }
    orders |= {
        Order(moment, receipt)
        for receipt in moments
        if receipt.word == RECEIPT
        for moment in moments
        if moment.stage < receipt.stage
    }
    return tuple(sorted(orders, key=lambda o: (o.earlier.stage, o.earlier.word, o.later.stage, o.later.word)))
