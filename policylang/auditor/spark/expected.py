"""Whether cases stand in the columns that the replay reads (:mod:`policylang.auditor.columns.layout`).

A column that is missing is a fact that no case records, so a table with other headings would be judged too, and all of
it as "cannot tell". A date kept as text would stop the work half-way. Both are said before any case is judged.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from policylang.casebook.record import facts

DATE, YES_NO, WHOLE, TEXT, OTHER = "a date", "yes or no", "a whole number", "text", "something else"
_KINDS = {"event": DATE, "flag": YES_NO, "attribute": TEXT}


def wanted() -> dict[str, str]:
    """Every column of the layout with the kind of value it holds."""
    found = {"reference": TEXT}
    for name, fact in facts().items():
        if name == "reference":
            continue
        found[name] = _KINDS[fact.kind]
        if fact.kind != "attribute":
            found[f"{name}__state"] = WHOLE
        if fact.kind == "event":
            found[f"{name}__latest"] = DATE
    return found


def faults_of(columns: Mapping[str, str]) -> list[str]:
    """What is wrong with a table of these columns and kinds, a clause each."""
    expected = wanted()
    found = [f"there is no column “{name}”" for name in ("reference", "received") if name not in columns]
    for name, kind in columns.items():
        if name in expected and kind != expected[name]:
            found.append(f"the column “{name}” holds {kind}, and {expected[name]} is needed")
    return found


def recorded(columns: Iterable[str]) -> list[str]:
    """The facts of a case record that a table has columns for."""
    return sorted(set(columns) & set(facts()))


def in_words(faults: Sequence[str]) -> str:
    """The first few of the faults, as a clause."""
    more = f"; and {len(faults) - 3:,} more such columns" if len(faults) > 3 else ""
    return "; ".join(faults[:3]) + more


def kinds_of_polars(schema: Mapping[str, Any]) -> dict[str, str]:
    """The kinds of a Polars schema."""
    import polars as pl

    def kind(dtype: Any) -> str:
        if dtype.is_integer():
            return WHOLE
        return {pl.Date: DATE, pl.Boolean: YES_NO, pl.String: TEXT}.get(dtype.base_type(), OTHER)

    return {name: kind(dtype) for name, dtype in schema.items()}


def kinds_of_spark(schema: Any) -> dict[str, str]:
    """The kinds of a Spark schema."""
    names = {"date": DATE, "boolean": YES_NO, "string": TEXT}
    names |= dict.fromkeys(("byte", "short", "integer", "long"), WHOLE)
    return {field.name: names.get(field.dataType.typeName(), OTHER) for field in schema.fields}
