"""The strict reading of hand-written YAML (``policylang.findings.strict_yaml``)."""

from __future__ import annotations

import contextlib
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policylang.findings.strict_yaml import Refused, Trap, Typed, read_strictly


def read(text: str | bytes, *, largest: int = 10_000, nesting: int = 5) -> Typed:
    return read_strictly(text.encode("utf-8") if isinstance(text, str) else text, largest=largest, nesting=nesting)


def test_words_stay_words_and_every_value_has_its_line() -> None:
    content = read("a: No\nb:\n  2024-04-01: 0x1F\n  c: [On, ~]\nd:\n")
    assert content.plain == {"a": "No", "b": {"2024-04-01": "0x1F", "c": ["On", "~"]}, "d": None}
    assert dict(content.lines()) == {
        (): 1, ("a",): 1, ("b",): 2, ("b", "2024-04-01"): 3, ("b", "c"): 4, ("b", "c", "0"): 4, ("b", "c", "1"): 4,
        ("d",): 5,
    }  # fmt: skip
    assert content.table is not None
    assert (content.table["d"].text, content.table["b"].text, content.table["a"].table) == ("", None, None)


@pytest.mark.parametrize(
    ("text", "trap", "line"),
    [
        (b"a: " + b"x" * 99, Trap.TOO_LARGE, 1),
        (b"\xff\xfe", Trap.NOT_TEXT, 1),
        ("a: \x01", Trap.CHARACTERS, 1),
        ("a: 1\nb: [", Trap.BROKEN, 2),
        ("a: 1\n\tb: 2", Trap.BROKEN, 2),
        ("# nothing\n", Trap.EMPTY, 1),
        ("a: 1\nb: &x 1", Trap.ALIAS, 2),
        ("a: *x", Trap.ALIAS, 1),
        ("a: !!str 1", Trap.TYPE, 1),
        ("a: [[[[[1]]]]]", Trap.NESTED, 1),
        ("a: 1\n---\nb: 1", Trap.SECOND_DOCUMENT, 2),
    ],
)
def test_a_trap_is_refused_with_its_line(text: str | bytes, trap: Trap, line: int) -> None:
    with pytest.raises(Refused) as refused:
        read(text, largest=80)
    assert (refused.value.trap, refused.value.line) == (trap, line)


def test_a_key_that_stands_twice_is_refused_with_both_lines() -> None:
    with pytest.raises(Refused) as refused:
        read("x:\n  a: 1\n  b: 2\n  a: 3\n")
    found = refused.value
    assert (found.trap, found.key, found.first, found.line) == (Trap.TWICE, "a", 2, 4)


words = st.text(st.characters(codec="ascii"))
content = st.recursive(words, lambda inner: st.lists(inner) | st.dictionaries(words, inner), max_leaves=8)


@given(content)
def test_what_is_written_in_quotes_is_read_as_it_was(value: object) -> None:
    assert read(json.dumps(value), nesting=50, largest=10**6).plain == value


@given(st.text(max_size=60) | st.lists(st.sampled_from([*"-:?[]{}&*!|>'\"#%@`~,\n\t ", "a", "---", "<<"])).map("".join))
def test_no_text_ends_in_anything_but_content_or_a_refusal(text: str) -> None:
    with contextlib.suppress(Refused):
        assert read(text.encode("utf-8", "surrogatepass")).line >= 1
