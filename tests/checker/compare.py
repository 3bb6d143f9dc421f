"""The checker's verdicts against those worked out by brute force, pair by pair.

``python -m tests.checker.compare 20000`` runs so many pairs and prints how many agreed; ``--seed`` tries others.
"""

from __future__ import annotations

import random
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from unittest.mock import patch

from policylang.checker.check import check
from policylang.checker.verdict import Verdict
from policylang.model.calendar import Calendar
from policylang.model.library import load_text
from tests.checker.limit_pairs import limit_pairs
from tests.checker.pairs import code_text, expected, pairs, policy_text

LIMITS = 10  # one pair in so many is about a limit or a window


@dataclass
class Figures:
    """How many pairs were compared, how many came to which verdict, and every pair on which the two differ."""

    pairs: int = 0
    verdicts: Counter[str] = field(default_factory=Counter)
    differ: list[str] = field(default_factory=list)
    seconds: float = 0.0

    @property
    def agreed(self) -> int:
        return self.pairs - len(self.differ)


def compare(seed: str, count: int) -> Figures:
    """Judge so many pairs both ways."""
    figures, began = Figures(), time.perf_counter()
    for pair in pairs(random.Random(f"pairs {seed}"), count - count // LIMITS):
        policy, code = policy_text(pair), code_text(pair)
        verdict, arguable = expected(pair)
        found = _judged(policy, code, pair.calendar)
        _note(figures, policy, code, f"{'arguable: ' if arguable else ''}{verdict}", found)
    for limit in limit_pairs(random.Random(f"limits {seed}"), count // LIMITS):
        _note(figures, limit.policy, limit.code, limit.wanted, _judged(limit.policy, limit.code, limit.calendar))
    figures.seconds = time.perf_counter() - began
    return figures


def _note(figures: Figures, policy: str, code: str, wanted: str, found: Verdict) -> None:
    said = f"{'arguable: ' if found.arguable else ''}{found.judgement.value}"
    figures.pairs += 1
    figures.verdicts[wanted] += 1
    if said != wanted:
        figures.differ.append(f"{policy}{code}By brute force: {wanted}. By the checker: {said}. {found.why}")


def _judged(policy: str, code: str, calendar: Calendar) -> Verdict:
    with small_world(calendar):
        read, demanded = load_text(policy, "made-up.policy"), load_text(code, "made-up.code")
        assert [f.message for f in (*read.findings, *demanded.findings)] == []
        assert read.document is not None
        assert demanded.document is not None
        return check(read.document, demanded.document)[0]


@contextmanager
def small_world(calendar: Calendar) -> Iterator[None]:
    """Every document counts by this calendar: nothing else about judging it changes."""
    with (
        patch("policylang.checker.view.load_calendar", lambda _: calendar),
        patch("policylang.checker.demand.load_calendar", lambda _: calendar),
    ):
        yield


if __name__ == "__main__":
    words = sys.argv[1:]
    named = words.pop(words.index("--seed") + 1) if "--seed" in words else "0"
    count = next((int(word) for word in words if word.isdigit()), 1000)
    result = compare(named, count)
    print(f"{result.pairs:,} pairs (seed {named}), {result.agreed:,} agreed, {result.seconds:.0f} seconds")
    print(", ".join(f"{verdict} {number:,}" for verdict, number in result.verdicts.most_common()))
    print("\n\n".join(result.differ[:10]))
    sys.exit(bool(result.differ))
