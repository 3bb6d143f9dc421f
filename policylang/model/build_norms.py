"""One sentence of the tree to norms. A sentence with two actions under one deadline makes one norm for each."""

from __future__ import annotations

from dataclasses import replace

from policylang.language import tree as t
from policylang.model import conditions as c
from policylang.model.duration import Duration, Unit
from policylang.model.norms import (
    NOTHING,
    Clause,
    CodeParagraph,
    Event,
    Extent,
    Force,
    Frequency,
    Items,
    Kind,
    Norm,
    Wait,
    Within,
)
from policylang.model.words import PEOPLE, THINGS, Lookup

SUBJECTS = ("roles", "bodies", "items")
CONTENTS = ("items", "roles", "bodies", "channels", "references")
LISTS = {
    "giving": CONTENTS, "via": ("channels",), "to": PEOPLE, "from_": PEOPLE, "by": PEOPLE, "not_by": PEOPLE,
    "about": CONTENTS, "affecting": (*PEOPLE, "items"), "including": THINGS, "with_": THINGS, "for_": THINGS,
    "in_": CONTENTS, "opinion": PEOPLE,
}  # fmt: skip
FIXED_ACTIONS = {"definition": "mean", "copula": "be", "possession": "have", "transition": "become", "closes": "close"}
FIXED_KINDS = {
    "definition": Kind.DEFINITION, "copula": Kind.STATEMENT, "possession": Kind.STRUCTURE,
    "transition": Kind.TRANSITION, "closes": Kind.DUTY,
}  # fmt: skip


def unit_of(text: str) -> Unit:
    """The unit a sentence names, however it is written (``business day``, ``working days``)."""
    text = text.replace("business", "working")
    return Unit(text if text.endswith("s") else f"{text}s")


