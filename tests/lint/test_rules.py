"""Every lint rule finds its fault in a bad policy and is quiet on the better one (``rules.md``)."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from policylang.checker.lint._document import lint_document
from policylang.checker.lint._rule import lint, rule_name, rules
from policylang.commands.new import FILL_IN
from policylang.documents.paragraphs import Paragraph, SourceDocument
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


def in_document(text: str, rule: str) -> list[Finding]:
    lines = text.rstrip("\n").split("\n")
    paragraphs = tuple(Paragraph(line, number) for number, line in enumerate(lines, 1))
    return [f for f in lint_document(SourceDocument("draft.txt", "text", paragraphs)) if f.rule == rule]


def said(found: list[Finding]) -> str:
    lines = []
    for finding in found:
        assert finding.place is not None
        lines.append(f"{finding.code} {finding.severity} line {finding.place.line}: {finding.message}")
        lines.append(f"  to do: {finding.help}")
    return "\n".join(lines)


@examples(PAGE)
def test_rule(example: Example) -> None:
    kind, find = ("-document", in_document) if "bad-document" in example.blocks else ("", findings)
    bad = find(example.block(f"bad{kind}"), example.title)
    assert bad, "the bad one must show the fault"
    check(example, "expect", said(bad))
    assert said(find(example.block(f"better{kind}"), example.title)) == ""


def test_every_rule_has_its_example_and_its_page() -> None:
    names = {rule_name(module) for module in rules()}
    assert {example.title for example in load(PAGE)} == names
    for module in rules():
        for heading in ("## What it means", "## Why it matters", "## What to do", "## Example"):
            assert heading in (module.__doc__ or ""), f"{rule_name(module)} lacks “{heading}”"


def test_nothing_is_left_as_it_was_started() -> None:
    """``policylang new rule`` says where the author has to write."""
    pages = [module.__doc__ or "" for module in rules()]
    assert [page for page in (*pages, PAGE.read_text(encoding="utf-8")) if FILL_IN in page] == []


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
