"""The parts of an audit's text that list what the dates show late or missing although it is no breach."""

from __future__ import annotations

from collections.abc import Sequence
from textwrap import wrap

from policylang.auditor.audit import AuditResult
from policylang.auditor.cited import cited, how_late
from policylang.auditor.on_the_dates import worded
from policylang.auditor.outcome import Late, Result
from policylang.auditor.paragraphs import paragraph
from policylang.auditor.step import FLAGGED, Shown, Step
from policylang.casebook.cases import CaseBook, EntryState
from policylang.findings.words import count

HOW_MANY = 10
"""How many steps of a kind are printed with their reasons."""
SOME = 3
"""How many are, of what is not flagged."""
BRIEFLY = 60
"""How many more are printed in a line each."""
_HEADS = {
    Shown.LATE: (
        "Late on the dates, unless extended",
        "Each is after its deadline wherever its clock started. Only an extension that the log does not show could "
        "save it; so it is counted as “cannot tell” and not as a breach.",
    ),
    Shown.BEGUN: (
        "Late, or begun too late",
        "The day on which the clock started is not on record. From the last day on which it should have started, each "
        "is late; only a start that was itself late, or an extension, could make it in time.",
    ),
    Shown.MISSING: (
        "Not on record, and its time is over",
        "No date stands in the cell, and the deadline has passed wherever its clock started. Look in the case file; if "
        "an empty cell means that it was not done, say so in the mapping, and each is a breach.",
    ),
    Shown.EITHER: (
        "Late, whichever of two entries is wrong",
        "Two entries contradict one another, so that nothing resting on them is decided. But with either of them taken "
        "as the wrong one, each is late or missing, unless extended. Look in the case file, and correct the entry.",
    ),
    Shown.NEAREST: (
        "Late by the nearest edition or version",
        "The day of receipt is not on record, or not exactly enough to tell which edition of the Code or version of "
        "the policy judges the case. By the one in force on the earliest day that is on record, each is late.",
    ),
    Shown.START: (
        "In time or late, by the day on which the clock started",
        "That day is not on record, and on one day it was in time, on another late.",
    ),
}


def title_of(shown: Shown) -> str:
    """What stands over the steps of which the dates show this; for what is flagged, and for a start not known."""
    return _HEADS[shown][0]


def dates_text(result: AuditResult, casebook: CaseBook, steps: Sequence[Step], across: int) -> list[list[str]]:
    """One part for each thing that the dates can show; what only aims and recommendations ask for comes last."""
    parts = []
    for shown, (title, means) in _HEADS.items():
        mine = [step for step in steps if step.binding and step.shown is shown]
        if mine:
            note = _advice(mine, casebook) if shown is Shown.LATE else ""
            head = _title(title, mine, across)
            parts.append([*head, *paragraph(f"{means}{note}", across), *_listed(result, casebook, mine, across)])
    told = {(o.case, o.action, o.stage) for o in (step.outcome for step in steps if step.binding)}
    told |= {(e.case, e.owed.action, e.owed.stage) for e in result.outcomes.entered(results=(Result.BREACHED,))}
    aims = [
        step
        for step in steps
        if not step.binding
        and step.shown is not Shown.START
        and (step.outcome.case, step.outcome.action, step.outcome.stage) not in told
    ]
    if aims:
        title = "Aims and recommendations missed on the dates (no breach)"
        parts.append([*_title(title, aims, across), *_listed(result, casebook, aims, across)])
    return parts


def flagged_text(result: AuditResult, steps: Sequence[Step], across: int) -> list[str]:
    """In one line, how much is flagged; nothing where nothing is."""
    broken = result.population["outcomes"][Result.BREACHED.value]
    said = [count(broken, "breach", "breaches")] if broken else []
    for shown in FLAGGED:
        number = sum(step.binding and step.shown is shown for step in steps)
        if number:
            said.append(f"{number:,} {_HEADS[shown][0][0].lower()}{_HEADS[shown][0][1:]}")
    return paragraph(f"Flagged below: {'; '.join(said)}.", across) if said else []


def _title(title: str, steps: Sequence[Step], across: int) -> list[str]:
    cases = len({step.outcome.case for step in steps})
    order = ", the latest first" if len(steps) > 1 and steps[0].shown is not Shown.START else ""
    return wrap(
        f"{title}: {count(len(steps), 'step')} on {count(cases, 'case')}{order}", across, subsequent_indent="  "
    )


def _advice(steps: Sequence[Step], casebook: CaseBook) -> str:
    """How to say that there were no extensions, where the log has no column for them; in a diary, no kind of entry."""
    without, stages, diary = [], [], False
    for stage, name in ((1, "extension_notified"), (2, "stage2_extension_notified")):
        cases = {step.outcome.case for step in steps if step.outcome.stage == stage}
        mine = [case for case in casebook.cases if case.reference in cases]
        if mine and all(case.entry(name).state is EntryState.NO_COLUMN for case in mine):
            without.append(f"--not-done {name}")
            stages.append(str(stage))
            diary = mine[0].diary
    if not without:
        return ""
    kind, at = "kind of entry" if diary else "column", f"stage {' or '.join(stages)}"
    return f" The log has no {kind} for extensions at {at}: if there were none, add {' '.join(without)}."


def _listed(result: AuditResult, casebook: CaseBook, steps: Sequence[Step], across: int) -> list[str]:
    lines: list[str] = []
    told = SOME if steps[0].shown is Shown.START else HOW_MANY
    for step in worded(steps[:told], result, casebook):
        lines += paragraph(
            f"{step.outcome.case}, {cited(result, step.outcome, *step.others)}: {step.outcome.why}", across
        )
        if step.outcome.repair:
            lines += paragraph(f"→ {step.outcome.repair}", across, indent=6)
    for step in steps[told : told + BRIEFLY]:
        lines += paragraph(f"{step.outcome.case}, {cited(result, step.outcome, *step.others)}{_by(step.late)}", across)
    left = len(steps) - told - BRIEFLY
    if left > 0:
        lines.append(f"  and {left:,} more; --format json has them all.")
    return lines


def _by(late: Late | None) -> str:
    return f": {how_late(late)} past its time" if late else ""
