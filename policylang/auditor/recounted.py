"""What would come out otherwise if days were counted in the other way, without judging again what counts no days."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from policylang.auditor.audit import LONG, AuditResult, groups_of, working_calendar
from policylang.auditor.duties import counted_duties
from policylang.auditor.knowledge import Knowledge
from policylang.auditor.outcome import Result
from policylang.auditor.replay_reference import rule
from policylang.casebook.cases import CaseBook
from policylang.model.document import Document

# Reasons that are settled before any day is counted.
_UNCOUNTED = frozenset({"stage-not-reached", "no-extension", "no-new-date"})


def recounted(
    policy: Document | Sequence[Document] | None, codes: Sequence[Document], casebook: CaseBook, result: AuditResult
) -> Counter[tuple[Result, Result]]:
    """How many outcomes would change, by what they are and what they would be with the day of an event as day 1 instead
    of day 0, or the other way about. ``result`` must be the audit of these documents on these cases."""
    settings = replace(result.settings, day_one=not result.settings.day_one)
    if len(casebook.cases) >= LONG:
        from policylang.auditor.columns.recounted import recounted_by_columns

        counted = recounted_by_columns(policy, codes, casebook.cases, result.as_at, result.settings, settings)
        if counted is not None:
            return counted
    groups = groups_of(policy, codes, settings)
    every = {
        document.id: counted_duties(document, working_calendar(document, settings), settings.day_one)
        for group in groups
        for document in group.documents
    }
    counting = {
        name: [(n, duty, count) for n, (duty, count) in enumerate(all_) if duty.counts_days]
        for name, all_ in every.items()
    }
    made = list(result.outcomes)
    changed: Counter[tuple[Result, Result]] = Counter()
    place = 0
    for case in casebook.cases:
        known = Knowledge(case, result.as_at, settings)
        for group in groups:
            governing = group.governing(case, result.as_at)
            theirs = counting[governing.document.id] if not governing.reason else ()
            for n, duty, count in theirs:
                outcome = made[place + n]
                if outcome.reason not in _UNCOUNTED:
                    now = rule(duty, known, count).result
                    if now is not outcome.result:
                        changed[outcome.result, now] += 1
            place += len(every[governing.document.id])
    return changed
