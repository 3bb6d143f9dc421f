"""The pages beside this file: a log, sometimes a mapping, and what is read from it."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from policylang.casebook.mapping_file import load_mapping
from policylang.casebook.quality import quality_findings
from policylang.casebook.reader import read_cases
from tests.casebook import told
from tests.documents import Example, check, examples, steady

PAGES = Path(__file__).with_name("pages")


@examples(PAGES)
def test_a_log_is_read_as_its_page_says(example: Example, tmp_path: Path) -> None:
    log = tmp_path / "log.csv"
    log.write_bytes(example.block("log").encode("utf-8"))
    lines: list[str] = []
    mapping = None
    if example.get("mapping"):
        (tmp_path / "mapping.yaml").write_text(example.block("mapping"), encoding="utf-8")
        mapping, found = load_mapping(tmp_path / "mapping.yaml")
        lines += told.findings(found)
    if mapping is not None or not example.get("mapping"):
        result = read_cases(log, mapping)
        assert result.casebook.reconciles
        lines.append(told.told(result))
        as_at = example.options("log").get("as-at")
        if as_at:
            lines += told.findings(quality_findings(result.casebook, date.fromisoformat(as_at)))
    check(example, "expect", steady("\n".join(lines), folders=[tmp_path]))


@pytest.mark.parametrize("page", sorted(PAGES.glob("*.md")), ids=lambda page: page.stem)
def test_the_pages_need_no_second_look_at_their_line_ends(page: Path) -> None:
    assert b"\r" not in page.read_bytes()
