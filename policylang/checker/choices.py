"""Every way in which an open text can be read: a judgement is run once for each.

Whoever judges asks :meth:`Choices.choose` at the moment a text turns out to be open; only what the judgement really
depends on is ever asked, so only that multiplies. The same key gets the same answer throughout one run.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TypeVar

T = TypeVar("T")

LIMIT = 256
"""So many readings of one provision are tried at most; a text more open than that raises ``TooOpen``."""


class TooOpen(ValueError):
    """More than :data:`LIMIT` readings of one provision."""


class Choices:
    """The answers of one run. ``made`` maps each key asked for to the answer it got, in the order of asking."""

    def __init__(self, given: Mapping[str, str] | None = None) -> None:
        self.given = dict(given or {})
        self.made: dict[str, str] = {}
        self.options: dict[str, tuple[str, ...]] = {}

    def choose(self, key: str, options: Sequence[str]) -> str:
        """The reading to take: the one given for this run, else the first of the options."""
        if key not in self.made:
            self.options[key] = tuple(options)
            self.made[key] = self.given.get(key, options[0])
        return self.made[key]


def explore(run: Callable[[Choices], T]) -> list[tuple[dict[str, str], T]]:
    """The result of ``run`` under every combination of answers it asks for, with those answers.

    The first result is the one under the first option of everything. Raises :class:`TooOpen`.
    """
    found: list[tuple[dict[str, str], T]] = []
    todo: list[dict[str, str]] = [{}]
    while todo:
        choices = Choices(todo.pop())
        result = run(choices)
        found.append((choices.made, result))
        if len(found) > LIMIT:
            raise TooOpen(f"The text can be read in more than {LIMIT} ways here.")
        # Each answer that was taken for want of another is tried with its other options, what was asked before it kept.
        kept: dict[str, str] = {}
        later: list[dict[str, str]] = []
        for key, answer in choices.made.items():
            if key not in choices.given:
                later += [{**kept, key: other} for other in choices.options[key] if other != answer]
            kept[key] = answer
        todo += reversed(later)
    return found
