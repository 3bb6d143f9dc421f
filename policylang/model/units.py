"""Units of time and durations, kept as the text gives them: no unit is ever turned into another in silence."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum


class Unit(StrEnum):
    """What a duration is counted in. The value is the plural as people write it."""

    WORKING_DAYS = "working days"
    CALENDAR_DAYS = "calendar days"
    DAYS = "days"  # bare: the text leaves open which of the two is meant
    WEEKS = "weeks"
    MONTHS = "months"
    QUARTERS = "quarters"
    YEARS = "years"
    WORKING_HOURS = "working hours"

    @property
    def singular(self) -> str:
        """``working day``, ``week``."""
        return self.value.removesuffix("s")

    def counted(self, n: int) -> str:
        """``1 working day``, ``10 working days``, ``0 weeks``."""
        return f"{n} {self.singular if n == 1 else self.value}"


@dataclass(frozen=True, slots=True)
class Duration:
    """A length of time as a document states it: exactly one of a figure, a choice of figures, or a placeholder.

    ``Duration(10, Unit.WORKING_DAYS)``; ``Duration(None, Unit.DAYS, choices=(30, 60, 90))`` where the text offers
    "30, 60 or 90 days"; ``Duration(None, Unit.DAYS, placeholder="X")`` where it was never filled in. Raises
    ``ValueError`` for a negative figure, or for none or several of the three.
    """

    n: int | None
    unit: Unit
    choices: tuple[int, ...] = ()
    placeholder: str | None = None
    _hash: int = field(init=False, repr=False, compare=False)  # looked up by a million times over a log

    def __post_init__(self) -> None:
        object.__setattr__(self, "_hash", hash((self.n, self.unit, self.choices, self.placeholder)))
        if (self.n is not None) + bool(self.choices) + (self.placeholder is not None) != 1:
            raise ValueError("A duration has a figure, or a choice of figures, or a placeholder.")
        if min(self.choices, default=self.n or 0) < 0:
            raise ValueError("A duration cannot be less than 0.")

    def __hash__(self) -> int:
        return self._hash

    def __str__(self) -> str:
        """``10 working days``, ``1 working day``, ``30, 60 or 90 days``, ``X days``."""
        if self.n is not None:
            return self.unit.counted(self.n)
        if self.choices:
            *others, last = (str(n) for n in self.choices)
            figures = f"{', '.join(others)} or {last}" if others else last
            return f"{figures} {self.unit}"
        return f"{self.placeholder} {self.unit}"
