"""Which document judges each case: ``Editions.governing`` of the reference, over columns."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import reduce
from operator import add, or_

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
    key: Hashable
    """What tells it from others, for the keys of kept columns."""


EVERYWHERE, NOWHERE = Governed(YES, (), "everywhere"), Governed(NO, (), "nowhere")


def governed(editions: Sequence[Edition], case: Knowledge, *, always: bool) -> list[Governed] | None:
    """For each edition, oldest first, the cases that it judges; None where the only one judges every case."""
    if always:
        latest = len(editions) - 1
        if latest == 0:
            return None
        return [EVERYWHERE if place == latest else NOWHERE for place in range(len(editions))]
    # The day of receipt as the log has it; no setting changes it.
    first, last = case.bounds("received")
    spans = [(number(edition.first), number(edition.last)) for edition in editions]

    def kept(what: Hashable, expr: pl.Expr) -> pl.Expr:
        return case.sheet.keep(("governed", what, tuple(editions)), lambda: expr)

    known = kept("known", first.is_not_null() & last.is_not_null())
    held = [
        kept(("held", n), ((start <= last) & (first <= end)).fill_null(False)) for n, (start, end) in enumerate(spans)
    ]
    whole = [((start <= first) & (last <= end)).fill_null(False) for start, end in spans]
    several = kept("several", _number(held) > 1) if len(spans) > 1 else NO
    one = kept("one", _any([h & w for h, w in zip(held, whole, strict=True)]) & ~several)
    open_ = kept("open", ~one & (several | (_any(held) & (first != last).fill_null(False))))
    reason = "policy-not-in-force" if editions[0].kind == "policy" else "no-edition-in-force"
    earliest = kept("earliest", pl.coalesce(_earliest_event(case), pl.lit(case.as_at, pl.Int32)))
    found = []
    for place, (start, _) in enumerate(spans):
        after = range(place + 1, len(spans))
        # Without a day of receipt: the last edition begun by the first event; the first where none was.
        begun = pl.lit(start, pl.Int32) <= earliest if place else YES
        lends = begun & ~_any([pl.lit(spans[n][0], pl.Int32) <= earliest for n in after])
        last_held = held[place] & ~_any([held[n] for n in after])
        next_one = (start > first) & ~_any([spans[n][0] > first for n in range(place)])
        none_begins = ~_any([begin > first for begin, _ in spans]) if place == len(spans) - 1 else NO
        judges = kept(("judges", place), known & one & held[place])
        shown = (
            (kept(("unsure", place), (~known & lends) | (known & open_ & last_held)), "receipt-unknown"),
            (kept(("nearest", place), known & ~one & ~open_ & (next_one | none_begins)), reason),
        )
        found.append(Governed(judges, shown, (tuple(editions), place)))
    return found


def _any(conditions: Sequence[pl.Expr]) -> pl.Expr:
    return reduce(or_, conditions) if conditions else NO


def _number(conditions: Sequence[pl.Expr]) -> pl.Expr:
    return reduce(add, [each.cast(pl.UInt16) for each in conditions])


def _earliest_event(case: Knowledge) -> pl.Expr:
    names = [name for name, fact in facts().items() if fact.kind == "event" and (fact.stage or name == "closed")]
    days = [
        pl.when(case.state(name) == KNOWN).then(case.bounds(name)[0])
        for name in names
        if name not in PLANNED and case.has(name)
    ]
    return pl.min_horizontal(days) if days else pl.lit(None, pl.Int32)
