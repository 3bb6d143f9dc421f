"""How deadlines are told: events and times in words, and the story of a refutation."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from policylang.checker.answer import unique
from policylang.checker.choices import Choices
from policylang.checker.clocks import Clock, everything
from policylang.checker.complete import complete
from policylang.checker.demand import Demand
from policylang.checker.logic import condition_words
from policylang.checker.plain import cite, clauses_of, joined, label, quote, say_date
from policylang.checker.stories import Expectation, tell
from policylang.checker.timelines import RECEIPT, Moment, Question, Refutation
from policylang.checker.verdict import Story
from policylang.checker.view import View
from policylang.model.conditions import Condition
from policylang.model.duration import Duration, Unit, lateness
from policylang.model.norms import Norm


@dataclass(frozen=True, slots=True, eq=False)
class Telling:
    """What is asked, in the words of one demand: ``event`` within ``within`` of ``start``, at stage ``at``."""

    view: View
    demand: Demand
    at: int
    event: Moment
    start: Moment
    within: Duration

    def asked(self) -> str:
        """The demanded time in words: ``10 working days of the acknowledgement``."""
        return f"{self.within} of {self.name(self.start)}"

    def name(self, event: Moment) -> str:
        word = label(event.word)
        if event.word == RECEIPT:
            if event.stage == 0 or (event.stage == 1 and not self.view.policy.informal):
                return "receipt" if event.stage else "the first expression of dissatisfaction"
            return "the start of stage 1" if event.stage == 1 else "receipt of the request for stage 2"
        where = "" if event.stage == self.at else f" at stage {event.stage}" if event.stage else " before stage 1"
        return f"the {word}{where}"

    def happened(self, event: Moment) -> str:
        plain = {"acknowledgement": "acknowledged", "logging": "logged", "response": "answered"}
        if event.word == RECEIPT:
            if event.stage == 1 and self.view.policy.informal:
                return "taken to stage 1"
            return "received" if event.stage < 2 else "stage 2 asked for"
        before = " before stage 1" if event.stage == 0 else ""
        return f"{plain.get(event.word, label(event.word))}{before}"

    def compared(self, found: Clock, chained: Sequence[Norm] = ()) -> str:
        """One sentence that sets the policy's time beside the code's; ``chained`` bound what its clock starts at."""
        bound = found.bound
        if bound.start == self.start and bound.within == self.within:
            return f"That is the time the Code asks for: {self.asked()}."
        if bound.start != self.start and bound.start.word == RECEIPT and bound.start.stage <= self.start.stage:
            return (
                f"{bound.within} of {self.name(bound.start)} never end later than the Code's {self.asked()}, since "
                f"{self.name(self.start)} does not come before {self.name(bound.start)}."
            )
        if bound.start != self.start and chained:
            return f"With {'; '.join(map(quote, chained[:2]))} that never ends later than the Code's {self.asked()}."
        return f"That never ends later than the Code's {self.asked()}."

    def refuted(self, found: Refutation, used: Sequence[Norm], condition: Condition | None) -> str:
        """Why the sentences used do not do: the case that keeps them and breaks the Code, in words."""
        late = lateness(found.due, found.actual, self.within.unit, self.demand.calendar)
        why = f"{'; '.join(quote(n) for n in used[:2])}. The Code asks for {self.asked()}. {self._told(found)}: "
        last = f"the Code's last day is {say_date(found.due)}"
        if found.unlimited:
            why += f"nothing limits {self.name(self.event)}; {last}. On {say_date(found.actual)} it is {late}, "
            why += "and the policy is still kept."
        else:
            why += f"the policy lets {self.name(self.event)} be as late as {say_date(found.actual)}; {last}. "
            why += f"That is {late}."
        if condition is not None:
            why += f" This is so when {condition_words(condition, label)}."
        return self.as_declared(why, used)

    def _told(self, found: Refutation) -> str:
        """What happened before the late event, day by day."""
        days: dict[date, list[str]] = {}
        for moment, day in found.dates:
            if moment != self.event:
                days.setdefault(day, []).append(self.happened(moment))
        told = ", ".join(f"{joined(what)} on {say_date(day)}" for day, what in days.items())
        return f"{told[:1].upper()}{told[1:]}"

    def story(self, question: Question, found: Refutation, used: Sequence[Norm]) -> Story:
        """The case as a story, with whatever else the policy asks for by then, read as it is read here."""
        view = View(self.view.policy, Choices(self.view.choices.made))
        full = replace(found, dates=complete(question, found, everything(view, self.at)))
        clauses = clauses_of(used)
        cited = f"{self.demand.code.cited_as or self.demand.code.id}-{self.demand.provision.number}"
        name = f"Keeps {', '.join(clauses) or 'the policy'}, breaks {cited}"
        code = Expectation("code", "breached", self.demand.norm.action, self.at, labels=(cited,))
        kept = [Expectation("policy", "met", n.action, self.at, labels=n.clauses) for n in used if self._shown(n)]
        return tell(full, name, self.within, self.demand.calendar, code, kept if len(kept) == len(used) else [])

    def _shown(self, norm: Norm) -> bool:
        """Whether a case record can show that it is kept: an aim is no promise, and conditions are not recorded."""
        return (
            norm.force.binds
            and not norm.conditions
            and norm.within is not None
            and norm.within.duration.n is not None
            and (norm.within.duration.unit is not Unit.WORKING_HOURS or self.view.document.hours_per_day is not None)
        )

    def as_declared(self, why: str, norms: Sequence[Norm]) -> str:
        """Say where a verdict rests on how the policy declares that its bare days are to be read."""
        declared = self.view.document.bare_days
        if declared and any(n.within is not None and n.within.duration.unit is Unit.DAYS for n in norms):
            return f"{why} “Days” are read as {declared}, as the policy declares ({cite(norms)})."
        return why


def binding(clocks: Sequence[Clock], found: Refutation) -> tuple[Norm, ...]:
    """The sentences whose bounds admit the late date."""
    return unique(c.saying.norm for c in clocks if c.bound in found.bounds) or unique(c.saying.norm for c in clocks)
