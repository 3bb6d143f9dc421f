"""A check as Markdown, for a pull request, a ticket or the notes of a meeting."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from policylang.checker.as_text import merged
from policylang.checker.findings import finding_code
from policylang.checker.report import FORCES, ORDER, Entry, Part, Report, report, verdict_words, words_for
from policylang.checker.verdict import Verdict
from policylang.findings.finding import Finding
from policylang.findings.markdown import code_span, escaped
from policylang.model.document import Document

_WIDE = 110
_STAR = " \\*"


def as_markdown(policy: Document, code: Document, verdicts: Sequence[Verdict], findings: Sequence[Finding] = ()) -> str:
    """The counts, each verdict that falls short with what to paste, the deviations, and a table of every provision."""
    return "\n\n".join(_blocks(code, report(policy, code, verdicts, findings))) + "\n"


def _blocks(code: Document, told: Report) -> Iterator[str]:
    yield f"# {escaped(told.policy)}"
    yield f"Held against {escaped(told.against)}."
    yield " ".join(escaped(sentence) for sentence in told.counts)
    for force, counts in told.tables.items():
        what = f"{FORCES[force].capitalize()}s ({force})" if force != "context" else "Context"
        lines = [f"| {words_for(force)[j][0]} | {counts[j]} |" for j in ORDER]
        yield "\n".join([f"| {what} | Provisions |", "| --- | ---: |", *lines])
    for group in told.groups:
        yield f"## {escaped(group.title)}"
        if group.lead:
            yield escaped(group.lead)
        for entry in group.entries:
            yield from _entry(entry)
    if told.findings:
        yield "## Deviations to look at"
        yield "\n".join(
            f"- {escaped(f.message)} {escaped(f.help or '')} ({code_span(f.explain)})" for f in told.findings
        )
    every = [v for _, here in told.sections for v in here]
    if every:
        yield "## Every provision"
        rows = [
            f"| {finding_code(code, v.provision)} | {escaped(v.title)}{'' if v.verified else _STAR} | "
            f"{v.force} | {verdict_words(v)}"
            f"{' (deviation accepted)' if v.deviation is not None else ''} | {escaped(', '.join(v.clauses))} |"
            for v in every
        ]
        yield "\n".join(["| Provision | Title | Force | Verdict | Clauses |", "| --- | --- | --- | --- | --- |", *rows])
    for note in told.notes:
        yield f"\\* {escaped(note)}"


def _entry(entry: Entry) -> Iterator[str]:
    star = "" if entry.verdict.verified else _STAR
    how = f" ({entry.how})" if entry.how else ""
    yield f"### {escaped(f'{entry.cited} {entry.verdict.title}')}{star}: {entry.word}{how}"
    for part in entry.parts:
        yield from _part(part)


def _part(part: Part) -> Iterator[str]:
    said = code_span(part.text) if part.label == "more" else escaped(part.text)
    yield f"**{part.label}:** {said}".rstrip()
    shown = []
    for row in merged(part.places, _WIDE):
        number = "" if row.number is None else f"line {row.number} "
        shown.append(f"{number}| {row.text}".rstrip())
        if row.carets:
            shown.append(f"{' ' * len(number)}| {row.carets}")
    for lines in (shown, part.lines):
        if lines:
            longest = max((len(run) for run in re.findall("`+", "\n".join(lines))), default=0)
            ticks = "`" * max(3, longest + 1)
            yield "\n".join([f"{ticks}text", *lines, ticks])
