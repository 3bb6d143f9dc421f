"""A sample of cases for a reader: seeded, stratified, documented, with the questions that no log answers.

A complaints log has dates. Whether a letter said what it had to say, only a reader of the letter can tell; nobody
reads them all. So cases are drawn: every stratum has a chance in proportion to its size, what is drawn depends on the
seed and the case's reference alone (never on the order of the rows), and whoever has the log can repeat the draw.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from policylang.auditor.audit import AuditResult
from policylang.auditor.duty import ROOTS, Duty
from policylang.auditor.outcome import Outcome, Result
from policylang.casebook.cases import Case, CaseBook, EntryState
from policylang.casebook.record import facts
from policylang.evidence.by_case import outcomes_by_case
from policylang.evidence.join import NOT_GOVERNED

BREACH, OPEN, SOUND = "a breach is on record", "something cannot be told", "nothing amiss is on record"


@dataclass(frozen=True, slots=True)
class Stratum:
    """Cases that are alike in what matters: how many there are and how many were drawn."""

    name: str
    population: int
    drawn: int


@dataclass(frozen=True, slots=True)
class Question:
    """What a reader is asked of a letter or a file: a flag or a name of the case record, and who wants to know."""

    fact: str
    label: str
    asked_by: tuple[str, ...]

    @property
    def yes_or_no(self) -> bool:
        """Whether the answer is yes or no; otherwise it is a name or initials."""
        return facts()[self.fact].kind == "flag"


@dataclass(frozen=True, slots=True)
class SampledCase:
    """One case drawn, in which stratum, with the facts to be asked of it."""

    case: Case
    stratum: str
    asked: frozenset[str]


@dataclass(frozen=True, slots=True)
class Sample:
    """What was drawn from what, and how. ``cases`` stand in the order of the log."""

    seed: int
    asked_for: int
    population: int
    by: str
    as_at: date
    strata: tuple[Stratum, ...]
    cases: tuple[SampledCase, ...]
    questions: tuple[Question, ...]
    documents: tuple[str, ...]


def draw(result: AuditResult, casebook: CaseBook, size: int, seed: int, by: str = "") -> Sample:
    """Draw ``size`` cases (all of them, if there are fewer). ``by`` names an attribute to stratify by as well.

    Strata are: what the audit found (a breach, something that cannot be told, neither) × the last stage reached × the
    attribute. Each stratum that has cases gives at least one while the size allows; the rest goes by largest
    remainder. Raises ``ValueError`` for a size below 1 or an attribute that the case record does not have.
    """
    if size < 1:
        raise ValueError("A sample has at least one case.")
    if by and (by not in facts() or facts()[by].kind != "attribute"):
        raise ValueError(f"A case record has no attribute called “{by}”.")
    outcomes = outcomes_by_case(result.outcomes, casebook.cases)
    members: defaultdict[str, list[int]] = defaultdict(list)
    for index, case in enumerate(casebook.cases):
        members[_stratum(case, outcomes[index], by)].append(index)
    names = sorted(members)
    shares = allocate([len(members[name]) for name in names], min(size, len(casebook.cases)))
    drawn: dict[int, str] = {}
    for name, number in zip(names, shares, strict=True):
        ranked = sorted(members[name], key=lambda index: (_lot(seed, casebook.cases[index]), index))
        drawn.update(dict.fromkeys(ranked[:number], name))
    sampled, wanted = [], dict[str, dict[str, None]]()
    for index in sorted(drawn):
        case = casebook.cases[index]
        asked = dict(_open_questions(case, outcomes[index], result.duties))
        for fact, who in asked.items():
            wanted.setdefault(fact, {}).update(who)
        sampled.append(SampledCase(case, drawn[index], frozenset(asked)))
    questions = [Question(f, facts()[f].label, tuple(wanted[f])) for f in facts() if f in wanted]
    return Sample(
        seed,
        size,
        len(casebook.cases),
        by,
        result.as_at,
        tuple(Stratum(name, len(members[name]), n) for name, n in zip(names, shares, strict=True)),
        tuple(sampled),
        tuple(questions),
        tuple(result.documents),
    )


def allocate(sizes: Sequence[int], size: int) -> list[int]:
    """How many to draw from each stratum: one each while that is possible, then in proportion, never more than it has.

    Largest remainder, ties to the earlier stratum; where there are more strata than cases to draw, the largest come
    first. The numbers add up to ``size``. Raises ``ValueError`` if the strata together have fewer.
    """
    whole = sum(sizes)
    if size > whole:
        raise ValueError("No more can be drawn than there is.")
    order = sorted(range(len(sizes)), key=lambda i: (-sizes[i], i))
    given = [0] * len(sizes)
    for i in order[:size]:
        given[i] = 1 if sizes[i] else 0
    left = size - sum(given)
    spare = sum(sizes) - sum(given)
    if left <= 0 or not spare:
        return given
    exact = [(n - g) * left for n, g in zip(sizes, given, strict=True)]
    given = [g + share // spare for g, share in zip(given, exact, strict=True)]
    rest = size - sum(given)
    for i in sorted(range(len(sizes)), key=lambda i: (-(exact[i] % spare), i))[:rest]:
        given[i] += 1
    return given


def _lot(seed: int, case: Case) -> str:
    return hashlib.sha256(f"{seed}\0{case.reference}".encode("utf-8", "surrogatepass")).hexdigest()


def _stratum(case: Case, outcomes: Sequence[Outcome], by: str) -> str:
    results = {o.result for o in outcomes if o.reason not in NOT_GOVERNED}
    word = BREACH if Result.BREACHED in results else OPEN if Result.CANNOT_TELL in results else SOUND
    stage = "stage 2" if case.day(ROOTS[2]) is not None else "stage 1"
    parts = [stage, word]
    if by:
        entry = case.entry(by)
        parts.insert(0, str(entry.value) if entry.state is EntryState.KNOWN else f"{facts()[by].label}: not recorded")
    return ", ".join(parts)


def _open_questions(
    case: Case, outcomes: Sequence[Outcome], duties: Mapping[tuple[str, str | None, str], Duty]
) -> Iterator[tuple[str, dict[str, None]]]:
    """The facts that a reader could settle: those that an undecided duty looks at and the log does not have."""
    wanted: dict[str, dict[str, None]] = {}
    for outcome in outcomes:
        if outcome.result is not Result.CANNOT_TELL and outcome.reason != "aim-unknown":
            continue
        duty = duties[outcome.document, outcome.provision, outcome.duty]
        who = outcome.provision or ", ".join(outcome.clauses)
        for name in duty.facts:
            if name in facts() and case.entry(name).state is not EntryState.KNOWN:
                wanted.setdefault(name, {})[f"{outcome.document} {who}".strip()] = None
    yield from wanted.items()
