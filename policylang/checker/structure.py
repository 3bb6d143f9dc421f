"""Forms 6 to 8: how many stages there are, what a word means, and what is said to be so."""

from __future__ import annotations

from policylang.checker.answer import Answer, Mark, unique
from policylang.checker.content import content, not_said
from policylang.checker.cover import Level, cover, holds_word
from policylang.checker.demand import Demand
from policylang.checker.logic import condition_words
from policylang.checker.plain import joined, label, labels, quote, sentence
from policylang.checker.repair import add, by_hand, change, sentence_of, take_out
from policylang.checker.sayings import OBJECTS, Saying
from policylang.checker.steps_before import Count, any_headed, labels_of, steps_before, with_steps_before
from policylang.checker.view import View
from policylang.model.norms import Kind, Norm

NARROWING = "narrowing"
INFORMAL = "informal-stage"
BOUNDS = ("at least", "at most")


# ------------------------------------------------------------------ form 6


def structure(view: View, demand: Demand) -> Answer:
    """Counted from the stage headings and from any sentence about it; where they disagree, each is a reading."""
    things = demand.own.slots[OBJECTS].words if OBJECTS in demand.own.slots else ()
    said = [s for s in view.sayings("have") if s.norm.kind is Kind.STRUCTURE and not s.foreign]
    headed = _headed(view, things)
    if headed is not None and things == ("stages",):
        # The steps before stage 1 are asked about only where the number asked for hangs on them.
        more = headed.number + any_headed(view)
        if _fits(demand.norm, more) is not _fits(demand.norm, headed.number):
            headed = with_steps_before(view, headed)
    counts = [] if headed is None else [headed]
    for one in said:
        if all(holds_word(view, one, OBJECTS, word) for word in things):
            counts.append(Count(one.norm.count or 0, quote(one.norm), (one.norm,)))
    # “At least one” is no count where another part of the text gives one that fits it.
    exact = [c for c in counts if not any(n.amount in BOUNDS for n in c.norms)]
    bounds = [n for c in counts for n in c.norms if n.amount in BOUNDS]
    if exact and all(_fits(n, c.number) for n in bounds for c in exact):
        counts = exact
    if not counts:
        if demand.norm.amount == "no":
            return Answer(Mark.SILENT, f"The policy speaks of no {labels(things, 'or')}.")
        why = not_said(demand.norm)
        return Answer(Mark.MISSING, why, repairs=(add(sentence_of(demand.norm)),))
    found = _chosen(view, counts, things)
    words, norms = "; ".join(c.words for c in found), unique(n for c in found for n in c.norms)
    clauses = tuple(dict.fromkeys(label for c in found for label in c.clauses))
    if _fits(demand.norm, found[0].number):
        silent = demand.norm.amount == "no" and not norms and not clauses
        return Answer(Mark.SILENT if silent else Mark.MET, f"{words[:1].upper()}{words[1:]}.", norms, clauses=clauses)
    why = f"The Code asks: “{sentence(demand.norm)}”. The policy differs: {words}."
    mends = () if found[0].repair is None else (found[0].repair,)
    last = last_stage(view) if things == ("stages",) else None
    if last is not None and not norms and found[0].number < (demand.norm.count or 0):
        why = f"{why} And that is the end of it: {quote(last)}."
        return Answer(Mark.CONTRADICTED, why, (last,), repairs=(*mends, take_out([last])), clauses=clauses)
    if not norms and found[0].number < (demand.norm.count or 0) and demand.norm.amount != "at most":
        # Too few headings may only mean that the text has no heading for the rest.
        return Answer(Mark.PART, f"{why} Nothing says that there is no more.", repairs=mends, clauses=clauses)
    repairs = mends or (change(norms, sentence_of(demand.norm)),)
    return Answer(Mark.CONTRADICTED, why, norms, repairs=repairs, clauses=clauses)


def _headed(view: View, things: tuple[str, ...]) -> Count | None:
    """What the stage headings show; None where they show nothing on the point."""
    stages = view.document.stages
    if not stages:
        return None
    if INFORMAL in things:
        return steps_before(view)
    if "stages" not in things:
        return None
    formal = [s for s in stages if not s.informal and s.number > 0 and view.under(s.reading)]
    always = {s.number for s in formal if s.reading is None}
    count = len(view.policy.stages) + len({s.number for s in formal} - always)
    after = [s for s in formal if s.later]
    note = f", one of them after the last numbered stage (“{after[0].title or after[0].number}”)" if after else ""
    read = [s for s in formal if s.reading is not None]
    note += f", one of them (“{read[0].title or read[0].number}”) where “{read[0].reading}”" if read else ""
    extra = [f"“{s.title or s.number}”" for s in formal if s.number > 2]
    repair = f"Take out the step headed {joined(extra)}." if extra else f"Add a heading: stage {count + 1}."
    return Count(
        count,
        f"the headings show {count} stage{'' if count == 1 else 's'}{note}",
        (),
        labels_of(formal),
        by_hand(repair),
    )


def last_stage(view: View) -> Norm | None:
    """The sentence that makes the last of the stages the final one, where there is one."""
    if not view.policy.stages:
        return None
    for said in view.sayings("be", view.policy.stages[-1], exact=True):
        if "final" in said.norm.objects.words and not said.norm.negated and not said.foreign and said.guard is None:
            return said.norm
    return None


