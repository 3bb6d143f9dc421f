"""From a decision to an outcome; outcomes that say the same of many cases share what they say."""

from __future__ import annotations

from datetime import date

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
from policylang.model.duration import settled_unit

_NOTHING: tuple[tuple[date, str], ...] = ()
_NOT_GOVERNED = frozenset({"no-edition-in-force", "policy-not-in-force"})
Key = tuple[object, ...]
"""What decides what is said of a case: cases that have it in common share the words."""
_NEVER: Key = ("never reached",)
_NO_COLUMN = {EntryState.NO_COLUMN}
_SILENT = {EntryState.NO_COLUMN, EntryState.BLANK}
_EXTENSIONS = (DutyKind.EXTENSION_NOTIFIED, DutyKind.EXTENSION_LIMIT)
_SETTLED = (Result.MET, Result.NOT_APPLICABLE)


def outcome(duty: Duty, ruling: Ruling, case: Knowledge, count: Counter) -> Outcome:
    """The decision as an :class:`Outcome`, with its words, cells and counted days."""
    key = alike(ruling, case)
    if key is None:
        said = _said(duty, ruling, case, count)
    else:
        known = duty.alike.get(key)
        if known is None:
            known = duty.alike[key] = (_said(duty, ruling, case, count), ruling.unknown)
        said = known[0]
    return Outcome.of(case.place, duty.owed, said)


def beforehand(duty: Duty, case: Knowledge) -> Key | None:
    """What decides the outcome of a duty before anything is judged, where that is little; None where it is more.

    A stage that was never reached, a response that was not extended, a letter that was not sent, and one of which the
    log has no column to say what was in it make up most of the outcomes of a log. Only for a record that nowhere
    contradicts itself (:attr:`Knowledge.clean`).
    """
    reached = case.day(duty.root).done
    if reached is False:
        return _NEVER
    if duty.conditions:
        return None
    if duty.kind is DutyKind.CONTENT:
        return _of_a_letter(duty, case, reached)
    if duty.kind in _EXTENSIONS and reached and extended(case, duty.stage) is False:
        return ("not extended",)
    return None


def _of_a_letter(duty: Duty, case: Knowledge, reached: bool | None) -> Key | None:
    states = {case.entry(name).state for name in duty.facts}
    if not states <= _SILENT or any(name.endswith("extension_new_date") for name in duty.facts):
        return None  # the log says something, or another column may show it
    letter = case.day(duty.event or duty.root)
    if letter.done is False and duty.wanted:
        return ("not sent", reached)
    if states == _NO_COLUMN:
        return ("no column", reached, letter.done, letter.last is None, case.entry(letter.name).state)
    return None


def alike(ruling: Ruling, case: Knowledge) -> Key | None:
    """What decides the words, where they name no day and no cell; None where they do."""
    if ruling.due is not None or ruling.actual is not None or ruling.doubt is not None:
        return None
    reason = ruling.reason
    if reason in PLAIN and ruling.result in _SETTLED:
        detail = ""
    elif reason in _NOT_GOVERNED:
        detail = ruling.detail
    elif reason == "content-unknown" and _no_columns(ruling.unknown, case):
        detail = reason
    else:
        return None
    return (ruling.result, reason, ruling.read, ruling.unknown, ruling.open_condition, detail)


def _no_columns(names: tuple[str, ...], case: Knowledge) -> bool:
    return all(case.entry(name).state is EntryState.NO_COLUMN for name in names)


def _said(duty: Duty, ruling: Ruling, case: Knowledge, count: Counter) -> Said:
    late, skipped = None, _NOTHING
    within = ruling.within
    if ruling.result is Result.BREACHED and ruling.late is not None and within is not None:
        late = Late(ruling.late, settled_unit(within.unit, count.bare_days).value)
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
        late=late,
        why=why(duty, ruling, case, count),
        repair=repair(duty, ruling, case),
        names=(*ruling.read, *ruling.unknown),
        skipped=skipped,
        start=ruling.start if ruling.due is not None else None,
    )
