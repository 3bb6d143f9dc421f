"""Every finding on the five policies has been held against the text of its source, and says so (five-policies.md)."""

from __future__ import annotations

from datetime import date
from functools import cache
from pathlib import Path

import pytest

from policylang.checker.lint._rule import lint
from policylang.model.data import policies_dir
from policylang.model.library import load_policy, policy_ids
from tests.documents import regenerating

PAGE = Path(__file__).with_name("five-policies.md")
ON = date(2026, 11, 1)
HEAD = ["| code | clauses | what the tool says | held against the text |", "|---|---|---|---|"]
NOT_REVIEWED = "**not reviewed**"

Row = tuple[str, str, str]


@cache
def said(policy: str) -> tuple[Row, ...]:
    """What the linter says of a policy: code, clauses, message."""
    document = load_policy(policies_dir() / f"{policy}.policy").document
    assert document is not None
    return tuple((f.code, ", ".join(f.clauses), f.message.replace("|", "/")) for f in lint(document, today=ON))


def table(policy: str) -> list[tuple[str, ...]]:
    """The rows of a policy's table on the page."""
    lines = PAGE.read_text(encoding="utf-8").split(f"## {policy}\n", 1)[-1].split("\n## ", 1)[0].splitlines()
    rows = [tuple(cell.strip() for cell in line.strip("|").split("|")) for line in lines if line.startswith("|")]
    return rows[2:]


def regenerate(policy: str) -> None:
    """Write a policy's table anew, keeping what was noted on a finding that still stands."""
    notes: dict[tuple[str, ...], list[str]] = {}
    for row in table(policy):
        notes.setdefault(row[:3], []).append(row[3])
    rows = []
    for row in said(policy):
        noted = notes.get(row) or [NOT_REVIEWED]
        rows.append(f"| {' | '.join(row)} | {noted.pop(0) if len(noted) > 1 else noted[0]} |")
    before, _, rest = PAGE.read_text(encoding="utf-8").partition(f"## {policy}\n")
    after = rest.partition("\n## ")
    new = f"{before}## {policy}\n\n" + "\n".join([*HEAD, *rows]) + "\n" + "".join(after[1:])
    PAGE.write_text(new, encoding="utf-8", newline="\n")


@pytest.mark.parametrize("policy", policy_ids())
def test_every_finding_is_on_the_page_and_nothing_else_is(policy: str) -> None:
    if regenerating():
        regenerate(policy)
    assert [row[:3] for row in table(policy)] == list(said(policy))


@pytest.mark.parametrize("policy", policy_ids())
def test_every_finding_has_been_held_against_the_text(policy: str) -> None:
    assert [row[2] for row in table(policy) if len(row) != 4 or not row[3] or row[3] == NOT_REVIEWED] == []
