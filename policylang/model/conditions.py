"""Conditions: words of the vocabulary, ages and silences, joined by and, or, not; judged in strong Kleene logic."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from policylang.model.duration import Duration


@dataclass(frozen=True, slots=True)
class Holds:
    """A condition of the vocabulary."""

    word: str


@dataclass(frozen=True, slots=True)
class InWords:
    """A condition in the document's own words: only a reader can decide it."""

    text: str


@dataclass(frozen=True, slots=True)
class Older:
    """``subject`` (the issue, say) is older than ``duration`` when the complaint is made."""

    subject: str
    duration: Duration
    event: str | None = None


@dataclass(frozen=True, slots=True)
class InTime:
    """``word`` (no contact, say) for the whole ``duration`` after an event."""

    word: str
    duration: Duration
    event: str
    stage: int | None = None


@dataclass(frozen=True, slots=True)
class Not:
    inner: Condition


@dataclass(frozen=True, slots=True)
class All:
    parts: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class AnyOf:
    parts: tuple[Condition, ...]


Atom = Holds | InWords | Older | InTime
Condition = Atom | Not | All | AnyOf


def atoms(condition: Condition) -> Iterator[Atom]:
    """Every atom of a condition, left to right."""
    match condition:
        case Not(inner):
            yield from atoms(inner)
        case All(parts) | AnyOf(parts):
            for part in parts:
                yield from atoms(part)
        case _:
            yield condition


def truth(condition: Condition, known: Callable[[Atom], bool | None]) -> bool | None:
    """Whether a condition holds, given what is known of its atoms; None where that cannot be told (strong Kleene)."""
    match condition:
        case Not(inner):
            value = truth(inner, known)
            return None if value is None else not value
        case All(parts):
            values = [truth(part, known) for part in parts]
            return False if False in values else (None if None in values else True)
        case AnyOf(parts):
            values = [truth(part, known) for part in parts]
            return True if True in values else (None if None in values else False)
        case _:
            return known(condition)
