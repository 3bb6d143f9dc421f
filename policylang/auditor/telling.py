"""From a decision to an outcome; outcomes that say the same of many cases share what they say."""

from __future__ import annotations

from datetime import date
from functools import cache

from policylang.auditor.conditions import extended
from policylang.auditor.counting import Counter
from policylang.auditor.duty import Duty, DutyKind
from policylang.auditor.knowledge import Knowledge
from policylang.auditor.outcome import Late, Outcome, Result, Said
from policylang.auditor.reasons import PLAIN, why
from policylang.auditor.repairs import repair
from policylang.auditor.ruling import Ruling
from policylang.casebook.cases import EntryState
from policylang.model.clock_error import ClockError

_NOTHING: tuple[tuple[date, str], ...] = ()
_NOT_GOVERNED = frozenset({"no-edition-in-force", "policy-not-in-force"})
Key = tuple[object, ...]
"""What decides what is said of a case: cases that have it in common share the words."""
NEVER: Key = ("never reached",)
"""The key of every duty of a stage that was never reached."""
_PLAINLY = frozenset({EntryState.NO_COLUMN, EntryState.BLANK, EntryState.KNOWN, EntryState.NOT_DONE})
_EXTENSIONS = (DutyKind.EXTENSION_NOTIFIED, DutyKind.EXTENSION_LIMIT)
_OF_ONE_ROW = frozenset({"done", "not-done-as-required"})
_SETTLED = (Result.MET, Result.NOT_APPLICABLE)


def outcome(duty: Duty, ruling: Ruling, case: Knowledge, count: Counter) -> Outcome:
    """The decision as an :class:`Outcome`, with its words, cells and counted days."""
    key = alike(duty, ruling, case)
    if key is None:
        said = _said(duty, ruling, case, count)
    else:
        known = duty.alike.get(key)
        if known is None:
            known = duty.alike[key] = (_said(duty, ruling, case.in_any_row(), count), ruling.unknown)
        said = known[0]
    return Outcome.of(case.place, duty.owed, said)


def bare(duty: Duty, ruling: Ruling, case: Knowledge, count: Counter) -> Outcome:
    """The decision as an outcome without its words and counted days: for what is only ranked or counted."""
    said = Said(ruling.result, ruling.reason, ruling.due, ruling.actual, _late(ruling, count))
    return Outcome.of(case.place, duty.owed, said)


def beforehand(duty: Duty, case: Knowledge) -> Key | None:
    """What decides the outcome of a duty before anything is judged, where that is little; None where it is more.

    A stage that was never reached, a response that was not extended, and what letters say make up most of the outcomes
    of a log. Only for a record that nowhere contradicts itself (:attr:`Knowledge.clean`).
    """
    reached = case.day(duty.root).done
    if reached is False:
        return NEVER
    if duty.conditions:
        return None
    if duty.kind is DutyKind.CONTENT:
        return _of_a_letter(duty, case, reached)
    if duty.kind in _EXTENSIONS and reached and extended(case, duty.stage) is False:
        return ("not extended",)
    if duty.kind is DutyKind.NOT_REFUSED and reached and duty.clock is None and duty.event is not None:
        return ("not refused", case.place.layout) if case.day(duty.event).done is False else None
    return None


def _of_a_letter(duty: Duty, case: Knowledge, reached: bool | None) -> Key | None:
    """What the record has of each thing that the letter must say, and whether there was a letter."""
    said: list[object] = ["letter"]
    for name in duty.facts:
        entry = case.entry(name)
        if entry.state not in _PLAINLY or name.endswith("extension_new_date"):
            return None  # what was written matters; or another column may show it
        said += (entry.state, entry.value)
    letter = case.day(duty.event or duty.root)
    return (*said, reached, letter.done, letter.last is None, case.entry(letter.name).state, case.place.layout)


def alike(duty: Duty, ruling: Ruling, case: Knowledge) -> Key | None:
    """What decides the words, where they name no day, and of cells only the row differs; None where they do."""
    if ruling.due is not None or ruling.actual is not None or ruling.doubt is not None:
        return None
    reason = ruling.reason
    if reason in PLAIN and ruling.result in _SETTLED:
        detail: object = ""
    elif reason in _NOT_GOVERNED:
        detail = ruling.detail
    elif reason == "content-unknown" and _no_columns(ruling.unknown, case):
        detail = reason
    elif reason in _OF_ONE_ROW and ruling.result is Result.MET and case.place.layout is not None:
        if any(name.endswith("extension_new_date") for name in duty.facts):
            return None  # another column may show it
        detail = case.place.layout
    else:
        return None
    return (ruling.result, reason, ruling.read, ruling.unknown, ruling.open_condition, detail)


def _no_columns(names: tuple[str, ...], case: Knowledge) -> bool:
    return all(case.entry(name).state is EntryState.NO_COLUMN for name in names)


def _said(duty: Duty, ruling: Ruling, case: Knowledge, count: Counter) -> Said:
    skipped, within = _NOTHING, ruling.within
    if within is not None and ruling.start is not None and ruling.due is not None:
        try:
            skipped = count.skipped(ruling.start, ruling.due, within)
        except ClockError:
            skipped = _NOTHING
    return Said(
        result=ruling.result,
        reason=ruling.reason,
        due=ruling.due,
        actual=ruling.actual,
        late=_late(ruling, count),
        why=why(duty, ruling, case, count),
        repair=repair(duty, ruling, case),
        names=_one((*ruling.read, *ruling.unknown)),
        skipped=skipped,
        start=ruling.start if ruling.due is not None else None,
    )


@cache
def _one(names: tuple[str, ...]) -> tuple[str, ...]:
    """The one tuple of these names: a log has a million outcomes, and few ways in which they name their facts."""
    return names


def _late(ruling: Ruling, count: Counter) -> Late | None:
    if ruling.result is not Result.BREACHED or ruling.within is None:
        return None
    return count.in_units(ruling.late, ruling.within)
