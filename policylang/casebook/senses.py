"""What the usual words say that stand in a cell instead of a date or an answer; none of them says that it was not done.

``N/A`` is no ``TBC``, and neither is ``Ongoing``: a reader of a finding, or of a verdict that hangs on such a cell, has
to be told which of them stands there. That one of them means "not done" is for the mapping to say.
"""

from __future__ import annotations

from enum import Enum

from policylang.casebook.words import core, holds_no_date, is_placeholder


class Sense(Enum):
    """What such a word says, to follow "that"."""

    NOT_APPLICABLE = "it does not apply"
    NOT_KNOWN = "it is not known"
    NOT_KNOWN_YET = "it is not known yet"
    STILL_TO_COME = "it is still to come"
    UNFINISHED = "it has not ended"
    NOT_RECORDED = "it is not recorded"
    NOT_DONE = "there was none"
    NOTHING = "nothing"  # a dash and the like say nothing at all

    @property
    def told(self) -> str:
        """``which says that it does not apply``; of a dash, ``which says nothing``."""
        return "which says nothing" if self is Sense.NOTHING else f"which says that {self.value}"


_WORDS = {
    Sense.NOT_APPLICABLE: ("n/a", "na", "n.a", "not applicable"),
    Sense.NOT_KNOWN: ("n/k", "nk", "not known", "unknown", "?", "??"),
    Sense.NOT_KNOWN_YET: ("tbc", "tba", "tbd", "to be confirmed", "to be advised"),
    Sense.STILL_TO_COME: ("awaiting", "awaited", "pending", "due", "overdue", "not yet"),
    Sense.UNFINISHED: ("ongoing", "on going", "on-going", "open", "in progress", "wip", "live"),
    Sense.NOT_RECORDED: ("not recorded", "not provided", "not stated", "missing"),
    Sense.NOT_DONE: ("none", "nil"),
}
_SENSES = {word: sense for sense, words in _WORDS.items() for word in words}


def sense(text: str) -> Sense | None:
    """What a text says that stands in place of a date or an answer; ``None`` where it is none of the usual words."""
    found = _SENSES.get(core(text))
    if found is not None:
        return found
    if is_placeholder(text):
        return Sense.NOTHING
    return Sense.NOT_DONE if holds_no_date(text) else None
