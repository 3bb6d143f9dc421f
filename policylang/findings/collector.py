"""Working without Python's search for cycles of objects, where there are millions of objects and no such cycles."""

from __future__ import annotations

import contextlib
import gc
from collections.abc import Iterator


@contextlib.contextmanager
def without_collector() -> Iterator[None]:
    """No search for cycles meanwhile. Cells, entries, outcomes and what is read of a policy hold none, or are kept to
    the end; going through a million of them takes half the time of reading, and a third of the time of judging."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
