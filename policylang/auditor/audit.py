"""An audit: every duty of the policy and of the code on every case of a log, as it all stood on one day."""

from __future__ import annotations

import contextlib
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from policylang.auditor.case_by_case import Noted, case_outcomes
from policylang.auditor.duties import duties, not_shown_by_cases
from policylang.auditor.duty import Duty, NotShown
from policylang.auditor.editions import BoundaryCase, Editions
from policylang.auditor.knowledge import Knowledge
from policylang.auditor.outcome import Outcome, Result
from policylang.auditor.outcomes import Made, Outcomes
from policylang.auditor.population import measures, population
from policylang.auditor.reported import Compared, compare, reported_findings
from policylang.auditor.settings import Settings
from policylang.auditor.standing import Standing
from policylang.auditor.step import Step
from policylang.casebook.cases import Case, CaseBook
from policylang.casebook.quality import quality_findings
from policylang.findings.collector import without_collector
from policylang.findings.finding import Finding
from policylang.model.calendar import Calendar, OutsideCalendar, load_calendar
from policylang.model.document import Document


@dataclass(frozen=True, slots=True)
class Work:
    """What an engine is to judge: every case under the document of each group that governs it.

    ``calendars`` are those of the documents, by their ids; ``progress`` is called with the number of cases done.
    """

    groups: list[Editions]
    calendars: dict[str, Calendar]
    casebook: CaseBook
    as_at: date
    settings: Settings
    progress: Callable[[int], None]


@dataclass(slots=True)
class Judged:
    """What an engine judged, and what it noted on the way (see :class:`AuditResult`)."""

    outcomes: Outcomes
    noted: Noted
    standing: Standing


Engine = Callable[[Work], Judged]
LONG = 1_000
"""Cases from which on it pays to judge by columns, where most outcomes are only counted."""


@dataclass(slots=True)
class AuditResult:
    """Everything an audit found.

    ``outcomes`` come case by case in the order of the log, the policy's duties before the code's; ``steps`` are those
    that the dates show late or missing, each with its event; ``reported`` holds the log's own verdicts against them.
    ``population`` and ``measures`` hold the control totals
    and the rates as plain data (docs/outcomes.md says what each figure is). ``data_quality`` are findings on the log
    itself. ``not_shown`` lists, by document, what no case record can show.
    """

    as_at: date
    outcomes: Outcomes
    data_quality: list[Finding]
    population: dict[str, Any]
    measures: dict[str, Any]
    boundary_cases: list[BoundaryCase]
    documents: dict[str, Document]
    duties: dict[tuple[str, str | None, str], Duty]
    settings: Settings = field(default_factory=Settings)
    not_shown: dict[str, tuple[NotShown, ...]] = field(default_factory=dict)
    steps: list[tuple[str, Step]] = field(default_factory=list)
    reported: list[Compared] = field(default_factory=list)

    def of(self, result: Result) -> list[Outcome]:
        """The outcomes of one result."""
        return list(self.outcomes.among((result,)))


def audit(
    policy: Document | Sequence[Document] | None,
    codes: Sequence[Document],
    casebook: CaseBook,
    as_at: date,
    settings: Settings | None = None,
    *,
    progress: Callable[[int], None] | None = None,
    engine: Engine | None = None,
) -> AuditResult:
    """Judge every case of a log under a policy (or several versions of it) and under the codes given.

    Of the versions of a policy, and of the editions of one code (ids such as ``housing-ombudsman-2024``), each case is
    judged by the one in force on its day of receipt. ``progress`` is called with the number of cases just done;
    ``engine`` decides the outcomes, the reference where none is given. Raises
    :class:`~policylang.model.calendar.UnknownCalendar` for a document that names no calendar there is.
    """
    settings, engine = settings or Settings(), engine or by_reference
    groups = groups_of(policy, codes, settings)
    documents = {document.id: document for group in groups for document in group.documents}
    calendars = {name: working_calendar(document, settings) for name, document in documents.items()}
    with without_collector():
        judged = engine(Work(groups, calendars, casebook, as_at, settings, progress or (lambda _: None)))
        compared = compare(judged.outcomes, casebook)
        judged_by, boundary = _governed(groups, casebook, as_at)
        rows = judged.outcomes.counted()
        return AuditResult(
            as_at,
            judged.outcomes,
            [*quality_findings(casebook, as_at), *reported_findings(compared)],
            population(casebook, rows, judged_by, as_at),
            measures(rows, judged.standing, judged.noted.missing, as_at, next(iter(calendars.values()), None)),
            boundary,
            documents,
            {(d.document, d.provision, d.name): d for document in documents.values() for d in duties(document)},
            settings,
            {name: not_shown_by_cases(document) for name, document in documents.items()},
            judged.noted.steps,
            compared,
        )


def by_reference(work: Work) -> Judged:
    """The engine that judges case by case, duty by duty, each outcome with its words."""
    judged = Judged(outcomes := Made(), Noted(), Standing())
    for case in work.casebook.cases:
        known = Knowledge(case, work.as_at, work.settings)
        for group in work.groups:
            governing = group.governing(case, work.as_at)
            outcomes += case_outcomes(known, governing, work.calendars[governing.document.id], judged.noted)
        judged.standing.add(known)
        work.progress(1)
    return judged


def _governed(
    groups: Sequence[Editions], casebook: CaseBook, as_at: date
) -> tuple[Counter[tuple[str, str]], list[BoundaryCase]]:
    """How many cases each document judged, or why it did not; and the cases between two of them."""
    judged_by: Counter[tuple[str, str]] = Counter()
    boundary: list[BoundaryCase] = []
    for case in casebook.cases:
        for group in groups:
            governing = group.governing(case, as_at)
            judged_by[governing.document.id, governing.reason] += 1
            if (found := group.boundary(case)) is not None:
                boundary.append(found)
    return judged_by, boundary


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
        found += case_outcomes(known, governing, working_calendar(governing.document, settings), Noted())
    return found


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
