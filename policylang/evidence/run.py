"""What one assessment rests on: the documents, the verdicts, the outcomes, the log, and how days are counted."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any, TypeVar

from policylang.auditor.outcome import Outcome
from policylang.casebook.cases import CaseBook
from policylang.checker.verdict import Verdict
from policylang.evidence.by_case import CaseKey, by_case_row, by_owed, case_keys
from policylang.evidence.comply import ComplyRule
from policylang.evidence.form import Form
from policylang.findings.finding import Finding

if TYPE_CHECKING:
    from policylang.evidence.person import PersonAnswer
    from policylang.evidence.sampling import Sample
    from policylang.evidence.sensitivity import Assumption
    from policylang.evidence.source import Source

_Made = TypeVar("_Made")


@dataclass(frozen=True, slots=True)
class DocumentFacts:
    """A policy or a code by its printed name. ``file`` is a name without its folder, ``digest`` the SHA-256 of it."""

    id: str
    title: str
    edition: str = ""  # of a code; the version of a policy
    organisation: str = ""  # whose policy; who issued the code
    file: str = ""
    digest: str = ""
    cited_as: str = ""  # of a code: what stands before a provision, as in HO24-6.3
    in_force: date | None = None
    until: date | None = None  # the last day it was in force, where another edition took its place

    def cite(self, provision: str) -> str:
        """A provision as findings name it: ``HO24-6.3``."""
        return f"{self.cited_as}-{provision}" if self.cited_as else provision

    @property
    def named(self) -> str:
        """``Complaints Policy, version 12``, as it is cited in evidence."""
        return f"{self.title}, version {self.edition}" if self.edition else self.title


@dataclass(frozen=True, slots=True)
class CalendarFacts:
    """The working-day calendar: its id, what it covers, its SHA-256, and the days it names (bank holidays)."""

    id: str = ""
    name: str = ""
    first: date | None = None
    last: date | None = None
    digest: str = ""
    named_days: Mapping[date, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Limit:
    """A deadline as the code states it: so many working days, and how many more an extension may add."""

    days: int
    extension: int | None = None


@dataclass(frozen=True, slots=True)
class AssessInput:
    """Everything :func:`policylang.evidence.assess.assess` needs; nothing is read or asked for beyond it.

    ``verdicts`` are those of ``policy`` against ``code``; ``outcomes`` those of every document on every case;
    ``casebook`` is ``None`` where no log was given. ``working_days`` counts the working days after one day up to and
    including another, or gives ``None`` outside its calendar. ``limits`` holds the code's response times by stage,
    in working days. ``data_quality`` are the findings on the log, ``policy_findings`` those on the policy, on its
    accepted deviations, and on how ``source``, its own document, fits it.
    ``mapping`` is the name and SHA-256 of the column mapping; ``conventions`` are further things the method must say.
    """

    policy: DocumentFacts
    code: DocumentFacts
    form: Form
    as_at: date
    verdicts: tuple[Verdict, ...]
    outcomes: tuple[Outcome, ...] = ()
    casebook: CaseBook | None = None
    other_codes: tuple[DocumentFacts, ...] = ()
    data_quality: tuple[Finding, ...] = ()
    policy_findings: tuple[Finding, ...] = ()
    rule: ComplyRule | None = None
    calendar: CalendarFacts = CalendarFacts()
    working_days: Callable[[date, date], int | None] | None = None
    limits: Mapping[int, Limit] = field(default_factory=dict)
    mapping: tuple[str, str] = ("", "")
    conventions: tuple[tuple[str, str], ...] = ()
    code_asked: str = ""  # as the user named the code; empty: the edition in force
    sheet_asked: str = ""
    person: tuple[PersonAnswer, ...] = ()  # what people said on provisions
    person_file: tuple[str, str] = ("", "")  # the name and SHA-256 of the file they said it in
    pseudonyms: str = ""  # the fingerprint of the key, where pseudonyms stand for the references
    answers: tuple[str, str] = ("", "")  # the name and SHA-256 of a filled-in sample
    _kept: dict[str, Any] = field(init=False, default_factory=dict, compare=False, repr=False)
    assumptions: tuple[Assumption, ...] = ()  # each turned the other way, where that was asked for
    source: Source | None = None  # the policy's own document, where it was given
    sample: Sample | None = None  # cases drawn for a person to read, where some were

    def cite(self, document: str, provision: str) -> str:
        """A provision of whichever code judged a case, as findings name it: ``HO22-5.1``."""
        for code in (self.code, *self.other_codes):
            if code.id == document:
                return code.cite(provision)
        return f"{document} {provision}"

    def once(self, name: str, make: Callable[[], _Made]) -> _Made:
        """What several parts of the evidence need of the outcomes, worked out by the first that asks for it."""
        if name not in self._kept:
            self._kept[name] = make()
        made: _Made = self._kept[name]
        return made

    @property
    def by_case(self) -> Mapping[CaseKey, Sequence[Outcome]]:
        """The outcomes of each case, in the order of the log."""
        return self.once("by case", lambda: by_case_row(self.outcomes))

    @property
    def by_owed(self) -> Sequence[Sequence[Outcome]]:
        """The outcomes of each duty, in the order in which the duties first come up."""
        return self.once("by owed", lambda: by_owed(self.outcomes))

    @property
    def by_row(self) -> Sequence[Sequence[Outcome]]:
        """The outcomes of each case of the log, in its order."""
        cases = self.casebook.cases if self.casebook is not None else ()
        return [self.by_case.get(key, ()) for key in case_keys(cases)]

    @property
    def comply_rule(self) -> ComplyRule:
        """The rule that answers the Comply column: the one given, else the form's own."""
        return self.rule or self.form.comply_rule
