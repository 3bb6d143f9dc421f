"""Rehearsal: the same cases judged under two documents, to see what a draft or another edition would change.

Two versions of a policy, a policy and a code, or two editions of a code. Every case is judged under both, in force or
not; what differs is told duty by duty and case by case. A deadline that moves later keeps a landlord out of a breach
and makes a resident wait: both are said, and neither is called better.
"""

from __future__ import annotations

import statistics
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from policylang.auditor.audit import AuditResult, audit
from policylang.auditor.duty import Duty
from policylang.auditor.outcome import Outcome, Result
from policylang.auditor.settings import Settings
from policylang.casebook.cases import CaseBook
from policylang.evidence.by_case import CaseKey, by_case_row, case_keys
from policylang.model.document import Document

BREACHED, NOT_APPLICABLE = Result.BREACHED.value, Result.NOT_APPLICABLE.value
ARGUABLE = "breached-on-one-reading"
"""A sentence that can be read in several ways is broken on one of them and not on all: no breach that is certain."""
_STRICTEST = (
    BREACHED, ARGUABLE, Result.CANNOT_TELL.value, Result.PENDING.value, Result.MET.value,
    "aim-missed", "aim-unknown", "aim-open", "aim-kept", NOT_APPLICABLE,
)  # fmt: skip
"""What a duty can come to on a case, the strictest first; an aim that was missed is no breach."""

Key = tuple[object, ...]


@dataclass(frozen=True, slots=True)
class Standing:
    """What one duty comes to on one case under one document: one of the five outcomes, :data:`ARGUABLE`, or
    ``aim-kept``, ``aim-missed``, ``aim-open``, ``aim-unknown``. ``due`` is its deadline on that case, if it has one."""

    state: str
    due: date | None
    why: str


@dataclass(frozen=True, slots=True)
class Change:
    """One case on which one duty comes out otherwise, or is due on another day. ``None``: there is no such duty.

    ``key`` tells the case from another of the same reference.
    """

    key: CaseKey
    before: Standing | None
    after: Standing | None

    @property
    def case(self) -> str:
        """The case's reference."""
        return self.key[0]

    @property
    def turn(self) -> tuple[str | None, str | None]:
        """The two states."""
        return (self.before.state if self.before else None, self.after.state if self.after else None)

    @property
    def moved(self) -> int | None:
        """By how many calendar days the deadline moves; later is more than nought. ``None``: it has none to compare."""
        if self.before is None or self.after is None or self.before.due is None or self.after.due is None:
            return None
        return (self.after.due - self.before.due).days


@dataclass(slots=True)
class DutyRehearsed:
    """One duty under both documents. ``before`` and ``after`` are its sentences, empty where a document has none."""

    name: str
    stage: int
    binding: bool
    before: tuple[str, ...]
    after: tuple[str, ...]
    cases: int = 0
    changes: list[Change] = field(default_factory=list)

    @property
    def turns(self) -> dict[tuple[str | None, str | None], int]:
        """How many cases turn from which state to which, the most frequent first; those that stay are left out."""
        counted: dict[tuple[str | None, str | None], int] = {}
        for change in self.changes:
            if change.turn[0] != change.turn[1]:
                counted[change.turn] = counted.get(change.turn, 0) + 1
        return dict(sorted(counted.items(), key=lambda item: (-item[1], str(item[0]))))

    @property
    def newly_breached(self) -> list[Change]:
        """The cases that break this duty under the second document and did not under the first."""
        return [c for c in self.changes if c.turn[1] == BREACHED != c.turn[0]]

    @property
    def newly_arguable(self) -> list[Change]:
        """The cases that break it on one reading of the second document, and on none of the first."""
        return [c for c in self.changes if c.turn[1] == ARGUABLE and c.turn[0] not in (ARGUABLE, BREACHED)]

    @property
    def no_longer_breached(self) -> list[Change]:
        """The cases that broke this duty under the first document and on no reading do under the second."""
        return [c for c in self.changes if c.turn[0] == BREACHED and c.turn[1] not in (ARGUABLE, BREACHED)]

    @property
    def moves(self) -> tuple[int, ...]:
        """By how many calendar days each deadline that moves does so, in rising order."""
        return tuple(sorted(days for change in self.changes if (days := change.moved)))

    @property
    def typical_move(self) -> float | None:
        """The median of :attr:`moves`."""
        return statistics.median(self.moves) if self.moves else None


@dataclass(frozen=True, slots=True)
class Rehearsal:
    """Every duty of either document, in the order of the first and then of the second; and the two audits."""

    duties: tuple[DutyRehearsed, ...]
    before: AuditResult
    after: AuditResult
    cases: int

    @property
    def changed_cases(self) -> int:
        """On how many cases anything at all differs."""
        return len({change.key for duty in self.duties for change in duty.changes})


