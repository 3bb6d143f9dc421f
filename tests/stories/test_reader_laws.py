"""Laws of the reader: it never breaks, whatever it is given; it never takes long; and it reads what is written."""

from __future__ import annotations

import time
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from policylang.casebook.cases import EntryState
from policylang.findings.finding import Severity
from policylang.stories.reader import LONGEST, MOST_FAULTS, MOST_SENTENCES, MOST_STORIES, WIDEST, read_stories
from policylang.stories.story import OUTCOMES, Expectation
from policylang.stories.words import LETTERS, fact_words, find_fact, known_words, letter_items

DAYS = st.dates(date(2020, 1, 1), date(2030, 12, 31))
PIECES = st.sampled_from(
    [
        "```story\n", "```\n", 'story "A":', "\n", "  2025-03-03 ", "received", ".", " as at ", "2025-13-01", "expect ",
        "policy ", "code ", "met ", "breach of ", "acknowledge at stage 1", ", 3 working days late", " [3.2]", "[", "]",
        "gives ", "not ", "reasons", ": yes", "handler: ", "“", "”", '"', "#", "not recorded", "\u00a0", "\ufeff", "\r",
        "\u202e", "٣", "𝟚𝟘𝟚𝟝", "\x00", "~~~", "extension agreed",
    ]
)  # fmt: skip


@settings(max_examples=300, deadline=None)
@given(st.one_of(st.text(max_size=400), st.lists(PIECES, max_size=60).map("".join)))
def test_any_text_is_read_or_refused_with_a_place(text: str) -> None:
    found = read_stories(f"```story\n{text}", "x.md")
    lines = text.count("\n") + text.count("\r") + len(text) + 3
    for finding in found.findings:
        assert finding.severity is Severity.ERROR
        assert finding.message
        assert finding.help
        assert finding.place is not None
        assert finding.place.line is None or 0 < finding.place.line <= lines
    for story in found.stories:
        assert story.expectations


EXPECTATIONS = st.builds(
    Expectation,
    source=st.sampled_from(["policy", "code"]),
    outcome=st.sampled_from(sorted(OUTCOMES.values())),
    duty=st.sampled_from(
        [
            "acknowledge at stage 1",
            "respond at stage 1 (counted from receipt) (clause 6.1)",
            "take on requests for stage 2 that come in time (its days as working days)",
            "acknowledge at stage 1 (“the acknowledgement counts from logging too”)",
            "aim: respond at stage 2",
        ]
    ),
    labels=st.lists(st.sampled_from(["3.2", "2.3 ¶6", "HO24-6.2", "Appendix 1", "7.4.1"]), unique=True).map(tuple),
)


@given(EXPECTATIONS, st.none() | st.tuples(st.integers(0, 300), st.sampled_from(["working days", "weeks", "months"])))
def test_an_expectation_reads_as_it_is_written(expected: Expectation, late: tuple[int, str] | None) -> None:
    if expected.outcome in ("breached", "aim-missed"):
        expected = Expectation(expected.source, expected.outcome, expected.duty, late, expected.labels)
    text = f'```story\nstory "A":\n  2025-03-03 received.\n  as at 2025-04-30.\n  {expected}\n```\n'
    found = read_stories(text)
    assert [f.message for f in found.findings] == []
    (read,) = found.stories[0].expectations
    assert (read.source, read.outcome, read.late, read.labels) == (
        expected.source, expected.outcome, expected.late, expected.labels,
    )  # fmt: skip
    assert read.duty == expected.duty.replace("“", '"').replace("”", '"')


@given(st.lists(st.sampled_from(known_words("event")), unique=True, min_size=1), DAYS)
def test_every_event_reads_back_on_its_day(words: list[str], first: date) -> None:
    days = {word: first + timedelta(days=n) for n, word in enumerate(words)}
    told = "".join(f"  {day} {word}.\n" for word, day in days.items())
    end = first + timedelta(days=len(words))
    found = read_stories(f'```story\nstory "A":\n{told}  as at {end}.\n  expect policy met x.\n```\n')
    assert found.findings == ()
    facts = found.stories[0].facts
    assert {fact_words(name): entry.date for name, entry in facts.items()} == days


def test_every_flag_of_a_letter_can_be_told() -> None:
    for letter in LETTERS:
        for item, name in letter_items(letter).items():
            story = f'story "A":\n {letter} gives not {item}.\n as at 2025-01-01.\n expect policy met x.'
            found = read_stories(f"```story\n{story}\n```")
            assert found.findings == ()
            assert found.stories[0].facts[name].value is False


def test_every_other_fact_can_be_told_or_left_unknown() -> None:
    for words in (*known_words("flag"), *known_words("attribute"), *known_words("event")):
        story = f'story "A":\n {words}: not recorded.\n as at 2025-01-01.\n expect policy met x.'
        found = read_stories(f"```story\n{story}\n```")
        assert found.findings == ()
        (name,) = found.stories[0].facts
        assert fact_words(name) == words
        assert found.stories[0].facts[name].state is EntryState.BLANK


@pytest.mark.parametrize("words", ["stage 2 acknowledged", "stage2_acknowledged", "Stage 2  Acknowledged"])
def test_a_name_can_be_written_with_spaces_or_as_in_a_mapping(words: str) -> None:
    fact = find_fact(words, ("event",))
    assert fact is not None
    assert fact.name == "stage2_acknowledged"


STORY = 'story "A":\n  2025-03-03 received.\n  as at 2025-04-30.\n  expect policy met x.\n'
SENTENCES = "  expect policy met x.\n" * (MOST_SENTENCES + 5)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("x" * (LONGEST + 1), "a file of stories has at most"),
        (f"```story\n{STORY}{SENTENCES}```", "more than 200 sentences"),
        (f"```story\n{STORY}  2025-03-04 {'very ' * WIDEST}late.\n```", "a sentence of a story has at most"),
        ("".join(f"```story\n{STORY.replace('A', f'A{n}')}```\n" for n in range(MOST_STORIES + 1)), "1000 stories"),
        ("".join(f'```story\nstory "B{n}":\n```\n' for n in range(MOST_FAULTS + 50)), "200 faults"),
    ],
    ids=["file", "sentences", "sentence", "stories", "faults"],
)
def test_limits_are_said_and_kept(text: str, says: str) -> None:
    begin = time.process_time()
    found = read_stories(text)
    assert any(says in finding.message and finding.rule == "stories-too-many" for finding in found.findings)
    assert len(found.stories) <= MOST_STORIES
    assert len(found.findings) <= MOST_FAULTS + 1
    assert time.process_time() - begin < 5


@pytest.mark.parametrize(
    "line",
    [
        "a" * 1900, "2025-03-03 " + "x " * 900, "expect policy met " + "(" * 900, "expect policy met x" + " [" * 900,
        "x gives " + "a, " * 600, " : " * 600, "x  " * 600 + "not recorded",
    ],
)  # fmt: skip
def test_no_line_takes_long(line: str) -> None:
    begin = time.process_time()
    read_stories('```story\nstory "A":\n' + f"{line}.\n" * 100 + "```")
    assert time.process_time() - begin < 4
