"""Tree to model: read a syntax tree against the vocabulary and say what it means.

Building never stops at a fault: it returns what was understood with a finding for every word it does not know.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import PurePath

from policylang.findings.finding import Finding
from policylang.language import tree as t
from policylang.language.clauses import spread
from policylang.language.statements import Source
from policylang.model.build_frame import FrameBuilder
from policylang.model.build_norms import NormBuilder
from policylang.model.document import Document, Provision, ReadingDecl, StageDecl
from policylang.model.norms import Event, Norm, Standing, Within
from policylang.model.vocabulary import Vocabulary
from policylang.model.words import Lookup

MOST_NORMS = 10_000  # more than any policy comes to, by far


def build(tree: t.Tree, text: str, words: Vocabulary, *, id: str | None = None) -> tuple[Document, list[Finding]]:
    """The model of a policy or code. ``id`` defaults to the file's stem (a code may say ``known as``)."""
    return _Builder(tree, text, words, id).run()


class _Builder:
    def __init__(self, tree: t.Tree, text: str, words: Vocabulary, id: str | None) -> None:
        self.tree = tree
        self.document = Document("policy", id or PurePath(tree.name).stem, tree.name, tree=tree, text=text)
        self.lookup = Lookup(words, Source(text, tree.name))
        self.norms = NormBuilder(self.lookup)
        self.frames = FrameBuilder(self.lookup, self.document)
        self.stage: int | None = None
        self.standing: Standing | None = None
        self.reading: str | None = None
        self.section = ""
        self.open: Provision | None = None
        self.shared_times: list[tuple[int, int, t.Frame]] = []

    def run(self) -> tuple[Document, list[Finding]]:
        for node in self.tree.nodes:
            match node:
                case t.Heading():
                    self.heading(node)
                case t.Frame():
                    self.frame(node)
                case t.Sentence():
                    self.sentence(node)
        self.close_provision()
        self.group_readings()
        self.borrow_times()
        return self.document, self.lookup.findings

    # -- headings set the context of what follows

    def heading(self, node: t.Heading) -> None:
        self.close_provision()
        self.lookup.heading = _heading_text(node)
        labels = node.clauses.labels if node.clauses else ()
        if node.kind not in ("section", "provision"):
            self.stage, self.standing, self.reading = None, None, None
            self.section = node.title or self.lookup.heading
        match node.kind:
            case "stage" | "informal" | "later":
                number = node.number or 0
                informal, later = node.kind == "informal", node.kind == "later"
                self.stage = number - 1 if informal else number + 1 if later else number
                self.document.stages.append(StageDecl(self.stage, node.title, node.span, informal, later, labels))
            case "reading":
                self.reading = node.title
                self.document.readings.append(ReadingDecl(node.title or "", labels, 0, node.span))
                if node.number is not None:
                    self.stage = node.number
                    self.document.stages.append(
                        StageDecl(node.number, node.stage_title, node.span, clauses=labels, reading=node.title)
                    )
            case "standing":
                self.lookup.heading_word(node, "standings")
                self.standing = Standing(node.key, node.title)
            case "topic":
                self.lookup.heading_word(node, "sections")
            case "section":
                self.section = node.title or ""
                self.stage = None
            case "provision":
                marks = set(node.marks)
                level = next((m for m in ("unverified", "corroborated") if m in marks), "seen")
                force = next((m for m in ("should", "may", "context") if m in marks), "must")
                self.stage = None
                self.open = Provision(
                    node.key, node.title or "", self.section, "", force, level, (), (), node.span
                )  # fmt: skip

    def close_provision(self) -> None:
        if self.open is not None:
            self.document.provisions.append(self.open)
            self.open = None

    # -- sentences

    def frame(self, node: t.Frame) -> None:
        if self.open is not None:
            if node.kind == "requirement":
                self.open = replace(self.open, requirement=node.texts[0])
                return
            if node.kind == "shown_by" and node.terms:
                self.open = replace(self.open, shown_by=tuple(x.text for x in node.terms.items))
                return
            if node.kind == "note":
                self.open = replace(self.open, notes=(*self.open.notes, node.texts[0]))
                return
        if node.kind == "same_times" and node.stage and node.stage.number is not None:
            self.shared_times.append((self.stage or 0, node.stage.number, node))
            return
        self.frames.add(node, self.section, self.standing)

    def sentence(self, node: t.Sentence) -> None:
        for norm in self.norms.norms(node, self.stage):
            placed = replace(norm, standing=self.standing, reading=self.reading, section=self.section)
            if self.open is not None:
                self.open = replace(self.open, demands=(*self.open.demands, placed))
            else:
                self.document.norms.append(placed)

    # -- afterwards

    def group_readings(self) -> None:
        """Readings that share a clause are alternatives; sharing spreads (one group for a chain of overlaps).

        Several headings of one name are one reading, taken up again.
        """
        named: dict[str, ReadingDecl] = {}
        for reading in self.document.readings:
            first = named.setdefault(reading.name, reading)
            named[reading.name] = replace(first, clauses=tuple(dict.fromkeys((*first.clauses, *reading.clauses))))
        readings = list(named.values())
        group = list(range(len(readings)))  # of each reading, one that it is joined with; the first of all is its own

        def first_of(reading: int) -> int:
            while group[reading] != reading:
                group[reading] = group[group[reading]]
                reading = group[reading]
            return reading

        cited: dict[str, int] = {}
        for number, reading in enumerate(readings):
            for label in reading.clauses:
                one, other = first_of(number), first_of(cited.setdefault(label, number))
                group[max(one, other)] = min(one, other)
        self.document.readings = [replace(r, group=first_of(n)) for n, r in enumerate(readings)]

    def borrow_times(self) -> None:
        """Give sentences that take their times from another stage those times."""
        norms = self.document.norms
        done: set[tuple[int, int, tuple[str, ...]]] = set()
        for target, origin, node in self.shared_times:
            labels = node.clauses.labels if node.clauses else ()
            if (target, origin, labels) in done:
                continue
            done.add((target, origin, labels))
            if len(norms) > MOST_NORMS:
                self.lookup.report(
                    "text-too-long", "PL-S01", "So many stages borrow so many times that not all were followed up.",
                    node.span, "Check that this is one policy and not several joined together.",
                )  # fmt: skip
                break
            for norm in [n for n in norms if n.stage == origin and n.within is not None]:
                norms.append(
                    replace(_moved(norm, target), clauses=labels, span=node.span, borrowed=f"stage {origin}")
                )  # fmt: skip
        timed: dict[tuple[int | None, str], Norm] = {}
        for norm in norms:
            if norm.within is not None:
                timed.setdefault((norm.stage, norm.action), norm)
        for index, norm in enumerate(norms):
            if norm.borrowed and norm.borrowed.startswith("stage ") and norm.within is None:
                source = timed.get((int(norm.borrowed.removeprefix("stage ")), norm.action))
                if source is not None:
                    norms[index] = replace(norm, within=_moved(source, norm.stage).within)
                    timed.setdefault((norm.stage, norm.action), norms[index])


def _moved(norm: Norm, stage: int | None) -> Norm:
    """The norm at another stage, its clock's start moved along with it."""
    within = norm.within
    if within is not None and within.start.stage == norm.stage:
        within = Within(within.duration, Event(within.start.word, stage))
    return replace(norm, stage=stage, within=within)


def _heading_text(node: t.Heading) -> str:
    match node.kind:
        case "stage":
            name = f"stage {node.number}"
        case "informal":
            name = f"before stage {node.number}"
        case "later":
            name = f"after stage {node.number}"
        case "section" | "provision":
            name = f"{node.kind} {node.number or node.key}"
        case "standing":
            name = f"from {node.key}"
        case "reading":
            name = "reading"
        case _:
            name = node.key
    return f"{name} “{node.title}”" if node.title else name


def labels_of(document: Document) -> tuple[str, ...]:
    """The clause labels the document declares, ranges written out."""
    return spread(document.clause_labels)
