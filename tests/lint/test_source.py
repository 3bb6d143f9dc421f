"""``lint --source``: citations are held against the real document, and the document's own faults are told."""

from __future__ import annotations

import io
import json
import zipfile
from pathlib import Path
from typing import Any

import docx
import pytest
from click.testing import CliRunner, Result

from policylang.checker.lint._document import existing
from policylang.commands import main
from tests.lint import papers

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
  senior-manager will respond within 10 working days of acknowledgement [3.20].
  note "kept from the appendix" [appendix].
"""


def lint(tmp_path: Path, source: Path, *options: str, policy: str = POLICY) -> Result:
    (tmp_path / "draft.policy").write_text(policy, encoding="utf-8")
    arguments = ["lint", str(tmp_path / "draft.policy"), "--source", str(source), *options]
    return CliRunner().invoke(main, arguments)


def found(result: Result) -> list[dict[str, Any]]:
    findings: list[dict[str, Any]] = json.loads(result.stdout)["findings"]
    return findings


def as_text(folder: Path) -> Path:
    path = folder / "draft.txt"
    path.write_text(DOCUMENT, encoding="utf-8")
    return path


def as_word(folder: Path) -> Path:
    made = docx.Document()
    for line in DOCUMENT.splitlines():
        made.add_paragraph(line)
    made.save(str(folder / "draft.docx"))
    return folder / "draft.docx"


def as_pdf(folder: Path) -> Path:
    return papers.pdf(folder / "draft.pdf", [DOCUMENT.splitlines()])


@pytest.mark.parametrize(
    ("make", "place"),
    [
        (as_text, {"line": 3, "column": 49, "heading": "clause 3.2"}),
        (as_word, {"line": None, "column": None, "heading": "paragraph 3, clause 3.2"}),
        (as_pdf, {"line": None, "column": None, "heading": "page 1, clause 3.2"}),
    ],
)
def test_every_kind_of_document_is_held_against_the_policy(tmp_path: Path, make: Any, place: dict[str, object]) -> None:
    result = lint(tmp_path, make(tmp_path), "--format", "json")
    assert result.exit_code == 1
    faults = found(result)
    assert [(f["rule"], f["found"]) for f in faults] == [
        ("dangling-reference", "3.9"),
        ("clause-not-in-document", "3.20"),
    ]
    assert {key: faults[0][key] for key in place} == place


def test_a_rule_that_is_left_out_is_left_out_of_the_document_too(tmp_path: Path) -> None:
    for name in ("dangling-reference", "PL103"):
        result = lint(tmp_path, as_text(tmp_path), "--skip", name, "--format", "json")
        assert [f["rule"] for f in found(result)] == ["clause-not-in-document"]


def test_a_fault_that_both_show_is_told_once(tmp_path: Path) -> None:
    policy = POLICY.replace("[3.20]", "[3.2]") + "  will give decision see [3.9] [3.2].\n"
    result = lint(tmp_path, as_text(tmp_path), "--format", "json", policy=policy)
    assert [(f["rule"], f["file"].endswith(".policy")) for f in found(result)] == [("dangling-reference", True)]


def test_a_stray_reference_is_shown_where_the_evidence_is(tmp_path: Path) -> None:
    text = (
        "4 Complaints\n4.3 Time Scales\nOld issues are left alone.\n"
        "4.5 Unacceptable Behaviour\nAbuse is not tolerated.\n"
        "5 Process\n5.1 A review is refused where somebody will not engage (see 4.3 Unacceptable Behaviour).\n"
    )
    (tmp_path / "p.txt").write_text(text, encoding="utf-8")
    policy = """policy "Draft".
exclusions "Time Scales" [4.3]:
  will not investigate complaint when issue is older than 12 months [4.3].
behaviour "Unacceptable Behaviour" [4.5]:
  will manage unacceptable-behaviour [4.5].
process "Review" [5]:
  may refuse escalation when refuses-to-engage see [4.3] [5.1].
"""
    alone = CliRunner()
    (tmp_path / "draft.policy").write_text(policy, encoding="utf-8")
    by_policy = json.loads(alone.invoke(main, ["lint", str(tmp_path / "draft.policy"), "--format", "json"]).stdout)
    assert [f["rule"] for f in by_policy["findings"]] == ["reference-about-something-else"]
    both = found(lint(tmp_path, tmp_path / "p.txt", "--format", "json", policy=policy))
    stray = [f for f in both if f["rule"] == "reference-about-something-else"]
    assert [(f["file"].endswith("p.txt"), f["found"]) for f in stray] == [(True, "4.3")]
    assert "“Time Scales”" in stray[0]["message"]


def test_a_paragraph_without_number_exists_where_its_clause_does() -> None:
    assert existing(["2.3"], ["2.3 ¶2", "2.4 ¶1", "header"]) == ["2.3", "2.3 ¶2", "header"]


def bomb() -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("word/document.xml", b"<a>" + b" " * 30_000_000 + b"</a>")
    return stream.getvalue()


def a_zip(name: str) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as package:
        package.writestr(name, "x")
    return stream.getvalue()


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


@pytest.mark.parametrize(
    ("name", "content", "rule"),
    [
        ("a.docx", b"PK\x03\x04", "document-damaged"),
        ("a.docx", b"no zip at all", "document-damaged"),
        ("a.docx", a_zip("xl/workbook.xml"), "source-not-text"),
        ("a.docx", bomb(), "document-too-large"),
        ("a.docx", OLE + b"\x00" * 600, "document-old-format"),
        ("a.doc", OLE + b"\x00" * 600, "document-old-format"),
        ("a.docx", OLE + "EncryptedPackage".encode("utf-16-le"), "document-needs-password"),
        ("a.pdf", b"%PDF-1.7 and nothing more", "document-damaged"),
        ("a.pdf", b"just words", "document-damaged"),
        ("a.txt", b"", "document-empty"),
        ("a.txt", b"  \r\n\t", "document-empty"),
        ("a.docx", b"", "document-empty"),
        ("a.txt", b"Only prose, and no number.\n", "source-without-numbers"),
        ("a.rtf", b"{\\rtf1 3.1 Text}", "source-not-text"),
        ("a.txt", b"{\\rtf1 3.1 Text}", "source-not-text"),
        ("a.odt", b"3.1 Text", "source-not-text"),
        ("a.txt", bytes(range(256)) * 8, "source-without-numbers"),
        ("a.txt", b"\x00\x01\x02" * 400, "source-not-text"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_said_in_plain_words(tmp_path: Path, name: str, content: bytes, rule: str) -> None:
    (tmp_path / name).write_bytes(content)
    result = lint(tmp_path, tmp_path / name)
    assert result.exit_code == 2
    assert f"({rule}" in result.stderr.replace("error: " + rule, f"({rule}")
    assert "Traceback" not in result.stderr
    assert result.stdout == ""


def test_a_file_that_is_too_large_is_not_opened(tmp_path: Path) -> None:
    with (tmp_path / "a.txt").open("wb") as stream:
        stream.truncate(50_000_001)
    result = lint(tmp_path, tmp_path / "a.txt")
    assert result.exit_code == 2
    assert "too large to be read" in result.stderr


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("ends", ["\n", "\r\n", "\r"])
def test_texts_as_programs_save_them(tmp_path: Path, encoding: str, ends: str) -> None:
    (tmp_path / "a.txt").write_bytes(f"3 Start – “here”{ends}3.1 See section 3.9.{ends}".encode(encoding))
    faults = found(lint(tmp_path, tmp_path / "a.txt", "--format", "json"))
    assert [f["line"] for f in faults if f["rule"] == "dangling-reference"] == [2]
