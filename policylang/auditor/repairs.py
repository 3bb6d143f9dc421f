"""The smallest change that would have made an outcome met: one date, one letter, or one cell to fill in."""

from __future__ import annotations

from policylang.auditor.duty import Duty, DutyKind
from policylang.auditor.event_words import cell, doing, noun
from policylang.auditor.knowledge import Knowledge
from policylang.auditor.outcome import Result
from policylang.auditor.ruling import Ruling
from policylang.casebook.cases import EntryState
from policylang.casebook.record import facts
from policylang.casebook.senses import sense
from policylang.casebook.words import shown
from policylang.model.days import say_day


def repair(duty: Duty, ruling: Ruling, case: Knowledge) -> str | None:
    """In one sentence; None where nothing needs to change."""
    if ruling.result is Result.CANNOT_TELL:
        return _record(ruling, case)
    due, event = ruling.due, duty.event
    if ruling.result is Result.PENDING:
        return f"Due by {say_day(due)}: {noun(event)}." if due is not None and event else None
    if ruling.result is not Result.BREACHED:
        return None
    match ruling.reason:
        case "late" | "not-done-and-due" if due is not None and event is not None:
            text = f"{doing(event)} on or before {say_day(due)} would have been in time."
            if duty.kind is DutyKind.TIMED and duty.extension and ruling.base == due:
                text += " So would an extension that holds, notified on or before that day."
            return text
        case "left-out":
            item, _, letter = duty.what.removeprefix("state ").rpartition(" in ")
            return f"{_upper(letter)} stating {item}." if item else f"Doing so: {duty.what}."
        case "beyond-limit" if due is not None:
            return f"A new date no later than {say_day(due)} would have been within the limit."
        case "extension-not-permitted":
            return "An extension with what the document asks for, or an answer by the original deadline."
        case "same-person":
            return f"Somebody else deciding stage {duty.stage}."
        case "refused":
            return "Taking it on instead of refusing it."
        case "forbidden-done":
            return "Leaving it undone."
    return None


def _record(ruling: Ruling, case: Knowledge) -> str | None:
    if ruling.reason == "contradictory":
        return "Look in the case file which of the two entries is wrong, and correct it."
    if not ruling.unknown:
        return None
    name = ruling.unknown[0]
    entry = case.entry(name)
    match entry.state:
        case EntryState.NO_COLUMN if case.case.diary and facts()[name].kind == "event":
            return f"Record {noun(name)} in the log as an entry of its own, and map its word."
        case EntryState.NO_COLUMN:
            return f"Add a column for {noun(name)} to the log, and map it."
        case EntryState.BLANK if case.case.entry(name).cell is None:
            return f"Add the entry for {noun(name)}, or say in the mapping that none means not done."
        case EntryState.UNREADABLE if (said := shown(entry.raw)) and sense(entry.raw):
            put = f"Put the exact entry for {noun(name)} into {cell(name, case)}"
            return f"{put}, or say in the mapping that {said} means not done there (not-done-words)."
        case EntryState.BLANK:
            return f"Fill in {noun(name)} ({cell(name, case)}), or say in the mapping that empty means not done."
        case EntryState.UNREADABLE | EntryState.VAGUE:
            return f"Put the exact entry for {noun(name)} into {cell(name, case)}."
    return f"Look in the case file for {noun(name)}."


def _upper(text: str) -> str:
    return text[:1].upper() + text[1:]
