"""Which words of a demand a policy says, how firmly, and in which sentences (docs: checking, form 1).

A demand is taken apart into its words. A word is covered by a sentence with the same action, subject and stage that
also holds the demand's other lists; so two sentences may each supply half of one list, but never one the thing and
another the person it is done to.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import IntEnum

from policylang.checker.answer import unique
from policylang.checker.demand import Demand
from policylang.checker.logic import condition_words, either, implies
from policylang.checker.plain import force_words, joined, label, quote
from policylang.checker.sayings import GROUPS, OBJECTS, Saying
from policylang.checker.view import View
from policylang.model.conditions import Condition
from policylang.model.norms import Force, Items, Kind, Norm

DEFAULT_OBJECTS = frozenset(["complaint", "complaints", "response", "escalation"])
"""What a sentence without an object is about: to acknowledge is to acknowledge the complaint."""
ALL_STAFF = frozenset(["own-staff", "any-staff"])
HANDLERS = frozenset(["complaints-officer", "responder", "handler"])
SPREAD = ("giving", "including", OBJECTS, "about", "for", "with", "via", "to", "in")
"""The list that is judged word by word is the first of these that the demand has; the others go with each word."""


class Level(IntEnum):
    """How firmly something is said."""

    NONE = 0
    HEDGED = 1
    FULL = 2


@dataclass(frozen=True, slots=True)
class Support:
    """How a word is covered: by which sentences, and what takes away from it: ``reason``, which is true of the first
    ``of`` them. ``short``: no firmer wording of those sentences would do, something has to be added."""

    level: Level
    norms: tuple[Norm, ...] = ()
    reason: str = ""
    short: bool = False
    of: int = 1


@dataclass(frozen=True, slots=True)
class Coverage:
    """Each word of the list that is judged word by word (one entry for the whole where only some are needed, or where
    the demand has no list at all), with its support. ``spread`` is the name of that list."""

    words: dict[tuple[str, ...], Support]
    spread: str | None
    candidates: tuple[Saying, ...]

    @property
    def norms(self) -> tuple[Norm, ...]:
        return unique(n for support in self.words.values() for n in support.norms)

    def at(self, level: Level) -> list[str]:
        """The words covered at this level; lists of which some are needed count whole."""
        return [word for words, support in self.words.items() if support.level is level for word in words]


NOTHING = Support(Level.NONE)


def cover(view: View, demand: Demand, stage: int | None, *, keep: Callable[[Saying], bool] | None = None) -> Coverage:
    """Every form of the demand tried, the best support of each word taken. ``keep`` picks the sentences that count."""
    found: dict[tuple[str, ...], Support] = {}
    spread: str | None = None
    candidates: list[Saying] = []
    for form in demand.forms:
        slots = _ordered(form)
        near = [s for s in candidates_for(view, form, stage) if keep is None or keep(s)]
        candidates += near
        spread = spread or (slots[0][0] if slots else None)
        for key, support in _by_word(view, demand, slots, near).items():
            if support.level > found.get(key, NOTHING).level or key not in found:
                found[key] = support
    return Coverage(found, spread, tuple(candidates))


def candidates_for(view: View, form: Saying, stage: int | None) -> list[Saying]:
    """The policy's sentences with the same action and subject at a stage that fits."""
    return [s for s in view.sayings(form.action, stage) if same_subject(view, form, s) and _same_letter(view, form, s)]


def _same_letter(view: View, form: Saying, said: Saying) -> bool:
    """What one letter holds another need not: the acknowledgement is not the response."""
    if not form.letters or not said.letters:
        return True
    return any(view.says(one, asked) for one in said.letters for asked in form.letters)


def same_subject(view: View, form: Saying, said: Saying) -> bool:
    """Whether the same party does it. A demand without a subject is the landlord's; what the policy says of all its
    staff is true of whoever among them handles complaints."""
    asked = [word for word in form.actors if word != "organisation"]
    if not asked:
        return not said.by_resident and not said.by_outsider
    return all(
        any(view.says(actor, word) or (actor in ALL_STAFF and word in HANDLERS) for actor in said.actors)
        for word in asked
    )


def holds_word(view: View, said: Saying, slot: str, word: str) -> bool:
    """Whether the sentence has the word in a list that answers to ``slot``."""
    group = GROUPS[slot]
    have = said.words(group)
    if slot == "in":
        have += said.words("means")
    if any(view.says(one, word) for one in have):
        return True
    if slot == OBJECTS and OBJECTS not in said.slots and word in DEFAULT_OBJECTS:
        return True
    return slot == "to" and "to" not in said.slots and word in ("resident", "residents")


def _ordered(form: Saying) -> list[tuple[str, Items]]:
    slots = [(name, items) for name, items in form.slots.items() if items.words and name != "opinion"]
    rank = {name: n for n, name in enumerate(SPREAD)}
    return sorted(slots, key=lambda slot: rank.get(slot[0], len(rank)))


def _by_word(
    view: View, demand: Demand, slots: list[tuple[str, Items]], near: list[Saying]
) -> dict[tuple[str, ...], Support]:
    search = _Search(view, demand, near)
    if not slots:
        return {(): search.best([])}
    (name, items), rest = slots[0], slots[1:]
    if needed(items) is not None:
        return {items.words: search.assess(slots, [])}
    return {(word,): search.assess(rest, [(name, word)]) for word in items.words}


def needed(items: Items) -> int | None:
    """How many of a list will do: ``any of`` one, ``at least 2 of`` two; None for all."""
    if items.count is not None:
        return items.count
    return 1 if items.mark == "any of" else None


