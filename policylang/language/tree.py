"""The syntax tree: what was written, word for word, with the place of every part. No meaning lives here."""

from __future__ import annotations

from dataclasses import dataclass, field

from policylang.language.statements import Comment


@dataclass(frozen=True, slots=True)
class Span:
    """Offsets into the source, and the same as lines and columns counted from 1 (the end is exclusive)."""

    start: int
    end: int
    line: int
    column: int
    end_line: int
    end_column: int


@dataclass(frozen=True, slots=True)
class Term:
    """One word of the vocabulary, or a piece of quoted free text (``quoted``)."""

    text: str
    quoted: bool
    span: Span


@dataclass(frozen=True, slots=True)
class Terms:
    """A list as written. ``mark`` is ``only``, ``at least``, ``any of`` or None; ``count`` the number in
    ``at least 2 of``; ``separators`` are the joints between items: ``,`` ``and`` ``or`` ``and/or``."""

    items: tuple[Term, ...]
    mark: str | None = None
    count: int | None = None
    separators: tuple[str, ...] = ()

    @property
    def span(self) -> Span:
        first, last = self.items[0].span, self.items[-1].span
        return Span(first.start, last.end, first.line, first.column, last.end_line, last.end_column)


@dataclass(frozen=True, slots=True)
class DurationNode:
    """``10 working days``; several ``numbers`` are a choice (``30 or 60 or 90 days``); a quoted number a placeholder.

    ``unit`` is in the plural, and ``working`` stands for ``business``."""

    numbers: tuple[int, ...]
    unit: str
    span: Span
    placeholder: str | None = None


@dataclass(frozen=True, slots=True)
class StageRef:
    """``stage 2``; ``number`` None is ``any stage``."""

    number: int | None
    span: Span


@dataclass(frozen=True, slots=True)
class EventNode:
    """An event that starts a clock, with its stage where the text gives one."""

    word: Term
    stage: int | None
    span: Span


@dataclass(frozen=True, slots=True)
class Holds:
    """A condition word, or quoted text that nobody but a reader can decide."""

    word: Term


@dataclass(frozen=True, slots=True)
class Older:
    """``issue is older than 6 months [of receipt]``."""

    word: Term
    duration: DurationNode
    event: EventNode | None


@dataclass(frozen=True, slots=True)
class InTime:
    """``no-contact in the 20 working days after response``."""

    word: Term
    duration: DurationNode
    event: EventNode


@dataclass(frozen=True, slots=True)
class Not:
    inner: Condition


@dataclass(frozen=True, slots=True)
class All:
    parts: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class Any_:  # noqa: N801  (``Any`` would hide typing's)
    parts: tuple[Condition, ...]


Condition = Holds | Older | InTime | Not | All | Any_


@dataclass(frozen=True, slots=True)
class Qualifier:
    """One qualifier of a sentence. ``kind`` is the grammar's name for it (``within``, ``giving``, ``unless`` …); the
    fields that the kind does not use stay None. ``text`` of ``see`` is the edition of the Code that is cited."""

    kind: str
    span: Span
    terms: Terms | None = None
    duration: DurationNode | None = None
    event: EventNode | None = None
    stage: StageRef | None = None
    condition: Condition | None = None
    clauses: tuple[str, ...] = ()
    text: str | None = None


@dataclass(frozen=True, slots=True)
class Clauses:
    """Clause labels as printed between the brackets, in order."""

    labels: tuple[str, ...]
    span: Span


@dataclass(frozen=True, slots=True)
class Modal:
    """``must``, ``will``, ``should``, ``may``, ``aims`` or ``normally``; ``hedge`` keeps the softening word."""

    word: str
    negated: bool
    hedge: str | None
    span: Span


@dataclass(frozen=True, slots=True)
class Subject:
    stage: StageRef | None
    actors: Terms | None


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence with a verb. ``form`` is ``norm``, ``closes``, ``definition``, ``copula``, ``possession`` or
    ``transition``; ``left`` is the subject list of definitions and transitions, ``objects`` what is said of it.
    ``link`` keeps the verb of a copula, possession or transition as written (``is`` or ``are``, ``has`` or ``have``).
    """

    form: str
    span: Span
    subject: Subject | None = None
    modal: Modal | None = None
    verbs: tuple[Term, ...] = ()
    objects: Terms | None = None
    left: Terms | None = None
    negated: bool = False
    count: int | None = None
    amount: str | None = None
    unit: str | None = None
    condition: Condition | None = None
    qualifiers: tuple[Qualifier, ...] = ()
    clauses: Clauses | None = None
    comments: tuple[Comment, ...] = ()
    link: str | None = None


@dataclass(frozen=True, slots=True)
class DateNode:
    """A date with the precision it was written with: ``2024``, ``2024-04`` or ``2024-04-01``."""

    text: str
    span: Span


@dataclass(frozen=True, slots=True)
class Frame:
    """A sentence about the document itself (title, version, dates, calendar …). ``kind`` is the grammar's name.

    ``role`` is the role of a date (``next review``), or the words that open a list of documents (``linked policies``).
    """

    kind: str
    span: Span
    texts: tuple[str, ...] = ()
    word: Term | None = None
    terms: Terms | None = None
    dates: tuple[DateNode, ...] = ()
    role: str | None = None
    bound: bool = False
    label: str | None = None
    unit: str | None = None
    stage: StageRef | None = None
    qualifiers: tuple[Qualifier, ...] = ()
    clauses: Clauses | None = None
    comments: tuple[Comment, ...] = ()


@dataclass(frozen=True, slots=True)
class Heading:
    """A section heading. ``kind``: ``stage``, ``informal``, ``later``, ``reading``, ``standing``, ``section``,
    ``provision`` or ``topic``; ``key`` is the topic word, standing word or provision number. A reading may open a stage
    of its own: its ``number`` and ``stage_title``."""

    kind: str
    span: Span
    key: str = ""
    number: int | None = None
    title: str | None = None
    marks: tuple[str, ...] = ()
    clauses: Clauses | None = None
    comments: tuple[Comment, ...] = ()
    stage_title: str | None = None


Node = Heading | Sentence | Frame


@dataclass(frozen=True, slots=True)
class Tree:
    """A whole document: its headings and sentences in order, and the comments after the last of them."""

    name: str
    nodes: tuple[Node, ...]
    comments: tuple[Comment, ...] = field(default=())
