"""What an audit may decide for itself, because no document decides it. Everything here is printed with the result."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Settings:
    """The conventions of one audit.

    ``day_one`` counts the day of the starting event as day 1 instead of day 0. ``organisation_closures`` leaves out the
    closure days that a policy names, on the policy's own clock and never on a code's. ``not_done`` names the facts for
    which somebody has said that an empty cell, or a missing column, means "not done". ``any_date`` judges every case
    under the policy even where it was not in force on the day of receipt (a rehearsal of a draft).
    """

    day_one: bool = False
    organisation_closures: bool = True
    not_done: frozenset[str] = frozenset()
    any_date: bool = False