def _chosen(view: View, counts: list[Count], things: tuple[str, ...]) -> list[Count]:
    """The parts of the text that agree; where they do not, those that the reading goes by."""
    numbers = list(dict.fromkeys(c.number for c in counts))
    if len(numbers) == 1:
        return counts
    options = {
        f"what counts is: {'; '.join(c.words for c in counts if c.number == number)}": number for number in numbers
    }
    number = options[view.choices.choose(f"how many {labels(things)}", tuple(options))]
    return [c for c in counts if c.number == number]


def _fits(norm: Norm, number: int) -> bool:
    wanted = norm.count or 0
    if norm.amount == "at most":
        return number <= wanted
    return number >= wanted if norm.amount == "at least" else number == wanted


# ------------------------------------------------------------------ form 7


def meaning(view: View, demand: Demand) -> Answer:
    """Whether the policy's own definition has every element of the code's and adds none that narrows it."""
    if demand.norm.negated:
        return apart(view, demand)
    own = [s for s in view.sayings("mean") if _defines(view, s, demand) and not s.norm.negated and not s.foreign]
    if not own:
        return content(view, demand, None)
    narrow = [(s, w) for s in own for items in s.slots.values() for w in items.words if view.words.says(w, NARROWING)]
    if narrow:
        said, word = narrow[0]
        why = f"The policy's definition is narrower than the Code's ({label(word)}): {quote(said.norm)}."
        return Answer(Mark.CONTRADICTED, why, (said.norm,), repairs=(change([said.norm], sentence_of(demand.norm)),))
    if any(s.norm.borrowed == "code" for s in own):
        return Answer(Mark.MET, f"The policy takes the Code's definition: {quote(own[0].norm)}.", (own[0].norm,))
    asked = list(dict.fromkeys((name, w) for name, items in demand.own.slots.items() for w in items.words))
    missing = [w for name, w in asked if not any(_element(view, s, w) for s in own)]
    norms = unique(s.norm for s in own)
    guarded = [s for s in own if s.guard is not None]
    repairs = (change(norms[:1], sentence_of(demand.norm)),)
    if len(missing) == len(asked):
        return Answer(
            Mark.PART, f"The policy defines the word in other terms: {quote(norms[0])}.", norms, repairs=repairs
        )
    if missing:
        return Answer(
            Mark.PART,
            f"The policy's definition leaves out {labels(missing)}: {quote(norms[0])}.",
            norms,
            repairs=repairs,
        )
    if guarded:
        when = condition_words(guarded[0].guard, label) if guarded[0].guard else ""
        return Answer(
            Mark.PART, f"The definition holds only when {when}: {quote(guarded[0].norm)}.", norms, repairs=repairs
        )
    return Answer(
        Mark.MET, f"The definition has every element that the Code asks for: {'; '.join(map(quote, norms[:3]))}.", norms
    )


def _defines(view: View, said: Saying, demand: Demand) -> bool:
    return all(any(view.says(w, asked) for w in said.actors) for asked in demand.own.actors)


def _element(view: View, said: Saying, word: str) -> bool:
    return any(view.says(w, word) for items in said.slots.values() for w in items.words)


# ------------------------------------------------------------------ form 8


def statement(view: View, demand: Demand, stage: int | None) -> Answer:
    """What is said to be so: as content; where it is denied, the denial counts against it."""
    if demand.norm.negated:
        return apart(view, demand)
    denied = [
        s
        for s in view.sayings("be", stage)
        if s.norm.negated and not s.foreign and s.guard is None and _defines(view, s, demand)
        if all(holds_word(view, s, OBJECTS, w) for w in demand.norm.objects.words)
    ]
    if denied:
        why = f"The policy says the opposite: {quote(denied[0].norm)}."
        return Answer(
            Mark.CONTRADICTED, why, (denied[0].norm,), repairs=(take_out([denied[0].norm], sentence_of(demand.norm)),)
        )
    return content(view, demand, stage)


def apart(view: View, demand: Demand) -> Answer:
    """``A is not B``: met by either word denied of the other, as a statement or in a definition; contradicted where one
    is said to be the other."""
    left, right = demand.own.actors, demand.norm.objects.words
    said = [s for s in [*view.sayings("be"), *view.sayings("mean")] if not s.foreign]
    links = [s for s in said if _links(view, s, left, right) or _links(view, s, right, left)]
    denials = [s for s in links if s.norm.negated]
    claims = [s for s in links if not s.norm.negated]
    if claims and not denials:
        found = claims[0].norm
        why = f"The policy does not keep {labels(left)} and {labels(right)} apart: {quote(found)}."
        return Answer(Mark.CONTRADICTED, why, (found,), repairs=(change([found], sentence_of(demand.norm)),))
    if denials:
        norms = unique(s.norm for s in denials)
        return Answer(Mark.MET, f"The policy says so: {quote(norms[0])}.", norms)
    coverage = cover(view, demand, None)
    if coverage.words and all(s.level is Level.FULL for s in coverage.words.values()):
        return content(view, demand, None)
    return Answer(
        Mark.MISSING,
        not_said(demand.norm),
        repairs=(add(sentence_of(demand.norm)),),
    )


def _links(view: View, said: Saying, one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Whether the sentence is about the first words, and says something of the second."""
    have = said.words("content")
    return all(any(view.says(w, a) for w in said.actors) for a in one) and all(
        any(view.says(w, b) for w in have) for b in other
    )
