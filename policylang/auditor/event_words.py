"""Case-record facts in the words of a sentence: the noun, the deed, and where in the log it stands or is missing."""

from __future__ import annotations

from datetime import date

from policylang.auditor.knowledge import Knowledge
from policylang.casebook.cases import EntryState
from policylang.casebook.dates import EARLIEST, LATEST
from policylang.casebook.record import facts
from policylang.casebook.senses import Sense, sense
from policylang.casebook.words import shown
from policylang.model.days import say_date

# The noun with its article; what was done, to begin a sentence; the same not done; the doing of it.
_WORDS = {
    "received": ("the receipt", "Received", "Not received", "Receiving"),
    "logged": ("the logging", "Logged", "Not logged", "Logging"),
    "acknowledged": ("the acknowledgement", "Acknowledged", "Not acknowledged", "Acknowledging"),
    "extension_notified": ("the notice of the extension", "Extension notified", "Extension not notified", "Notifying"),
    "extended_to": ("the new date of the extension", "Extended to", "Not extended", "Extending"),
    "responded": ("the response", "Answered", "Not answered", "Answering"),
    "escalation_requested": ("the request for stage 2", "Stage 2 requested", "Stage 2 not requested", "Requesting"),
    "stage2_logged": ("the logging at stage 2", "Logged", "Not logged", "Logging"),
    "stage2_acknowledged": ("the stage 2 acknowledgement", "Acknowledged", "Not acknowledged", "Acknowledging"),
    "stage2_extension_notified": (
        "the notice of the stage 2 extension", "Extension notified", "Extension not notified", "Notifying",
    ),
    "stage2_extended_to": ("the new date of the stage 2 extension", "Extended to", "Not extended", "Extending"),
    "stage2_responded": ("the stage 2 response", "Answered", "Not answered", "Answering"),
    "refused": ("the refusal", "Refused", "Not refused", "Refusing"),
    "escalation_refused": ("the refusal of stage 2", "Stage 2 refused", "Stage 2 not refused", "Refusing stage 2"),
    "closed": ("the closure", "Closed", "Not closed", "Closing"),
}  # fmt: skip


def noun(name: str) -> str:
    """``the acknowledgement``; for a fact without words of its own, its label in quotation marks."""
    return _WORDS[name][0] if name in _WORDS else f"“{facts()[name].label}”"


def noun_at_stage(name: str) -> str:
    """``the acknowledgement at stage 1``: as :func:`noun`, of a step that both stages have."""
    both = facts()[name].stage == 1 and f"stage2_{name}" in facts()
    return f"{noun(name)} at stage 1" if both and facts()[name].kind == "event" else noun(name)


def deed(name: str) -> str:
    """``Acknowledged``, to begin a sentence with."""
    return _WORDS[name][1] if name in _WORDS else f"“{facts()[name].label}”"


def undone(name: str) -> str:
    """``Not acknowledged``, to begin a sentence with."""
    return _WORDS[name][2] if name in _WORDS else f"Without “{facts()[name].label}”"


def doing(name: str) -> str:
    """``Acknowledging``, to begin a sentence with."""
    return _WORDS[name][3] if name in _WORDS else f"“{facts()[name].label}”"


def missing(name: str, case: Knowledge) -> str:
    """Why a fact is not known, in a sentence that names the cell or the missing column."""
    entry = case.entry(name)
    cell = case.case.entry(name).cell
    where = f" ({cell})" if cell else ""
    match entry.state:
        case EntryState.NO_COLUMN:
            kind = "kind of entry" if case.case.diary and facts()[name].kind == "event" else "column"
            return f"The log has no {kind} for {noun(name)}."
        case EntryState.BLANK if cell is None:
            return f"The log has no entry for {noun(name)} of this case, and nobody has said that none means not done."
        case EntryState.BLANK:
            return f"The cell for {noun(name)}{where} is empty, and nobody has said that empty means not done."
        case EntryState.UNREADABLE:
            return _unreadable(name, where, entry.raw)
        case EntryState.VAGUE if entry.earliest and entry.latest:
            return f"{_upper(noun(name))}{where} is dated only {_span(entry.earliest, entry.latest)}."
        case EntryState.NOT_DONE:
            return f"According to the log it never came: {noun(name)}{where}."
    return f"{_upper(noun(name))}{where} does not settle it."


def _span(first: date, last: date) -> str:
    if first == EARLIEST:
        return f"on or before {say_date(last)}"
    if last == LATEST:
        return f"on or after {say_date(first)}"
    return f"between {say_date(first)} and {say_date(last)}"


def _unreadable(name: str, where: str, raw: str) -> str:
    # In the cell's own words, where they may be repeated, and with what they say: “N/A” is no “TBC”.
    said, meant = shown(raw), sense(raw)
    if said and meant is Sense.NOTHING:
        return f"For {noun(name)} the log has only {said}{where}, {meant.told}."
    if said and meant:
        return f"For {noun(name)} the log has {said}{where}, {meant.told}; nobody has said that this means not done."
    if said:
        return f"What is written for {noun(name)}{where} cannot be read: {said}."
    return f"What is written for {noun(name)}{where} cannot be read."


def cell(name: str, case: Knowledge) -> str:
    """The address of a fact: ``Cases!D17``; where the log has no such column, the heading that would have held it."""
    return case.place.cell(name)


def _upper(text: str) -> str:
    return text[0].upper() + text[1:]