def rehearse(
    before: Document,
    after: Document,
    casebook: CaseBook,
    as_at: date,
    settings: Settings | None = None,
    *,
    progress: Callable[[int], None] | None = None,
) -> Rehearsal:
    """Judge every case under ``before`` and under ``after``, whatever their dates, and put the outcomes side by side.

    Duties are matched by what they ask for (the deed, the stage, the words a letter must have), not by their clause.
    Where a document says one thing twice the stricter outcome of the two stands for it. Where a sentence can be read in
    several ways, a breach is one only if it is one on every reading, and otherwise :data:`ARGUABLE`.
    ``progress`` is called with 1 after each case of each audit.
    """
    rules = replace(settings or Settings(), any_date=True)
    first = audit(before, [], casebook, as_at, rules, progress=progress)
    second = audit(after, [], casebook, as_at, rules, progress=progress)
    old, new = _by_duty(first), _by_duty(second)
    cases = case_keys(casebook.cases)
    found = []
    for key in dict.fromkeys([*old, *new]):
        a, b = old.get(key), new.get(key)
        one = a or b
        assert one is not None
        duty = DutyRehearsed(
            name=one.name,
            stage=one.stage,
            binding=any(side.binding for side in (a, b) if side),
            before=tuple(a.texts) if a else (),
            after=tuple(b.texts) if b else (),
        )
        _compare(duty, a.cases if a else {}, b.cases if b else {}, cases)
        found.append(duty)
    return Rehearsal(tuple(found), first, second, len(casebook.cases))


def _compare(
    duty: DutyRehearsed, before: Mapping[CaseKey, Standing], after: Mapping[CaseKey, Standing], cases: Iterable[CaseKey]
) -> None:
    for case in cases:
        old, new = before.get(case), after.get(case)
        arises = [side for side in (old, new) if side and side.state != NOT_APPLICABLE]
        if not arises:
            continue
        duty.cases += 1
        change = Change(case, old, new)
        if change.turn[0] != change.turn[1] or change.moved:
            duty.changes.append(change)


@dataclass(slots=True)
class _Side:
    name: str
    stage: int
    binding: bool
    texts: dict[str, None]
    cases: dict[CaseKey, Standing]


def _by_duty(result: AuditResult) -> dict[Key, _Side]:
    sides: dict[Key, _Side] = {}
    for case, outcomes in by_case_row(result.outcomes).items():
        told: dict[Key, dict[tuple[str, str], dict[str, list[Standing]]]] = {}
        for outcome in outcomes:
            duty = result.duties[outcome.document, outcome.provision, outcome.duty]
            _add(sides, duty)
            # The readings of one sentence, or of the whole document, are ways to read it; two sentences both hold.
            group = ("", "") if duty.of_reading else (duty.provision or "", duty.text)
            told.setdefault(key(duty), {}).setdefault(group, {}).setdefault(duty.of_reading or duty.reading, []).append(
                _standing(outcome)
            )
        for one, groups in told.items():
            sides[one].cases[case] = _strictest(_of_readings(readings) for readings in groups.values())
    return sides


def _add(sides: dict[Key, _Side], duty: Duty) -> None:
    side = sides.setdefault(key(duty), _Side(plain_name(duty), duty.stage, duty.binding, {}, {}))
    cited = f"{duty.provision}: " if duty.provision else ""
    weaker = "" if duty.binding else " (a recommendation)" if duty.source == "code" else " (an aim)"
    side.texts[f"{cited}{duty.text}{weaker}"] = None
    side.binding = side.binding or duty.binding


def _standing(outcome: Outcome) -> Standing:
    state = outcome.reason if outcome.reason in _STRICTEST else outcome.result.value
    return Standing(state, outcome.due, outcome.why)


def _of_readings(readings: Mapping[str, Sequence[Standing]]) -> Standing:
    """What a sentence comes to over all its readings, each with what it says."""
    each = [_strictest(standings) for standings in readings.values()]
    strictest = _strictest(each)
    if strictest.state == BREACHED and any(one.state != BREACHED for one in each):
        return replace(strictest, state=ARGUABLE)
    if strictest.state == BREACHED and len(each) > 1:
        return replace(strictest, why=f"{strictest.why} It is breached on every other reading too.")
    return strictest


def _strictest(standings: Iterable[Standing]) -> Standing:
    """The strictest of several, all of which hold."""
    return min(standings, key=lambda s: (_STRICTEST.index(s.state), s.due or date.max))


def key(duty: Duty) -> Key:
    """What two sentences of two documents have to share to be about one duty."""
    return (duty.kind, duty.stage, duty.action, duty.event, duty.facts, duty.wanted)


def plain_name(duty: Duty) -> str:
    """The duty's name without what only tells it from its neighbours (its time, its reading, its clause)."""
    return duty.name.partition(" (")[0].removeprefix("aim: ").removeprefix("recommended: ")
