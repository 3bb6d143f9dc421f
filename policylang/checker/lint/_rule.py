"""What every rule shares: the context it is given, and how it words a finding."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from types import ModuleType

from policylang.findings.finding import Finding, Place, Severity
from policylang.language.clauses import spread
from policylang.language.statements import Source
from policylang.language.tree import Heading, Span
from policylang.model.conditions import All, AnyOf, Atom, Condition, Holds, Older
from policylang.model.document import Document
from policylang.model.norms import Kind, Norm
from policylang.model.vocabulary import Vocabulary, vocabulary


@dataclass(slots=True)
class Context:
    """What a rule may know besides the policy: the day of the check, the clause labels that exist, the vocabulary.

    ``labels`` is None where nobody has said which clauses exist; no reference can then be called wrong.
    """

    policy: Document
    today: date
    labels: frozenset[str] | None = None
    words: Vocabulary = field(default_factory=vocabulary)
    source: Source = field(init=False)

    def __post_init__(self) -> None:
        self.source = Source(self.policy.text, self.policy.name)
        if self.labels is None and self.policy.clause_labels:
            self.labels = frozenset(spread(self.policy.clause_labels))

    def place(self, span: Span) -> Place:
        """The place of a stretch of the policy, under its heading."""
        return Place(
            self.policy.name, span.line, span.column, span.end_line, span.end_column, self.heading(span),
            self.source.lines(span.line, span.end_line),
        )  # fmt: skip

    def heading(self, span: Span) -> str | None:
        """The section heading that a stretch of the policy sits under, as written."""
        found = None
        for node in self.policy.tree.nodes if self.policy.tree else ():
            if node.span.start > span.start:
                break
            if isinstance(node, Heading):
                found = self.source.text[node.span.start : node.span.end].rstrip(":")
        return found


@dataclass(frozen=True, slots=True)
class Fault:
    """What a rule found, before it is dressed as a finding. ``related`` are other sentences that belong to it."""

    message: str
    span: Span
    help: str
    clauses: tuple[str, ...] = ()
    expected: str | None = None
    found: str | None = None
    rests_on: str | None = None
    related: tuple[Span, ...] = ()


def rules() -> list[ModuleType]:
    """Every rule, in the order of the codes."""
    package = importlib.import_module("policylang.checker.lint")
    names = [m.name for m in pkgutil.iter_modules(package.__path__) if not m.name.startswith("_")]
    found = [importlib.import_module(f"policylang.checker.lint.{name}") for name in names]
    return sorted(found, key=lambda module: str(module.CODE))


def rule_name(module: ModuleType) -> str:
    """``bare_days`` the module is ``bare-days`` the rule."""
    return module.__name__.rpartition(".")[2].replace("_", "-")


def lint(
    policy: Document,
    *,
    today: date | None = None,
    labels: Iterable[str] | None = None,
    skip: Iterable[str] = (),
) -> list[Finding]:
    """Every fault that the rules find in a policy, by line.

    ``labels`` are the clauses that exist, where a source document was read; ``skip`` names rules (or codes) to leave
    out. The findings of loading (unknown words and the like) are not repeated here.
    """
    context = Context(policy, today or date.today(), None if labels is None else frozenset(labels))
    left_out = {name.casefold() for name in skip}
    findings: list[Finding] = []
    for module in rules():
        name = rule_name(module)
        if name in left_out or module.CODE.casefold() in left_out or not hasattr(module, "find"):
            continue
        findings += [_finding(context, name, module, fault) for fault in module.find(policy, context)]
    return sorted(findings, key=lambda f: (f.place.line or 0 if f.place else 0, f.code, f.message))


def _finding(context: Context, name: str, module: ModuleType, fault: Fault) -> Finding:
    severity: Severity = module.SEVERITY
    return Finding(
        name, module.CODE, severity, fault.message, context.place(fault.span), fault.rests_on, fault.expected,
        fault.found, None, fault.help, name, fault.clauses, tuple(context.place(s) for s in fault.related),
    )  # fmt: skip


# -- what several rules need


def cited(clauses: Iterable[str]) -> str:
    """``3.8``; ``3.3 and 3.9``; ``an unnumbered sentence`` where there is none."""
    labels = list(dict.fromkeys(clauses))
    if not labels:
        return "an unnumbered sentence"
    return labels[0] if len(labels) == 1 else f"{', '.join(labels[:-1])} and {labels[-1]}"


def at_stage(norm: Norm) -> str:
    """`` at stage 1``, or nothing where the sentence belongs to no stage."""
    if norm.stage is None:
        return ""
    return f" at stage {norm.stage}" if norm.stage else " before stage 1"


def same_duty(norm: Norm) -> tuple[object, ...]:
    """What makes two sentences be about one duty: stage, action, objects and subject."""
    subject = tuple(sorted(norm.actors.words))
    return norm.stage, norm.action, tuple(sorted(norm.objects.words)), subject


def pairs(norms: Iterable[Norm], *, across: bool = False) -> Iterator[tuple[Norm, Norm]]:
    """Each two sentences about one duty under one reading, in their order. With ``across`` also one of a reading and
    one of none, which stand together where that reading is taken."""
    groups: dict[tuple[object, ...], list[Norm]] = {}
    for norm in norms:
        if norm.kind in (Kind.DUTY, Kind.PERMISSION, Kind.UNDECIDED):
            groups.setdefault(same_duty(norm), []).append(norm)
    for group in groups.values():
        for index, first in enumerate(group):
            for second in group[index + 1 :]:
                readings = {first.reading, second.reading}
                if second.span != first.span and (len(readings) == 1 or (across and None in readings)):
                    yield first, second


def known(words: Vocabulary) -> Callable[[Atom, Atom], bool]:
    """Which condition follows from which: by the vocabulary's wider words; a longer age from the same start."""

    def follows(first: Atom, second: Atom) -> bool:
        match first, second:
            case Holds(word), Holds(wider):
                return wider in words.wider(word, "conditions")
            case Older(subject, length, start), Older(other, least, since):
                same = subject == other and start == since and length.unit is least.unit
                return same and length.n is not None and least.n is not None and length.n >= least.n
            case _:
                return False

    return follows


def ways(condition: Condition) -> Iterator[Condition]:
    """The ways in which a condition can come to hold: the parts joined by *or*, taken apart."""
    match condition:
        case AnyOf(parts):
            for part in parts:
                yield from ways(part)
        case All(parts):
            for index, part in enumerate(parts):
                if isinstance(part, AnyOf):
                    rest = (*parts[:index], *parts[index + 1 :])
                    for way in ways(part):
                        yield from ways(All((way, *rest)))
                    return
            yield condition
        case _:
            yield condition
