"""Columns worked out on the way, each once, in the order in which they rest on one another."""

from __future__ import annotations

from collections.abc import Callable, Hashable

import polars as pl


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
        self._needed: list[set[str]] | None = None

    def keep(self, key: Hashable, make: Callable[[], pl.Expr]) -> pl.Expr:
        """The column that goes by ``key``; made the first time it is asked for."""
        found = self._kept.get(key)
        if found is None:
            made = make()  # which may keep others, so it is named after them
            found = self._kept[key] = self._put(f"~{len(self._kept)}", made)
        return found

    def output(self, name: str, expr: pl.Expr) -> None:
        """A column of the result, under its own name."""
        self._put(name, expr)
        self._outputs.append(name)

    def inputs(self) -> frozenset[str]:
        """The columns of a batch that any expression looks at, with the reference where there is one."""
        roots = {root for level in self._levels for expr in level.values() for root in expr.meta.root_names()}
        return frozenset({"reference", *roots} & self.columns)

    def run(self, cases: pl.DataFrame) -> pl.DataFrame:
        """The columns of the result, and the reference where there is one."""
        for level, needed in zip(self._levels, self._needed_after(), strict=True):
            made = {name: expr.alias(name) for name, expr in level.items()}
            still = (name for name in cases.columns if name in needed and name not in made)
            cases = cases.select(*still, *made.values())
        return cases

    def _needed_after(self) -> list[set[str]]:
        """For each level the columns that a later one, or the result, still looks at: the others are let go."""
        if self._needed is None:
            needed, found = set(self._outputs), []
            for level in reversed(self._levels):
                found.append(set(needed))
                needed |= {root for expr in level.values() for root in expr.meta.root_names()}
            self._needed = found[::-1]
        return self._needed

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
