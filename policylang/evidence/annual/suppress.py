"""Small numbers that are not to be printed, and the others that must go with them so that nobody works them out.

A number from 1 up to the threshold is left out. Where the numbers printed would still settle it (a total and all other
parts), another number of the same sum is left out too. A number counts as safe only once another table has been found
that agrees with everything printed and has another value there; so what is claimed is shown, and not assumed.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass


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
    gone = {name for name, number in numbers.items() if _small(number, under)} | unprinted
    while True:
        told = next((name for name in sorted(gone) if _small(numbers[name], under) and _settled(name, numbers, sums,
                     gone, unprinted)), None)  # fmt: skip
        if told is None:
            return frozenset(gone)
        victim = _victim(told, numbers, sums, gone)
        if victim is None:
            return frozenset(gone)
        gone.add(victim)


def _small(number: int, under: int) -> bool:
    return 0 < number < under


def _settled(
    name: str, numbers: Mapping[str, int], sums: Sequence[Sum], gone: set[str], unprinted: frozenset[str]
) -> bool:
    """Whether no other table was found that agrees with what is printed and has another number there."""
    return not any(_other_table({name: step}, numbers, sums, gone, unprinted) for step in (1, -1))


def _other_table(
    moved: dict[str, int], numbers: Mapping[str, int], sums: Sequence[Sum], gone: set[str], unprinted: frozenset[str]
) -> bool:
    """Try to put every sum right again by moving other hidden numbers by one, none below what a reader knows of it."""
    for name, step in moved.items():
        # A number that is left out of a table is known not to be nought; one that stands in no table may be.
        if numbers[name] + step < (0 if name in unprinted else 1):
            return False
    for one in sums:
        off = sum(moved.get(part, 0) for part in one.parts) - moved.get(one.total, 0)
        if not off:
            continue
        step = -1 if off > 0 else 1
        for name in one.names:
            if name in gone and name not in moved:
                change = -step if name == one.total else step
                if _other_table({**moved, name: change}, numbers, sums, gone, unprinted):
                    return True
        return False
    return True


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
