"""Form 2, deadlines: proved or refuted over dates (docs: checking, "Deadlines are proved")."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import cached_property
from itertools import product

from policylang.checker.answer import Answer, Mark, also, unique
from policylang.checker.clocks import Clock, chain, clock, event_of, moment
from policylang.checker.content import not_said
from policylang.checker.cover import DEFAULT_OBJECTS, candidates_for, holds_word
from policylang.checker.demand import Demand
from policylang.checker.logic import both, condition_words, negate, possible
from policylang.checker.plain import clauses_of, force_words, label, quote, say_date, sentence
from policylang.checker.repair import Repair, add, by_hand, retimed, sentence_of, shortened
from policylang.checker.sayings import OBJECTS, Saying
from policylang.checker.structure import last_stage
from policylang.checker.telling import Telling, binding
from policylang.checker.timelines import RECEIPT, Bound, Moment, Order, Proof, Question, Refutation, TooShort, decide
from policylang.checker.view import PREVAILS, View
from policylang.model.conditions import Condition
from policylang.model.norms import Kind, Norm

EIGHT_DAYS = timedelta(days=8)
CONTENTS = ("giving", "via", "to", "in_", "about", "including", "for_", "with_", "by", "not_same_person")
"""Qualifiers that say what, how and to whom, not when: other parts of the demand judge them."""
_LIMIT_FIRST = by_hand(
    "No time at stage 1 would do as long as the days before stage 1 count and nothing limits them. Say in how many "
    "days the step before stage 1 must end, or take that step out."
)
MOST = 7
"""Cases are tried for so many conditions at most, which is 128 of them; those of the shipped policies hang on two."""


class TooManyCases(ValueError):
    """More conditions than :data:`MOST` on the sentences that a deadline hangs on."""


def deadline(view: View, demand: Demand, stage: int | None) -> Answer:
    """Whether the policy has the thing done in the time that the demand sets."""
    ended = ended_before(view, stage)
    if ended is not None:
        why = f"{not_said(demand.norm)} There is no stage {stage}: {quote(ended)}."
        return Answer(Mark.MISSING, why, (ended,), repairs=(add(sentence_of(demand.norm, without=CONTENTS)),))
    try:
        return _Deadline(view, demand, stage).answer()
    except TooShort:
        why = f"The calendar is too short to decide “{sentence(demand.norm)}” over dates: a reader has to."
        return Answer(Mark.PART, why, repairs=(add(sentence_of(demand.norm, without=CONTENTS)),))
    except TooManyCases as fault:
        why = f"“{sentence(demand.norm)}” hangs on {fault}, too many to try them all: a reader has to decide."
        return Answer(Mark.PART, why, repairs=(add(sentence_of(demand.norm, without=CONTENTS)),))


def ended_before(view: View, stage: int | None) -> Norm | None:
    """The sentence by which the process ends before this stage, where it does: what the policy says of no stage in
    particular then says nothing of this one."""
    if stage is None or not view.policy.stages or stage <= view.policy.stages[-1]:
        return None
    spoken_of = any(s.stage == stage for sayings in view.policy.by_action.values() for s in sayings)
    return None if spoken_of else last_stage(view)


def relevant(view: View, demand: Demand, stage: int | None) -> list[Saying]:
    """The policy's sentences that promise the action on the same thing."""
    form = demand.own
    asked = form.slots[OBJECTS].words if OBJECTS in form.slots else ()
    found = []
    for said in candidates_for(view, form, stage):
        have = said.slots[OBJECTS].words if OBJECTS in said.slots else ()
        on_it = all(holds_word(view, said, OBJECTS, word) for word in asked) if asked else set(have) <= DEFAULT_OBJECTS
        if (
            on_it
            and said.action == said.norm.action
            and said.promises
            and said.norm.kind is not Kind.PERMISSION
            and not said.foreign
        ):
            found.append(said)
    return found


@dataclass(frozen=True, slots=True)
class _Case:
    """The deadlines that hold in one case of the conditions, and what the dates say of them."""

    clocks: tuple[Clock, ...]
    truths: Mapping[Condition, bool]
    outcome: Proof | Refutation | None

    @property
    def held(self) -> frozenset[Condition]:
        """The conditions that hold in this case."""
        return frozenset(guard for guard, true in self.truths.items() if true)


