"""The provisions, section by section: what is asked, the answer, the policy, practice, what is left to do."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from policylang.evidence import narrative
from policylang.evidence.comply import Answer
from policylang.evidence.join import ProvisionEvidence
from policylang.evidence.page_parts.html import Inside, Markup, join, lines, table, tag
from policylang.evidence.source import Source, quoted
from policylang.evidence.words import capital, clauses

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
        return tag("span", "No case was judged on it.", class_="quiet")
    told = join(tag("li", f"{capital(duty.duty)}: {narrative.tally_words(duty.tally)}.") for duty in item.duties)
    own = join(tag("li", narrative.own_words(promise)) for promise in item.own_promises)
    recommended = join(
        tag("li", f"Recommendation, {d.duty.removeprefix('recommended: ')}: {narrative.kept_words(d.tally)}.")
        for d in item.followed
    )
    return tag("ul", told, recommended, own, class_="plain")
