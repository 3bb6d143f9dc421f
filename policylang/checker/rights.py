"""Form 5, rights of residents: a permission or a duty for the same party, not narrowed and not barred."""

from __future__ import annotations

from dataclasses import replace

from policylang.checker.answer import Answer, Mark, also, unique
from policylang.checker.content import content
from policylang.checker.cover import candidates_for
from policylang.checker.demand import Demand
from policylang.checker.grounds import overlap
from policylang.checker.logic import condition_words, implies
from policylang.checker.plain import label, quote
from policylang.checker.prohibitions import about
from policylang.checker.repair import change, sentence_of, take_out
from policylang.checker.sayings import Saying
from policylang.checker.structure import last_stage
from policylang.checker.view import View
from policylang.model.conditions import Holds
from policylang.model.norms import Norm

ESCALATE = "escalate"


def right(view: View, demand: Demand, stage: int | None) -> Answer:
    """Whether the resident may, and within what window where the demand sets one."""
    if ends := _ends_before(view, demand):
        why = f"The policy takes the right away, since nothing comes after: {quote(ends)}."
        mend = take_out([ends], sentence_of(demand.norm))
        return Answer(Mark.CONTRADICTED, why, (ends,), repairs=(mend,))
    near_all = [s for s in candidates_for(view, demand.own, stage) if not s.foreign]
    near = [s for s in near_all if about(view, demand, s)]
    for said in near:
        if overlap(view, demand.guard, said.guard) not in ("always", "same"):
            continue
        if said.forbids or (said.undecided and _barred(view, said)):
            if said.guard is not None and demand.guard is None:
                continue  # an exception, not a denial: it narrows the right
            why = f"The policy takes the right away: {quote(said.norm)}."
            return Answer(
                Mark.CONTRADICTED, why, (said.norm,), repairs=(take_out([said.norm], sentence_of(demand.norm)),)
            )
    answer = content(view, demand, stage, bars=False)
    if answer.mark is Mark.MISSING:
        return _otherwise(demand, near_all, answer)
    for said in near:
        if said.forbids and said.guard is not None and overlap(view, demand.guard, said.guard) != "never":
            why = f"{answer.why} But not when {condition_words(said.guard, label)}: {quote(said.norm)}."
            repairs = (*answer.repairs, take_out([said.norm]))
            answer = replace(answer, mark=Mark.PART, why=why, norms=unique([*answer.norms, said.norm]), repairs=repairs)
    refused = _refusals(view, demand)
    if refused:
        norms = unique(s.norm for s in refused)
        when = " or ".join(dict.fromkeys(condition_words(s.guard, label) for s in refused if s.guard)) or "it chooses"
        why = f"{answer.why} But it may be refused when {when}: {quote(norms[0])}."
        repairs = (*answer.repairs, take_out(norms))
        answer = replace(answer, mark=Mark.PART, why=why, norms=unique([*answer.norms, *norms]), repairs=repairs)
    return _window(view, demand, near, answer)


def _ends_before(view: View, demand: Demand) -> Norm | None:
    """The sentence by which the process ends before the stage to which a right of going on would lead."""
    if demand.norm.action != ESCALATE or not view.policy.stages or view.policy.stages[-1] >= (demand.stage or 2):
        return None
    return last_stage(view)


def _refusals(view: View, demand: Demand) -> list[Saying]:
    """Leave to refuse the next stage on grounds that are not those on which a complaint could have been refused."""
    if demand.norm.action != ESCALATE:
        return []
    return [
        s
        for s in view.sayings("refuse")
        if s.promises and not s.foreign and not s.turned and "escalation" in s.norm.objects.words
        if not implies(s.guard, Holds("exclusion-applies"), view.atom_implies)
        if overlap(view, demand.guard, s.guard) != "never"
    ]


def _otherwise(demand: Demand, near: list[Saying], answer: Answer) -> Answer:
    """A right that is granted, but by other means or to other people than the demand names, is granted in part."""
    for slot in demand.own.slots:
        named = [s for s in near if s.promises and s.norm.listed(slot)]
        if named:
            norms = unique(s.norm for s in named)
            why = f"{answer.why} The policy names others: {quote(norms[0])}."
            return Answer(Mark.PART, why, norms[:1], repairs=answer.repairs)
    return answer


def _barred(view: View, said: Saying) -> bool:
    options = ("“may not” bars it", "“may not” leaves it to discretion")
    return view.choices.choose("may not", options) == options[0]


def _window(view: View, demand: Demand, near: list[Saying], answer: Answer) -> Answer:
    """The time that residents have. The code may set a shortest one; where it sets none, the policy's is only named."""
    windows = [s for s in near if s.promises and s.norm.within is not None]
    if not windows:
        return answer
    asked = demand.norm.within
    if asked is None:
        times = "; ".join(dict.fromkeys(str(s.norm.within.duration) for s in windows if s.norm.within))
        return also(answer, f"The policy sets a window of {times}; the Code sets none: {quote(windows[0].norm)}.")
    short = [s for s in windows if s.norm.within and not view.no_longer(asked.duration, s.norm.within.duration)]
    if short:
        norms = unique(s.norm for s in short)
        why = f"The Code gives residents {asked.duration}; the policy gives less: {quote(norms[0])}."
        return Answer(Mark.CONTRADICTED, why, norms, repairs=(change(norms, sentence_of(demand.norm)),))
    return answer
