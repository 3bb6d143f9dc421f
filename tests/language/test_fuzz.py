"""Texts made by chance, from the grammar and from the five policies: loading answers each with findings that have a
place in it, and never with an exception."""

from __future__ import annotations

import re
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from policylang.findings.finding import Finding
from policylang.language.printer import format_text
from policylang.model.facts import facts
from policylang.model.library import load_text
from policylang.model.vocabulary import vocabulary
from tests import strategies

ROOT = Path(__file__).resolve().parents[2]
TEXTS = [path.read_text(encoding="utf-8") for path in sorted(ROOT.glob("policies/*.policy"))]
TOKEN = re.compile(r'"[^"]*"|\[[^\]]*\]|#[^\n]*|[\w-]+|\s+|[^\w\s]')
POOL = (
    "must", "will", "may", "not", "within", "of", "when", "unless", "and", "or", "and/or", "only", "at least", "10",
    "working days", "days", "stage 3", "stage", "reading", "from", "to", "by", "no", "is", "has", "means", "becomes",
    "see [3.2]", "see [7.3] of edition \"2022\"", "same times as the code", "[3.2]", "[", "]", "(", ")", '"', ".", ":",
    ",", ";", "#", "2024-02-30", "2024", "999999", "\n", "\r", "\u00a0", "\u200b", "а", "\ud800", "\x00", "•", "：",
    "stage 1 \"S\":", "definitions:", "provision 6.2 \"P\":", "calendar scotland.", "code \"C\" edition \"2024\".",
    "closed from 2025-12-25 to 2024-01-01.", "same times as stage 9.", "bare days mean weeks.", "zero", "\ufeff",
)  # fmt: skip


@st.composite
def mutated(draw: st.DrawFn) -> str:
    """A stretch of a policy with tokens or characters left out, put in, doubled or swapped."""
    lines = draw(st.sampled_from(TEXTS)).split("\n")
    start = draw(st.integers(0, len(lines) - 1))
    text = "\n".join(lines[start : start + draw(st.integers(1, 40))])
    tokens = TOKEN.findall(text) if draw(st.booleans()) else list(text)
    for _ in range(draw(st.integers(1, 8))):
        at = draw(st.integers(0, len(tokens)))
        match draw(st.sampled_from(("delete", "insert", "double", "swap", "move"))):
            case "delete":
                del tokens[at : at + draw(st.integers(1, 3))]
            case "insert":
                tokens.insert(at, draw(st.sampled_from(POOL)))
            case "double":
                tokens[at:at] = tokens[at : at + 4]
            case "swap":
                tokens[at : at + 3] = tokens[at : at + 3][::-1]
            case _:
                other = draw(st.integers(0, len(tokens)))
                tokens[other:other] = tokens[at : at + 2]
                del tokens[at : at + 2]
    return "".join(tokens)


def check_places(text: str, findings: list[Finding]) -> None:
    """Every finding names a stretch of the text: lines that exist, columns on them, the end not before the start."""
    lines = re.split(r"\r\n|\r|\n", text)
    for finding in findings:
        where = finding.place
        assert where is not None, finding
        assert where.line is not None, finding
        assert where.column is not None, finding
        end_line, end_column = where.end_line or where.line, where.end_column or where.column
        assert 1 <= where.line <= end_line <= len(lines), finding
        assert 1 <= where.column <= len(lines[where.line - 1]) + 1, finding
        assert 1 <= end_column <= len(lines[end_line - 1]) + 1, finding
        assert (where.line, where.column) <= (end_line, end_column), finding
        assert finding.message.endswith((".", "?")), finding


@settings(max_examples=150)
@given(mutated())
def test_a_mutated_policy_is_loaded_with_findings_and_never_an_exception(text: str) -> None:
    loaded = load_text(text, "mutated.policy")
    assert loaded.document is not None
    check_places(text, loaded.findings)
    for row in facts(loaded.document):
        assert row["kind"]
    formatted, findings = format_text(text)
    assert findings or format_text(formatted) == (formatted, [])


@settings(max_examples=60)
@given(strategies.documents(vocabulary=tuple(vocabulary().words())[::40], most=6))
def test_a_document_drawn_from_the_grammar_is_loaded_and_told(text: str) -> None:
    """Words of the wrong kind are findings of the model; the reading of the sentences has none."""
    loaded = load_text(text, "drawn.policy")
    assert loaded.document is not None
    check_places(text, loaded.findings)
    assert not any(finding.code.startswith("PL-S") for finding in loaded.findings)
    for row in facts(loaded.document):
        assert row["kind"]
