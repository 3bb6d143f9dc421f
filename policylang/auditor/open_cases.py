"""Open cases as at the date: what is overdue on each and by how much, what is due next and when, and how old it is.

A case is open at a stage that it has come to and that is neither answered nor refused nor closed. What lies open is
read off the outcomes, so that it is due here on the very day on which it is due there.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from policylang.auditor.audit import AuditResult
from policylang.auditor.duty import ROOTS
from policylang.auditor.knowledge import Knowledge
from policylang.auditor.outcome import Late, Outcome, Result
from policylang.auditor.refused import was_refused
from policylang.auditor.standing import ANSWERS
from policylang.casebook.cases import CaseBook
from policylang.model.calendar import Calendar, OutsideCalendar, load_calendar


@dataclass(frozen=True, slots=True)
class Step:
    """One duty that lies open: due on a day, and by how many working days overdue (None: not yet, or not countable).

    ``late`` is the same in the sentence's own unit. A step that is overdue by less than one working day has 0.
    """

    duty: str
    source: str
    document: str
    provision: str | None
    clauses: tuple[str, ...]
    due: date
    overdue: int | None
    late: Late | None

    def record(self) -> dict[str, Any]:
        """The step as plain data."""
        return {
            "duty": self.duty,
            "source": self.source,
            "document": self.document,
            "provision": self.provision,
            "clauses": list(self.clauses),
            "due": self.due.isoformat(),
            "overdue": self.overdue,
            "late_by": self.late.by if self.late else None,
            "late_unit": self.late.unit if self.late else None,
        }


@dataclass(frozen=True, slots=True)
class OpenCase:
    """A case that waits at a stage since a day (None: not known which), ``age`` working days on the as-at date.

    ``overdue`` has the longest overdue first, ``next`` the soonest due first.
    """

    case: str
    stage: int
    since: date | None
    age: int | None
    overdue: tuple[Step, ...]
    next: tuple[Step, ...]

    @property
    def overdue_by(self) -> int | None:
        """Working days since the earliest due date that has passed; None where none has, or nobody can count them."""
        return self.overdue[0].overdue if self.overdue else None

    def record(self) -> dict[str, Any]:
        """The case as plain data."""
        return {
            "case": self.case,
            "stage": self.stage,
            "waiting_since": self.since.isoformat() if self.since else None,
            "age": self.age,
            "overdue_by": self.overdue_by,
            "overdue": [step.record() for step in self.overdue],
            "next": [step.record() for step in self.next],
        }


@dataclass(frozen=True, slots=True)
class OpenCases:
    """Every open case: those with something overdue first, the longest overdue before the others; then by what is due
    next; then those of which nothing with a day is open. ``unknown`` may be open: whether they are is not on record."""

    cases: tuple[OpenCase, ...]
    unknown: tuple[str, ...]

    def record(self) -> dict[str, Any]:
        """All of it as plain data."""
        return {"cases": [case.record() for case in self.cases], "unknown": list(self.unknown)}


def open_cases(result: AuditResult, casebook: CaseBook) -> OpenCases:
    """The open cases of an audit. A reference used by two cases is taken for one."""
    mine: dict[str, list[Outcome]] = {}
    for outcome in result.outcomes.among((Result.BREACHED, Result.PENDING), ("aim-missed", "aim-open")):
        if outcome.due is not None:
            mine.setdefault(outcome.case, []).append(outcome)
    calendar = load_calendar(next((d.calendar for d in result.documents.values()), "england-and-wales"))
    found: list[OpenCase] = []
    unknown: list[str] = []
    for case in casebook.cases:
        known = Knowledge(case, result.as_at, result.settings)
        for stage, is_open in _stages(known):
            if is_open is None:
                unknown.append(case.reference)
            elif is_open:
                found.append(_open(result, known, stage, mine.get(case.reference, []), calendar))
    return OpenCases(tuple(sorted(found, key=_order)), tuple(dict.fromkeys(unknown)))


def _stages(case: Knowledge) -> Iterator[tuple[int, bool | None]]:
    """Each stage that the case has come to, or may have, and whether it is open: None where that cannot be told."""
    for stage, root in ROOTS.items():
        begun, answered = case.day(root).done, case.day(ANSWERS[stage]).done
        refused = was_refused(case, stage)
        if begun is False or answered or refused or case.day("closed").done:
            continue
        if begun is None and stage == 2:
            continue  # a log that says nothing of stage 2 is not one of which every case may be open there
        yield stage, None if begun is None or answered is None or refused is None else True


def _open(result: AuditResult, case: Knowledge, stage: int, outcomes: list[Outcome], calendar: Calendar) -> OpenCase:
    overdue: list[Step] = []
    coming: list[Step] = []
    for outcome in outcomes:
        if outcome.stage != stage or outcome.due is None:
            continue
        duty = result.duties.get((outcome.document, outcome.provision, outcome.duty))
        undone = duty is not None and duty.event is not None and case.day(duty.event).done is False
        if undone and (outcome.result is Result.BREACHED or outcome.reason == "aim-missed"):
            overdue.append(_step(outcome, _working_days(calendar, outcome.due, case.as_at)))
        elif outcome.result is Result.PENDING or outcome.reason == "aim-open":
            coming.append(_step(outcome, None))
    begun = case.day(ROOTS[stage])
    return OpenCase(
        case.case.reference,
        stage,
        begun.exact,
        None if begun.exact is None else _working_days(calendar, begun.exact, case.as_at),
        tuple(sorted(overdue, key=_soonest)),
        tuple(sorted(coming, key=_soonest)),
    )


def _step(outcome: Outcome, overdue: int | None) -> Step:
    assert outcome.due is not None
    o = outcome
    return Step(o.duty, o.source, o.document, o.provision, o.clauses, outcome.due, overdue, o.late)


def _working_days(calendar: Calendar, first: date, last: date) -> int | None:
    try:
        return calendar.working_days_after(first, last)
    except OutsideCalendar:
        return None


def _soonest(step: Step) -> tuple[date, bool, str]:
    return step.due, step.source != "code", step.duty


def _order(case: OpenCase) -> tuple[int, date, str, int]:
    if case.overdue:
        return 0, case.overdue[0].due, case.case, case.stage
    return (1, case.next[0].due, case.case, case.stage) if case.next else (2, date.max, case.case, case.stage)
