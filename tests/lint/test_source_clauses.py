"""Which paragraph of a document begins a clause, and which only looks like it."""

from __future__ import annotations

import pytest

from policylang.documents.clauses import clauses, labels, within
from policylang.documents.paragraphs import Paragraph, SourceDocument, around


def document(text: str) -> SourceDocument:
    return SourceDocument("x.txt", "text", tuple(Paragraph(t, n) for n, t in enumerate(text.split("\n"), 1)))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1.0 Introduction\n1.1 Text.", ["1", "1.1"]),
        ("1. One\n\t1.1.\tText\n1.1.1 More", ["1", "1.1", "1.1.1"]),
        ("- 3.1 **Stage 1** is first.\n* 3.2 Next.", ["3.1", "3.2"]),
        ("**2.2 Scope**\n### 2.3 Title", ["2.2", "2.3"]),
        ("Section 4 Appeals\nSection 4.1 First", ["4", "4.1"]),
        ("3.1 List:\n- a. One\n b) Two\n(c) Three", ["3.1", "3.1a", "3.1b", "3.1c"]),
        ("3.1 List:\nb) begins with b", ["3.1"]),
        ("2 A heading\n2.1 Text\nAppendix 1 – A form\nText", ["2", "2.1", "Appendix 1"]),
        ("1 One\n1.1 Text\nAppendix A\n1. Purpose", ["1", "1.1", "Appendix A", "Appendix A 1"]),
        ("1 One\nAppendix 1 is attached, as everybody who has ever read this policy to its end will have seen.", ["1"]),
        ("2\n2.1 Text", ["2", "2.1"]),
        ("3 One\n3 If it cannot be settled, there are two stages.", ["3", "3"]),
    ],
)  # fmt: skip
def test_clauses(text: str, expected: list[str]) -> None:
    assert labels(document(text)) == expected


@pytest.mark.parametrize(
    "line",
    [
        "10 working days is the time.",
        "2 weeks later it is closed.",
        "15 March 2023",
        "28 days",
        "1.5 hours at most",
        "4% of complaints",
        "7 of the 12 were late.",
        "2024 was a busy year.",
        "30 More than that is rare",
    ],
)
def test_a_figure_at_the_start_of_a_line_is_no_clause(line: str) -> None:
    assert labels(document(f"1 One\n1.1 It is answered in\n{line}\n1.2 Next")) == ["1", "1.1", "1.2"]


def test_a_list_that_counts_within_a_clause_is_none() -> None:
    text = "3 Terms\n3.1 A complaint is:\n1. Something not done.\n2. Something done.\n3. More.\n4. And more.\n3.2 Next"
    assert labels(document(text)) == ["3", "3.1", "3.2"]


def test_a_number_that_ends_a_broken_reference_is_no_clause() -> None:
    text = "3 Stages\n3.6 A letter is sent (see section\n3.4 above).\n3.7 Next"
    assert labels(document(text)) == ["3", "3.6", "3.7"]


@pytest.mark.parametrize("stop", ["\t", " ..... ", "    ", " "])
def test_a_table_of_contents_is_not_the_clauses(stop: str) -> None:
    contents = "\n".join(f"{n}. Title{stop}{n + 1}" for n in range(1, 9))
    assert labels(document(f"Contents\n{contents}\n1. Title\n1.1 Text\n2. Title")) == ["1", "1.1", "2"]


def test_a_clause_has_its_heading_and_its_text() -> None:
    found = clauses(document("4.3 **Time Scales**\nComplaints that are old\n\nare not looked into.\n4.4 Nothing.\n"))
    assert [(c.label, c.heading) for c in found] == [("4.3", "Time Scales"), ("4.4", "")]
    assert found[0].text == "Time Scales\nComplaints that are old\nare not looked into."


@pytest.mark.parametrize(
    ("label", "clause", "stands"),
    [
        ("7.4", "7.4.3", True),
        ("7.4", "7.4a", True),
        ("7.4", "7.40", False),
        ("7.4", "7.4", True),
        ("7.4.3", "7.4", False),
    ],
)
def test_what_stands_below_a_clause(label: str, clause: str, stands: bool) -> None:
    assert within(label, clause) is stands


def test_a_long_paragraph_is_shown_about_the_words_that_are_meant() -> None:
    text = "One word after another, " * 20 + "see 4.3 for more, " + "and so on it goes, " * 20
    start = text.index("4.3")
    shown = around(text, start, start + 3)
    assert "see 4.3 for" in shown
    assert len(shown) <= 96
    assert shown.startswith("… ")
    assert shown.endswith(" …")
    assert around("short", 0, 5) == "short"
