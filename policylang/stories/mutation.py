"""Mutants judged: does a provision's verdict, or a story, notice the change?

A verdict notices when its judgement, or that of one of its limbs or readings, or whether it is arguable, is no longer
the same; other wording does not count. A story notices when something that it expects no longer holds, or speaks of a
duty that is no more. Stories are replayed only where the duties that a case record can show have changed at all: what
becomes of a case depends on them and on nothing else that a mutant touches.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from policylang.auditor.duties import duties
from policylang.model.document import Document
from policylang.stories.judging import judge_stories
from policylang.stories.mutants import Mutant, changed, mutants
from policylang.stories.rejudging import Rejudged
from policylang.stories.story import Story


@dataclass(frozen=True, slots=True)
class Noticed:
    """A mutant, the provisions whose verdict differs, and the titles of the stories that no longer hold.

    ``tellable`` says whether the duties that a case record can show differ, so that some story could notice it.
    """

    mutant: Mutant
    provisions: tuple[str, ...]
    stories: tuple[str, ...]
    tellable: bool

    @property
    def survives(self) -> bool:
        """Whether nothing notices it."""
        return not self.provisions and not self.stories


@dataclass(frozen=True, slots=True)
class Mutation:
    """Every mutant of a policy in the order of its text."""

    results: tuple[Noticed, ...]

    @property
    def survivors(self) -> tuple[Noticed, ...]:
        """Those that nothing notices."""
        return tuple(one for one in self.results if one.survives)

    @property
    def untold(self) -> tuple[Noticed, ...]:
        """The survivors that a story could notice; of the others no case record shows anything."""
        return tuple(one for one in self.survivors if one.tellable)

    @property
    def score(self) -> float:
        """The share of mutants that something notices, from 0 to 1; 1 where there is none."""
        return 1 - len(self.survivors) / len(self.results) if self.results else 1.0

    @property
    def score_within_reach(self) -> float:
        """The same without the mutants that no verdict notices and no story could."""
        within = len(self.results) - len(self.survivors) + len(self.untold)
        return 1 - len(self.untold) / within if within else 1.0

    def by_change(self) -> dict[str, tuple[int, int]]:
        """For each kind of change, how many mutants were noticed, and how many there are."""
        found: dict[str, tuple[int, int]] = {}
        for one in self.results:
            noticed, every = found.get(one.mutant.change.value, (0, 0))
            found[one.mutant.change.value] = (noticed + (not one.survives), every + 1)
        return found


def mutate(
    policy: Document,
    code: Document,
    stories: Sequence[Story],
    *,
    codes: Sequence[Document] | None = None,
    progress: Callable[[int], None] | None = None,
) -> Mutation:
    """Judge every mutant of a policy against a code and its stories.

    Only stories that hold under the policy as it stands can notice anything. ``codes`` are those by which stories are
    judged (``code`` alone if not given). ``progress`` is called with 1 after each mutant.
    """
    judging = [code] if codes is None else codes
    verdicts = Rejudged(policy, code)
    sound = [one.story for one in judge_stories(stories, policy, judging) if one.holds]
    owed = duties(policy)
    found: list[Noticed] = []
    for mutant in mutants(policy):
        other = changed(policy, mutant)
        provisions = verdicts.differing(other)
        tellable = duties(other) != owed
        judged = judge_stories(sound, other, judging) if tellable else []
        failing = tuple(one.story.title for one in judged if not one.holds)
        found.append(Noticed(mutant, provisions, failing, tellable))
        if progress is not None:
            progress(1)
    return Mutation(tuple(found))
