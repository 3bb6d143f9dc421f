"""Form 2, deadlines: proved or refuted over dates (docs: checking, "Deadlines are proved")."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from itertools import product

from policylang.checker.answer import Answer, Mark, also, unique
from policylang.checker.clocks import Clock, chain, clock, event_of, moment
from policylang.checker.content import not_said
from policylang.checker.cover import DEFAULT_OBJECTS, candidates_for, holds_word
from policylang.checker.demand import Demand
from policylang.checker.logic import both, condition_words, negate, possible
from policylang.checker.plain import force_words, label, quote, say_date, sentence
from policylang.checker.repair import add, retimed, sentence_of
from policylang.checker.sayings import OBJECTS, Saying
from policylang.checker.telling import Telling, binding
from policylang.checker.timelines import RECEIPT, Moment, Order, Proof, Question, Refutation, TooShort, decide
from policylang.checker.view import PREVAILS, View
from policylang.model.conditions import Condition
from policylang.model.norms import Kind

EIGHT_DAYS = timedelta(days=8)
CONTENTS = ("giving", "via", "to", "in_", "about", "including", "for_", "with_", "by", "not_same_person")
"""Qualifiers that say what, how and to whom, not when: other parts of the demand judge them."""


def deadline(view: View, demand: Demand, stage: int | None) -> Answer:
    """Whether the policy has the thing done in the time that the demand sets."""
    try:
        return _Deadline(view, demand, stage).answer()
    except TooShort:
        why = f"The calendar is too short to decide “{sentence(demand.norm)}” over dates: a reader has to."
        return Answer(Mark.PART, why, repairs=(add(sentence_of(demand.norm, without=CONTENTS)),))


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
    condition: Condition | None
    outcome: Proof | Refutation | None


class _Deadline:
    def __init__(self, view: View, demand: Demand, stage: int | None) -> None:
        self.view, self.demand = view, demand
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
            return self.firm(self.prevailing(firm))
        borrowed = [s for s in self.said if s.norm.borrowed == "code"]
        if borrowed:
            norms = unique(s.norm for s in borrowed)
            return Answer(Mark.MET, f"The policy takes the Code's own time: {quote(norms[0])}.", norms)
        if weak:
            return self.aimed(weak)
        if self.said:
            return self.untimed()
        return Answer(
            Mark.MISSING,
            not_said(self.demand.norm),
            repairs=(add(self.repair()),),
        )

    def prevailing(self, clocks: list[Clock]) -> list[Clock]:
        """Of a checklist (or other text of lower standing) and a body with other figures, those that prevail."""
        lower = [c for c in clocks if c.saying.norm.standing is not None]
        body = [c for c in clocks if c.saying.norm.standing is None]
        if not lower or not body or {c.bound for c in lower} == {c.bound for c in body}:
            return clocks
        standing = lower[0].saying.norm.standing
        kind = label(standing.kind) if standing is not None else ""
        options = ("the body of the document prevails", f"the {kind} prevails")
        return body if self.view.choices.choose(PREVAILS, options) == options[0] else lower

    def firm(self, clocks: Sequence[Clock]) -> Answer:
        cases = list(self.cases(clocks, aims=False))
        refuted = [case for case in cases if isinstance(case.outcome, Refutation)]
        gaps = [case for case in cases if case.outcome is None]
        if refuted:
            return self.refuted(refuted, always=bool(gaps))
        norms = unique(c.saying.norm for c in clocks)
        if gaps:
            gap = condition_words(gaps[0].condition, label) if gaps[0].condition is not None else "always"
            said = "; ".join(quote(n) for n in norms)
            why = f"The time is given only for some cases: {said}. No time is given when {gap}."
            repairs = tuple(retimed(n, self.demand.norm, always=True) for n in norms)
            return Answer(Mark.PART, why, norms, repairs=repairs)
        return self.proved(cases)

    def aimed(self, clocks: Sequence[Clock]) -> Answer:
        cases = list(self.cases(clocks, aims=True))
        refuted = [case for case in cases if isinstance(case.outcome, Refutation)]
        said = clocks[0].saying.norm
        if refuted:
            return also(self.refuted(refuted, always=True, aims=True), f"It is {force_words(said)} besides.")
        why = f"The time would do, but it is {force_words(said)}, not a promise: {quote(said)}."
        proofs = [case.outcome for case in cases if isinstance(case.outcome, Proof)]
        proof = (max(p.first for p in proofs), min(p.last for p in proofs)) if proofs else None
        norms = unique(c.saying.norm for c in clocks)
        repairs = (retimed(said, self.demand.norm, always=True),)
        return Answer(Mark.PART, why, norms, proved=True, repairs=repairs, proof=proof)

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
        return Answer(Mark.PART, why, norms[:3], repairs=(retimed(said, self.demand.norm, always=True),))

    # -- dates

    def cases(self, clocks: Sequence[Clock], *, aims: bool) -> Iterator[_Case]:
        """Every way in which the conditions of the sentences can hold together with the demand's own."""
        guards = list(dict.fromkeys(c.saying.guard for c in clocks if c.saying.guard is not None))
        for truths in product((True, False), repeat=len(guards)):
            held = [g if true else negate(g) for g, true in zip(guards, truths, strict=True)]
            if not possible(both(self.demand.guard, *held), self.view.atom_implies):
                continue
            true_here = {g for g, true in zip(guards, truths, strict=True) if true}
            active = tuple(c for c in clocks if c.saying.guard is None or c.saying.guard in true_here)
            outcome = decide(self.question(active, aims=aims)) if active else None
            yield _Case(active, both(*held), outcome)

    def question(self, clocks: Sequence[Clock], *, aims: bool) -> Question:
        starts = [c.bound.start for c in clocks if c.bound.start != self.start]
        links, orders = chain(self.view, starts, frozenset((self.start, self.event)), aims=aims)
        bounded = {link.bound.event for link in links} | {o.earlier for o in orders}
        for start in dict.fromkeys(starts):
            if start.word == RECEIPT or start.stage < self.start.stage:
                continue
            # A log entry is commonly made before the acknowledgement goes out, but no text read says so.
            logged_apart = start.word == "logging" and self.start.word == "acknowledgement"
            if start not in bounded or logged_apart:
                orders += self.ordered(start)
        bounds = tuple(dict.fromkeys(c.bound for c in (*clocks, *links)))
        since = self.demand.code.in_force[0] if self.demand.code.in_force else None
        held = self.view.document.in_force
        prefer = max((day for day in (since, held[0] if held else None) if day is not None), default=None)
        if prefer is not None and self.at > 1:
            prefer += EIGHT_DAYS  # so that the complaint, a week before, falls in the same time
        return Question(
            self.event, self.start, self.within, bounds, tuple(dict.fromkeys(orders)), self.view.policy.calendar,
            self.demand.calendar, since, prefer,
        )  # fmt: skip

    def ordered(self, start: Moment) -> list[Order]:
        """Whether a start that nothing dates comes no later than the code's start: the text leaves it open."""
        first, then = self.telling.name(start), self.telling.name(self.start)
        options = (f"{first} is never later than {then}", f"{first} can be later than {then}")
        taken = self.view.choices.choose(f"order: {first}", options)
        return [Order(start, self.start)] if taken == options[0] else []

    # -- answers from dates

    def proved(self, cases: Sequence[_Case]) -> Answer:
        proofs = [case.outcome for case in cases if isinstance(case.outcome, Proof)]
        first, last = max(p.first for p in proofs), min(p.last for p in proofs)
        clocks = [c for case in cases for c in case.clocks]
        norms = unique(c.saying.norm for c in clocks)
        # The clock that would do by itself is the one to compare; where none would, they do together.
        alone = (c for c in clocks if isinstance(decide(self.question([c], aims=self.demand.soft)), Proof))
        why = f"{'; '.join(quote(n) for n in norms[:3])}. {self.telling.compared(next(alone, clocks[0]))}"
        why += f" Checked for every start from {say_date(first)} to {say_date(last)}."
        return Answer(Mark.MET, self.telling.as_declared(why, norms), norms, proved=True, proof=(first, last))

    def refuted(self, refuted: Sequence[_Case], *, always: bool, aims: bool = False) -> Answer:
        """The first case in which the demand can be broken, with what would mend all of them."""
        case, found = refuted[0], refuted[0].outcome
        assert isinstance(found, Refutation)
        used = binding(case.clocks, found)
        story = self.telling.story(self.question(case.clocks, aims=aims), found, used)
        # A sentence that holds in all of these cases is enough to change; else each that admits one of them.
        common = [c.saying.norm for c in case.clocks if all(c in other.clocks for other in refuted)]
        wanted = [n for n in used if any(n is c for c in common)][:1] or common[:1]
        if not wanted:
            admit = [(other.clocks, other.outcome) for other in refuted]
            wanted = [
                n for clocks, outcome in admit if isinstance(outcome, Refutation) for n in binding(clocks, outcome)
            ]
        repairs = tuple(retimed(n, self.demand.norm, always=always) for n in unique(wanted))
        why = self.telling.refuted(found, used, case.condition)
        return Answer(Mark.CONTRADICTED, why, used, proved=True, repairs=repairs, story=story)

    def repair(self) -> str:
        return sentence_of(self.demand.norm, without=CONTENTS)
