"""The result of a test for people at a terminal: each story, what failed and why, then what the stories cover."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence

from policylang.model.document import Document
from policylang.stories.coverage import Coverage, Covered
from policylang.stories.judging import Checked, Judged

_GREEN, _RED, _BOLD = "32;1", "31;1", "1"
_LABEL = 9


def as_text(
    policy: Document,
    file: str,
    judged: Sequence[Judged],
    covered: Coverage,
    *,
    colour: bool = False,
    across: int = 100,
) -> str:
    """Everything about the stories of one policy; ``across`` is the width in columns."""
    page = _Page(colour, across)
    parts = [page.paint(f"{policy.organisation or policy.title or policy.id}: stories of {file}", _BOLD)]
    parts.append("\n".join(line for one in judged for line in page.story(one)))
    parts.append(page.result(judged))
    parts.append("\n".join(page.coverage(covered)))
    return "\n\n".join(part for part in parts if part) + "\n"


class _Page:
    def __init__(self, colour: bool, across: int) -> None:
        self.colour, self.across = colour, across

    def paint(self, text: str, code: str) -> str:
        return f"\x1b[{code}m{text}\x1b[0m" if self.colour else text

    def part(self, label: str, text: str) -> list[str]:
        return textwrap.wrap(
            text, self.across, initial_indent=f"      {label.ljust(_LABEL)} ",
            subsequent_indent=" " * (_LABEL + 7), break_long_words=False, break_on_hyphens=False,
        )  # fmt: skip

    def story(self, judged: Judged) -> list[str]:
        word = self.paint("holds", _GREEN) if judged.holds else self.paint("FAILS", _RED)
        lines = [f"{word}  {judged.story.title}  (line {judged.story.place.line})"]
        for checked in judged.checked:
            if not checked.holds:
                lines += self.failed(checked)
        return lines

    def failed(self, checked: Checked) -> list[str]:
        expected = checked.expectation
        line = expected.place.line if expected.place else None
        lines = self.part("expected", f"{expected} (line {line})")
        lines += self.part("found", checked.found)
        for outcome in checked.outcomes:
            lines += self.part("because", outcome.why)
            cited = outcome.provision or ", ".join(outcome.clauses)
            where = "provision" if outcome.provision else "clause"
            lines += self.part(where, f"{cited}: {outcome.duty}" if cited else outcome.duty)
        return lines

    def result(self, judged: Sequence[Judged]) -> str:
        failing = sum(not one.holds for one in judged)
        asked = sum(len(one.checked) for one in judged)
        stories = f"{len(judged)} {'story' if len(judged) == 1 else 'stories'}"
        expected = f"{asked} expectation{'' if asked == 1 else 's'}"
        if not failing:
            return f"{stories}, {expected}: all hold."
        missed = sum(not c.holds for one in judged for c in one.checked)
        return f"{stories}, {expected}: {failing} {'fails' if failing == 1 else 'fail'}, in {missed} of them."

    def coverage(self, covered: Coverage) -> list[str]:
        totals = covered.totals()
        lines = [self.paint("What the stories cover", _BOLD)]
        width = min(max((len(_clause(one)) for one in covered.duties), default=6), 16)
        for one in covered.duties:
            told = f"  {_clause(one).ljust(width)}  {one.duty.name}: {shown(one)}"
            lines += textwrap.wrap(
                told, self.across, subsequent_indent=" " * (width + 6), break_long_words=False, break_on_hyphens=False
            )
        lines += ["", *textwrap.wrap(summary(totals), self.across)]
        return lines


def _clause(one: Covered) -> str:
    return ", ".join(one.duty.clauses) or "–"


def shown(one: Covered) -> str:
    """What the stories show of one duty, in words."""
    if not one.outcomes:
        return "no story"
    found = [word for word, there in (("kept", one.kept), ("broken", one.broken)) if there]
    rest = sorted(one.outcomes - {"met", "aim-kept", "breached", "aim-missed"})
    told = ", ".join([*found, *(word.replace("-", " ") for word in rest)])
    if not one.deadline:
        return told
    days = {
        (True, True): "both boundary days",
        (True, False): "the last day in time, but not the first day late",
        (False, True): "the first day late, but not the last day in time",
        (False, False): "neither boundary day",
    }[one.last_day, one.first_late]
    return f"{told}; {days}"


def summary(totals: dict[str, int]) -> str:
    """The figures of a coverage in one paragraph."""
    return (
        f"Duties that a case record can show: {totals['duties']}. With a story {totals['duties with a story']}; shown "
        f"kept {totals['duties shown kept']}, broken {totals['duties shown broken']}, both "
        f"{totals['duties shown kept and broken']}. Deadlines: {totals['deadlines']}; with both boundary days told "
        f"{totals['deadlines with both boundary days']}."
    )
