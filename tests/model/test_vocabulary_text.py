"""The vocabulary read line by line is the vocabulary read as YAML; what is not in the usual form is left to YAML."""

from __future__ import annotations

import pytest
import yaml

from policylang.model.data import checks_dir
from policylang.model.vocabulary_text import read_lines, read_text

SHIPPED = (checks_dir() / "vocabulary.yaml").read_text(encoding="utf-8")
HEAD = "vocabulary: 1\n\nitems:\n"


def test_the_shipped_file_is_read_alike_both_ways() -> None:
    as_yaml = yaml.safe_load(SHIPPED)
    as_yaml.pop("vocabulary")
    assert read_lines(SHIPPED) == as_yaml


def test_windows_line_ends_change_nothing() -> None:
    assert read_text(SHIPPED.replace("\n", "\r\n")).keys() >= read_text(SHIPPED).keys() - {"vocabulary"}


@pytest.mark.parametrize(
    "entry",
    [
        'apology: {meaning: "Saying \\"sorry\\"."}',
        "apology: {meaning: 'Saying sorry.'}",
        'apology:\n    meaning: "Saying sorry."',
        'apology: {meaning: "Saying sorry.", implies: [yes]}',
        'apology: {meaning: "Saying sorry.", implies: []}',
        'apology: {meaning: "Saying sorry.", event: no}',
        'apology: {meaning: "Saying sorry.", case: {first: received}}',
        'apology: {meaning: "Saying sorry."} # why',
        "apology: {meaning: Saying sorry.}",
        'off: {meaning: "Not on."}',
    ],
)
def test_an_unusual_line_is_left_to_yaml(entry: str) -> None:
    text = f"{HEAD}  {entry}\n"
    assert read_lines(text) is None
    assert read_text(text) == yaml.safe_load(text)


def test_a_word_given_twice_is_left_to_yaml() -> None:
    entry = '  apology: {meaning: "Saying sorry."}\n'
    assert read_lines(HEAD + entry) == {"items": {"apology": {"meaning": "Saying sorry."}}}
    assert read_lines(HEAD + entry + entry) is None