class NormBuilder:
    """Builds the norms of sentences; unknown words become findings of the lookup."""

    def __init__(self, lookup: Lookup) -> None:
        self.lookup = lookup

    def norms(self, node: t.Sentence, section_stage: int | None) -> list[Norm]:
        """The norms of one sentence under a heading of stage ``section_stage`` (None outside stages)."""
        stage, any_stage, actors = section_stage, False, NOTHING
        if node.subject is not None:
            if node.subject.stage is not None:
                stage, any_stage = node.subject.stage.number, node.subject.stage.number is None
            actors = self.lookup.items(node.subject.actors, SUBJECTS)
        if node.form in ("definition", "transition"):
            actors = self.lookup.items(node.left, SUBJECTS)
        kind, force, negated, hedge = self.strength(node)
        base = Norm(
            kind, force, negated, "", node, node.span, hedge, stage, any_stage, actors,
            self.lookup.items(node.objects, THINGS if node.form == "norm" else (*THINGS, "events")),
            count=node.count, amount=node.amount, unit=node.unit, clauses=node.clauses.labels if node.clauses else (),
        )  # fmt: skip
        if node.condition is not None:
            base = replace(base, conditions=(Clause("when", self.condition(node.condition, stage)),))
        if node.form == "closes":
            base = replace(base, objects=Items(("complaint",)))
        actions = (
            [self.lookup.word(verb, ("actions",)) for verb in node.verbs]
            if node.form == "norm"
            else [FIXED_ACTIONS[node.form]]
        )
        first = self.qualified(replace(base, action=actions[0]), node.qualifiers)
        # The words were looked up once; the other actions share everything but their name.
        return [first, *(replace(first, action=action) for action in actions[1:])]

    @staticmethod
    def strength(node: t.Sentence) -> tuple[Kind, Force, bool, str | None]:
        if node.modal is None:
            return FIXED_KINDS[node.form], Force.WILL, node.negated, None
        modal = node.modal
        hedge = modal.hedge
        force = Force.AIMS if modal.word in ("aims", "normally") else Force(modal.word)
        if hedge is not None and force.binds:
            force = Force.AIMS
        if force is Force.MAY:
            return (Kind.UNDECIDED if modal.negated else Kind.PERMISSION), force, modal.negated, hedge
        return (Kind.PROHIBITION if modal.negated else Kind.DUTY), force, modal.negated, hedge

    # -- parts

    def duration(self, node: t.DurationNode) -> Duration:
        n = node.numbers[0] if len(node.numbers) == 1 else None
        choices = node.numbers if len(node.numbers) > 1 else ()
        return Duration(n, unit_of(node.unit), choices, node.placeholder)

    def event(self, node: t.EventNode, stage: int | None, action: str = "") -> Event:
        word = self.lookup.word(node.word, ("events",))
        if node.stage is not None:
            return Event(word, node.stage)
        entry = self.lookup.words.find(action, ("actions",))
        # A resident who escalates looks back at the answer of the stage before.
        looks_back = entry is not None and entry.event == "escalation" and word.startswith("response")
        return Event(word, stage - 1 if looks_back and stage and stage > 1 else stage)

    def condition(self, node: t.Condition, stage: int | None) -> c.Condition:
        match node:
            case t.Holds(word):
                return c.InWords(word.text) if word.quoted else c.Holds(self.lookup.word(word, ("conditions",)))
            case t.Older(word, duration, event):
                start = self.event(event, stage).word if event else None
                return c.Older(self.lookup.word(word, ("conditions",)), self.duration(duration), start)
            case t.InTime(word, duration, event):
                start_event = self.event(event, stage)
                return c.InTime(
                    self.lookup.word(word, ("conditions",)), self.duration(duration), start_event.word,
                    start_event.stage,
                )  # fmt: skip
            case t.Not(inner):
                return c.Not(self.condition(inner, stage))
            case t.All(parts):
                return c.All(tuple(self.condition(p, stage) for p in parts))
            case t.Any_(parts):
                return c.AnyOf(tuple(self.condition(p, stage) for p in parts))

    def qualified(self, norm: Norm, qualifiers: tuple[t.Qualifier, ...]) -> Norm:
        """The norm with its qualifiers read, in the order in which they stand."""
        # A stage named at the end (`at stage 2`) governs the events before it too.
        for q in qualifiers:
            if q.kind == "at_stage" and q.stage is not None:
                norm = replace(norm, stage=q.stage.number, any_stage=q.stage.number is None)
        for q in qualifiers:
            norm = self.apply(norm, q)
        return norm

    def apply(self, norm: Norm, q: t.Qualifier) -> Norm:
        stage = norm.stage
        if q.kind in LISTS:
            name = q.kind.rstrip("_")
            return replace(norm, lists={**norm.lists, name: self.lookup.items(q.terms, LISTS[q.kind])})
        duration = self.duration(q.duration) if q.duration else None
        extent = norm.extent or Extent()
        match q.kind:
            case "within" if duration:
                start = self.event(q.event, stage, norm.action) if q.event else Event("start-not-stated", stage)
                return replace(norm, within=Within(duration, start))
            case "prompt":
                return replace(norm, prompt=q.text)
            case "no_deadline":
                return replace(norm, no_deadline=True)
            case "extent":
                return replace(norm, extent=replace(extent, limit=duration))
            case "total_extent":
                return replace(norm, extent=replace(extent, total=duration))
            case "further":
                return replace(norm, extent=replace(extent, further=True))
            case "every" | "at_least_every":
                return replace(norm, every=Frequency(duration, q.kind == "at_least_every"))
            case "often":
                return replace(norm, every=_often(q.text or ""))
            case "when" | "unless" | "only_when" | "even_when" | "until" if q.condition:
                clause = Clause(q.kind, self.condition(q.condition, stage))
                return replace(norm, conditions=(*norm.conditions, clause))
            case "not_same_person" if q.stage:
                return replace(norm, not_same_person_as=q.stage.number)
            case "after_time" | "after" | "before" if q.event:
                wait = Wait(self.event(q.event, stage, norm.action), duration, q.kind == "before")
                return replace(norm, waits=(*norm.waits, wait))
            case "lasting":
                return replace(norm, lasting=duration)
            case "borrowed_stage" if q.stage:
                return replace(norm, borrowed=f"stage {q.stage.number}")
            case "borrowed_code":
                return replace(norm, borrowed="code")
            case "borrowed_document" if q.terms:
                return replace(norm, borrowed=q.terms.items[0].text)
            case "borrowed_times":
                return replace(norm, borrowed="code times")
            case "see" if q.text is not None:
                cited = tuple(CodeParagraph(label, q.text) for label in q.clauses)
                return replace(norm, see_code=(*norm.see_code, *cited))
            case "see":
                return replace(norm, see=(*norm.see, *q.clauses))
            case "manner":
                return replace(norm, manner=(*norm.manner, q.text or ""))
            case "remark":
                return replace(norm, remarks=(*norm.remarks, q.text or ""))
        return norm


_OFTEN = {
    "daily": (1, Unit.CALENDAR_DAYS), "weekly": (1, Unit.WEEKS), "monthly": (1, Unit.MONTHS),
    "quarterly": (3, Unit.MONTHS), "yearly": (1, Unit.YEARS), "annually": (1, Unit.YEARS),
}  # fmt: skip


def _often(word: str) -> Frequency:
    known = _OFTEN.get(word)
    return Frequency(None, words=word) if known is None else Frequency(Duration(*known), words=word)
