"""The words of a row: its requirement, its evidence, its commentary, and what a person is asked.

A published form must not name cases, so these texts give figures only; the Findings sheet has the references.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from policylang.auditor.outcome import Outcome, Result
from policylang.checker.verdict import Decided, Judgement, Story, Verdict
from policylang.evidence.comply import Answer
from policylang.evidence.join import DutyPractice, ProvisionEvidence
from policylang.evidence.person import told
from policylang.evidence.run import AssessInput
from policylang.evidence.source import quoted
from policylang.evidence.tally import Tally
from policylang.evidence.totals import ControlTotals
from policylang.evidence.words import (
    capital,
    clauses,
    count,
    event_words,
    lateness,
    listed,
    percent,
    sentence,
    shortened,
)
from policylang.model.days import say_date

UNVERIFIED = "Unverified: our paraphrase was not checked against a published source. Compare it with the official Code."
TO_COMPLETE = "To be completed by a person:"

JUDGEMENT_WORDS = {
    Judgement.COMPLIES: "complies",
    Judgement.PARTLY: "partly complies",
    Judgement.BREACHES: "breaches",
    Judgement.SILENT: "silent",
    Judgement.NOT_JUDGED: "not judged here",
}
DECIDED_WORDS = {
    Decided.PROVED: "proved",
    Decided.MATCHED: "matched",
    Decided.BY_SILENCE: "by silence",
    Decided.NOT_JUDGED: "not a matter for a policy text",
}


def verdict_words(verdict: Verdict | None) -> str:
    """``complies``, ``breaches (arguable)``; ``no verdict`` where the check gave none."""
    if verdict is None:
        return "no verdict"
    return JUDGEMENT_WORDS[verdict.judgement] + (" (arguable)" if verdict.arguable else "")


def requirement(item: ProvisionEvidence) -> str:
    """Our paraphrase of the requirement, marked where it is unverified."""
    text = sentence(item.verdict.requirement) if item.verdict else "No verdict was reached on this provision."
    if item.verdict and item.verdict.title:
        text = f"{item.verdict.title.rstrip('.')}. {text}"
    return text if item.verified else f"{text}\n{UNVERIFIED}"


def form_texts(item: ProvisionEvidence, run: AssessInput, totals: ControlTotals) -> dict[str, str]:
    """The text of each kind of column that a form may have, by its key. A form without a cell of its own for the
    commentary has it with the evidence."""
    shown, commented = evidence(item, run, totals), commentary(item)
    if item.person is not None and not item.person_stale:
        added = told(item.person)
        shown = "\n".join(filter(None, (shown, added[0])))
        commented = "\n".join(filter(None, (commented, added[1])))
    together = "\n".join(filter(None, (shown, commented)))
    apart = {"commentary", "evidence-commentary"} & set(run.form.keys)
    return {
        "provision": item.provision,
        "question": item.row.question,
        "requirement": requirement(item),
        "comply": item.comply.answer.value,
        "evidence": (shown or f"{TO_COMPLETE} where it can be seen.") if apart else together,
        "commentary": commented,
        "evidence-commentary": together,
    }


def evidence(item: ProvisionEvidence, run: AssessInput, totals: ControlTotals) -> str:
    """Where it can be seen: the policy's clauses, then the audited figures. Empty where neither shows anything."""
    return "\n".join((*_policy_evidence(item.verdict, run), *_practice_evidence(item, run, totals)))


def _policy_evidence(verdict: Verdict | None, run: AssessInput) -> Iterator[str]:
    if verdict is None or verdict.judgement is Judgement.NOT_JUDGED:
        return
    name = f"{run.policy.title}, version {run.policy.edition}" if run.policy.edition else run.policy.title
    if verdict.clauses:
        yield f"{name}, {clauses(verdict.clauses)}."
        yield from quoted(run.source, verdict.clauses)
    elif verdict.judgement is Judgement.SILENT:
        yield f"{name}: nothing found on this point."
    elif verdict.decided is Decided.BY_SILENCE:
        yield f"{name}: nothing in it does what this provision rules out."
    else:
        yield f"{name}."


