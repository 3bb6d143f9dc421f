"""From a document's sentences to the duties that a case record can show, and the list of those that it cannot.

Nothing here knows a policy or a code by name: the vocabulary says which event an action makes, and
``checks/case-record.yaml`` which events, flags and handlers a log can hold.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

from policylang.auditor.closing import closing_duties
from policylang.auditor.conditions import shown_at_all
from policylang.auditor.counting import Counter, counter_of
from policylang.auditor.duty import REFUSALS, ROOTS, Duty, DutyKind, Extension, NotShown, Step
from policylang.auditor.extensions import extension_at, extension_duties, responses
from policylang.auditor.guards import with_guards
from policylang.auditor.letters import content_duties, unshown_items
from policylang.auditor.merging import merged
from policylang.auditor.naming import named_apart
from policylang.auditor.sentences import Said, clocks, duty_of, is_duty, sentences
from policylang.auditor.shown import LATE, case_event
from policylang.model.calendar import Calendar
from policylang.model.conditions import Holds, atoms
from policylang.model.document import Document
from policylang.model.norms import Force, Items, Kind
from policylang.model.vocabulary import vocabulary


@dataclass(frozen=True, slots=True)
class Compiled:
    """The duties of one document, in its order, and what no case record can show of it."""

    duties: tuple[Duty, ...]
    not_shown: tuple[NotShown, ...]


def duties(document: Document) -> tuple[Duty, ...]:
    """The duties of a policy or a code that a case record can show, in the order of the document."""
    return compile_document(document).duties


def counted_duties(document: Document, calendar: Calendar, day_one: bool) -> tuple[tuple[Duty, Counter], ...]:
    """The duties of a document, each with the counter of its clock."""
    return _counted(_Key(document), calendar, day_one)


def not_shown_by_cases(document: Document) -> tuple[NotShown, ...]:
    """The duties of a document that only letters, files, board papers or people can show."""
    return compile_document(document).not_shown


def compile_document(document: Document) -> Compiled:
    """Both at once; kept for the document as it stands."""
    return _compiled(_Key(document))


class _Key:
    """A document by identity: documents are mutable, and too large to compare."""

    def __init__(self, document: Document) -> None:
        self.document = document

    def __hash__(self) -> int:
        return id(self.document)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Key) and self.document is other.document


def _of_another_body(said: Said) -> bool:
    """Whether it stands in a template or appendix of somebody else, and so lays no duty on the landlord's cases."""
    return said.norm.standing is not None and said.norm.standing.of is not None


@lru_cache(maxsize=64)
def _counted(key: _Key, calendar: Calendar, day_one: bool) -> tuple[tuple[Duty, Counter], ...]:
    return tuple((duty, counter_of(duty, calendar, day_one)) for duty in _compiled(key).duties)


@lru_cache(maxsize=64)
def _compiled(key: _Key) -> Compiled:
    document = key.document
    said_here = sentences(document)
    every = [said for said in said_here if not _of_another_body(said)]
    extensions = {stage: extension_at(stage, every) for stage in ROOTS}
    placed: list[tuple[int, Duty]] = []
    missing = [
        NotShown(
            said.text, said.clauses, said.number, "it is another body's text, which the landlord has not made its own"
        )
        for said in said_here
        if _of_another_body(said) and is_duty(said.norm)
    ]
    for place, said in enumerate(every):
        made = [*_duties_of(said, extensions)]
        placed += [(place, duty) for duty in made]
        why = _why_not(said, made) if is_duty(said.norm) and not said.by_resident else ""
        if why:
            missing.append(NotShown(said.text, said.clauses, said.number, why))
    places = [place for place, _ in placed]
    placed = list(zip(places, with_guards([duty for _, duty in placed]), strict=True))
    for stage, extension in extensions.items():
        if extension is not None:
            said, more = extension_duties(stage, extension, every, [duty for _, duty in placed])
            placed += [(every.index(said), duty) for duty in more]
    found = [duty for _, duty in sorted(placed, key=lambda item: item[0])]
    found = [replace(duty, late_of=responses(duty.stage, found)) if _when_late(duty) else duty for duty in found]
    found = [duty for duty in found if duty.late_of or not _when_late(duty)]  # nothing to be late with
    return Compiled(tuple(named_apart(merged(found, document))), tuple(missing))


def _when_late(duty: Duty) -> bool:
    said = (atom for clause in duty.conditions for atom in atoms(clause.condition))
    return any(isinstance(atom, Holds) and atom.word in LATE for atom in said)


def _why_not(said: Said, made: list[Duty]) -> str:
    """Why a case record does not show a sentence, or not all of it; empty where it does."""
    if not said.stages():
        return "No case record holds this step."
    if any(_closes_too_early(said, stage) for stage in said.stages()):
        return "A log records one closing, and a complaint that goes on to stage 2 is not closed at stage 1."
    unshown = [item for stage in said.stages() for item in unshown_items(said, stage)]
    if made:
        return f"A case record does not show: {', '.join(dict.fromkeys(unshown))}." if unshown else ""
    if not all(shown_at_all(said.norm.conditions, stage) for stage in said.stages()):
        return "It holds only under a condition that a case record does not show."
    return "A case record holds nothing that shows whether it was done."


def _duties_of(said: Said, extensions: dict[int, Extension | None]) -> Iterator[Duty]:
    for stage in said.stages():
        if said.by_resident:
            yield from _window(said, stage)
            continue
        yield from _timed(said, stage, extensions[stage])
        yield from closing_duties(said, stage)
        yield from content_duties(said, stage)
        yield from _different_person(said, stage)
        yield from _not_refused(said, stage)


