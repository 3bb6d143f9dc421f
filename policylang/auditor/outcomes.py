"""The outcomes of an audit: a list that was made case by case, or a ledger that makes those that somebody asks for."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any, NamedTuple, Protocol

from policylang.auditor.outcome import Outcome, Owed, Result

Wanted = Callable[[Owed], bool]


class Entered(NamedTuple):
    """What an outcome came to. ``key`` is what :meth:`Outcomes.at` makes the outcome of."""

    key: Any
    case: str
    owed: Owed
    result: Result
    reason: str


@dataclass(slots=True)
class Counted:
    """How often each result and each reason came out of one duty; ``owed`` is the duty as its first outcome has it."""

    owed: Owed
    results: Counter[Result] = field(default_factory=Counter)
    reasons: Counter[str] = field(default_factory=Counter)


class Outcomes(Protocol):
    """Every duty on every case, case by case in the order of the log, the policy's duties before the code's."""

    def __len__(self) -> int: ...

    def __iter__(self) -> Iterator[Outcome]: ...

    def counted(self) -> list[Counted]:
        """Every duty of a document, in the order in which they first come up."""

    def entered(self, wanted: Wanted | None = None, results: Collection[Result] = tuple(Result)) -> Iterator[Entered]:
        """What outcomes came to, in their order: all, or those of the duties wanted, or of these results."""

    def among(self, results: Collection[Result], reasons: Collection[str] = ()) -> Iterator[Outcome]:
        """The outcomes of these results, and those for these reasons, in their order."""

    def at(self, key: Any) -> Outcome:
        """The outcome that was entered under this key."""

    def brief(self, key: Any) -> Outcome:
        """The same, perhaps without its words."""

    def decided(self, result: Result) -> Iterator[tuple[Any, Outcome]]:
        """The outcomes of one result, perhaps without their words, each with the key for :meth:`at`."""


class Made(list[Outcome]):
    """Outcomes that are all there."""

    def counted(self) -> list[Counted]:
        """Every duty of a document, in the order in which they first come up."""
        told: dict[int, dict[tuple[Result, str], int]] = {}
        first: dict[int, Owed] = {}
        for outcome in self:
            owed = outcome.owed
            mine = told.get(id(owed))
            if mine is None:
                mine, first[id(owed)] = told.setdefault(id(owed), {}), owed
            key = (outcome.result, outcome.reason)
            mine[key] = mine.get(key, 0) + 1
        return merged((owed, told[place].items()) for place, owed in first.items())

    def entered(self, wanted: Wanted | None = None, results: Collection[Result] = tuple(Result)) -> Iterator[Entered]:
        """What outcomes came to, in their order: all, or those of the duties wanted, or of these results."""
        asked: dict[int, bool] = {}
        for key, outcome in enumerate(self):
            owed = outcome.owed
            if outcome.result not in results:
                continue
            if wanted is not None:
                if id(owed) not in asked:
                    asked[id(owed)] = wanted(owed)
                if not asked[id(owed)]:
                    continue
            yield Entered(key, outcome.case, owed, outcome.result, outcome.reason)

    def among(self, results: Collection[Result], reasons: Collection[str] = ()) -> Iterator[Outcome]:
        """The outcomes of these results, and those for these reasons, in their order."""
        return (outcome for outcome in self if outcome.result in results or outcome.reason in reasons)

    def at(self, key: int) -> Outcome:
        """The outcome that was entered under this key."""
        return self[key]

    def brief(self, key: int) -> Outcome:
        """The same."""
        return self[key]

    def decided(self, result: Result) -> Iterator[tuple[int, Outcome]]:
        """The outcomes of one result, each with the key for :meth:`at`."""
        return ((key, outcome) for key, outcome in enumerate(self) if outcome.result is result)


def merged(told: Iterable[tuple[Owed, Iterable[tuple[tuple[Result, str], int]]]]) -> list[Counted]:
    """The counts of duties, those of one name under one provision together."""
    found: dict[tuple[str, str, str | None, str], Counted] = {}
    for owed, numbers in told:
        row = found.setdefault((owed.source, owed.document, owed.provision, owed.duty), Counted(owed))
        for (result, reason), number in numbers:
            row.results[result] += number
            row.reasons[reason] += number
    return list(found.values())
