"""A check as one HTML page for a Board paper or a shared drive: obligations and recommendations apart."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from policylang.checker.as_text import merged
from policylang.checker.findings import finding_code
from policylang.checker.report import FORCES, ORDER, Entry, Group, Part, Report, report, verdict_words, words_for
from policylang.checker.verdict import Judgement, Verdict
from policylang.findings import html_ as html
from policylang.findings.finding import Finding
from policylang.model.document import Document

_TONES = {
    Judgement.BREACHES: "bad", Judgement.PARTLY: "fair", Judgement.SILENT: "none", Judgement.COMPLIES: "good",
    Judgement.NOT_JUDGED: "none",
}  # fmt: skip
_FOOT = (
    "Made by policylang check. A verdict is about the words of the policy; what is done in practice has to be shown "
    "otherwise. The sentence to paste mends the encoded policy; the document itself has to be changed too."
)
_WIDE = 110


def as_html(pages: Sequence[tuple[Document, Document, Sequence[Verdict], Sequence[Finding]]]) -> str:
    """One page for one or several checks: policy, code, verdicts, and the findings on the policy's deviations."""
    told = [(code, report(policy, code, verdicts, findings)) for policy, code, verdicts, findings in pages]
    several = len(told) > 1
    lead = [] if several else [f"Held against {told[0][1].against}.", *told[0][1].counts]
    title = f"{len(told)} policies checked" if several else told[0][1].policy
    contents: list[tuple[str, str]] = []
    body: list[str] = []
    for at, (code, one) in enumerate(told, 1):
        prefix = f"p{at}-" if several else ""
        if several:
            inside = [f"<p>{html.text(line)}</p>" for line in (f"Held against {one.against}.", *one.counts)]
            contents.append((f"{prefix}policy", one.policy))
            body.append(html.section(f"{prefix}policy", one.policy, inside))
        for id, name, markup in _sections(code, one, prefix):
            if not several:
                contents.append((id, name))
            body.append(html.section(prefix + id, name, markup))
    return html.page(title, lead, contents, body, _FOOT)


def _sections(code: Document, told: Report, prefix: str) -> Iterator[tuple[str, str, list[str]]]:
    yield "counts", "In short", [*_counts(told)]
    for group in told.groups:
        lead = [f"<p>{html.text(group.lead)}</p>"] if group.lead else []
        yield _id(group), group.title, [*lead, *(_article(entry, prefix) for entry in group.entries)]
    if told.findings:
        yield "deviations", "Deviations to look at", [_finding(f) for f in told.findings]
    every = [v for _, here in told.sections for v in here]
    if every:
        yield "all", "Every provision", [_all(code, every), *(f"<p>* {html.text(note)}</p>" for note in told.notes)]


def _id(group: Group) -> str:
    return re.sub(r"[^a-z]+", "-", group.title.lower())


def _counts(told: Report) -> Iterator[str]:
    for force, counts in told.tables.items():
        what = f"{FORCES[force].capitalize()}s (the Code says {force})" if force != "context" else "Context"
        lines = [(words_for(force)[j][0].capitalize(), str(counts[j])) for j in ORDER]
        yield html.table(what, ("Verdict", "Provisions"), [*lines, ("In all", str(sum(counts.values())))])


def _article(entry: Entry, prefix: str) -> str:
    verdict = entry.verdict
    star = "" if verdict.verified else " *"
    name = f"{entry.cited} {verdict.title}{star}"
    how = f'<p class="soft">{html.text(entry.how.capitalize())}.</p>' if entry.how else ""
    return (
        f'<article class="{_TONES[verdict.judgement]}" id="{html.text(prefix + entry.cited)}">'
        f'<h3><span class="word">{html.text(entry.word)}</span> {html.text(name)}</h3>'
        f"{how}{html.described((part.label, _part(part)) for part in entry.parts)}</article>"
    )


def _part(part: Part) -> str:
    told = f"<p>{html.text(part.text)}</p>" if part.text and part.label != "more" else ""
    if part.label == "more":
        told = f"<code>{html.text(part.text)}</code>"
    told += html.excerpt(merged(part.places, _WIDE))
    if part.lines:
        told += f"<pre>{html.text(chr(10).join(part.lines))}</pre>"
    return told


def _finding(found: Finding) -> str:
    line = f" (line {found.place.line})" if found.place is not None and found.place.line is not None else ""
    help = f"<p>{html.text(found.help)}</p>" if found.help else ""
    return (
        f'<article class="fair"><h3>{html.text(found.rule)}</h3><p>{html.text(found.message + line)}</p>{help}'
        f"<p><code>{html.text(found.explain)}</code></p></article>"
    )


def _all(code: Document, verdicts: Sequence[Verdict]) -> str:
    lines = [
        (
            finding_code(code, v.provision),
            v.title + ("" if v.verified else " *"),
            v.force,
            verdict_words(v) + (" (deviation accepted)" if v.deviation is not None else ""),
            ", ".join(v.clauses),
        )
        for v in verdicts
    ]
    return html.table(
        "Every provision in the Code's order", ("Provision", "Title", "Force", "Verdict", "Clauses"), lines
    )
