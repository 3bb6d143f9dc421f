"""What a look at a log suggests: columns, words of events, further sheets; and what only a person can say."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from policylang.casebook.headings import Header, Heading
from policylang.casebook.mapping import DATE, EVENT, STAGE, Column, EventWords, Layout, Mapping
from policylang.casebook.record import REQUIRED, facts

EXACT = "exact"
LIKELY = "likely"
_DIARY = {EVENT: "What happened", DATE: "When it happened", STAGE: "At which stage"}


def label(name: str) -> str:
    """The words for a fact, or for one of the two columns that only a log of events has."""
    return _DIARY.get(name) or facts()[name].label


@dataclass(frozen=True, slots=True)
class ProposedColumn:
    """One fact and the column it would be read from. ``confidence`` is ``exact`` or ``likely``, ``why`` its reason."""

    fact: str
    heading: Heading
    confidence: str
    why: str


@dataclass(frozen=True, slots=True)
class Question:
    """What only a person can settle: several columns for one fact, or one column for several facts; and the counts.

    ``nearest`` says that a required fact has no column of its own, and that this one comes nearest.
    """

    facts: tuple[str, ...]
    headings: tuple[Heading, ...]
    counts: str = ""  # what the cells say that would help to answer it
    nearest: bool = False

    @property
    def decides(self) -> bool:
        """Whether a verdict could rest on the answer; other questions are left unanswered without stopping."""
        return any(name in _DIARY or facts()[name].decides for name in self.facts)


@dataclass(frozen=True, slots=True)
class SeenWord:
    """One word of a column of events: as first typed, on how many rows, of how many cases, and its first row.

    ``repeated`` is the number of cases that have it on more than one day.
    """

    word: str
    rows: int
    cases: int
    repeated: int
    row: int


@dataclass(frozen=True, slots=True)
class AskedWord:
    """A word that may stand for one of these events; or for none. ``why`` says what speaks for it."""

    seen: SeenWord
    facts: tuple[str, ...]
    why: str


@dataclass(slots=True)
class ProposedEvents:
    """The words of a column of events: those that are known, those that may be, and those that nobody knows here.

    ``rare`` are the rows of unknown words that few cases share: such a word may be about a person, and is not repeated.
    ``elsewhere`` are words of steps that another sheet gives. ``stage_2`` is the first day of each case's stage 2, as
    far as its rows say, and ``unstaged`` the last day of each case for each word that is known and names no stage
    (``None`` where it cannot be read).
    """

    known: dict[str, list[SeenWord]] = field(default_factory=dict)
    asked: list[AskedWord] = field(default_factory=list)
    unknown: list[SeenWord] = field(default_factory=list)
    rare: list[int] = field(default_factory=list)
    elsewhere: list[SeenWord] = field(default_factory=list)
    stage_2: dict[str, date | None] = field(default_factory=dict)
    unstaged: dict[SeenWord, dict[str, date | None]] = field(default_factory=dict)

    @property
    def settled(self) -> bool:
        """Whether every word of the column stands for an event."""
        return not (self.asked or self.unknown or self.rare)


@dataclass(slots=True)
class Proposal:
    """A proposed mapping of one sheet, with everything that was seen and not taken.

    ``layout`` is what a row is, ``None`` where the counts in ``shape`` do not settle it. In a log of events ``events``
    are its words. ``further`` are the sheets that seem to say more of the same cases.
    """

    sheet: str
    header: Header
    columns: dict[str, ProposedColumn] = field(default_factory=dict)
    questions: list[Question] = field(default_factory=list)
    turned_down: list[tuple[Heading, str]] = field(default_factory=list)  # matched by name, and why not by content
    unknown: list[Heading] = field(default_factory=list)
    layout: Layout | None = Layout.ROWS
    shape: str = ""
    diary: dict[str, ProposedColumn] = field(default_factory=dict)  # what happened and when, if rows are events
    events: ProposedEvents = field(default_factory=ProposedEvents)
    rivals: dict[str, ProposedEvents] = field(default_factory=dict)  # by heading, where it is asked which names events
    further: list[Further] = field(default_factory=list)
    dates: list[str] = field(default_factory=list)  # where no column proves it: the counts for day or month first
    first: bool = True  # false of a further sheet, which need not have the day of receipt

    @property
    def missing(self) -> list[str]:
        """What is required and was not found: columns, and in a log of events the word for the receipt."""
        needed = REQUIRED if self.layout is not Layout.EVENTS else ("reference", EVENT, DATE, "received")
        there = {*self.columns, *self.diary, *self.events.known}
        there |= {name for question in self.questions if question.facts == (EVENT,) for name in (EVENT, "received")}
        return [name for name in needed if name not in there and (self.first or name != "received")]

    @property
    def likely(self) -> list[ProposedColumn]:
        """What somebody must confirm before it is used."""
        return [column for column in self.columns.values() if column.confidence == LIKELY]

    @property
    def certain(self) -> bool:
        """Whether the log may be read with this as it stands, without asking anybody."""
        asked = any(question.decides for question in self.questions)
        return self.layout is Layout.ROWS and not (self.missing or self.likely or asked or self.further)

    def mapping(self) -> Mapping:
        """The proposal for this sheet as a mapping; the headings not taken are its ``ignore``."""
        keys = [heading.key for heading in self.header.headings]
        events = self.layout is Layout.EVENTS
        proposed = {**self.columns, **(self.diary if events else {})}
        columns = {
            name: Column(name, p.heading.text, letter=p.heading.letter if keys.count(p.heading.key) > 1 else None)
            for name, p in proposed.items()
        }
        taken = {p.heading.column for p in (*proposed.values(), *self.diary.values())}
        taken |= {heading.column for question in self.questions if question.decides for heading in question.headings}
        ignore = [heading.text for heading in self.header.headings if heading.column not in taken]
        words = {name: EventWords(name, tuple(s.word for s in seen)) for name, seen in self.events.known.items()}
        return Mapping(
            columns,
            self.sheet,
            self.header.row,
            ignore=tuple(dict.fromkeys(ignore)),
            layout=Layout.EVENTS if events else Layout.ROWS,
            events=words if events else {},
            ignore_events=tuple(one.word for one in self.events.elsewhere) if events else (),
        )


@dataclass(frozen=True, slots=True)
class Further:
    """A further sheet and how its references agree with those of the first.

    ``joined`` is false where too few agree to propose a join; then it is only asked. ``elsewhere`` are its columns for
    facts that the first sheet has already.
    """

    proposal: Proposal
    both: int
    only_there: int
    only_first: int
    joined: bool
    elsewhere: tuple[ProposedColumn, ...] = ()
