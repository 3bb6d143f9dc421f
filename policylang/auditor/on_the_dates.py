"""What the dates of a log show to be late or missing, although something that is not in the log could still change it.

Such an outcome is *cannot tell*, and stays so: an extension that nobody recorded, or a letter whose date was not typed
in, would make it met. But an auditor has to see it first among all that cannot be told, and to hear what it hangs on.
"""

from __future__ import annotations

from collections import Counter as Tally
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Any

from policylang.auditor.audit import AuditResult, working_calendar
from policylang.auditor.conditions import Conditions
from policylang.auditor.counting import Counter, counter_of
from policylang.auditor.duty import REFUSALS, Duty, DutyKind
from policylang.auditor.knowledge import Knowledge
from policylang.auditor.outcome import Late, Outcome, Result
from policylang.auditor.ranking import latest_first
from policylang.auditor.replay_reference import judge, rule
from policylang.auditor.ruling import Ruling
from policylang.auditor.undecided import from_lawful_start, not_on_record
from policylang.casebook.cases import CaseBook
from policylang.model.calendar import Calendar
from policylang.model.duration import settled_unit


class Shown(StrEnum):
    """What the dates show of a step."""

    MISSED = "missed"  # an aim or recommendation that was missed: nothing is open, and nothing is broken
    LATE = "late-unless-extended"  # after the deadline wherever its clock started; only an extension could save it
    MISSING = "not-on-record"  # its cell is empty, and the time for it is over wherever its clock started
    BEGUN = "late-or-begun-late"  # late, unless its clock started later than it lawfully could
    START = "by-the-start"  # in time or late by the day on which its clock started, which is not known


FLAGGED = (Shown.LATE, Shown.BEGUN, Shown.MISSING)
"""What is flagged like a breach where the sentence binds."""


@dataclass(frozen=True, slots=True)
class Step:
    """One step of one case. ``outcome`` speaks for it, a binding one and the code's first; ``others`` say the same.

    ``due`` is the latest day on which it can have been due without an extension, ``late`` how far that was exceeded, in
    the sentence's own unit; None where it cannot be counted, and for what is in time on some day of its start.
    """

    shown: Shown
    outcome: Outcome
    others: tuple[Outcome, ...]
    binding: bool
    due: date | None
    reached: date | None
    late: Late | None

    @property
    def flagged(self) -> bool:
        """Whether it is flagged like a breach."""
        return self.binding and self.shown in FLAGGED

    def record(self) -> dict[str, Any]:
        """The step as plain data."""
        return {
            "shown": self.shown.value,
            "case": self.outcome.case,
            "stage": self.outcome.stage,
            "duty": self.outcome.duty,
            "binding": self.binding,
            "rests_on": [
                {"document": o.document, "provision": o.provision, "duty": o.duty} for o in (self.outcome, *self.others)
            ],
            "due": self.due.isoformat() if self.due else None,
            "late": {"by": self.late.by, "unit": self.late.unit} if self.late else None,
            "why": self.outcome.why,
        }


WORDED = 10
"""How many steps of a kind are given their reasons where the columns judged, which write none."""
_REASONS = {"extension-unknown": Shown.LATE, "deed-unknown": Shown.MISSING, "start-unknown": Shown.START}


def on_the_dates(result: AuditResult, casebook: CaseBook) -> list[Step]:
    """Every step that the dates show late or missing without its being a breach, the latest first.

    Outcomes of one step are put together: the same event of the same case, whatever document speaks of it.
    """
    found: dict[tuple[str, str, Shown], list[Step]] = {}
    for event, step in _steps(result, casebook):
        found.setdefault((step.outcome.case, event, step.shown), []).append(step)
    steps = []
    for alike in found.values():
        first, *more = sorted(alike, key=_speaks_first)
        others = tuple(step.outcome for step in more)
        steps.append(Step(first.shown, first.outcome, others, first.binding, first.due, first.reached, first.late))
    steps.sort(key=lambda step: (not step.binding, *_latest(step), step.outcome.case, step.outcome.duty))
    return _with_words(steps, result, casebook)


def flagged_outcomes(result: AuditResult, casebook: CaseBook) -> Iterator[Outcome]:
    """The binding outcomes that are no breach although the dates show them late or missing, in their own order."""
    return (step.outcome for _, step in _steps(result, casebook) if step.flagged)


