"""The result of a test as findings: an error for each expectation that fails, a pass for each that holds, and notes on
what no story covers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from policylang.findings.finding import Finding, Place, Severity
from policylang.stories.coverage import Coverage, Covered
from policylang.stories.judging import Checked, Judged
from policylang.stories.story import Story


def story_findings(file: str, judged: Sequence[Judged], covered: Coverage) -> Iterator[Finding]:
    """Every expectation in the order of the stories, then the gaps in the order of the policy."""
    for one in judged:
        for checked in one.checked:
            yield _expectation(one.story, checked)
    for gap in covered.duties:
        yield from _gap(file, gap)


def _expectation(story: Story, checked: Checked) -> Finding:
    expected = checked.expectation
    clauses = tuple(dict.fromkeys(c for o in checked.outcomes for c in o.clauses))
    if checked.holds:
        message = f"“{story.title}”: as expected, {expected.duty} comes to: {checked.found}."
        return Finding(
            "story-holds", "PL-N08", Severity.PASS, message, expected.place, page="story-fails", clauses=clauses
        )
    why = " ".join(dict.fromkeys(outcome.why for outcome in checked.outcomes))
    return Finding(
        "story-fails", "PL-N09", Severity.ERROR, f"The story “{story.title}” does not come out as it expects.",
        expected.place, rests_on=why or None, expected=str(expected).removesuffix("."), found=checked.found,
        help="If the policy is right, change what the story expects; if the story is right, change the policy.",
        clauses=clauses,
    )  # fmt: skip


def _gap(file: str, one: Covered) -> Iterator[Finding]:
    cited = f" [{', '.join(one.duty.clauses)}]" if one.duty.clauses else ""
    name = f"“{one.duty.name}”{cited}"
    place = Place(file)
    if not one.outcomes:
        yield Finding(
            "duty-without-story", "PL-N10", Severity.NOTE, f"No story expects anything of {name}.", place,
            help="Tell a case that keeps it and one that does not.", clauses=one.duty.clauses,
        )  # fmt: skip
    elif one.deadline and not one.both_days:
        missing = [
            words
            for words, there in (("the last day in time", one.last_day), ("the first day late", one.first_late))
            if not there
        ]
        yield Finding(
            "boundary-day-without-story", "PL-N11", Severity.NOTE, f"No story tells {' or '.join(missing)} of {name}.",
            place, help="Tell a case that ends on that very day.", clauses=one.duty.clauses,
        )  # fmt: skip