def _practice_evidence(item: ProvisionEvidence, run: AssessInput, totals: ControlTotals) -> Iterator[str]:
    if not item.duties and not item.followed:
        return
    yield f"Complaints log, {judged_words(run, totals)}:"
    yield from practice_lines(item)


def practice_lines(item: ProvisionEvidence) -> Iterator[str]:
    """What each duty, and then each recommendation, of a provision came to. Those of which nothing at all can be told
    share a line, as there is nothing to say of them one by one."""
    blind = list(filter(_blind, item.duties))
    for duty in item.duties:
        if not _blind(duty):
            yield f"{capital(duty.duty)}: {tally_words(duty.tally)}."
    if blind:
        yield f"Cannot be told from what the log records: {_all_of(blind)}."
    for duty in item.followed:
        yield f"Recommendation, {duty.duty.removeprefix('recommended: ')}: {kept_words(duty.tally)}."


def promise_lines(promises: Sequence[DutyPractice]) -> Iterator[str]:
    """The same of the policy's own promises on the matter."""
    blind = list(filter(_blind, promises))
    for promise in promises:
        if not _blind(promise):
            yield own_words(promise)
    if blind:
        yield f"The policy's own promises of which nothing can be told from the log: {_all_of(blind)}."


def _blind(duty: DutyPractice) -> bool:
    return bool(duty.tally.cannot_tell) and duty.tally.cannot_tell == duty.tally.arose


def _all_of(duties: Sequence[DutyPractice]) -> str:
    names = listed(dict.fromkeys(duty.duty.removeprefix("aim: ") for duty in duties))
    most = max(duty.tally.cannot_tell for duty in duties)
    fewest = min(duty.tally.cannot_tell for duty in duties)
    return f"{names} ({count(most, 'case')}{' each' if len(duties) > 1 and fewest == most else ''})"


def log_words(run: AssessInput, totals: ControlTotals) -> str:
    """``complaints received 3 January 2025 to 28 March 2026, as at 30 September 2026``."""
    return _period(totals.first_received, totals.last_received, run)


def judged_words(run: AssessInput, totals: ControlTotals) -> str:
    """The same, of what the edition judges: received while it was in force, and not after the as-at date."""
    first, last = totals.first_received, totals.last_received
    if first and run.code.in_force:
        first = max(first, run.code.in_force)
    if last:
        last = min(last, run.code.until or last, run.as_at)
    return _period(first, last, run)


def _period(first: date | None, last: date | None, run: AssessInput) -> str:
    when = f"complaints received {say_date(first)} to {say_date(last)}, " if first and last and first <= last else ""
    return f"{when}as at {say_date(run.as_at)}"


def tally_words(tally: Tally) -> str:
    """The figures of one duty in a sentence, with the share met and the range it can lie in."""
    if not tally.arose:
        return _never(tally)
    parts = [f"{tally.met:,} met", f"{tally.breached:,} breached"]
    if tally.cannot_tell:
        parts.append(f"{tally.cannot_tell:,} cannot tell")
    if tally.pending:
        parts.append(f"{tally.pending:,} not yet due")
    return f"{count(tally.arose, 'case')}, {listed(parts)}{share_words(tally, ' (', ')')}"


def share_words(tally: Tally, before: str = "", after: str = "") -> str:
    """``89.4% met; between 85.6% and 89.8% allowing for what is not recorded``; empty where nothing was decided.

    Where more than a twentieth cannot be told there is the range alone.
    """
    if tally.share_range is None:
        return ""
    low, high = tally.share_range
    if not tally.certain_enough:
        return f"{before}between {percent(low)} and {percent(high)} met, as so much is not recorded{after}"
    text = f"{percent(tally.share_met)} met"
    if low != high:
        text += f"; between {percent(low)} and {percent(high)} allowing for what is not recorded"
    return f"{before}{text}{after}"


def commentary(item: ProvisionEvidence, limit: int = 420) -> str:
    """How it is done or what is amiss: the gap, a story that shows it, the repair, practice, what a person is asked.

    ``limit`` caps each part, so that a row of the form still fits on a page; the Provisions sheet has the whole.
    """
    parts = [*remarks(item, limit)]
    if item.comply.questions:
        parts.append(shortened(person(item), limit * 2))
    return "\n".join(parts)


