"""One demand of a code, ready to be held against a policy: its forms, its stage, how strongly it asks."""

from __future__ import annotations

from dataclasses import dataclass, replace

from policylang.checker.sayings import Saying, sayings_of, soft
from policylang.model.calendar import Calendar, load_calendar
from policylang.model.conditions import Condition
from policylang.model.document import Document, Provision
from policylang.model.duration import Duration, Unit
from policylang.model.norms import Force, Norm, Within

WORKING_DAY = 8  # hours, where a code counts in hours and does not say


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
    def obliges(self) -> bool:
        """Whether a case can break it: who goes beyond a recommendation, or a leave that is given, breaks nothing."""
        return not self.soft and self.provision.force == "must"

    @property
    def asks_for_right(self) -> bool:
        """Whether it demands that somebody on the resident's side may do something."""
        return self.norm.force is Force.MAY and self.own.by_resident


def demands_of(provision: Provision, code: Document) -> list[Demand]:
    """The demands of a provision, in order."""
    demands = [_counted(norm, code) for norm in provision.demands]
    return [
        Demand(norm, provision, code, tuple(sayings_of(norm, norm.stage)), soft(norm, provision.force))
        for norm in demands
    ]


def _counted(norm: Norm, code: Document) -> Norm:
    """The demand with its times as the code counts them; one without a figure demands no time."""
    within, extent = norm.within, norm.extent
    if within is not None:
        time = code_time(within.duration, code)
        within = None if time is None else Within(time, within.start)
    if extent is not None:
        limit, total = (d and code_time(d, code) for d in (extent.limit, extent.total))
        extent = replace(extent, limit=limit, total=total)
    return replace(norm, within=within, extent=extent)


def code_time(time: Duration, code: Document) -> Duration | None:
    """A period of a code, ready to be counted; None for a placeholder.

    Of a choice the longest is allowed; bare days are what the code declares, else working days.
    """
    n = max(time.choices) if time.choices else time.n
    if n is None:
        return None
    if time.unit is Unit.DAYS:
        return Duration(n, code.bare_days or Unit.WORKING_DAYS)
    if time.unit is Unit.WORKING_HOURS:
        return Duration(-(-n // (code.hours_per_day or WORKING_DAY)), Unit.WORKING_DAYS)
    return Duration(n, time.unit)
