"""A rehearsal to read: what changes, duty by duty, for the record and for residents, and on which cases."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Sequence
from typing import Any

from policylang.evidence.rehearse import ARGUABLE, Change, DutyRehearsed, Rehearsal, Standing
from policylang.evidence.words import count, shortened
from policylang.model.days import say_date
from policylang.model.document import Document

SHOWN = 5
"""How many cases of a duty are named in the text; JSON has them all."""

_STATES = {
    None: "no such duty",
    "met": "met",
    "breached": "breached",
    ARGUABLE: "breached on one reading",
    "pending": "not yet due",
    "cannot-tell": "cannot tell",
    "not-applicable": "never arises",
    "aim-kept": "an aim, kept",
    "aim-missed": "an aim, missed",
    "aim-open": "an aim, not yet due",
    "aim-unknown": "an aim, cannot tell",
}


def rehearsal_text(result: Rehearsal, before: Document, after: Document, *, across: int = 100) -> str:
    """The rehearsal as text, ``across`` columns wide."""
    differing = [duty for duty in result.duties if duty.changes]
    lines = [
        f"{count(result.cases, 'case')} judged under both, in force or not, as at {say_date(result.before.as_at)}",
        f"  before: {_named(before)}",
        f"  after:  {_named(after)}",
        "",
        *_summary(result),
    ]
    for duty in differing:
        lines += ["", *_duty(duty, across)]
    same = [duty.name for duty in result.duties if not duty.changes and duty.cases]
    if same:
        lines += ["", *_wrapped(f"No case comes out otherwise on: {', '.join(dict.fromkeys(same))}.", across)]
    return "\n".join(lines)


def _named(document: Document) -> str:
    version = document.version or document.edition
    return f"{document.title or document.id}{f', {version}' if version else ''} ({document.id})"


def _summary(result: Rehearsal) -> Iterator[str]:
    broken = {c.key for duty in result.duties for c in duty.newly_breached}
    mended = {c.key for duty in result.duties for c in duty.no_longer_breached}
    moves = [days for duty in result.duties for days in duty.moves]
    yield f"{count(result.changed_cases, 'case')} of {result.cases:,} come out otherwise in some way."
    shared = {c.key for duty in result.duties if duty.before and duty.after for c in duty.changes}
    if result.changed_cases > len(shared):
        apart = count(result.changed_cases - len(shared), "case")
        yield f"  on a duty of both:    {count(len(shared), 'case')}; only on one that either lacks: {apart}"
    yield f"  newly in breach:      {count(len(broken), 'case')}"
    if arguable := {c.key for duty in result.duties for c in duty.newly_arguable} - broken:
        yield f"  on one reading only:  {count(len(arguable), 'more case')} newly in breach, and not on every reading"
    yield f"  no longer in breach:  {count(len(mended), 'case')}"
    yield (
        f"  deadlines that move:  {sum(d < 0 for d in moves):,} earlier, "
        f"{sum(d > 0 for d in moves):,} later (a later one lets a resident wait longer)"
    )


def _duty(duty: DutyRehearsed, across: int) -> Iterator[str]:
    yield f"{duty.name}  ({count(duty.cases, 'case')})"
    for word, texts in (("before", duty.before), ("after", duty.after)):
        yield from _wrapped(f"{word}: {_sentences(texts) or 'no such duty'}", across, "  ", "    ")
    for (old, new), number in duty.turns.items():
        yield f"  {number:,}: {_STATES[old]} -> {_STATES[new]}"
    if duty.moves:
        yield f"  deadline moves on {count(len(duty.moves), 'case')}: {moved_words(duty)}"
    for change in duty.newly_breached[:SHOWN]:
        assert change.after is not None
        yield from _wrapped(f"{change.case}: {shortened(change.after.why, 400)}", across, "    ", "      ")
    if len(duty.newly_breached) > SHOWN:
        yield f"    and {count(len(duty.newly_breached) - SHOWN, 'more case')} newly in breach"


def _sentences(texts: Sequence[str]) -> str:
    """The sentences of a duty, of which each ends in a full stop, as one."""
    return "; ".join([*(text.removesuffix(".") for text in texts[:-1]), *texts[-1:]])


def moved_words(duty: DutyRehearsed) -> str:
    """``from 5 days earlier to 2 days later, typically 3 days earlier``, in calendar days."""
    first, last = _days(duty.moves[0]), _days(duty.moves[-1])
    if first == last:
        return f"{first} on each"
    return f"from {first} to {last}, typically {_days(duty.typical_move or 0)}"


def _days(days: float) -> str:
    if not days:
        return "no change"
    number = abs(int(days)) if float(days).is_integer() else abs(days)
    return f"{number:,} calendar day{'' if number == 1 else 's'} {'later' if days > 0 else 'earlier'}"


def rehearsal_record(result: Rehearsal, before: Document, after: Document) -> dict[str, Any]:
    """The rehearsal as plain data, every change of every case included."""
    return {
        "as_at": result.before.as_at.isoformat(),
        "before": before.id,
        "after": after.id,
        "cases": result.cases,
        "cases_changed": result.changed_cases,
        "duties": [
            {
                "duty": duty.name,
                "stage": duty.stage,
                "before": list(duty.before),
                "after": list(duty.after),
                "cases": duty.cases,
                "newly_breached": len(duty.newly_breached),
                "newly_breached_on_one_reading": len(duty.newly_arguable),
                "no_longer_breached": len(duty.no_longer_breached),
                "changes": [_change(change) for change in duty.changes],
            }
            for duty in result.duties
        ],
    }


def _change(change: Change) -> dict[str, Any]:
    return {
        "case": change.case,
        "before": _standing(change.before),
        "after": _standing(change.after),
        "deadline_moves_by_days": change.moved,
    }


def _standing(standing: Standing | None) -> dict[str, Any] | None:
    if standing is None:
        return None
    return {"outcome": standing.state, "due": standing.due.isoformat() if standing.due else None, "why": standing.why}


def _wrapped(text: str, across: int, first: str = "", rest: str = "  ") -> Sequence[str]:
    return textwrap.wrap(text, across, initial_indent=first, subsequent_indent=rest, break_long_words=False)
