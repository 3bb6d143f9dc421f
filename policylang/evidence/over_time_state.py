"""Where one complaint stood on the as-at date: what had happened, whether it had been refused, whether it waited.

What pictures and yearly figures count is read off here, as the audit reads it, so that the same complaint is refused,
answered or open in all of them.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import Enum

from policylang.auditor.duty import REFUSALS, ROOTS
from policylang.auditor.knowledge import Knowledge
from policylang.auditor.refused import GROUND, signs_of_refusal, was_refused
from policylang.auditor.settings import Settings
from policylang.casebook.cases import Case, Entry, EntryState

ANSWERS = {1: "responded", 2: "stage2_responded"}


class Refusal(Enum):
    """Whether a complaint was refused at a stage. ``DAY_UNKNOWN``: it was, by its ground, and no day is recorded.
    ``UNCLEAR``: something is written that may be a refusal or may not."""

    NONE = "not refused"
    DATED = "refused"
    DAY_UNKNOWN = "refused, no day on record"
    UNCLEAR = "cannot be told"

    @property
    def refused(self) -> bool:
        """Whether it is counted among the refused complaints."""
        return self in (Refusal.DATED, Refusal.DAY_UNKNOWN)


@dataclass(frozen=True, slots=True)
class Stood:
    """One complaint on the as-at date, as far as pictures and yearly figures ask.

    ``came_in``: it had been received, or may have been; ``entered`` is the day of it, where that is known. ``refused``
    and ``waits`` are of stage 1; the others say what is known to have happened. ``category`` is ``None`` where the
    log has no such column, and empty where it is not recorded.
    """

    came_in: bool
    entered: date | None
    refused: Refusal
    answered: bool
    asked_again: bool
    answered_again: bool
    waits: bool | None
    category: str | None


def as_they_stood(cases: Iterable[Case], as_at: date, settings: Settings | None = None) -> list[Stood]:
    """Where each case stood on the day, in the order of the cases."""
    chosen = settings or Settings()
    return [as_it_stood(Knowledge(case, as_at, chosen)) for case in cases]


def as_it_stood(case: Knowledge) -> Stood:
    """Where one case stood; what is known of it is not kept, as of ten thousand it would take much room."""
    received = case.day(ROOTS[1])
    return Stood(
        came_in=received.done is not False,
        entered=received.exact,
        refused=refusal(case, 1),
        answered=happened(case, ANSWERS[1]),
        asked_again=happened(case, ROOTS[2]),
        answered_again=happened(case, ANSWERS[2]),
        waits=waits(case, 1),
        category=_word(case.entry("category")),
    )


def _word(entry: Entry) -> str | None:
    if entry.state is EntryState.NO_COLUMN:
        return None
    return str(entry.value) if entry.state is EntryState.KNOWN else ""


def happened(case: Knowledge, event: str) -> bool:
    """Whether an event is known to have happened by the as-at date."""
    return case.day(event).done is True


def refusal(case: Knowledge, stage: int) -> Refusal:
    """Whether the complaint had been refused at the stage by the as-at date."""
    day, entry = case.day(REFUSALS[stage]), case.entry(REFUSALS[stage])
    if day.done and day.last is not None:
        return Refusal.DATED
    if entry.date is not None or entry.state is EntryState.VAGUE:
        # A day after the as-at date is no refusal yet; a period that is not over may hold one.
        return Refusal.NONE if day.done is False else Refusal.UNCLEAR
    signs = signs_of_refusal(case, stage)
    if case.day(ROOTS[stage]).done is False:
        return Refusal.NONE  # it had not come to the stage yet
    if day.done or GROUND in signs:
        # What was answered all the same was perhaps not refused: one of the two is wrong.
        return Refusal.UNCLEAR if happened(case, ANSWERS[stage]) else Refusal.DAY_UNKNOWN
    return Refusal.UNCLEAR if signs else Refusal.NONE


def waits(case: Knowledge, stage: int) -> bool | None:
    """Whether the complaint waits for its answer at the stage; ``None`` where that cannot be told."""
    begun, answered = case.day(ROOTS[stage]).done, case.day(ANSWERS[stage]).done
    if begun is False or answered or refusal(case, stage).refused or case.day("closed").done:
        return False
    unclear = begun is None or answered is None or was_refused(case, stage) is None
    return None if unclear else True
