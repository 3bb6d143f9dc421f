"""Texts far larger or stranger than any policy: answered soon, with few findings, and never an exception."""

from __future__ import annotations

import random
import string
import time

import pytest

from policylang.language.parser import FAULTS, SENTENCES, TEXT_LIMIT, parse
from policylang.language.printer import format_text

MANY = TEXT_LIMIT
# Two seconds on a quiet machine is what the house asks; a busy one gets room, and quadratic work would take minutes.
SECONDS = 20


def filled(piece: str) -> str:
    return (piece * (MANY // len(piece) + 1))[:MANY]


def noise(letters: str) -> str:
    return "".join(random.Random(7).choices(letters, k=MANY))


HUGE = {
    "one word": filled("a"),
    "words": filled("must reasons "),
    "one sentence": filled("must give reasons, ")[:-1] + ".",
    "prose without full stops": filled("We will acknowledge your complaint within five working days, "),
    "prose": filled("We will acknowledge your complaint within five working days of receiving it. "),
    "lines without full stops": filled("must give ombudsman contact details\n"),
    "long faulty sentences": filled("must give " + "reasons " * 2_000 + ".\n"),
    "full stops": filled("a. "),
    "colons": filled("must a: "),
    "quotes": filled('"'),
    "open quotes": filled('"\n'),
    "curly quotes": filled("“a” “b "),
    "brackets": filled("["),
    "open brackets": filled("[\n"),
    "round brackets": filled("("),
    "not": "must a when " + filled("not ")[:-20] + "b.",
    "comments": filled("# \n"),
    "comments inside a sentence": filled("a # b\n"),
    "blank lines": filled("\n"),
    "old Mac lines": filled("\r"),
    "control characters": filled("must a\x00b.\n"),
    "half characters": filled("\ud800"),
    "semicolons": filled("must a; b; "),
    "abbreviations": filled("must e.g. "),
    "noise": noise(string.printable),
    "noise of marks": noise('abc .:;"[]()\n#,123'),
    "noise of alphabets": noise("".join(chr(n) for n in range(32, 0x3000))),
    "tiny sentences": filled("must x. "),
}


@pytest.mark.parametrize("name", HUGE)
def test_a_megabyte_of_anything_is_answered_soon(name: str) -> None:
    begin = time.perf_counter()
    _, findings = parse(HUGE[name])
    assert time.perf_counter() - begin < SECONDS
    assert findings or name in ("comments", "blank lines", "old Mac lines")
    assert len(findings) <= 4 * FAULTS
    # What the findings quote must not grow with the text.
    assert sum(len(f.place.excerpt or "") for f in findings if f.place is not None) < 2 * MANY


def test_a_longer_text_is_not_read_at_all() -> None:
    tree, findings = parse("must a.\n" * MANY)
    assert tree.nodes == ()
    assert [f.rule for f in findings] == ["text-too-long"]
    assert "8,000,000 characters" in findings[0].message


def test_after_many_faults_the_rest_is_not_looked_at() -> None:
    tree, findings = parse("must log complaint.\n" + "must must.\n" * (FAULTS + 5) + "must respond.\n")
    assert len(tree.nodes) == 1
    assert findings[-1].rule == "too-many-faults"
    assert findings[-1].message.startswith(f"{FAULTS} sentences")


def test_more_sentences_than_any_policy_has_are_cut_off() -> None:
    tree, findings = parse("must log complaint.\n" * (SENTENCES + 1))
    assert len(tree.nodes) == SENTENCES
    assert [f.rule for f in findings] == ["text-too-long"]


def test_a_condition_as_deep_as_may_be_is_read_and_printed() -> None:
    deep = "must x when " + "(not " * 32 + "b or c" + ")" * 32 + "."
    formatted, findings = format_text(deep)
    assert findings == []
    assert format_text(formatted) == (formatted, [])


def test_a_long_section_without_full_stops_is_told_line_by_line() -> None:
    text = "stage 1:\n" + "  must log complaint\n" * 30
    findings = parse(text)[1]
    assert [(f.rule, f.place.line) for f in findings if f.place] == [("full-stop-missing", n) for n in range(2, 32)]
