"""One case for the terminal: its line of time, then what was missed and why, and what would have kept it whole.

Plain characters only: it reads the same without colour, in a file, and read aloud.
"""

from __future__ import annotations

import textwrap
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from datetime import date

from policylang.auditor.audit import AuditResult
from policylang.auditor.dates_as_text import title_of
from policylang.auditor.event_words import cell, noun
from policylang.auditor.knowledge import Knowledge
from policylang.auditor.on_the_dates import on_the_dates
from policylang.auditor.outcome import Outcome, Result
from policylang.auditor.refused import GROUND, signs_of_refusal
from policylang.casebook.cases import Case, EntryState
from policylang.evidence.case_timeline import cite, timeline
from policylang.evidence.nearest_world import NearestWorld, Step, breaches_in_order
from policylang.evidence.words import capital, count, listed
from policylang.model.calendar import Calendar
from policylang.model.days import say_date

MOST_MISSING = 8
"""How many of the things that are not on record are named, those first that leave most open."""


def case_text(case: Case, result: AuditResult, world: NearestWorld, calendar: Calendar, *, across: int = 100) -> str:
    """The case as text, ``across`` columns wide. ``result`` is the audit of this case alone."""
    parts = [
        list(_head(case, result, across)),
        list(timeline(case, result, calendar, across)),
        list(_missed(result, across)),
        list(_on_the_dates(result, across)),
        list(_refused(case, result, across)),
        list(_world(world, across)),
        list(_open(case, result, across)),
    ]
    return "\n\n".join("\n".join(part) for part in parts if part)


def _head(case: Case, result: AuditResult, across: int) -> Iterator[str]:
    where = f" ({case.sheet}, row {case.row})" if case.sheet and case.row else ""
    yield from _wrapped(f"{case.reference}{where}, as at {say_date(result.as_at)}", across)
    judging = {row["document"] for row in result.population["judged_by"] if row["reason"] is None}
    for document in result.documents.values():
        if document.id in judging:
            which = f"{document.title or document.id}, {document.version or document.edition or 'undated'}"
            yield from _wrapped(f"judged under {which}", across, "  ", "    ")
    for outcome in {o.reason: o for o in result.outcomes if o.reason in _NOT_JUDGED}.values():
        yield from _wrapped(outcome.why, across, "  ", "    ")
    counted = Counter(o.result for o in result.outcomes)
    told = ", ".join(f"{counted[r]} {r.value.replace('-', ' ')}" for r in Result)
    yield from _wrapped(told, across, "  ", "    ")


_NOT_JUDGED = ("receipt-unknown", "no-edition-in-force", "policy-not-in-force")


def _missed(result: AuditResult, across: int) -> Iterator[str]:
    breaches = breaches_in_order(result)
    if not breaches:
        yield "No breach is on record."
        return
    yield "What was missed, the earliest step first"
    alike: defaultdict[tuple[str, str, str | None], list[Outcome]] = defaultdict(list)
    for breach in breaches:
        alike[breach.duty, breach.why, breach.repair].append(breach)
    for n, ((duty, why, repair), same) in enumerate(alike.items(), start=1):
        cited = listed(dict.fromkeys(map(cite, same)))
        yield from _wrapped(f"{n}. {capital(duty)} ({cited}). {why}", across, "  ", "     ")
        if repair:
            yield from _wrapped(repair, across, "     ", "     ")


def _on_the_dates(result: AuditResult, across: int) -> Iterator[str]:
    """What the dates show late or missing although it is no breach: an audit flags it, so it is told here as well."""
    steps = [step for step in on_the_dates(result) if step.flagged]
    if steps:
        yield "Late or missing on the dates, though no breach"
    for n, step in enumerate(steps, start=1):
        cited = listed(dict.fromkeys(map(cite, (step.outcome, *step.others))))
        text = f"{n}. {capital(step.outcome.duty)} ({cited}): {title_of(step.shown).lower()}. {step.outcome.why}"
        yield from _wrapped(text, across, "  ", "     ")
        if step.outcome.repair:
            yield from _wrapped(step.outcome.repair, across, "     ", "     ")


def _refused(case: Case, result: AuditResult, across: int) -> Iterator[str]:
    """What speaks for a refusal of which no day is on record: neither that nothing was owed nor that it is overdue."""
    known = Knowledge(case, result.as_at, result.settings)
    for stage in (1, 2):
        signs = signs_of_refusal(case, stage)
        if signs and not known.day("stage2_responded" if stage == 2 else "responded").done:
            what, where = noun(signs[0]), cell(signs[-1], known)
            said = "A ground of refusal is on record" if GROUND in signs else f"What is written for {what} is no date"
            yield from _wrapped(
                f"{said} ({where}), and no day of {what}. So it cannot be told whether an answer at stage {stage} was "
                "owed, nor whether one is overdue.",
                across,
            )


def _world(world: NearestWorld, across: int) -> Iterator[str]:
    if not world.steps and world.reached:
        return
    yield "The nearest compliant world (each step was tried, and the case judged again)"
    for n, step in enumerate(world.steps, start=1):
        text = f"{n}. {capital(step.missed.duty)}: {step.repair or 'done as asked.'} That {_left(step)}."
        yield from _wrapped(text, across, "  ", "     ")
    if world.stuck is not None:
        why = (
            "First one of the two entries that contradict one another has to be corrected"
            if world.stuck.reason == "contradictory"
            else "No single date or letter puts this right"
        )
        text = f"{why}: {world.stuck.duty} ({cite(world.stuck)})."
        yield from _wrapped(text, across, "  ", "     ")


def _left(step: Step) -> str:
    told = [count(step.left, "breach", "breaches")] if step.left else []
    if step.left_on_dates:
        told.append(f"{count(step.left_on_dates, 'step')} late or missing on the dates")
    return f"leaves {listed(told)}" if told else "leaves no breach"


def _open(case: Case, result: AuditResult, across: int) -> Iterator[str]:
    pending = sorted((o for o in result.of(Result.PENDING) if o.due), key=lambda o: o.due or date.max)
    for outcome in pending:
        assert outcome.due is not None
        yield from _wrapped(f"Due next, {say_date(outcome.due)}: {outcome.duty} ({cite(outcome)}).", across)
    unknown = result.of(Result.CANNOT_TELL)
    if unknown:
        missing = Counter(cell for o in unknown for cell in o.cells if _unsaid(case, cell))
        told = "; ".join(f"{_place(cell)} ({n})" for cell, n in missing.most_common(MOST_MISSING))
        if len(missing) > MOST_MISSING:
            told += f"; and {len(missing) - MOST_MISSING} more"
        text = f"{count(len(unknown), 'outcome')} cannot be told. " + (f"Not on record: {told}." if told else "")
        yield from _wrapped(text, across)


def _place(cell: str) -> str:
    return f"“{cell.removeprefix('no column: ')}”, no column" if cell.startswith("no column: ") else cell


def _unsaid(case: Case, cell: str) -> bool:
    if cell.startswith("no column: "):
        return True
    entries = {str(e.cell): e for e in case.entries.values() if e.cell is not None}
    return cell in entries and entries[cell].state not in (EntryState.KNOWN, EntryState.NOT_DONE)


def _wrapped(text: str, across: int, first: str = "", rest: str = "  ") -> Sequence[str]:
    return textwrap.wrap(text, across, initial_indent=first, subsequent_indent=rest, break_long_words=False)
