"""Sentences in the common forms in which demands and promises are compared.

The same thing is said in several ways: “the response must state reasons” and “must respond giving reasons”; “the
resident must give reasons for escalation” and “must require reasons for escalation”. Each sentence is kept as it is
and, where it can be, put in the other form too.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache

from policylang.checker.logic import guard
from policylang.model.conditions import Condition, Holds
from policylang.model.norms import NOTHING, Force, Items, Kind, Norm
from policylang.model.vocabulary import vocabulary

OBJECTS = "objects"
GROUPS = {
    OBJECTS: "content", "giving": "content", "including": "content", "about": "content", "with": "content",
    "for": "content", "in": "content", "affecting": "content", "via": "means", "to": "to", "from": "from", "by": "by",
    "not_by": "not_by", "opinion": "opinion",
}  # fmt: skip
"""Lists of one group can each hold what another of the group is asked for; ``in`` holds means too (in writing)."""

RESIDENTS = frozenset(
    [
        "resident",
        "residents",
        "anyone",
        "tenants",
        "leaseholders",
        "homeowners",
        "shared-owners",
        "private-tenants",
        "applicants",
        "care-customers",
        "group",
        "group-members",
        "individual",
        "representative",
        "advocate",
        "carer",
        "family-member",
        "elected-member",
        "agency",
        "professional-body",
        "customer-scrutiny-group",
        "resident-panel",
    ]
)
"""Those who stand on the resident's side: what they do is never the landlord's doing."""
OWN_BODIES = frozenset(["board", "governing-body", "leadership-team", "organisation"])
TELLING = frozenset(["explain", "give", "inform", "send", "state"])
"""Actions that, with a letter as their object, say what the letter holds."""
INFORMING = frozenset(["inform", "keep-informed", "advise"])
"""Actions whose object is a person: what they are about is what is told."""
DONE = {"extend": "extended", "restrict": "restricted"}
"""Actions, and the condition that holds once they are done."""


@dataclass(frozen=True, slots=True, eq=False)
class Saying:
    """One thing that one sentence says.

    ``stage`` is the place in the process (1 is the first formal stage, 0 before it); ``actors`` are words; ``slots``
    are its lists by name, with what it does something to as ``objects``. ``letter``: the sentence is about what a
    letter holds, one of ``letters`` where it names them. ``attached``: the content goes with an act whenever the act is
    done, even a permitted one. ``turned``: a bar on an action, put as leave to do its opposite, or the other way round.
    ``less``: why it only comes near what it is put as (``names one kind of remedy``); then it never binds. ``open``:
    the two ways to read whether it is what it is put as, that it is and that it is not.
    """

    norm: Norm
    action: str
    stage: int | None
    actors: tuple[str, ...]
    slots: Mapping[str, Items]
    guard: Condition | None
    letter: bool = False
    attached: bool = False
    turned: bool = False
    letters: tuple[str, ...] = ()
    less: str = ""
    open: tuple[str, ...] = ()

    @property
    def foreign(self) -> bool:
        """Whether it is another body's text, appended: no promise of this landlord."""
        return self.norm.standing is not None and self.norm.standing.of is not None

    @property
    def forbids(self) -> bool:
        return (self.norm.kind is Kind.PROHIBITION) is not self.turned and self.norm.kind is not Kind.UNDECIDED

    @property
    def undecided(self) -> bool:
        """“May not”: a bar, or leave to decline."""
        return self.norm.kind is Kind.UNDECIDED and not self.turned

    @property
    def binds(self) -> bool:
        """Whether the landlord itself promises that something is done: it is not forbidden, nor only permitted."""
        return self.promises and not self.foreign and not self.less and (self.norm.force.binds or self.attached)

    @property
    def promises(self) -> bool:
        """Whether it says, however weakly, that something is done: not a prohibition, not “may not”."""
        if self.turned:
            return self.norm.kind in (Kind.PROHIBITION, Kind.UNDECIDED)
        return self.norm.kind not in (Kind.PROHIBITION, Kind.UNDECIDED) and not self.norm.negated

    @property
    def by_resident(self) -> bool:
        return any(word in RESIDENTS for word in self.actors)

    @property
    def by_outsider(self) -> bool:
        """Whether somebody does it who is neither the landlord nor on the resident's side."""
        bodies = vocabulary().by_kind["bodies"]
        return any(word in bodies and word not in OWN_BODIES for word in self.actors)

    def words(self, group: str) -> tuple[str, ...]:
        """Every word of the lists of one group."""
        found = [w for name, items in self.slots.items() if GROUPS[name] == group for w in items.words]
        if group == "means":
            found += self.slots.get("in", NOTHING).words
        if group == "by":
            found += self.actors
        return tuple(found)


