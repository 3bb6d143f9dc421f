"""What a document says on extending the response, and the duties that follow for whoever extends.

An extension has to be notified on or before the deadline that it extends, and to keep within its limit (or to have what
going beyond needs). What its letter has to give is in :mod:`policylang.auditor.letters`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from policylang.auditor.duty import Duty, DutyKind, Extension, Step
from policylang.auditor.sentences import Said, duty_of
from policylang.auditor.shown import case_event
from policylang.model.conditions import InWords
from policylang.model.norms import Clause, Kind


def extension_at(stage: int, every: Iterable[Said]) -> Extension | None:
    """Every permission to extend the response at a stage; None where the document has none."""
    notified = case_event("extension", stage)
    steps = tuple(step for said in every if stage in said.stages() if (step := _step(said)) is not None)
    if not steps or notified is None:
        return None
    return Extension(steps, notified, notified.replace("extension_notified", "extended_to"))


def _step(said: Said) -> Step | None:
    norm, extent = said.norm, said.norm.extent
    if norm.action != "extend" or said.by_resident or (norm.objects and "response" not in norm.objects.words):
        return None
    limit, total = (extent.limit, extent.total) if extent else (None, None)
    further = bool(extent and extent.further)
    if norm.kind is Kind.PERMISSION or (norm.kind is Kind.DUTY and extent is not None):
        return Step(limit, total, further, norm.conditions, said.text)
    if norm.kind is Kind.PROHIBITION and further and norm.conditions:
        # "Must not extend further unless …" permits it in that case; where it only should not, who can tell.
        clauses = tuple(Clause("when", c.condition) for c in norm.conditions if c.kind in ("unless", "only_when"))
        if not norm.force.binds:
            clauses = (Clause("when", InWords("the words only advise against it")),)
        return Step(None, None, True, clauses, said.text)
    return None


def extension_duties(
    stage: int, extension: Extension, every: Sequence[Said], found: Sequence[Duty]
) -> tuple[Said, list[Duty]]:
    """To notify in time and to keep the limit, counted from the deadline that the document sets for the response.

    With the duties comes the sentence they rest on: the first permission with a limit, or the first without;
    one of the stage itself before one of the whole process.
    """
    permits = [said for said in every if stage in said.stages() and _step(said) is not None]
    limited = [s for s in permits if s.norm.extent and (s.norm.extent.limit or s.norm.extent.total)]
    said = min(limited or permits, key=lambda permit: permit.norm.stage != stage)
    duties: list[Duty] = []
    for response in responses(stage, found):
        duty = replace(
            duty_of(said, stage, DutyKind.EXTENSION_NOTIFIED, f"notify an extension in time at stage {stage}"),
            event=extension.notified,
            clock=response.clock,
            extension=extension,
            conditions=(),
            reading=response.reading,
        )
        if not response.binding and duty.binding:
            duty = replace(duty, binding=False, name=f"aim: {duty.name}")
        duties.append(duty)
        if limited:
            name = duty.name.replace("notify an extension in time", "keep an extension within its limit")
            duties.append(replace(duty, kind=DutyKind.EXTENSION_LIMIT, name=name))
    return said, duties


def responses(stage: int, found: Sequence[Duty]) -> tuple[Duty, ...]:
    """The duty to respond in time at a stage, in each of its readings: the first that binds, or the first aim."""
    event = case_event("response", stage)
    timed = [d for d in found if d.kind is DutyKind.TIMED and d.clock and d.event == event and d.action != "close"]
    first = min(timed, key=lambda duty: not duty.binding, default=None)
    return tuple(duty for duty in timed if first is not None and (duty.text, duty.name) == (first.text, first.name))
