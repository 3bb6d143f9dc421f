"""What stands before stage 1: a step that is headed, and first efforts on which the start of the process waits."""

from __future__ import annotations

from dataclasses import dataclass

from policylang.checker.cover import holds_word
from policylang.checker.logic import words_of
from policylang.checker.plain import joined, quote
from policylang.checker.repair import Repair, add, by_hand
from policylang.checker.sayings import OBJECTS
from policylang.checker.view import View
from policylang.model.conditions import Holds
from policylang.model.document import StageDecl
from policylang.model.norms import Norm

FIRST_EFFORTS = frozenset(["not-settled-at-first-contact", "not-settled-informally"])
"""Conditions that hold once the first efforts to settle a matter have failed."""
ACCESS = "access-to-process"
EARLY, STEP = "first efforts are early settlement", "first efforts are a step before stage 1"


@dataclass(frozen=True, slots=True)
class Count:
    """How many there are by one part of the text, the headings or a sentence; and what would mend the number."""

    number: int
    words: str
    norms: tuple[Norm, ...] = ()
    clauses: tuple[str, ...] = ()
    repair: Repair | None = None


def steps_before(view: View) -> Count:
    """The steps headed before stage 1. Without one, first efforts that have to fail first are read both ways."""
    before = _headed(view)
    if before:
        repair = by_hand(f"Take out the step headed {_names(before)}, or make it part of stage 1.")
        words = f"a step before stage 1 is headed {_names(before)}"
        return Count(len(before), words, (), labels_of(before), repair)
    waiting = _waiting(view)
    none = "no step before stage 1 is headed"
    if waiting and (kept := _kept_clear(view)):
        # Whoever promises that those efforts do not stand in the way has said what they are.
        return Count(0, f"{none}, and first efforts do not stand in the way of stage 1: {quote(kept[0])}", kept)
    if waiting and view.choices.choose("first efforts", (EARLY, STEP)) == STEP:
        words = f"the process only starts once first efforts have failed, {'; '.join(map(quote, waiting))}"
        clauses = tuple(dict.fromkeys(clause for norm in waiting for clause in norm.clauses))
        return Count(1, words, (), clauses, add(f"must not obstruct {ACCESS}."))
    return Count(0, none)


def with_steps_before(view: View, headed: Count) -> Count:
    """The stages that are headed, with the steps before them: whether one more to go through is one more stage is not
    for its heading to say, so it is read both ways."""
    before = _headed(view)
    verb = "are" if len(before) > 1 else "is"
    options = (f"{_names(before)} {verb} not counted as a stage", f"{_names(before)} {verb} counted as a stage")
    if view.choices.choose("steps before stage 1", options) == options[0]:
        return headed
    number = headed.number + len(before)
    words = f"with {_names(before)}, residents go through {number} stages"
    repair = by_hand(f"Take out the step headed {_names(before)}, or make it part of stage 1.")
    clauses = tuple(dict.fromkeys((*labels_of(before), *headed.clauses)))
    return Count(number, words, headed.norms, clauses, repair)


def any_headed(view: View) -> int:
    """How many steps are headed before stage 1."""
    return len(_headed(view))


def labels_of(stages: list[StageDecl]) -> tuple[str, ...]:
    """The clauses of the headings, each once."""
    return tuple(dict.fromkeys(clause for stage in stages for clause in stage.clauses))


def _headed(view: View) -> list[StageDecl]:
    return [s for s in view.document.stages if s.informal or s.number == 0]


def _names(stages: list[StageDecl]) -> str:
    return joined([f"“{s.title}”" if s.title else f"the one before stage {s.number + 1}" for s in stages])


def _waiting(view: View) -> list[Norm]:
    """Sentences by which the process starts only once the first efforts have failed."""
    return [
        s.norm
        for s in view.sayings("start")
        if s.promises and not s.foreign and holds_word(view, s, OBJECTS, "complaint")
        if any(isinstance(atom, Holds) and atom.word in FIRST_EFFORTS for atom in words_of(s.guard))
    ]


def _kept_clear(view: View) -> tuple[Norm, ...]:
    """The promise that nothing obstructs the way into the process."""
    said = [s for s in view.sayings("obstruct") if s.forbids and not s.foreign]
    return tuple(s.norm for s in said if holds_word(view, s, OBJECTS, ACCESS))
