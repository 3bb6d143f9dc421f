"""The frame of a picture with an upright scale: where a value stands, the lines across, the names below."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from policylang.evidence.pictures import svg
from policylang.evidence.pictures.svg import MUTED, RULE


def scale(highest: int) -> tuple[int, int]:
    """A step of 1, 2, 5, 10, … that needs at most six lines, and the top of the scale."""
    step, tens = 1, 1
    while highest > step * 5:
        for factor in (1, 2, 5):
            step = factor * tens
            if highest <= step * 5:
                break
        tens *= 10
    return step, max(-(-highest // step), 1) * step


@dataclass(frozen=True, slots=True)
class Axes:
    """A plot of ``slots`` equal columns under a scale from ``floor`` to ``ceiling``."""

    slots: int
    ceiling: float
    floor: float = 0.0
    width: float = 860.0
    height: float = 330.0
    left: float = 58.0
    right: float = 20.0
    top: float = 46.0
    bottom: float = 62.0

    def x(self, slot: float) -> float:
        """Where a column begins; ``slot + 0.5`` is its middle."""
        return self.left + slot * (self.width - self.left - self.right) / max(self.slots, 1)

    def y(self, value: float) -> float:
        """How high a value stands."""
        share = (value - self.floor) / ((self.ceiling - self.floor) or 1)
        return self.height - self.bottom - share * (self.height - self.top - self.bottom)

    def lines(self, values: Sequence[int], word: Callable[[int], str], unit: str) -> list[str]:
        """The lines across, each with its value, and what the scale counts."""
        parts = []
        for value in values:
            y = self.y(value)
            edge = RULE if value == values[0] else "#d5dade"
            parts.append(svg.line(self.left, y, self.width - self.right, y, edge, 1))
            parts.append(svg.label(self.left - 8, y + 4, word(value), 12, "end"))
        return [*parts, svg.label(8, self.top - 16, unit, 12, fill=MUTED)]

    def names(self, names: Sequence[str], below: Sequence[str] = ()) -> list[str]:
        """The names of the columns, every second or third where they are many, and a smaller line below."""
        every = 1 if len(names) <= 12 else 2 if len(names) <= 16 else 3
        parts = []
        for n, name in enumerate(names):
            middle = self.x(n + 0.5)
            if n % every == 0:
                parts.append(svg.label(middle, self.height - self.bottom + 17, name, 11.5, "middle"))
            if below and len(names) <= 12:
                parts.append(svg.label(middle, self.height - self.bottom + 33, below[n], 11, "middle", MUTED))
        return parts
