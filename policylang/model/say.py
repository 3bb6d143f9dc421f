"""Conditions, lists and events in the language's own words, for whoever reads a fact or a verdict."""

from __future__ import annotations

from policylang.model import conditions as c
from policylang.model.norms import Event, Items, Norm


def condition(cond: c.Condition, *, inner: bool = False) -> str:
    """A condition as a sentence would write it; brackets only where the words need them."""
    match cond:
        case c.Holds(word):
            return word
        case c.InWords(text):
            return f'"{text}"'
        case c.Older(subject, duration, event):
            return f"{subject} is older than {duration}" + (f" of {event}" if event else "")
        case c.InTime(word, duration, event, stage):
            return f"{word} in the {duration} after {f'stage {stage} ' if stage else ''}{event}"
        case c.Not(part):
            return f"not {condition(part, inner=True)}"
        case c.All(parts):
            said = " and ".join(condition(p, inner=True) for p in parts)
        case c.AnyOf(parts):
            said = " or ".join(condition(p, inner=True) for p in parts)
    return f"({said})" if inner else said


def clauses(norm: Norm) -> str | None:
    """All conditions of a norm in order: ``when … unless …``; None where it has none."""
    said = [f"{clause.kind.replace('_', ' ')} {condition(clause.condition)}" for clause in norm.conditions]
    return " ".join(said) or None


def items(found: Items) -> list[str]:
    """The words of a list, and its quoted texts between quotation marks."""
    return [*found.words, *(f'"{text}"' for text in found.texts)]


def event(found: Event) -> str:
    """``receipt at stage 1``; ``start not stated``."""
    if not found.stated:
        return "start not stated"
    return f"{found.word} at stage {found.stage}" if found.stage else found.word
