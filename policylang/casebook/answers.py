"""Reading a cell of a yes-or-no column."""

from __future__ import annotations

from functools import lru_cache

from policylang.casebook.dates import plain
from policylang.casebook.grid import Cell, Kind

_TICKS = "✓✔√☑🗸"
_YES = frozenset({"yes", "y", "true", "t", "1"})
_NO = frozenset({"no", "n", "false", "f", "0"})


def read_answer(cell: Cell) -> bool | None:
    """Yes or no; ``None`` where the cell says neither.

    A tick is yes, with or without the word. A cross is neither: one log ticks the box with it, another strikes it out.
    """
    if cell.kind is Kind.YES_NO:
        return bool(cell.value)
    if cell.kind not in {Kind.TEXT, Kind.NUMBER}:
        return None
    return _read(cell.text)


@lru_cache(maxsize=4096)
def _read(text: str) -> bool | None:
    text = plain(text).replace("\ufe0f", "")
    word = text.strip(f"{_TICKS} ().,!")
    if word in _YES or (not word and any(tick in text for tick in _TICKS)):
        return True
    return False if word in _NO and not any(tick in text for tick in _TICKS) else None
