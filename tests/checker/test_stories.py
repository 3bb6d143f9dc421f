"""The notation of stories: read back, in every way that people write it, and refused with the line where it is not."""

from __future__ import annotations

from datetime import date

import pytest

from policylang.checker.stories import (
    Expectation,
    event_name,
    event_words,
    expectation_text,
    parse_stories,
    parse_story,
)
from policylang.findings.problem import Problem

TEXT = """
# A case over Christmas.
story "Acknowledged after Christmas":
  2025-12-19 received.
  2025-12-30 acknowledged.   # three days late
  2026-01-05 stage2_acknowledged.
  2026-01-06 Stage 2 responded.
  as at 2026-01-31.
  expect policy breach of acknowledge at stage 1, 3 working days late   [7.4.1].
  expect code met acknowledge at stage 1
    [HO24-6.2].
  expect policy not applicable respond at stage 2.
"""


def test_a_story_is_read() -> None:
    story = parse_story(TEXT)
    assert story.name == "Acknowledged after Christmas"
    assert [(e.event, e.date) for e in story.events] == [
        ("received", date(2025, 12, 19)),
        ("acknowledged", date(2025, 12, 30)),
        ("stage2_acknowledged", date(2026, 1, 5)),
        ("stage2_responded", date(2026, 1, 6)),
    ]
    assert story.as_at == date(2026, 1, 31)
    assert story.expectations == (
        Expectation("policy", "breached", "acknowledge", 1, (3, "working days"), ("7.4.1",)),
        Expectation("code", "met", "acknowledge", 1, None, ("HO24-6.2",)),
        Expectation("policy", "not-applicable", "respond", 2),
    )
    assert story.expectations[0].duty == "acknowledge at stage 1"


def test_several_stories() -> None:
    found = parse_stories(TEXT + TEXT.replace("Acknowledged after", "Another after"))
    assert [s.name for s in found] == ["Acknowledged after Christmas", "Another after Christmas"]
    assert found[0].events == found[1].events


@pytest.mark.parametrize("late", [None, (0, "working days"), (1, "weeks"), (12, "calendar days")])
@pytest.mark.parametrize("outcome", ["breached", "met", "pending", "cannot-tell", "not-applicable"])
def test_expectations_are_written_as_they_are_read(outcome: str, late: tuple[int, str] | None) -> None:
    expected = Expectation("code", outcome, "respond", 2, late, ("HO24-6.14",))
    read = parse_story(f'story "x":\n  2025-01-01 received.\n  {expectation_text(expected)}\n')
    assert read.expectations == (expected,)


@pytest.mark.parametrize("name", ["received", "stage2_responded", "escalation_requested", "stage2_extension_notified"])
def test_events_are_written_as_they_are_read(name: str) -> None:
    assert event_name(event_words(name)) == name


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ("", 1, "There is no story here."),
        ("2025-12-19 received.", 1, "“2025-12-19 received.” is not a line of a story."),
        ('story "x":\n  2025-12-32 received.', 2, "“2025-12-32 received.” is not a line of a story."),
        ('story "x":\n  19/12/2025 received.', 2, "“19/12/2025 received.” is not a line of a story."),
        ('story "x":\n  2025-12-19 received.\n  expect nothing.', 3, "“expect nothing.” is not a line of a story."),
    ],
)
def test_what_is_no_story_is_refused_with_its_line(text: str, line: int, said: str) -> None:
    with pytest.raises(Problem) as caught:
        parse_story(text, "tests.md")
    finding = caught.value.findings[0]
    assert (finding.place.file, finding.place.line) == ("tests.md", line) if finding.place else False
    assert finding.message == said
    assert finding.help
