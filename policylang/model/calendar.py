"""Working-day calendars: frozen tables of bank holidays, and counting by look-up.

A working day is Monday to Friday less the bank holidays of the named calendar, and the day of an event is day 0 unless
``day_one`` is asked for (see docs/time.md). No statement of the Housing Ombudsman on either was found; both are the
usual reading of "within so many working days of", and settings.

The tables cover ``first`` to ``last`` and nothing else. A date outside them is *cannot tell*, never "no holiday":
every method that needs such a date raises :class:`OutsideCalendar`.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from functools import cache
from pathlib import Path

from policylang.model.clock_error import ClockError
from policylang.model.data import checks_dir
from policylang.model.days import WEEKDAYS, say_date

DEFAULT_CALENDAR = "england-and-wales"

_DAY = timedelta(days=1)


class UnknownCalendar(ClockError):
    """A calendar id that no file goes by. Arguments: the id, and the ids there are."""

    rule = "unknown-calendar"
    code = "PL-T03"

    def __init__(self, id: str, known: tuple[str, ...]) -> None:
        super().__init__(id, known)

    @property
    def said(self) -> tuple[str, str]:
        from policylang.findings.nearest import did_you_mean

        id, known = self.args
        return f"There is no calendar called “{id}”.", did_you_mean(id, known, what="calendars")


class DamagedCalendar(ClockError):
    """A calendar file that is not as ``scripts/make_calendars.py`` wrote it. Arguments: the file, what is wrong."""

    rule = "calendar-damaged"
    code = "PL-T04"

    @property
    def said(self) -> tuple[str, str]:
        return (
            f"The calendar file {self.args[0]} is not as it was generated: {self.args[1]}.",
            "Put the shipped file back; to add or move a bank holiday, regenerate it with scripts/make_calendars.py.",
        )


class OutsideCalendar(ClockError):
    """A date the calendar knows nothing about. ``date`` is that date (the first one needed, if there are several)."""

    rule = "outside-calendar"
    code = "PL-T05"

    def __init__(self, day: date, calendar: str, first: date, last: date) -> None:
        super().__init__(day, calendar, first, last)
        self.date = day
        self.calendar = calendar
        self.first = first
        self.last = last

    @property
    def said(self) -> tuple[str, str]:
        return (
            f"{say_date(self.date)} is outside the calendar {self.calendar}, so nobody can tell which days are "
            "working days.",
            f"It knows the days from {say_date(self.first)} to {say_date(self.last)}; others need a longer calendar.",
        )


@dataclass(frozen=True, slots=True)
class Calendar:
    """The working days of one place from ``first`` to ``last``, both included.

    ``holidays`` and ``closures`` are days with their names, in order of date; ``closures`` are an organisation's own
    (see :meth:`with_closures`). ``digest`` is the SHA-256 of everything the counting rests on, as
    hexadecimal: it stays the same when only the note in ``source`` changes.

    Two look-up tables hold all that counting needs, for whoever counts by columns:

    - ``ordinals[(d - first).days]`` is the number of working days from ``first`` to ``d``, both included;
    - ``working_dates[k - 1]`` is the ``k``-th working day of the table.

    So ``n`` working days after ``d`` (``n`` at least 1) is ``working_dates[ordinals[(d - first).days] + n - 1]``. Test
    both indexes against the tables' lengths first: a negative index wraps round silently.
    """

    id: str
    name: str
    first: date
    last: date
    source: str = field(repr=False)
    holidays: tuple[tuple[date, str], ...] = field(repr=False)
    closures: tuple[tuple[date, str], ...] = field(default=(), repr=False)
    digest: str = field(init=False)
    ordinals: tuple[int, ...] = field(init=False, repr=False, compare=False)
    working_dates: tuple[date, ...] = field(init=False, repr=False, compare=False)
    _named: dict[date, str] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Check the days and fill the tables. Raises ``ValueError`` for days out of order, doubled or outside."""
        for days in (self.holidays, self.closures):
            if [day for day, _ in days] != sorted({day for day, _ in days}):
                raise ValueError(f"The days of the calendar {self.id} must be in order, each once.")
            for day, _ in days:
                self._place(day)
        # A closure on a bank holiday does not rename it.
        named = {**dict(self.closures), **dict(self.holidays)}
        ordinals: list[int] = []
        working: list[date] = []
        for n in range((self.last - self.first).days + 1):
            day = self.first + timedelta(days=n)
            if day.weekday() < 5 and day not in named:
                working.append(day)
            ordinals.append(len(working))
        put = object.__setattr__  # the class is frozen; these are filled once, here
        put(self, "_named", named)
        put(self, "ordinals", tuple(ordinals))
        put(self, "working_dates", tuple(working))
        put(self, "digest", _digest(self))

    def __hash__(self) -> int:
        return hash(self.digest)

    def covers(self, day: date) -> bool:
        """Whether the calendar knows this date."""
        return self.first <= day <= self.last

    def is_working(self, day: date) -> bool:
        """Whether this is a working day. Raises :class:`OutsideCalendar`."""
        return self.why_skipped(day) is None

    def why_skipped(self, day: date) -> str | None:
        """Why this day is not counted (``Saturday``, ``Christmas Day``); ``None`` for a working day.

        Raises :class:`OutsideCalendar`.
        """
        self._place(day)
        return WEEKDAYS[day.weekday()] if day.weekday() >= 5 else self._named.get(day)

    def add_working_days(self, start: date, n: int, *, day_one: bool = False) -> date:
        """The ``n``-th working day after ``start``: the last day of "within n working days of start".

        ``start`` is day 0, working day or not; nought working days end on ``start`` itself. With ``day_one``, ``start``
        is day 1 if it is a working day, and the next working day is if it is not (the Scottish model procedure is
        understood to count so). Raises :class:`OutsideCalendar` if ``start`` or the answer is outside, ``ValueError``
        if ``n`` < 0.
        """
        if n < 0:
            raise ValueError(f"A deadline of {n} working days: give a number from 0 upwards.")
        reached = self.ordinals[self._place(start)] + n
        if n == 0:
            return start
        if day_one and self.is_working(start):
            reached -= 1
        if reached > len(self.working_dates):
            raise self._outside(self.last + _DAY if self.last < date.max else self.last)
        return self.working_dates[reached - 1]

    def working_days_after(self, a: date, b: date) -> int:
        """The number of working days after ``a`` up to and including ``b``; negative if ``b`` is before ``a``.

        Raises :class:`OutsideCalendar`.
        """
        start, end = self._place(a), self._place(b)
        return self.ordinals[end] - self.ordinals[start]

    def skipped(self, a: date, b: date, *, day_one: bool = False) -> tuple[tuple[date, str], ...]:
        """Every day after ``a`` up to and including ``b`` that is not a working day, with the reason.

        With ``day_one``, ``a`` itself is among the days looked at. Raises :class:`OutsideCalendar`.
        """
        start, end = self._place(a), self._place(b)
        days = (self.first + timedelta(days=n) for n in range(start if day_one else start + 1, end + 1))
        return tuple((day, why) for day in days if (why := self.why_skipped(day)) is not None)

    def with_closures(self, closures: Iterable[tuple[date, str]]) -> Calendar:
        """This calendar with an organisation's own closure days, each with its name, taken out of the working days.

        Off by default for a regulator's clock: the Code does not stop for a landlord's closed office. The new
        calendar says in its ``id`` that it has closures and has a ``digest`` of its own. Raises
        :class:`OutsideCalendar` for a closure outside the span.
        """
        days = {**dict(self.closures), **dict(closures)}
        if not days:
            return self
        plain = self.id.removesuffix(_WITH_CLOSURES)
        return replace(self, id=plain + _WITH_CLOSURES, closures=tuple(sorted(days.items())))

    def _place(self, day: date) -> int:
        # The look-up index of a date, checked: a negative index would wrap round to the end of the table.
        if not self.first <= day <= self.last:
            raise self._outside(day)
        return (day - self.first).days

    def _outside(self, day: date) -> OutsideCalendar:
        return OutsideCalendar(day, self.id, self.first, self.last)


