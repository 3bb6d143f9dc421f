"""Outcomes: what each duty came to on each case, with the reason, the dates, the counted days and the cells."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


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
class Outcome:
    """One duty on one case.

    ``duty`` is a stable name such as ``acknowledge at stage 1``; ``document`` the policy's or code's id; ``reason`` a
    stable reason code (``in-time``, ``late``, ``not-done-and-due``, ``not-yet-due``, ``trigger-blank``, …); ``why`` the
    paragraph a service manager reads; ``repair`` the one date or letter that would have changed the outcome;
    ``cells`` the addresses read (``Cases!D17``), missing ones included.
    """

    case: str
    duty: str
    source: str  # "policy" or "code"
    document: str
    provision: str | None
    clauses: tuple[str, ...]
    stage: int | None
    result: Result
    reason: str
    due: date | None
    actual: date | None
    late: Late | None
    why: str
    repair: str | None
    cells: tuple[str, ...]
    skipped: tuple[tuple[date, str], ...] = ()
    start: date | None = None
    verified: bool = True
    action: str = ""  # the vocabulary action: acknowledge, respond, extend …