class _Search:
    def __init__(self, view: View, demand: Demand, near: list[Saying]) -> None:
        self.view, self.demand, self.near = view, demand, near
        # What goes with a permission goes with it whenever it is taken, whatever it is taken for.
        self.whenever = demand.norm.kind is Kind.PERMISSION and not demand.asks_for_right

    def assess(self, slots: Sequence[tuple[str, Items]], chosen: list[tuple[str, str]]) -> Support:
        """The support of the chosen words together with every word of the remaining lists."""
        if not slots:
            return self.best(chosen)
        (name, items), rest = slots[0], slots[1:]
        each = [self.assess(rest, [*chosen, (name, word)]) for word in items.words]
        enough = needed(items)
        if enough is not None:
            each = sorted(each, key=lambda s: -s.level)[:enough]
            if len(each) < enough or each[-1].level is Level.NONE:
                some = [s for s in each if s.level is not Level.NONE]
                norms = unique(n for s in some for n in s.norms)
                reason = f"{'names' if len(norms) == 1 else 'name'} {len(some)} where {enough} are asked for"
                if some and some[-1].level is Level.HEDGED and len(norms) == 1:
                    reason = f"{reason}, and {some[-1].reason}"
                return Support(Level.HEDGED, norms, reason, True, len(norms)) if some else NOTHING
        worst = min(each, key=lambda s: s.level)
        if worst.level is Level.NONE:
            return NOTHING
        norms = unique([*worst.norms, *(n for s in each for n in s.norms)])
        return Support(worst.level, norms, worst.reason, worst.short, worst.of)

    def best(self, chosen: list[tuple[str, str]]) -> Support:
        """The best support of these words by sentences that hold them all."""
        held = [s for s in self.near if s.promises and self.holds(s, chosen)]
        if not held:
            return NOTHING
        firm = [s for s in held if self.firm(s) and not self.borrows(s, chosen)]
        plain = [s for s in firm if not self.alternative(s, chosen)]
        for group in (plain, firm):
            if group and self.implied(either(*(s.guard for s in group))):
                always = [s for s in group if self.implied(s.guard)]
                used = always[:2] or group
                if group is plain:
                    return Support(Level.FULL, unique(s.norm for s in used))
                return Support(
                    Level.HEDGED, unique(s.norm for s in used), "leaves a choice: one or the other is enough"
                )
        if firm:
            norms = unique(s.norm for s in firm[:3])
            holds = "holds" if len(norms) == 1 else "hold"
            return Support(Level.HEDGED, norms, f"{holds} only {self.when(firm)}", of=len(norms))
        # Of several that are weak, the landlord's own words come first, and a rule before what comes near it.
        best = min(held, key=lambda s: (s.foreign, bool(s.less), self.borrows(s, chosen), s.action != s.norm.action))
        short = best.foreign or bool(best.less) or self.borrows(best, chosen)
        return Support(Level.HEDGED, (best.norm,), self.weakness(best, chosen), short)

    def holds(self, said: Saying, chosen: list[tuple[str, str]]) -> bool:
        """Whether a sentence has all of the words, in its lists or by leaving all but the thing itself to the code."""
        if self.borrows(said, chosen):
            chosen = [(slot, word) for slot, word in chosen if slot == OBJECTS]
        return all(holds_word(self.view, said, slot, word) for slot, word in chosen)

    def borrows(self, said: Saying, chosen: list[tuple[str, str]]) -> bool:
        """Whether words are only had from the code that a sentence points at: it borrows times, and says no more."""
        return said.norm.borrowed == "code" and not all(
            holds_word(self.view, said, slot, word) for slot, word in chosen
        )

    def implied(self, guard: Condition | None) -> bool:
        """Whether a sentence's condition holds whenever the demand is made."""
        return self.whenever or implies(self.demand.guard, guard, self.view.atom_implies)

    def firm(self, said: Saying) -> bool:
        """Whether the sentence speaks as firmly as the demand asks."""
        if said.foreign:
            return False
        if said.less:
            return False
        if self.demand.norm.kind is Kind.PERMISSION and (self.demand.asks_for_right or said.norm.force is Force.MAY):
            return True
        if self.demand.soft:
            return said.norm.kind is not Kind.PERMISSION
        return said.binds

    def alternative(self, said: Saying, chosen: list[tuple[str, str]]) -> bool:
        """Whether a word stands in a list of which the sentence only promises one."""
        if said.norm.kind is not Kind.DUTY:
            return False
        for slot, word in chosen:
            for name, items in said.slots.items():
                loose = items.mark == "any of" or (items.joined in ("or", "and/or") and len(items.words) > 1)
                same = GROUPS[name] == GROUPS[slot] and GROUPS[name] == "content"
                if loose and same and any(self.view.says(one, word) for one in items.words):
                    return True
        return False

    def when(self, firm: list[Saying]) -> str:
        guards = [s.guard for s in firm if s.guard is not None]
        return " or ".join(dict.fromkeys(f"when {condition_words(g, label)}" for g in guards[:3]))

    def weakness(self, said: Saying, chosen: list[tuple[str, str]]) -> str:
        if said.foreign:
            return "is another body's text, appended, and no promise of this landlord"
        if said.less:
            return said.less
        if self.borrows(said, chosen):
            return "points to the Code for it, and does not say it"
        return f"is {force_words(said.norm)}, not a promise"


def hedges(coverage: Coverage) -> list[str]:
    """A sentence for each thing that takes away from what is said: which words, in which sentence, and why."""
    found: dict[str, list[str]] = {}
    for words, support in coverage.words.items():
        if support.level is Level.HEDGED:
            quoted = joined([quote(norm) for norm in support.norms[: support.of]])
            found.setdefault(f"{quoted} {support.reason}.", []).extend(label(w) for w in words)
    many = len(coverage.words) > 1
    return [f"{joined(words)}: {text}" if many and words else text for text, words in found.items()]
