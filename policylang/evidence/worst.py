"""The three worst things found, each in one sentence.

Ranked: breaches of the code in practice (most cases first, then the latest), breaches of the code by the policy's own
words (proved before matched), promises of the policy that were not kept, answers that are late unless an extension
held, recommendations of the code that cases or the policy's words depart from, provisions met only partly, and last
what cannot be told. Where the policy itself breaches the code, its first
breach is always among the three: one decision of the Board mends it, while cases go on breaking.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from policylang.auditor.outcome import Outcome, Result
from policylang.checker.verdict import Decided, Judgement
from policylang.evidence.join import AIMS, CODE, DutyPractice, ProvisionEvidence
from policylang.evidence.narrative import how_late
from policylang.evidence.run import AssessInput
from policylang.evidence.totals import ControlTotals
from policylang.evidence.words import capital, clauses, count, lateness, sentence, shortened
from policylang.model.days import say_date

LATE_UNLESS = "extension-unknown"


@dataclass(frozen=True, slots=True)
class Worst:
    """One of the worst things: what kind it is, the sentence, and what it points to."""

    kind: str
    sentence: str
    provision: str = ""
    case: str = ""
    document: str = ""  # the document whose duty was breached, where a case breached one
    cases: int = 0  # how many cases it is about, where it is about cases


def worst_things(
    run: AssessInput, rows: Sequence[ProvisionEvidence], totals: ControlTotals, how_many: int = 3
) -> tuple[Worst, ...]:
    """The worst things of a run, worst first; fewer where there are fewer."""
    practice, advice = _in_practice(run, totals), _advice(run, totals)
    policy, departures = (_in_policy(run, rows, recommended=only) for only in (False, True))
    if not practice and not policy and not _binds(run, totals):
        # All that the code has is recommendations, so that they are what an assessment against it is about.
        practice, policy, advice, departures = advice, departures, [], []
    rest = [
        *_own_promises(run, totals),
        *_late_unless(run, totals),
        *advice,
        *departures,
        *_partly(run, rows),
        *_unknown(totals),
    ]
    if policy and len(practice) >= how_many:
        practice = [*practice[: how_many - 1], policy[0]]
        policy = policy[1:]
    return tuple([*practice, *policy, *rest][:how_many])


def _in_practice(run: AssessInput, totals: ControlTotals) -> list[Worst]:
    found = [d for d in totals.duties if d.source == CODE and d.tally.breached]
    found.sort(key=lambda d: (not _verified(d), -d.tally.breached, -_latest_days(d, run.as_at), d.duty))
    return [_breaches(run, duty, "practice") for duty in found]


def _own_promises(run: AssessInput, totals: ControlTotals) -> list[Worst]:
    found = [d for d in totals.duties if d.source != CODE and d.tally.breached]
    found.sort(key=lambda d: (-d.tally.breached, -_latest_days(d, run.as_at), d.duty))
    return [_breaches(run, duty, "promise") for duty in found]


def _binds(run: AssessInput, totals: ControlTotals) -> bool:
    """Whether the code makes a duty that a case can show."""
    return any(duty.source == CODE and duty.document == run.code.id for duty in totals.duties)


def _advice(run: AssessInput, totals: ControlTotals) -> list[Worst]:
    """The recommendations of the code that cases did not keep, which are no breaches."""
    found = [d for d in totals.aims if d.source == CODE and d.document == run.code.id and d.tally.breached]
    found.sort(key=lambda d: (-d.tally.breached, d.duty))
    told = []
    for duty in found:
        missed = [o for o in duty.outcomes if AIMS.get(o.reason) is Result.BREACHED]
        worst = max(missed, key=lambda outcome: _days(outcome, run.as_at))
        provision = worst.provision or ""
        text = (
            f"{capital(duty.duty.removeprefix('recommended: '))} ({run.cite(duty.document, provision)}, a "
            f"recommendation): {duty.tally.breached:,} of "
            f"{count(duty.tally.met + duty.tally.breached, 'decided case')} did not keep to it; {_how(worst)}"
        )
        told.append(Worst("advice", text, provision, worst.case, duty.document, duty.tally.breached))
    return told


def _late_unless(run: AssessInput, totals: ControlTotals) -> list[Worst]:
    """Answers after the deadline that an extension may excuse, of which the log records too little."""
    found = []
    for duty in totals.duties:
        if duty.source != CODE or not duty.tally.cannot_tell:
            continue
        unsure = [outcome for outcome in duty.outcomes if outcome.reason == LATE_UNLESS]
        if unsure:
            provision = unsure[0].provision or ""
            text = (
                f"{capital(duty.duty)} ({run.cite(duty.document, provision)}): "
                f"{count(len(unsure), 'case')} past the deadline, late unless an extension that "
                "holds was notified, of which the log does not say enough."
            )
            found.append(
                (-len(unsure), Worst("late-unless-extended", text, provision, unsure[0].case, cases=len(unsure)))
            )
    return [thing for _, thing in sorted(found, key=lambda pair: pair[0])]


def _breaches(run: AssessInput, duty: DutyPractice, kind: str) -> Worst:
    worst = max(broken(duty), key=lambda outcome: _days(outcome, run.as_at))
    provision = worst.provision or ""
    if kind == "practice":
        rests = f"{run.cite(worst.document, provision)}{'' if worst.verified else ', unverified'}"
    else:
        rests = f"the policy's own {clauses(duty.clauses)}" if duty.clauses else "the policy's own promise"
    decided = duty.tally.met + duty.tally.breached
    text = (
        f"{capital(duty.duty)} ({rests}): {duty.tally.breached:,} of {count(decided, 'decided case')} in breach; "
        f"{_how(worst)}"
    )
    return Worst(kind, text, provision, worst.case, worst.document, duty.tally.breached)


def _how(outcome: Outcome) -> str:
    if outcome.actual is None and outcome.due is not None:
        return f"the worst, case {outcome.case}, was due on {say_date(outcome.due)} and is still not done."
    if outcome.late is not None:
        return f"the worst, case {outcome.case}, was {lateness(outcome.late)}."
    return f"for example case {outcome.case}: {shortened(sentence(outcome.why), 240, 'Findings sheet')}"


def _in_policy(run: AssessInput, rows: Sequence[ProvisionEvidence], *, recommended: bool) -> list[Worst]:
    short = [row for row in rows if row.verdict and row.verdict.judgement is Judgement.BREACHES]
    found = [row for row in short if row.verdict and row.verdict.recommended is recommended]
    order = {Decided.PROVED: 0, Decided.MATCHED: 1}
    found.sort(
        key=lambda row: (
            not row.verified,
            row.verdict is not None and row.verdict.arguable,
            order.get(row.verdict.decided, 2) if row.verdict else 3,
        )
    )
    return [_verdict(run, row, "breaches", "policy") for row in found]


def _partly(run: AssessInput, rows: Sequence[ProvisionEvidence]) -> list[Worst]:
    found = [row for row in rows if row.verdict and row.verdict.judgement is Judgement.PARTLY]
    return [_verdict(run, row, "meets only in part", "partly") for row in found]


def _verdict(run: AssessInput, row: ProvisionEvidence, verb: str, kind: str) -> Worst:
    verdict = row.verdict
    assert verdict is not None
    title = f" “{verdict.title}”" if verdict.title else ""
    where = f"The policy ({clauses(verdict.clauses)})" if verdict.clauses else "The policy"
    hedge = "" if not verdict.arguable else " on one reading"
    unsure = "" if row.verified else " (unverified)"
    why = shortened(sentence(verdict.why), 260, "Provisions sheet")
    if verdict.recommended:
        verb = "departs from" if kind == "policy" else "follows only in part"
    advice = ", a recommendation" if verdict.recommended else ""
    text = f"{where} {verb}{hedge} {run.code.cite(row.provision)}{advice}{unsure}{title}: {why}"
    return Worst(kind, text, row.provision)


def _unknown(totals: ControlTotals) -> list[Worst]:
    if not totals.outcomes.cannot_tell:
        return []
    most = max(totals.duties, key=lambda duty: duty.tally.cannot_tell)
    text = (
        f"{count(totals.outcomes.cannot_tell, 'outcome')} cannot be told because the log does not record what decides "
        f"them, most of all {most.duty} ({count(most.tally.cannot_tell, 'case')})."
    )
    return [Worst("cannot-tell", text)]


def broken(duty: DutyPractice) -> list[Outcome]:
    """The breaches of a duty."""
    return [outcome for outcome in duty.outcomes if outcome.result is Result.BREACHED]


def _verified(duty: DutyPractice) -> bool:
    return all(outcome.verified for outcome in duty.outcomes)


def _latest_days(duty: DutyPractice, as_at: date) -> float:
    return max(_days(outcome, as_at) for outcome in broken(duty))


def _days(outcome: Outcome, as_at: date) -> float:
    """Days late, for ranking: what is not done at all is late to the as-at date."""
    if outcome.actual is None and outcome.due is not None:
        return float((as_at - outcome.due).days)
    return how_late(outcome)
