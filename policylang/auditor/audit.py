"""An audit: every duty of the policy and of the code on every case of a log, as it all stood on one day."""

from __future__ import annotations

import contextlib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from policylang.auditor.case_by_case import case_outcomes, in_words
from policylang.auditor.duties import duties, not_shown_by_cases
from policylang.auditor.duty import Duty, NotShown
from policylang.auditor.editions import BoundaryCase, Editions, Governing
from policylang.auditor.knowledge import Knowledge
from policylang.auditor.outcome import Outcome, Result
from policylang.auditor.population import measures, population
from policylang.auditor.reported import reported_findings
from policylang.auditor.settings import Settings
from policylang.casebook.cases import Case, CaseBook
from policylang.casebook.quality import quality_findings
from policylang.findings.collector import without_collector
from policylang.findings.finding import Finding
from policylang.model.calendar import Calendar, OutsideCalendar, load_calendar
from policylang.model.document import Document

Replay = Callable[[int, Knowledge, Governing, Calendar, Counter[tuple[str, str]]], Iterable[Outcome]]
"""Judges one case under the document that governs it: its place in the log, what is known of it, the document and its
calendar; what would have decided where it cannot be told is counted in the last."""


@dataclass(slots=True)
class AuditResult:
    """Everything an audit found.

    ``outcomes`` come case by case in the order of the log, the policy's duties before the code's. ``population`` and
    ``measures`` hold the control totals and the rates as plain data (docs/outcomes.md says what each figure is).
    ``data_quality`` are findings on the log itself. ``not_shown`` lists, by document, what no case record can show.
    """

    as_at: date
    outcomes: list[Outcome]
    data_quality: list[Finding]
    population: dict[str, Any]
    measures: dict[str, Any]
    boundary_cases: list[BoundaryCase]
    documents: dict[str, Document]
    duties: dict[tuple[str, str | None, str], Duty]
    settings: Settings = field(default_factory=Settings)
    not_shown: dict[str, tuple[NotShown, ...]] = field(default_factory=dict)

    def of(self, result: Result) -> list[Outcome]:
        """The outcomes of one result."""
        return [outcome for outcome in self.outcomes if outcome.result is result]


def audit(
    policy: Document | Sequence[Document] | None,
    codes: Sequence[Document],
    casebook: CaseBook,
    as_at: date,
    settings: Settings | None = None,
    *,
    progress: Callable[[int], None] | None = None,
    replay: Replay | None = None,
) -> AuditResult:
    """Judge every case of a log under a policy (or several versions of it) and under the codes given.

    Of the versions of a policy, and of the editions of one code (ids such as ``housing-ombudsman-2024``), each case is
    judged by the one in force on its day of receipt. ``progress`` is called with 1 after each case; ``replay`` decides
    the outcomes, the reference where none is given. Raises :class:`~policylang.model.calendar.UnknownCalendar` for a
    document that names no calendar there is.
    """
    settings, replay = settings or Settings(), replay or by_reference
    groups = groups_of(policy, codes, settings)
    calendars = {document.id: working_calendar(document, settings) for group in groups for document in group.documents}
    outcomes: list[Outcome] = []
    missing: Counter[tuple[str, str]] = Counter()
    judged_by: Counter[tuple[str, str]] = Counter()
    boundary: list[BoundaryCase] = []
    with without_collector():
        for place, case in enumerate(casebook.cases):
            known = Knowledge(case, as_at, settings)
            for group in groups:
                governing = group.governing(case, as_at)
                judged_by[governing.document.id, governing.reason] += 1
                outcomes += replay(place, known, governing, calendars[governing.document.id], missing)
                if (found := group.boundary(case)) is not None:
                    boundary.append(found)
            if progress is not None:
                progress(1)
    documents = {document.id: document for group in groups for document in group.documents}
    return AuditResult(
        as_at,
        outcomes,
        [*quality_findings(casebook, as_at), *reported_findings(outcomes, casebook)],
        population(casebook, outcomes, judged_by, as_at),
        measures(casebook, outcomes, missing, as_at, settings, next(iter(calendars.values()), None)),
        boundary,
        documents,
        {(d.document, d.provision, d.name): d for document in documents.values() for d in duties(document)},
        settings,
        {name: not_shown_by_cases(document) for name, document in documents.items()},
    )


def audit_case(
    policy: Document | Sequence[Document] | None,
    codes: Sequence[Document],
    case: Case,
    as_at: date,
    settings: Settings | None = None,
) -> list[Outcome]:
    """The outcomes of one case, as :func:`audit` has them."""
    settings = settings or Settings()
    known = Knowledge(case, as_at, settings)
    found: list[Outcome] = []
    for group in groups_of(policy, codes, settings):
        governing = group.governing(case, as_at)
        found += by_reference(0, known, governing, working_calendar(governing.document, settings), Counter())
    return found


def by_reference(
    place: int, case: Knowledge, governing: Governing, calendar: Calendar, missing: Counter[tuple[str, str]]
) -> Iterator[Outcome]:
    """The outcomes of one case under the document that governs it; ``missing`` counts what would have decided."""
    return case_outcomes(case, governing, calendar, missing, lambda duty, count, key: in_words(duty, case, count, key))


def groups_of(
    policy: Document | Sequence[Document] | None, codes: Sequence[Document], settings: Settings
) -> list[Editions]:
    """The policy's versions together, and the editions of each code together."""
    versions = [policy] if isinstance(policy, Document) else list(policy or ())
    families: dict[str, list[Document]] = {}
    for code in codes:
        families.setdefault(code.id.rpartition("-")[0] or code.id, []).append(code)
    groups = [Editions(versions, any_date=settings.any_date)] if versions else []
    return groups + [Editions(found) for found in families.values()]


def working_calendar(document: Document, settings: Settings) -> Calendar:
    """The document's calendar; for a policy without the organisation's own closure days, where it names any."""
    calendar = load_calendar(document.calendar)
    if document.kind != "policy" or not settings.organisation_closures or not document.closures:
        return calendar
    days = {
        date.fromordinal(n): closure.name
        for closure in document.closures
        for n in range(closure.first.toordinal(), closure.last.toordinal() + 1)
        if calendar.covers(date.fromordinal(n))
    }
    with contextlib.suppress(OutsideCalendar):
        return calendar.with_closures(days.items())
    return calendar
