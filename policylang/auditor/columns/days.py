"""The earlier and the later of two days; a day that is not there gives way to the other.

Polars' own ``min_horizontal`` and ``max_horizontal`` say the same ten times slower. Both days should be columns: each
stands in the expression more than once.
"""

from __future__ import annotations

import polars as pl


def earlier(one: pl.Expr, other: pl.Expr) -> pl.Expr:
    """The earlier of two days."""
    return pl.when(other.is_null() | (one <= other)).then(one).otherwise(other)


def later(one: pl.Expr, other: pl.Expr) -> pl.Expr:
    """The later of two days."""
    return pl.when(other.is_null() | (one >= other)).then(one).otherwise(other)
