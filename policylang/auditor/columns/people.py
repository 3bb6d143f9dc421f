"""Whether two columns of names name one person: :mod:`policylang.auditor.people`, each name and each pair read once.

Most pairs are decided by what each name is by itself; only those that may be an abbreviation of one another are put to
the reference's own comparison.
"""

from __future__ import annotations

from functools import lru_cache

import polars as pl

from policylang.auditor.columns.codes import YES
from policylang.auditor.people import is_role, same_person, words_of


def same_people(first: pl.Expr, second: pl.Expr, asked: pl.Expr = YES) -> pl.Expr:
    """True or False where it is plain; null where either is missing, where nobody can tell, or where nobody asks."""
    rows = pl.struct(first.alias("first"), second.alias("second"), asked.alias("asked"))
    return rows.map_batches(_compare, return_dtype=pl.Boolean, is_elementwise=True)


def _compare(rows: pl.Series) -> pl.Series:
    whole = pl.Series(rows.name, [None], pl.Boolean).new_from_index(0, len(rows))
    looked_at = pl.col("asked") & pl.col("first").is_not_null() & pl.col("second").is_not_null()
    frame = rows.struct.unnest().with_row_index("place").filter(looked_at)
    return whole if frame.is_empty() else whole.scatter(frame["place"], _compared(frame))


def _compared(frame: pl.DataFrame) -> pl.Series:
    names = pl.concat([frame["first"].unique(), frame["second"].unique()]).unique()
    read = [_read(name) for name in names]
    places = {key: place for place, key in enumerate(dict.fromkeys(key for key, _ in read if key))}
    persons = pl.Series([places[key] if key else None for key, _ in read], dtype=pl.Int32)
    figures = pl.Series([figure for _, figure in read], dtype=pl.Boolean)
    place = [frame[name].cast(pl.Enum(names)).to_physical().cast(pl.UInt32) for name in ("first", "second")]
    coded = pl.DataFrame(
        {
            "a": place[0],
            "b": place[1],
            "same": persons.gather(place[0]) == persons.gather(place[1]),
            "plain": figures.gather(place[0]) | figures.gather(place[1]),
        }
    )
    unsure = coded.filter(~pl.col("same") & ~pl.col("plain")).select("a", "b").unique()
    if unsure.is_empty():
        return coded["same"]
    asked = unsure.with_columns(
        pl.Series("found", [_known(names[a], names[b]) for a, b in unsure.iter_rows()], pl.Boolean), asked=True
    )
    joined = coded.join(asked, on=["a", "b"], how="left", maintain_order="left")
    settled = pl.col("same") | pl.col("plain") | pl.col("asked").is_null()
    return joined.select(pl.when(settled).then(pl.col("same")).otherwise(pl.col("found")).alias("same"))["same"]


@lru_cache(maxsize=100_000)
def _read(name: str) -> tuple[str | None, bool]:
    """Whose name it is (None for a role, a team or nothing), and whether a figure in it rules out abbreviations."""
    words = words_of(name)
    if not words or is_role(words):
        return None, False
    return "\n".join(sorted(words)), any(word.isdigit() for word in words)


@lru_cache(maxsize=1_000_000)
def _known(first: str, second: str) -> bool | None:
    return same_person(first, second)
