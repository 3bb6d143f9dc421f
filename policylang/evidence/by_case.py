"""The outcomes of an audit, case by case, in the order of the log."""

from __future__ import annotations

from collections.abc import Sequence

from policylang.auditor.outcome import Outcome
from policylang.casebook.cases import Case


def outcomes_by_case(outcomes: Sequence[Outcome], cases: Sequence[Case]) -> list[list[Outcome]]:
    """The outcomes of each case. An audit gives them in the order of the log; a reference used twice is two cases."""
    found: list[list[Outcome]] = []
    at = 0
    for case in cases:
        mine: list[Outcome] = []
        seen: set[tuple[str, str | None, str]] = set()
        while at < len(outcomes) and outcomes[at].case == case.reference:
            key = (outcomes[at].document, outcomes[at].provision, outcomes[at].duty)
            if key in seen:
                break
            seen.add(key)
            mine.append(outcomes[at])
            at += 1
        found.append(mine)
    return found
