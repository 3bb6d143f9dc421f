"""Verdicts: what a policy's text comes to against one provision of a code."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING

from policylang.findings.finding import Place

if TYPE_CHECKING:
    from policylang.checker.repair import Repair
    from policylang.model.document import Deviation


class Judgement(StrEnum):
    """The verdict on one provision (see docs: verdicts)."""

    COMPLIES = "complies"
    PARTLY = "partly"
    BREACHES = "breaches"
    SILENT = "silent"
    NOT_JUDGED = "not-judged"


class Decided(StrEnum):
    """How a verdict was reached."""

    PROVED = "proved"
    MATCHED = "matched"
    BY_SILENCE = "by-silence"
    NOT_JUDGED = "not-judged"


@dataclass(frozen=True, slots=True)
class StoryEvent:
    """One dated event of a story; ``event`` is the case-record name, e.g. ``stage2_responded``."""

    event: str
    date: date


@dataclass(frozen=True, slots=True)
class Story:
    """A case told in dates that keeps the policy and breaks the code. ``text`` is in the stories' notation."""

    events: tuple[StoryEvent, ...]
    text: str
    as_at: date | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    """The verdict under one reading of an open text."""

    judgement: Judgement
    why: str
    name: str = ""


@dataclass(frozen=True, slots=True)
class Limb:
    """One demand of a provision: what was asked (in the language), what was found, and what decided it.

    ``repair`` says in words what would meet it, ``repairs`` is the same ready to carry out; ``words`` are the places
    in the policy of the very words that fall short (none where something is missing).
    """

    demand: str
    judgement: Judgement
    decided: Decided
    why: str
    clauses: tuple[str, ...] = ()
    repair: str | None = None
    story: Story | None = None
    words: tuple[Place, ...] = ()
    repairs: tuple[Repair, ...] = field(default=(), compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Verdict:
    """The verdict on one provision, with everything needed to defend it.

    ``clauses`` are those of the policy relied on; ``repair`` is the smallest sentence or change that would comply;
    ``verified`` is false where the provision's substance was not read in a published source. ``force`` is the
    provision's own: ``must``, ``should``, ``may`` or ``context``. ``deviation`` is the accepted departure in force on
    the day of the check; it changes nothing of the verdict.
    """

    provision: str
    title: str
    requirement: str
    judgement: Judgement
    decided: Decided
    why: str
    clauses: tuple[str, ...] = ()
    arguable: bool = False
    readings: tuple[Reading, ...] = ()
    story: Story | None = None
    repair: str | None = None
    verified: bool = True
    force: str = "must"
    limbs: tuple[Limb, ...] = ()
    proof_range: tuple[date, date] | None = None
    shown_by: tuple[str, ...] = ()
    section: str = ""
    place: Place | None = None  # where the first sentence relied on stands in the policy file
    repairs: tuple[Repair, ...] = field(default=(), compare=False, repr=False)
    deviation: Deviation | None = None
    note: str = ""  # what ``why`` says of the whole document: how else it could be read, which other one may answer

    @property
    def falls_short(self) -> bool:
        """Whether it breaches, or is met only partly: on one reading at least, where that is arguable."""
        return self.judgement in (Judgement.BREACHES, Judgement.PARTLY)

    @property
    def recommended(self) -> bool:
        """Whether the provision only recommends, so that falling short of it breaches nothing."""
        return self.force == "should"
