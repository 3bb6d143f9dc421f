"""What a person says on a provision: read from a small file, merged into the form, and told apart where it is stale.

Evidence comes first. A person completes what is left open, adds where it can be seen and why, and may turn a Yes into a
No; nobody can turn a breach into a Yes. An answer rests on a policy, a log and an edition of the code. Where one of
them has changed since, the answer no longer counts: the row is open again, and the old answer stands beside it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from policylang.evidence.comply import Answer, Comply
from policylang.evidence.join import ProvisionEvidence
from policylang.evidence.run import AssessInput
from policylang.evidence.words import listed, sentence
from policylang.findings.finding import Finding, Place, Severity
from policylang.model.days import say_date

_SHORT = 12
"""How many characters of a SHA-256 stand in the file: enough to tell two versions apart."""


@dataclass(frozen=True, slots=True)
class PersonAnswer:
    """One answer. ``comply`` is ``None`` where only evidence or commentary was added. ``rests_on`` holds what it was
    given for: the policy, the log and the code, by the start of their SHA-256 (the code by its id)."""

    provision: str
    comply: Answer | None
    evidence: str
    commentary: str
    by: str
    on: date | None
    rests_on: tuple[tuple[str, str], ...]
    line: int = 0


def rests_on(run: AssessInput) -> tuple[tuple[str, str], ...]:
    """What an answer given now would rest on."""
    log = "none"
    if run.casebook is not None and run.casebook.digests:
        log = "-".join(digest[:_SHORT] for _, digest in sorted(run.casebook.digests.items()))
    return (("policy", run.policy.digest[:_SHORT]), ("log", log), ("code", run.code.id))


def stale(answer: PersonAnswer, run: AssessInput) -> tuple[str, ...]:
    """What the answer rests on that is no longer the same: ``policy``, ``log``, ``code``; empty where it holds."""
    then = dict(answer.rests_on)
    return tuple(name for name, now in rests_on(run) if then.get(name) != now)


_WORDS = {"policy": "another version of the policy", "log": "another log", "code": "another edition of the Code"}


def with_person(
    rows: Sequence[ProvisionEvidence], answers: Iterable[PersonAnswer], run: AssessInput, file: str
) -> tuple[tuple[ProvisionEvidence, ...], tuple[Finding, ...]]:
    """The rows with what a person said, and a finding for each answer that is stale or goes against the evidence."""
    said = {answer.provision: answer for answer in answers}
    found: list[ProvisionEvidence] = []
    findings: list[Finding] = []
    for row in rows:
        answer = said.get(row.provision)
        if answer is None:
            found.append(row)
            continue
        changed = stale(answer, run)
        if changed:
            why = listed(_WORDS[name] for name in changed)
            findings.append(_finding("person-answer-stale", "PL-E03", answer, file, f"was given for {why}."))
            found.append(replace(row, person=answer, person_stale=why, comply=_asked_again(row.comply, answer, why)))
        elif answer.comply is Answer.YES and row.comply.answer is Answer.NO:
            text = f"is Yes, and the evidence says No: {row.comply.because}"
            findings.append(_finding("person-answer-against-evidence", "PL-E04", answer, file, text))
            found.append(replace(row, person=replace(answer, comply=None)))
        else:
            found.append(replace(row, person=answer, comply=_completed(row.comply, answer)))
    return tuple(found), tuple(findings)


def _asked_again(comply: Comply, answer: PersonAnswer, why: str) -> Comply:
    if comply.answer is not Answer.BLANK:
        return comply
    given = f"{answer.comply.value if answer.comply else 'no Yes or No'}{_when(answer)}"
    asked = f"The earlier answer ({given}) was for {why}. Does it still hold?"
    return replace(comply, questions=(asked, *comply.questions))


def _completed(comply: Comply, answer: PersonAnswer) -> Comply:
    if answer.comply is None:
        return comply
    return Comply(answer.comply, f"Answered by a person{_when(answer)}.")


def _when(answer: PersonAnswer) -> str:
    by = f" by {answer.by}" if answer.by else ""
    return f"{by} on {say_date(answer.on)}" if answer.on else by


def told(answer: PersonAnswer) -> tuple[str, str]:
    """What the person adds to the evidence and to the commentary, as sentences; empty where nothing was said."""
    who = f"({answer.by or 'a person'}{f', {say_date(answer.on)}' if answer.on else ''})"
    evidence = f"{sentence(answer.evidence)} {who}" if answer.evidence else ""
    commentary = f"{sentence(answer.commentary)} {who}" if answer.commentary else ""
    return evidence, commentary


def _finding(rule: str, code: str, answer: PersonAnswer, file: str, text: str) -> Finding:
    return Finding(
        rule,
        code,
        Severity.WARNING,
        f"The answer to {answer.provision} {text}",
        Place(file=file, line=answer.line or None),
        help="Look at it again; if it still holds, put the new “rests-on” from to-complete.yaml into the file.",
    )
