"""Small numbers that are not to be printed, and the others that must go with them so that nobody works them out.

A number from 1 up to the threshold is left out. Where the numbers printed would still settle it (a total and all other
parts), another number of the same sum is left out too. A number counts as safe only once another table has been found
that agrees with everything printed and has another value there; so what is claimed is shown, and not assumed.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

_TRIES = 20_000


@dataclass(frozen=True, slots=True)
class Sum:
    """``total`` is the sum of ``parts``; all are names of numbers."""

    total: str
    parts: tuple[str, ...]

    @property
    def names(self) -> tuple[str, ...]:
        """Every number in it."""
        return (self.total, *self.parts)


def hidden(
    numbers: Mapping[str, int], sums: Sequence[Sum], under: int, unprinted: frozenset[str] = frozenset()
) -> frozenset[str]:
    """The names of the numbers not to be printed. ``unprinted`` ones are in no table but must not be told either.

    Noughts are printed: nobody is behind them. Raises ``ValueError`` where a sum does not add up, because then the
    numbers do not mean what the sum says.
    """
    for one in sums:
        if numbers[one.total] != sum(numbers[part] for part in one.parts):
            raise ValueError(f"{one.total} is not the sum of its parts")
    small = sorted(name for name, number in numbers.items() if 0 < number < under)
    gone, added = {*small, *unprinted}, []
    for name in small:
        while _settled(name, numbers, sums, gone, unprinted):
            victim = _victim(name, numbers, sums, gone)
            if victim is None:
                break
            gone.add(victim)
            added.append(victim)
    # What was left out on the way and is not needed in the end is printed again, the largest first.
    for victim in sorted(added, key=lambda name: -numbers[name]):
        fewer = gone - {victim}
        if not any(_settled(name, numbers, sums, fewer, unprinted) for name in small):
            gone = fewer
    return frozenset(gone)


def _settled(
    name: str, numbers: Mapping[str, int], sums: Sequence[Sum], gone: set[str], unprinted: frozenset[str]
) -> bool:
    """Whether no other table was found that agrees with what is printed and has another number there."""
    search = _Search(numbers, sums, gone, unprinted)
    return not any(search.other_table({name: step}) for step in (1, -1))


@dataclass(slots=True)
class _Search:
    """A search for another table. One that takes too long ends as if there were none, so that more is suppressed."""

    numbers: Mapping[str, int]
    sums: Sequence[Sum]
    gone: set[str]
    unprinted: frozenset[str]
    tries: int = _TRIES

    def other_table(self, moved: dict[str, int]) -> bool:
        """Try to put every sum right again by moving other hidden numbers by one, none below what is known of it."""
        self.tries -= 1
        if self.tries < 0:
            return False
        for name, step in moved.items():
            # A number that is left out of a table is known not to be nought; one that stands in no table may be.
            if self.numbers[name] + step < (0 if name in self.unprinted else 1):
                return False
        for one in self.sums:
            off = sum(moved.get(part, 0) for part in one.parts) - moved.get(one.total, 0)
            if off:
                return self._put_right(one, -1 if off > 0 else 1, moved)
        return True

    def _put_right(self, one: Sum, step: int, moved: dict[str, int]) -> bool:
        """Move one more number of a sum that is off."""
        return any(
            self.other_table({**moved, name: -step if name == one.total else step})
            for name in one.names
            if name in self.gone and name not in moved
        )


def _victim(told: str, numbers: Mapping[str, int], sums: Sequence[Sum], gone: set[str]) -> str | None:
    """The smallest number still printed that stands in a sum with it, or with what hangs together with it."""
    reach, names = {told}, {told}
    while reach:
        near = {name for one in sums if reach & set(one.names) for name in one.names}
        printed = sorted(near - gone, key=lambda name: (name in {one.total for one in sums}, numbers[name], name))
        for name in printed:
            if numbers[name] > 0:
                return name
        reach = near - names
        names |= near
    return None
