"""Making the next of a series while the last one is still in use."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Final, TypeVar, cast

T = TypeVar("T")
_END: Final = object()


def ahead(items: Iterator[T]) -> Iterator[T]:
    """The same items in the same order, each begun as soon as the one before it is handed out, in another thread.

    At most one is begun that nobody has asked for; whoever stops asking waits until it is made. What making one raises
    is raised here.
    """
    with ThreadPoolExecutor(max_workers=1, thread_name_prefix="ahead") as thread:
        coming = thread.submit(next, items, _END)
        while (found := coming.result()) is not _END:
            coming = thread.submit(next, items, _END)
            yield cast(T, found)
