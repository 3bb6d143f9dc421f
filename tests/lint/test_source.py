"""``lint --source``: citations are held against the numbers printed in the real document."""

from __future__ import annotations

import json
from pathlib import Path

from click.testing import CliRunner

from policylang.checker.lint._source import existing, labels, stray_references
from policylang.commands import main

DOCUMENT = """3 Complaints process
- 3.1 **Stage 1** is the first stage.
3.2. The complaint is acknowledged (see section 3.9).
- a. by letter
 b) by email
In 2024 nothing changed.
3.3 In addition to what clause 3.1 says, more follows.
"""
POLICY = """policy "Draft".
clauses [3, 3.1 to 3.3, appendix].
stage 1 "Stage 1":
  will acknowledge within 5 working days of receipt [3.2a].
  will respond within 10 working days of acknowledgement [3.20].
  note "kept from the appendix" [appendix].
"""


def test_labels_are_numbers_at_the_start_of_lines_and_letters_below_them() -> None:
    assert labels(DOCUMENT) == ["3", "3.1", "3.2", "3.2a", "3.2b", "3.3"]


def test_references_in_the_prose_are_followed() -> None:
    found = stray_references(DOCUMENT, "draft.txt")
    assert [f.found for f in found] == ["3.9"]
    assert found[0].place is not None
    assert (found[0].place.line, found[0].place.column) == (3, 49)


def test_a_clause_of_another_document_is_no_reference_of_this_one() -> None:
    assert stray_references("1 See paragraph 7.3 of the revised Code.\n2 See section 4.1 of the Act.\n", "x.txt") == []


def test_a_paragraph_without_number_exists_where_its_clause_does() -> None:
    assert existing("2.3 First paragraph.\nSecond.\n", ["2.3 ¶2", "2.4 ¶1", "header"]) == ["2.3", "2.3 ¶2", "header"]


def test_only_the_citation_that_the_document_lacks_is_reported(tmp_path: Path) -> None:
    (tmp_path / "draft.txt").write_text(DOCUMENT, encoding="utf-8")
    (tmp_path / "draft.policy").write_text(POLICY, encoding="utf-8")
    arguments = ["lint", str(tmp_path / "draft.policy"), "--source", str(tmp_path / "draft.txt"), "--format", "json"]
    result = CliRunner().invoke(main, arguments)
    assert result.exit_code == 1
    found = json.loads(result.stdout)["findings"]
    assert [(f["rule"], f["found"]) for f in found] == [
        ("dangling-reference", "3.9"),
        ("clause-not-in-document", "3.20"),
    ]


def test_a_word_file_is_refused_with_the_way_out(tmp_path: Path) -> None:
    (tmp_path / "draft.docx").write_bytes(b"PK\x03\x04")
    (tmp_path / "draft.policy").write_text(POLICY, encoding="utf-8")
    arguments = ["lint", str(tmp_path / "draft.policy"), "--source", str(tmp_path / "draft.docx")]
    result = CliRunner().invoke(main, arguments)
    assert result.exit_code == 2
    assert "Save As" in result.stderr
