"""Whom a demand of a code concerns: the resident who complains, or the landlord in its own house.

Told from who acts and who gains by it, never from the provision's number; where neither tells, it concerns both.
"""

from __future__ import annotations

from enum import StrEnum

from policylang.checker.sayings import OWN_BODIES, RESIDENTS, TELLING, letter_actions
from policylang.model.norms import Kind, Norm
from policylang.model.vocabulary import vocabulary


class Concern(StrEnum):
    """Whom a change is told to first."""

    RESIDENTS = "for residents"
    LANDLORDS = "for landlords"
    ALSO = "also"


def concern(norm: Norm) -> Concern:
    """Whom a demand concerns.

    Residents: what they may do, are told or are sent, how long it takes, and everything at a stage of their complaint.
    Landlords: what their own staff and bodies do, learn or are told.
    """
    people = [*norm.actors.words, *norm.objects.words, *(w for items in norm.lists.values() for w in items.words)]
    if any(word in RESIDENTS for word in people):
        return Concern.RESIDENTS
    if any(_landlords_own(word) for word in people) and norm.stage is None and norm.kind is not Kind.DEFINITION:
        return Concern.LANDLORDS
    if norm.stage is not None or norm.any_stage or norm.within is not None or norm.extent is not None:
        return Concern.RESIDENTS
    if norm.kind in (Kind.DEFINITION, Kind.STRUCTURE):
        return Concern.RESIDENTS
    if _sent(norm) or _told(norm):
        return Concern.RESIDENTS
    return Concern.ALSO


def _landlords_own(word: str) -> bool:
    """Whether a word names people or a body of the landlord's."""
    found = vocabulary()
    return word in OWN_BODIES or (word in found.by_kind["roles"] and word not in RESIDENTS)


def _sent(norm: Norm) -> bool:
    """Whether it is a letter, or what makes one: an answer, a refusal, an extension."""
    letters = letter_actions()
    makes = {action for actions in letters.values() for action in actions}
    return norm.action in makes or any(word in letters for word in (*norm.actors.words, *norm.objects.words))


def _told(norm: Norm) -> bool:
    """Whether somebody is told or offered something, and no one else is named: that is the resident."""
    found = vocabulary()
    wider = found.wider(norm.action, "actions")
    return bool(wider & TELLING) or "make-known" in wider
