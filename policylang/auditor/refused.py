"""Refusals of which no day is on record: what speaks for one all the same, and what it leaves open.

A ground of refusal says that a complaint was refused, and so is not open; but whether in time it does not say, so that
nobody can tell whether its answer is overdue. Of a word under the refusal that is no date (``Yes``, ``see letter``) not
even that is sure. Where nothing speaks for a refusal there was none.
"""

from __future__ import annotations

from typing import Protocol

from policylang.auditor.duty import REFUSALS
from policylang.auditor.knowledge import Knowledge
from policylang.auditor.ruling import Ruling
from policylang.casebook.cases import Entry, EntryState
from policylang.casebook.words import denies, holds_no_date

GROUND = "refusal_reason"
_DATED = (EntryState.KNOWN, EntryState.VAGUE)


class _Record(Protocol):
    def entry(self, name: str) -> Entry:
        """What is recorded of a fact."""


def signs_of_refusal(case: _Record, stage: int) -> tuple[str, ...]:
    """The facts that speak for a refusal at a stage of which no day is recorded; none where there was none.

    A ground is that of the refusal whose day is recorded. Without such a day it is of stage 2 where the case went on to
    it, else of stage 1. The mapping's word that an empty cell means not refused stands against it.
    """
    entry = case.entry(REFUSALS[stage])
    if entry.state in _DATED or entry.state is EntryState.NOT_DONE:
        return ()
    if _has_ground(case, stage):
        return (REFUSALS[stage], GROUND)
    return (REFUSALS[stage],) if written_there(entry) else ()


def was_refused(case: Knowledge, stage: int) -> bool | None:
    """Whether a complaint was refused at a stage, on whatever day; None where something is written that is no date."""
    if case.day(REFUSALS[stage]).done:
        return True
    signs = signs_of_refusal(case, stage)
    return GROUND in signs or (None if signs else False)


def _has_ground(case: _Record, stage: int) -> bool:
    ground = case.entry(GROUND)
    if ground.state is not EntryState.KNOWN or denies(str(ground.value)):
        return False
    escalated = case.entry("escalation_requested").state in _DATED
    return stage == (2 if escalated else 1) and case.entry(REFUSALS[3 - stage]).state not in _DATED


def written_there(entry: Entry) -> bool:
    """Whether something is written under a refusal that is no date and does not say that there was none."""
    return entry.state is EntryState.UNREADABLE and not (holds_no_date(entry.raw) or denies(entry.raw))


def nothing_owed(stage: int, ruling: Ruling, case: Knowledge) -> bool:
    """Whether a refusal was sent, or may have been, before the last day on which a deed can have been due."""
    refused = case.day(REFUSALS[stage])
    if signs_of_refusal(case, stage):
        return True
    if not refused.done:
        return False
    return refused.first is None or ruling.lenient is None or refused.first <= ruling.lenient
