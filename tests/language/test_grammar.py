"""The grammar itself: free of conflicts, safe to match with, and known to the messages in every word."""

from __future__ import annotations

import re
import time
from functools import cache

import pytest
from lark import Lark
from lark.exceptions import GrammarError, LexError

from policylang.language import tables
from policylang.language.mistakes.expected import PHRASES
from policylang.language.mistakes.names import KEYWORDS
from policylang.language.parser import parse

_QUANTIFIED_GROUP = re.compile(r"\([^()]*[*+][^()]*\)[*+{]")


@cache
def built() -> Lark:
    return tables.build(tables.grammar_text())


def patterns() -> dict[str, str]:
    return {terminal.name: terminal.pattern.value for terminal in built().terminals}


def test_no_conflict_and_no_two_terminals_of_one_rank_that_match_the_same() -> None:
    pytest.importorskip("interegular", reason="strict mode compares the terminals with interegular, a dev dependency")
    # A WORD that may be anything clashes wherever the real one does, and is compared in a tenth of the time.
    text = re.sub(r"^WORD: .*$", "WORD: /[a-z][a-z0-9-]*/i", tables.grammar_text(), flags=re.MULTILINE)
    assert text != tables.grammar_text()
    tables.build(text, strict=True)


def test_strict_mode_would_notice_a_conflict() -> None:
    pytest.importorskip("interegular", reason="strict mode compares the terminals with interegular, a dev dependency")
    text = re.sub(r"^WORD: .*$", "WORD: /[a-z][a-z0-9-]*/i", tables.grammar_text(), flags=re.MULTILINE)
    with pytest.raises(LexError):
        tables.build(
            f"{text}\nTWIN: /[a-z]+/i\n".replace("?atom: WORD ", "?atom: TWIN -> twin\n     | WORD "), strict=True
        )
    with pytest.raises(GrammarError):
        tables.build(
            text.replace("[subject] modal verbs [terms]", "[subject] modal verbs [terms] [terms]"), strict=True
        )


def test_no_terminal_nests_quantifiers() -> None:
    assert {name: p for name, p in patterns().items() if _QUANTIFIED_GROUP.search(p)} == {}


def test_every_terminal_is_matched_in_linear_time() -> None:
    slow = {}
    for terminal in built().terminals:
        pattern = re.compile(terminal.pattern.to_regexp())
        for text in ("a" * 50_000, "1" * 50_000, "-" * 50_000, '"' + "a " * 25_000, "[" + "1," * 25_000, " " * 50_000):
            begin = time.process_time()
            pattern.match(text)
            if time.process_time() - begin > 1:
                slow[terminal.name] = text[:10]
    assert slow == {}


def test_every_terminal_has_a_name_in_plain_english() -> None:
    terminals = set(patterns()) - {"WS"}
    assert terminals - set(PHRASES) == set()
    assert set(PHRASES) - terminals == set()
    assert not any(re.search(r"[A-Z]{3}|_", phrase) for phrase in PHRASES.values())


def test_every_keyword_of_the_grammar_is_known_to_the_spelling_rule() -> None:
    spelt = set()
    for name, pattern in patterns().items():
        if name in ("WS", "WORD", "STRING", "CLAUSES", "DATE", "MONTH", "INT", "LABEL", "NUMBER_WORD", "MARK"):
            continue
        plain = re.sub(r"\(\?[=!][^()]*(?:\([^()]*\)[^()]*)*\)|\\s[+*]?|\[[^\]]*\]", " ", pattern)
        # “organi[sz]ation” and “becomes?” come apart here; what is left of them is shorter than a word.
        spelt |= {word for word in re.findall(r"[a-z]{3,}(?![?])", plain) if word not in ("organi", "ation")}
    assert {word for word in spelt - KEYWORDS if f"{word}s" not in KEYWORDS} == set()


@pytest.mark.parametrize(
    "slip",
    [
        "must must respond.",
        "must to respond.",
        "must be good.",
        "giving may respond.",
        "must respond the.",
        "must not not.",
    ],
)
def test_a_word_that_holds_sentences_together_is_never_a_name(slip: str) -> None:
    assert parse(slip)[1] != []


@pytest.mark.parametrize("word", ["of-old", "within-reach", "not-stated", "must-read", "stage", "section", "policy"])
def test_a_word_that_only_begins_like_one_is_a_name(word: str) -> None:
    assert parse(f"must give {word}.")[1] == []
