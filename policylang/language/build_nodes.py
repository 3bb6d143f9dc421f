"""Turn one parsed heading or sentence (a lark tree) into nodes of the syntax tree."""

from __future__ import annotations

from typing import cast

from lark import Token
from lark import Tree as LarkTree

from policylang.language import tree as t
from policylang.language.clauses import read_labels
from policylang.language.reading import Fault, parsed
from policylang.language.statements import Shape, Source

_ONES = ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine"]
_TEENS = ["ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"]
_TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
NUMBER_WORDS = (
    {"a": 1, "an": 1}
    | {word: n for n, word in enumerate(_ONES + _TEENS, 1)}
    | {ten: 10 * n for n, ten in enumerate(_TENS, 2)}
    | {f"{ten}-{one}": 10 * n + k for n, ten in enumerate(_TENS, 2) for k, one in enumerate(_ONES, 1)}
)

Part = Token | LarkTree[Token]


def squeeze(text: str) -> str:
    """Lower case with single spaces: how keywords of several words are compared."""
    return " ".join(text.lower().split())


def plain_unit(text: str) -> str:
    """A unit in the plural, with ``working`` for ``business``: ``Business day`` is ``working days``."""
    unit = squeeze(text).replace("business", "working")
    return unit if unit.endswith("s") else f"{unit}s"


def whole_number(token: Token) -> int:
    """The number that a token says in figures or in words."""
    return int(token) if token.type == "INT" else NUMBER_WORDS[token.lower()]


