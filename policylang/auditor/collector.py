"""Working without Python's search for cycles of objects, where there are millions of objects and no such cycles."""

from __future__ import annotations

import contextlib
import gc
from collections.abc import Iterator


@contextlib.contextmanager
def without_collector() -> Iterator[None]:
    """No search for cycles meanwhile. Outcomes hold none, and going through a million of them takes a third of the
    time of judging them."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