class _Deadline:
    def __init__(self, view: View, demand: Demand, stage: int | None) -> None:
        self.view, self.demand = view, demand
        self.untried = 0  # conditions, where they are too many to try every case of them
        self.at = stage if stage is not None else 1
        assert demand.norm.within is not None
        self.within = demand.norm.within.duration
        start = moment(demand.norm.within.start.word, demand.norm.within.start.stage, self.at)
        # The code's clock starts at the first expression of dissatisfaction, whatever the policy calls it.
        if start == Moment(RECEIPT, 1) and view.policy.informal:
            start = Moment(RECEIPT, 0)
        self.start = start
        self.event = Moment(event_of(view, demand.norm.action), self.at)
        self.said = relevant(view, demand, stage)
        self.telling = Telling(view, demand, self.at, self.event, self.start, self.within)

    # -- the answer, in the order of how firmly the policy speaks

    def answer(self) -> Answer:
        timed = [c for said in self.said if (c := clock(self.view, said, self.event.word, self.at)) is not None]
        firm = [c for c in timed if c.saying.binds or (self.demand.soft and c.saying.promises)]
        weak = [c for c in timed if c not in firm]
        if firm:
            # What the body only aims at is no promise because a checklist asks after it without the hedge.
            lower = [c for c in firm if c.saying.norm.standing is not None]
            aims = [c for c in weak if c.saying.norm.standing is None]
            if aims and len(lower) == len(firm) and self.body_prevails(lower):
                return self.aimed(aims)
            return self.firm(self.prevailing(firm))
        borrowed = [s for s in self.said if s.norm.borrowed in ("code", "code times") and not s.foreign]
        if borrowed:
            return self.borrowed(borrowed)
        if weak:
            return self.aimed(weak)
        if self.said:
            return self.untimed()
        return Answer(
            Mark.MISSING,
            not_said(self.demand.norm),
            repairs=(self.added(),),
        )

    def prevailing(self, clocks: list[Clock]) -> list[Clock]:
        """Of a checklist (or other text of lower standing) and a body with other figures, those that prevail."""
        lower = [c for c in clocks if c.saying.norm.standing is not None]
        body = [c for c in clocks if c.saying.norm.standing is None]
        if not lower or not body or {c.bound for c in lower} == {c.bound for c in body}:
            return clocks
        return body if self.body_prevails(lower) else lower

    def body_prevails(self, lower: list[Clock]) -> bool:
        """Of two that say otherwise, whether it is the body rather than the checklist (or the like): read both ways."""
        standing = lower[0].saying.norm.standing
        kind = label(standing.kind) if standing is not None else ""
        options = ("the body of the document prevails", f"the {kind} prevails")
        return self.view.choices.choose(PREVAILS, options) == options[0]

    def firm(self, clocks: Sequence[Clock]) -> Answer:
        cases = list(self.cases(clocks, aims=False))
        refuted = [case for case in cases if isinstance(case.outcome, Refutation)]
        gaps = [case for case in cases if case.outcome is None]
        if refuted:
            return self.refuted(refuted, cases, always=bool(gaps))
        if self.untried:
            raise TooManyCases(f"{self.untried} conditions")
        norms = unique(c.saying.norm for c in clocks)
        if gaps:
            condition = self.shown(gaps, cases)
            gap = condition_words(condition, label) if condition is not None else "always"
            said = "; ".join(quote(n) for n in norms)
            why = f"The time is given only for some cases: {said}. No time is given when {gap}."
            repairs = tuple(self.retimed(n, always=True) for n in norms)
            return Answer(Mark.PART, why, norms, repairs=repairs)
        return self.proved(cases)

    def aimed(self, clocks: Sequence[Clock]) -> Answer:
        cases = list(self.cases(clocks, aims=True))
        refuted = [case for case in cases if isinstance(case.outcome, Refutation)]
        said = clocks[0].saying.norm
        if refuted:
            return also(self.refuted(refuted, cases, always=True, aims=True), f"It is {force_words(said)} besides.")
        if self.untried:
            raise TooManyCases(f"{self.untried} conditions")
        why = f"The time would do, but it is {force_words(said)}, not a promise: {quote(said)}."
        proofs = [case.outcome for case in cases if isinstance(case.outcome, Proof)]
        proof = (max(p.first for p in proofs), min(p.last for p in proofs)) if proofs else None
        if proof is not None:
            why += f" Checked for every start from {say_date(proof[0])} to {say_date(proof[1])}."
        norms = unique(c.saying.norm for c in clocks)
        repairs = (self.retimed(said, always=True),)
        return Answer(Mark.PART, why, norms, proved=True, repairs=repairs, proof=proof)

    def borrowed(self, said: Sequence[Saying]) -> Answer:
        """The time is the code's own; whether it is promised, and always, is still a question."""
        firm = [s for s in said if s.binds or (self.demand.soft and s.promises)]
        always = [s for s in firm if s.guard is None]
        norms = unique(s.norm for s in always or firm or said)
        why = f"The policy takes the Code's own time: {quote(norms[0])}."
        if always:
            return Answer(Mark.MET, why, norms)
        repairs = (self.retimed(norms[0], always=True),)
        if firm:
            return Answer(Mark.PART, f"{why} It does so only for some cases.", norms, repairs=repairs)
        return Answer(Mark.PART, f"{why} But it is {force_words(norms[0])}, not a promise.", norms, repairs=repairs)

    def untimed(self) -> Answer:
        norms = unique(s.norm for s in self.said)
        said = norms[0]
        if said.borrowed is not None:
            why = f"The time is said to stand elsewhere ({said.borrowed}), not here: {quote(said)}."
        elif said.prompt is not None:
            why = f"“{said.prompt}” is not a time that can be counted: {quote(said)}."
        elif said.within is not None:
            why = f"The time is left open (“{said.within.duration}”): {quote(said)}."
        else:
            why = f"The policy says it will, but not within what time: {quote(said)}."
        why = f"{why} The Code asks for {self.telling.asked()}."
        return Answer(Mark.PART, why, norms[:3], repairs=(self.retimed(said, always=True),))

    # -- dates

    def cases(self, clocks: Sequence[Clock], *, aims: bool) -> Iterator[_Case]:
        """Every way in which the conditions of the sentences can hold together with the demand's own: of the deadlines
        themselves, and of whatever bounds the events that their clocks start at."""
        fixed = frozenset((self.start, self.event))
        starts = [c.bound.start for c in clocks]
        # A start that nothing dates may come with the beginning of its stage, which then counts too (see ``ordered``).
        starts += [Moment(RECEIPT, m.stage) for m in starts if m.stage > self.start.stage]
        links, _ = chain(self.view, starts, fixed, aims=aims, held=None)
        guards = list(dict.fromkeys(c.saying.guard for c in (*clocks, *links) if c.saying.guard is not None))
        ways: Iterable[tuple[bool, ...]] = product((True, False), repeat=len(guards))
        if len(guards) > MOST:
            # One case is enough to refute; that none of a few refutes is no proof.
            self.untried = len(guards)
            ways = [tuple(guard is one for guard in guards) for one in (*guards, None)]
        for values in ways:
            truths = dict(zip(guards, values, strict=True))
            held = [guard if true else negate(guard) for guard, true in truths.items()]
            if not possible(both(self.demand.guard, *held), self.view.atom_implies):
                continue
            active = tuple(c for c in clocks if c.saying.guard is None or truths[c.saying.guard])
            case = _Case(active, truths, None)
            yield replace(case, outcome=decide(self.question(active, case.held, aims=aims))) if active else case

    def shown(self, found: Sequence[_Case], cases: Sequence[_Case]) -> Condition | None:
        """When the first of the cases ``found`` arises: its conditions without those that make no difference."""
        told = dict(found[0].truths)
        if self.untried:
            return both(*(guard if true else negate(guard) for guard, true in told.items()))
        for guard in found[0].truths:
            rest = {other: true for other, true in told.items() if other != guard}
            alike = [c for c in cases if all(c.truths[other] is true for other, true in rest.items())]
            if all(any(c is one for one in found) for c in alike):
                told = rest
        return both(*(guard if true else negate(guard) for guard, true in told.items()))

    def question(self, clocks: Sequence[Clock], held: frozenset[Condition], *, aims: bool) -> Question:
        fixed = frozenset((self.start, self.event))
        todo = [c.bound.start for c in clocks]
        orders: list[Order] = []
        asked: set[Moment] = set()
        while True:
            links, found = chain(self.view, todo, fixed, aims=aims, held=held)
            bounded = {link.bound.event for link in links} | {o.earlier for o in (*found, *orders)}
            direct = [c.bound.start for c in clocks]
            open_ = [m for m in (*direct, *(c.bound.start for c in links)) if self.is_open(m, bounded, direct)]
            more = [o for m in dict.fromkeys(open_) if m not in asked for o in self.ordered(m)]
            asked |= set(open_)
            orders += more
            if not more:
                break
            todo += [o.later for o in more]
        bounds = tuple(dict.fromkeys(c.bound for c in (*clocks, *links)))
        since = self.demand.code.in_force[0] if self.demand.code.in_force else None
        in_force = self.view.document.in_force
        prefer = max((day for day in (since, in_force[0] if in_force else None) if day is not None), default=None)
        if prefer is not None and self.at > 1:
            prefer += EIGHT_DAYS  # so that the complaint, a week before, falls in the same time
        return Question(
            self.event, self.start, self.within, bounds, tuple(dict.fromkeys((*found, *orders))),
            self.view.policy.calendar, self.demand.calendar, since, prefer,
        )  # fmt: skip

    def is_open(self, start: Moment, bounded: set[Moment], direct: Sequence[Moment]) -> bool:
        """Whether the text leaves it open how the start of a clock lies to the code's own start."""
        if start in (self.start, self.event) or start.word == RECEIPT or start.stage < max(self.start.stage, 1):
            return False
        # A log entry is commonly made before the acknowledgement goes out, but no text read says so.
        logged_apart = start.word == "logging" and self.start.word == "acknowledgement" and start in direct
        return start not in bounded or logged_apart

    def ordered(self, start: Moment) -> list[Order]:
        """Whether a start that nothing dates comes no later than the code's start: the text leaves it open.

        Nothing of a stage comes before the stage: against a code's start that lies before it, what is open is whether
        it comes with the beginning of its own stage.
        """
        against = Moment(RECEIPT, start.stage) if start.stage > self.start.stage else self.start
        first, then = self.telling.name(start), self.telling.name(against)
        options = (f"{first} is never later than {then}", f"{first} can be later than {then}")
        taken = self.view.choices.choose(f"order: {first}", options)
        return [Order(start, against)] if taken == options[0] else []

    # -- answers from dates

    def proved(self, cases: Sequence[_Case]) -> Answer:
        proofs = [case.outcome for case in cases if isinstance(case.outcome, Proof)]
        first, last = max(p.first for p in proofs), min(p.last for p in proofs)
        clocks = [c for case in cases for c in case.clocks]
        norms = unique(c.saying.norm for c in clocks)
        # The clock that would do by itself is the one to compare; where none would, they do together.
        held = cases[0].held
        alone = (c for c in clocks if isinstance(decide(self.question([c], held, aims=self.demand.soft)), Proof))
        best = next(alone, clocks[0])
        fixed = frozenset((self.start, self.event))
        links = [chain(self.view, [best.bound.start], fixed, aims=False, held=case.held)[0] for case in cases]
        chained = unique(link.saying.norm for some in links for link in some)
        why = f"{'; '.join(quote(n) for n in norms[:3])}. {self.telling.compared(best, chained)}"
        why += f" Checked for every start from {say_date(first)} to {say_date(last)}."
        clauses = (
            clauses_of(chained) if best.bound.start.word != RECEIPT or best.bound.start.stage > self.start.stage else ()
        )
        why = self.telling.as_declared(why, norms)
        return Answer(Mark.MET, why, norms, proved=True, proof=(first, last), clauses=clauses)

    def refuted(self, refuted: Sequence[_Case], cases: Sequence[_Case], *, always: bool, aims: bool = False) -> Answer:
        """The first case in which the demand can be broken, with what would mend all of them."""
        case, found = refuted[0], refuted[0].outcome
        assert isinstance(found, Refutation)
        used = binding(case.clocks, found)
        story = None
        if self.demand.obliges:
            story = self.telling.story(self.question(case.clocks, case.held, aims=aims), found, used)
        # A sentence that holds in all of these cases is enough to change; else each that admits one of them.
        common = [c.saying.norm for c in case.clocks if all(c in other.clocks for other in refuted)]
        wanted = [n for n in used if any(n is c for c in common)][:1] or common[:1]
        if not wanted:
            admit = [(other.clocks, other.outcome) for other in refuted]
            wanted = [
                n for clocks, outcome in admit if isinstance(outcome, Refutation) for n in binding(clocks, outcome)
            ]
        repairs = tuple(self.retimed(n, always=always) for n in unique(wanted))
        why = self.telling.refuted(found, used, self.shown(refuted, cases))
        return Answer(Mark.CONTRADICTED, why, used, proved=True, repairs=repairs, story=story)

    # -- repairs

    def added(self) -> Repair:
        wanted = self.wanted
        return wanted if isinstance(wanted, Repair) else add(sentence_of(wanted, without=CONTENTS))

    def retimed(self, said: Norm, *, always: bool) -> Repair:
        wanted = self.wanted
        return wanted if isinstance(wanted, Repair) else retimed(said, wanted, always=always)

    @cached_property
    def wanted(self) -> Norm | Repair:
        """The demand as a sentence of the policy can meet it: where days before stage 1 count, less what they can take.

        Where no time would do, what has to be done first: days before stage 1 without a limit, or another calendar.
        """
        other = self.view.policy.calendar.digest != self.demand.calendar.digest
        if self.within.n is None or (self.start != Moment(RECEIPT, 0) and not other):
            return self.demand.norm
        start = Moment(RECEIPT, self.at) if self.start == Moment(RECEIPT, 0) else self.start
        for n in range(self.within.n, 0, -1):
            bound = Bound(self.event, start, replace(self.within, n=n))
            if isinstance(decide(self.question([Clock(bound, self.demand.own)], frozenset(), aims=False)), Proof):
                return self.demand.norm if n == self.within.n else shortened(self.demand.norm, n)
        return _other_calendar(self.demand.calendar.id) if other else _LIMIT_FIRST


def _other_calendar(id: str) -> Repair:
    return by_hand(
        "No time would do as long as the policy counts its days by another calendar than the Code, or leaves out "
        f"closure days of its own. The Code's is written: calendar {id}."
    )
