"""Files as editors save them and as people mistake them: read, or refused in a sentence that says what they are."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from policylang.findings.problem import Problem
from policylang.language.files import read_text
from policylang.model.library import load_policy

TEXT = 'policy "Complaints – Ombudsman’s".\nmust log complaint.\n'


@pytest.mark.parametrize(
    "saved",
    [
        TEXT.encode("utf-8"),
        TEXT.encode("utf-8-sig"),
        TEXT.encode("utf-16"),
        b"\xfe\xff" + TEXT.encode("utf-16-be"),
        TEXT.encode("utf-16-le"),
        TEXT.encode("utf-16-be"),
        TEXT.encode("utf-32"),
        TEXT.encode("cp1252"),
    ],
    ids=["UTF-8", "UTF-8 with its mark", "UTF-16", "UTF-16 BE", "UTF-16 LE, no mark", "UTF-16 BE, no mark", "UTF-32",
         "Windows-1252"],
)  # fmt: skip
def test_every_way_of_saving_a_text_is_read_alike(tmp_path: Path, saved: bytes) -> None:
    path = tmp_path / "draft.policy"
    path.write_bytes(saved)
    assert read_text(path) == TEXT
    loaded = load_policy(path)
    assert loaded.findings == []
    assert loaded.document is not None
    assert loaded.document.title == "Complaints – Ombudsman’s"


@pytest.mark.parametrize("ends", ["\n", "\r\n", "\r", "\r\n\n", "\x0b\n", "\u2028"])
def test_line_ends_of_every_kind_are_white_space(tmp_path: Path, ends: str) -> None:
    path = tmp_path / "draft.policy"
    path.write_bytes(f"must log{ends}complaint.{ends}must acknowledge complaint.{ends}".encode())
    loaded = load_policy(path)
    assert loaded.findings == []
    assert loaded.document is not None
    assert [norm.action for norm in loaded.document.norms] == ["log", "acknowledge"]


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"PK\x03\x04\x14\x00\x06\x00", "a Word, Excel or OpenDocument file"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1", "a Word or Excel file"),
        (b"%PDF-1.7\n", "a PDF file"),
        (b"{\\rtf1\\ansi We will respond.}", "a rich-text file"),
        (b"\x89PNG\r\n\x1a\n", "a picture"),
        (b"\xef\xbb\xbf<!DOCTYPE html><p>We will respond.</p>", "a web page"),
        (b"\n<html><p>We will respond.</p></html>", "a web page"),
        (b'<?xml version="1.0"?><a/>', "an XML file"),
        (random.Random(7).randbytes(4_000), "not plain text that can be read"),
        (bytes(range(32)) * 40, "not plain text that can be read"),
        (b"a" * 4_000_001, "far more than any policy"),
    ],
)  # fmt: skip
def test_what_is_no_policy_is_named_for_what_it_is(tmp_path: Path, content: bytes, says: str) -> None:
    path = tmp_path / "draft.policy"
    path.write_bytes(content)
    with pytest.raises(Problem) as fault:
        read_text(path)
    loaded = load_policy(path)
    assert loaded.document is None
    assert loaded.findings == list(fault.value.findings)
    (finding,) = loaded.findings
    assert says in finding.message
    assert finding.help


@pytest.mark.parametrize("content", ["", "\ufeff", "\n\n", "# nothing yet\n", " \t\r\n# one\n# two\n"])
def test_a_file_with_no_sentence_is_never_judged(tmp_path: Path, content: str) -> None:
    """A silent policy would comply with what asks for silence only; nothing was written, so nothing may be said."""
    path = tmp_path / "draft.policy"
    path.write_text(content, encoding="utf-8", newline="")
    loaded = load_policy(path)
    assert [finding.rule for finding in loaded.findings] == ["nothing-to-read"]
    assert not loaded.usable


def test_a_missing_file_and_a_folder_are_said(tmp_path: Path) -> None:
    assert [f.rule for f in load_policy(tmp_path / "none.policy").findings] == ["no-such-file"]
    assert [f.rule for f in load_policy(tmp_path).findings] == ["folder-not-file"]
