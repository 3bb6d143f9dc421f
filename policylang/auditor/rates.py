"""A share as a point over what was decided, and as a range over what cannot be told."""

from __future__ import annotations


def rate(met: int, breached: int, unknown: int) -> dict[str, float | None]:
    """The share met: of what was decided, and the lowest and highest it can be whatever the unknown turn out to be."""
    whole = met + breached + unknown
    return {
        "share": round(met / (met + breached), 4) if met + breached else None,
        "low": round(met / whole, 4) if whole else None,
        "high": round((met + unknown) / whole, 4) if whole else None,
    }
