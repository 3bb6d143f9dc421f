"""What the room promises about itself: the reference stays short, and its page says what it does."""

from __future__ import annotations

import re

from policylang.auditor.outcome import Result
from policylang.auditor.ruling import REASONS
from tests.architecture.source import PACKAGE, ROOT

PAGE = ROOT / "docs" / "outcomes.md"


def test_the_reference_replay_is_at_most_400_lines() -> None:
    assert len((PACKAGE / "auditor" / "replay_reference.py").read_text(encoding="utf-8").splitlines()) <= 400


def test_the_page_explains_every_reason_code_and_no_other() -> None:
    rows = re.findall(r"^\| `([a-z-]+)` \| ([a-z ]+) \| (.+) \|$", PAGE.read_text(encoding="utf-8"), re.MULTILINE)
    assert {code: meaning for code, _, meaning in rows} == REASONS
    assert {result.replace(" ", "-") for _, result, _ in rows} == {result.value for result in Result}


def test_every_reason_code_is_given_somewhere_in_the_replay() -> None:
    source = "".join(
        (PACKAGE / "auditor" / f"{name}.py").read_text(encoding="utf-8")
        for name in ("replay_reference", "explain", "editions")
    )
    assert [code for code in REASONS if f'"{code}"' not in source] == []
