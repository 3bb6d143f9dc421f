"""Every counterexample that the checker prints is replayed by the auditor: it breaks the code and keeps the policy."""

from __future__ import annotations

import random
from collections.abc import Sequence
from pathlib import Path

import pytest

from policylang.auditor.audit import audit_case
from policylang.auditor.outcome import Outcome, Result
from policylang.auditor.stories import story_case
from policylang.checker.check import check
from policylang.checker.stories import Expectation, parse_story
from policylang.checker.verdict import Story, StoryEvent, Verdict
from policylang.model.data import policies_dir
from policylang.model.document import Document
from policylang.model.library import code_ids, load_code, load_policy
from tests.checker.test_pages import HEAD, read
from tests.documents import Example, load

PAGES = Path(__file__).with_name("pages")
STORIES = [e for page in sorted(PAGES.glob("*.md")) for e in load(page) if "\nstory " in e.get("verdict")]

CODE = (
    HEAD
    + """
provision 6.2 "Acknowledge at stage 1":
  stage 1 must acknowledge within 5 working days of receipt.
provision 6.3 "Respond at stage 1":
  stage 1 must respond within 10 working days of acknowledgement.
provision 6.11 "Acknowledge at stage 2":
  stage 2 must acknowledge within 5 working days of escalation.
provision 6.14 "Respond at stage 2":
  stage 2 must respond within 20 working days of acknowledgement.
provision 6.4 "Extend at stage 1":
  stage 1 may extend response by up to 10 working days.
  stage 1 may extend response further only when good-reason.
provision 6.15 "Extend at stage 2":
  stage 2 may extend response by up to 20 working days.
provision 9.1 "Stage 1 in all":
  stage 1 must respond within 3 weeks of receipt.
"""
)


@pytest.mark.parametrize("example", STORIES, ids=str)
def test_stories_of_the_pages(example: Example) -> None:
    policy = read(example.block("policy"), "draft.policy")
    code = read(f'{HEAD}provision 1.1 "Provision":\n{example.block("code")}', "test.code")
    verdict = check(policy, code)[0]
    assert verdict.story is not None
    replay(policy, code, verdict, verdict.story)


@pytest.mark.parametrize("name", sorted(p.name for p in policies_dir().glob("*.policy")))
def test_stories_of_the_shipped_policies(name: str) -> None:
    """Against tightened times, which every one of them breaks, so that there are stories to replay."""
    policy = load_policy(policies_dir() / name).document
    assert policy is not None
    code = read(
        HEAD + 'provision 6.3 "Respond":\n  stage 1 must respond within 3 working days of acknowledgement.\n'
        'provision 6.14 "Respond":\n  stage 2 must respond within 1 week of acknowledgement.\n', "tight.code"
    )  # fmt: skip
    told = [v for v in check(policy, code) if v.story is not None]
    assert told
    for verdict in told:
        assert verdict.story is not None
        replay(policy, code, verdict, verdict.story)


@pytest.mark.parametrize("id", code_ids())
def test_stories_of_the_shipped_policies_against_the_shipped_codes(id: str) -> None:
    """Every one that is told anywhere in a verdict, the limbs' own included."""
    code = load_code(id).document
    assert code is not None
    for path in sorted(policies_dir().glob("*.policy")):
        policy = load_policy(path).document
        assert policy is not None
        for verdict in check(policy, code):
            assert all(reading.name for reading in verdict.readings)
            stories = [verdict.story, *(limb.story for limb in verdict.limbs)]
            for story in {story.text: story for story in stories if story is not None}.values():
                replay(policy, code, verdict, story)
                nothing_to_leave_out(policy, code, verdict, story)


@pytest.mark.parametrize("chunk", range(4))
def test_stories_of_made_up_policies(chunk: int) -> None:
    seed = random.Random(f"round trip {chunk}")
    code = read(CODE, "test.code")
    told = kinds = 0
    for _ in range(30):
        policy = read(made_up(seed), "made-up.policy")
        for verdict in check(policy, code):
            if verdict.story is not None:
                told += 1
                kinds |= 1 if " extend at stage" in verdict.story.text else 2
                replay(policy, code, verdict, verdict.story)
                if told % 3 == 0:
                    nothing_to_leave_out(policy, code, verdict, verdict.story)
    assert told > 40
    assert kinds == 3


