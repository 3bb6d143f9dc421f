"""The reference for those who write policies: whatever it shows can be read, and is said as it is shown."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from policylang.language.mistakes import RULES
from policylang.language.parser import parse
from policylang.language.printer import format_text
from policylang.language.reading import Fault, parsed
from policylang.language.statements import Shape, Source, cut
from policylang.language.tables import grammar_text

PAGE = (Path(__file__).resolve().parents[2] / "docs" / "language.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"```policy\n(.*?)```", PAGE, re.DOTALL)


def section(title: str) -> str:
    return re.split(r"^## ", PAGE.split(f"\n## {title}\n", 1)[1], maxsplit=1, flags=re.MULTILINE)[0]


def rows(text: str) -> list[list[str]]:
    """The cells of the tables of a section, without their headings."""
    lines = [line.strip("|").split("|") for line in text.split("\n") if line.startswith("|")]
    cells = [[cell.strip() for cell in line] for line in lines]
    heads = {n - 1 for n, row in enumerate(cells) if set(row[0]) <= {"-"}}
    return [row for n, row in enumerate(cells) if n not in heads and not set(row[0]) <= {"-"}]


def code(cell: str) -> list[str]:
    return re.findall(r"`([^`]+)`", cell)


@pytest.mark.parametrize("block", BLOCKS)
def test_every_example_can_be_read(block: str) -> None:
    assert parse(block)[1] == []


@pytest.mark.parametrize("block", BLOCKS)
def test_every_example_uses_words_that_exist(block: str) -> None:
    from policylang.model.library import load_text

    assert [finding.message for finding in load_text(block).findings] == []


def test_the_first_example_is_in_the_house_style() -> None:
    assert format_text(BLOCKS[0]) == (BLOCKS[0], [])


def test_every_sentence_and_heading_in_the_text_can_be_read() -> None:
    whole = [text for text in code(re.sub(r"```.*?```", "", PAGE, flags=re.DOTALL)) if text.endswith((".", ":"))]
    assert len(whole) > 20
    for text in whole:
        assert [finding.message for finding in parse(text.replace("…", "x"))[1]] == [], text


def kinds(text: str) -> set[str]:
    """The names that the grammar gives to the forms in a text that can be read."""
    found: set[str] = set()
    for statement in cut(Source(text))[0]:
        shape = Shape.HEADING if statement.shape is Shape.HEADING else Shape.SENTENCE
        result = parsed(statement.text, shape)
        if not isinstance(result, Fault):
            found |= {str(part.data) for part in result.iter_subtrees()}
            found |= {part.type for part in result.scan_values(lambda part: part is not None)}
    return found


def test_every_form_of_the_grammar_is_shown() -> None:
    """A form that the page does not show is one that nobody will use."""
    shown = [*BLOCKS, *(text.replace("…", "x") for text in code(re.sub(r"```.*?```", "", PAGE, flags=re.DOTALL)))]
    tails = [f"must keep records {text}." for text in shown if "\n" not in text]
    forms = set().union(*map(kinds, [*shown, *tails]))
    aliases = set(re.findall(r"->\s*(\w+)", grammar_text()))
    statements = {"norm", "closes", "definition", "copula", "possession", "transition"}
    assert (aliases | statements) - forms == set()
    words = set(re.findall(r"^([A-Z_]+)(?:\.\d+)?:", grammar_text(), re.MULTILINE)) - {"LABEL"}
    assert words - forms == set()


def test_every_qualifier_shown_can_end_a_sentence() -> None:
    shown = [text for row in rows(section("What, how, by whom")) for text in code(row[1])]
    assert len(shown) > 20
    for text in shown:
        sentence = f"{text}." if text.startswith("response ") else f"must keep records {text}."
        assert [finding.message for finding in parse(sentence)[1]] == [], text


def test_what_is_not_accepted_gets_the_message_and_the_words_shown() -> None:
    table = rows(section("What is not, and what you are told"))
    assert len(table) >= 10
    for typed, rule, better in table:
        bad, good = code(typed)[0], code(better)[0]
        lead = (
            "must respond " if bad.startswith("within") else "may refuse complaint " if bad.startswith("except") else ""
        )
        findings = parse(f"{lead}{bad}.", words=("ombudsman-contact", "acknowledge"))[1]
        assert rule in RULES
        assert rule in [finding.rule for finding in findings], typed
        assert any(f"Write: {lead}{good}." in (finding.help or "") for finding in findings), (typed, findings)