def sayings_of(norm: Norm, stage: int | None) -> Iterator[Saying]:
    """The sentence in each form it can take, its own first. ``stage`` is its place in the process."""
    slots = {name: items for name, items in norm.lists.items() if items}
    if norm.objects:
        people = vocabulary().by_kind["roles"]
        # To inform the resident about a thing is to tell the thing to the resident.
        told = norm.action in INFORMING and "to" not in slots and all(word in people for word in norm.objects.words)
        slots["to" if told else OBJECTS] = norm.objects
    actors = norm.actors.words
    letters = actors if all(word in letter_actions() for word in actors) else ()
    waits = norm.kind is Kind.PERMISSION
    own = Saying(norm, norm.action, stage, actors, slots, guard(norm, waits=waits), letters=letters)
    yield own
    yield from _letters(own)
    yield from _attached(own)
    if own.by_resident and norm.kind is Kind.DUTY and norm.force.binds and norm.action in TELLING:
        yield replace(own, action="require", actors=())
    # Who may not accept may, or must, refuse; who must not refuse must accept.
    if norm.action == "accept" and norm.kind in (Kind.PROHIBITION, Kind.UNDECIDED):
        yield replace(own, action="refuse", turned=True)
    if norm.action == "refuse" and norm.kind is Kind.PROHIBITION:
        yield replace(own, action="accept", turned=True)
    if norm.action == "refuse" and norm.kind in (Kind.DUTY, Kind.PERMISSION):
        yield replace(own, action="accept", turned=True)


def _letters(own: Saying) -> Iterator[Saying]:
    letters = letter_actions()
    if own.letters:
        yield replace(own, actors=(), letter=True)  # what a letter does, its sender does
    told: dict[str, Items] = {k: v for k, v in own.slots.items() if k in ("giving", "including", "via", "in", "to")}
    # The response must state …: what the letter states is what the act gives.
    if own.action in ("state", "include"):
        objects = own.slots.get(OBJECTS, NOTHING)
        for word in own.actors:
            for action in letters.get(word, ()):
                given = Items(
                    (*objects.words, *told.get("giving", NOTHING).words),
                    objects.texts,
                    objects.mark,
                    objects.count,
                    objects.joined,
                )
                slots = {**told, "giving": given}
                yield replace(own, action=action, actors=(), slots=slots, letter=True, letters=(word,))
        return
    # Must explain the refusal giving …: the same of a letter that is what the act is about.
    if own.action in TELLING:
        about = (*own.slots.get(OBJECTS, NOTHING).words, *own.slots.get("about", NOTHING).words)
        for word in about:
            for action in letters.get(word, ()):
                given = told.get("giving", NOTHING)
                if own.action == "explain" and "reasons" not in given.words:
                    given = replace(given, words=(*given.words, "reasons"))
                if given:
                    slots = {**told, "giving": given}
                    yield replace(own, action=action, actors=(), slots=slots, letter=True, letters=(word,))


def _attached(own: Saying) -> Iterator[Saying]:
    """May extend giving reasons: when extended, reasons are given; and the same the other way round."""
    done = DONE.get(own.action)
    given = own.slots.get("giving", NOTHING)
    if done is not None and given and own.norm.kind in (Kind.DUTY, Kind.PERMISSION):
        rest = {k: v for k, v in own.slots.items() if k in ("via", "in", "to")}
        yield replace(own, action="give", slots={**rest, OBJECTS: given}, guard=Holds(done), attached=True)
    for act, condition in DONE.items():
        if own.action in TELLING and own.guard == Holds(condition):
            rest = {k: v for k, v in own.slots.items() if k in ("via", "in", "to")}
            things = own.slots.get(OBJECTS, NOTHING)
            if things:
                yield replace(own, action=act, actors=(), slots={**rest, "giving": things}, guard=None, letter=True)


@cache
def letter_actions() -> dict[str, tuple[str, ...]]:
    """For each letter (an item named like an event), the actions whose doing sends it: ``response``: ``respond``."""
    words = vocabulary()
    found: dict[str, tuple[str, ...]] = {}
    for word in words.by_kind["items"]:
        actions = tuple(a.word for a in words.by_kind["actions"].values() if a.event == word)
        if actions:
            found[word] = actions
    return found


def soft(demand: Norm, provision_force: str) -> bool:
    """Whether a recommendation is enough: the code itself says no more than “should”."""
    return provision_force == "should" or demand.force in (Force.SHOULD, Force.AIMS)
