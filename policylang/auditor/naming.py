"""Names of duties: plain, stable, and no two the same within a policy or a provision."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace

from policylang.auditor.duty import Duty
from policylang.auditor.event_words import noun


def named_apart(duties: Sequence[Duty]) -> list[Duty]:
    """The duties in their order; those of one name get what sets them apart: the reading, the time, the clauses."""
    named = list(duties)
    for suffix in (_reading, _time, _clauses):
        named = _apart(named, suffix)
    seen: Counter[tuple[str | None, str]] = Counter()
    for index, duty in enumerate(named):
        seen[duty.provision, duty.name] += 1
        if seen[duty.provision, duty.name] > 1:
            named[index] = replace(duty, name=f"{duty.name} ({seen[duty.provision, duty.name]})")
    return named


def _apart(duties: list[Duty], suffix: Callable[[Duty], str]) -> list[Duty]:
    groups: dict[tuple[str | None, str], list[str]] = {}
    for duty in duties:
        groups.setdefault((duty.provision, duty.name), []).append(suffix(duty))
    return [
        replace(duty, name=f"{duty.name} ({text})")
        if len(set(groups[duty.provision, duty.name])) > 1 and (text := suffix(duty))
        else duty
        for duty in duties
    ]


def _reading(duty: Duty) -> str:
    return duty.reading


def _time(duty: Duty) -> str:
    clock = duty.clock
    return f"within {clock.within} of {noun(clock.start).removeprefix('the ')}" if clock else ""


def _clauses(duty: Duty) -> str:
    return f"clause {', '.join(duty.clauses)}" if duty.clauses else ""
