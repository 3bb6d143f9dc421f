"""Every page of examples: a fragment of a policy, the demands of one provision, and the verdict with its reasons."""

from __future__ import annotations

from pathlib import Path

from policylang.checker.check import check as judge
from policylang.checker.verdict import Verdict
from policylang.model.document import Document
from policylang.model.library import load_text
from tests.documents import Example, check, examples

HEAD = 'code "Test Code" edition "1".\nknown as test-code cited as "TC".\nin force from 2024-04-01.\n'


def read(text: str, name: str) -> Document:
    """A fragment understood without a fault; a page with a mistyped word must not pass by accident."""
    loaded = load_text(text, name)
    assert loaded.document is not None
    assert [f.message for f in loaded.findings] == []
    return loaded.document


def told(verdict: Verdict) -> str:
    """A verdict as the pages show it."""
    lines = [f"{'arguable: ' if verdict.arguable else ''}{verdict.judgement.value} ({verdict.decided.value})"]
    lines += [f"clauses: {', '.join(verdict.clauses)}"] if verdict.clauses else []
    lines += [f"why: {verdict.why}"]
    lines += [f"reading: {r.name}: {r.judgement.value}" for r in verdict.readings]
    lines += [f"to do: {repair}" for repair in (verdict.repair or "").splitlines()]
    if verdict.proof_range:
        lines.append(f"proved: {verdict.proof_range[0]} to {verdict.proof_range[1]}")
    if verdict.story:
        lines += ["", verdict.story.text.rstrip()]
    return "\n".join(lines)


@examples(Path(__file__).with_name("pages"))
def test_page(example: Example) -> None:
    policy = read(example.block("policy"), "draft.policy")
    code = read(f'{HEAD}provision 1.1 "Provision":\n{example.block("code")}', "test.code")
    check(example, "verdict", told(judge(policy, code)[0]))
