"""Verdicts for people at a terminal: what each section comes to, what needs attention and why, then all the rest."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Sequence

from policylang.checker.as_json import summary
from policylang.checker.findings import UNVERIFIED, finding_code
from policylang.checker.plain import joined
from policylang.checker.verdict import Decided, Judgement, Verdict
from policylang.model.days import say_date
from policylang.model.document import Document

ORDER = (Judgement.BREACHES, Judgement.PARTLY, Judgement.SILENT, Judgement.COMPLIES, Judgement.NOT_JUDGED)
WORDS = {
    Judgement.BREACHES: ("breaches", "breach"),
    Judgement.PARTLY: ("partly complies", "comply partly"),
    Judgement.SILENT: ("silent", "silent"),
    Judgement.COMPLIES: ("complies", "comply"),
    Judgement.NOT_JUDGED: ("not judged here", "not judged here"),
}
_COLOURS = {
    Judgement.BREACHES: "31;1", Judgement.PARTLY: "33;1", Judgement.SILENT: "36;1", Judgement.COMPLIES: "32;1",
    Judgement.NOT_JUDGED: "2",
}  # fmt: skip
_DECIDED = {
    Decided.PROVED: "by proof over dates",
    Decided.MATCHED: "by its words",
    Decided.BY_SILENCE: "by silence",
    Decided.NOT_JUDGED: "",
}
_LABEL = 9


def as_text(
    policy: Document, code: Document, verdicts: Sequence[Verdict], *, colour: bool = False, across: int = 100
) -> str:
    """Everything about one policy: heading, a line for each section, the verdicts that need attention, then the rest.

    ``across`` is the width in columns. A star marks provisions whose wording is unverified, a question mark what is
    arguable.
    """
    return _Page(code, colour, across).whole(policy, verdicts)


class _Page:
    def __init__(self, code: Document, colour: bool, across: int) -> None:
        self.code, self.colour, self.across = code, colour, across

    def whole(self, policy: Document, verdicts: Sequence[Verdict]) -> str:
        parts = [self.heading(policy, verdicts)]
        attention = [v for v in verdicts if v.arguable or v.judgement in (Judgement.BREACHES, Judgement.PARTLY)]
        attention.sort(key=lambda v: ORDER.index(v.judgement))
        rest = [v for v in verdicts if v not in attention]
        if len(verdicts) > 1:
            parts.append("\n".join(self.sections(verdicts)))
        if attention:
            parts.append(self.title("What needs attention"))
            parts += [self.full(v) for v in attention]
        if rest:
            if attention:
                parts.append(self.title("The rest"))
            parts.append("\n".join(line for v in rest for line in self.short(v)))
        if any(not v.verified for v in verdicts):
            parts.append(
                "\n".join(self.wrap("* " + UNVERIFIED.replace("this provision", "a provision marked *"), "", "  "))
            )
        return "\n\n".join(parts) + "\n"

    # -- the top

    def heading(self, policy: Document, verdicts: Sequence[Verdict]) -> str:
        named = ", ".join(
            filter(None, (policy.organisation, policy.title, f"version {policy.version}" if policy.version else ""))
        )
        since = f", in force from {say_date(self.code.in_force[0])}" if self.code.in_force else ""
        against = f"{self.code.title}, edition {self.code.edition} ({self.code.id}){since}"
        counts = summary(verdicts)
        told = [f"{counts[j.value]} {WORDS[j][counts[j.value] != 1]}" for j in ORDER if counts[j.value]]
        total = f"{counts['provisions']} provision{'' if counts['provisions'] == 1 else 's'}: {', '.join(told)}."
        total = total if told else "No verdict of this kind."
        extra = [f"{counts[k]} {k}" for k in ("arguable", "unverified") if counts[k]]
        lines = [self.paint(named or policy.name, "1"), f"held against {against}"]
        lines += self.wrap(f"{total}{f' Of these {joined(extra)}.' if extra else ''}", "", "")
        return "\n".join(lines)

    def sections(self, verdicts: Sequence[Verdict]) -> list[str]:
        lines = []
        names = list(dict.fromkeys(v.section for v in verdicts))
        for name in names:
            here = [v for v in verdicts if v.section == name]
            number = here[0].provision.split(".")[0]
            groups = []
            for judgement in ORDER:
                found = [self.mark(v) for v in here if v.judgement is judgement]
                if found:
                    groups.append(f"{self.paint(WORDS[judgement][0], _COLOURS[judgement])} {' '.join(found)}")
            lines += self.wrap(f"{number} {name}", "", "  ")
            lines += self.wrap("; ".join(groups), "  ", "  ", hidden=11 * len(groups) if self.colour else 0)
        return lines

    def mark(self, verdict: Verdict) -> str:
        return f"{verdict.provision}{'?' if verdict.arguable else ''}{'' if verdict.verified else '*'}"

    # -- one verdict

    def full(self, verdict: Verdict) -> str:
        cited = finding_code(self.code, verdict.provision)
        word = self.paint(WORDS[verdict.judgement][0], _COLOURS[verdict.judgement])
        how = _DECIDED[verdict.decided]
        arguable = "arguable: " if verdict.arguable else ""
        star = "" if verdict.verified else " *"
        lines = self.wrap(f"{arguable}{word}  {self.paint(cited, '1')} {verdict.title}{star}", "", "  ", hidden=17)
        lines += self.part("asks", verdict.requirement)
        lines += self.part("why", f"{verdict.why}{f' (Decided {how}.)' if how else ''}")
        for reading in verdict.readings:
            lines += self.part("reading", f"if {reading.name}: {WORDS[reading.judgement][0]}")
        if verdict.repair:
            for repair in verdict.repair.splitlines():
                lines += self.part("to do", repair)
        if verdict.story is not None:
            lines += self.part("story", "")
            lines += [f"{' ' * (_LABEL + 3)}{line}" for line in verdict.story.text.splitlines()]
        if not verdict.verified:
            lines += self.part("note", UNVERIFIED)
        lines += self.part("more", f"policylang explain {cited}")
        return "\n".join(lines)

    def short(self, verdict: Verdict) -> list[str]:
        where = f" [{', '.join(verdict.clauses)}]" if verdict.clauses else ""
        told = _DECIDED[verdict.decided] if verdict.judgement is Judgement.COMPLIES else ""
        how = f" ({told})" if told else ""
        word = self.paint(WORDS[verdict.judgement][0], _COLOURS[verdict.judgement])
        star = "" if verdict.verified else " *"
        cited = finding_code(self.code, verdict.provision)
        shown = f"; {verdict.why[:1].lower()}{verdict.why[1:]}" if verdict.judgement is Judgement.NOT_JUDGED else ""
        proof = ""
        if verdict.proof_range is not None:
            proof = f", {say_date(verdict.proof_range[0])} to {say_date(verdict.proof_range[1])}"
        text = f"{cited} {verdict.title}{star}: {word}{how[:-1] + proof + ')' if how and proof else how}{where}{shown}"
        return self.wrap(text.rstrip("."), "  ", "      ", hidden=11 if self.colour else 0)

    # -- layout

    def title(self, text: str) -> str:
        return self.paint(text, "1") if self.colour else f"{text}\n{'-' * len(text)}"

    def part(self, label: str, text: str) -> list[str]:
        lead = f"  {self.paint(label.ljust(_LABEL), '2')} "
        return self.wrap(text, lead, " " * (_LABEL + 3), hidden=8 if self.colour else 0) or [lead.rstrip()]

    def wrap(self, text: str, first: str, rest: str, *, hidden: int = 0) -> list[str]:
        width = self.across + (hidden if self.colour else 0)
        return textwrap.wrap(
            text, width, initial_indent=first, subsequent_indent=rest, break_long_words=False, break_on_hyphens=False
        )

    def paint(self, text: str, code: str) -> str:
        return f"\x1b[{code}m{text}\x1b[0m" if self.colour and text else text


def only(verdicts: Iterable[Verdict], kinds: Sequence[str]) -> list[Verdict]:
    """The verdicts of the given kinds: names of verdicts, ``arguable``, ``unverified``; all where none is given."""
    if not kinds:
        return list(verdicts)
    return [
        v
        for v in verdicts
        if v.judgement.value in kinds
        or (v.arguable and "arguable" in kinds)
        or (not v.verified and "unverified" in kinds)
    ]
