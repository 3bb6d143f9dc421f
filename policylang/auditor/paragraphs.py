"""How the lines of an audit's text are made: paragraphs of a width, and shares with their range."""

from __future__ import annotations

import textwrap
from typing import Any


def paragraph(text: str, across: int, indent: int = 2) -> list[str]:
    """Lines of at most ``across`` columns, the first indented by ``indent`` and the others by two more."""
    return textwrap.wrap(
        text,
        across,
        initial_indent=" " * indent,
        subsequent_indent=" " * (indent + 2),
        break_long_words=False,
        break_on_hyphens=False,
    )


def share(row: dict[str, Any]) -> str:
    """``94.1% (90.0% to 95.2%)`` of a row of measures; the range alone where nothing was decided."""
    if row["low"] is None:
        return "-"
    spread = f"{percent(row['low'])} to {percent(row['high'])}"
    if row["share"] is None:
        return f"not known ({spread})"
    return percent(row["share"]) if row["low"] == row["high"] else f"{percent(row['share'])} ({spread})"


def percent(share: float) -> str:
    """``94.1%``."""
    return f"{share * 100:.1f}%"
