"""The nearest compliant world of a case: the fewest steps, each undone in turn from the earliest, that leave no breach.

Each step is tried, not only told: the case is changed by it and judged again, so that what else it mends or leaves is
known. A later answer that was late only because the acknowledgement was, comes right with the acknowledgement.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from policylang.auditor.audit import AuditResult, audit
from policylang.auditor.duty import Duty, DutyKind
from policylang.auditor.outcome import Outcome, Result
from policylang.auditor.settings import Settings
from policylang.casebook.cases import Case, CaseBook, Entry, EntryState
from policylang.model.document import Document

MOST_STEPS = 12


@dataclass(frozen=True, slots=True)
class Step:
    """One thing put right: the breach it starts from, and how many breaches are left once it is."""

    breach: Outcome
    left: int


@dataclass(frozen=True, slots=True)
class NearestWorld:
    """``steps`` lead to a case without a breach if ``reached``; otherwise ``stuck`` is a breach no single date or
    letter would have changed."""

    steps: tuple[Step, ...]
    stuck: Outcome | None = None

    @property
    def reached(self) -> bool:
        """Whether the steps leave no breach."""
        return self.stuck is None


def nearest_world(
    case: Case, policy: Document, codes: Sequence[Document], as_at: date, settings: Settings | None = None
) -> NearestWorld:
    """Put the earliest missed step of the case right, judge it again, and go on until no breach is left."""
    steps: list[Step] = []
    result = judged(case, policy, codes, as_at, settings)
    breaches = in_order(result)
    while breaches:
        first = breaches[0]
        changed = put_right(case, first, result.duties[first.document, first.provision, first.duty])
        if changed is None or len(steps) == MOST_STEPS:
            return NearestWorld(tuple(steps), first)
        after = judged(changed, policy, codes, as_at, settings)
        left = in_order(after)
        if any((b.document, b.provision, b.duty) == (first.document, first.provision, first.duty) for b in left):
            return NearestWorld(tuple(steps), first)
        steps.append(Step(first, len(left)))
        case, result, breaches = changed, after, left
    return NearestWorld(tuple(steps))


def judged(
    case: Case, policy: Document, codes: Sequence[Document], as_at: date, settings: Settings | None = None
) -> AuditResult:
    """The audit of this one case."""
    return audit(policy, codes, CaseBook(cases=[case], rows_read=1), as_at, settings)


def in_order(result: AuditResult) -> list[Outcome]:
    """The breaches of a case, the earliest missed step first: by the day it was due, else the day it was done."""
    return sorted(
        result.of(Result.BREACHED),
        key=lambda o: (o.due or o.actual or o.start or date.max, o.stage or 0, o.source != "code", o.duty),
    )


def put_right(case: Case, breach: Outcome, duty: Duty) -> Case | None:
    """The case as it would have been with this one breach put right; ``None`` where no one fact would do it."""
    changes: dict[str, Entry] = {}
    match duty.kind:
        case DutyKind.TIMED | DutyKind.EXTENSION_NOTIFIED if duty.event and breach.due:
            changes[duty.event] = _known(breach.due)
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
