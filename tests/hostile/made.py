"""What a hostile file is in these tests."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple


class Hostile(NamedTuple):
    """One file: what is wrong with it, its name, how it is made, and the rule that reading it must end in."""

    what: str
    name: str
    make: Callable[[Path], object]
    rule: str


def as_bytes(content: bytes) -> Callable[[Path], object]:
    """Makes a file of just these bytes."""
    return lambda path: path.write_bytes(content)
