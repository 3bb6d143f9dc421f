"""From files to the input of an assessment: load, check, read, audit, and keep the facts that evidence must cite."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from policylang.evidence.comply import ComplyRule
from policylang.evidence.document_facts import (
    code_facts,
    digest,
    document_facts,
    key_fingerprint,
    policy_in,
    told_apart,
)
from policylang.evidence.form import load_form
from policylang.evidence.run import AssessInput, CalendarFacts, Limit
from policylang.evidence.words import RESULT_WORDS, count, listed, sentence
from policylang.findings.finding import Finding

if TYPE_CHECKING:
    from policylang.auditor.audit import AuditResult
    from policylang.auditor.editions import BoundaryCase
    from policylang.auditor.outcome import Outcome, Result
    from policylang.casebook.cases import CaseBook
    from policylang.checker.verdict import Verdict
    from policylang.evidence.sampling import Sample
    from policylang.evidence.sensitivity import Assumption
    from policylang.model.calendar import Calendar
    from policylang.model.document import Document


_TOLD = 10  # boundary cases named in the method


def gather(
    policy: Path,
    cases: Path | None = None,
    *,
    as_at: date,
    mapping: Path | None = None,
    sheet: str | None = None,
    code: str | None = None,
    rule: ComplyRule | None = None,
    turn: bool = False,
    answers: Path | None = None,
    pseudonyms: Path | None = None,
    person: Path | None = None,
    source: Path | None = None,
    sample: int = 0,
    seed: int = 1,
) -> AssessInput:
    """Everything an assessment rests on. ``code`` is an id or ``at-adoption``; without it, the edition of ``as_at``.
    ``turn`` judges the log again under each other assumption (:mod:`policylang.evidence.sensitivity`);
    ``answers`` is a sample that somebody filled in; with the key ``pseudonyms`` no case reference is kept; ``person``
    is the file of what people said on provisions; ``source`` is the policy's own document, to quote from;
    ``sample`` cases are drawn with ``seed`` for a person to read, unless ``answers`` of an earlier one are given.

    Raises :class:`Problem` with every finding that stops the work: a policy with errors in it, an unknown code, a log
    or a mapping that cannot be read.
    """
    from policylang.checker.check import as_policy, check
    from policylang.checker.deviations import deviation_findings, with_deviations
    from policylang.checker.editions import TODAY, edition_for

    loaded, notes = policy_in(policy)
    policy_document = as_policy(loaded)
    code_document = edition_for(policy_document, code or TODAY, as_at)
    form = load_form(code_document.id)
    calendar = _load_calendar(code_document.calendar)
    verdicts, deviations = with_deviations(policy_document, code_document, check(policy_document, code_document), as_at)
    notes = [*notes, *deviation_findings(policy_document, code_document, deviations, as_at)]
    run = AssessInput(
        policy=document_facts(policy_document, policy.name, digest(policy.read_bytes())),
        code=code_facts(code_document),
        form=form,
        as_at=as_at,
        verdicts=tuple(_verdict(verdict) for verdict in verdicts),
        policy_findings=tuple(_plain(note) for note in notes),
        rule=rule,
        limits=dict(response_limits(code_document)),
        calendar=_calendar_facts(calendar),
        working_days=working_day_counter(calendar.id),
        code_asked=code or "",
        sheet_asked=sheet or "",
        pseudonyms=key_fingerprint(pseudonyms),
        answers=(answers.name, digest(answers.read_bytes())) if answers else ("", ""),
    )
    if source is not None:
        from policylang.evidence.source import read_source

        document, amiss = read_source(source, policy_document, verdicts)
        run = replace(run, source=document, policy_findings=(*run.policy_findings, *amiss))
    if person is not None:
        from policylang.evidence.person_file import read_answers

        said = read_answers(person, [row.provision for section in form.sections for row in section.rows])
        run = replace(run, person=said, person_file=(person.name, digest(person.read_bytes())))
    if cases is None:
        return run
    codes = [code_document] if code else _editions(code_document)
    size = 0 if answers else sample
    from policylang.findings.collector import without_collector

    with without_collector():
        return _with_cases(run, policy_document, codes, cases, mapping, sheet, turn, answers, pseudonyms, size, seed)


def _with_cases(
    run: AssessInput,
    policy: Document,
    codes: list[Document],
    cases: Path,
    mapping: Path | None,
    sheet: str | None,
    turn: bool,
    answers: Path | None,
    pseudonyms: Path | None,
    sample: int,
    seed: int,
) -> AssessInput:
    from policylang.auditor.audit import audit
    from policylang.auditor.recounted import recounted
    from policylang.casebook.load import load_cases

    told_apart(cases, answers)
    read, faults = load_cases(cases, mapping, sheet, answers, pseudonyms)
    result = audit(policy, codes, read.casebook, as_at=run.as_at)
    judging = {row["document"] for row in result.population["judged_by"] if row["reason"] is None}
    return replace(
        run,
        outcomes=tuple(result.outcomes),
        sample=_drawn(result, read.casebook, sample, seed),
        casebook=_nameless(read.casebook),
        other_codes=tuple(code_facts(code) for code in codes if code.id != run.code.id and code.id in judging),
        conventions=(
            (
                "The other way of counting",
                _flips(recounted(policy, codes, read.casebook, result), len(result.outcomes)),
            ),
            ("Cases between two editions", _between(result.boundary_cases)),
        ),
        data_quality=tuple(_plain(f) for f in dict.fromkeys([*faults, *read.findings, *result.data_quality])),
        mapping=(mapping.name, digest(mapping.read_bytes())) if mapping else ("", ""),
        assumptions=_turned(run, policy, codes, read.casebook, list(result.outcomes)) if turn else (),
    )


def _drawn(result: AuditResult, casebook: CaseBook, size: int, seed: int) -> Sample | None:
    from policylang.evidence.sampling import draw

    return draw(result, casebook, size, seed) if size and casebook.cases else None


def _turned(
    run: AssessInput,
    policy: Document,
    codes: Sequence[Document],
    casebook: CaseBook,
    base: Sequence[Outcome],
) -> tuple[Assumption, ...]:
    from policylang.auditor.audit import audit
    from policylang.auditor.settings import Settings
    from policylang.evidence.sensitivity import sensitivity

    return sensitivity(
        policy,
        codes,
        casebook,
        run.as_at,
        form=run.form,
        verdicts=run.verdicts,
        rule=run.comply_rule,
        base=base,
        from_day_one=list(audit(policy, codes, casebook, run.as_at, Settings(day_one=True)).outcomes),
    )


def _flips(changed: Counter[tuple[Result, Result]], outcomes: int) -> str:
    """What would change if the day of an event counted as day 1: no source that was read settles it."""
    lead = f"If the day of an event counted as day 1, {count(changed.total(), 'outcome')} of {outcomes:,} would change"
    kinds = {f"from {RESULT_WORDS[a]} to {RESULT_WORDS[b]}": number for (a, b), number in changed.items()}
    return lead + (f": {listed(f'{n:,} {words}' for words, n in sorted(kinds.items()))}." if kinds else ".")


def _between(cases: Sequence[BoundaryCase]) -> str:
    """Cases for which it is not plain which edition or version should judge them; empty where there are none."""
    told = " ".join(f"{case.case} ({case.document}): {sentence(case.why)}" for case in cases[:_TOLD])
    return told + (f" And {count(len(cases) - _TOLD, 'more case')}." if len(cases) > _TOLD else "")


def _editions(code: Document) -> list[Document]:
    """The editions of the code's family: each case is judged under the one in force on its day of receipt."""
    from policylang.model.library import editions

    found = editions(code.id.rpartition("-")[0])
    return found if any(document.id == code.id for document in found) else [code]


