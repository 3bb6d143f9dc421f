"""The tool's verdicts on the shipped policies are those of a careful reader (``reviewed-verdicts.md``)."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest

from policylang.checker.check import check
from policylang.checker.verdict import Verdict
from policylang.model.data import policies_dir
from policylang.model.library import load_code, load_policy

PAGE = Path(__file__).with_name("reviewed-verdicts.md")
CODE = "housing-ombudsman-2024"
COLUMNS = 4

DISAGREEMENTS: dict[tuple[str, str], str] = {}
"""Policy and provision: why the tool is known to differ from the reader. Empty unless the reason is written down."""


@dataclass(frozen=True, slots=True)
class Row:
    """One provision as the reader judged it."""

    policy: str
    provision: str
    verdict: str
    arguable: bool
    clauses: tuple[str, ...]
    why: str

    def __str__(self) -> str:
        return f"{self.policy} {self.provision}"


def rows() -> list[Row]:
    """The rows of every table of the page, each table under the id of its policy."""
    found: list[Row] = []
    policy = ""
    for text in PAGE.read_text(encoding="utf-8").splitlines():
        if text.startswith("## "):
            policy = text[3:].strip()
        elif text.startswith("| ") and text[2].isdigit():
            cells = [cell.strip() for cell in text.strip("|").split("|")]
            assert len(cells) == COLUMNS, text
            verdict, _, note = cells[1].partition(", ")
            clauses = tuple(filter(None, (clause.strip() for clause in cells[2].split(","))))
            found.append(Row(policy, cells[0], verdict, note == "arguable", clauses, cells[3]))
    return found


REVIEWED = rows()


@cache
def judged(policy: str) -> dict[str, Verdict]:
    """The tool's verdicts on a shipped policy, by provision."""
    loaded, code = load_policy(policies_dir() / f"{policy}.policy"), load_code(CODE)
    assert loaded.document is not None
    assert code.document is not None
    return {verdict.provision: verdict for verdict in check(loaded.document, code.document)}


@pytest.mark.parametrize("row", REVIEWED, ids=str)
def test_verdict(row: Row) -> None:
    found = judged(row.policy)[row.provision]
    same = (found.judgement.value, found.arguable) == (row.verdict, row.arguable)
    if (row.policy, row.provision) in DISAGREEMENTS:
        assert not same, "no longer differs: take it out of DISAGREEMENTS"
        return
    assert same, f"{found.judgement.value}{', arguable' if found.arguable else ''}: {found.why}"
    assert set(row.clauses) <= set(found.clauses)
    assert bool(row.clauses) == bool(found.clauses)


@pytest.mark.parametrize("policy", ["connect-housing", "housing-plus-group"])
def test_every_provision_is_reviewed_once_and_explained(policy: str) -> None:
    reviewed = [row for row in REVIEWED if row.policy == policy]
    assert [row.provision for row in reviewed] == list(judged(policy))
    assert len(reviewed) == 72
    assert [str(row) for row in reviewed if not row.why.endswith(".")] == []


def test_a_disagreement_gives_its_reason() -> None:
    known = {(row.policy, row.provision) for row in REVIEWED}
    assert set(DISAGREEMENTS) <= known
    assert all(reason.endswith(".") for reason in DISAGREEMENTS.values())
