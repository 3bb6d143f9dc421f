"""The assumption dial: the same log judged under each other way of counting, to see how much hangs on it.

What no source settles (does the day of an event count?) and what a log leaves open (does an empty cell mean not done?)
has been decided somehow before any figure is printed. Here each decision is turned the other way, one at a time, and
whatever would come out otherwise is counted: outcomes, answers of the form, shares.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction

from policylang.auditor.audit import audit
from policylang.auditor.duties import duties
from policylang.auditor.outcome import Outcome
from policylang.auditor.settings import Settings
from policylang.casebook.cases import Case, CaseBook, EntryState
from policylang.casebook.record import facts
from policylang.checker.verdict import Verdict
from policylang.evidence.comply import Answer, ComplyRule
from policylang.evidence.form import Form
from policylang.evidence.join import NOT_GOVERNED, ProvisionEvidence, duties_of, join
from policylang.model.document import Document
from policylang.model.units import Unit


@dataclass(frozen=True, slots=True)
class ShareMoved:
    """The share met of one duty of the code, as judged and under the other assumption."""

    provision: str
    duty: str
    before: Fraction | None
    after: Fraction | None


@dataclass(frozen=True, slots=True)
class Assumption:
    """One decision turned the other way.

    ``judged`` says how the evidence counts, ``instead`` what was tried. ``flips`` counts outcomes that change, from
    what to what; ``cases`` on how many cases any does; ``answers`` are the provisions whose Comply answer changes.
    ``idle`` says why there was nothing to turn, and then nothing was tried.
    """

    name: str
    judged: str
    instead: str
    flips: tuple[tuple[str, str, int], ...] = ()
    cases: int = 0
    answers: tuple[tuple[str, Answer, Answer], ...] = ()
    shares: tuple[ShareMoved, ...] = ()
    idle: str = ""

    @property
    def outcomes(self) -> int:
        """How many outcomes change."""
        return sum(number for _, _, number in self.flips)


@dataclass(frozen=True, slots=True)
class _Dial:
    """What stays the same while one thing is turned."""

    policy: Document
    codes: tuple[Document, ...]
    casebook: CaseBook
    as_at: date
    form: Form
    verdicts: tuple[Verdict, ...]
    rule: ComplyRule
    from_day_one: Sequence[Outcome]

    def outcomes(
        self, *, settings: Settings | None = None, policy: Document | None = None, casebook: CaseBook | None = None
    ) -> Sequence[Outcome]:
        book = casebook or self.casebook
        return list(audit(policy or self.policy, self.codes, book, self.as_at, settings).outcomes)

    def rows(self, outcomes: Sequence[Outcome]) -> tuple[ProvisionEvidence, ...]:
        return join(self.form, self.verdicts, outcomes, self.rule)


def sensitivity(
    policy: Document,
    codes: Sequence[Document],
    casebook: CaseBook,
    as_at: date,
    *,
    form: Form,
    verdicts: Sequence[Verdict],
    rule: ComplyRule,
    base: Sequence[Outcome],
    from_day_one: Sequence[Outcome],
) -> tuple[Assumption, ...]:
    """Each assumption in turn, with everything that changes under it.

    ``base`` are the outcomes as judged and ``from_day_one`` those with the day of an event as day 1, which whoever
    prints the conventions has already.
    """
    dial = _Dial(policy, tuple(codes), casebook, as_at, form, tuple(verdicts), rule, from_day_one)
    found = []
    for turn in (_day_one, _closures, _closed_is_responded, _empty_is_not_done, _bare_days):
        assumption, before, after = turn(dial, base)
        found.append(assumption if after is None else _compared(assumption, dial, before, after))
    return tuple(found)


_Turn = tuple[Assumption, Sequence[Outcome], Sequence[Outcome] | None]


def _day_one(dial: _Dial, base: Sequence[Outcome]) -> _Turn:
    said = Assumption("Day of the event", "the day of an event is day 0", "the day of an event is day 1")
    return said, base, dial.from_day_one


def _closures(dial: _Dial, base: Sequence[Outcome]) -> _Turn:
    said = Assumption(
        "Closure days of the organisation",
        "its closure days do not count on its own clock",
        "its closure days count like any other day",
    )
    if not dial.policy.closures:
        return replace(said, idle="The policy names no closure days."), base, None
    return said, base, dial.outcomes(settings=Settings(organisation_closures=False))


def _closed_is_responded(dial: _Dial, base: Sequence[Outcome]) -> _Turn:
    said = Assumption(
        "Closed, no response on record",
        "a closing date is no response",
        "the case was answered on the day it was closed",
    )
    cases = [_answered_when_closed(case) for case in dial.casebook.cases]
    if all(new is old for new, old in zip(cases, dial.casebook.cases, strict=True)):
        return replace(said, idle="No case has a closing date and no response."), base, None
    return said, base, dial.outcomes(casebook=replace(dial.casebook, cases=cases))


_NOTHING = (EntryState.BLANK, EntryState.NO_COLUMN, EntryState.NOT_DONE)
"""No response is on record; one of which only the month is known, or that cannot be read, is."""


def _answered_when_closed(case: Case) -> Case:
    closed = case.entry("closed")
    escalated = case.entry("escalation_requested").state is EntryState.KNOWN
    name = "stage2_responded" if escalated else "responded"
    if closed.date is None or case.entry(name).state not in _NOTHING:
        return case
    return replace(case, entries={**case.entries, name: closed})


def _empty_is_not_done(dial: _Dial, base: Sequence[Outcome]) -> _Turn:
    said = Assumption(
        "Empty cells",
        "empty means not recorded, except where the mapping says not done",
        "empty, or no column at all, means not done",
    )
    return said, base, dial.outcomes(settings=Settings(not_done=frozenset(facts())))


def _bare_days(dial: _Dial, base: Sequence[Outcome]) -> _Turn:
    said = Assumption("Bare days in the policy", "“days” are working days", "“days” are calendar days")
    bare = any(d.clock is not None and d.clock.within.unit is Unit.DAYS for d in duties(dial.policy))
    if not bare:
        return replace(said, idle="The policy has no deadline in bare days that a case record can show."), base, None
    working = dial.outcomes(policy=replace(dial.policy, bare_days=Unit.WORKING_DAYS))
    return said, working, dial.outcomes(policy=replace(dial.policy, bare_days=Unit.CALENDAR_DAYS))


def _compared(said: Assumption, dial: _Dial, before: Sequence[Outcome], after: Sequence[Outcome]) -> Assumption:
    old, new = _by_duty(before), _by_duty(after)
    turned: Counter[tuple[str, str]] = Counter()
    cases = set()
    for place in dict.fromkeys([*old, *new]):
        pair = old.get(place, "no such duty"), new.get(place, "no such duty")
        if pair[0] != pair[1]:
            turned[pair] += 1
            cases.add(place[:2])
    rows, other = dial.rows(before), dial.rows(after)
    answers = [
        (a.provision, a.comply.answer, b.comply.answer)
        for a, b in zip(rows, other, strict=True)
        if a.comply.answer is not b.comply.answer
    ]
    return replace(
        said,
        flips=tuple((a, b, n) for (a, b), n in sorted(turned.items(), key=lambda item: (-item[1], item[0]))),
        cases=len(cases),
        answers=tuple(answers),
        shares=tuple(_shares(dial, before, after)),
    )


def _by_duty(outcomes: Sequence[Outcome]) -> dict[tuple[str, int, str, str | None, str], str]:
    """What each duty came to on each case. A reference that is used twice is two cases, told apart by their order."""
    seen: Counter[tuple[str, str, str | None, str]] = Counter()
    found = {}
    for o in outcomes:
        key = (o.case, o.document, o.provision, o.duty)
        state = o.reason if o.reason.startswith("aim-") else o.result.value
        found[(o.case, seen[key], o.document, o.provision, o.duty)] = state
        seen[key] += 1
    return found


def _shares(dial: _Dial, before: Sequence[Outcome], after: Sequence[Outcome]) -> Iterator[ShareMoved]:
    def shares(outcomes: Sequence[Outcome]) -> dict[tuple[str, str], Fraction | None]:
        judged = [o for o in outcomes if o.document == dial.form.code and o.reason not in NOT_GOVERNED]
        return {(d.outcomes[0].provision or "", d.duty): d.tally.share_met for d in duties_of(judged) if not d.aim}

    old, new = shares(before), shares(after)
    for place in old:
        if old[place] != new.get(place):
            yield ShareMoved(*place, old[place], new.get(place))
