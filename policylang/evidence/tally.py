"""Counting outcomes: the five results of a duty, the share met, and the range it can lie in."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction

from policylang.auditor.outcome import Result

# Above this share of unknowns a figure of the rest misleads: what is late is often what is not recorded.
MOST_UNKNOWN = Fraction(1, 20)


@dataclass(frozen=True, slots=True)
class Tally:
    """How often each result came out, over a population of cases."""

    met: int = 0
    breached: int = 0
    pending: int = 0
    cannot_tell: int = 0
    not_applicable: int = 0

    @classmethod
    def of(cls, results: Iterable[Result]) -> Tally:
        """The tally of these results."""
        return cls.of_counts(Counter(results))

    @classmethod
    def of_counts(cls, n: Mapping[Result, int]) -> Tally:
        """The tally of results that have been counted; each of the five must be there, or read as none."""
        return cls(
            n[Result.MET], n[Result.BREACHED], n[Result.PENDING], n[Result.CANNOT_TELL], n[Result.NOT_APPLICABLE]
        )

    def __add__(self, other: Tally) -> Tally:
        return Tally(
            self.met + other.met,
            self.breached + other.breached,
            self.pending + other.pending,
            self.cannot_tell + other.cannot_tell,
            self.not_applicable + other.not_applicable,
        )

    def number(self, result: Result) -> int:
        """How often one result came out."""
        return {
            Result.MET: self.met,
            Result.BREACHED: self.breached,
            Result.PENDING: self.pending,
            Result.CANNOT_TELL: self.cannot_tell,
            Result.NOT_APPLICABLE: self.not_applicable,
        }[result]

    @property
    def population(self) -> int:
        """Every case that was judged, whether or not the duty arose on it."""
        return self.arose + self.not_applicable

    @property
    def arose(self) -> int:
        """The cases on which the duty arose, or may have arisen."""
        return self.met + self.breached + self.pending + self.cannot_tell

    @property
    def share_met(self) -> Fraction | None:
        """Met among those that were decided, met or breached; ``None`` where none was."""
        decided = self.met + self.breached
        return Fraction(self.met, decided) if decided else None

    @property
    def share_range(self) -> tuple[Fraction, Fraction] | None:
        """The lowest and highest share that the cases which cannot be told allow.

        Lowest: each of them was a breach. Highest: each was met. That some of them may turn out not to be applicable
        or not yet due cannot lead outside these two.
        """
        whole = self.met + self.breached + self.cannot_tell
        return (Fraction(self.met, whole), Fraction(self.met + self.cannot_tell, whole)) if whole else None

    @property
    def certain_enough(self) -> bool:
        """Whether the share met may be quoted by itself: at most a twentieth of what it rests on cannot be told."""
        whole = self.met + self.breached + self.cannot_tell
        return bool(whole) and Fraction(self.cannot_tell, whole) <= MOST_UNKNOWN


# One case may owe several duties under one provision. It counts once, by the first of these that any duty came to.
_WORST_FIRST = (Result.BREACHED, Result.CANNOT_TELL, Result.PENDING, Result.MET, Result.NOT_APPLICABLE)


def worst(results: Iterable[Result]) -> Result:
    """What a case came to under a provision with several duties. Raises ``ValueError`` where there is no result."""
    found = set(results)
    for result in _WORST_FIRST:
        if result in found:
            return result
    raise ValueError("no result to choose from")
