"""A line of progress on stderr: only on a terminal, only for what takes more than two seconds, gone when it is done."""

from __future__ import annotations

import shutil
import sys
import time
from collections.abc import Callable
from types import TracebackType
from typing import TextIO

DELAY = 2.0
"""Seconds before anything is shown."""
EVERY = 0.1
"""Seconds between two drawings."""
BAR = 10
"""How many signs the bar has; plain ones, for a console that shows no others."""


class Progress:
    """``with Progress("Judging cases", total=n) as step: … step(1)``; ``step`` may be handed to the library."""

    def __init__(
        self,
        label: str,
        total: int | None = None,
        *,
        unit: str = "cases",
        stream: TextIO | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._label, self._total, self._unit, self._clock = label, total, unit, clock
        self._stream = sys.stderr if stream is None else stream
        self._shows = self._stream.isatty()
        self._done = self._width = 0
        self._start = clock()
        self._drawn = self._start + DELAY - EVERY

    def __enter__(self) -> Progress:
        return self

    def __call__(self, steps: int = 1) -> None:
        """Count ``steps`` more as done."""
        self._done += steps
        if self._shows and self._clock() - self._drawn >= EVERY:
            self._drawn = self._clock()
            self._draw(self.line())

    def line(self) -> str:
        """What the line says now: share done, rate, and time left where the total is known."""
        seconds = max(self._clock() - self._start, 1e-9)
        rate = self._done / seconds
        parts = [f"{self._label}: {self._done:,}"]
        if self._total:
            share = min(self._done / self._total, 1.0)
            bar = "#" * int(share * BAR) + "-" * (BAR - int(share * BAR))
            parts = [f"{self._label}: [{bar}] {share:.0%}, {self._done:,} of {self._total:,} {self._unit}"]
        parts.append(f"{rate:,.0f} a second" if rate >= 1 else f"{rate * 60:.0f} a minute")
        if self._total and rate:
            parts.append(f"about {_words(max(self._total - self._done, 0) / rate)} left")
        return ", ".join(parts)

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._width:
            self._draw("")

    def _draw(self, text: str) -> None:
        text = text[: max(shutil.get_terminal_size().columns - 1, 20)]  # a line that wraps cannot be taken back
        self._stream.write("\r" + text.ljust(self._width) + ("" if text else "\r"))
        self._stream.flush()
        self._width = len(text)


def _words(seconds: float) -> str:
    if seconds < 90:
        return f"{seconds:.0f} s"
    return f"{seconds / 60:.0f} min" if seconds < 5400 else f"{seconds / 3600:.1f} h"
