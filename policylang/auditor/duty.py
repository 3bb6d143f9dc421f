"""Duties: what a policy promises or a code demands, in the form in which a case record can show it kept or broken."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from policylang.auditor.outcome import Owed, Said, owed
from policylang.model.duration import Duration, Unit
from policylang.model.norms import Clause


class DutyKind(StrEnum):
    """What has to be looked at to judge a duty."""

    TIMED = "timed"  # an event, by a day or at all
    EXTENSION_NOTIFIED = "extension-notified"  # told of, on or before the deadline that it extends
    EXTENSION_LIMIT = "extension-limit"  # no further than may be, or with what going further needs
    CONTENT = "content"  # what a letter says, or what the record says was (or was not) done
    DIFFERENT_PERSON = "different-person"
    NOT_REFUSED = "not-refused"


@dataclass(frozen=True, slots=True)
class Clock:
    """How a deadline is counted.

    ``start`` and ``root`` are case-record events: the root is what brings the complaint to the stage (its receipt, or
    the request for stage 2). ``guard`` is the time, from the root, within which the start itself was due; with it a
    start that never came still has a last lawful day. ``at_earliest``: the clock starts on the day of ``start`` or
    later (the receipt of a letter, where only its sending is recorded).
    """

    within: Duration
    start: str
    root: str
    guard: Duration | None = None
    at_earliest: bool = False
    bare_days: Unit | None = None
    hours_per_day: float | None = None


@dataclass(frozen=True, slots=True)
class Step:
    """One permission, to extend or (its conditions only) to refuse. ``limit`` counts from the end of the base period,
    ``total`` from its start; neither: no limit. ``further`` goes beyond the limits of the other steps."""

    limit: Duration | None
    total: Duration | None
    further: bool
    conditions: tuple[Clause, ...]
    text: str


@dataclass(frozen=True, slots=True)
class Extension:
    """Everything a document says on extending the response at one stage; the names are case-record facts."""

    steps: tuple[Step, ...]
    notified: str
    extended_to: str


@dataclass(frozen=True, slots=True)
class Duty:
    """One duty that a case record can show.

    ``event`` is the deed (``TIMED``, ``EXTENSION_NOTIFIED``) or the letter that must say something (``CONTENT``), or
    the refusal (``NOT_REFUSED``). ``facts`` are flags of which ``needed`` must be ``wanted``, or the two handlers.
    ``binding`` is false for aims and recommendations: missing one is no breach. ``text`` is the sentence as it stands
    in the document; ``reading`` says in words which reading of it this is, where it has several.
    """

    name: str
    kind: DutyKind
    source: str  # "policy" or "code"
    document: str
    provision: str | None
    clauses: tuple[str, ...]
    stage: int
    action: str
    text: str
    binding: bool = True
    verified: bool = True
    event: str | None = None
    clock: Clock | None = None
    extension: Extension | None = None
    conditions: tuple[Clause, ...] = ()
    facts: tuple[str, ...] = ()
    needed: int = 0
    wanted: bool = True
    what: str = ""  # in words: what a letter must state, what must not be asked
    reading: str = ""
    of_reading: str = ""  # the named reading of the document that its sentence belongs to
    standing: str = ""
    grounds: tuple[Step, ...] = ()  # what permits a refusal
    late_of: tuple[Duty, ...] = ()  # the duty whose being late is a condition of this one, in each of its readings
    # Filled in from the rest: whether the days of events decide it, and the facts it looks at whatever they say.
    dated: bool = field(init=False, compare=False)
    reads: tuple[str, ...] = field(init=False, compare=False)
    root: str = field(init=False, compare=False, repr=False)  # the event that brings a complaint to this stage
    owed: Owed = field(init=False, compare=False, repr=False)
    # What was said of one case and holds of more, with the facts that would have decided it.
    alike: dict[Any, tuple[Said, tuple[str, ...]]] = field(init=False, compare=False, repr=False)

    def __post_init__(self) -> None:
        put = object.__setattr__  # the class is frozen; these are filled once, here
        put(self, "root", ROOTS[self.stage])
        dated = self.kind not in (DutyKind.CONTENT, DutyKind.DIFFERENT_PERSON)
        names = [self.root] if dated or self.stage == 2 else []
        if self.clock is not None:
            names.append(self.clock.start)
        if self.kind is not DutyKind.CONTENT and self.event is not None:
            names.append(self.event)
        if self.extension is not None and self.kind is not DutyKind.TIMED:
            names += (self.extension.notified, self.extension.extended_to)
        put(self, "dated", dated)
        put(self, "reads", tuple(dict.fromkeys(names)))
        who = (self.name, self.source, self.document, self.provision, self.clauses, self.stage)
        put(self, "owed", owed(*who, self.verified, self.action))
        put(self, "alike", {})

    @property
    def counts_days(self) -> bool:
        """Whether what comes of it can hang on how days are counted."""
        return self.clock is not None or self.extension is not None or bool(self.late_of)


ROOTS = {1: "received", 2: "escalation_requested"}
REFUSALS = {1: "refused", 2: "escalation_refused"}


@dataclass(frozen=True, slots=True)
class NotShown:
    """A sentence, or part of one, that no case record can show kept or broken, and why."""

    text: str
    clauses: tuple[str, ...]
    provision: str | None
    why: str
