"""Which document judges each case: ``Editions.governing`` of the reference, over columns."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from datetime import date

import polars as pl

from policylang.auditor.columns.codes import NO, YES
from policylang.auditor.columns.knowledge import Knowledge
from policylang.auditor.columns.layout import KNOWN
from policylang.auditor.columns.tables import number
from policylang.auditor.knowledge import PLANNED
from policylang.casebook.record import facts


@dataclass(frozen=True)
class Edition:
    """A version of a policy or an edition of a code: its id, its kind, and from when to when it is in force."""

    id: str
    kind: str
    first: date
    last: date


@dataclass(frozen=True)
class Governed:
    """Where a document judges, and where it only lends its duties to say why none does: with which reason."""

    judges: pl.Expr
    shown: tuple[tuple[pl.Expr, str], ...]


def governed(editions: Sequence[Edition], case: Knowledge, *, always: bool) -> list[Governed] | None:
    """For each edition, oldest first, the cases that it judges; None where the only one judges every case."""
    if always:
        latest = len(editions) - 1
        if latest == 0:
            return None
        return [Governed(pl.lit(place == latest), ()) for place in range(len(editions))]
    # The day of receipt as the log has it; no setting changes it.
    first, last = case.bounds("received")
    unknown = first.is_null() | last.is_null()
    spans = [(number(edition.first), number(edition.last)) for edition in editions]
    held = [((start <= last) & (first <= end)).fill_null(False) for start, end in spans]
    whole = [((start <= first) & (last <= end)).fill_null(False) for start, end in spans]
    number_held = pl.sum_horizontal([each.cast(pl.UInt8) for each in held])
    one = (number_held == 1) & pl.any_horizontal([h & w for h, w in zip(held, whole, strict=True)])
    open_ = ~one & (number_held >= 1) & ((number_held > 1) | (first != last).fill_null(False))
    reason = "policy-not-in-force" if editions[0].kind == "policy" else "no-edition-in-force"
    earliest = pl.coalesce(_earliest_event(case), pl.lit(case.as_at, pl.Int32))
    found = []
    for place, (start, _) in enumerate(spans):
        after = range(place + 1, len(spans))
        # Without a day of receipt: the last edition begun by the first event; the first where none was.
        begun = pl.lit(start) <= earliest
        no_later_begun = ~pl.any_horizontal([pl.lit(spans[n][0]) <= earliest for n in after]) if after else YES
        lends = (begun if place else YES) & no_later_begun
        last_held = held[place] & ~(pl.any_horizontal([held[n] for n in after]) if after else NO)
        earlier_begin = [pl.lit(spans[n][0]) > first for n in range(place)]
        next_one = (pl.lit(start) > first) & ~(pl.any_horizontal(earlier_begin) if earlier_begin else NO)
        none_begins = ~pl.any_horizontal([pl.lit(begin) > first for begin, _ in spans])
        nearest = next_one | (none_begins if place == len(spans) - 1 else NO)
        parts = {
            "judges": ~unknown & one & held[place],
            "lends": unknown & lends,
            "open": ~unknown & open_ & last_held,
            "nearest": ~unknown & ~one & ~open_ & nearest,
        }
        judges, lends, open_here, nearest = (
            _kept(case, (what, tuple(editions), place), e) for what, e in parts.items()
        )
        shown = ((lends, "receipt-unknown"), (open_here, "receipt-unknown"), (nearest, reason))
        found.append(Governed(judges, shown))
    return found


def _kept(case: Knowledge, key: Hashable, expr: pl.Expr) -> pl.Expr:
    return case.sheet.keep(key, lambda: expr)


def _earliest_event(case: Knowledge) -> pl.Expr:
    names = [name for name, fact in facts().items() if fact.kind == "event" and (fact.stage or name == "closed")]
    days = [
        pl.when(case.state(name) == KNOWN).then(case.bounds(name)[0])
        for name in names
        if name not in PLANNED and case.has(name)
    ]
    return pl.min_horizontal(days) if days else pl.lit(None, pl.Int32)
