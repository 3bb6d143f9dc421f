"""Which version of a policy, and which edition of a code, judges a case: the one in force on the day of receipt."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache

from policylang.auditor.knowledge import PLANNED
from policylang.casebook.cases import Case, EntryState
from policylang.casebook.record import facts
from policylang.model.days import say_date
from policylang.model.document import Document


@dataclass(frozen=True, slots=True)
class Governing:
    """The document that judges a case. ``reason`` is empty where it does; otherwise why none can, with ``document`` the
    one whose duties the case is shown under and ``why`` the sentence that says so."""

    document: Document
    reason: str = ""
    why: str = ""
    nearest: bool = False  # nobody can tell whether it judges the case, but the days on record fall under it


@dataclass(frozen=True, slots=True)
class BoundaryCase:
    """A case for which it is not plain which edition or version should judge it, and why."""

    case: str
    document: str
    why: str


class Editions:
    """The editions of one code, or the versions of one policy, oldest first; at least one."""

    def __init__(self, documents: Sequence[Document], *, any_date: bool = False) -> None:
        self.documents = sorted(documents, key=lambda document: span_of(document)[0])
        self.any_date = any_date
        self.what = "version of the policy" if self.documents[0].kind == "policy" else "edition of the Code"
        self._dated = [(d, span_of(d)[0], _surely_from(d)) for d in self.documents if d.in_force is not None]
        self._settled = max((day for _, start, sure in self._dated for day in (start, sure)), default=date.min)
        only = self.documents[-1]
        always = any_date or (len(self.documents) == 1 and only.in_force is None)
        self._always = Governing(only) if always else None
        self._spans = [(document, *span_of(document)) for document in self.documents]
        self._by_receipt: dict[tuple[date, date], Governing] = {}

    def governing(self, case: Case, as_at: date) -> Governing:
        """The one in force on the day the complaint was received."""
        if self._always is not None:
            return self._always
        first, last = _received(case)
        if first is None or last is None:
            earliest = _earliest_event(case)
            shown = [document for document, start, _ in self._spans if start <= (earliest or as_at)]
            return Governing(
                shown[-1] if shown else self.documents[0],
                "receipt-unknown",
                f"Without the day of receipt nobody can tell which {self.what} was in force.",
                nearest=bool(shown) and earliest is not None and earliest <= span_of(shown[-1])[1],
            )
        found = self._by_receipt.get((first, last))
        if found is None:
            found = self._by_receipt[first, last] = self._of_receipt(first, last)
        return found

    def _of_receipt(self, first: date, last: date) -> Governing:
        held = [document for document, start, end in self._spans if start <= last and first <= end]
        if len(held) == 1 and span_of(held[0])[0] <= first and last <= span_of(held[0])[1]:
            return Governing(held[0])
        if held and (len(held) > 1 or first != last):
            why = f"The day of receipt does not tell which {self.what} was in force."
            return Governing(held[-1], "receipt-unknown", why, nearest=True)
        return self._none(first)

    def _none(self, received: date) -> Governing:
        later = [document for document in self.documents if span_of(document)[0] > received]
        document = later[0] if later else self.documents[-1]
        start, end = span_of(document)
        when = f"in force only from {say_date(start)}" if later else f"in force only until {say_date(end)}"
        code = "policy-not-in-force" if document.kind == "policy" else "no-edition-in-force"
        why = f"Received on {say_date(received)}; of what was given, the nearest {self.what} is {when}."
        return Governing(document, code, why)

    def boundary(self, case: Case) -> BoundaryCase | None:
        """The case as one of the boundary, where it is: handled across two editions, or received on an unsure day."""
        first, last = _received(case)
        if first is None or last is None or self.any_date or first >= self._settled:
            return None
        latest: date | None = None
        for document, start, sure in self._dated:
            if first < start:
                latest = latest or _latest_event(case) or first
            if first < start and latest is not None and latest >= start:
                why = (
                    f"Received before {say_date(start)}, when “{document.id}” came into force, and still handled after."
                )
                return BoundaryCase(case.reference, document.id, why)
            if start <= last and first < sure:
                days = f"between {say_date(start)} and {say_date(sure)}"
                why = f"“{document.id}” says only that it was in force from some day {days}."
                return BoundaryCase(case.reference, document.id, why)
        return None


def span_of(document: Document) -> tuple[date, date]:
    """The first and the last day on which a document is in force; every day where it does not say."""
    in_force = document.in_force
    if in_force is None:
        return date.min, date.max
    return in_force[0], in_force[1] or date.max


def _surely_from(document: Document) -> date:
    """The last day that the document's own start date can mean."""
    for name in ("in force", "effective", "adopted", "approved", "issued", "published"):
        found = document.role(name)
        if found is not None:
            return found.when.latest
    return date.min


def _received(case: Case) -> tuple[date | None, date | None]:
    entry = case.unplaced("received")
    if entry.state is EntryState.VAGUE:
        return entry.earliest, entry.latest
    return entry.date, entry.date


def _event_days(case: Case) -> list[date]:
    entries = case.all_unplaced()
    return [day for name in _handling() if name in entries and (day := entries[name].date) is not None]


@cache
def _handling() -> tuple[str, ...]:
    """The events that are steps in the handling of a complaint."""
    events = (name for name, fact in facts().items() if fact.kind == "event" and (fact.stage or name == "closed"))
    return tuple(name for name in events if name not in PLANNED)


def _earliest_event(case: Case) -> date | None:
    return min(_event_days(case), default=None)


def _latest_event(case: Case) -> date | None:
    return max(_event_days(case), default=None)
