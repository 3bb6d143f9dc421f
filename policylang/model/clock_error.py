"""What the clock says when it cannot answer: a ``ValueError`` that carries its finding."""

from __future__ import annotations

from policylang.findings.finding import Finding, Severity


class ClockError(ValueError):
    """A date, duration or calendar that gives no answer. The message is in plain English and says what to type.

    Subclasses pass all their arguments to ``ValueError`` (so that they survive being sent between processes) and
    build ``finding`` from them.
    """

    rule = "clock"
    code = "PL-T00"

    @property
    def said(self) -> tuple[str, str]:
        """The fault in one sentence, and what to type instead."""
        return str(self.args[0]), str(self.args[1])

    @property
    def finding(self) -> Finding:
        """The same as an eight-part finding, for whoever renders it."""
        message, advice = self.said
        return Finding(
            rule=self.rule, code=self.code, severity=Severity.ERROR, message=message, help=advice, page="time"
        )

    def __str__(self) -> str:
        return " ".join(self.said)


class UnreadDate(ClockError):
    """A date that is not written in a way that can be read, or that does not exist."""

    rule = "date-not-read"
    code = "PL-T01"


class UnreadDuration(ClockError):
    """A duration that is not written in a way that can be read."""

    rule = "duration-not-read"
    code = "PL-T02"


class UndecidedDuration(ClockError):
    """A duration whose length nobody can tell from what is written; the subclasses say why."""


class UnitOpen(UndecidedDuration):
    """Bare ``days``: the text does not say working days or calendar days, and no declaration settles it."""

    rule = "unit-left-open"
    code = "PL-T06"


class HoursNotStated(UndecidedDuration):
    """Working hours where nothing says how many hours a working day has."""

    rule = "hours-in-a-working-day-not-stated"
    code = "PL-T07"


class NoFigure(UndecidedDuration):
    """A duration without one figure: a placeholder such as ``X days``, or a choice such as ``30, 60 or 90 days``."""

    rule = "duration-without-one-figure"
    code = "PL-T08"


class BeyondTheYears(ClockError):
    """A due date that no calendar of years 1 to 9999 can hold."""

    rule = "date-beyond-year-9999"
    code = "PL-T09"
