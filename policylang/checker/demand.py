"""One demand of a code, ready to be held against a policy: its forms, its stage, how strongly it asks."""

from __future__ import annotations

from dataclasses import dataclass

from policylang.checker.sayings import Saying, sayings_of, soft
from policylang.model.calendar import Calendar, load_calendar
from policylang.model.conditions import Condition
from policylang.model.document import Document, Provision
from policylang.model.norms import Force, Norm


@dataclass(frozen=True, slots=True, eq=False)
class Demand:
    """One sentence of a provision. ``forms`` are the ways it can be put; ``soft``: a recommendation meets it."""

    norm: Norm
    provision: Provision
    code: Document
    forms: tuple[Saying, ...]
    soft: bool = False

    @property
    def own(self) -> Saying:
        """The sentence in the form in which the code puts it."""
        return self.forms[0]

    @property
    def stage(self) -> int | None:
        return self.norm.stage

    @property
    def guard(self) -> Condition | None:
        """When the demand is made; None for always."""
        return self.own.guard

    @property
    def calendar(self) -> Calendar:
        """The calendar of the code's clock: a landlord's own closed days count."""
        return load_calendar(self.code.calendar)

    @property
    def asks_for_right(self) -> bool:
        """Whether it demands that somebody on the resident's side may do something."""
        return self.norm.force is Force.MAY and self.own.by_resident


def demands_of(provision: Provision, code: Document) -> list[Demand]:
    """The demands of a provision, in order."""
    return [
        Demand(norm, provision, code, tuple(sayings_of(norm, norm.stage)), soft(norm, provision.force))
        for norm in provision.demands
    ]
