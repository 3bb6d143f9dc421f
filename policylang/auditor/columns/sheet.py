"""Columns worked out on the way, each once, in the order in which they rest on one another."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from dataclasses import dataclass

import polars as pl


@dataclass(frozen=True)
class _Step:
    """One level: what is made, under which names, out of which columns, and which of them are not needed after it."""

    made: list[pl.Expr]
    names: list[str]
    looks_at: list[str]
    done_with: list[str]


class Sheet:
    """Collects named expressions and runs them level by level: a level rests only on the levels before it.

    Polars looks for common parts of expressions only within one query and at a price; here whoever writes a part that
    others share says so, by keeping it.
    """

    def __init__(self, columns: frozenset[str], complete: frozenset[str] = frozenset()) -> None:
        self.columns = columns
        """The columns that a batch has."""
        self.complete = complete
        """Those of them in which no cell is null."""
        self._levels: list[dict[str, pl.Expr]] = []
        self._level_of: dict[str, int] = {}
        self._kept: dict[Hashable, pl.Expr] = {}
        self._outputs: list[str] = ["reference"]
        self._steps: list[_Step] | None = None

    def keep(self, key: Hashable, make: Callable[[], pl.Expr]) -> pl.Expr:
        """The column that goes by ``key``; made the first time it is asked for."""
        found = self._kept.get(key)
        if found is None:
            made = make()  # which may keep others, so it is named after them
            # What is a column already needs no copy under another name.
            found = self._kept[key] = made if made.meta.is_column() else self._put(f"~{len(self._kept)}", made)
        return found

    def output(self, name: str, expr: pl.Expr) -> pl.Expr:
        """A column of the result, under its own name, for others to rest on."""
        self._outputs.append(name)
        return self._put(name, expr)

    def inputs(self) -> frozenset[str]:
        """The columns of a batch that any expression looks at, with the reference where there is one."""
        roots = {root for level in self._levels for expr in level.values() for root in expr.meta.root_names()}
        return frozenset({"reference", *roots} & self.columns)

    def run(self, cases: pl.DataFrame) -> pl.DataFrame:
        """The columns of the result, and the reference where there is one."""
        if self._steps is None:
            self._steps = self._planned()
        if not self._steps:
            return cases.select(name for name in self._outputs if name in cases.columns)
        columns = {series.name: series for series in cases}
        for step in self._steps:
            # A frame of no more than a level looks at: to carry all the others along costs as much as to judge.
            known = pl.DataFrame([columns[name] for name in step.looks_at]) if step.looks_at else cases
            made = known.with_columns(step.made)
            columns |= {name: made.get_column(name) for name in step.names}
            for name in step.done_with:
                columns.pop(name, None)
        return pl.DataFrame([columns[name] for name in self._outputs if name in columns])

    def _planned(self) -> list[_Step]:
        """The levels, without what nothing rests on; each lets go what no later one, nor the result, looks at."""
        steps: list[_Step] = []
        seen = set(self._outputs)
        for level in reversed(self._levels):
            wanted = {name: expr for name, expr in level.items() if name in seen}
            if wanted:
                roots = {root for expr in wanted.values() for root in expr.meta.root_names()}
                made = [expr.alias(name) for name, expr in wanted.items()]
                steps.append(_Step(made, list(wanted), sorted(roots), sorted(roots - seen)))
                seen |= roots
        return steps[::-1]

    def _put(self, name: str, expr: pl.Expr) -> pl.Expr:
        level = max((self._level_of.get(root, -1) for root in expr.meta.root_names()), default=-1) + 1
        while len(self._levels) <= level:
            self._levels.append({})
        self._levels[level][name] = expr
        self._level_of[name] = level
        return pl.col(name)


def name_of(kept: pl.Expr) -> str:
    """The name of a kept column, to make keys of. Raises ``ValueError`` for any other expression."""
    if not kept.meta.is_column():
        raise ValueError("Only a kept column has a name of its own.")
    return kept.meta.output_name()
