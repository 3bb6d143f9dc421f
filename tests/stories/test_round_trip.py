"""Every refutation that the checker prints is a story: it reads without a fault, and what it expects is so."""

from __future__ import annotations

import random

import pytest

from policylang.checker.check import check
from policylang.model.data import policies_dir
from policylang.model.document import Document
from policylang.model.library import load_code, load_policy
from policylang.stories.judging import judge_story
from policylang.stories.naming import unknown
from policylang.stories.reader import read_stories
from policylang.stories.writing import addition, encoding_of, new_ones, refutations
from tests.checker.test_pages import HEAD, read
from tests.checker.test_round_trip import CODE, made_up

TIGHT = (
    HEAD + 'provision 6.2 "Acknowledge":\n  stage 1 must acknowledge within 1 working day of receipt.\n'
    'provision 6.3 "Respond":\n  stage 1 must respond within 3 working days of acknowledgement.\n'
    'provision 6.14 "Respond":\n  stage 2 must respond within 1 week of acknowledgement.\n'
)  # fmt: skip
POLICIES = sorted(path.stem for path in policies_dir().glob("*.policy"))


def policy(name: str) -> Document:
    """One of the shipped policies."""
    document = load_policy(policies_dir() / f"{name}.policy").document
    assert document is not None
    return document


def code_2024() -> Document:
    """The Code of 2024."""
    document = load_code("housing-ombudsman-2024").document
    assert document is not None
    return document


def printed(document: Document, code: Document) -> list[str]:
    """The stories of all refutations as they are printed, each once."""
    told = [limb.story for verdict in check(document, code) for limb in verdict.limbs] + [
        verdict.story for verdict in check(document, code)
    ]
    return list(dict.fromkeys(story.text for story in told if story is not None))


def holds(text: str, document: Document, code: Document) -> None:
    """The story reads without a fault and everything that it expects is so."""
    found = read_stories(f"```story\n{text}```\n", "x.stories.md")
    assert [f.message for f in found.findings] == []
    assert [f.message for f in unknown(found.stories, [document, code])] == []
    (story,) = found.stories
    judged = judge_story(story, document, [code])
    assert [(str(one.expectation), one.found) for one in judged.checked if not one.holds] == [], text


@pytest.mark.parametrize("name", POLICIES)
def test_refutations_of_the_shipped_policies_hold_as_they_are_printed(name: str) -> None:
    document, code = policy(name), code_2024()
    for text in printed(document, code):
        holds(text, document, code)


@pytest.mark.parametrize("name", POLICIES)
def test_refutations_against_tighter_times_hold_as_they_are_printed(name: str) -> None:
    """Every shipped policy breaks these times, so that each has refutations."""
    document, code = policy(name), read(TIGHT, "tight.code")
    told = printed(document, code)
    assert told
    for text in told:
        holds(text, document, code)


def test_refutations_of_made_up_policies_hold_as_they_are_written() -> None:
    """As ``--write`` writes them: where a code sets a duty twice, the expectation says which is meant."""
    seed, code, kept = random.Random("stories"), read(CODE, "test.code"), 0
    for _ in range(25):
        document = read(made_up(seed), "made-up.policy")
        for one in refutations(document, code):
            assert one.text
            holds(one.text, document, code)
            kept += 1
    assert kept > 25


@pytest.mark.parametrize("name", POLICIES)
def test_a_second_run_adds_nothing(name: str) -> None:
    document, code = policy(name), read(TIGHT, "tight.code")
    found = refutations(document, code)
    first = new_ones(found, ())
    assert first
    text = addition("", first, document, code)
    there = read_stories(text, "x.stories.md")
    assert there.findings == ()
    assert [story.title for story in there.stories] == [one.title for one in first]
    assert new_ones(found, there.stories) == []


def test_what_stands_in_the_file_stays_and_titles_are_kept_apart() -> None:
    document, code = policy("one-housing"), read(TIGHT, "tight.code")
    found = refutations(document, code)
    taken = found[0].title
    own = f'# Ours\r\n\r\n```story\r\nstory "{taken}":\r\n  2025-03-03 received.\r\n  as at 2025-03-04.\r\n'
    own += "  expect policy pending acknowledge at stage 1.\r\n```"
    there = read_stories(own)
    assert there.findings == ()
    new = new_ones(found, there.stories)
    assert len(new) == len(found)
    assert new[0].title == f"{taken} (2)"
    whole = own + addition(own, new, document, code)
    assert "\n" not in whole.replace("\r\n", "")
    read_back = read_stories(whole)
    assert read_back.findings == ()
    assert [story.title for story in read_back.stories] == [taken, *(one.title for one in new)]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16-le", "utf-16-be", "cp1252"])
def test_more_is_put_behind_a_file_in_its_own_encoding(encoding: str) -> None:
    mark = {"utf-16-le": b"\xff\xfe", "utf-16-be": b"\xfe\xff"}.get(encoding, b"")
    assert encoding_of(mark + "§ “é”".encode(encoding)) == encoding
