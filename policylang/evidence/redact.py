"""A copy of a case book that can be shared: other dates, other names, and the same outcomes; or a refusal and why.

Each case is moved by whole weeks, each by its own number, drawn with a key. A shift is taken only if every duty comes
to the same outcome for the same reason, as late as before, and if every working-day distance between the case's own
dates stays what it was; bank holidays and the dates on which editions came into force forbid some. A case for which no
shift will do is left out and named. Nobody can read off the copy when anything happened.
"""

from __future__ import annotations

import csv
import hmac
import io
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import combinations

from policylang.auditor.audit import audit_case
from policylang.auditor.outcome import Outcome
from policylang.auditor.people import same_person
from policylang.casebook.cases import Case, CaseBook, Entry, EntryState
from policylang.casebook.pseudonyms import pseudonym
from policylang.casebook.record import facts
from policylang.evidence.safe_text import for_csv
from policylang.model.calendar import Calendar, OutsideCalendar, load_calendar
from policylang.model.document import Document

Judged = Callable[[CaseBook], Iterable[Outcome]]
FURTHEST = 26
"""Weeks, either way, by which a case may be moved."""
RARE = 5
"""A word of an attribute that fewer cases than this have could single one out: it becomes “other”."""
_KEPT_WORDS = ("channel", "category", "tenure", "team", "refusal_reason")
_NAMES = ("handler", "stage2_handler")
_NOT_DONE = "not done"
_UNCLEAR = "unclear: person or team"
"""For a name of which nobody can tell whether it is the other stage's person; the audit takes it for no person."""


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A case that is not in the copy, by its pseudonym, and why no shift would do."""

    case: str
    why: str


@dataclass(frozen=True, slots=True)
class Redacted:
    """The copy: its cases in an order of their own, what was left out, and how many cases were read."""

    cases: tuple[Case, ...]
    left_out: tuple[LeftOut, ...]
    read: int


def redact(
    book: CaseBook,
    policy: Document,
    codes: Sequence[Document],
    as_at: date,
    key: bytes,
    *,
    progress: Callable[[int], None] | None = None,
) -> Redacted:
    """The copy of a case book under a key. The order of the cases is the key's, not the log's. ``progress`` is called
    with 1 after each case."""
    calendars = [load_calendar(document.calendar) for document in (policy, *codes)]
    common = {name: Counter(_word(case.entry(name)) for case in book.cases) for name in _KEPT_WORDS}
    cases, left_out = [], []
    for case in book.cases:
        moved = _moved(case, policy, codes, as_at, key, calendars)
        if isinstance(moved, str):
            left_out.append(LeftOut(pseudonym(key, case.reference), moved))
        else:
            cases.append(_nameless(moved, key, common))
        if progress is not None:
            progress(1)
    return Redacted(
        tuple(sorted(cases, key=lambda case: case.reference)),
        tuple(sorted(left_out, key=lambda out: out.case)),
        len(book.cases),
    )


def _moved(
    case: Case,
    policy: Document,
    codes: Sequence[Document],
    as_at: date,
    key: bytes,
    calendars: Sequence[Calendar],
) -> Case | str:
    if any(entry.state is EntryState.VAGUE for entry in case.entries.values()):
        return "It has a date that is known only to the month, and months are not moved by weeks."
    if not any(entry.date for entry in case.entries.values()):
        return "It has no date."
    before = _told(audit_case(policy, codes, case, as_at))
    for weeks in _weeks(key, case.reference):
        moved = _shifted(case, weeks)
        if _same_distances(case, moved, calendars) and _told(audit_case(policy, codes, moved, as_at)) == before:
            return moved
    return (
        f"No shift of up to {FURTHEST} weeks keeps its working-day distances and its outcomes: bank holidays, the "
        "start of an edition, or an open step whose delay grows with the as-at date stand in the way."
    )


def _weeks(key: bytes, reference: str) -> list[int]:
    """Every number of weeks but nought, in an order that only the key knows."""
    weeks = [n for n in range(-FURTHEST, FURTHEST + 1) if n]

    def lot(n: int) -> bytes:
        return hmac.new(key, f"shift\0{reference}\0{n}".encode("utf-8", "surrogatepass"), "sha256").digest()

    return sorted(weeks, key=lot)


def _shifted(case: Case, weeks: int) -> Case:
    by = timedelta(weeks=weeks)
    entries = {name: e.with_value(e.date + by) if e.date else e for name, e in case.entries.items()}
    return replace(case, entries=entries)


def _same_distances(case: Case, moved: Case, calendars: Sequence[Calendar]) -> bool:
    names = [name for name, entry in case.entries.items() if entry.date]
    for one, other in combinations(names, 2):
        for calendar in calendars:
            if _distance(case, one, other, calendar) != _distance(moved, one, other, calendar):
                return False
    return True


def _distance(case: Case, one: str, other: str, calendar: Calendar) -> int | None:
    first, last = sorted((case.entries[one].date or date.min, case.entries[other].date or date.min))
    try:
        return calendar.working_days_after(first, last)
    except OutsideCalendar:
        return None


def _told(outcomes: Sequence[Outcome]) -> list[tuple[object, ...]]:
    return [(o.document, o.provision, o.duty, o.result, o.reason, o.late) for o in outcomes]


def _word(entry: Entry) -> str:
    return str(entry.value) if entry.state is EntryState.KNOWN else ""


def _nameless(case: Case, key: bytes, common: dict[str, Counter[str]]) -> Case:
    entries: dict[str, Entry] = {}
    reference = pseudonym(key, case.reference)
    for name, entry in case.entries.items():
        kind = facts()[name].kind
        if kind != "attribute":
            entries[name] = entry.nowhere()
        elif name == "reference":
            entries[name] = Entry(EntryState.KNOWN, reference, reference)
        elif entry.state is not EntryState.KNOWN:
            if name in (*_NAMES, *_KEPT_WORDS):
                entries[name] = Entry(entry.state)
        elif name in _NAMES:
            entries[name] = Entry(EntryState.KNOWN, pseudonym(key, str(entry.value).casefold(), "person"))
        elif name in _KEPT_WORDS:
            rare = common[name][str(entry.value)] < RARE and name != "refusal_reason"
            entries[name] = Entry(EntryState.KNOWN, "other" if rare else str(entry.value))
    first, second = (case.entry(name) for name in _NAMES)
    if first.state is second.state is EntryState.KNOWN:
        # Two pseudonyms are plainly alike or not; what the names leave open, or say in two ways, has to stay so.
        same = same_person(str(first.value), str(second.value))
        if same:
            entries[_NAMES[1]] = entries[_NAMES[0]]
        elif same is None:
            entries[_NAMES[1]] = Entry(EntryState.KNOWN, _UNCLEAR, _UNCLEAR)
    return Case(reference, entries)


def as_csv(redacted: Redacted) -> bytes:
    """The copy as CSV: a column for each fact by its name, dates as 2026-03-31, Yes and No, “not done” where known."""
    names = [name for name in facts() if any(name in case.entries for case in redacted.cases)]
    names.sort(key=lambda name: name != "reference")
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(names)
    for case in redacted.cases:
        writer.writerow([_cell(case.entry(name)) for name in names])
    return out.getvalue().encode("utf-8-sig")


def _cell(entry: Entry) -> str:
    match entry.state:
        case EntryState.KNOWN if isinstance(entry.value, bool):
            return "Yes" if entry.value else "No"
        case EntryState.KNOWN if isinstance(entry.value, date):
            return entry.value.isoformat()
        case EntryState.KNOWN:
            return for_csv(str(entry.value))
        case EntryState.NOT_DONE:
            return _NOT_DONE
        case EntryState.UNREADABLE:
            return "?"
    return ""


def faithful(redacted: Redacted, original: CaseBook, again: CaseBook, judged: Judged, key: bytes) -> bool:
    """Whether the copy, read back as ``again``, has every case of the copy and comes to the original's outcomes.

    ``judged`` gives the outcomes of a case book. What was left out of the copy is left out of the original too.
    """
    there = {case.reference for case in again.cases}
    if len(again.cases) != len(redacted.cases) or there != {case.reference for case in redacted.cases}:
        return False
    kept = [case for case in original.cases if pseudonym(key, case.reference) in there]
    first = _by_case(judged(CaseBook(cases=kept, rows_read=len(kept))), lambda reference: pseudonym(key, reference))
    return first == _by_case(judged(again), str)


def _by_case(outcomes: Iterable[Outcome], name: Callable[[str], str]) -> Counter[tuple[object, ...]]:
    """What every duty came to on every case, the reason and the lateness with it."""
    return Counter((name(o.case), *told) for o in outcomes for told in _told([o]))


def as_mapping(redacted: Redacted) -> str:
    """The mapping with which the copy is read."""
    return "\n".join(["mapping: 1", "columns:", *_columns(redacted)]) + "\n"


def _columns(redacted: Redacted) -> Iterator[str]:
    for name, fact in facts().items():
        if not any(name in case.entries for case in redacted.cases):
            continue
        more = f", not-done-words: [{_NOT_DONE}]" if fact.kind != "attribute" else ""
        dates = ", dates: iso" if fact.kind == "event" else ""
        yield f"  {name}: {{column: {name}{dates}{more}}}"
