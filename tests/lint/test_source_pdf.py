"""PDF documents: lines are put together again, running heads and page numbers left out, and places are pages."""

from __future__ import annotations

import sys
from pathlib import Path

import pypdf
import pytest

from policylang.documents.clauses import labels
from policylang.documents.read import read_document
from policylang.findings.problem import Problem
from tests.lint import papers

PAGES = [
    ["Complaints Policy 2026", "3 Complaints process", "3.1 A complaint that is not settled at once is",
     "acknowledged.", "1"],
    ["Complaints Policy 2026", "3.2 It is answered as set out in section", "3.9 below, within ten working days of",
     "10 December or the like.", "2"],
    ["Complaints Policy 2026", "3.3 Then it is closed.", "Page 3 of 3"],
]  # fmt: skip


def test_lines_become_paragraphs_again(tmp_path: Path) -> None:
    document = read_document(papers.pdf(tmp_path / "d.pdf", PAGES))
    assert [(p.page, p.text) for p in document.paragraphs] == [
        (1, "3 Complaints process"),
        (1, "3.1 A complaint that is not settled at once is acknowledged."),
        (2, "3.2 It is answered as set out in section 3.9 below, within ten working days of 10 December or the like."),
        (3, "3.3 Then it is closed."),
    ]
    assert labels(document) == ["3", "3.1", "3.2", "3.3"]


def refusal(path: Path) -> str:
    with pytest.raises(Problem) as raised:
        read_document(path)
    return raised.value.findings[0].rule


def test_a_scan_has_no_text(tmp_path: Path) -> None:
    assert refusal(papers.pdf(tmp_path / "d.pdf", [[], []])) == "document-is-scanned"


def encrypted(path: Path, password: str) -> Path:
    writer = pypdf.PdfWriter(clone_from=papers.pdf(path, PAGES))
    writer.encrypt(user_password=password, owner_password="owner", algorithm="RC4-128")
    writer.write(path)
    return path


def test_a_password_keeps_it_closed(tmp_path: Path) -> None:
    assert refusal(encrypted(tmp_path / "d.pdf", "secret")) == "document-needs-password"


def test_a_password_against_changes_only_does_not(tmp_path: Path) -> None:
    assert labels(read_document(encrypted(tmp_path / "d.pdf", ""))) == ["3", "3.1", "3.2", "3.3"]


@pytest.mark.parametrize("kept", [20, 200, 500])
def test_a_broken_file_is_said_to_be_broken(tmp_path: Path, kept: int) -> None:
    whole = papers.pdf(tmp_path / "d.pdf", PAGES).read_bytes()
    (tmp_path / "e.pdf").write_bytes(whole[:kept])
    assert refusal(tmp_path / "e.pdf") in {"document-damaged", "document-empty"}


def test_without_the_library_the_way_to_get_it_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pypdf", None)
    with pytest.raises(Problem) as raised:
        read_document(papers.pdf(tmp_path / "d.pdf", PAGES))
    (finding,) = raised.value.findings
    assert finding.rule == "pdf-reader-missing"
    assert "policylang[pdf]" in (finding.help or "")
