"""Findings as people read them: the page beside this file, and the carets for any text at all."""

from __future__ import annotations

import io
import re
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from policylang.findings.excerpt import TAB, rows, underlined, visible, width
from policylang.findings.finding import Finding, Place, Severity
from policylang.findings.render import FORMATS, render
from policylang.findings.terminal import wants_colour
from tests.documents import Example, check, examples
from tests.findings.strategies import findings


def finding_from(data: dict[str, Any]) -> Finding:
    """A finding from the YAML of a page."""
    place = data.pop("place", None)
    return Finding(
        **data
        | {
            "severity": Severity(data["severity"]),
            "place": None if place is None else Place(**place),
            "clauses": tuple(data.get("clauses", ())),
            "related": tuple(Place(**other) for other in data.get("related", ())),
        }
    )


@examples(Path(__file__).with_name("renderers.md"))
def test_page(example: Example) -> None:
    found = [finding_from(data) for data in yaml.safe_load(example.block("findings"))]
    forms = [name for name in example.blocks if name != "findings"]
    assert forms
    for form in forms:
        check(example, form, render(found, form))


def test_colour_adds_only_colour() -> None:
    found = [Finding("bare-days", "PL-L04", s, "Which days?", Place("a", 1, 2, 1, 4, "H", " days")) for s in Severity]
    plain = render(found, "text", colour=False)
    painted = render(found, "text", colour=True)
    assert "\x1b[" in painted
    assert "\x1b" not in plain
    assert re.sub(r"\x1b\[[\d;]*m", "", painted) == plain


def test_terminal_is_another_name_for_text() -> None:
    found = [Finding("bare-days", "PL-L04", Severity.NOTE, "Which days?")]
    assert render(found, "terminal", colour=False) == render(found, "text", colour=False)


def test_a_form_that_does_not_exist_is_refused() -> None:
    with pytest.raises(ValueError, match="there are text, narrated, json"):
        render([], "pdf")


@given(st.lists(findings(), max_size=3), st.sampled_from(FORMATS))
def test_any_finding_can_be_rendered_and_written_as_utf8(found: list[Finding], form: str) -> None:
    render(found, form, colour=False).encode("utf-8")


@given(st.lists(findings(), min_size=1, max_size=3))
def test_no_text_from_outside_reaches_a_terminal_as_a_control(found: list[Finding]) -> None:
    for form in ("text", "narrated"):
        assert not re.search(
            "[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", render(found, form, colour=False)
        )


@given(st.text(max_size=60), st.integers(1, 70), st.integers(0, 70))
def test_carets_stand_under_the_underlined_words(line: str, column: int, length: int) -> None:
    line = line.replace("\n", " ").replace("\r", " ")
    place = Place("f", 1, column, 1, column + length, excerpt=line)
    (row,) = rows(place)
    start = min(column - 1, len(line))
    shown = line[start : start + max(length, 1)].rstrip()
    before, carets = row.carets.count(" "), row.carets.count("^")
    assert row.carets == " " * before + "^" * carets
    assert carets >= 1
    if "\t" not in line and column + length - 1 <= len(line.rstrip()):
        assert before == width(visible(line[:start]))
        assert carets == max(width(visible(shown)), 1) or width(visible(line[start : start + length])) == carets


def test_a_tab_goes_on_to_the_next_stop() -> None:
    for before in range(TAB):
        (row,) = rows(Place("f", 1, before + 2, 1, before + 3, excerpt="x" * before + "\ty"))
        assert row.text == "x" * before + " " * (TAB - before) + "y"
        assert row.carets == " " * TAB + "^"


def test_a_very_long_line_is_cut_around_its_words() -> None:
    line = "a " * 500_000 + "wrong " + "b " * 500_000
    (row,) = rows(Place("f", 1, 1_000_001, 1, 1_000_006, excerpt=line))
    assert len(row.text) < 120
    start = row.carets.index("^")
    assert row.text[start : start + 5] == "wrong"
    assert row.carets.count("^") == 5


def test_a_long_excerpt_shows_its_ends() -> None:
    excerpt = "\n".join(f"line {n}" for n in range(1, 41))
    shown = rows(Place("f", 1, 1, 40, 8, excerpt=excerpt))
    assert [row.number for row in shown] == [1, 2, 3, 4, 5, None, 40]
    assert "34 more lines" in shown[5].text


def test_the_underlined_words_on_one_line() -> None:
    place = Place("f", 9, 3, 11, 12, excerpt="  must respond\n    giving decision,\n    reasons   [3.3].")
    assert underlined(place) == "must respond giving decision, reasons"
    assert underlined(Place("f", 9, excerpt="must respond")) == ""
    assert len(underlined(Place("f", 1, 1, 1, 900, excerpt="word " * 200))) == 200


class Stream(io.StringIO):
    def __init__(self, *, terminal: bool) -> None:
        super().__init__()
        self.terminal = terminal

    def isatty(self) -> bool:
        return self.terminal


@pytest.mark.parametrize(
    ("terminal", "environment", "coloured"),
    [
        (True, {}, True),
        (False, {}, False),
        (True, {"NO_COLOR": "1"}, False),
        (True, {"NO_COLOR": ""}, True),
        (True, {"TERM": "dumb"}, False),
        (False, {"FORCE_COLOR": "1"}, True),
        (True, {"FORCE_COLOR": "1", "NO_COLOR": "1"}, False),
    ],
)
def test_colour_is_for_terminals_that_want_it(
    monkeypatch: pytest.MonkeyPatch, terminal: bool, environment: dict[str, str], coloured: bool
) -> None:
    for name in ("NO_COLOR", "FORCE_COLOR"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("TERM", "xterm")
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    assert wants_colour(Stream(terminal=terminal)) is coloured
