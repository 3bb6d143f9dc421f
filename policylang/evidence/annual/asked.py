"""What a year's report was asked to be, and everything it rests on once the files are read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING

from policylang.evidence.annual.cases_of_year import Year
from policylang.evidence.annual.year_before import YearBefore, read_year_before, same_landlord
from policylang.evidence.document_facts import (
    code_facts,
    digest,
    document_facts,
    key_fingerprint,
    policy_in,
    told_apart,
)
from policylang.evidence.run import DocumentFacts
from policylang.findings.finding import Finding

if TYPE_CHECKING:
    from policylang.casebook.cases import CaseBook
    from policylang.model.document import Document


@dataclass(frozen=True, slots=True)
class Asked:
    """The options of a report.

    ``as_at`` is ``None`` for the last day of the year; ``homes`` are owned at year end by ``LCRA`` and ``LCHO``,
    ``tenures`` say which stock a word of the log is; numbers below ``under`` are suppressed; ``target`` is the
    landlord's own, in per cent as it was typed (empty: the Code's, every answer in time).
    """

    first: date
    as_at: date | None = None
    homes: Mapping[str, int] = field(default_factory=dict)
    tenures: Mapping[str, str] = field(default_factory=dict)
    sheet: str = ""
    under: int = 0
    target: str = ""

    @property
    def year(self) -> Year:
        """The twelve months from ``first``."""
        return Year.from_start(self.first)

    @property
    def judged_at(self) -> date:
        """The day on which every case is judged as it stood."""
        return self.as_at or self.year.last

    @property
    def aim(self) -> tuple[Fraction, str]:
        """The target as a share, and whose it is."""
        if not self.target:
            return Fraction(1), "the Code: every one"
        return Fraction(self.target) / 100, "the landlord's own"


@dataclass(frozen=True, slots=True)
class YearInput:
    """The policy, the Codes, the log and the year before, with the names (without folders) and hashes of the files.

    A file that was not given has an empty name. ``found`` is what there is to say about the mapping and the answers.
    """

    asked: Asked
    policy: Document
    codes: tuple[Document, ...]
    casebook: CaseBook
    policy_facts: DocumentFacts
    code_facts: tuple[DocumentFacts, ...]
    published: YearBefore | None = None
    mapping: tuple[str, str] = ("", "")
    answers: tuple[str, str] = ("", "")
    pseudonyms: str = ""
    found: tuple[Finding, ...] = ()


def gather_year(
    policy: Path,
    cases: Path,
    asked: Asked,
    *,
    mapping: Path | None = None,
    answers: Path | None = None,
    before: Path | None = None,
    pseudonyms: Path | None = None,
) -> YearInput:
    """Read everything that a report rests on; ``before`` is the ``figures.json`` of the year before.

    Raises :class:`Problem` with every finding that stops the work.
    """
    from policylang.casebook.load import load_cases
    from policylang.model.library import editions

    published = None if before is None else read_year_before(before, asked.year, asked.under)
    document, _ = policy_in(policy)
    same_landlord(published, name_of(document))
    told_apart(cases, answers)
    read, found = load_cases(cases, mapping, asked.sheet or None, answers, pseudonyms)
    codes = tuple(editions())
    return YearInput(
        asked,
        document,
        codes,
        read.casebook,
        document_facts(document, policy.name, digest(policy.read_bytes())),
        tuple(code_facts(code) for code in codes),
        published,
        _named(mapping),
        _named(answers),
        key_fingerprint(pseudonyms),
        tuple(found),
    )


def name_of(policy: Document) -> str:
    """Whose report it is."""
    return policy.organisation or policy.title or policy.id


def _named(path: Path | None) -> tuple[str, str]:
    return ("", "") if path is None else (path.name, digest(path.read_bytes()))
