"""Form 4, prohibitions: met where the policy says the same or nothing, contradicted where it obliges or permits it."""

from __future__ import annotations

from policylang.checker.answer import Answer, Mark, unique
from policylang.checker.cover import candidates_for, holds_word
from policylang.checker.demand import Demand
from policylang.checker.grounds import overlap
from policylang.checker.logic import condition_words, negate
from policylang.checker.plain import label, quote, sentence
from policylang.checker.repair import sentence_of, take_out
from policylang.checker.sayings import Saying
from policylang.checker.view import View
from policylang.model.norms import Force, Kind


def prohibition(view: View, demand: Demand, stage: int | None) -> Answer:
    """Whether the policy does, or lets itself do, what the demand forbids."""
    said = [s for s in _sayings(view, demand, stage) if not s.foreign and about(view, demand, s)]
    broken = [s for s in said if s.promises and s.norm.force not in (Force.SHOULD, Force.AIMS)]
    unclear: list[Saying] = []
    opened: list[Saying] = []
    for one in broken:
        meeting = overlap(view, demand.guard, one.guard)
        if one.open:
            opened += [one] if meeting != "never" else []
            continue
        if meeting in ("always", "same"):
            why = f"The Code forbids this (“{sentence(demand.norm)}”). The policy {_does(one)}: {quote(one.norm)}."
            return Answer(
                Mark.CONTRADICTED, why, (one.norm,), repairs=(take_out([one.norm], sentence_of(demand.norm)),)
            )
        if meeting == "other":
            unclear.append(one)
    if unclear and demand.guard is not None:
        named = "; ".join(dict.fromkeys(condition_words(s.guard, label) for s in unclear if s.guard is not None))
        wanted = condition_words(demand.guard, label)
        free = condition_words(negate(demand.guard), label)
        options = (f"“{named}” falls outside “{free}”", f"“{named}” falls within “{free}”")
        if view.choices.choose(f"{demand.norm.action}: {named}", options) == options[0]:
            norms = unique(s.norm for s in unclear)
            quoted = "; ".join(map(quote, norms[:3]))
            why = f"The Code forbids this when {wanted}. The policy permits it: {quoted}."
            return Answer(Mark.CONTRADICTED, why, norms, repairs=(take_out(norms, sentence_of(demand.norm)),))
    if opened and view.choices.choose(f"{demand.norm.action}: open", opened[0].open) == opened[0].open[0]:
        norms = unique(s.norm for s in opened)
        quoted = "; ".join(map(quote, norms[:3]))
        why = f"The Code forbids this (“{sentence(demand.norm)}”). So read, the policy {_does(opened[0])}: {quoted}."
        return Answer(Mark.CONTRADICTED, why, norms, repairs=(take_out(norms, sentence_of(demand.norm)),))
    same = sorted((s for s in said if s.forbids), key=lambda s: not s.norm.force.binds)
    if same:
        # Silence would do, so that a recommendation does too.
        norms = unique(s.norm for s in same)
        weak_only = "" if same[0].norm.force.binds else ", if only as a recommendation"
        return Answer(Mark.MET, f"The policy says the same{weak_only}: {quote(norms[0])}.", norms)
    weak = [s for s in said if s not in broken and s.promises and not s.open]
    note = f" It only aims at it, and that is not forbidden: {quote(weak[0].norm)}." if weak else ""
    return Answer(
        Mark.SILENT, f"Nothing in the policy does what the Code forbids: “{sentence(demand.norm)}”.{note}",
        unique(s.norm for s in weak),
    )  # fmt: skip


def about(view: View, demand: Demand, said: Saying) -> bool:
    """Whether the sentence concerns any of the things that the demand names."""
    slots = [(name, items) for name, items in demand.own.slots.items() if items.words and name not in ("by", "opinion")]
    return all(any(holds_word(view, said, name, word) for word in items.words) for name, items in slots)


def _sayings(view: View, demand: Demand, stage: int | None) -> list[Saying]:
    found: dict[tuple[int, str], Saying] = {}
    for form in demand.forms:
        if form.turned or form.letter:
            continue
        for said in candidates_for(view, form, stage):
            if said.letter or (said.less and not said.open):
                continue  # what a letter says is no leave to do what it tells of
            found.setdefault((id(said.norm), said.action), said)
    return list(found.values())


def _does(said: Saying) -> str:
    return "permits it" if said.norm.kind in (Kind.PERMISSION, Kind.UNDECIDED) else "requires it"
