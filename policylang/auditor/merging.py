"""One duty for sentences that come to the same: repeated in one clause, or alike in every reading of an open text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from policylang.auditor.duty import Duty
from policylang.model.document import Document

_Key = tuple[object, ...]


def merged(duties: Sequence[Duty], document: Document) -> list[Duty]:
    """The duties in their order, each once. What holds in every reading of a group is no longer a reading."""
    alternatives: dict[str, frozenset[str]] = {
        reading.name: frozenset(other.name for other in document.readings if other.group == reading.group)
        for reading in document.readings
    }
    readings: dict[_Key, set[str]] = {}
    for duty in duties:
        if duty.of_reading:
            readings.setdefault(_same(duty), set()).add(duty.of_reading)
    found: dict[_Key, Duty] = {}
    for duty in duties:
        key = _same(duty)
        whole = alternatives.get(duty.of_reading)
        if whole is not None and len(whole) > 1 and whole <= readings[key]:
            how = ", ".join(part for part in duty.reading.split(", ") if part != f"“{duty.of_reading}”")
            duty = replace(duty, of_reading="", reading=how)
        found.setdefault((*key, duty.of_reading), duty)
    return list(found.values())


def _same(duty: Duty) -> _Key:
    """What two sentences have to share to be one duty: all that is judged, and where it stands."""
    how = duty.reading.replace(f"“{duty.of_reading}”", "").strip(", ")
    return (
        duty.kind, duty.provision, duty.clauses, duty.stage, duty.binding, duty.event, duty.clock, duty.extension,
        duty.conditions, duty.facts, duty.needed, duty.wanted, duty.grounds, duty.standing, duty.late_of, how,
    )  # fmt: skip