_WITH_CLOSURES = " with closure days"


def _digest(calendar: Calendar) -> str:
    content: dict[str, object] = {
        "id": calendar.id,
        "name": calendar.name,
        "first": calendar.first.isoformat(),
        "last": calendar.last.isoformat(),
        "bank_holidays": [[day.isoformat(), name] for day, name in calendar.holidays],
    }
    if calendar.closures:
        content["closures"] = [[day.isoformat(), name] for day, name in calendar.closures]
    canonical = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode("utf-8", "surrogatepass")).hexdigest()


def calendar_ids() -> tuple[str, ...]:
    """The ids of the shipped calendars, in alphabetical order."""
    return tuple(sorted(path.stem for path in _folder().glob("*.yaml")))


def load_calendar(id: str = DEFAULT_CALENDAR) -> Calendar:
    """The shipped calendar of this id, read once. Raises :class:`UnknownCalendar` or :class:`DamagedCalendar`."""
    return _load(id)


@cache
def _load(id: str) -> Calendar:
    if id not in calendar_ids():
        raise UnknownCalendar(id, calendar_ids())
    return read_calendar(_folder() / f"{id}.yaml")


def read_calendar(path: Path) -> Calendar:
    """The calendar in a file, its digest verified. Raises :class:`DamagedCalendar` if the content does not match it."""
    import yaml

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # ten times faster where it is compiled in
    try:
        content = yaml.load(path.read_text(encoding="utf-8"), Loader=loader)
        calendar = Calendar(
            id=str(content["id"]),
            name=str(content["name"]),
            first=content["first"],
            last=content["last"],
            source=str(content["source"]),
            holidays=tuple((day["date"], str(day["name"])) for day in content["bank_holidays"]),
        )
        digest = content["digest"]
    except (OSError, UnicodeError, yaml.YAMLError, KeyError, TypeError, AttributeError, ValueError) as fault:
        raise DamagedCalendar(path.name, "it cannot be read as a calendar") from fault
    if digest != calendar.digest:
        raise DamagedCalendar(path.name, "its content does not match its digest")
    if calendar.id != path.stem:
        raise DamagedCalendar(path.name, f"it holds the calendar “{calendar.id}”")
    return calendar


def _folder() -> Path:
    return checks_dir() / "calendars"
