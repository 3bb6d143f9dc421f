"""``policylang fmt``: what it writes, what it leaves alone, and how it leaves."""

from __future__ import annotations

import os
import stat
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from policylang.commands import main
from policylang.language.printer import format_text

UNTIDY = "must   respond within ten business days\n  of receipt   [3.2].  # why\n"
TIDY = "must respond within 10 working days of receipt                               [3.2].  # why\n"


def fmt(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, ["fmt", *map(str, arguments)])


@pytest.fixture
def untidy(tmp_path: Path) -> Path:
    path = tmp_path / "draft.policy"
    path.write_bytes(UNTIDY.encode("utf-8"))
    return path


def test_a_file_is_rewritten_in_the_house_style_once(untidy: Path) -> None:
    first, second = fmt(untidy), fmt(untidy)
    assert (first.exit_code, first.stdout, first.stderr) == (0, "", "1 file changed.\n")
    assert untidy.read_bytes() == TIDY.encode("utf-8")
    assert (second.exit_code, second.stderr) == (0, "Nothing to change.\n")


def test_check_names_what_would_change_and_changes_nothing(untidy: Path) -> None:
    result = fmt("--check", untidy)
    assert (result.exit_code, result.stdout) == (1, f"{untidy} would be changed.\n")
    assert untidy.read_bytes() == UNTIDY.encode("utf-8")
    untidy.write_bytes(TIDY.encode("utf-8"))
    assert fmt("--check", untidy).exit_code == 0


def test_diff_shows_the_change_and_changes_nothing(untidy: Path) -> None:
    result = fmt("--diff", untidy)
    assert result.exit_code == 0
    assert "-must   respond within ten business days" in result.stdout
    assert f"+{TIDY.rstrip()}" in result.stdout
    assert untidy.read_bytes() == UNTIDY.encode("utf-8")
    assert fmt("--diff", "--check", untidy).exit_code == 1


def test_a_file_with_a_fault_is_left_alone_and_the_others_are_not(untidy: Path, tmp_path: Path) -> None:
    broken = tmp_path / "broken.policy"
    broken.write_bytes(b"must   respond within 10 of receipt.\n")
    result = fmt(broken, untidy)
    assert result.exit_code == 2
    assert broken.read_bytes() == b"must   respond within 10 of receipt.\n"
    assert untidy.read_bytes() == TIDY.encode("utf-8")
    assert "unit-missing (PL-S32)" in result.stderr
    assert "Write: must respond within 10 working days of receipt." in result.stderr
    assert "1 file changed, 1 file left alone." in result.stderr


@pytest.mark.parametrize(
    "saved",
    [
        b"\xef\xbb\xbf" + TIDY.encode("utf-8"),
        TIDY.replace("\n", "\r\n").encode("utf-8"),
        TIDY.replace("\n", "\r").encode("utf-8"),
        TIDY.encode("utf-16"),
    ],
    ids=["byte-order mark", "Windows line ends", "old Mac line ends", "UTF-16"],
)
def test_a_file_saved_otherwise_becomes_plain_utf_8(tmp_path: Path, saved: bytes) -> None:
    path = tmp_path / "draft.policy"
    path.write_bytes(saved)
    assert fmt("--check", path).exit_code == 1
    assert fmt("--diff", path).stdout != ""
    assert fmt(path).exit_code == 0
    assert path.read_bytes() == TIDY.encode("utf-8")


def test_windows_1252_is_read_and_becomes_utf_8(tmp_path: Path) -> None:
    path = tmp_path / "draft.policy"
    path.write_bytes("note “a – b”.".encode("cp1252"))
    assert fmt(path).exit_code == 0
    assert path.read_text(encoding="utf-8") == 'note "a – b".\n'


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"PK\x03\x04rest", "is a Word, Excel or OpenDocument file"),
        (b"%PDF-1.7", "is a PDF file"),
        (b"\x81\x8d\x8f\x90", "is not plain text that can be read"),
        (b"\xff\xfe\x00", "is not plain text that can be read"),
        (b"a" * 4_000_001, "far more than any policy"),
        (b"must a.\x00", "cannot be seen"),
    ],
)
def test_what_is_no_text_is_left_alone(tmp_path: Path, content: bytes, says: str) -> None:
    path = tmp_path / "draft.policy"
    path.write_bytes(content)
    result = fmt(path)
    assert result.exit_code == 2
    assert says in " ".join(result.stderr.split())
    assert path.read_bytes() == content


def test_a_missing_file_and_a_folder_stop_the_run(untidy: Path, tmp_path: Path) -> None:
    for wrong in (tmp_path / "drft.policy", tmp_path):
        result = fmt(untidy, wrong)
        assert result.exit_code == 2
        assert untidy.read_bytes() == UNTIDY.encode("utf-8")


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such permissions")
def test_who_may_read_the_file_stays_as_it_was(untidy: Path) -> None:
    untidy.chmod(0o640)
    fmt(untidy)
    assert stat.S_IMODE(os.stat(untidy).st_mode) == 0o640


def test_an_empty_file_stays_empty(tmp_path: Path) -> None:
    path = tmp_path / "empty.policy"
    path.write_bytes(b"")
    assert fmt(path).exit_code == 0
    assert path.read_bytes() == b""
    assert format_text("") == ("", [])
