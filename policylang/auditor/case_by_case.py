"""The reference as the engine of an audit: case by case, the duties of each in turn."""

from __future__ import annotations

from collections import Counter as Tally
from dataclasses import dataclass, field

from policylang.auditor.counting import Counter
from policylang.auditor.duties import counted_duties, duties
from policylang.auditor.duty import ROOTS, Duty
from policylang.auditor.editions import Governing
from policylang.auditor.knowledge import Knowledge
from policylang.auditor.not_governed import rule_out
from policylang.auditor.outcome import Outcome, Result
from policylang.auditor.replay_reference import rule
from policylang.auditor.ruling import Ruling
from policylang.auditor.step import Step, step_of
from policylang.auditor.telling import NEVER, Key, alike, beforehand, outcome
from policylang.model.calendar import Calendar


@dataclass(slots=True)
class Noted:
    """What is noted while outcomes are made: how often a fact would have decided, by its state in the log; and the
    steps that the dates show late or missing, each with its event."""

    missing: Tally[tuple[str, str]] = field(default_factory=Tally)
    steps: list[tuple[str, Step]] = field(default_factory=list)


def case_outcomes(case: Knowledge, governing: Governing, calendar: Calendar, noted: Noted) -> list[Outcome]:
    """The outcomes of a case under the document that governs it; what there is to note is ``noted``."""
    if governing.reason:
        return [_ruled_out(duty, case, calendar, governing, noted) for duty in duties(governing.document)]
    found: list[Outcome] = []
    clean, place = case.clean, case.place
    never = {root for root in ROOTS.values() if clean and case.day(root).done is False}
    for duty, count in counted_duties(governing.document, calendar, case.settings.day_one):
        if duty.root in never and (known := duty.alike.get(NEVER)) is not None:
            found.append(Outcome.of(place, duty.owed, known[0]))
            continue
        made, unknown, ruling = in_words(duty, case, count, beforehand(duty, case) if clean else None)
        if unknown and made.result is Result.CANNOT_TELL:
            for name in unknown:
                noted.missing[name, case.entry(name).state.value] += 1
        if ruling is not None and (step := step_of(made, duty, ruling, case, count)) is not None:
            noted.steps.append((duty.event or duty.root, step))
        found.append(made)
    return found


def _ruled_out(duty: Duty, case: Knowledge, calendar: Calendar, governing: Governing, noted: Noted) -> Outcome:
    made, step = rule_out(duty, case, calendar, governing)
    if step is not None:
        noted.steps.append((duty.event or duty.root, step))
    return made


def in_words(
    duty: Duty, case: Knowledge, count: Counter, key: Key | None
) -> tuple[Outcome, tuple[str, ...], Ruling | None]:
    """One duty judged, the facts that would have decided it where it cannot be told, and the decision; where its
    ``key`` was met before, what was said then, and no decision."""
    known = duty.alike.get(key) if key is not None else None
    if known is not None:
        return Outcome.of(case.place, duty.owed, known[0]), known[1], None
    ruling = rule(duty, case, count)
    made = outcome(duty, ruling, case, count)
    if key is not None and alike(duty, ruling, case) is not None:
        duty.alike[key] = (made.said, ruling.unknown)
    return made, ruling.unknown, ruling