def _timed(said: Said, stage: int, extension: Extension | None) -> Iterator[Duty]:
    """An action that makes a dated event, with or without a deadline."""
    norm = said.norm
    event = _event(said, stage)
    if norm.kind is not Kind.DUTY or event is None or not shown_at_all(norm.conditions, stage):
        return
    if _closes_too_early(said, stage):
        return
    duty = replace(duty_of(said, stage, DutyKind.TIMED, f"{norm.action} at stage {stage}"), event=event)
    if norm.within is None:
        # "Must respond in writing", "must acknowledge giving …" and the like speak of the how, not of the whether.
        plain = not norm.lists and norm.not_same_person_as is None and not norm.prompt and not norm.borrowed
        if plain and norm.action in ("acknowledge", "log", "respond"):
            yield duty
        return
    responds = event == case_event("response", stage)
    if said.document.kind == "policy" and stage == 1 and norm.stage is None and norm.within.start.word != "receipt":
        return
    for clock, reading in clocks(said, stage):
        how = ", ".join(part for part in (duty.reading, reading) if part)
        yield replace(duty, clock=clock, reading=how, extension=extension if responds else None)


def _closes_too_early(said: Said, stage: int) -> bool:
    """Whether it says when to close a complaint at stage 1 in a scheme of two: the one date of closing in a log then
    shows nothing, for a complaint that went on was rightly closed later."""
    headed = {each.number for each in said.document.stages}
    one_for_both = not headed or 2 in headed
    return stage == 1 and said.norm.kind is Kind.DUTY and _event(said, 1) == "closed" and one_for_both


def _event(said: Said, stage: int) -> str | None:
    entry = vocabulary().find(said.norm.action, ("actions",))
    if entry is None or entry.event in (None, "extension", "refusal", "escalation"):
        return None
    return case_event(str(entry.event), stage)


def _different_person(said: Said, stage: int) -> Iterator[Duty]:
    if said.norm.not_same_person_as != 1 or stage != 2 or said.norm.kind is not Kind.DUTY:
        return
    duty = duty_of(said, stage, DutyKind.DIFFERENT_PERSON, "decide stage 2 by somebody else than stage 1", "decide")
    yield replace(duty, event=case_event("response", 2), facts=("handler", "stage2_handler"))


def _not_refused(said: Said, stage: int) -> Iterator[Duty]:
    """A refusal that is forbidden, or allowed on certain grounds only; having to accept every complaint is the same."""
    norm = said.norm
    only = norm.kind is Kind.PERMISSION and any(clause.kind == "only_when" for clause in norm.conditions)
    refuses = norm.action == "refuse" and (only or norm.kind is Kind.PROHIBITION)
    if not refuses and not _accepts(said):
        return
    if not {"complaint": stage == 1, "escalation": stage == 2}.get(_object(said), False):
        return
    grounds = _grounds(said)
    what = "a complaint" if stage == 1 else "stage 2"
    name = f"refuse {what} only on certain grounds" if grounds else f"not refuse {what}"
    duty = replace(
        duty_of(said, stage, DutyKind.NOT_REFUSED, name),
        event=REFUSALS[stage],
        what="no refusal",
        conditions=(),
        grounds=grounds,
    )
    yield duty


def _accepts(said: Said) -> bool:
    """Whether it has every complaint taken on, but for a reason; "accept complaints from a group" says less."""
    norm = said.norm
    whole = not norm.lists and all(clause.kind == "unless" for clause in norm.conditions)
    return norm.kind is Kind.DUTY and norm.action == "accept" and whole and _object(said) == "complaint"


def _object(said: Said) -> str:
    word = next(iter(said.norm.objects.words), "complaint")
    return "complaint" if word in ("all-complaints", "complaints") else word


def _grounds(said: Said) -> tuple[Step, ...]:
    """What permits a refusal: the conditions of this very sentence, and every permission of the document to refuse."""
    norm = said.norm
    found = []
    if norm.conditions:
        clauses = tuple(
            replace(clause, kind="when") if norm.kind is not Kind.PERMISSION and clause.kind == "unless" else clause
            for clause in norm.conditions
        )
        found.append(Step(None, None, False, clauses, said.text))
    for other in sentences(said.document):
        permits = other.norm.kind in (Kind.PERMISSION, Kind.UNDECIDED) or (
            other.norm.kind is Kind.DUTY and other.norm.action == "refuse"
        )
        if permits and other.norm is not norm and other.norm.action == "refuse" and _object(other) == _object(said):
            found.append(Step(None, None, False, other.norm.conditions, other.text))
    return tuple(found)


def _window(said: Said, stage: int) -> Iterator[Duty]:
    """The time a resident has to ask for stage 2: a request within it must not be refused."""
    norm = said.norm
    if norm.action != "escalate" or stage != 2 or norm.kind not in (Kind.PERMISSION, Kind.DUTY):
        return
    for clock, reading in clocks(said, stage):
        duty = duty_of(
            replace(said, norm=replace(norm, force=Force.MAY)), stage, DutyKind.NOT_REFUSED, _WINDOW, "refuse"
        )
        grounds = _grounds(replace(said, norm=replace(norm, action="refuse", objects=_ESCALATION, conditions=())))
        yield replace(
            duty,
            event=REFUSALS[stage],
            clock=replace(clock, root=ROOTS[stage]),
            reading=", ".join(part for part in (duty.reading, reading) if part),
            conditions=(),
            what="no refusal of a request made in time",
            grounds=grounds,
        )


_WINDOW = "take on requests for stage 2 that come in time"
_ESCALATION = Items(("escalation",))
