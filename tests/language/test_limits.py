"""Texts far larger or stranger than any policy: answered soon, with few findings, and never an exception."""

from __future__ import annotations

import random
import string
import time

import pytest

from policylang.language.parser import FAULTS, FOREIGN, SENTENCES, TEXT_LIMIT, parse
from policylang.language.printer import format_text
from policylang.model.build import MOST_NORMS
from policylang.model.library import load_text

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
    "times first": filled("within 5 working days of receipt we will acknowledge.\n"),
    "a condition first": filled("when " + "anonymous " * 1_500 + ", we may refuse.\n"),
    "conditions in words": filled("may refuse complaint when " + "a court has decided " * 300 + ".\n"),
    "conditions with commas": filled("may refuse complaint when " + "anonymous, " * 500 + ".\n"),
    "a list with bullets": "response must state:\n" + "- decision\n" * 80_000,
    "labels with colons": filled("version: 12\n"),
    "labels without an end": filled("policy: "),
    "very long names": filled(f"must {'a-' * 4_000}b {'c' * 8_000}.\n"),
    "a hundred thousand clauses": f"must log complaint [{', '.join(map(str, range(100_000)))}].",
    "ranges of clauses": filled(f"clauses [{', '.join(['1.1 to 1.999'] * 900)}].\n"),
    "misspelt words": filled("must respnd witihn 10 wrking dys of reciept.\n"),
}


@pytest.mark.parametrize("name", HUGE)
def test_a_megabyte_of_anything_is_answered_soon(name: str) -> None:
    begin = time.process_time()
    _, findings = parse(HUGE[name])
    assert time.process_time() - begin < SECONDS
    assert findings or name in ("comments", "blank lines", "old Mac lines")
    assert len(findings) <= 5 * FAULTS
    # What the findings quote must not grow with the text.
    assert sum(len(f.place.excerpt or "") for f in findings if f.place is not None) < 2 * MANY


def test_a_longer_text_is_not_read_at_all() -> None:
    tree, findings = parse("must a.\n" * MANY)
    assert tree.nodes == ()
    assert [f.rule for f in findings] == ["text-too-long"]
    assert "8,000,000 characters" in findings[0].message


def test_after_many_faults_the_rest_is_not_looked_at() -> None:
    tree, findings = parse("must log complaint. must must.\n" * (FAULTS + 5))
    assert len(tree.nodes) == FAULTS
    assert findings[-1].rule == "too-many-faults"
    assert findings[-1].message.startswith(f"{FAULTS} sentences")


def test_a_text_in_another_language_is_not_taken_apart_sentence_by_sentence() -> None:
    text = 'policy "P".\n' + "Lorem ipsum dolor sit amet, consectetur adipiscing elit.\n" * 100
    findings = parse(text)[1]
    assert findings[-1].rule == "too-many-faults"
    assert findings[-1].message.startswith(f"{FOREIGN} sentences")


def test_more_sentences_than_any_policy_has_are_cut_off() -> None:
    tree, findings = parse("must log complaint.\n" * (SENTENCES + 1))
    assert len(tree.nodes) == SENTENCES
    assert [f.rule for f in findings] == ["text-too-long"]


BORROWING = "stage 1:\n" + "must log within 1 day of receipt [1].\n" * 2_000 + "stage 2:\n"
WIDE = {
    "borrowed times": BORROWING + "".join(f"same times as stage 1 [{n}].\n" for n in range(2_500)),
    "borrowed from stage to stage": "".join(
        f"stage {n}:\nmust log within 1 day.\nsame times as stage {n - 1}.\n" for n in range(2, 1_600)
    ),
    "readings of one clause": "".join(f'reading "r{n}" [1]:\nmust log complaint.\n' for n in range(2_400)),
    "unknown words": "must xyzzy complaint.\n" * 2_000,
    "unknown words, all different": "".join(f"must xyzzy-{n} complaint.\n" for n in range(2_000)),
}


@pytest.mark.parametrize("name", WIDE)
def test_what_can_be_read_is_also_understood_soon(name: str) -> None:
    begin = time.process_time()
    loaded = load_text(WIDE[name], "wide.policy")
    assert time.process_time() - begin < SECONDS
    assert loaded.document is not None
    assert len(loaded.document.norms) <= 3 * MOST_NORMS
    assert len(loaded.findings) <= FAULTS + 1


def test_words_that_nobody_knows_are_told_up_to_a_limit() -> None:
    findings = load_text(WIDE["unknown words"], "wide.policy").findings
    assert [finding.rule for finding in findings] == ["unknown-word"] * FAULTS + ["too-many-faults"]
    assert findings[-1].place is not None
    assert findings[-1].place.line == FAULTS + 1


def test_times_are_borrowed_up_to_a_limit_and_it_is_said() -> None:
    findings = load_text(WIDE["borrowed times"], "wide.policy").findings
    assert [finding.rule for finding in findings] == ["text-too-long"]
    assert findings[0].place is not None


def test_the_same_times_borrowed_twice_under_one_clause_are_borrowed_once() -> None:
    text = "stage 1:\nmust log within 1 working day of receipt [1].\nstage 2:\n" + "same times as stage 1 [2].\n" * 3
    document = load_text(text, "draft.policy").document
    assert document is not None
    assert [(norm.stage, norm.clauses, norm.borrowed) for norm in document.norms] == [
        (1, ("1",), None), (2, ("2",), "stage 1"),
    ]  # fmt: skip


def test_a_condition_as_deep_as_may_be_is_read_and_printed() -> None:
    deep = "must x when " + "(not " * 32 + "b or c" + ")" * 32 + "."
    formatted, findings = format_text(deep)
    assert findings == []
    assert format_text(formatted) == (formatted, [])


def test_a_long_section_without_full_stops_is_told_line_by_line() -> None:
    text = "stage 1:\n" + "  must log complaint\n" * 30
    findings = parse(text)[1]
    assert [(f.rule, f.place.line) for f in findings if f.place] == [("full-stop-missing", n) for n in range(2, 32)]
