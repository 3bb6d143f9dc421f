"""Whether one condition implies another: by trying every way in which their words can hold.

What the words mean to each other is taken into account: a word implies its wider words in the vocabulary, and an issue
older than twelve months is older than six. Free text in quotes is a word of its own, that nothing implies.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import product

from policylang.model.conditions import All, AnyOf, Atom, Condition, Holds, InTime, InWords, Not, Older, atoms, truth
from policylang.model.norms import Norm

Implies = Callable[[Atom, Atom], bool]
EMPTY = frozenset(["needed", "eligible-for-ombudsman"])
"""Conditions that take nothing away: help arises with the need, and nobody else has a right to the Ombudsman."""
MOST = 12
"""Conditions over more words than this are not analysed: nothing is concluded from them."""


def guard(norm: Norm, *, waits: bool = False) -> Condition | None:
    """All of a sentence's conditions in one; None where it has none. ``even when`` does not narrow.

    With ``waits``, a time to wait (``after 8 weeks of response``) is a condition too.
    """
    parts: list[Condition | None] = []
    for clause in norm.conditions:
        if clause.kind in ("when", "only_when"):
            parts.append(_filled(clause.condition))
        elif clause.kind in ("unless", "until"):
            parts.append(negate(clause.condition))
    if waits:
        timed = [w for w in norm.waits if w.duration is not None and not w.before]
        parts += [InWords(f"{w.duration} have passed since the {w.event.word.replace('-', ' ')}") for w in timed]
    return both(*parts)


def _filled(condition: Condition) -> Condition | None:
    """The condition without what is empty in it; None where nothing is left."""
    match condition:
        case Holds(word) if word in EMPTY:
            return None
        case All(parts):
            return both(*map(_filled, parts))
        case AnyOf(parts):
            return either(*map(_filled, parts))
        case _:
            return condition


def both(*parts: Condition | None) -> Condition | None:
    """All of the conditions together, None standing for one that always holds."""
    given = list(dict.fromkeys(part for part in parts if part is not None))
    return None if not given else given[0] if len(given) == 1 else All(tuple(given))


def negate(condition: Condition) -> Condition:
    """The opposite of a condition, without a double negation."""
    return condition.inner if isinstance(condition, Not) else Not(condition)


def either(*parts: Condition | None) -> Condition | None:
    """At least one of the conditions; None (always) where one of them always holds."""
    if any(part is None for part in parts) or not parts:
        return None
    given = [part for part in parts if part is not None]
    return given[0] if len(given) == 1 else AnyOf(tuple(given))


def alternatives(condition: Condition | None) -> list[Condition | None]:
    """The ways in which a condition can hold, each without an “or” where that can be had in :data:`MOST` ways or fewer;
    else the condition itself."""
    found = _ways(condition) if condition is not None else None
    return [condition] if found is None else [both(*way) for way in found]


def _ways(condition: Condition) -> list[tuple[Condition, ...]] | None:
    match condition:
        case Not(Not(inner)):
            return _ways(inner)
        case Not(All(parts)):
            return _ways(AnyOf(tuple(map(negate, parts))))
        case Not(AnyOf(parts)):
            return _ways(All(tuple(map(negate, parts))))
        case AnyOf(parts):
            each = [_ways(part) for part in parts]
            found = None if None in each else [way for ways in each for way in ways or ()]
        case All(parts):
            each = [_ways(part) for part in parts]
            if None in each:
                return None
            found = [()]
            for ways in each:
                found = [(*one, *other) for one in found for other in ways or ()][: MOST + 1]
        case _:
            found = [(condition,)]
    return found if found is not None and len(found) <= MOST else None


def positive(condition: Condition | None) -> Condition | None:
    """What a condition without “or” asks for, its exceptions left out; None where nothing but exceptions is left."""
    parts = condition.parts if isinstance(condition, All) else (condition,)
    return both(*(part for part in parts if not isinstance(part, Not)))


def implies(first: Condition | None, second: Condition | None, known: Implies) -> bool:
    """Whether ``second`` holds whenever ``first`` does."""
    if second is None or first == second:
        return True
    return not possible(both(first, Not(second)), known, otherwise=True)


def possible(condition: Condition | None, known: Implies, *, otherwise: bool = True) -> bool:
    """Whether the condition can hold at all. ``otherwise`` is the answer for conditions too long to analyse."""
    if condition is None:
        return True
    words = list(dict.fromkeys(atoms(condition)))
    if len(words) > MOST:
        return otherwise
    return any(truth(condition, values.__getitem__) for values in _worlds(words, known))


def words_of(condition: Condition | None) -> tuple[Atom, ...]:
    """The atoms of a condition, each once."""
    return () if condition is None else tuple(dict.fromkeys(atoms(condition)))


def _worlds(words: list[Atom], known: Implies) -> Iterator[dict[Atom, bool]]:
    links = [(a, b) for a in words for b in words if a != b and known(a, b)]
    for values in product((True, False), repeat=len(words)):
        world = dict(zip(words, values, strict=True))
        if all(world[b] or not world[a] for a, b in links):
            yield world


def atom_words(atom: Atom, label: Callable[[str], str]) -> str:
    """One condition in plain words."""
    match atom:
        case Holds(word):
            return label(word)
        case InWords(text):
            return f"“{text}”"
        case Older(subject, duration, event):
            since = {"issue-known": " since the resident knew of it", "issue-occurred": " since it occurred"}
            start = since.get(event, f" of {label(event)}") if event else ""
            return f"the {label(subject)} is older than {duration}{start}"
        case InTime(word, duration, event, _):
            return f"{label(word)} in the {duration} after {label(event)}"


def condition_words(condition: Condition, label: Callable[[str], str]) -> str:
    """A condition in plain words: ``safeguarding or health and safety``."""
    match condition:
        case Not(inner):
            inside = condition_words(inner, label)
            return f"not ({inside})" if isinstance(inner, (All, AnyOf)) else f"not {inside}"
        case All(parts):
            return " and ".join(
                f"({condition_words(p, label)})" if isinstance(p, AnyOf) else condition_words(p, label) for p in parts
            )
        case AnyOf(parts):
            return " or ".join(condition_words(p, label) for p in parts)
        case _:
            return atom_words(condition, label)
