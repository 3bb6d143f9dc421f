"""A line on stderr while something works that cannot say how far it is: only on a terminal, only after two seconds."""

from __future__ import annotations

import shutil
import sys
import threading
import time
from types import TracebackType
from typing import TextIO

from policylang.commands.progress import DELAY

EVERY = 0.5
"""Seconds between two drawings."""


class Waiting:
    """``with Waiting("Reading log.xlsx, 12.3 MB"): …`` says so, and for how long it has been going on."""

    def __init__(self, label: str, *, stream: TextIO | None = None, delay: float = DELAY, every: float = EVERY) -> None:
        self._label, self._delay, self._every = label, delay, every
        self._stream = sys.stderr if stream is None else stream
        self._over = threading.Event()
        self._thread: threading.Thread | None = None
        self._width = 0

    def __enter__(self) -> Waiting:
        if self._stream.isatty():
            # A thread of its own, for the work itself may be one long call into a library.
            self._thread = threading.Thread(target=self._draw, args=(time.monotonic(),), daemon=True)
            self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._over.set()
        if self._thread is not None:
            self._thread.join(timeout=2 * self._every)
        if self._width:
            self._stream.write("\r" + " " * self._width + "\r")
            self._stream.flush()

    def _draw(self, start: float) -> None:
        wait = self._delay
        while not self._over.wait(wait):
            wait = self._every
            text = f"{self._label}: {time.monotonic() - start:.0f} s"
            text = text[: max(shutil.get_terminal_size().columns - 1, 20)]  # a line that wraps cannot be taken back
            self._stream.write("\r" + text.ljust(self._width))
            self._stream.flush()
            self._width = max(self._width, len(text))
