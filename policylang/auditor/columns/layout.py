"""How cases stand in columns: the layout that the columnar replay reads.

==================  ========  =====================================================================================
column              type      meaning
==================  ========  =====================================================================================
``reference``       String    the case; carried through, never looked at
``EVENT``           Date      the day of an event (``received``, ``stage2_responded`` …); of a vague date the earliest
``EVENT__latest``   Date      the latest day of a vague date; may be left out where none is vague
``EVENT__state``    UInt8     one of the states below; may be left out where a null means "not recorded"
``FLAG``            Boolean   yes or no (``response_decision`` …)
``FLAG__state``     UInt8     one of the states below; may be left out where a null means "not recorded"
``ATTRIBUTE``       String    who decided and the like; null where not known
==================  ========  =====================================================================================

The states are 0 not recorded (an empty cell, or no column at all), 1 known, 2 known not to have been done (or "no"),
3 something is written that cannot be read, 4 a vague date, 5 (of refusals) something is written that cannot be read and
does not speak for a refusal, such as N/A or No; of any other fact 5 is as 3. A column that is not there is a fact that
no case records.
A state that its value does not bear out (known without a date, vague without a latest day) counts as unreadable.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date

import polars as pl

from policylang.auditor.duty import REFUSALS
from policylang.auditor.refused import written_there
from policylang.casebook.cases import ABSENT, Case, Entry, EntryState
from policylang.casebook.record import facts

UNSAID, KNOWN, NOT_DONE, UNREADABLE, VAGUE, SILENT = range(6)
STATES = {
    EntryState.BLANK: UNSAID,
    EntryState.NO_COLUMN: UNSAID,
    EntryState.KNOWN: KNOWN,
    EntryState.NOT_DONE: NOT_DONE,
    EntryState.UNREADABLE: UNREADABLE,
    EntryState.VAGUE: VAGUE,
}


def latest(name: str) -> str:
    """The column with the latest day of a vague date."""
    return f"{name}__latest"


def state(name: str) -> str:
    """The column with the state of a fact."""
    return f"{name}__state"


def is_state(column: str) -> bool:
    """Whether a column holds states."""
    return column.endswith("__state")


def columns_of(cases: Sequence[Case], names: Iterable[str] | None = None) -> pl.DataFrame:
    """Cases of a case book in the layout; ``names`` are the facts wanted, by default all that a case record has."""
    made: dict[str, pl.Series] = {"reference": pl.Series("reference", [case.reference for case in cases], pl.String)}
    records = [case.all_unplaced() for case in cases]
    for name in facts() if names is None else names:
        if name == "reference":
            continue
        kind = facts()[name].kind
        entries = [record.get(name, ABSENT) for record in records]
        # Most rows of a log share what they say: each is looked into once, and told by its identity from then on.
        said = {id(entry): entry for entry in entries}
        places = list(map(id, entries))
        if kind == "attribute":
            made[name] = _series(name, said, places, _text, pl.String)
            continue
        if kind == "event":
            made[name] = _series(name, said, places, _first, pl.Date)
            if any(entry.state is EntryState.VAGUE and entry.latest for entry in said.values()):
                made[latest(name)] = _series(latest(name), said, places, _last, pl.Date)
        else:
            made[name] = _series(name, said, places, _flag, pl.Boolean)
        made[state(name)] = _series(state(name), said, places, _state_of(name), pl.UInt8)
    return pl.DataFrame(made)


def _state_of(name: str) -> Callable[[Entry], int]:
    if name not in REFUSALS.values():
        return lambda entry: STATES[entry.state]
    return lambda entry: (
        SILENT if entry.state is EntryState.UNREADABLE and not written_there(entry) else STATES[entry.state]
    )


def recorded(cases: Iterable[Case]) -> list[str]:
    """The facts for which any case has a place; what none has needs no column, and every batch the same ones."""
    found = {name for case in cases for name in case.entries}
    return [name for name in facts() if name in found]


def _series(
    name: str,
    said: Mapping[int, Entry],
    places: Iterable[int],
    of: Callable[[Entry], date | str | int | None],
    kind: type[pl.DataType],
) -> pl.Series:
    values = {place: of(entry) for place, entry in said.items()}
    return pl.Series(name, list(map(values.__getitem__, places)), kind)


def _text(entry: Entry) -> str | None:
    return entry.value if entry.state is EntryState.KNOWN and isinstance(entry.value, str) else None


def _first(entry: Entry) -> date | None:
    return entry.earliest if entry.state is EntryState.VAGUE else entry.date


def _last(entry: Entry) -> date | None:
    return entry.latest if entry.state is EntryState.VAGUE else None


def _flag(entry: Entry) -> bool | None:
    return entry.value if entry.state is EntryState.KNOWN and isinstance(entry.value, bool) else None
