"""A story: a case told in dates, with what each duty is expected to come to."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from policylang.casebook.cases import Entry
from policylang.findings.finding import Finding, Place

OUTCOMES = {
    "breach of": "breached",
    "met": "met",
    "pending": "pending",
    "cannot tell": "cannot-tell",
    "not applicable": "not-applicable",
    "aim kept": "aim-kept",
    "aim missed": "aim-missed",
    "aim open": "aim-open",
    "aim unknown": "aim-unknown",
}
"""The words of a story for what a duty comes to. The first five are the auditor's outcomes; an aim binds nobody, so
that its outcome is *not applicable* in an audit, and a story says what became of it (docs/outcomes.md)."""

WORDS = {name: words for words, name in OUTCOMES.items()}


@dataclass(frozen=True, slots=True)
class Expectation:
    """What a story says a duty comes to.

    ``source`` is ``policy`` or ``code``; ``outcome`` a value of :data:`OUTCOMES`; ``duty`` the words for the duty, such
    as ``acknowledge at stage 1``; ``late`` a number and its unit in the plural; ``labels`` clauses of the policy, or
    provisions (``HO24-6.2``).
    """

    source: str
    outcome: str
    duty: str
    late: tuple[int, str] | None = None
    labels: tuple[str, ...] = ()
    place: Place | None = field(default=None, compare=False)

    def __str__(self) -> str:
        """The expectation as it is written in a story."""
        late = ""
        if self.late is not None:
            by, unit = self.late
            late = f", {by} {unit.removesuffix('s') if by == 1 else unit} late"
        labels = f" [{', '.join(self.labels)}]" if self.labels else ""
        return f"expect {self.source} {WORDS[self.outcome]} {self.duty}{late}{labels}."


@dataclass(frozen=True, slots=True)
class Story:
    """One story. ``facts`` holds, by case-record name, everything that it tells; an event that is not told did not
    happen. ``place`` is its heading in the file."""

    title: str
    facts: dict[str, Entry]
    as_at: date
    expectations: tuple[Expectation, ...]
    place: Place


@dataclass(frozen=True, slots=True)
class Stories:
    """What was understood of a file of stories, and what is wrong with it."""

    file: str
    stories: tuple[Story, ...]
    findings: tuple[Finding, ...] = ()
