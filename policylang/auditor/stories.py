"""A story, told in dates, as a case: what a story does not say did not happen.

Used for the stories beside a policy and for the counterexamples of the checker, which the auditor must call breaches.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from policylang.casebook.cases import Case, Entry, EntryState
from policylang.casebook.record import facts

# What would excuse an extension that goes beyond its limit: a story that does not tell of it has none of it.
_EXCUSES = ("extension_agreed", "extension_good_reason")


def story_case(
    events: Mapping[str, date],
    flags: Mapping[str, bool] | None = None,
    people: Mapping[str, str] | None = None,
    *,
    reference: str = "story",
) -> Case:
    """The case of a story. ``events`` by case-record name (``received``, ``stage2_responded``), ``flags`` yes or no,
    ``people`` who decided (``handler``, ``stage2_handler``).

    An event that is not told did not happen, and neither did what would excuse going beyond a limit. What letters
    contained is not part of a story unless it says so: duties about it are *cannot tell*. Raises ``ValueError`` for a
    name that the case record does not have.
    """
    entries: dict[str, Entry] = {}
    for name, fact in facts().items():
        if fact.kind == "event" or name.removeprefix("stage2_") in _EXCUSES:
            entries[name] = Entry(EntryState.NOT_DONE)
    for kind, told in (("event", events), ("flag", flags or {}), ("attribute", people or {})):
        for name, value in told.items():
            if name not in facts() or facts()[name].kind != kind:
                raise ValueError(f"A case record has no {kind} called “{name}”.")
            entries[name] = Entry(EntryState.KNOWN, value, str(value))
    # Nobody needs to be told when the issue arose for a story to be complete.
    for name in ("issue_occurred", "issue_known"):
        if name not in events:
            del entries[name]
    return Case(reference, entries)
