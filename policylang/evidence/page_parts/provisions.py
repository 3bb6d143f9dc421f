"""The provisions, section by section: what is asked, the answer, the policy, practice, what is left to do."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from policylang.evidence import narrative
from policylang.evidence.comply import Answer, Kind
from policylang.evidence.join import ProvisionEvidence
from policylang.evidence.page_parts.html import Inside, Markup, join, lines, table, tag
from policylang.evidence.source import Source, quoted
from policylang.evidence.words import clauses

_CLASS = {Answer.YES: "yes", Answer.NO: "no", Answer.BLANK: "open"}
HEADINGS = ("Provision", "What it asks", "Comply", "Policy", "Practice", "Why, and what is left to do")


def provisions(rows: Sequence[ProvisionEvidence], source: Source | None = None) -> Markup:
    """A heading and a table for each section of the form; with the policy's own document its words too."""
    return join(_sections(rows, source))


def _sections(rows: Sequence[ProvisionEvidence], source: Source | None) -> Iterator[Markup]:
    sections = list(dict.fromkeys(row.section for row in rows))
    for section in sections:
        items = [row for row in rows if row.section is section]
        yield tag("h3", f"{section.n} {section.title}", id=f"section-{section.n}")
        yield table(
            HEADINGS,
            (_row(item, source) for item in items),
            f"Section {section.n}: {section.title}",
            class_="provisions",
        )


def _row(item: ProvisionEvidence, source: Source | None) -> tuple[Inside, ...]:
    return (
        item.provision,
        lines(narrative.requirement(item)),
        tag("span", item.comply.answer.value, class_=f"answer {_CLASS[item.comply.answer]}"),
        _policy(item),
        _practice(item),
        _commentary(item, source),
    )


def _commentary(item: ProvisionEvidence, source: Source | None) -> Markup:
    words = list(quoted(source, item.verdict.clauses)) if item.verdict else []
    told = lines("\n".join((*narrative.remarks(item), *(["The policy's own words:", *words] if words else ()))))
    if not item.comply.questions:
        return told
    asked = join((tag("strong", narrative.TO_COMPLETE), " ", " ".join(item.comply.questions)))
    return join((told, Markup("<br>") if told else None, asked))


def _policy(item: ProvisionEvidence) -> Markup:
    verdict = item.verdict
    word = tag("strong", narrative.verdict_words(verdict).capitalize())
    if verdict is None:
        return word
    decided = narrative.DECIDED_WORDS[verdict.decided]
    where = clauses(verdict.clauses)
    return join((word, Markup("<br>"), f"{where}; {decided}" if where else decided))


def _practice(item: ProvisionEvidence) -> Markup:
    if not item.duties and not item.followed:
        cases = Kind.CASES in item.shown_by
        words = "No case was judged on it." if cases else "A complaints log cannot show it."
        return tag("span", words, class_="quiet")
    told = (*narrative.practice_lines(item), *narrative.promise_lines(item.own_promises))
    return tag("ul", *(tag("li", line) for line in told), class_="plain")
