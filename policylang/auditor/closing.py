"""That a complaint is not closed before its answer: the answer is due, at the latest, on the day of the closing.

Only of stage 1. A log has one date of closing, and a complaint that went on to stage 2 may rightly have been closed
before that; but no closing of whatever stage can come before the first answer.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from policylang.auditor.duty import ROOTS, Clock, Duty, DutyKind
from policylang.auditor.sentences import Said, duty_of
from policylang.model.conditions import Holds
from policylang.model.duration import Duration, Unit
from policylang.model.norms import Clause, Kind

_UNANSWERED = ("unanswered", "stage-1-not-answered")
_ANSWERED = ("stage-1-answered",)


def closing_duties(said: Said, stage: int) -> Iterator[Duty]:
    """The duty, where a sentence forbids to close before the answer or permits it only after."""
    if stage != 1 or said.norm.action != "close" or not _waits_for_the_answer(said):
        return
    on_the_day = Clock(Duration(0, Unit.CALENDAR_DAYS), "closed", ROOTS[1])
    duty = duty_of(said, 1, DutyKind.TIMED, "not close before the answer at stage 1")
    yield replace(duty, event="responded", clock=on_the_day, conditions=())


def _waits_for_the_answer(said: Said) -> bool:
    norm = said.norm
    if set(norm.objects.words) - {"complaint", "complaints"}:
        return False
    if norm.kind is Kind.PROHIBITION and not norm.conditions and len(norm.waits) == 1:
        wait = norm.waits[0]
        return wait.before and wait.duration is None and wait.event.word == "response" and wait.event.stage in (None, 1)
    if len(norm.conditions) != 1 or norm.lists or norm.waits:
        return False
    clause = norm.conditions[0]
    if norm.kind is Kind.PROHIBITION:
        return _says(clause, "when", _UNANSWERED) or _says(clause, "unless", _ANSWERED)
    return norm.kind is Kind.PERMISSION and _says(clause, "only_when", _ANSWERED)


def _says(clause: Clause, kind: str, words: tuple[str, ...]) -> bool:
    return clause.kind == kind and isinstance(clause.condition, Holds) and clause.condition.word in words
