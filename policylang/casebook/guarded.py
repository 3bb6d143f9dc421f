"""A reader in a process of its own, with a limit on its memory, for libraries that a crafted file can bring down.

What the child has read comes back through a pipe in frames: one letter for what it is, its length, its bytes. Nothing
is written to disk. A child that dies, falls silent or asks for too much memory ends in ``ChildFailed``.
"""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from collections.abc import Generator
from pathlib import Path
from typing import IO

from policylang.casebook import limits

_HERE = Path(__file__).resolve().parents[2]
END = b"."
"""The letter of the last frame; without it the child did not get to the end."""


class ChildFailed(Exception):
    """The child did not get to its end: it died, took too long over one frame, or came against its limit of memory."""


def frames(module: str, *arguments: str) -> Generator[tuple[bytes, bytes], None, None]:
    """The frames that ``module``'s ``main`` sends when it is run with these arguments, the last one left out.

    Raises ``ChildFailed``. The child is gone when the iterator is done or closed.
    """
    environment = {
        **os.environ,
        "PYTHONPATH": os.pathsep.join([str(_HERE), *(path for path in sys.path if path)]),
        "POLARS_MAX_THREADS": "2",
        "RUST_BACKTRACE": "0",
    }
    program = f"from policylang.casebook.guarded import limit_memory; limit_memory(); import {module} as m; m.main()"
    child = subprocess.Popen(
        # -P: nothing in the folder that the command was started in is ever imported.
        [sys.executable, "-P", "-c", program, *arguments],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=environment,
    )
    assert child.stdout is not None
    watch = _Watch(child)
    try:
        while True:
            watch.start()
            kind, content = _frame(child.stdout)
            watch.stop()
            if kind == END:
                return
            yield kind, content
    finally:
        watch.stop()
        child.kill()
        child.stdout.close()
        child.wait()


def send(kind: bytes, content: bytes = b"") -> None:
    """Send one frame to the parent."""
    out = sys.stdout.buffer
    out.write(kind + len(content).to_bytes(4, "big") + content)
    out.flush()


def limit_memory() -> None:
    """Hold this process to ``limits.CHILD_BYTES`` of memory where the system has such a limit (not on Windows)."""
    try:
        import resource
    except ImportError:
        return
    try:
        resource.setrlimit(resource.RLIMIT_DATA, (limits.CHILD_BYTES, limits.CHILD_BYTES))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))  # a crash leaves no file behind
    except (ValueError, OSError):
        return


class _Watch:
    """Ends a child that is silent for longer than ``limits.CHILD_SECONDS``."""

    def __init__(self, child: subprocess.Popen[bytes]) -> None:
        self._child = child
        self._timer: threading.Timer | None = None

    def start(self) -> None:
        self._timer = threading.Timer(limits.CHILD_SECONDS, self._child.kill)
        self._timer.daemon = True
        self._timer.start()

    def stop(self) -> None:
        if self._timer is not None:
            self._timer.cancel()


def _frame(stream: IO[bytes]) -> tuple[bytes, bytes]:
    head = stream.read(5)
    if len(head) < 5:
        raise ChildFailed
    length = int.from_bytes(head[1:], "big")
    content = stream.read(length)
    if len(content) < length:
        raise ChildFailed
    return head[:1], content
