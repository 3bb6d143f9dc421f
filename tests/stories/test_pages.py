"""The pages of examples: how stories are read, what comes of them, what they cover, and what mutants they notice."""

from __future__ import annotations

from pathlib import Path

from policylang.casebook.cases import Entry, EntryState
from policylang.findings.finding import Finding
from policylang.model.document import Document
from policylang.model.library import load_text
from policylang.stories.as_text import shown, summary
from policylang.stories.coverage import coverage
from policylang.stories.judging import judge_stories
from policylang.stories.mutants import mutants
from policylang.stories.mutation import mutate
from policylang.stories.naming import unknown
from policylang.stories.reader import read_stories
from policylang.stories.story import Stories, Story
from tests.documents import Example, check, examples

PAGES = Path(__file__).with_name("pages")
POLICY = 'policy "A policy".\nin force from 2024-04-01.\ncalendar england-and-wales.\n'
CODE = 'code "A code" edition "1".\nknown as a-code-2024 cited as "AC".\nin force from 2024-04-01.\n'
CODE += "calendar england-and-wales.\n"


@examples(PAGES / "reading.md")
def test_reading(example: Example) -> None:
    found = read_stories(example.block("file"), "x.stories.md")
    check(example, "read", "\n".join([*map(told_finding, found.findings), *map(told_story, found.stories)]))


@examples(PAGES / "running.md")
def test_running(example: Example) -> None:
    policy, codes, found = _setting(example)
    lines = [told_finding(finding) for finding in unknown(found.stories, [policy, *codes])]
    for judged in judge_stories(found.stories, policy, codes):
        lines.append(f"{'holds' if judged.holds else 'FAILS'}: {judged.story.title}")
        for one in judged.checked:
            if not one.holds:
                lines += [f"  expected {one.expectation}", f"  found {one.found}"]
                lines += [f"  because {outcome.why}" for outcome in one.outcomes]
    check(example, "result", "\n".join(lines))


@examples(PAGES / "coverage.md")
def test_coverage(example: Example) -> None:
    policy, codes, found = _setting(example)
    covered = coverage(policy, judge_stories(found.stories, policy, codes))
    lines = [f"{', '.join(one.duty.clauses)} {one.duty.name}: {shown(one)}" for one in covered.duties]
    check(example, "covered", "\n".join([*lines, summary(covered.totals())]))


@examples(PAGES / "mutants.md")
def test_mutants(example: Example) -> None:
    policy = document(POLICY + example.block("policy"))
    check(
        example, "mutants", "\n".join(f"{m.change} ({m.what}): {m.after or '(nothing)'}" for m in mutants(policy))
    )  # fmt: skip


@examples(PAGES / "noticing.md")
def test_noticing(example: Example) -> None:
    policy, codes, found = _setting(example)
    result = mutate(policy, codes[0], found.stories)
    lines = []
    for one in result.results:
        by = [*(f"provision {number}" for number in one.provisions), *(f"“{title}”" for title in one.stories)]
        nobody = "nobody, though a story could" if one.tellable else "nobody"
        lines.append(f"{one.mutant.change}, {one.mutant.what}: {', '.join(by) or nobody}")
    scores = f"score {result.score:.2f}, within reach {result.score_within_reach:.2f}"
    check(example, "noticed", "\n".join([*lines, scores]))


def _setting(example: Example) -> tuple[Document, list[Document], Stories]:
    policy = document(POLICY + example.block("policy"))
    codes = [document(CODE + example.block("code"))] if example.names("code") else []
    found = read_stories(f"```story\n{example.block('stories')}```\n", "x.stories.md")
    assert found.findings == ()
    return policy, codes, found


def document(text: str) -> Document:
    """The document of a text without faults."""
    loaded = load_text(text, "draft.policy")
    assert loaded.document is not None
    assert [f.message for f in loaded.findings] == []
    return loaded.document


def told_finding(finding: Finding) -> str:
    """A finding in a line or two: its rule, where, the words at fault, what it says, what to do."""
    place = finding.place
    assert place is not None
    where = f"{place.line}:{place.column}" if place.column else f"{place.line}"
    words = ""
    if place.excerpt is not None and place.column is not None and place.end_column is not None:
        lines = place.excerpt.splitlines()
        if len(lines) == 1:
            words = f", «{lines[0][place.column - 1 : place.end_column - 1]}»"
        else:
            words = f", «{lines[0][place.column - 1 :]} … {lines[-1][: place.end_column - 1].strip()}»"
    also = "".join(f"\n  also at {other.line}" for other in finding.related)
    return f"{finding.rule} at {where}{words}: {finding.message}\n  {finding.help}{also}"


def told_story(story: Story) -> str:
    """A story as it was understood."""
    lines = [f"{story.title}, as at {story.as_at}, at line {story.place.line}"]
    lines += [f"  {name}: {told_entry(entry)}" for name, entry in story.facts.items()]
    return "\n".join([*lines, *(f"  {expected}" for expected in story.expectations)])


def told_entry(entry: Entry) -> str:
    """The state of a fact, and its value where it has one."""
    if entry.state is EntryState.VAGUE:
        return f"vague {entry.earliest} to {entry.latest}"
    return f"{entry.state.value} {entry.value}" if entry.state is EntryState.KNOWN else entry.state.value
