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
3 something is written that cannot be read, 4 a vague date. A column that is not there is a fact that no case records.
A state that its value does not bear out (known without a date, vague without a latest day) counts as unreadable.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

import polars as pl

from policylang.casebook.cases import Case, Entry, EntryState
from policylang.casebook.record import facts

UNSAID, KNOWN, NOT_DONE, UNREADABLE, VAGUE = range(5)
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
    for name in facts() if names is None else names:
        if name == "reference":
            continue
        kind = facts()[name].kind
        entries = [case.entry(name) for case in cases]
        if kind == "attribute":
            texts = [e.value if e.state is EntryState.KNOWN and isinstance(e.value, str) else None for e in entries]
            made[name] = pl.Series(name, texts, pl.String)
            continue
        if kind == "event":
            made[name] = pl.Series(name, [_first(entry) for entry in entries], pl.Date)
            lasts = [entry.latest if entry.state is EntryState.VAGUE else None for entry in entries]
            if any(lasts):
                made[latest(name)] = pl.Series(latest(name), lasts, pl.Date)
        else:
            made[name] = pl.Series(name, [_flag(entry) for entry in entries], pl.Boolean)
        made[state(name)] = pl.Series(state(name), [STATES[entry.state] for entry in entries], pl.UInt8)
    return pl.DataFrame(made)


def _first(entry: Entry) -> date | None:
    return entry.earliest if entry.state is EntryState.VAGUE else entry.date


def _flag(entry: Entry) -> bool | None:
    return entry.value if entry.state is EntryState.KNOWN and isinstance(entry.value, bool) else None
