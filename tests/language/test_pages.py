"""Every rule of the language has a page, and the examples on it are true."""

from __future__ import annotations

import re

import pytest

from policylang.findings import pages
from policylang.language.mistakes import RULES
from policylang.language.parser import parse

# What these find cannot be shown on a page, or takes too much room.
WITHOUT_FAULT = {
    "text-too-long", "sentence-too-long", "too-many-faults", "nesting-too-deep", "hidden-character", "comma-missing",
}  # fmt: skip


@pytest.mark.parametrize("rule", RULES)
def test_a_rule_has_its_page(rule: str) -> None:
    page = pages.find(rule)
    assert page is not None
    assert (page.rule, page.codes, page.headings) == (rule, (RULES[rule],), pages.SECTIONS)
    assert pages.find(RULES[rule]) == page


@pytest.mark.parametrize("rule", RULES)
def test_the_examples_on_the_page_are_true(rule: str) -> None:
    page = pages.find(rule)
    assert page is not None
    blocks = re.findall(r"```policy\n(.*?)```", page.text, re.DOTALL)
    if rule not in WITHOUT_FAULT:
        fault, *blocks = blocks
        assert rule in {finding.rule for finding in parse(fault.removesuffix("\n"))[1]}
        assert len(blocks) == 1
    assert [parse(better)[1] for better in blocks] == [[] for _ in blocks]


def test_codes_are_never_given_twice() -> None:
    assert len(set(RULES.values())) == len(RULES)
    assert all(re.fullmatch(r"PL-S\d\d", code) for code in RULES.values())
