"""The scanner that tries only what can begin at a character finds what lark's own finds, faults included."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from lark import Lark
from lark.exceptions import UnexpectedInput

from policylang.language import tables
from policylang.language.scanning import ASCII, first_letters
from policylang.language.statements import Cutter, Source

ROOT = Path(__file__).resolve().parents[2]
FILES = sorted([*ROOT.glob("policies/*.policy"), *ROOT.glob("checks/*.code")])
WORDS = st.sampled_from(
    ["must", "WILL", "within", "with", "10", "working days", "of", "receipt", '"text"', "[3.2]", "stage 1", "or", ",",
     "(", ")", "by", "by-letter", "at least", "no", "not", "é", "ſ", "K", "in force", "from", "2024-04", "Ω", "  \n"]
)  # fmt: skip


@cache
def parsers() -> tuple[Lark, Lark]:
    text = tables.grammar_text()
    quick = tables.load(text)
    assert quick is not None
    return quick, tables.build(text)


def outcome(parser: Lark, text: str, start: str) -> object:
    try:
        return parser.parse(text, start=start)
    except UnexpectedInput as fault:
        token = getattr(fault, "token", None)
        return type(fault).__name__, fault.pos_in_stream, token, sorted(getattr(fault, "allowed", None) or ())


def same(text: str) -> None:
    quick, usual = parsers()
    for start in tables.STARTS:
        assert outcome(quick, text, start) == outcome(usual, text, start)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_every_sentence_that_is_shipped_is_read_alike(path: Path) -> None:
    source = Source(path.read_text(encoding="utf-8"), path.name)
    for statement in Cutter(source).run():
        same(statement.text)


@settings(max_examples=150)
@given(st.lists(WORDS, max_size=8).map(" ".join))
@example("")
def test_any_words_are_read_alike(text: str) -> None:
    same(text)


def test_each_terminal_can_begin_with_the_characters_it_is_said_to() -> None:
    usual = parsers()[1]
    firsts = first_letters(usual)
    assert firsts is not None
    assert firsts["MUST"] == "HMShms"
    assert firsts["STRING"] == '"'
    assert "WORD" in firsts
    assert all(set(letters) < set(ASCII) for letters in firsts.values())


def test_a_grammar_with_keywords_that_are_words_too_is_left_to_lark() -> None:
    assert first_letters(Lark('start: "if" WORD\nWORD: /[a-z]+/\n%ignore " "\n', parser="lalr")) is None