def remarks(item: ProvisionEvidence, limit: int = 420) -> tuple[str, ...]:
    """The commentary without what a person is asked, sentence by sentence."""
    parts = [*_policy_commentary(item.verdict), *_practice_commentary(item)]
    if item.comply.answer is not Answer.YES:
        parts.insert(0, item.comply.because)
    return tuple(dict.fromkeys(shortened(part, limit, "Provisions sheet") for part in parts if part))


def person(item: ProvisionEvidence) -> str:
    """What a person must still supply, as a marked question; empty where the row is answered."""
    return f"{TO_COMPLETE} {' '.join(item.comply.questions)}" if item.comply.questions else ""


def _policy_commentary(verdict: Verdict | None) -> Iterator[str]:
    if verdict is None:
        return
    yield sentence(verdict.why)
    if verdict.arguable:
        for reading in verdict.readings:
            name = f"“{reading.name}”" if reading.name else "one way"
            yield f"Read {name}: {JUDGEMENT_WORDS[reading.judgement]}. {sentence(reading.why)}"
    if verdict.story:
        yield f"A case that keeps the policy and not the Code: {story_words(verdict.story)}."
    if verdict.repair:
        yield f"Smallest change that would comply: {verdict.repair}"


def story_words(story: Story) -> str:
    """The events of a story in one line: ``received 19 December 2025, acknowledged 30 December 2025``."""
    return ", ".join(f"{event_words(event.event)} {say_date(event.date)}" for event in story.events)


def _practice_commentary(item: ProvisionEvidence) -> Iterator[str]:
    for duty in item.duties:
        if duty.tally.breached:
            yield f"{capital(duty.duty)}: {breach_words(duty)}."
    for promise in item.own_promises:
        if promise.tally.breached:
            yield own_words(promise)


def own_words(promise: DutyPractice) -> str:
    """What became of a promise, or of an aim, of the policy's own, in a sentence."""
    where = f" ({clauses(promise.clauses)})" if promise.clauses else ""
    if not promise.aim:
        return f"The policy's own promise{where}, {promise.duty}: {tally_words(promise.tally)}."
    return f"The policy's aim{where}, {promise.duty.removeprefix('aim: ')}: {kept_words(promise.tally)}."


def kept_words(tally: Tally) -> str:
    """The figures of an aim or a recommendation, which is kept or missed and never met or breached."""
    parts = [f"{tally.met:,} kept", f"{tally.breached:,} missed"]
    parts += [f"{tally.cannot_tell:,} cannot tell"] if tally.cannot_tell else []
    parts += [f"{tally.pending:,} not yet due"] if tally.pending else []
    return listed(parts) if tally.arose else _never(tally)


def _never(tally: Tally) -> str:
    return (
        "did not arise on the one case"
        if tally.population == 1
        else f"did not arise on any of {tally.population:,} cases"
    )


def breach_words(duty: DutyPractice) -> str:
    """``12 breached, the latest 18 working days late, 2 not done at all``."""
    broken = [outcome for outcome in duty.outcomes if outcome.result is Result.BREACHED]
    words = [f"{len(broken):,} breached"]
    late = max((outcome for outcome in broken if outcome.late and outcome.actual), key=how_late, default=None)
    if late is not None and late.late is not None:
        words.append(f"the worst {lateness(late.late)}")
    undone = sum(1 for outcome in broken if outcome.actual is None and outcome.due is not None)
    if undone:
        words.append(f"{undone:,} past the due date with nothing done")
    return ", ".join(words)


_DAYS = {"working days": 1.4, "days": 1.0, "calendar days": 1.0, "weeks": 7.0, "months": 30.4, "years": 365.25}


def how_late(outcome: Outcome) -> float:
    """Roughly how many calendar days late, for ranking only."""
    if outcome.late is None:
        return 0.0
    return outcome.late.by * _DAYS.get(outcome.late.unit, 1.0)
