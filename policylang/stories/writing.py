"""Refutations kept as stories: what ``check`` finds, appended to the stories of a policy, each once."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from policylang.checker.check import as_policy, check
from policylang.checker.verdict import Verdict
from policylang.model.document import Document
from policylang.stories.judging import Checked, Judged, became, judge_story
from policylang.stories.reader import read_stories
from policylang.stories.story import Expectation, Story


@dataclass(frozen=True, slots=True)
class Kept:
    """A refutation as a story: its provision, its title, and its block of text, with the fences."""

    provision: str
    title: str
    text: str


def refutations(policy: Document, code: Document) -> list[Kept]:
    """Every refutation of a policy, as a story with expectations that hold, in the order of the code.

    One of which a case record shows nothing cannot be kept: its ``text`` is empty.
    """
    found: dict[str, Kept] = {}
    for verdict in check(as_policy(policy), code):
        for text in _texts(verdict):
            kept = _kept(verdict.provision, text, policy, code)
            found.setdefault(kept.text or kept.title, kept)
    return list(found.values())


def _texts(verdict: Verdict) -> list[str]:
    told = [*(limb.story for limb in verdict.limbs), verdict.story]
    return list(dict.fromkeys(story.text for story in told if story is not None))


def _kept(provision: str, text: str, policy: Document, code: Document) -> Kept:
    story = read_stories(f"```story\n{text}\n```\n").stories[0]
    judged = judge_story(story, policy, [code])
    if not judged.holds:  # a provision that sets one duty two times: say which of them is meant
        text = _retold(text, judged)
        again = read_stories(f"```story\n{text}\n```\n").stories
        if not again or not judge_story(again[0], policy, [code]).holds:
            return Kept(provision, story.title, "")
    return Kept(provision, story.title, text.rstrip() + "\n")


def _retold(text: str, judged: Judged) -> str:
    """The story with the expectations that do not hold put right by what the auditor found."""
    lines = [line for line in text.rstrip().splitlines() if not line.strip().startswith("expect ")]
    expected: list[Expectation] = []
    for checked in judged.checked:
        expected += [checked.expectation] if checked.holds else _found(checked)
    return "\n".join([*lines, *(f"  {one}" for one in dict.fromkeys(expected))])


def _found(checked: Checked) -> list[Expectation]:
    asked = checked.expectation
    wanted = [o for o in checked.outcomes if became(o) == asked.outcome] or list(checked.outcomes)
    return [
        replace(
            asked,
            duty=outcome.duty,
            outcome=became(outcome),
            late=(outcome.late.by, outcome.late.unit) if outcome.late and became(outcome) == "breached" else None,
        )
        for outcome in wanted
    ]


def new_ones(found: Iterable[Kept], there: Sequence[Story]) -> list[Kept]:
    """Those that the file does not hold yet: no story there tells the same case and expects the same of it. One whose
    title is taken by another case gets a number."""
    known = {_told(story) for story in there}
    titles = {story.title.casefold() for story in there}
    new: list[Kept] = []
    for kept in found:
        if not kept.text:
            continue
        story = read_stories(f"```story\n{kept.text}```\n").stories[0]
        if _told(story) in known:
            continue
        known.add(_told(story))
        title, number = kept.title, 2
        while title.casefold() in titles:
            title, number = f"{kept.title} ({number})", number + 1
        titles.add(title.casefold())
        text = kept.text.replace(f'"{kept.title}"', f'"{title}"', 1)
        new.append(replace(kept, title=title, text=text))
    return new


def _told(story: Story) -> tuple[object, ...]:
    facts = frozenset((name, entry.state, entry.value, entry.raw) for name, entry in story.facts.items())
    return facts, story.as_at, frozenset(story.expectations)


def addition(text: str, new: Sequence[Kept], policy: Document, code: Document) -> str:
    """What to put after ``text``, the whole of a file of stories, to add stories to it; with a heading of its own where
    there is no text yet. Line ends are those of the text."""
    name = policy.organisation or policy.title or policy.id
    parts = ["" if not text or text.endswith("\n") else "\n"] if text.strip() else [f"# Stories of {name}\n"]
    for kept in new:
        cited = f"{code.cited_as or code.id}-{kept.provision}"
        prose = (
            f"Found by the checker against {code.title}, edition {code.edition}: the policy allows this case, and it "
        )
        prose += f"breaks provision {cited}."
        if "\n  # " in kept.text:
            prose += " A case record has no place for what is told after “#”."
        parts.append(f"\n## {kept.title}\n\n{textwrap.fill(prose, 120)}\n\n```story\n{kept.text}```\n")
    whole = "".join(parts)
    return whole.replace("\n", "\r\n") if "\r\n" in text else whole


def encoding_of(data: bytes) -> str:
    """How the text of a file is encoded, so that more can be put behind it in the same way."""
    marks = {b"\xff\xfe": "utf-16-le", b"\xfe\xff": "utf-16-be"}
    if data[:2] in marks:
        return marks[data[:2]]
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return "cp1252"
    return "utf-8"
