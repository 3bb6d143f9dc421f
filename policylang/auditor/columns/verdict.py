"""What a duty came to in every case, as columns."""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl


@dataclass(frozen=True)
class Verdict:
    """A reason code, the due date as a number of days, and how late in the duty's own unit."""

    code: pl.Expr
    due: pl.Expr
    late: pl.Expr


NO_DAY = pl.lit(None, pl.Int32)


def plain(code: pl.Expr) -> Verdict:
    """A verdict without figures."""
    return Verdict(code, NO_DAY, NO_DAY)