def response_limits(code: Document) -> Iterator[tuple[int, Limit]]:
    """The time to respond at each stage as the code demands it, and how far it may be extended, in working days."""
    from policylang.model.units import Unit

    demands = [norm for provision in code.provisions for norm in provision.demands]
    for stage in (1, 2):
        theirs = [norm for norm in demands if norm.stage == stage and not norm.negated]
        base = [n.within.duration for n in theirs if n.action == "respond" and n.within]
        more = [n.extent.limit for n in theirs if n.action == "extend" and n.extent and n.extent.limit]
        days = [d.n for d in base if d.unit is Unit.WORKING_DAYS and d.n is not None]
        extra = [d.n for d in more if d.unit is Unit.WORKING_DAYS and d.n is not None]
        if days:
            yield stage, Limit(min(days), min(extra) if extra else None)


def _load_calendar(name: str) -> Calendar:
    from policylang.model.calendar import load_calendar

    return load_calendar(name)


def working_day_counter(name: str) -> Callable[[date, date], int | None]:
    """Counts the working days after one day up to and including another; ``None`` outside the named calendar."""
    from policylang.model.calendar import OutsideCalendar

    calendar = _load_calendar(name)

    def working_days(start: date, end: date) -> int | None:
        try:
            return calendar.working_days_after(start, end)
        except OutsideCalendar:
            return None

    return working_days


def _calendar_facts(calendar: Calendar) -> CalendarFacts:
    return CalendarFacts(
        calendar.id, calendar.name, calendar.first, calendar.last, calendar.digest, dict(calendar.holidays)
    )


def _nameless(book: CaseBook) -> CaseBook:
    """The case book with the names of its files and not where they lie, which is nobody's business."""
    return replace(
        book,
        files=[Path(name).name for name in book.files],
        digests={Path(name).name: digest for name, digest in book.digests.items()},
    )


def _verdict(verdict: Verdict) -> Verdict:
    place = verdict.place
    return verdict if place is None else replace(verdict, place=replace(place, file=Path(place.file).name))


def _plain(finding: Finding) -> Finding:
    place = finding.place
    return finding if place is None else replace(finding, place=replace(place, file=Path(place.file).name))
