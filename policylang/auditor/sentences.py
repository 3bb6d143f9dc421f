"""One sentence of a document as the auditor needs it: whose it is, at which stages it holds, its letter, its clocks."""

from __future__ import annotations

import re
from dataclasses import dataclass

from policylang.auditor.duty import ROOTS, Clock, Duty, DutyKind
from policylang.auditor.shown import LETTERS, case_event
from policylang.model.document import Document, Provision
from policylang.model.duration import Unit
from policylang.model.norms import Force, Kind, Norm
from policylang.model.vocabulary import vocabulary

_RESIDENTS = frozenset(
    re.findall(
        r"\w+",
        "resident representative anyone applicants tenants leaseholders complainant customer customers group",
    )
)
# A letter that reaches somebody does so on the day it is sent, or later.
_LATER = {"response-received": "response"}


@dataclass(frozen=True, slots=True)
class Said:
    """A sentence where it stands: its document and, in a code, its provision."""

    norm: Norm
    document: Document
    provision: Provision | None = None

    @property
    def source(self) -> str:
        return self.document.kind

    @property
    def text(self) -> str:
        """The sentence as it stands in the document, on one line."""
        span = self.norm.span
        return " ".join(self.document.text[span.start : span.end].split())

    @property
    def clauses(self) -> tuple[str, ...]:
        return self.norm.clauses

    @property
    def number(self) -> str | None:
        """The provision's number, in a code."""
        return self.provision.number if self.provision else None

    @property
    def verified(self) -> bool:
        return self.provision.verified if self.provision else True

    @property
    def binding(self) -> bool:
        """Whether breaking it breaks the document. A permission binds in what it limits or asks for in return."""
        strong = self.norm.force.binds or self.norm.force is Force.MAY
        return strong and (self.provision is None or self.provision.force == "must")

    @property
    def by_resident(self) -> bool:
        """Whether it is the resident who does it."""
        return bool(_RESIDENTS & set(self.norm.actors.words))

    @property
    def standing(self) -> str:
        """``checklist``, ``template``, …; empty in the body of the document."""
        return self.norm.standing.kind if self.norm.standing else ""

    def stages(self) -> tuple[int, ...]:
        """The stages of the case record at which it holds. An informal step, or a third stage, is in no case record."""
        if self.norm.stage is not None:
            return (self.norm.stage,) if self.norm.stage in ROOTS else ()
        headed = {stage.number for stage in self.document.stages}
        return tuple(stage for stage in ROOTS if not headed or stage in headed)

    def letter(self) -> str | None:
        """The letter it speaks of: what its action sends, else the one it names (as subject, object or otherwise)."""
        norm = self.norm
        entry = vocabulary().find(norm.action, ("actions",))
        sends = entry.event if entry is not None else None
        if sends == "refusal" and "escalation" in norm.objects.words:
            return "escalation-refusal"
        if sends in LETTERS:
            return sends
        lists = [norm.listed(name).words for name in ("about", "in", "with")]
        named = (
            LETTERS.get(w.removesuffix("-letter")) for ws in (norm.actors.words, norm.objects.words, *lists) for w in ws
        )
        return next((letter for letter in named if letter is not None), None)


def sentences(document: Document) -> list[Said]:
    """Every norm of a policy, or every demand of a code, where it stands."""
    if document.kind == "policy":
        return [Said(norm, document) for norm in document.norms]
    return [Said(norm, document, provision) for provision in document.provisions for norm in provision.demands]


def clocks(said: Said, stage: int) -> list[tuple[Clock, str]]:
    """Every way of counting its deadline, each with what it reads into the words (``""`` where they are plain).

    Empty where the clock starts with something that no case record shows.
    """
    within = said.norm.within
    if within is None:
        return []
    found: list[tuple[str, bool, str]] = []
    word, at = within.start.word, within.start.stage or stage
    if word == "start-not-stated":
        start = case_event("acknowledgement", stage)
        entry = vocabulary().find(said.norm.action, ("actions",))
        # Nothing is counted from itself: an acknowledgement, or logging, can only be counted from receipt.
        first = entry is not None and entry.event in ("acknowledgement", "logging")
        found.append((ROOTS[stage], False, "" if first else "counted from receipt"))
        if start and not first:
            found.append((start, False, "counted from the acknowledgement"))
    elif (event := case_event(word, at)) is not None:
        found.append((event, False, ""))
    elif word in _LATER and (event := case_event(_LATER[word], at)) is not None:
        found.append((event, True, ""))
    ways: list[tuple[Clock, str]] = []
    for start, at_earliest, how in found:
        for unit, read in _bare(said):
            reading = ", ".join(part for part in (how, read) if part)
            clock = Clock(
                within.duration,
                start,
                ROOTS[stage],
                at_earliest=at_earliest,
                bare_days=unit,
                hours_per_day=said.document.hours_per_day,
            )
            ways.append((clock, reading))
    return ways


def _bare(said: Said) -> list[tuple[Unit | None, str]]:
    """How bare days are read: as the document declares, else both ways."""
    within = said.norm.within
    assert within is not None
    declared = said.document.bare_days
    if within.duration.unit is not Unit.DAYS or within.duration.n is None or declared is not None:
        return [(declared, "")]
    return [
        (Unit.WORKING_DAYS, "its days as working days"),
        (Unit.CALENDAR_DAYS, "its days as calendar days"),
    ]


def duty_of(said: Said, stage: int, kind: DutyKind, name: str, action: str = "") -> Duty:
    """A duty with what it has from its sentence; aims and recommendations say so in their name."""
    lead = "" if said.binding else ("recommended: " if said.source == "code" else "aim: ")
    return Duty(
        lead + name,
        kind,
        said.source,
        said.document.id,
        said.number,
        said.clauses,
        stage,
        action or said.norm.action,
        said.text,
        binding=said.binding,
        verified=said.verified,
        conditions=said.norm.conditions,
        standing=said.standing,
        reading=f"“{said.norm.reading}”" if said.norm.reading else "",
        of_reading=said.norm.reading or "",
    )


def is_duty(norm: Norm) -> bool:
    """Whether a sentence is one that can be kept or broken at all."""
    return norm.kind in (Kind.DUTY, Kind.PROHIBITION)
