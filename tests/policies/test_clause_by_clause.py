"""What each shipped policy says, clause by clause, as pages to be laid beside the source and read line by line.

The blocks are made from the model, not from the text of the policy file: a wrong force, a lost figure or a condition
that went astray shows here. ``pytest -n0 --regenerate tests/policies`` rewrites them; the review is a person's.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import pytest

from policylang.model.data import policies_dir
from policylang.model.facts import facts
from policylang.model.library import load_policy
from tests.documents import Example, check, examples, load

PAGES = Path(__file__).with_name("clauses")
POLICIES = ("connect-housing", "housing-plus-group")


@cache
def said(policy: str) -> list[dict[str, Any]]:
    """The facts of a shipped policy, in its order."""
    loaded = load_policy(policies_dir() / f"{policy}.policy")
    assert loaded.document is not None
    assert loaded.findings == []
    return facts(loaded.document)


def policy_of(page: Path) -> str:
    """The policy that a page is about: its name begins with the policy's id."""
    return next(policy for policy in POLICIES if page.stem.startswith(policy))


def clause(example: Example) -> str:
    """The clause that a heading of a page is about: what stands before the colon."""
    return example.title.split(":")[0]


def line(fact: dict[str, Any]) -> str:
    """One fact on one line: what kind it is and how strong, at which stage, then everything that it says."""
    force = f" ({fact['force']}{' not' if fact['negated'] else ''})" if fact["force"] else ""
    stage = f", stage {fact['stage']}" if fact["stage"] is not None else ""
    parts = [fact["action"], ", ".join(fact["items"]), _within(fact), _extent(fact), fact["condition"], fact["note"]]
    return f"{fact['kind']}{force}{stage}: {'; '.join(part for part in parts if part)}"


def _figure(duration: dict[str, Any]) -> str:
    choices = " or ".join(map(str, duration.get("choices", ())))
    figure = duration["n"] if duration["n"] is not None else choices or f"“{duration.get('placeholder')}”"
    return f"{figure} {duration['unit']}"


def _within(fact: dict[str, Any]) -> str | None:
    return f"within {_figure(fact['within'])} of {fact['from']}" if fact["within"] else None


def _extent(fact: dict[str, Any]) -> str | None:
    extent = fact["extent"]
    if extent is None:
        return None
    parts = [f"by up to {_figure(extent['limit'])}"] if extent["limit"] else []
    parts += [f"up to {_figure(extent['total'])} in all"] if extent["total"] else []
    return ", ".join([*parts, *(["further"] if extent["further"] else [])])


@examples(PAGES)
def test_clause(example: Example) -> None:
    of_clause = [fact for fact in said(policy_of(example.path)) if clause(example) in fact["clauses"]]
    check(example, "says", "\n".join(line(fact) for fact in of_clause))


@pytest.mark.parametrize("policy", POLICIES)
def test_the_pages_have_every_clause_of_which_the_policy_says_something(policy: str) -> None:
    wanted = {label for fact in said(policy) for label in fact["clauses"]}
    shown = [clause(example) for page in PAGES.glob("*.md") if policy_of(page) == policy for example in load(page)]
    assert sorted(shown) == sorted(wanted)
