"""Every lint rule finds its fault in a bad policy and is quiet on the better one (``rules.md``)."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from policylang.checker.lint._rule import lint, rule_name, rules
from policylang.findings.finding import Finding
from policylang.model.library import load_text
from tests.documents import Example, check, examples, load

PAGE = Path(__file__).with_name("rules.md")
TODAY = date(2026, 11, 1)


def findings(text: str, rule: str) -> list[Finding]:
    loaded = load_text(text, "draft.policy")
    assert loaded.document is not None
    assert loaded.findings == [], "the example itself must be good language"
    return [f for f in lint(loaded.document, today=TODAY) if f.rule == rule]


def said(found: list[Finding]) -> str:
    lines = []
    for finding in found:
        assert finding.place is not None
        lines.append(f"{finding.code} {finding.severity} line {finding.place.line}: {finding.message}")
        lines.append(f"  to do: {finding.help}")
    return "\n".join(lines)


@examples(PAGE)
def test_rule(example: Example) -> None:
    bad = findings(example.block("bad"), example.title)
    assert bad, "the bad policy must show the fault"
    check(example, "expect", said(bad))
    assert said(findings(example.block("better"), example.title)) == ""


def test_every_rule_has_its_example_and_its_page() -> None:
    names = {rule_name(module) for module in rules()}
    assert {example.title for example in load(PAGE)} == names
    for module in rules():
        for heading in ("## What it means", "## Why it matters", "## What to do", "## Example"):
            assert heading in (module.__doc__ or ""), f"{rule_name(module)} lacks “{heading}”"


def test_codes_are_stable_and_unlike() -> None:
    codes = [module.CODE for module in rules()]
    assert len(set(codes)) == len(codes)


@pytest.mark.parametrize("key", ["bare-days", "PL109"])
def test_a_rule_can_be_left_out_by_name_or_code(key: str) -> None:
    text = 'policy "P".\nstage 1:\n  will respond within 10 days of receipt [1].\n'
    document = load_text(text).document
    assert document is not None
    assert "bare-days" in {f.rule for f in lint(document, today=TODAY)}
    assert "bare-days" not in {f.rule for f in lint(document, today=TODAY, skip=[key])}


def test_a_heading_over_a_sentence_that_cannot_be_read_is_not_empty() -> None:
    loaded = load_text('policy "P".\nstage 1:\n  must must respond [1].\n', "draft.policy")
    assert loaded.document is not None
    assert loaded.findings != []
    assert "nothing-under-heading" not in {f.rule for f in lint(loaded.document, today=TODAY)}
