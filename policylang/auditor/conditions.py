"""Whether the conditions of a sentence hold on a case, in strong Kleene logic: true, false, or not known."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from policylang.auditor.knowledge import Knowledge
from policylang.auditor.shown import LATE, condition_fact
from policylang.casebook.cases import EntryState
from policylang.model.calendar import Calendar
from policylang.model.clock_error import ClockError
from policylang.model.conditions import Atom, Condition, Holds, InTime, InWords, Older, atoms, truth
from policylang.model.duration import due
from policylang.model.norms import Clause

_WHEN = ("when", "only_when")
_ISSUE = {"issue-occurred": "issue_occurred", "issue-known": "issue_known"}


class Conditions:
    """Judges the conditions of one duty on one case. ``read`` gathers the facts that were looked at.

    ``late`` answers whether the response of the stage is late, for the conditions that ask.
    """

    def __init__(
        self, case: Knowledge, stage: int, calendar: Calendar, late: Callable[[], bool | None] = lambda: None
    ) -> None:
        self.case, self.stage, self.calendar, self.late = case, stage, calendar, late
        self.read: dict[str, None] = {}

    def hold(self, clauses: Iterable[Clause]) -> bool | None:
        """Whether every ``when`` of a sentence holds; True where it has none."""
        return self._all(c.condition for c in clauses if c.kind in _WHEN)

    def excused(self, clauses: Iterable[Clause]) -> bool | None:
        """Whether an ``unless`` of a sentence holds; False where it has none."""
        values = [truth(c.condition, self._known) for c in clauses if c.kind == "unless"]
        return True if True in values else (None if None in values else False)

    def allow(self, clauses: Iterable[Clause]) -> bool | None:
        """Whether a permission under these conditions is there: all that it asks for holds, and no exception does."""
        clauses = tuple(clauses)
        held, barred = self.hold(clauses), self.excused(clauses)
        if held is False or barred is True:
            return False
        return None if held is None or barred is None else True

    def _all(self, conditions: Iterable[Condition]) -> bool | None:
        values = [truth(condition, self._known) for condition in conditions]
        return False if False in values else (None if None in values else True)

    def _known(self, atom: Atom) -> bool | None:
        match atom:
            case Holds(word):
                return self._holds(word)
            case Older():
                return self._older(atom)
            case InWords() | InTime():
                return None
        return None

    def _holds(self, word: str) -> bool | None:
        if word in LATE:
            return self.late()
        shown = condition_fact(word, self.stage)
        if shown is None:
            return None
        name, wanted = shown
        self.read[name] = None
        if name.endswith("extension_notified"):
            return extended(self.case, self.stage)
        if "extension_" in name and extended(self.case, self.stage) is False:
            return False  # where nothing was extended there was nothing to agree or refuse
        value = self.case.flag(name)
        return None if value is None else value is wanted

    def _older(self, atom: Older) -> bool | None:
        """Older than so long, counted from each day that may be meant; known only where all of them agree."""
        if atom.subject != "issue":
            return None
        starts = (_ISSUE[atom.event],) if atom.event in _ISSUE else tuple(_ISSUE.values())
        received = self.case.day("received").exact
        found: set[bool | None] = set()
        for name in starts:
            self.read[name] = None
            day = self.case.day(name).exact
            try:
                found.add(
                    None if received is None or day is None else received > due(day, atom.duration, self.calendar)
                )
            except ClockError:
                found.add(None)
        return found.pop() if len(found) == 1 else None


def extended(case: Knowledge, stage: int) -> bool | None:
    """Whether the response at a stage was extended at all, told of or not: None where it cannot be told."""
    prefix = "stage2_" if stage == 2 else ""
    notified = case.day(f"{prefix}extension_notified")
    dated = case.entry(notified.name).state in (EntryState.KNOWN, EntryState.VAGUE)
    # A new date shows an extension even where nobody was told of it; a notice that is still to come shows none yet.
    if not dated and case.entry(f"{prefix}extended_to").state in (EntryState.KNOWN, EntryState.VAGUE):
        return True
    return notified.done


def shown_at_all(clauses: Iterable[Clause], stage: int) -> bool:
    """Whether a case record can ever show that the ``when`` of a sentence holds; True where it has none."""
    return all(
        any(_shown(atom, stage) for atom in atoms(clause.condition)) for clause in clauses if clause.kind in _WHEN
    )


def _shown(atom: Atom, stage: int) -> bool:
    if isinstance(atom, Holds):
        return atom.word in LATE or condition_fact(atom.word, stage) is not None
    return isinstance(atom, Older) and atom.subject == "issue"
