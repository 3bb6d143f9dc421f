"""outcomes.csv: one row an outcome, for whoever wants a tool of their own.

Ten thousand cases make close on a million rows and a quarter of a gigabyte, of which most say what others say: so each
row is put together from pieces that are written once, and the file comes in blocks and is never whole in memory.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator
from datetime import date

from policylang.auditor.outcome import Outcome, Owed, Place, Said
from policylang.auditor.places import ROW
from policylang.evidence.safe_text import for_csv

OUTCOME_COLUMNS = (
    "case", "duty", "source", "document", "provision", "clauses", "stage", "action", "outcome", "reason", "start",
    "due", "actual", "late_by", "late_unit", "why", "repair", "cells", "skipped", "verified",
)  # fmt: skip

_BLOCK = 4_000  # rows written at once
Skipped = tuple[tuple[date, str], ...]


def outcomes_csv(outcomes: Iterable[Outcome]) -> bytes:
    """The whole file: UTF-8 with the mark by which Excel knows it, dates as 2026-03-31, text never a formula."""
    return b"".join(blocks(outcomes))


def blocks(outcomes: Iterable[Outcome]) -> Iterator[bytes]:
    """The same, block by block."""
    yield "\ufeff".encode() + (",".join(OUTCOME_COLUMNS) + "\r\n").encode("utf-8")
    pieces = _Pieces()
    rows: list[str] = []
    for outcome in outcomes:
        rows.append(pieces.row(outcome.place, outcome.owed, outcome.said))
        if len(rows) == _BLOCK:
            yield "".join(rows).encode("utf-8")
            rows = []
    yield "".join(rows).encode("utf-8")


class _Pieces:
    """The pieces of rows that recur: what is owed, what many outcomes say, and the addresses within one case."""

    def __init__(self) -> None:
        self._owed: dict[int, tuple[Owed, str, str]] = {}
        self._said: dict[int, tuple[Said, str, str]] = {}
        self._days: dict[int, tuple[Skipped, str]] = {}
        self._place: Place | None = None
        self._case = ""
        self._layout: Hashable | None = None
        self._row = ""
        self._cells: dict[tuple[str, ...], str] = {}
        self._patterns: dict[Hashable, dict[tuple[str, ...], str]] = {}

    def row(self, place: Place, owed: Owed, said: Said) -> str:
        if place is not self._place:
            self._move(place)
        what = self._owed.get(id(owed))
        if what is None:
            what = self._owed[id(owed)] = (owed, *_of_owed(owed))
        told = self._said.get(id(said))
        if told is None:
            told = (said, _of_said(said), self._skipped(said.skipped))
            if said.due is None and said.actual is None:  # what names a day is seldom said twice
                self._said[id(said)] = told
        cells = self._cells.get(said.names)
        if cells is None:
            addresses = "; ".join(place.cells(said.names)) if self._layout is None else place.pattern(said.names)
            cells = self._cells[said.names] = _field(addresses)
        row = f"{self._case},{what[1]},{told[1]},{cells},{told[2]},{what[2]}\r\n"
        return row if self._layout is None else row.replace(ROW, self._row)

    def _move(self, place: Place) -> None:
        """On to another case. Cases whose facts stand in one row of one sheet share what is said of where."""
        self._place, self._case = place, _field(place.reference)
        self._layout, self._row = place.layout, place.row
        self._cells = {} if self._layout is None else self._patterns.setdefault(self._layout, {})

    def _skipped(self, days: Skipped) -> str:
        # The same days are skipped in case after case, and then they are the same object.
        known = self._days.get(id(days))
        if known is None:
            text = _field("; ".join([f"{day.isoformat()} {why}" for day, why in days]))
            known = self._days[id(days)] = (days, text)
        return known[1]


def _of_owed(owed: Owed) -> tuple[str, str]:
    texts = (owed.duty, owed.source, owed.document, owed.provision or "", "; ".join(owed.clauses))
    stage = "" if owed.stage is None else str(owed.stage)
    return ",".join((*map(_field, texts), stage, _field(owed.action))), "yes" if owed.verified else "no"


def _of_said(said: Said) -> str:
    late = (str(said.late.by), _field(said.late.unit)) if said.late else ("", "")
    days = (_day(said.start), _day(said.due), _day(said.actual))
    fields = (said.result.value, _field(said.reason), *days, *late, _field(said.why), _field(said.repair or ""))
    return ",".join(fields)


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""


def _field(text: str) -> str:
    safe = for_csv(text)
    if "," in safe or '"' in safe or "\n" in safe or "\r" in safe:  # four looks for one sign, faster than one for four
        return '"' + safe.replace('"', '""') + '"'
    return safe
