"""What a demand, or one part of it, comes to under one reading of the policy; and how parts add up."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import Enum

from policylang.checker.repair import Repair
from policylang.checker.verdict import Decided, Judgement, Story
from policylang.model.norms import Norm


class Mark(Enum):
    """``MET``: said, or beaten. ``SILENT``: a prohibition or limit that nothing touches. ``PART``: hedged, or only
    some of it said. ``MISSING``: nothing on the point. ``CONTRADICTED``: the text commits to, or permits, what the
    demand forbids."""

    MET = "met"
    SILENT = "met by silence"
    PART = "part"
    MISSING = "missing"
    CONTRADICTED = "contradicted"


@dataclass(frozen=True, slots=True)
class Answer:
    """One demand, or a part of one, answered.

    ``why`` is whole sentences in plain English. ``norms`` are the policy's sentences relied on; ``proved`` says that
    dates decided it; ``repairs`` are instructions, each with a sentence to paste where one will do it.
    """

    mark: Mark
    why: str
    norms: tuple[Norm, ...] = ()
    proved: bool = False
    repairs: tuple[Repair, ...] = ()
    story: Story | None = None
    proof: tuple[date, date] | None = None
    clauses: tuple[str, ...] = ()

    @property
    def judgement(self) -> Judgement:
        return _JUDGEMENTS[self.mark]

    @property
    def decided(self) -> Decided:
        """Dates, words, or that there were none."""
        if self.proved:
            return Decided.PROVED
        return Decided.BY_SILENCE if self.mark in (Mark.SILENT, Mark.MISSING) else Decided.MATCHED


_JUDGEMENTS = {
    Mark.MET: Judgement.COMPLIES,
    Mark.SILENT: Judgement.COMPLIES,
    Mark.PART: Judgement.PARTLY,
    Mark.MISSING: Judgement.SILENT,
    Mark.CONTRADICTED: Judgement.BREACHES,
}
_WORST = [Mark.CONTRADICTED, Mark.PART, Mark.MISSING, Mark.MET, Mark.SILENT]


def add_up(marks: Iterable[Mark]) -> Mark:
    """What parts come to together (docs: checking, "From limbs to a verdict").

    Silence earns no marks: what is met by silence counts only where nothing else was asked.
    """
    found = set(marks)
    if Mark.CONTRADICTED in found:
        return Mark.CONTRADICTED
    found.discard(Mark.SILENT)
    if not found:
        return Mark.SILENT
    return found.pop() if len(found) == 1 else Mark.PART


def together(answers: Sequence[Answer]) -> Answer:
    """Several answers as one: the worst said first, everything relied on kept."""
    if len(answers) == 1:
        return answers[0]
    ranked = sorted(answers, key=lambda a: _WORST.index(a.mark))
    return Answer(
        add_up(a.mark for a in answers),
        " ".join(dict.fromkeys(a.why for a in ranked)),
        unique(n for a in ranked for n in a.norms),
        any(a.proved for a in answers),
        tuple(r for a in ranked for r in a.repairs),
        next((a.story for a in ranked if a.story), None),
        _overlap([a.proof for a in answers if a.proof]),
        tuple(dict.fromkeys(c for a in ranked for c in a.clauses)),
    )


def unique(norms: Iterable[Norm]) -> tuple[Norm, ...]:
    """Each norm once. Norms hold mappings and so cannot be hashed: they are told apart by identity."""
    found: dict[int, Norm] = {}
    for norm in norms:
        found.setdefault(id(norm), norm)
    return tuple(found.values())


def also(answer: Answer, more: str) -> Answer:
    """The answer with a further sentence of explanation."""
    return replace(answer, why=f"{answer.why} {more}") if more else answer


def _overlap(ranges: list[tuple[date, date]]) -> tuple[date, date] | None:
    if not ranges:
        return None
    return max(first for first, _ in ranges), min(last for _, last in ranges)
