"""Every rule of this room has its page, is raised somewhere, and is met by a test."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from policylang.casebook.mapping_file import load_mapping
from policylang.casebook.record import facts
from policylang.casebook.rules import RULES
from policylang.findings.pages import SECTIONS, find

ROOT = Path(__file__).parents[2]


def _text(folder: Path, *patterns: str, leave_out: str) -> str:
    files = [path for pattern in patterns for path in folder.rglob(pattern) if path.name != leave_out]
    return "\n".join(path.read_text(encoding="utf-8") for path in files)


SOURCE = _text(ROOT / "policylang" / "casebook", "*.py", leave_out="rules.py")
TESTS = "\n".join(
    _text(ROOT / "tests" / room, "*.py", "*.md", leave_out="test_rules.py") for room in ("casebook", "hostile")
)


def test_codes_are_each_used_once() -> None:
    codes = [code for code, _ in RULES.values()]
    assert len(codes) == len(set(codes))


@pytest.mark.parametrize("rule", RULES)
def test_a_rule_has_its_page_its_use_and_its_test(rule: str) -> None:
    page = find(rule)
    assert page is not None
    assert (page.rule, page.codes) == (rule, (RULES[rule][0],))
    assert page.headings == SECTIONS
    assert find(RULES[rule][0]) == page
    assert f'"{rule}"' in SOURCE
    assert rule in TESTS


GUIDE = (ROOT / "docs" / "case-logs.md").read_text(encoding="utf-8")


def test_the_guide_names_every_rule_and_no_other() -> None:
    tables = GUIDE[GUIDE.index("### Messages about the file") :]
    named = set(re.findall(r"`([a-z]+(?:-[a-z]+)+)`", tables))
    assert named == set(RULES)


def test_the_mapping_in_the_guide_is_one(tmp_path: Path) -> None:
    block = GUIDE[GUIDE.index("```yaml\n") + 8 :]
    path = tmp_path / "mapping.yaml"
    path.write_text(block[: block.index("```")], encoding="utf-8")
    mapping, found = load_mapping(path)
    assert found == []
    assert mapping is not None
    assert mapping.columns["responded"].letter == "S"


def test_the_guide_names_every_event() -> None:
    assert [fact.name for fact in facts().values() if fact.kind == "event" and f"`{fact.name}`" not in GUIDE] == []
