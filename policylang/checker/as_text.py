"""Verdicts for people at a terminal: what each section comes to, what needs attention and why, then all the rest."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterable, Sequence
from dataclasses import replace

from policylang.checker.findings import finding_code
from policylang.checker.report import DECIDED, MUST, ORDER, SHOULD, Entry, Group, Part, Report, report, verdict_words
from policylang.checker.verdict import Judgement, Verdict
from policylang.findings.excerpt import Row, rows, visible
from policylang.findings.finding import Finding, Place
from policylang.model.days import say_date
from policylang.model.document import Document

__all__ = ["as_text", "only"]

_COLOURS = {
    Judgement.BREACHES: "31;1", Judgement.PARTLY: "33;1", Judgement.SILENT: "36;1", Judgement.COMPLIES: "32;1",
    Judgement.NOT_JUDGED: "2",
}  # fmt: skip
_LABEL = 9
_LEAD = " " * (_LABEL + 3)


def as_text(
    policy: Document,
    code: Document,
    verdicts: Sequence[Verdict],
    findings: Sequence[Finding] = (),
    *,
    colour: bool = False,
    across: int = 100,
) -> str:
    """Everything about one policy: heading, a line for each section, the verdicts that need attention, then the rest.

    ``findings`` are those on its accepted deviations; ``across`` is the width in columns. A star marks provisions whose
    wording is unverified, a question mark what is arguable, a plus what an accepted deviation covers.
    """
    return _Page(code, colour, across).whole(report(policy, code, verdicts, findings))


class _Page:
    def __init__(self, code: Document, colour: bool, across: int) -> None:
        self.code, self.colour, self.across = code, colour, across

    def whole(self, told: Report) -> str:
        parts = [self.heading(told)]
        if sum(len(verdicts) for _, verdicts in told.sections) > 1:
            parts.append("\n".join(self.sections(told)))
        for group in told.groups:
            parts += self.group(group)
        if told.rest:
            if told.groups:
                parts.append(self.title("The rest"))
            parts.append("\n".join(line for v in told.rest for line in self.short(v)))
        if told.findings:
            parts.append(self.title("Deviations to look at"))
            parts += [self.finding(f) for f in told.findings]
        parts += ["\n".join(self.wrap(f"* {note}", "", "  ")) for note in told.notes]
        return "\n\n".join(parts) + "\n"

    # -- the top

    def heading(self, told: Report) -> str:
        lines = [self.paint(told.policy, "1"), *self.wrap(f"held against {told.against}", "", "")]
        if len(told.tables) > 1:
            for sentence in told.counts:
                lines += self.wrap(sentence, "", "  ")
        else:
            lines += self.wrap(" ".join(told.counts), "", "")
        return "\n".join(lines)

    def sections(self, told: Report) -> list[str]:
        lines = []
        for name, here in told.sections:
            number = here[0].provision.split(".")[0]
            groups = []
            for recommended, words in ((False, MUST), (True, SHOULD)):
                for judgement in ORDER:
                    found = [self.mark(v) for v in here if v.judgement is judgement and v.recommended is recommended]
                    if found:
                        groups.append(f"{self.paint(words[judgement][0], _COLOURS[judgement])} {' '.join(found)}")
            lines += self.wrap(f"{number} {name}", "", "  ")
            lines += self.wrap("; ".join(groups), "  ", "  ", hidden=11 * len(groups) if self.colour else 0)
        return lines

    def mark(self, verdict: Verdict) -> str:
        signs = ("?" * verdict.arguable, "*" * (not verdict.verified), "+" * (verdict.deviation is not None))
        return f"{verdict.provision}{''.join(signs)}"

    # -- one verdict

    def group(self, group: Group) -> list[str]:
        head = self.title(group.title)
        if group.lead:
            head += "\n" + "\n".join(self.wrap(group.lead, "", ""))
        return [head, *(self.entry(entry) for entry in group.entries)]

    def entry(self, entry: Entry) -> str:
        verdict = entry.verdict
        word = self.paint(entry.word, _COLOURS[verdict.judgement])
        star = "" if verdict.verified else " *"
        how = f"  ({entry.how})" if entry.how else ""
        head = f"{word}  {self.paint(entry.cited, '1')} {verdict.title}{star}{how}"
        lines = self.wrap(head, "", "  ", hidden=19)
        for part in entry.parts:
            lines += self.part(part)
        return "\n".join(lines)

    def part(self, part: Part) -> list[str]:
        first = f"  {self.paint(part.label.ljust(_LABEL), '2')} "
        hidden = 8 if self.colour else 0
        lines = self.wrap(part.text, first, _LEAD, hidden=hidden) if part.text else []
        for row in merged(part.places, max(self.across - 18, 40)):
            number = "" if row.number is None else f"line {row.number} "
            lines.append(f"{_LEAD}{self.paint(number, '2')}| {row.text}".rstrip())
            if row.carets:
                bare = row.carets.lstrip()
                gap = " " * (len(row.carets) - len(bare))
                lines.append(f"{_LEAD}{' ' * len(number)}| {gap}{self.paint(bare, '33')}")
        for line in part.lines:
            lead = first if not lines else _LEAD
            deeper = _LEAD + "  " + " " * (len(line) - len(line.lstrip()))
            lines += self.wrap(line.strip(), lead + deeper[len(_LEAD) + 2 :], deeper, hidden=0 if lines else hidden)
        return lines or [first.rstrip()]

    def short(self, verdict: Verdict) -> list[str]:
        where = f" [{', '.join(verdict.clauses)}]" if verdict.clauses else ""
        told = DECIDED[verdict.decided] if verdict.judgement is Judgement.COMPLIES else ""
        word = self.paint(verdict_words(verdict), _COLOURS[verdict.judgement])
        star = "" if verdict.verified else " *"
        cited = finding_code(self.code, verdict.provision)
        shown = f"; {verdict.why[:1].lower()}{verdict.why[1:]}" if verdict.judgement is Judgement.NOT_JUDGED else ""
        if told and verdict.proof_range is not None:
            told += f", {say_date(verdict.proof_range[0])} to {say_date(verdict.proof_range[1])}"
        text = f"{cited} {verdict.title}{star}: {word}{f' ({told})' if told else ''}{where}{shown}"
        return self.wrap(text.rstrip("."), "  ", "      ", hidden=11 if self.colour else 0)

    def finding(self, found: Finding) -> str:
        where = "" if found.place is None or found.place.line is None else f" (line {found.place.line})"
        lines = self.wrap(f"{found.message}{where}", "  ", "  ")
        if found.help:
            lines += self.part(Part("to do", found.help))
        return "\n".join([*lines, *self.part(Part("more", found.explain))])

    # -- layout

    def title(self, text: str) -> str:
        return self.paint(text, "1") if self.colour else f"{text}\n{'-' * len(text)}"

    def wrap(self, text: str, first: str, rest: str, *, hidden: int = 0) -> list[str]:
        width = self.across + (hidden if self.colour else 0)
        return textwrap.wrap(
            text, width, initial_indent=first, subsequent_indent=rest, break_long_words=False, break_on_hyphens=False
        )

    def paint(self, text: str, code: str) -> str:
        return f"\x1b[{code}m{text}\x1b[0m" if self.colour and text else text


def merged(places: Sequence[Place], widest: int) -> list[Row]:
    """The lines that the places stand on, each once, with everything underlined that any of them means."""
    found: dict[tuple[int | None, str], str] = {}
    for place in places:
        for row in rows(_close(place), widest=widest):
            before = found.get((row.number, row.text), "")
            width = max(len(before), len(row.carets))
            pairs = zip(before.ljust(width), row.carets.ljust(width), strict=True)
            found[row.number, row.text] = "".join("^" if "^" in pair else " " for pair in pairs).rstrip()
    ordered = sorted(found.items(), key=lambda item: item[0][0] or 0)
    return [Row(number, visible(text), carets) for (number, text), carets in ordered]


def _close(place: Place) -> Place:
    """The place with the gap before its clauses closed: it is only there to line them up."""
    return place if place.excerpt is None else replace(place, excerpt=re.sub(r"(?<=\S) {2,}(?=\[)", " ", place.excerpt))


def only(verdicts: Iterable[Verdict], kinds: Sequence[str]) -> list[Verdict]:
    """The verdicts of the given kinds: names of verdicts, ``arguable``, ``unverified``, ``accepted`` (covered by an
    accepted deviation), forces (``must``, ``should``, ``may``, ``context``); all where none is given."""
    if not kinds:
        return list(verdicts)
    return [
        v
        for v in verdicts
        if v.judgement.value in kinds
        or (v.arguable and "arguable" in kinds)
        or (not v.verified and "unverified" in kinds)
        or (v.deviation is not None and "accepted" in kinds)
        or v.force in kinds
    ]
