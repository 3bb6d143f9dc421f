"""A policy or a code as a whole: what its frame says, its stages, its norms, its provisions, its readings."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from policylang.language.tree import Span, Tree
from policylang.model.duration import Unit
from policylang.model.norms import Norm, Standing


@dataclass(frozen=True, slots=True)
class LooseDate:
    """A date as precise as the document gives it. ``bound`` is true for "by" or "no later than"."""

    text: str
    bound: bool = False

    @property
    def earliest(self) -> date:
        """The first day it can mean."""
        parts = [int(p) for p in self.text.split("-")]
        return date(parts[0], parts[1] if len(parts) > 1 else 1, parts[2] if len(parts) > 2 else 1)

    @property
    def latest(self) -> date:
        """The last day it can mean."""
        from calendar import monthrange

        parts = [int(p) for p in self.text.split("-")]
        year, month = parts[0], parts[1] if len(parts) > 1 else 12
        return date(year, month, parts[2] if len(parts) > 2 else monthrange(year, month)[1])


@dataclass(frozen=True, slots=True)
class DatedRole:
    """One date of the frame: ``in force``, ``adopted``, ``approved``, ``issued``, ``reviewed``, ``next review``, …"""

    role: str
    when: LooseDate
    until: LooseDate | None = None
    by: tuple[str, ...] = ()
    clauses: tuple[str, ...] = ()
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class VersionRow:
    label: str
    when: LooseDate | None = None
    summary: str | None = None


@dataclass(frozen=True, slots=True)
class StageDecl:
    """A stage as headed. ``number`` 0 is an informal step before stage 1; ``later`` a step after the last stage;
    ``reading`` names the reading in which alone it is a stage."""

    number: int
    title: str | None
    span: Span
    informal: bool = False
    later: bool = False
    clauses: tuple[str, ...] = ()
    reading: str | None = None


@dataclass(frozen=True, slots=True)
class ReadingDecl:
    """One reading of an open text. Readings whose clauses overlap are alternatives of one another (one ``group``)."""

    name: str
    clauses: tuple[str, ...]
    group: int
    span: Span


@dataclass(frozen=True, slots=True)
class Reference:
    """A link to another document (quoted), or to a law, body or standard of the vocabulary (a word)."""

    texts: tuple[str, ...]
    words: tuple[str, ...]
    clauses: tuple[str, ...]
    span: Span
    linked: bool = False  # in the document's own list of linked documents


@dataclass(frozen=True, slots=True)
class Remark:
    """A statement of principle, kept in our words and never tested."""

    text: str
    clauses: tuple[str, ...]
    section: str
    span: Span
    standing: Standing | None = None


@dataclass(frozen=True, slots=True)
class Closure:
    """Days on which the organisation is closed. They count for its own clock only where it says so."""

    first: date
    last: date
    name: str


@dataclass(frozen=True, slots=True)
class Deviation:
    """An accepted departure from a provision: why, who approved it, from when until when (both days included), what
    the plan is. ``code`` is the prefix of the code whose provision it is (``HO24``), where the policy names it."""

    provision: str
    reason: str
    approver: str
    first: date
    last: date
    plan: str
    span: Span
    code: str = ""


@dataclass(frozen=True, slots=True)
class Provision:
    """One provision of a code: what it demands of a policy, and where else it can be shown.

    ``requirement`` is our paraphrase. ``force`` is ``must``, ``should`` or ``may``, or ``context`` for one that only
    explains and leaves nothing to comply with. ``verification`` is ``seen``, ``corroborated`` or ``unverified``
    (recalled: not read in any published source). No ``demands`` means that no policy text can be judged on it.
    """

    number: str
    title: str
    section: str
    requirement: str
    force: str
    verification: str
    shown_by: tuple[str, ...]
    demands: tuple[Norm, ...]
    span: Span
    notes: tuple[str, ...] = ()

    @property
    def verified(self) -> bool:
        return self.verification != "unverified"


@dataclass(slots=True)
class Document:
    """A policy (``kind`` ``policy``) or a code (``code``), understood as far as it could be."""

    kind: str
    id: str
    name: str  # the file it came from
    title: str = ""
    organisation: str = ""
    issuer: str = ""
    edition: str = ""
    cited_as: str = ""  # prefix of finding codes, e.g. HO24
    version: str = ""
    calendar: str = "england-and-wales"
    document_type: str = ""
    parent: str | None = None
    governed_by: tuple[str, ...] = ()
    governed_by_clauses: tuple[str, ...] = ()
    bare_days: Unit | None = None
    hours_per_day: int | None = None
    dates: list[DatedRole] = field(default_factory=list)
    history: list[VersionRow] = field(default_factory=list)
    clause_labels: tuple[str, ...] = ()
    stages: list[StageDecl] = field(default_factory=list)
    readings: list[ReadingDecl] = field(default_factory=list)
    norms: list[Norm] = field(default_factory=list)
    provisions: list[Provision] = field(default_factory=list)
    references: list[Reference] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)
    closures: list[Closure] = field(default_factory=list)
    deviations: list[Deviation] = field(default_factory=list)
    tree: Tree | None = None
    text: str = ""

    def role(self, name: str) -> DatedRole | None:
        """The first date of a role."""
        return next((d for d in self.dates if d.role == name), None)

    def provision(self, number: str) -> Provision | None:
        """A provision by its printed number."""
        return next((p for p in self.provisions if p.number == number), None)

    @property
    def in_force(self) -> tuple[date, date | None] | None:
        """The days between which it is in force: from the ``in force`` date, else the adopted or issued one."""
        for name in ("in force", "effective", "adopted", "approved", "issued", "published"):
            found = self.role(name)
            if found is not None:
                return found.when.earliest, found.until.latest if found.until else None
        return None

    def worlds(self) -> list[tuple[str, ...]]:
        """Every way of choosing one reading from each group; ``[()]`` where the text is not open."""
        from itertools import product

        groups: dict[int, list[str]] = {}
        for reading in self.readings:
            groups.setdefault(reading.group, []).append(reading.name)
        return [tuple(choice) for choice in product(*groups.values())]

    def norms_in(self, world: tuple[str, ...]) -> list[Norm]:
        """The norms that hold under one choice of readings."""
        return [norm for norm in self.norms if norm.reading is None or norm.reading in world]
