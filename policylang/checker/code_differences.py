"""In what two demands that answer to one another differ: force, times, clocks, limits, lists, conditions."""

from __future__ import annotations

from collections.abc import Iterator

from policylang.checker.code_pairs import Asked, ages, conditions, lists
from policylang.checker.logic import condition_words
from policylang.checker.plain import label, labels
from policylang.model.conditions import Holds
from policylang.model.norms import Frequency, Kind, Norm

Difference = tuple[str, str, str]
"""Its kind, and how it stood before and stands after, in words; empty where there was or is nothing."""


def differences(one: Asked, other: Asked) -> Iterator[Difference]:
    """Every difference, the weightiest first; none where the two ask the same in the same words."""
    a, b = one.norm, other.norm
    yield from _told("force", strength(one), strength(other))
    yield from _told("stage", _stage(a), _stage(b))
    yield from _told("time", _time(a), _time(b))
    if a.within is not None and b.within is not None:
        yield from _told("start", label(a.within.start.word), label(b.within.start.word))
    yield from _told("limit", _limit(a), _limit(b))
    yield from _told("age", _age(a), _age(b))
    yield from _told("frequency", _every(a.every), _every(b.every))
    yield from _told("count", _count(a), _count(b))
    yield from _items(a, b)
    if conditions(a) != conditions(b):
        yield from _told("condition", _when(a) or "always", _when(b) or "always")


def strength(one: Asked) -> str:
    """How strongly a demand is made: by its own verb where it has one, else by its provision."""
    if one.norm.kind in (Kind.DUTY, Kind.PROHIBITION):
        return "must" if one.norm.force.binds else "should"
    return one.provision.force


def _told(kind: str, before: str, after: str) -> Iterator[Difference]:
    if before != after:
        yield kind, before, after


def _stage(norm: Norm) -> str:
    if norm.any_stage:
        return "each stage"
    return "" if norm.stage is None else f"stage {norm.stage}"


def _time(norm: Norm) -> str:
    return "" if norm.within is None else str(norm.within.duration)


def _limit(norm: Norm) -> str:
    extent = norm.extent
    if extent is None:
        return "" if norm.action != "extend" else "no limit"
    if extent.limit is not None:
        return f"up to {extent.limit}"
    return f"up to {extent.total} in all" if extent.total is not None else "further"


def _age(norm: Norm) -> str:
    return ", ".join(f"{a.duration}{f' of {label(a.event)}' if a.event else ''}" for a in ages(norm))


def _every(every: Frequency | None) -> str:
    if every is None:
        return ""
    return f"every {every.every}" if every.every is not None else str(every.words)


def _count(norm: Norm) -> str:
    return "" if norm.count is None else f"{f'{norm.amount} ' if norm.amount else ''}{norm.count}"


def _items(a: Norm, b: Norm) -> Iterator[Difference]:
    """Items that joined a list or left it; the whole list where the number of them that is needed changed with it.

    Which list of a group they stand in is how it is put, not what is asked.
    """
    groups = dict.fromkeys(group for norm in (a, b) for group, items in lists(norm) if items)
    for group in groups:
        before, after = _words(a, group), _words(b, group)
        marks = _mark(a, group), _mark(b, group)
        if marks[0] != marks[1]:
            yield "list", _list(marks[0], before), _list(marks[1], after)
            continue
        gone, came = [w for w in before if w not in after], [w for w in after if w not in before]
        if gone:
            yield "item-removed", labels(gone), ""
        if came:
            yield "item-added", "", labels(came)


def _words(norm: Norm, group: str) -> list[str]:
    return list(dict.fromkeys(w for name, items in lists(norm) if name == group for w in (*items.words, *items.texts)))


def _mark(norm: Norm, group: str) -> str:
    """How many of a list are needed, where that is said: ``at least 2 of``."""
    said = [
        f"{items.mark} {items.count} of" if items.count else items.mark
        for name, items in lists(norm)
        if name == group and items.mark
    ]
    return ", ".join(said)


def _list(mark: str, words: list[str]) -> str:
    return f"{mark} {labels(words, 'or')}" if mark else labels(words)


def _when(norm: Norm) -> str:
    def words(kind: str) -> str:
        return "when" if kind == "when" else kind.replace("_", " ")

    return " ".join(
        f"{words(c.kind)} {condition_words(c.condition, label)}"
        for c in norm.conditions
        if c.condition != Holds("needed")
    )