def made_up(seed: random.Random) -> str:
    """A policy with deadlines on most steps, in every unit and from every start."""

    def time() -> str:
        unit = seed.choice(["working days", "calendar days", "weeks", "months"])
        most = {"working days": 25, "calendar days": 35, "weeks": 5, "months": 2}[unit]
        return f"{seed.randint(1, most)} {unit}"

    lines = ["in force from 2020-01-01."]
    if seed.random() < 0.2:
        lines.append('closed from 2025-12-24 to 2026-01-02 "Christmas closure".')
    for stage, root in ((1, "receipt"), (2, "escalation")):
        lines.append(f'stage {stage} "Stage {stage}":')
        if seed.random() < 0.8:
            lines.append(f"  must acknowledge within {time()} of {root} [{stage}.1].")
        if seed.random() < 0.4:
            lines.append(f"  must log within {time()} of {root} [{stage}.2].")
        for clause in range(seed.randint(1, 2)):
            modal = seed.choice(["must", "must", "will", "aims to"])
            start = seed.choice([root, "acknowledgement", "acknowledgement", "logging"])
            lines.append(f"  {modal} respond within {time()} of {start} [{stage}.{clause + 3}].")
        if seed.random() < 0.5:
            extent = seed.choice(["", f" by up to {time()}", f" up to {time()} in all"])
            lines.append(f"  may extend response{extent} [{stage}.9].")
    return "\n".join(lines)


DEEDS = {"respond": "responded", "acknowledge": "acknowledged", "log": "logged", "extend": "extended_to"}


def nothing_to_leave_out(policy: Document, code: Document, verdict: Verdict, story: Story) -> None:
    """Without any one of its events the case no longer shows what it is told for: the code is not broken, a sentence
    that it says is kept is not met, or the policy is broken too.

    The late deed itself is what is told; an extension is told and dated at once. Where the policy is not shown to be
    kept, because it only aims at the deed, what its own clock counts from is told although no outcome hangs on it.
    """
    told = parse_story(story.text)
    broken = told.expectations[0]
    deed = f"{'stage2_' if broken.stage == 2 else ''}{DEEDS[broken.action]}"
    shown = _shows(policy, code, verdict, story, story.events)
    if "\n  # " in story.text and not shown:
        return  # a step or a condition that no case record shows
    assert shown, story.text
    late = next(event.date for event in story.events if event.event == deed)
    for event in story.events:
        if event.event in (deed, deed.replace("extended_to", "extension_notified")):
            continue
        left = [other for other in story.events if other is not event]
        clock_start = len(told.expectations) == 1 and event.date == late
        assert clock_start or not _shows(policy, code, verdict, story, left), f"{event.event}\n{story.text}"


def _shows(policy: Document, code: Document, verdict: Verdict, story: Story, events: Sequence[StoryEvent]) -> bool:
    told = parse_story(story.text)
    assert told.as_at is not None
    case = story_case({event.event: event.date for event in events})
    outcomes = audit_case(policy, [code], case, told.as_at)
    broken, *kept = told.expectations
    return (
        any(
            o.result is Result.BREACHED and (o.late is None or broken.late == (o.late.by, o.late.unit))
            for o in outcomes
            if o.source == "code" and o.provision == verdict.provision and _same_duty(o, broken)
        )
        and all(
            any(
                o.result is Result.MET and set(expected.labels) <= {*o.clauses}
                for o in outcomes
                if o.source == "policy" and _same_duty(o, expected)
            )
            for expected in kept
        )
        and not any(o.source == "policy" and o.result is Result.BREACHED for o in outcomes)
    )


def replay(policy: Document, code: Document, verdict: Verdict, story: Story) -> None:
    """The story read back from its text and judged by the auditor, as of its own day."""
    told = parse_story(story.text)
    assert told.events == story.events
    assert told.as_at is not None
    assert told.as_at == story.as_at
    case = story_case({event.event: event.date for event in told.events})
    outcomes = audit_case(policy, [code], case, told.as_at)
    broken, *kept = told.expectations
    assert broken.source == "code"
    assert broken.outcome == "breached"
    # Two demands of one provision may set the duty two times: one of them is the one the story breaks.
    assert any(
        o.result is Result.BREACHED and (o.late is None or broken.late == (o.late.by, o.late.unit))
        for o in outcomes
        if o.source == "code" and o.provision == verdict.provision and _same_duty(o, broken)
    ), f"{story.text}{[(o.duty, o.result, o.late) for o in outcomes]}"
    for expected in kept:
        assert expected.source == "policy"
        assert expected.outcome == "met"
        mine = [o for o in outcomes if o.source == "policy" and _same_duty(o, expected)]
        assert any(o.result is Result.MET and set(expected.labels) <= {*o.clauses} for o in mine), story.text
    if not verdict.arguable and "\n  # " not in story.text:
        # Nothing else that the policy promises is broken either: the case keeps the whole of it. (A comment tells of a
        # step before stage 1, which no case record shows.)
        late = [o for o in outcomes if o.source == "policy" and o.result is Result.BREACHED]
        assert not [(o.duty, o.clauses, o.why) for o in late], story.text


def _same_duty(outcome: Outcome, expected: Expectation) -> bool:
    return outcome.action == expected.action and outcome.stage == expected.stage
