"""The duties of one case in turn, whichever engine decides them."""

from __future__ import annotations

from collections import Counter as Tally
from collections.abc import Callable, Iterator

from policylang.auditor.counting import Counter
from policylang.auditor.duties import counted_duties, duties
from policylang.auditor.duty import Duty
from policylang.auditor.editions import Governing
from policylang.auditor.knowledge import Knowledge
from policylang.auditor.outcome import Outcome, Result
from policylang.auditor.replay_reference import rule, rule_out
from policylang.auditor.telling import Key, alike, beforehand, outcome
from policylang.model.calendar import Calendar

Judged = tuple[Outcome, tuple[str, ...]]
"""An outcome, and the facts that would have decided it where it cannot be told."""


def case_outcomes(
    case: Knowledge,
    governing: Governing,
    calendar: Calendar,
    missing: Tally[tuple[str, str]],
    judge: Callable[[Duty, Counter, Key | None], Judged],
) -> Iterator[Outcome]:
    """The outcomes of a case under the document that governs it; ``missing`` counts what would have decided."""
    if governing.reason:
        for duty in duties(governing.document):
            yield rule_out(duty, case, calendar, governing.reason, governing.why)
        return
    clean = case.clean
    for duty, count in counted_duties(governing.document, calendar, case.settings.day_one):
        made, unknown = judge(duty, count, beforehand(duty, case) if clean else None)
        if unknown and made.result is Result.CANNOT_TELL:
            for name in unknown:
                missing[name, case.entry(name).state.value] += 1
        yield made


def in_words(duty: Duty, case: Knowledge, count: Counter, key: Key | None) -> Judged:
    """One duty judged by the reference; where its ``key`` was met before, what was said then."""
    known = duty.alike.get(key) if key is not None else None
    if known is not None:
        return Outcome.of(case.place, duty.owed, known[0]), known[1]
    ruling = rule(duty, case, count)
    made = outcome(duty, ruling, case, count)
    if key is not None and alike(ruling, case) is not None:
        duty.alike[key] = (made.said, ruling.unknown)
    return made, ruling.unknown
