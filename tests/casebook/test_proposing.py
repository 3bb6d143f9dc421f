"""What holds of every proposed mapping, whatever the log: the words are counted rightly, and nothing is guessed."""

from __future__ import annotations

import csv
import io
from collections import Counter
from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from policylang.casebook.diary_words import meanings
from policylang.casebook.further import ENOUGH
from policylang.casebook.mapping import Layout
from policylang.casebook.mapping_file import load_mapping
from policylang.casebook.mapping_text import mapping_text
from policylang.casebook.proposal import Proposal
from policylang.casebook.reader import ReadResult, propose_mapping, read_cases
from policylang.casebook.record import facts, heading_key
from policylang.casebook.scalars import quoted
from policylang.findings.strict_yaml import read_strictly
from tests.casebook.messy import LOGS, stage_2_apart, workbook

Event = tuple[int, str, int]
"""Case, word, day of 2024."""
KNOWN = ["Complaint received", "Acknowledgement sent", "Stage 1 response sent", "Stage 2 requested", "Closed"]
OTHER = [
    "Phone call",
    "Escalated",
    "Response due",
    "Response sent",
    "CLOSED - responded",
    "Final response",
    'Note: it\'s "x", {y}',
]
events = st.lists(
    st.tuples(st.integers(1, 5), st.sampled_from([*KNOWN, *OTHER]), st.integers(14, 300)), min_size=4, max_size=40
)


def diary(rows: list[Event]) -> bytes:
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(["Case ref", "Activity", "Activity date"])
    writer.writerows([f"C-{case}", word, (date(2024, 1, 1) + timedelta(day)).isoformat()] for case, word, day in rows)
    return out.getvalue().encode("utf-8")


def proposed(rows: list[Event], answers: str = "") -> tuple[Proposal, ReadResult]:
    """What is proposed for a diary, and what is read with it and a further line at its end."""
    with TemporaryDirectory() as folder:
        log = Path(folder, "log.csv")
        log.write_bytes(diary(rows))
        proposal, _ = propose_mapping(log)
        assert proposal is not None
        Path(folder, "mapping.yaml").write_text(mapping_text(proposal) + answers, encoding="utf-8")
        mapping, found = load_mapping(Path(folder, "mapping.yaml"))
        if mapping is None:
            return proposal, ReadResult(read_cases(log).casebook, found, stopped=True)
        return proposal, read_cases(log, mapping)


@settings(max_examples=60)
@given(events)
def test_every_word_of_a_diary_is_counted_and_has_one_place(rows: list[Event]) -> None:
    proposal, _ = proposed(rows)
    if proposal.layout is not Layout.EVENTS:
        return
    said = proposal.events
    listed = [seen for words in said.known.values() for seen in words]
    listed += [one.seen for one in said.asked] + said.unknown
    times, cases = (
        Counter(word for _, word, _ in rows),
        {word: {c for c, w, _ in rows if w == word} for _, word, _ in rows},
    )
    assert {seen.word: (seen.rows, seen.cases) for seen in listed}.items() <= {
        word: (number, len(cases[word])) for word, number in times.items()
    }.items()
    assert len({seen.word for seen in listed}) == len(listed)
    # What is not listed is shared by too few cases, and its row is named.
    left = set(times) - {seen.word for seen in listed}
    assert {rows[row - 2][1] for row in said.rare} == left
    assert all(len(cases[word]) < 3 for word in left)


@settings(max_examples=60)
@given(events)
def test_only_words_with_one_meaning_are_mapped_and_a_word_that_is_not_stops_the_reading(rows: list[Event]) -> None:
    proposal, result = proposed(rows)
    if proposal.layout is not Layout.EVENTS:
        return
    for fact, seen in proposal.events.known.items():
        for one in seen:
            assert [(found.fact, found.sure) for found in meanings(heading_key(one.word))] == [(fact, True)]
    assert all("close" not in one.word.casefold() for one in proposal.events.known.get("responded", []))
    if not proposal.events.settled or "received" not in proposal.events.known:
        assert result.stopped
        assert not result.casebook.cases


