"""Form 5, rights of residents: a permission or a duty for the same party, not narrowed and not barred."""

from __future__ import annotations

from dataclasses import replace

from policylang.checker.answer import Answer, Mark, also, unique
from policylang.checker.content import content
from policylang.checker.cover import candidates_for
from policylang.checker.demand import Demand
from policylang.checker.grounds import overlap
from policylang.checker.logic import condition_words
from policylang.checker.plain import label, quote
from policylang.checker.prohibitions import about
from policylang.checker.repair import change, sentence_of, take_out
from policylang.checker.sayings import Saying
from policylang.checker.view import View


def right(view: View, demand: Demand, stage: int | None) -> Answer:
    """Whether the resident may, and within what window where the demand sets one."""
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
    return _window(view, demand, near, answer)


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
