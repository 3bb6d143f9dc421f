"""The nearest compliant world of a case: the fewest steps, each put right in turn from the earliest, that leave nothing
missed: no breach, and nothing that the dates show late or missing although it is none.

Each step is tried, not only told: the case is changed by it and judged again, so that what else it mends or leaves is
known. A later answer that was late only because the acknowledgement was, comes right with the acknowledgement.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from policylang.auditor.audit import AuditResult, audit
from policylang.auditor.duty import Duty, DutyKind
from policylang.auditor.event_words import doing
from policylang.auditor.outcome import Outcome, Result
from policylang.auditor.settings import Settings
from policylang.casebook.cases import Case, CaseBook, Entry, EntryState
from policylang.model.days import say_day
from policylang.model.document import Document

MOST_STEPS = 12


@dataclass(frozen=True, slots=True)
class Step:
    """One thing put right: what was ``missed``, the one date or letter that does it, and how many breaches are left
    once it is done, and how many steps that the dates show late or missing."""

    missed: Outcome
    repair: str | None
    left: int
    left_on_dates: int


@dataclass(frozen=True, slots=True)
class NearestWorld:
    """``steps`` lead to a case of which nothing was missed if ``reached``; otherwise ``stuck`` is something that no
    single date or letter would have changed."""

    steps: tuple[Step, ...]
    stuck: Outcome | None = None

    @property
    def reached(self) -> bool:
        """Whether the steps leave nothing missed."""
        return self.stuck is None


def nearest_world(
    case: Case, policy: Document, codes: Sequence[Document], as_at: date, settings: Settings | None = None
) -> NearestWorld:
    """Put the earliest missed step of the case right, judge it again, and go on until nothing missed is left."""
    steps: list[Step] = []
    result = judged(case, policy, codes, as_at, settings)
    missed = _missed(result)
    while missed:
        first = missed[0]
        changed = put_right(case, first.outcome, first.duty, first.due)
        if changed is None or len(steps) == MOST_STEPS:
            return NearestWorld(tuple(steps), first.outcome)
        result = judged(changed, policy, codes, as_at, settings)
        left = _missed(result)
        if any(one.duty is first.duty for one in left):
            return NearestWorld(tuple(steps), first.outcome)
        broken = sum(one.outcome.result is Result.BREACHED for one in left)
        steps.append(Step(first.outcome, first.repair, broken, len(left) - broken))
        case, missed = changed, left
    return NearestWorld(tuple(steps))


@dataclass(frozen=True, slots=True)
class _Missed:
    """A breach, or a step that the dates show late or missing, with the day on which it was due."""

    outcome: Outcome
    duty: Duty
    due: date | None

    @property
    def repair(self) -> str | None:
        if self.outcome.result is Result.BREACHED or self.due is None or self.duty.event is None:
            return self.outcome.repair
        return f"{doing(self.duty.event)} on or before {say_day(self.due)} would have been in time."


def _missed(result: AuditResult) -> list[_Missed]:
    """All that was missed, the earliest first; of what was missed at the same time, breaches first."""
    found = [_Missed(o, result.duties[o.document, o.provision, o.duty], o.due) for o in result.of(Result.BREACHED)]
    for _, step in result.steps:
        if step.flagged and step.due is not None:
            o = step.outcome
            found.append(_Missed(o, result.duties[o.document, o.provision, o.duty], step.due))
    return sorted(found, key=_earliest)


def _earliest(missed: _Missed) -> tuple[date, bool, int, bool, str]:
    o = missed.outcome
    day = missed.due or o.actual or o.start or date.max
    return day, o.result is not Result.BREACHED, o.stage or 0, o.source != "code", o.duty


def judged(
    case: Case, policy: Document, codes: Sequence[Document], as_at: date, settings: Settings | None = None
) -> AuditResult:
    """The audit of this one case."""
    return audit(policy, codes, CaseBook(cases=[case], rows_read=1), as_at, settings)


def breaches_in_order(result: AuditResult) -> list[Outcome]:
    """The breaches of a case, the earliest missed step first: by the day it was due, else the day it was done."""
    return sorted(
        result.of(Result.BREACHED),
        key=lambda o: (o.due or o.actual or o.start or date.max, o.stage or 0, o.source != "code", o.duty),
    )


def put_right(case: Case, breach: Outcome, duty: Duty, due: date | None) -> Case | None:
    """The case as it would have been with this one thing put right; ``None`` where no one fact would do it."""
    changes: dict[str, Entry] = {}
    match duty.kind:
        case DutyKind.TIMED | DutyKind.EXTENSION_NOTIFIED if duty.event and due:
            changes[duty.event] = _known(due)
        case DutyKind.EXTENSION_LIMIT if duty.extension and breach.due and breach.reason == "beyond-limit":
            changes[duty.extension.extended_to] = _known(breach.due)
        case DutyKind.CONTENT if duty.facts:
            changes = {name: _known(duty.wanted) for name in duty.facts}
        case DutyKind.DIFFERENT_PERSON if len(duty.facts) > 1:
            changes[duty.facts[1]] = _known("somebody else")
        case DutyKind.NOT_REFUSED if duty.event:
            changes[duty.event] = Entry(EntryState.NOT_DONE)
    return replace(case, entries={**case.entries, **changes}) if changes else None


def _known(value: date | bool | str) -> Entry:
    return Entry(EntryState.KNOWN, value, str(value))
