"""Findings that nobody would write but a hostile file might lead to."""

from __future__ import annotations

from hypothesis import strategies as st

from policylang.findings.finding import Finding, Place, Severity

# Any character at all, halves of pairs and controls included.
TEXT = st.text(st.characters(), max_size=40)
SOME_TEXT = st.none() | TEXT
NUMBER = st.none() | st.integers(1, 10_000)


def places() -> st.SearchStrategy[Place]:
    """Places in a text or a workbook, their parts not necessarily fitting each other."""
    return st.builds(
        Place,
        file=TEXT,
        line=NUMBER,
        column=NUMBER,
        end_line=NUMBER,
        end_column=NUMBER,
        heading=SOME_TEXT,
        excerpt=SOME_TEXT,
        sheet=SOME_TEXT,
        row=NUMBER,
        cell=SOME_TEXT,
    )


def findings() -> st.SearchStrategy[Finding]:
    """Findings with any of their parts."""
    return st.builds(
        Finding,
        rule=TEXT,
        code=TEXT,
        severity=st.sampled_from(Severity),
        message=TEXT,
        place=st.none() | places(),
        rests_on=SOME_TEXT,
        expected=SOME_TEXT,
        found=SOME_TEXT,
        out_by=SOME_TEXT,
        help=SOME_TEXT,
        page=SOME_TEXT,
        clauses=st.lists(TEXT, max_size=3).map(tuple),
        related=st.lists(places(), max_size=2).map(tuple),
    )
