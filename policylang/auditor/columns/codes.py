"""Reason codes as small numbers: 32 for each outcome, so that the outcome is the reason divided by 32.

A number never changes its meaning once it is written to a file; new reasons go behind the others of their outcome.
"""

from __future__ import annotations

import polars as pl

from policylang.auditor.outcome import Result
from policylang.auditor.ruling import REASONS

RESULTS = (Result.MET, Result.BREACHED, Result.PENDING, Result.CANNOT_TELL, Result.NOT_APPLICABLE)
"""The outcomes in the order of their numbers."""

_BLOCK = 32
_REASONS = {
    Result.MET: ("in-time", "in-extended-time", "done", "within-limit", "different-person", "not-done-as-required"),
    Result.BREACHED: (
        "late", "not-done-and-due", "left-out", "beyond-limit", "extension-not-permitted", "same-person",
        "forbidden-done", "refused",
    ),
    Result.PENDING: ("not-yet-due", "no-deadline", "stage-not-decided"),
    Result.CANNOT_TELL: (
        "start-unknown", "deed-unknown", "extension-unknown", "trigger-unknown", "condition-unknown",
        "content-unknown", "person-unknown", "ground-unknown", "contradictory", "outside-calendar",
        "time-not-countable", "receipt-unknown",
    ),
    Result.NOT_APPLICABLE: (
        "stage-not-reached", "condition-not-met", "excused", "complaint-refused", "clock-not-started", "no-extension",
        "no-new-date", "letter-not-sent", "after-window", "no-edition-in-force", "policy-not-in-force", "aim-kept",
        "aim-missed", "aim-open", "aim-unknown",
    ),
}  # fmt: skip

NUMBERS: dict[str, int] = {
    reason: _BLOCK * place + n for place, result in enumerate(RESULTS) for n, reason in enumerate(_REASONS[result])
}
"""The number of each reason code; every one that the reference can give."""

NAMES: dict[int, str] = {number: reason for reason, number in NUMBERS.items()}

if set(NUMBERS) != set(REASONS):
    raise AssertionError(f"Reason codes without a number: {sorted(set(NUMBERS) ^ set(REASONS))}.")

MET, BREACHED, PENDING, CANNOT_TELL, NOT_APPLICABLE = range(len(RESULTS))
OUTSIDE, UNCOUNTABLE = NUMBERS["outside-calendar"], NUMBERS["time-not-countable"]


def is_reason(code: pl.Expr, reason: str) -> pl.Expr:
    """Whether a code is this reason."""
    return code == NUMBERS[reason]


def came_to(code: pl.Expr, result: int) -> pl.Expr:
    """Whether a code is of this outcome (``MET``, ``BREACHED``, …)."""
    if result == MET:
        return code < _BLOCK
    if result == NOT_APPLICABLE:
        return code >= _BLOCK * NOT_APPLICABLE
    return (code >= _BLOCK * result) & (code < _BLOCK * (result + 1))


def outcome_of(code: pl.Expr) -> pl.Expr:
    """The number of the outcome that a code belongs to: 0 met, 1 breached, 2 pending, 3 cannot tell, 4 n/a."""
    return code // pl.lit(_BLOCK, pl.UInt8)


def result_of(code: int) -> Result:
    """The outcome that a code belongs to."""
    return RESULTS[code // _BLOCK]


YES, NO = pl.lit(True), pl.lit(False)
"""The two literals, by identity: what is known not to hold before any case is seen needs no column."""

Case = tuple[pl.Expr, "pl.Expr | str | int"]


def choose(*cases: Case, otherwise: pl.Expr | str | int) -> pl.Expr:
    """The code of the first condition that holds; a condition that is not known (null) does not hold."""
    found: pl.Expr = _code(otherwise)
    for condition, then in reversed(cases):
        if condition is YES:
            found = _code(then)
        elif condition is not NO:
            found = pl.when(condition).then(_code(then)).otherwise(found)
    return found


def _code(reason: pl.Expr | str | int) -> pl.Expr:
    if isinstance(reason, pl.Expr):
        return reason
    return pl.lit(NUMBERS[reason] if isinstance(reason, str) else reason, pl.UInt8)
