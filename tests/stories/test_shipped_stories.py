"""The stories beside the shipped policies: they hold, and every duty that a case record can show has some."""

from __future__ import annotations

import re

import pytest

from policylang.model.data import policies_dir
from policylang.model.library import editions
from policylang.stories.coverage import Coverage, coverage
from policylang.stories.judging import judge_stories
from policylang.stories.naming import unknown
from policylang.stories.reader import load_stories, read_stories
from tests.architecture.source import ROOT
from tests.stories.test_round_trip import POLICIES, code_2024, policy

UNTOLD_DAYS = {
    "connect-housing": {"keep an extension within its limit at stage 2"},
    "greatwell-homes": {"keep an extension within its limit at stage 2"},
    "harrogate": {"keep an extension within its limit at stage 1", "keep an extension within its limit at stage 2"},
    "housing-plus-group": set[str](),
    "one-housing": {"keep an extension within its limit at stage 1"},
}
"""Deadlines of which no story can show both boundary days: whether the extension is permitted at all hangs on
circumstances that no log records, or a second permission sets no limit."""


def covered(name: str) -> Coverage:
    """What the stories of a shipped policy cover, after every one of them was seen to hold."""
    document, codes = policy(name), editions()
    found = load_stories(policies_dir() / f"{name}.stories.md")
    assert [f.message for f in found.findings] == []
    assert [f.message for f in unknown(found.stories, [document, *codes])] == []
    judged = judge_stories(found.stories, document, codes)
    assert [(one.story.title, c.found) for one in judged for c in one.checked if not c.holds] == []
    return coverage(document, judged)


@pytest.mark.parametrize("name", POLICIES)
def test_every_story_holds_and_every_duty_has_one(name: str) -> None:
    found = covered(name)
    assert [one.duty.name for one in found.duties if not one.outcomes] == []


@pytest.mark.parametrize("name", POLICIES)
def test_every_deadline_has_its_boundary_days(name: str) -> None:
    missing = {
        re.sub(r" \(.*", "", one.duty.name) for one in covered(name).duties if one.deadline and not one.both_days
    }
    assert {name.removeprefix("aim: ") for name in missing} == UNTOLD_DAYS[name]


@pytest.mark.parametrize("name", POLICIES)
def test_stories_name_nobody(name: str) -> None:
    """People are numbered officers; there are no addresses, telephone numbers or e-mail addresses."""
    text = (policies_dir() / f"{name}.stories.md").read_text(encoding="utf-8")
    assert set(re.findall(r'handler: "([^"]*)"', text)) <= {"Officer 1", "Officer 2"}
    assert not re.search(r"@|\b0\d{9,}\b|\b[A-Z]{1,2}\d[A-Z\d]? \d[A-Z]{2}\b", text)


def test_the_story_of_the_page_on_stories_holds() -> None:
    """It stands in a block of its own there, so that the fence of the story shows; its clauses are this policy's."""
    page = (ROOT / "docs" / "stories.md").read_text(encoding="utf-8").split("````")[1]
    found = read_stories(page)
    assert found.findings == ()
    (judged,) = judge_stories(found.stories, policy("housing-plus-group"), [code_2024()])
    assert judged.holds
