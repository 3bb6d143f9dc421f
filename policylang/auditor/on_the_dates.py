"""What the dates of a log show to be late or missing, although something that is not in the log could still change it.

Such an outcome is *cannot tell*, and stays so: an extension that nobody recorded, or a letter whose date was not typed
in, would make it met. But an auditor has to see it first among all that cannot be told, and to hear what it hangs on.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from policylang.auditor.audit import AuditResult, working_calendar
from policylang.auditor.knowledge import Knowledge
from policylang.auditor.outcome import Outcome
from policylang.auditor.ranking import latest_first
from policylang.auditor.replay_reference import judge
from policylang.auditor.step import Shown, Step
from policylang.casebook.cases import Case, CaseBook


def on_the_dates(result: AuditResult) -> list[Step]:
    """Every step that the dates show late or missing without its being a breach, the latest first.

    Outcomes of one step are put together: the same event of the same case, whatever document speaks of it. An engine
    that only counts gives no reasons; :func:`worded` has them.
    """
    found: dict[tuple[str, str, Shown], list[Step]] = {}
    for event, step in result.steps:
        found.setdefault((step.outcome.case, event, step.shown), []).append(step)
    steps = []
    for alike in found.values():
        if len(alike) == 1:
            steps += alike
            continue
        first, *more = sorted(alike, key=_speaks_first)
        others = tuple(step.outcome for step in more)
        steps.append(Step(first.shown, first.outcome, others, first.binding, first.due, first.reached, first.late))
    steps.sort(key=lambda step: (not step.binding, *_latest(step), step.outcome.case, step.outcome.duty))
    return steps


def flagged_outcomes(result: AuditResult) -> Iterator[Outcome]:
    """The binding outcomes that are no breach although the dates show them late or missing, in their own order."""
    return (step.outcome for _, step in result.steps if step.flagged)


def is_flagged(result: AuditResult) -> bool:
    """Whether there is any such outcome."""
    return any(step.flagged for _, step in result.steps)


def worded(steps: Iterable[Step], result: AuditResult, casebook: CaseBook) -> Iterator[Step]:
    """The steps, with the reasons of those that have none."""
    cases: dict[str, Case] = {}
    for step in steps:
        old = step.outcome
        if old.why:
            yield step
            continue
        cases = cases or {case.reference: case for case in casebook.cases}
        case = Knowledge(cases[old.case], result.as_at, result.settings)
        calendar = working_calendar(result.documents[old.document], result.settings)
        yield replace(step, outcome=judge(result.duties[old.document, old.provision, old.duty], case, calendar)[0])


def _speaks_first(step: Step) -> tuple[bool, bool, bool, float, float]:
    return (not step.binding, step.outcome.source != "code", not step.outcome.verified, *_latest(step))


def _latest(step: Step) -> tuple[float, float]:
    return latest_first(step.late, step.due, step.reached)