@settings(max_examples=40)
@given(events)
def test_what_is_read_with_the_proposal_is_what_the_rows_say(rows: list[Event]) -> None:
    rows = [row for row in rows if row[1] in KNOWN] + [(1, "Complaint received", 14), (1, "Closed", 15)]
    proposal, result = proposed(rows)
    if proposal.layout is not Layout.EVENTS or result.stopped:
        return
    assert result.casebook.reconciles
    facts_of = {word: fact for fact, seen in proposal.events.known.items() for word in (one.word for one in seen)}
    days: dict[tuple[str, str], set[int]] = {}
    for case, word, day in rows:
        days.setdefault((f"C-{case}", facts_of[word]), set()).add(day)
    for found in result.casebook.cases:
        for fact in facts_of.values():
            entry, expected = found.entry(fact), days.get((found.reference, fact), set())
            if len(expected) == 1:
                assert entry.date == date(2024, 1, 1) + timedelta(expected.pop())
            else:
                assert entry.date is None


@pytest.mark.parametrize(
    "word", ["Closed", "Case closed", "Complaint closed", "Closed - responded", "Resolved", "Completed"]
)
def test_no_word_for_closing_is_a_response(word: str) -> None:
    assert not {found.fact for found in meanings(heading_key(word))} & {"responded", "stage2_responded"}


@pytest.mark.parametrize(
    ("word", "fact", "sure"),
    [
        ("Stage 1 response sent", "responded", True),
        ("Complaint received by phone", "received", False),
        ("S2 Ack'd", "stage2_acknowledged", True),
        ("Acknowledgement letter sent to resident", "acknowledged", False),
        ("Escalated to stage 2", "escalation_requested", False),
        ("Ext. letter", "extension_notified", True),
    ],
)
def test_words_are_known_as_headings_are(word: str, fact: str, sure: bool) -> None:
    assert [(found.fact, found.sure) for found in meanings(heading_key(word))] == [(fact, sure)]


@pytest.mark.parametrize("strange", range(0, 20, 2))
def test_a_join_is_proposed_from_the_stated_share_on(strange: int, tmp_path: Path) -> None:
    proposal, found = propose_mapping(stage_2_apart(tmp_path / "log.xlsx", strange=strange))
    assert proposal is not None
    share = 4 / (4 + strange)
    if share < 0.2:
        assert proposal.further == []
        return
    (further,) = proposal.further
    assert (further.both, further.only_there, further.only_first) == (4, strange, 8)
    assert further.joined == (share >= ENOUGH)
    assert "sheet-to-be-joined" in {one.rule for one in found}
    assert ("\nalso:\n" in mapping_text(proposal)) == further.joined


def test_of_two_columns_with_the_references_the_one_that_is_called_so_is_taken(tmp_path: Path) -> None:
    days = [["C-1", "x", "2024-03-13"], ["C-2", "y", "2024-03-14"]]
    second = [["Parent", "Case ref", "Stage 2 requested"], ["C-1", "C-1", "2024-04-15"], ["C-2", "C-2", "2024-04-16"]]
    log = workbook(tmp_path / "log.xlsx", {"A": [["Reference", "Note", "Date received"], *days], "B": second})
    proposal, _ = propose_mapping(log)
    assert proposal is not None
    assert proposal.further[0].proposal.columns["reference"].heading.text == "Case ref"


@pytest.mark.parametrize("name", LOGS)
def test_no_log_is_read_without_asking_where_something_must_be_asked(name: str, tmp_path: Path) -> None:
    log = LOGS[name](tmp_path / name)
    proposal, found = propose_mapping(log)
    result = read_cases(log)
    assert all(one.message.endswith(".") for one in found)
    if name == "stage-2-apart.xlsx":  # without a mapping only the first sheet is read, and that is said
        assert "other-sheets-not-read" in {one.rule for one in result.findings}
    elif proposal is None or not proposal.certain or proposal.dates:
        assert result.stopped


@given(st.text(st.characters(codec="utf-8"), min_size=1, max_size=30))
def test_a_text_in_a_mapping_reads_back_as_it_was(text: str) -> None:
    for inline in (False, True):
        line = f"a: {{b: {quoted(text, inline=True)}}}" if inline else f"a: {quoted(text)}"
        found = read_strictly(line.encode("utf-8"), largest=10_000, nesting=4).plain
        assert found == ({"a": {"b": text}} if inline else {"a": text})


def test_the_words_over_the_columns_of_a_diary_are_no_facts() -> None:
    assert not {"event", "date"} & facts().keys()
