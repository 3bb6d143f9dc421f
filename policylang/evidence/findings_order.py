"""The findings of an audit in the order in which somebody should read them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from policylang.auditor.outcome import Outcome, Result
from policylang.evidence.by_case import CaseKey
from policylang.evidence.join import CODE
from policylang.evidence.narrative import how_late
from policylang.evidence.worst import LATE_UNLESS

# Late unless an extension held: each such case is worth a look of its own.
_EACH = frozenset({LATE_UNLESS})


def findings_rows(by_case: Mapping[CaseKey, Sequence[Outcome]]) -> list[tuple[Outcome, int, int]]:
    """The outcomes to list, each with the occurrence of its case, worst first; breaches before what cannot be told.

    Where one and the same thing would settle a duty on several cases (a column that the log does not have), they make
    one row, and the third number is how many cases it stands for; it is 0 for a row of one case.
    """
    single: list[tuple[Outcome, int, int]] = []
    alike: dict[tuple[str, str, str | None, str, str | None], list[tuple[Outcome, int, int]]] = {}
    for (_, occurrence), group in by_case.items():
        for outcome in group:
            result = outcome.result
            if result is not Result.BREACHED and result is not Result.CANNOT_TELL:
                continue
            entry = (outcome, occurrence, 0)
            if result is Result.BREACHED or outcome.repair is None or outcome.reason in _EACH:
                single.append(entry)
            else:
                key = (outcome.document, outcome.duty, outcome.provision, outcome.reason, outcome.repair)
                alike.setdefault(key, []).append(entry)
    for entries in alike.values():
        outcome, occurrence, _ = entries[0]
        single.append((outcome, occurrence, len(entries) if len(entries) > 1 else 0))
    single.sort(key=_order)
    return single


def _order(entry: tuple[Outcome, int, int]) -> tuple[object, ...]:
    outcome, occurrence, together = entry
    return (
        outcome.result is not Result.BREACHED,
        outcome.source != CODE,
        together,
        _number(outcome.provision),
        outcome.duty,
        -how_late(outcome),
        outcome.case,
        occurrence,
    )


def _number(provision: str | None) -> tuple[int, ...]:
    """``6.10`` after ``6.9``."""
    return tuple(int(part) for part in (provision or "").split(".") if part.isdigit())
