"""Norms: what one sentence of a policy or a code means. The same shapes hold promises and demands."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from policylang.language.tree import Sentence, Span
from policylang.model.conditions import Condition
from policylang.model.duration import Duration


class Kind(StrEnum):
    """What a sentence does."""

    DUTY = "duty"
    PROHIBITION = "prohibition"
    PERMISSION = "permission"
    UNDECIDED = "undecided"  # "may not": a bar, or a discretion to decline; the words do not say
    DEFINITION = "definition"
    STATEMENT = "statement"
    STRUCTURE = "structure"
    TRANSITION = "transition"


class Force(StrEnum):
    """How binding. ``must`` and ``will`` bind alike; ``should`` and ``aims`` can be broken and the policy kept."""

    MUST = "must"
    WILL = "will"
    SHOULD = "should"
    AIMS = "aims"
    MAY = "may"

    @property
    def binds(self) -> bool:
        return self in (Force.MUST, Force.WILL)


@dataclass(frozen=True, slots=True)
class Items:
    """A list. ``words`` are of the vocabulary, ``texts`` are quoted. ``mark``: ``only`` (closed), ``at least`` (open),
    ``any of`` (one will do; ``count`` how many) or None. ``joined`` is ``and``, ``or``, ``and/or`` or ``,``."""

    words: tuple[str, ...] = ()
    texts: tuple[str, ...] = ()
    mark: str | None = None
    count: int | None = None
    joined: str = ","

    def __bool__(self) -> bool:
        return bool(self.words or self.texts)


NOTHING = Items()


@dataclass(frozen=True, slots=True)
class Event:
    """An event at a stage. ``word`` is of the vocabulary; ``start-not-stated`` means that the text names none."""

    word: str
    stage: int | None = None

    @property
    def stated(self) -> bool:
        return self.word != "start-not-stated"


NOT_STATED = Event("start-not-stated")


@dataclass(frozen=True, slots=True)
class Within:
    """A deadline: a duration and the event that starts its clock."""

    duration: Duration
    start: Event


@dataclass(frozen=True, slots=True)
class Extent:
    """How far a clock may be extended: ``limit`` counts from the end of the original period, ``total`` from its start;
    ``further`` is permission to go beyond the limit."""

    limit: Duration | None = None
    total: Duration | None = None
    further: bool = False


@dataclass(frozen=True, slots=True)
class Frequency:
    """How often a standing duty falls. ``every`` None with ``words`` such as ``regularly`` names no figure."""

    every: Duration | None
    at_least: bool = False
    words: str | None = None


@dataclass(frozen=True, slots=True)
class Clause:
    """One condition of a sentence. ``kind``: ``when``, ``unless``, ``only_when``, ``even_when`` or ``until``."""

    kind: str
    condition: Condition


@dataclass(frozen=True, slots=True)
class Wait:
    """``after 8 weeks of response`` (``duration`` None: just after the event), or ``before`` an event."""

    event: Event
    duration: Duration | None = None
    before: bool = False


@dataclass(frozen=True, slots=True)
class Standing:
    """What kind of text a sentence stands in, where it is not the body: a checklist, a template, an appendix ``of``
    another body."""

    kind: str
    of: str | None = None


@dataclass(frozen=True, slots=True)
class CodeParagraph:
    """A paragraph of one edition of the Code, as the policy cites it: ``7.3`` of edition ``2022``."""

    label: str
    edition: str


@dataclass(frozen=True, slots=True)
class Norm:
    """One operative sentence, understood.

    ``stage``: the number of the stage it belongs to; 0 for an informal step before stage 1; None where it holds for
    the whole process (``any_stage`` when the words say so). ``lists`` holds the listing qualifiers by name (``giving``,
    ``via``, ``to``, ``from``, ``by``, ``not_by``, ``about``, ``affecting``, ``including``, ``with``, ``for``, ``in``,
    ``opinion``). ``borrowed`` is ``code``, ``code times`` (its times and nothing else), ``stage N`` or the name of
    another document whose times or rules this sentence takes. ``see_code``: the paragraphs of the Code that it cites.
    ``reading`` names the reading it belongs to, where the text is open.
    """

    kind: Kind
    force: Force
    negated: bool
    action: str
    sentence: Sentence
    span: Span
    hedge: str | None = None
    stage: int | None = None
    any_stage: bool = False
    actors: Items = NOTHING
    objects: Items = NOTHING
    within: Within | None = None
    prompt: str | None = None
    no_deadline: bool = False
    extent: Extent | None = None
    every: Frequency | None = None
    conditions: tuple[Clause, ...] = ()
    lists: Mapping[str, Items] = field(default_factory=dict)
    not_same_person_as: int | None = None
    waits: tuple[Wait, ...] = ()
    lasting: Duration | None = None
    borrowed: str | None = None
    see: tuple[str, ...] = ()
    see_code: tuple[CodeParagraph, ...] = ()
    manner: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()
    count: int | None = None
    amount: str | None = None
    unit: str | None = None
    clauses: tuple[str, ...] = ()
    standing: Standing | None = None
    reading: str | None = None
    section: str = ""

    def listed(self, name: str) -> Items:
        """The list under a qualifier, empty where the sentence has none."""
        return self.lists.get(name, NOTHING)

    def when(self, *kinds: str) -> tuple[Condition, ...]:
        """The conditions of the given kinds."""
        return tuple(c.condition for c in self.conditions if c.kind in kinds)