def is_flagged(result: AuditResult, casebook: CaseBook) -> bool:
    """Whether there is any such outcome."""
    return next(flagged_outcomes(result, casebook), None) is not None


def _with_words(steps: list[Step], result: AuditResult, casebook: CaseBook) -> list[Step]:
    """The steps, the first of each kind with their reasons where the engine that judged them gave none."""
    told: Tally[tuple[Shown, bool]] = Tally()
    cases = {case.reference: case for case in casebook.cases}
    found = []
    for step in steps:
        old = step.outcome
        told[step.shown, step.binding] += 1
        if not old.why and told[step.shown, step.binding] <= WORDED:
            case = Knowledge(cases[old.case], result.as_at, result.settings)
            calendar = working_calendar(result.documents[old.document], result.settings)
            new = judge(result.duties[old.document, old.provision, old.duty], case, calendar)[0]
            step = replace(step, outcome=new)
        found.append(step)
    return found


def _speaks_first(step: Step) -> tuple[bool, bool, bool, float, float]:
    return (not step.binding, step.outcome.source != "code", not step.outcome.verified, *_latest(step))


def _latest(step: Step) -> tuple[float, float]:
    return latest_first(step.late, step.due, step.reached)


def _steps(result: AuditResult, casebook: CaseBook) -> Iterator[tuple[str, Step]]:
    cases = {case.reference: case for case in casebook.cases}
    calendars = {name: working_calendar(document, result.settings) for name, document in result.documents.items()}
    known: tuple[str, Knowledge] | None = None
    for outcome in result.outcomes:
        if outcome.result is not Result.CANNOT_TELL and outcome.reason not in ("aim-unknown", "aim-missed"):
            continue
        if outcome.result is Result.CANNOT_TELL and outcome.reason not in _REASONS:
            continue
        duty = result.duties.get((outcome.document, outcome.provision, outcome.duty))
        if duty is None or duty.kind is not DutyKind.TIMED or duty.clock is None or duty.event is None:
            continue
        if outcome.case not in cases:
            continue
        if known is None or known[0] != outcome.case:
            known = outcome.case, Knowledge(cases[outcome.case], result.as_at, result.settings)
        step = _step(outcome, duty, known[1], calendars[outcome.document])
        if step is not None:
            yield duty.event, step


def _step(outcome: Outcome, duty: Duty, case: Knowledge, calendar: Calendar) -> Step | None:
    clock = duty.clock
    assert clock is not None
    assert duty.event is not None
    count = counter_of(duty, calendar, case.settings.day_one)
    ruling = rule(duty, case, count)
    shown = _shown(duty, ruling, case, calendar)
    if shown is None:
        return None
    deed = case.day(duty.event)
    reached = deed.first if deed.done and deed.first else case.as_at
    due, past = ruling.lenient, ruling.past
    if shown is Shown.MISSED:
        due, past = ruling.due, ruling.late
    elif shown is Shown.START and (lawful := from_lawful_start(duty, case, count)) and reached > lawful[1]:
        shown, due, past = Shown.BEGUN, lawful[1], _counted(count, lawful[1], reached, duty)
    if shown is Shown.START and case.day(duty.event).exact is None:
        return None
    late = None if past is None else Late(past, settled_unit(clock.within.unit, count.bare_days).value)
    return Step(shown, outcome, (), duty.binding, due, reached, late)


def _shown(duty: Duty, ruling: Ruling, case: Knowledge, calendar: Calendar) -> Shown | None:
    if ruling.reason == "aim-missed":
        return Shown.MISSED
    shown = _REASONS.get(ruling.before or ruling.reason)
    if shown is None or ruling.open_condition or case.day(REFUSALS[duty.stage]).done:
        return None
    if duty.conditions:
        conditions = Conditions(case, duty.stage, calendar)
        if conditions.hold(duty.conditions) is not True or conditions.excused(duty.conditions) is not False:
            return None
    if shown is Shown.LATE:
        return shown if ruling.past is not None else None
    if shown is Shown.MISSING:
        return shown if not_on_record(duty, ruling, case) else None
    return shown


def _counted(count: Counter, due: date, reached: date, duty: Duty) -> int | None:
    covered = count.calendar.covers(due) and count.calendar.covers(reached)
    return count.late(due, reached, duty.clock.within) if covered and duty.clock else None
