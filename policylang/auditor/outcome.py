"""Outcomes: what each duty came to on each case, with the reason, the dates, the counted days and the cells.

A log of ten thousand cases has close on a million outcomes, and most of them say the same of another case. So an
outcome is three references: the case's :class:`Place`, what is owed (:class:`Owed`) and what is said of it
(:class:`Said`), which outcomes that are alike in all but the case share.
"""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from functools import cache


class Result(StrEnum):
    """The five outcomes (see docs: outcomes). Missing data is never ``MET``."""

    MET = "met"
    BREACHED = "breached"
    PENDING = "pending"
    CANNOT_TELL = "cannot-tell"
    NOT_APPLICABLE = "not-applicable"


@dataclass(frozen=True, slots=True)
class Late:
    """How late, in the duty's own unit (``working days``, ``days``, ``weeks``, ``months``, ``years``)."""

    by: int
    unit: str


@dataclass(frozen=True, slots=True)
class Owed:
    """What an outcome is an outcome of, whatever the case: the same object for every case (see :func:`owed`)."""

    duty: str
    source: str  # "policy" or "code"
    document: str
    provision: str | None
    clauses: tuple[str, ...]
    stage: int | None
    verified: bool
    action: str


@cache
def owed(
    duty: str,
    source: str,
    document: str,
    provision: str | None,
    clauses: tuple[str, ...],
    stage: int | None,
    verified: bool,
    action: str,
) -> Owed:
    """The one :class:`Owed` with these values."""
    return Owed(duty, source, document, provision, clauses, stage, verified, action)


@dataclass(frozen=True, slots=True)
class Said:
    """What a duty came to, in figures and words; ``names`` are the facts read, or their addresses as they stand."""

    result: Result
    reason: str
    due: date | None = None
    actual: date | None = None
    late: Late | None = None
    why: str = ""
    repair: str | None = None
    names: tuple[str, ...] = ()
    skipped: tuple[tuple[date, str], ...] = ()
    start: date | None = None


class Place:
    """A case by its reference, and where its facts stand in the log."""

    __slots__ = ("reference",)
    layout: Hashable | None = None
    """What cases whose facts stand in the same columns of a sheet have in common; none where they stand in no row."""
    row: str = ""

    def __init__(self, reference: str) -> None:
        self.reference = reference

    def filled(self, text: str) -> str:
        """A text that holds for several cases, with the row of this one."""
        return text

    def cells(self, names: tuple[str, ...]) -> tuple[str, ...]:
        """The addresses of the facts named, each once."""
        return names

    def pattern(self, names: tuple[str, ...]) -> str:
        """The addresses of the facts named, with a mark for the row."""
        return "; ".join(names)


class Outcome:
    """One duty on one case.

    ``duty`` is a stable name such as ``acknowledge at stage 1``; ``source`` "policy" or "code"; ``document`` the
    policy's or code's id; ``action`` the vocabulary action (acknowledge, respond, extend …); ``reason`` a stable reason
    code (``in-time``, ``late``, ``not-done-and-due``, ``not-yet-due``, ``trigger-blank``, …); ``why`` the paragraph a
    service manager reads; ``repair`` the one date or letter that would have changed the outcome; ``cells`` the
    addresses read (``Cases!D17``), missing ones included.
    """

    # The result and the reason are asked for many times over, so they are at hand without a look at what was said.
    __slots__ = ("owed", "place", "reason", "result", "said")

    def __init__(
        self,
        case: str,
        duty: str,
        source: str,
        document: str,
        provision: str | None,
        clauses: tuple[str, ...],
        stage: int | None,
        result: Result,
        reason: str,
        due: date | None,
        actual: date | None,
        late: Late | None,
        why: str,
        repair: str | None,
        cells: tuple[str, ...],
        skipped: tuple[tuple[date, str], ...] = (),
        start: date | None = None,
        verified: bool = True,
        action: str = "",
    ) -> None:
        self.place = Place(case)
        self.owed = owed(duty, source, document, provision, clauses, stage, verified, action)
        self.result, self.reason = result, reason
        self.said = Said(result, reason, due, actual, late, why, repair, cells, skipped, start)

    @classmethod
    def of(cls, place: Place, what: Owed, said: Said) -> Outcome:
        """The outcome made of its three parts."""
        made = cls.__new__(cls)
        made.place, made.owed, made.said = place, what, said
        made.result, made.reason = said.result, said.reason
        return made

    def with_result(self, result: Result) -> Outcome:
        """The same with another result."""
        return Outcome.of(self.place, self.owed, replace(self.said, result=result))

    @property
    def case(self) -> str:
        """The reference of the case."""
        return self.place.reference

    @property
    def duty(self) -> str:
        """The duty's name."""
        return self.owed.duty

    @property
    def source(self) -> str:
        """``policy`` or ``code``."""
        return self.owed.source

    @property
    def document(self) -> str:
        """The id of the policy or code."""
        return self.owed.document

    @property
    def provision(self) -> str | None:
        """The provision of the code."""
        return self.owed.provision

    @property
    def clauses(self) -> tuple[str, ...]:
        """The clauses of the policy."""
        return self.owed.clauses

    @property
    def stage(self) -> int | None:
        """The stage, 1 or 2."""
        return self.owed.stage

    @property
    def verified(self) -> bool:
        """Whether the wording of the provision has been verified."""
        return self.owed.verified

    @property
    def action(self) -> str:
        """The action of the vocabulary."""
        return self.owed.action

    @property
    def due(self) -> date | None:
        """The day by which it was due."""
        return self.said.due

    @property
    def actual(self) -> date | None:
        """The day on which it was done."""
        return self.said.actual

    @property
    def late(self) -> Late | None:
        """By how much it was late."""
        return self.said.late

    @property
    def why(self) -> str:
        """The reason in a paragraph."""
        return self.place.filled(self.said.why)

    @property
    def repair(self) -> str | None:
        """The one change that would have met it."""
        return None if self.said.repair is None else self.place.filled(self.said.repair)

    @property
    def skipped(self) -> tuple[tuple[date, str], ...]:
        """The days that did not count, each with its reason."""
        return self.said.skipped

    @property
    def start(self) -> date | None:
        """The day from which it was counted."""
        return self.said.start

    @property
    def cells(self) -> tuple[str, ...]:
        """The addresses of the cells read."""
        return self.place.cells(self.said.names)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Outcome):
            return NotImplemented
        return self._values() == other._values()

    def __hash__(self) -> int:
        return hash((self.case, self.owed, self.said.result, self.said.reason))

    def __repr__(self) -> str:
        return f"Outcome({self.case!r}, {self.owed!r}, {self.said!r}, cells={self.cells!r})"

    def _values(self) -> tuple[object, ...]:
        return (self.case, self.owed, replace(self.said, names=self.cells, why=self.why, repair=self.repair))