class NodeBuilder:
    """Builds the nodes of one statement. ``base`` and ``end`` are its offsets in the source."""

    def __init__(self, source: Source, base: int, end: int) -> None:
        self.source, self.base, self.end = source, base, end

    # -- places and words

    def span_at(self, start: int, end: int) -> t.Span:
        return t.Span(start, end, *self.source.position(start), *self.source.position(end))

    def span(self, part: Part) -> t.Span:
        if isinstance(part, Token):
            return self.span_at(self.base + cast(int, part.start_pos), self.base + cast(int, part.end_pos))
        return self.span_at(self.base + part.meta.start_pos, self.base + part.meta.end_pos)

    def raw(self, token: Token) -> str:
        """The token as the author wrote it (curly quotes and all), so that quoted text is never altered."""
        span = self.span(token)
        return self.source.text[span.start : span.end]

    def quoted(self, token: Token) -> str:
        return " ".join(self.raw(token)[1:-1].split())

    def term(self, part: Part) -> t.Term:
        token = part if isinstance(part, Token) else cast(Token, part.children[0])
        if token.type == "STRING":
            return t.Term(self.quoted(token), True, self.span(token))
        return t.Term(str(token).lower(), False, self.span(token))

    def terms(self, part: LarkTree[Token]) -> t.Terms:
        mark: str | None = None
        count: int | None = None
        items: list[t.Term] = []
        separators: list[str] = []
        for child in part.children:
            if child is None:
                continue
            sub = cast("LarkTree[Token]", child)
            if sub.data == "list_mark":
                words = [c for c in sub.children if isinstance(c, Token)]
                mark = squeeze(words[0])
                count = next((whole_number(w) for w in words if w.type in ("INT", "NUMBER_WORD")), None)
            elif sub.data == "separator":
                separators.append(squeeze(str(sub.children[-1])))
            else:
                items.append(self.term(sub))
        return t.Terms(tuple(items), mark, count, tuple(separators))

    def clauses(self, token: Token | None) -> t.Clauses | None:
        return None if token is None else t.Clauses(read_labels(self.raw(token)), self.span(token))

    def duration(self, part: LarkTree[Token]) -> t.DurationNode:
        numbers: list[int] = []
        placeholder: str | None = None
        unit = ""
        for child in part.children:
            if isinstance(child, Token):
                unit = plain_unit(child) if child.type == "UNIT" else unit
                continue
            token = cast(Token, child.children[0])
            if child.data == "placeholder":
                placeholder = self.quoted(token)
            else:
                numbers.append(whole_number(token))
        return t.DurationNode(tuple(numbers), unit, self.span(part), placeholder)

    def event(self, part: LarkTree[Token]) -> t.EventNode:
        tokens = [c for c in part.children if isinstance(c, Token)]
        number = next((int(c) for c in tokens if c.type == "INT"), None)
        return t.EventNode(self.term(tokens[-1]), number, self.span(part))

    def stage_ref(self, part: LarkTree[Token]) -> t.StageRef:
        tokens = [c for c in part.children if isinstance(c, Token)]
        return t.StageRef(next((int(c) for c in tokens if c.type == "INT"), None), self.span(part))

    # -- conditions

    def condition(self, part: LarkTree[Token]) -> t.Condition:
        kids = [c for c in part.children if isinstance(c, LarkTree)]
        if part.data in ("any_of", "all_of"):
            inner = tuple(self.condition(k) for k in kids)
            if len(inner) == 1:
                return inner[0]
            return t.Any_(inner) if part.data == "any_of" else t.All(inner)
        if part.data == "negated":
            return t.Not(self.condition(kids[0]))
        if part.data in ("holds", "in_words"):
            return t.Holds(self.term(cast(Token, part.children[0])))
        word = self.term(cast(Token, part.children[0]))
        duration = next(self.duration(k) for k in kids if k.data == "duration")
        event = next((self.event(k) for k in kids if k.data == "event"), None)
        if part.data == "older":
            return t.Older(word, duration, event)
        return t.InTime(word, duration, cast(t.EventNode, event))

    # -- qualifiers

    def qualifier(self, part: LarkTree[Token]) -> t.Qualifier:
        kind, span = str(part.data), self.span(part)
        terms = duration = event = stage = condition = text = None
        clauses: tuple[str, ...] = ()
        for child in part.children:
            if isinstance(child, Token):
                if child.type == "CLAUSES":
                    clauses = read_labels(self.raw(child))
                elif child.type == "STRING":
                    text = self.quoted(child)
                elif child.type in ("PROMPT", "OFTEN", "MANNER"):
                    text = squeeze(child)
            elif child is not None:
                sub = child
                match sub.data:
                    case "terms":
                        terms = self.terms(sub)
                    case "term":
                        terms = t.Terms((self.term(sub),))
                    case "duration":
                        duration = self.duration(sub)
                    case "period":
                        duration = self.period(sub)
                    case "event":
                        event = self.event(sub)
                    case "stage_ref":
                        stage = self.stage_ref(sub)
                    case _:
                        condition = self.condition(sub)
        return t.Qualifier(kind, span, terms, duration, event, stage, condition, clauses, text)

    def period(self, part: LarkTree[Token]) -> t.DurationNode:
        duration = self.duration(part)
        return (
            duration
            if duration.numbers or duration.placeholder is not None
            else t.DurationNode((1,), duration.unit, duration.span)
        )

    # -- statements

    def node(self, part: LarkTree[Token]) -> t.Node:
        """The node of a whole statement."""
        kind = str(part.data)
        if kind.endswith("_heading"):
            return self.heading(kind.removesuffix("_heading"), part)
        if kind in ("norm", "closes", "definition", "copula", "possession", "transition"):
            return self.sentence(kind, part)
        return self.frame(kind, part)

    def whole(self) -> t.Span:
        return self.span_at(self.base, self.end)

    def heading(self, kind: str, part: LarkTree[Token]) -> t.Heading:
        key, number, title, clauses, stage_title = "", None, None, None, None
        marks: list[str] = []
        for child in part.children:
            if isinstance(child, Token):
                match child.type:
                    case "INT":
                        number = int(child)
                    case "WORD":
                        key = child.lower()
                    case "STRING" if kind == "reading" and title is not None:
                        stage_title = self.quoted(child)
                    case "STRING":
                        title = self.quoted(child)
                    case "CLAUSES":
                        clauses = self.clauses(child)
            elif child is not None:
                sub = child
                token = cast(Token, sub.children[0])
                if sub.data == "label":
                    key = self.quoted(token) if token.type == "STRING" else str(token)
                else:
                    marks.append(token.lower())
        return t.Heading(kind, self.whole(), key, number, title, tuple(marks), clauses, stage_title=stage_title)

    def subject(self, part: LarkTree[Token]) -> t.Subject:
        stage, actors = None, None
        for child in part.children:
            if isinstance(child, LarkTree):
                if child.data == "stage_ref":
                    stage = self.stage_ref(child)
                else:
                    actors = self.terms(child)
        return t.Subject(stage, actors)

    def modal(self, part: LarkTree[Token]) -> t.Modal:
        tokens = [c for c in part.children if isinstance(c, Token)]
        hedge = next((squeeze(c) for c in tokens if c.type in ("HEDGE", "AIMS")), None)
        first = tokens[0]
        word = {"AIMS": "aims", "HEDGE": "normally"}.get(first.type, first.type.lower())
        return t.Modal(word, any(c.type == "NOT" for c in tokens), hedge, self.span(part))

    def sentence(self, form: str, part: LarkTree[Token]) -> t.Sentence:
        subject = modal = objects = left = condition = amount = unit = clauses = link = None
        verbs: tuple[t.Term, ...] = ()
        count: int | None = None
        negated = False
        qualifiers: list[t.Qualifier] = []
        for child in part.children:
            if isinstance(child, Token):
                if child.type == "CLAUSES":
                    clauses = self.clauses(child)
                negated = negated or child.type in ("NOT", "DOES_NOT_MEAN")
                link = squeeze(child) if child.type in ("IS", "HAS", "BECOMES") else link
                continue
            if child is None:
                continue
            sub = child
            match sub.data:
                case "subject":
                    subject = self.subject(sub)
                case "modal":
                    modal = self.modal(sub)
                case "verbs":
                    verbs = tuple(self.term(c) for c in sub.children if isinstance(c, Token) and c.type == "WORD")
                case "terms":
                    if form in ("definition", "transition") and left is None:
                        left = self.terms(sub)
                    else:
                        objects = self.terms(sub)
                case "quantity" | "none_of":
                    amount, count, unit, objects = self.quantity(sub)
                case "any_of":
                    condition = self.condition(sub)
                case _:
                    qualifiers.append(self.qualifier(sub))
        return t.Sentence(
            form, self.whole(), subject, modal, verbs, objects, left, negated, count, amount, unit, condition,
            tuple(qualifiers), clauses, link=link,
        )  # fmt: skip

    def quantity(self, part: LarkTree[Token]) -> tuple[str | None, int, str | None, t.Terms | None]:
        if part.data == "none_of":
            return "no", 0, None, self.terms(cast("LarkTree[Token]", part.children[-1]))
        amount, count, unit, objects = None, 0, None, None
        for child in part.children:
            if isinstance(child, LarkTree):
                amount = squeeze(str(child.children[0]))
            elif child is not None:
                if child.type in ("INT", "NUMBER_WORD"):
                    count = whole_number(child)
                elif child.type == "UNIT":
                    unit = plain_unit(child)
                else:
                    objects = t.Terms((self.term(child),))
        return amount, count, unit, objects

    def frame(self, kind: str, part: LarkTree[Token]) -> t.Frame:
        texts: list[str] = []
        dates: list[t.DateNode] = []
        qualifiers: list[t.Qualifier] = []
        word = terms = role = label = unit = stage = clauses = None
        bound = False
        for child in part.children:
            if isinstance(child, Token):
                match child.type:
                    case "STRING":
                        texts.append(self.quoted(child))
                    case "WORD":
                        word = self.term(child)
                    case "DATE_ROLE" | "LINKED":
                        role = squeeze(child)
                    case "UNIT":
                        unit = plain_unit(child)
                    case "CLAUSES":
                        clauses = self.clauses(child)
            elif child is not None:
                sub = child
                match sub.data:
                    case "date":
                        dates.append(t.DateNode(str(sub.children[0]), self.span(sub)))
                    case "date_bound":
                        bound = True
                    case "terms":
                        terms = self.terms(sub)
                    case "label":
                        token = cast(Token, sub.children[0])
                        label = self.quoted(token) if token.type == "STRING" else str(token)
                    case "stage_ref":
                        stage = self.stage_ref(sub)
                    case _:
                        qualifiers.append(self.qualifier(sub))
        return t.Frame(
            kind, self.whole(), tuple(texts), word, terms, tuple(dates), role, bound, label, unit, stage,
            tuple(qualifiers), clauses,
        )  # fmt: skip


def node_of(source: Source, text: str, start: int, end: int, shape: Shape) -> t.Node:
    """The node of a text that stands in ``source`` from ``start`` to ``end`` and is known to be readable."""
    result = parsed(text, shape)
    if isinstance(result, Fault):
        raise ValueError(f"not a {shape} of the language: {text!r}")
    return NodeBuilder(source, start, end).node(result)
